import type { FastifyRequest } from 'fastify'
import { InvalidForm } from '../errors.ts'
import type { FieldError, SentenceKey } from '../languages/catalog.ts'
import type { Translate } from '../languages/translate.ts'
import { type IsoDate, parseDateText } from '../lib/dates.ts'
import type { Fields } from '../lib/fields.ts'
import { wantsJson } from '../plugins/answers.ts'
import { wantsCsv } from './lists.ts'

/** A filter in use: what it is called, its value in words, and the parameters that hold it. */
export type SetFilter = { name?: string; value: string; parameters: readonly string[] }

/**
 * Refuses a list to programs and files where a filter is wrong: a list that leaves it out would pass for the narrowed one. A page
 * shows the list with the mistake beside its field instead.
 * @throws InvalidForm
 */
export function refuseWrongFilters(request: FastifyRequest, errors: readonly FieldError[]): void {
  if (errors.length > 0 && (wantsJson(request) || wantsCsv(request))) throw new InvalidForm(errors)
}

/** A filter of a few known values; another one is added to the mistakes, and narrows nothing. */
export function oneOf<T extends string>(
  fields: Fields,
  name: string,
  values: readonly T[],
  errors: FieldError[],
): T | undefined {
  const typed = fields.text(name)
  const value = values.find((each) => each === typed)
  if (value === undefined && typed !== '')
    errors.push({ field: name, message: { key: 'order_list.filter.unknown' } })
  return value
}

/** Reads a list's filters one by one; a wrong one is a mistake beside its field and narrows nothing. */
export class FilterReader {
  /** Wrong values: their filters are left out, and each says so beside its field. */
  readonly errors: FieldError[] = []
  /** Those in use, in the order in which they were read. */
  readonly set: SetFilter[] = []
  readonly #fields: Fields
  readonly #t: Translate
  readonly #date: (date: IsoDate) => string

  constructor(fields: Fields, words: { t: Translate; date: (date: IsoDate) => string }) {
    this.#fields = fields
    this.#t = words.t
    this.#date = words.date
  }

  /** The words searched for. */
  words(): string {
    const words = this.#fields.text('q').trim()
    if (words !== '') this.#use(this.#t('order_list.search'), words, ['q'])
    return words
  }

  /** One of a select's options. */
  choice<T extends { value: string; label: string }>(
    name: string,
    title: string,
    options: readonly T[],
  ): T | undefined {
    const typed = this.#fields.text(name)
    if (typed === '') return undefined
    const option = options.find(({ value }) => value === typed)
    if (option === undefined) this.errors.push({ field: name, message: { key: 'order_list.filter.unknown' } })
    else this.#use(title, option.label, [name])
    return option
  }

  /** A record that was looked up already; `shown` is '' where none is asked for. */
  record(title: string, shown: string, parameters: readonly string[]): void {
    if (shown !== '') this.#use(title, shown, parameters)
  }

  /** The days `from` and `to`, both included. `backwards` is said where the second comes before the first. */
  days(words: { from: string; to: string; backwards: SentenceKey }): {
    from: IsoDate | undefined
    to: IsoDate | undefined
  } {
    const [from, to] = [this.#day('from', words.from), this.#day('to', words.to)]
    if (from !== undefined && to !== undefined && to < from)
      this.errors.push({ field: 'to', message: { key: words.backwards, params: { from_date: from } } })
    return { from, to }
  }

  #day(name: 'from' | 'to', title: string): IsoDate | undefined {
    const typed = this.#fields.text(name)
    if (typed === '') return undefined
    const day = parseDateText(typed)
    if (day === undefined) this.errors.push({ field: name, message: { key: 'order_list.filter.date' } })
    else this.#use(title, this.#date(day), [name])
    return day
  }

  #use(name: string, value: string, parameters: readonly string[]): void {
    // “Recurring: Recurring” says it twice.
    this.set.push({ ...(name === value ? {} : { name }), value, parameters })
  }
}
