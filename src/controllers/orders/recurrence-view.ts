import type { OccurrenceRecord, RecurringOrder } from '../../data/recurrences.ts'
import type { Language } from '../../languages/sentences.ts'
import { type Translate, translator } from '../../languages/translate.ts'
import type { IsoDate } from '../../lib/dates.ts'
import { type Formats, formatsIn } from '../../lib/format.ts'
import { moneyText } from '../../lib/money.ts'
import type { Frequency } from '../../lib/vocabulary.ts'
import type { ForeseenOccurrence, Foresight, Group } from '../../services/recurring/catch-up.ts'
import { type ComparedRow, compareRows } from '../../services/recurring/recurrence-changes.ts'
import type { Outlook } from '../../services/recurring/recurrence-outlook.ts'
import { ruleInWords } from '../../services/recurring/rule-in-words.ts'
import type { RecurrenceSettings } from '../../services/recurring/schedule.ts'
import { subjectOn, subjectVariables } from '../../services/recurring/subject.ts'

type Seen = ForeseenOccurrence<OccurrenceRecord>
type Saved = { settings: RecurrenceSettings; enabled: boolean } | null

/** What stands at the right of the settings, in the reader's language. */
export function previewModel(language: Language, order: RecurringOrder, outlook: Outlook, saved: Saved) {
  const words = wordsIn(language)
  const { t } = words
  const { settings, circumstances, foresight } = outlook
  const before = saved?.enabled === true && circumstances.enabled ? saved.settings : null
  const compared = before === null ? null : { settings: before, known: circumstances.known }
  const rows = compareRows(foresight.coming, settings, compared, circumstances.today)
  const [rule, ruleBefore] = [ruleText(t, settings), before === null ? null : ruleText(t, before)]
  return {
    off: !circumstances.enabled,
    start_weekday: words.format.weekday(settings.start_date),
    rule,
    rule_before: ruleBefore === rule ? null : ruleBefore,
    notices: noticesOf(words, order, foresight, settings.frequency),
    rows: rows.map((row) => rowModel(words, order, settings, row, circumstances.today)),
    confirm: foresight.needs_confirmation
      ? t('recurrence.confirm_catch_up', {
          count: foresight.missed.count,
          sum_money: `${foresight.missed.sum} ${order.currency}`,
        })
      : null,
    paused: foresight.paused.count,
    status: t('recurrence.preview.status', {
      next_date: foresight.next_run_date ?? 'none',
      count: foresight.coming.length,
    }),
  }
}

/** The same for machines: ISO dates and decimal texts; the rule and the reasons in the reader's language. */
export function previewJson(language: Language, order: RecurringOrder, outlook: Outlook, saved: Saved) {
  const words = wordsIn(language)
  const { settings, circumstances, foresight } = outlook
  const model = previewModel(language, order, outlook, saved)
  const group = (group: Group<OccurrenceRecord>) => ({
    count: group.count,
    items: group.listed.map((seen) => occurrenceJson(words, order, seen)),
  })
  const before = saved?.enabled === true && circumstances.enabled ? saved.settings : null
  const compared = before === null ? null : { settings: before, known: circumstances.known }
  return {
    enabled: circumstances.enabled,
    rule: model.rule,
    today: circumstances.today,
    currency: order.currency,
    next_run_date: foresight.next_run_date,
    next_document_date: foresight.next_document_date,
    coming: compareRows(foresight.coming, settings, compared, circumstances.today).flatMap((row) =>
      row.foreseen === null
        ? []
        : [{ ...occurrenceJson(words, order, row.foreseen), change: row.kind, before: row.before }],
    ),
    missed: { ...group(foresight.missed), sum: foresight.missed.sum },
    held: group(foresight.held),
    paused: group(foresight.paused),
    waiting: foresight.waiting.map(({ frequency, period_start }) => ({ frequency, period_start })),
    needs_confirmation: foresight.needs_confirmation,
  }
}

/** A schedule as one sentence. */
export function ruleText(t: Translate, settings: RecurrenceSettings): string {
  const parts = ruleInWords(settings).map((part) => t(part.key, part.params))
  return t('recurrence.rule.sentence', { parts: parts.join(', ') })
}

/** The variables of a subject, each with what it would be today. */
export function variablesOf(language: string, today: IsoDate): { name: string; value: string }[] {
  return subjectVariables.map((name) => ({ name, value: subjectOn(name, today, language) }))
}

type Words = { t: Translate; format: Formats }

export function wordsIn(language: Language): Words {
  return { t: translator(language), format: formatsIn(language) }
}

function noticesOf(
  { t, format }: Words,
  order: RecurringOrder,
  foresight: Foresight<OccurrenceRecord>,
  frequency: Frequency,
) {
  const { missed, held, paused, waiting } = foresight
  const list = (group: Group) =>
    andMore(
      t,
      group.listed.map((seen) => format.period(frequency, seen.period_start)),
      group.count,
    )
  const notices: { colour: 'amber' | 'blue'; text: string }[] = []
  if (missed.count > 0) {
    const params = {
      count: missed.count,
      periods: list(missed),
      sum_money: `${missed.sum} ${order.currency}`,
      ...datedAlike(missed),
    }
    notices.push({ colour: 'amber', text: t('recurrence.preview.missed', params) })
  }
  if (held.count > 0) {
    const params = { count: held.count, periods: list(held) }
    notices.push({ colour: 'amber', text: t('recurrence.preview.held', params) })
  }
  if (paused.count > 0) {
    const params = { count: paused.count, periods: list(paused) }
    notices.push({ colour: 'amber', text: t('recurrence.preview.paused', params) })
  }
  if (waiting.length > 0) {
    const names = waiting.map((row) => format.period(row.frequency, row.period_start))
    const periods = andMore(t, names, names.length)
    notices.push({ colour: 'blue', text: t('recurrence.preview.waiting', { count: names.length, periods }) })
  }
  return notices
}

/** Invoices dated on the day of their run come to one date, and mostly to one subject: better said before than found after. */
function datedAlike({ count, listed }: Group) {
  const [first, ...others] = listed
  const alike =
    count > 1 &&
    first !== undefined &&
    others.every((other) => other.document_date === first.document_date && other.subject === first.subject)
  return alike
    ? { dated: 'alike', document_date: first.document_date, subject: first.subject }
    : { dated: 'apart', document_date: '', subject: '' }
}

const namedPeriods = 6

function andMore(t: Translate, names: readonly string[], count: number): string {
  const periods = names.slice(0, namedPeriods).join(', ')
  return count <= namedPeriods
    ? periods
    : t('recurrence.preview.and_more', { periods, count: count - namedPeriods })
}

function rowModel(
  words: Words,
  order: RecurringOrder,
  settings: RecurrenceSettings,
  row: ComparedRow<OccurrenceRecord>,
  today: IsoDate,
) {
  const { t, format } = words
  const { planned, foreseen, before, kind } = row
  const known = foreseen?.known
  return {
    kind,
    run_date: planned.run_date,
    is_today: planned.run_date === today,
    period: format.period(settings.frequency, planned.period_start),
    document_date: planned.document_date,
    due_date: planned.due_date,
    subject: planned.subject,
    net: kind === 'dropped' || (foreseen !== null && !isBilled(foreseen)) ? null : order.net,
    before,
    state: known?.state ?? null,
    state_word: known === undefined ? '' : t(`occurrence.state.${known.state}`),
    href: known === undefined ? null : occurrenceAddress(order.id, known),
    notes: foreseen === null ? [] : notesOf(words, order, foreseen, settings),
  }
}

function isBilled(foreseen: Seen): boolean {
  if (foreseen.known !== undefined) return ['invoiced', 'due', 'failed'].includes(foreseen.known.state)
  return foreseen.outcome === 'invoice'
}

function notesOf(
  words: Words,
  order: RecurringOrder,
  foreseen: Seen,
  settings: Pick<RecurrenceSettings, 'start_date'>,
): string[] {
  const { t } = words
  const notes: string[] = []
  if (foreseen.moved) notes.push(t('recurrence.row.moved', { day: Number(settings.start_date.slice(8)) }))
  if (foreseen.known === undefined) {
    const reason = outcomeText(words, order, foreseen)
    if (reason !== null) notes.push(reason)
  }
  return notes
}

/** Why a period without row will make no invoice; null where it will. */
export function outcomeText(
  { t, format }: Words,
  order: RecurringOrder,
  foreseen: Pick<Seen, 'outcome' | 'overlaps'>,
): string | null {
  switch (foreseen.outcome) {
    case 'invoice':
      return null
    case 'paused':
      return t('occurrence.sentence.paused')
    case 'account_archived':
      return t('recurrence.row.account_archived', { account: order.account_code })
    case 'overlap': {
      const { overlaps } = foreseen
      if (overlaps === undefined) return null
      const period = format.period(overlaps.frequency, overlaps.period_start)
      return t('recurrence.row.overlap', { period, state: overlaps.state })
    }
    default:
      return t(`recurrence.row.${foreseen.outcome}`)
  }
}

function occurrenceJson(words: Words, order: RecurringOrder, foreseen: Seen) {
  return {
    run_date: foreseen.run_date,
    period_start: foreseen.period_start,
    period_end: foreseen.period_end,
    service_start: foreseen.service_start,
    service_end: foreseen.service_end,
    document_date: foreseen.document_date,
    due_date: foreseen.due_date,
    subject: foreseen.subject,
    net: moneyText(order.net, order.currency),
    outcome: foreseen.known === undefined ? foreseen.outcome : foreseen.known.state,
    moved: foreseen.moved,
    reason: foreseen.known === undefined ? outcomeText(words, order, foreseen) : null,
  }
}

function occurrenceAddress(
  orderId: string,
  occurrence: { frequency: string; period_start: IsoDate },
): string {
  return `/orders/${orderId}/occurrences/${occurrence.frequency}/${occurrence.period_start}`
}
