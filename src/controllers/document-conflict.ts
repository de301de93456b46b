import type { FastifyRequest } from 'fastify'
import type { SentenceKey } from '../languages/catalog.ts'
import type { Language } from '../languages/sentences.ts'
import { translate } from '../languages/translate.ts'
import { Fields } from '../lib/fields.ts'
import { formatTime } from '../lib/format.ts'
import { viewerOf } from '../plugins/sessions.ts'
import { type LineContent, type LineKey, lineKeys } from '../services/orders/content.ts'
import type { Conflict, Place, Taken } from '../services/orders/merge.ts'
import { figureText, lineTexts, unitText, withRows } from './orders/form-values.ts'

/** A save over somebody else's document, an order or a draft: both changes merged as far as they do not meet. */
export type DocumentConflict<K extends string> = {
  /** The version by now: sent with the form, it saves over theirs. */
  version: number
  saved: { by: string | null; at: string }
  /** Both together, mine where they meet. */
  merged: { header: Readonly<Record<K, string>>; lines: readonly LineContent[] }
  /** The header as the person sent it. */
  mine: Readonly<Record<K, string>>
  taken: readonly Taken<K>[]
  conflicts: readonly Conflict<K>[]
}

/** How people call what a document holds. */
export type DocumentWords<K extends string> = {
  currency: string
  rates: ReadonlyMap<string, { name: string }>
  label: (key: K) => SentenceKey
  /** Of a field of the header that is not empty; nothing where the record is gone. */
  value: (key: K, value: string) => Promise<string | null | undefined>
  /** What happened, where there is something to choose and where there is not. */
  sentences: { choose: SentenceKey; merged: SentenceKey }
}

/** What the page says of it: the sentence, what was taken over, and what the person has to choose. */
export type ConflictView = {
  sentence: string
  taken: readonly string[]
  rows: readonly { key: string; field: string; label: string; theirs: string; yours: string }[]
}

export async function conflictView<K extends string>(
  request: FastifyRequest,
  conflict: DocumentConflict<K>,
  words: DocumentWords<K>,
): Promise<ConflictView> {
  const { language } = request
  const { by, at } = conflict.saved
  const name = by ?? translate(language, 'order_form.conflict.somebody')
  const time = formatTime(language, new Date(at), viewerOf(request).time_zone)
  const taken: string[] = []
  for (const { place, change } of conflict.taken) {
    const label = labelOf(language, conflict, words, place)
    if (place.kind === 'line' || place.kind === 'line_order') {
      const params = { change, label, text: place.kind === 'line' ? place.line.description : '' }
      taken.push(translate(language, 'order_form.conflict.taken_line', params))
    } else {
      const theirs = await inWords(language, words, place, mergedAt(conflict, place))
      taken.push(translate(language, 'order_form.conflict.taken_field', { label, theirs }))
    }
  }
  const gone = translate(language, 'order_form.conflict.removed')
  const rows: { key: string; field: string; label: string; theirs: string; yours: string }[] = []
  for (const row of conflict.conflicts) {
    const side = async (value: string | undefined) =>
      value === undefined ? gone : inWords(language, words, row.place, value)
    rows.push({
      ...keyOf(conflict, row),
      label: labelOf(language, conflict, words, row.place),
      theirs: await side(row.theirs),
      yours: await side(row.mine),
    })
  }
  const key = rows.length === 0 ? words.sentences.merged : words.sentences.choose
  return { sentence: translate(language, key, { name, time }), taken, rows }
}

/** For JSON: the mistakes, and each side's text by the form's own names. */
export function conflictJson<K extends string>(
  language: Language,
  conflict: DocumentConflict<K>,
  view: ConflictView,
) {
  const { saved, version } = conflict
  const both = view.rows.map(({ field, theirs, yours }) => ({
    field,
    message: translate(language, 'order_form.conflict.both', { theirs, yours }),
  }))
  return {
    errors: [{ field: 'version', message: view.sentence }, ...both],
    version,
    by: saved.by,
    at: saved.at,
    conflicts: conflict.conflicts.map((row) => ({
      field: keyOf(conflict, row).field,
      theirs: row.theirs ?? null,
      yours: row.mine ?? null,
    })),
    taken: conflict.taken.map((each) => takenJson(conflict, each)),
  }
}

/**
 * The form with every "theirs" that was chosen put in the place of what it held: the other's text is the one that is stored.
 * `entries` gives a field of the header as the form's fields.
 */
export function withChoices<K extends string>(
  fields: Fields,
  current: { header: Readonly<Record<K, string>>; lines: readonly LineContent[] },
  form: {
    language: Language
    currency: string
    keys: readonly K[]
    entries: (key: K) => readonly [string, string][]
  },
): Fields {
  const chosen = [...fields.group('choices')].flatMap(([key, side]) => (side === 'theirs' ? [key] : []))
  const plain = new Fields(fields.entries.filter(([name]) => !name.startsWith('choices[')))
  if (chosen.length === 0) return plain
  const replaced = new Map(
    form.keys.filter((key) => chosen.includes(`header.${key}`)).flatMap((key) => form.entries(key)),
  )
  const rows = plain
    .rows('lines')
    .filter(({ index }) => !chosen.includes(`removed.${index}`))
    .map(({ fields: row }) => {
      const line = current.lines.find(({ id }) => id !== '' && id === row.text('id'))
      if (line === undefined) return row
      const keys = lineKeys.filter((key) => chosen.includes(`line.${line.id}.${key}`))
      return withTexts(row, keys, lineTexts(line, form))
    })
  for (const [at, line] of current.lines.entries()) {
    if (!chosen.includes(`restore.${line.id}`)) continue
    rows.splice(Math.min(at, rows.length), 0, new Fields(Object.entries(lineTexts(line, form))))
  }
  const named = plain.entries.filter(([name]) => !replaced.has(name))
  return withRows(new Fields([...named, ...replaced]), rows)
}

/** The choice's own name, and the form field that it is about. */
function keyOf<K extends string>(
  conflict: DocumentConflict<K>,
  { place, theirs }: Conflict<K>,
): { key: string; field: string } {
  if (place.kind === 'header') return { key: `header.${place.key}`, field: place.key }
  const at = indexOf(conflict, place.line)
  if (place.kind === 'line_field') {
    return { key: `line.${place.line.id}.${place.key}`, field: `lines[${at}][${place.key}]` }
  }
  if (theirs === undefined) return { key: `removed.${at}`, field: `lines[${at}][description]` }
  return { key: `restore.${place.line.id}`, field: 'lines' }
}

function takenJson<K extends string>(conflict: DocumentConflict<K>, { place, change }: Taken<K>) {
  switch (place.kind) {
    case 'header':
      return {
        field: place.key,
        theirs: conflict.merged.header[place.key],
        yours: conflict.mine[place.key],
      }
    case 'line_field': {
      const field = `lines[${indexOf(conflict, place.line)}][${place.key}]`
      return { field, theirs: mergedAt(conflict, place), yours: place.line[place.key] }
    }
    case 'line': {
      const { description } = place.line
      return change === 'removed'
        ? { field: 'lines', theirs: null, yours: description }
        : { field: 'lines', theirs: description, yours: null }
    }
    case 'line_order':
      return { field: 'lines', theirs: null, yours: null }
  }
}

function indexOf(conflict: { merged: { lines: readonly LineContent[] } }, line: LineContent): number {
  return conflict.merged.lines.findIndex(
    (merged) => merged === line || (line.id !== '' && merged.id === line.id),
  )
}

function mergedAt<K extends string>(
  conflict: DocumentConflict<K>,
  place: Exclude<Place<K>, { kind: 'line' | 'line_order' }>,
): string {
  const { header, lines } = conflict.merged
  if (place.kind === 'header') return header[place.key]
  return lines[indexOf(conflict, place.line)]?.[place.key] ?? ''
}

function labelOf<K extends string>(
  language: Language,
  conflict: DocumentConflict<K>,
  words: DocumentWords<K>,
  place: Place<K>,
): string {
  if (place.kind === 'header') return translate(language, words.label(place.key))
  if (place.kind === 'line_order') return translate(language, 'order_form.conflict.line_order')
  const number = indexOf(conflict, place.line) + 1
  if (number === 0) return translate(language, 'order_form.conflict.line', { text: place.line.description })
  if (place.kind === 'line') return translate(language, 'order_form.line.number', { number })
  const field = translate(language, `order_form.line_field.${place.key}`)
  return translate(language, 'order_form.conflict.line_field', { number, field })
}

/** Values as people call them: records by name, figures in their language. */
async function inWords<K extends string>(
  language: Language,
  words: DocumentWords<K>,
  place: Conflict<K>['place'],
  value: string,
): Promise<string> {
  const none = translate(language, 'order_form.conflict.nothing')
  if (value === '') return none
  if (place.kind === 'line') return value
  if (place.kind === 'header') return (await words.value(place.key, value)) ?? none
  return lineValue(language, words, place.key, place.line, value)
}

function lineValue(
  language: Language,
  words: { currency: string; rates: ReadonlyMap<string, { name: string }> },
  key: LineKey,
  line: LineContent,
  value: string,
): string {
  const form = { language, currency: words.currency }
  switch (key) {
    case 'product_id':
      return value === line.product_id
        ? line.product_code
        : translate(language, 'order_form.conflict.other_product')
    case 'quantity':
    case 'unit_price':
      return figureText(key, value, form)
    case 'discount_percent':
      return `${figureText('quantity', value, form)} %`
    case 'unit':
      return unitText(language, value)
    case 'tax_rate_id':
      return words.rates.get(value)?.name ?? value
    default:
      return value
  }
}

function withTexts(row: Fields, keys: readonly LineKey[], texts: Readonly<Record<string, string>>): Fields {
  const names = new Set(
    keys.flatMap((key) => (key === 'product_id' ? ['product_id', 'product_code', 'filled_from'] : [key])),
  )
  const others = row.entries.filter(([name]) => !names.has(name))
  return new Fields([...others, ...[...names].map((name): [string, string] => [name, texts[name] ?? ''])])
}
