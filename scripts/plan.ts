import { z } from 'zod'
import { say } from '../src/languages/translate.ts'
import { type IsoDate, isIsoDate } from '../src/lib/dates.ts'
import {
  documentDatePreferences,
  endOfMonthRules,
  frequencies,
  servicePeriods,
} from '../src/lib/vocabulary.ts'
import { longestTermDays } from '../src/services/payment-terms/due-date.ts'
import { occurrencesFrom, presetServicePeriod } from '../src/services/recurring/periods.ts'
import {
  planOccurrence,
  type RecurrenceSettings,
  scheduleMistakes,
} from '../src/services/recurring/schedule.ts'
import { knownLanguage, subjectMistakes } from '../src/services/recurring/subject.ts'
import { answerLines, errorsLine, printedErrors, sentence } from './json-lines.ts'

/**
 * `npm run -s plan`: reads a recurrence a line, prints the occurrences that a run on its `as_of` finds due.
 * Fields, rules and mistakes: docs/rules/schedules.md.
 */
const date = z.string({ error: sentence('rules.date') }).refine(isIsoDate, { error: sentence('rules.date') })

const language = z
  .string({ error: sentence('rules.language') })
  .refine((tag) => knownLanguage(tag) !== undefined, { error: sentence('rules.language') })

const subject = z.string({ error: sentence('rules.text') }).check(({ value, issues }) => {
  for (const mistake of subjectMistakes(value)) {
    issues.push({ code: 'custom', input: value, message: say('en', mistake) })
  }
})

const paymentTerm = z.object(
  {
    days: wholeNumber(0, longestTermDays, sentence('rules.days', { most: longestTermDays })),
    end_of_month: choice(endOfMonthRules),
    day_of_month: wholeNumber(1, 31, sentence('rules.day_of_month')).nullish(),
  },
  { error: sentence('rules.payment_term') },
)

const recurrence = z.object(
  {
    frequency: choice(frequencies),
    start_date: date,
    end_date: date.nullish(),
    last_day: z.boolean({ error: sentence('rules.yes_or_no') }).nullish(),
    bill_from: date.nullish(),
    service_period: choice(servicePeriods).nullish(),
    document_date_preference: choice(documentDatePreferences),
    payment_term: paymentTerm,
    subject,
    language,
    as_of: date,
  },
  { error: sentence('rules.line.not_object') },
)

await answerLines(function* (line) {
  const parsed = recurrence.safeParse(line)
  if (!parsed.success) {
    yield errorsLine(printedErrors(parsed.error))
    return
  }
  const settings = settingsOf(parsed.data)
  const mistakes = scheduleMistakes(settings)
  if (mistakes.length === 0) yield* occurrencesLine(settings, parsed.data.as_of)
  else yield errorsLine(mistakes.map(({ field, message }) => ({ field, message: say('en', message) })))
})

function settingsOf(input: z.output<typeof recurrence>): RecurrenceSettings {
  return {
    frequency: input.frequency,
    start_date: input.start_date,
    end_date: input.end_date ?? null,
    last_day: input.last_day ?? false,
    bill_from: input.bill_from ?? null,
    service_period: input.service_period ?? presetServicePeriod(input.frequency),
    document_date_preference: input.document_date_preference,
    payment_term: { ...input.payment_term, day_of_month: input.payment_term.day_of_month ?? null },
    invoice_subject: input.subject,
    language: input.language,
  }
}

/** In pieces: centuries of days make one line of many megabytes, which never stands in memory whole. */
function* occurrencesLine(settings: RecurrenceSettings, asOf: IsoDate): Generator<string> {
  let piece = '{"occurrences":['
  let separator = ''
  for (const { k } of occurrencesFrom(settings, settings.start_date, asOf)) {
    const { run_date, period_start, period_end, document_date, due_date, subject } = planOccurrence(
      settings,
      k,
      asOf,
    )
    piece += separator
    piece += JSON.stringify({ run_date, period_start, period_end, document_date, due_date, subject })
    separator = ','
    if (piece.length > 60_000) {
      yield piece
      piece = ''
    }
  }
  yield `${piece}]}`
}

function choice<const Choices extends readonly [string, ...string[]]>(choices: Choices) {
  return z.enum(choices, { error: sentence('rules.choice', { choices: choices.join(', ') }) })
}

function wholeNumber(least: number, most: number, error: () => string) {
  return z
    .number({ error })
    .refine((value) => Number.isInteger(value) && value >= least && value <= most, { error })
}
