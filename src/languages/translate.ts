import { IntlMessageFormat } from 'intl-messageformat'
import { isIsoDate } from '../lib/dates.ts'
import { formatDate, formatMoney } from '../lib/format.ts'
import { catalog, type Message, type SentenceKey } from './catalog.ts'
import type { Language, Sentences } from './sentences.ts'

const locales: Record<Language, string> = { en: 'en-GB', fr: 'fr-FR' }
// Without the literal types of a thousand sentences, whose union would be too much for the compiler.
const sentences: Sentences = catalog
const compiled = new Map<string, IntlMessageFormat>()

// Hebrew, Arabic and their like: isolated within a sentence, they leave the order of the words around them alone.
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/

export type Translate = (key: SentenceKey, params?: Message['params']) => string

/**
 * The sentence of a key in a language. Throws on an unknown key or a missing parameter, so that no page shows a code.
 * A parameter named `…_date` holds an ISO date and is shown as the language writes dates; one named `…_money` an amount with its
 * currency ('1200.00 EUR'), shown as the language writes money.
 */
export function translate(language: Language, key: SentenceKey, params?: Message['params']): string {
  const id = `${language} ${key}`
  let format = compiled.get(id)
  if (format === undefined) {
    const sentence = Object.hasOwn(sentences, key) ? sentences[key] : undefined
    if (sentence === undefined) throw new Error(`No sentence for ${key}`)
    format = new IntlMessageFormat(sentence[language], locales[language], undefined, { ignoreTag: true })
    compiled.set(id, format)
  }
  return String(format.format(shown(language, params)))
}

function shown(language: Language, params: Message['params'] = {}): Record<string, string | number> {
  const entries = Object.entries(params).map(([name, value]): [string, string | number] => {
    if (typeof value === 'string' && name.endsWith('_money')) return [name, shownMoney(language, value)]
    const isDate = name.endsWith('_date') && typeof value === 'string' && isIsoDate(value)
    if (isDate) return [name, formatDate(language, value)]
    return [name, typeof value === 'string' && rightToLeft.test(value) ? `\u2068${value}\u2069` : value]
  })
  return Object.fromEntries(entries)
}

function shownMoney(language: Language, value: string): string {
  const [amount = '', currency = ''] = value.split(' ')
  return formatMoney(language, amount, currency)
}

export function translator(language: Language): Translate {
  return (key, params) => translate(language, key, params)
}

export function say(language: Language, message: Message): string {
  return translate(language, message.key, message.params)
}

/** What several refusals say, as one text; '' where there is none. */
export function sayAll(language: Language, refusals: readonly { readonly message: Message }[]): string {
  return refusals.map(({ message }) => say(language, message)).join(' ')
}
