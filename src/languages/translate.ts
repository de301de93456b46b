import { IntlMessageFormat } from 'intl-messageformat'
import { catalog, type Message, type SentenceKey } from './catalog.ts'
import type { Language } from './sentences.ts'

const locales: Record<Language, string> = { en: 'en-GB', fr: 'fr-FR' }
const compiled = new Map<string, IntlMessageFormat>()

export type Translate = (key: SentenceKey, params?: Message['params']) => string

/** The sentence of a key in a language. Throws on an unknown key or a missing parameter, so that no page shows a code. */
export function translate(language: Language, key: SentenceKey, params?: Message['params']): string {
  const id = `${language} ${key}`
  let format = compiled.get(id)
  if (format === undefined) {
    const sentence = Object.hasOwn(catalog, key) ? catalog[key] : undefined
    if (sentence === undefined) throw new Error(`No sentence for ${key}`)
    format = new IntlMessageFormat(sentence[language], locales[language], undefined, { ignoreTag: true })
    compiled.set(id, format)
  }
  return String(format.format(params))
}

export function translator(language: Language): Translate {
  return (key, params) => translate(language, key, params)
}

export function say(language: Language, message: Message): string {
  return translate(language, message.key, message.params)
}
