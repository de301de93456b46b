import { z } from 'zod'
import type { FieldError, Message, SentenceKey } from '../languages/catalog.ts'
import type { Language } from '../languages/sentences.ts'
import { isIsoDate, parseDateText } from './dates.ts'
import { type DecimalMistake, parseDecimalText } from './decimal-text.ts'
import type { Fields } from './fields.ts'

/**
 * Kinds of form fields, for zod: each takes the text that was posted ('' where the field is absent) and gives the value, or a
 * mistake as a Message. `parseFields` runs an object of them over a form.
 */

export type Parsed<T> = { ok: true; value: T } | { ok: false; errors: FieldError[] }

/** Parses by the schema's keys; a mistake's field is the key, put into `prefix[…]` where one is given. */
export function parseFields<T extends z.ZodRawShape>(
  schema: z.ZodObject<T>,
  fields: Fields,
  prefix?: string,
): Parsed<z.output<z.ZodObject<T>>> {
  const input = Object.fromEntries(Object.keys(schema.shape).map((name) => [name, fields.text(name)]))
  const parsed = schema.safeParse(input)
  if (parsed.success) return { ok: true, value: parsed.data }
  return { ok: false, errors: parsed.error.issues.map((issue) => fieldError(issue, prefix)) }
}

/** A mistake found inside a zod transform or refinement. */
export function mistake(key: SentenceKey, params?: Message['params']) {
  return {
    code: 'custom' as const,
    params: { key, ...(params === undefined ? {} : { params }) },
    message: key,
  }
}

export type TextKind = { max: number; missing?: SentenceKey; multiline?: boolean }

/**
 * Trimmed text. Control characters (but line breaks in a multiline field) are taken out, and so are those that turn the direction
 * of what follows: a name with one would turn the sentences it stands in. NUL never gets this far.
 */
export function text(kind: TextKind) {
  return z.string().transform((typed, context) => {
    const value = kind.multiline
      ? typed
          .replaceAll('\r\n', '\n')
          .replace(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu, '')
          .trim()
      : typed
          .replace(/\s+/gu, ' ')
          .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '')
          .trim()
    if (value === '' && kind.missing !== undefined) context.addIssue(mistake(kind.missing))
    if ([...value].length > kind.max) context.addIssue(mistake('form.too_long', { max: kind.max }))
    return value
  })
}

/** One of the choices; '' takes the preset where there is one. */
export function choice<const C extends readonly string[]>(
  choices: C,
  options: { preset?: C[number]; missing?: SentenceKey } = {},
) {
  return z.string().transform((typed, context): C[number] => {
    if (typed === '' && options.preset !== undefined) return options.preset
    const found = choices.find((known) => known === typed)
    if (found !== undefined) return found
    context.addIssue(
      mistake(typed === '' ? (options.missing ?? 'form.choice.missing') : 'form.choice.unknown', {
        choices: choices.filter((known) => known !== '').join(', '),
      }),
    )
    return z.NEVER
  })
}

export function checkbox() {
  return z.string().transform((typed) => typed === 'on' || typed === 'true' || typed === '1')
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export function isUuid(text: string): boolean {
  return uuid.test(text)
}

/** The id of a record, null where none was chosen. Whether it exists is for the service to say. */
export function reference(options: { missing?: SentenceKey } = {}) {
  return z.string().transform((typed, context): string | null => {
    const value = typed.trim().toLowerCase()
    if (value === '') {
      if (options.missing !== undefined) context.addIssue(mistake(options.missing))
      return null
    }
    if (!uuid.test(value)) context.addIssue(mistake(options.missing ?? 'form.reference.unknown'))
    return value
  })
}

/** The id of a record that must be chosen. */
export function requiredReference(missing: SentenceKey) {
  return z.string().transform((typed, context): string => {
    const value = typed.trim().toLowerCase()
    if (!uuid.test(value)) context.addIssue(mistake(missing))
    return value
  })
}

/** A day, null where the field is empty and may be. Accepts ISO, and 31/12/2026 or 31.12.2026 as day first. */
export function date(options: { missing?: SentenceKey } = {}) {
  return z.string().transform((typed, context): string | null => {
    const value = typed.trim()
    if (value === '') {
      if (options.missing !== undefined) context.addIssue(mistake(options.missing))
      return null
    }
    const found = isIsoDate(value) ? value : parseDateText(value)
    if (found === undefined) {
      context.addIssue(mistake('form.date.wrong', { typed: value.slice(0, 40) }))
      return z.NEVER
    }
    return found
  })
}

export type DecimalKind = {
  language: Language
  decimals?: number
  preset?: string
  missing?: SentenceKey
  wrong?: SentenceKey
  currency?: string
}

/** A decimal as a person types it in either language; '' is null, or the preset. At most 6 decimals unless told. */
export function decimal(kind: DecimalKind) {
  return z.string().transform((typed, context): string | null => {
    const parsed = parseDecimalText(typed, {
      language: kind.language,
      decimals: kind.decimals ?? 6,
      ...(kind.currency === undefined ? {} : { currency: kind.currency }),
    })
    if (parsed.ok) return parsed.value
    if (parsed.mistake === 'empty') {
      if (kind.preset !== undefined) return kind.preset
      if (kind.missing !== undefined) context.addIssue(mistake(kind.missing))
      return null
    }
    context.addIssue(decimalMistake(parsed.mistake, kind))
    return z.NEVER
  })
}

function decimalMistake(found: Exclude<DecimalMistake, 'empty'>, kind: DecimalKind) {
  if (found === 'too_many_decimals')
    return mistake('form.decimal.too_many_decimals', { decimals: kind.decimals ?? 6 })
  if (found === 'too_large') return mistake('form.decimal.too_large')
  return mistake(kind.wrong ?? 'form.decimal.wrong')
}

/** A whole number between two bounds; '' is null, or the mistake `missing`. */
export function wholeNumber(options: { min: number; max: number; missing?: SentenceKey }) {
  return z.string().transform((typed, context): number | null => {
    const value = typed.trim()
    if (value === '') {
      if (options.missing !== undefined) context.addIssue(mistake(options.missing))
      return null
    }
    const number = /^-?\d{1,9}$/.test(value) ? Number(value) : Number.NaN
    if (!(number >= options.min && number <= options.max)) {
      context.addIssue(mistake('form.whole_number.wrong', { min: options.min, max: options.max }))
      return z.NEVER
    }
    return number
  })
}

// Without ? # and %, which would say something else in a mailto link (RFC 6068): further recipients, a subject, a text.
const emailAddress = /^[^\s\p{C}@<>(),;:"[\]\\?#%]+@(?:[\p{L}\p{M}\p{N}_-]+\.)+[\p{L}\p{M}\p{N}-]{2,}$/u

export function isEmail(text: string): boolean {
  return text.length <= 254 && emailAddress.test(text)
}

export function email(options: { missing?: SentenceKey } = {}) {
  return z.string().transform((typed, context) => {
    const value = typed.trim()
    if (value === '') {
      if (options.missing !== undefined) context.addIssue(mistake(options.missing))
    } else if (!isEmail(value)) context.addIssue(mistake('form.email.wrong', { typed: value.slice(0, 80) }))
    return value
  })
}

/** Several addresses, separated by commas, semicolons or white space; each once. */
export function emails() {
  return z.string().transform((typed, context) => {
    const found = [...new Set(typed.split(/[\s,;]+/u).filter((part) => part !== ''))]
    const wrong = found.find((part) => !isEmail(part))
    if (wrong !== undefined) context.addIssue(mistake('form.email.wrong', { typed: wrong.slice(0, 80) }))
    return found
  })
}

function fieldError(issue: z.core.$ZodIssue, prefix: string | undefined): FieldError {
  const name = issue.path.map(String).join('.')
  const field = prefix === undefined ? name : `${prefix}[${name}]`
  if (issue.code === 'custom') {
    const parsed = customMistake.safeParse(issue.params)
    if (parsed.success) return { field, message: parsed.data }
  }
  return { field, message: { key: 'form.wrong' } }
}

const customMistake = z
  .object({
    key: z.custom<SentenceKey>((value) => typeof value === 'string'),
    params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  })
  .transform(({ key, params }): Message => (params === undefined ? { key } : { key, params }))
