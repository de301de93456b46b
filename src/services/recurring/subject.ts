import type { Message } from '../../languages/catalog.ts'
import { type IsoDate, monthOf, quarterOf, utcMidnight } from '../../lib/dates.ts'

/** The variables there are, as a form names them. */
export const subjectVariables = ['{YYYY}', '{YY}', '{MM}', '{MMM}', '{DD}', '{Q}'] as const

/**
 * An invoice's subject on its document date: the variables filled in, runs of white space made one space, ends trimmed.
 * Month names are in `language` (a BCP 47 tag, the customer's) unless `{lang_xx_xx}` forces another; it disappears.
 * The text is stored with the invoice and never made again. Throws where `subjectMistakes` finds any.
 *
 *     Subscription {MMM} {YYYY}              2026-03-31  en-US   Subscription March 2026
 *     Abonnement {MMM} {YYYY} {lang_en_us}   2026-03-01  fr-FR   Abonnement March 2026
 *     Maintenance Q{Q} {YY}                  2026-12-31  en-US   Maintenance Q4 26
 *     Week of {DD}/{MM}/{YYYY}               2026-01-04  en-US   Week of 04/01/2026
 */
export function subjectOn(subject: string, date: IsoDate, language: string): string {
  const [mistake] = subjectMistakes(subject)
  if (mistake !== undefined) throw new RangeError(`The subject has a mistake: ${mistake.key}`)
  let monthLanguage = language
  for (const name of namesIn(subject)) monthLanguage = forcedLanguage(name) ?? monthLanguage
  const filled = subject.replace(placeholder, (_, name: string) => fillIn(name, date, monthLanguage) ?? '')
  return filled.replace(/\s+/g, ' ').trim()
}

/**
 * What is wrong with a subject, each mistake once, in order; empty where nothing is. A brace that belongs to no variable
 * is a mistake too: it is a mistyped one far more often than text that should stand on an invoice.
 *
 *     Abonnement {MOIS}        {MOIS} is not a variable.
 *     Abonnement {lang_xx_yy}  {lang_xx_yy} is not a language.
 *     Abonnement {MMM          A brace is not closed.
 */
export function subjectMistakes(subject: string): readonly Message[] {
  const mistakes = new Map<string, Message>()
  const languages = new Set<string>()
  for (const name of namesIn(subject)) {
    if (variables.has(name)) continue
    const variable = `{${name}}`
    if (!/^lang_/i.test(name)) {
      mistakes.set(variable, { key: 'rules.subject.unknown_variable', params: { variable } })
      continue
    }
    const language = forcedLanguage(name)
    if (language !== undefined) languages.add(language)
    else mistakes.set(variable, { key: 'rules.subject.unknown_language', params: { variable } })
  }
  if (languages.size > 1) mistakes.set('languages', { key: 'rules.subject.two_languages' })
  const text = subject.replace(placeholder, '')
  if (/[{}]/.test(text)) mistakes.set('brace', { key: 'rules.subject.lone_brace' })
  const shown = subject.replace(/\{lang_[^{}]*\}/gi, '')
  if (mistakes.size === 0 && shown.trim() === '') mistakes.set('missing', { key: 'rules.subject.missing' })
  return [...mistakes.values()]
}

/**
 * The language that ICU knows under a tag, in its canonical spelling ('EN-us' is 'en-US'), or undefined. A region must
 * exist: ICU itself would take any two letters and quietly use the language alone.
 */
export function knownLanguage(tag: string): string | undefined {
  try {
    const [known] = Intl.DateTimeFormat.supportedLocalesOf(tag)
    if (known === undefined) return undefined
    const { region } = new Intl.Locale(known)
    if (region !== undefined && (region === 'ZZ' || regionNames.of(region) === undefined)) return undefined
    return known
  } catch {
    // A malformed tag throws a RangeError; it is a language nobody knows.
    return undefined
  }
}

const placeholder = /\{([^{}]*)\}/g
const variables: ReadonlySet<string> = new Set(subjectVariables.map((variable) => variable.slice(1, -1)))
const regionNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
// Only what ICU knows is kept, so that these stay small whatever people type.
const languagesByTag = new Map<string, string>()
const monthNames = new Map<string, string>()

function namesIn(subject: string): readonly string[] {
  return [...subject.matchAll(placeholder)].map(([, name = '']) => name)
}

/** The language that `lang_en_us` or `lang_fr` names, in letters of either case. */
function forcedLanguage(name: string): string | undefined {
  if (!/^lang_[a-z]{2,3}(?:_[a-z0-9]{2,8}){0,2}$/i.test(name)) return undefined
  const tag = name.slice('lang_'.length).toLowerCase().replaceAll('_', '-')
  const language = languagesByTag.get(tag) ?? knownLanguage(tag)
  if (language !== undefined) languagesByTag.set(tag, language)
  return language
}

function fillIn(name: string, date: IsoDate, language: string): string | undefined {
  switch (name) {
    case 'YYYY':
      return date.slice(0, 4)
    case 'YY':
      return date.slice(2, 4)
    case 'MM':
      return date.slice(5, 7)
    case 'MMM':
      return monthName(date, language)
    case 'DD':
      return date.slice(8)
    case 'Q':
      return String(quarterOf(date))
    default:
      return undefined
  }
}

function monthName(date: IsoDate, language: string): string {
  const key = `${language} ${monthOf(date)}`
  let name = monthNames.get(key)
  if (name === undefined) {
    // Some languages have another calendar by default (fa, th, ar-SA); the date is a Gregorian one.
    const format = new Intl.DateTimeFormat(language, { month: 'long', calendar: 'gregory', timeZone: 'UTC' })
    name = format.format(utcMidnight(date))
    monthNames.set(key, name)
  }
  return name
}
