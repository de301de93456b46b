import type { FastifyRequest } from 'fastify'
import { findAccount } from '../../data/accounts.ts'
import { findContact } from '../../data/contacts.ts'
import type { Database } from '../../data/database.ts'
import { findUserName, listOrganisationsByIds } from '../../data/order-references.ts'
import type { OrderRecord } from '../../data/orders.ts'
import type { Language } from '../../languages/sentences.ts'
import { translate } from '../../languages/translate.ts'
import { isIsoDate } from '../../lib/dates.ts'
import { Fields } from '../../lib/fields.ts'
import { formatDate, formatTime } from '../../lib/format.ts'
import { viewerOf } from '../../plugins/sessions.ts'

import {
  contentOf,
  type HeaderKey,
  headerKeys,
  type LineContent,
  type LineKey,
  lineKeys,
} from '../../services/orders/content.ts'
import type { Conflict, Place } from '../../services/orders/merge.ts'
import type { OrderConflict } from '../../services/orders/save-order.ts'
import type { TaxRules } from '../../services/tax-treatments/line-rate.ts'
import { addressEntries, figureText, lineTexts, unitText, withRows } from './form-values.ts'

/** What the page says of a save over somebody else's: the sentence, what was taken over, and what the person has to choose. */
export type ConflictView = {
  sentence: string
  taken: readonly string[]
  rows: readonly { key: string; field: string; label: string; theirs: string; yours: string }[]
}

export async function conflictView(
  request: FastifyRequest,
  conflict: OrderConflict,
  rules: TaxRules,
): Promise<ConflictView> {
  const { language } = request
  const { saved, merge } = conflict
  const words = new Words(request.server.db, language, rules, merge.content.header.currency)
  const name = saved.by ?? translate(language, 'order_form.conflict.somebody')
  const time = formatTime(language, new Date(saved.at), viewerOf(request).time_zone)
  const taken: string[] = []
  for (const { place, change } of merge.taken) {
    const label = words.place(place, numberOf(conflict, place))
    if (place.kind === 'line' || place.kind === 'line_order') {
      const params = { change, label, text: place.kind === 'line' ? place.line.description : '' }
      taken.push(translate(language, 'order_form.conflict.taken_line', params))
    } else {
      const theirs = await words.value(place, valueAt(conflict, place))
      taken.push(translate(language, 'order_form.conflict.taken_field', { label, theirs }))
    }
  }
  const rows: { key: string; field: string; label: string; theirs: string; yours: string }[] = []
  for (const row of merge.conflicts) {
    const gone = translate(language, 'order_form.conflict.removed')
    rows.push({
      ...keyOf(conflict, row),
      label: words.place(row.place, numberOf(conflict, row.place)),
      theirs: row.theirs === undefined ? gone : await words.value(row.place, row.theirs),
      yours: row.mine === undefined ? gone : await words.value(row.place, row.mine),
    })
  }
  const only = rows.length === 0
  return {
    sentence: translate(language, only ? 'order_form.conflict.merged' : 'order_form.conflict', {
      name,
      time,
    }),
    taken,
    rows,
  }
}

/** The choice's own name, and the form field that it is about. */
function keyOf(conflict: OrderConflict, { place, theirs }: Conflict): { key: string; field: string } {
  if (place.kind === 'header') return { key: `header.${place.key}`, field: place.key }
  const at = indexOf(conflict, place.line)
  if (place.kind === 'line_field') {
    return { key: `line.${place.line.id}.${place.key}`, field: `lines[${at}][${place.key}]` }
  }
  if (theirs === undefined) return { key: `removed.${at}`, field: `lines[${at}][description]` }
  return { key: `restore.${place.line.id}`, field: 'lines' }
}

function indexOf(conflict: OrderConflict, line: LineContent): number {
  const { lines } = conflict.merge.content
  return lines.findIndex((merged) => merged === line || (line.id !== '' && merged.id === line.id))
}

function numberOf(conflict: OrderConflict, place: Place): number {
  return place.kind === 'header' || place.kind === 'line_order' ? 0 : indexOf(conflict, place.line) + 1
}

function valueAt(conflict: OrderConflict, place: Exclude<Place, { kind: 'line' | 'line_order' }>): string {
  const { content } = conflict.merge
  if (place.kind === 'header') return content.header[place.key]
  return content.lines[indexOf(conflict, place.line)]?.[place.key] ?? ''
}

/** Values as people call them: records by name, figures in their language. */
class Words {
  readonly #db: Database
  readonly #language: Language
  readonly #rules: TaxRules
  readonly #currency: string

  constructor(db: Database, language: Language, rules: TaxRules, currency: string) {
    this.#db = db
    this.#language = language
    this.#rules = rules
    this.#currency = currency
  }

  place(place: Place, number: number): string {
    const language = this.#language
    if (place.kind === 'header') return translate(language, `order_form.field.${place.key}`)
    if (place.kind === 'line_order') return translate(language, 'order_form.conflict.line_order')
    if (number === 0) return translate(language, 'order_form.conflict.line', { text: place.line.description })
    if (place.kind === 'line') return translate(language, 'order_form.line.number', { number })
    const field = translate(language, `order_form.line_field.${place.key}`)
    return translate(language, 'order_form.conflict.line_field', { number, field })
  }

  async value(place: Conflict['place'], value: string): Promise<string> {
    const none = translate(this.#language, 'order_form.conflict.nothing')
    if (value === '') return none
    if (place.kind === 'line') return value
    if (place.kind === 'header') return (await this.#headerValue(place.key, value)) ?? none
    return this.#lineValue(place.key, place.line, value)
  }

  async #headerValue(key: HeaderKey, value: string): Promise<string | null | undefined> {
    switch (key) {
      case 'account_id':
        return (await findAccount(this.#db, value))?.name
      case 'contact_id':
        return (await findContact(this.#db, value))?.name
      case 'assigned_to_id':
        return findUserName(this.#db, value)
      case 'organisation_id':
        return (await listOrganisationsByIds(this.#db, [value]))[0]?.name
      case 'order_date':
        return isIsoDate(value) ? formatDate(this.#language, value) : value
      case 'shipping_address':
        return addressEntries(value)
          .map(([, text]) => text)
          .filter((text) => text !== '')
          .join(', ')
      default:
        return value
    }
  }

  #lineValue(key: LineKey, line: LineContent, value: string): string {
    const form = { language: this.#language, currency: this.#currency }
    switch (key) {
      case 'product_id':
        return value === line.product_id
          ? line.product_code
          : translate(this.#language, 'order_form.conflict.other_product')
      case 'quantity':
      case 'unit_price':
        return figureText(key, value, form)
      case 'discount_percent':
        return `${figureText('quantity', value, form)} %`
      case 'unit':
        return unitText(this.#language, value)
      case 'tax_rate_id':
        return this.#rules.rates.get(value)?.name ?? value
      default:
        return value
    }
  }
}

/**
 * The form with every "theirs" that was chosen put in the place of what it held: the other's text is the one that is stored.
 */
export function withChoices(fields: Fields, current: OrderRecord, language: Language): Fields {
  const chosen = [...fields.group('choices')].flatMap(([key, side]) => (side === 'theirs' ? [key] : []))
  const plain = new Fields(fields.entries.filter(([name]) => !name.startsWith('choices[')))
  if (chosen.length === 0) return plain
  const { header, lines } = contentOf(current)
  const form = { language, currency: header.currency }
  const replaced = new Map<string, string>()
  for (const key of headerKeys.filter((name) => chosen.includes(`header.${name}`))) {
    if (key === 'shipping_address')
      for (const [name, text] of addressEntries(header[key])) replaced.set(name, text)
    else replaced.set(key, header[key])
    if (key === 'account_id') replaced.set('account_code', current.account_name)
  }
  const rows = plain
    .rows('lines')
    .filter(({ index }) => !chosen.includes(`removed.${index}`))
    .map(({ fields: row }) => {
      const line = lines.find(({ id }) => id !== '' && id === row.text('id'))
      if (line === undefined) return row
      const keys = lineKeys.filter((key) => chosen.includes(`line.${line.id}.${key}`))
      return withTexts(row, keys, lineTexts(line, form))
    })
  for (const [at, line] of lines.entries()) {
    if (!chosen.includes(`restore.${line.id}`)) continue
    rows.splice(Math.min(at, rows.length), 0, new Fields(Object.entries(lineTexts(line, form))))
  }
  const named = plain.entries.filter(([name]) => !replaced.has(name))
  return withRows(new Fields([...named, ...replaced]), rows)
}

function withTexts(row: Fields, keys: readonly LineKey[], texts: Readonly<Record<string, string>>): Fields {
  const names = new Set(
    keys.flatMap((key) => (key === 'product_id' ? ['product_id', 'product_code', 'filled_from'] : [key])),
  )
  const others = row.entries.filter(([name]) => !names.has(name))
  return new Fields([...others, ...[...names].map((name): [string, string] => [name, texts[name] ?? ''])])
}

/** For JSON: each side's text by the form's own names. */
export function conflictJson(conflict: OrderConflict) {
  const { merge, saved, version, mine } = conflict
  const rows = merge.conflicts.map((row) => ({
    field: keyOf(conflict, row).field,
    theirs: row.theirs ?? null,
    yours: row.mine ?? null,
  }))
  const taken = merge.taken.map(({ place }) => ({
    field:
      place.kind === 'header'
        ? place.key
        : place.kind === 'line_field'
          ? `lines[${indexOf(conflict, place.line)}][${place.key}]`
          : 'lines',
    theirs: place.kind === 'header' ? merge.content.header[place.key] : null,
    yours: place.kind === 'header' ? mine.header[place.key] : null,
  }))
  return { version, by: saved.by, at: saved.at, conflicts: rows, taken }
}
