import { frame } from './frame.ts'
import { general } from './general.ts'
import { rules } from './rules.ts'

/** Every sentence of the product, by key. Features add their own file here. */
export const catalog = {
  ...frame,
  ...general,
  ...rules,
} as const

export type SentenceKey = keyof typeof catalog

/** What a rule or a service has to say, before anybody knows in which language. */
export type Message = {
  readonly key: SentenceKey
  readonly params?: Readonly<Record<string, string | number>>
}

/** A mistake in what a person typed: the form field's name as it is posted, and the sentence beside it. */
export type FieldError = { readonly field: string; readonly message: Message }
