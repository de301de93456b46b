import { sql } from 'kysely'
import type { Trx } from './database.ts'

/** What lines of orders and of invoices both hold, in the order in which they are written, with its type. */
const sharedColumns = [
  ['position', 'integer'],
  ['kind', 'text'],
  ['product_id', 'uuid'],
  ['product_code', 'text'],
  ['description', 'text'],
  ['quantity', 'numeric'],
  ['unit_code', 'text'],
  ['unit_price', 'numeric'],
  ['discount_percent', 'numeric'],
  ['supply', 'text'],
  ['tax_rate_id', 'uuid'],
  ['tax_category', 'text'],
  ['tax_rate', 'numeric'],
  ['exemption_text', 'text'],
  ['exemption_code', 'text'],
  ['net', 'numeric'],
] as const

type SharedColumn = (typeof sharedColumns)[number][0]

/** A line to write; `id` where it exists already. */
type LineToWrite<Own extends string> = Readonly<Record<SharedColumn | Own, unknown>> & {
  readonly id?: string | undefined
}

type DocumentKey = { readonly id: string; readonly organisation_id: string }

/**
 * How the lines of one kind of document are written: all of them in one statement, as one JSON text, for ten thousand of them have
 * more values than a statement may have parameters. `own` are the columns that only this table has.
 */
export function linesIn<Own extends string = never>(
  table: 'customer_order_lines' | 'invoice_lines',
  document: 'order_id' | 'invoice_id',
  own: readonly (readonly [Own, string])[] = [],
) {
  const columns: readonly (readonly [string, string])[] = [...sharedColumns, ...own]
  const [into, owner] = [sql.table(table), sql.ref(document)]
  const names = sql.join(columns.map(([name]) => sql.ref(name)))
  const newNames = sql.join(columns.map(([name]) => sql.ref(`n.${name}`)))
  const oldNames = sql.join(columns.map(([name]) => sql.ref(`l.${name}`)))
  const typedNames = sql.join(columns.map(([name, type]) => sql`${sql.ref(name)} ${sql.raw(type)}`))
  const assignments = sql.join(columns.map(([name]) => sql`${sql.ref(name)} = ${sql.ref(`n.${name}`)}`))

  return {
    /** Adds lines, under their own ids where they have one. */
    async insert(trx: Trx, key: DocumentKey, lines: readonly LineToWrite<Own>[]): Promise<void> {
      if (lines.length === 0) return
      await sql`
        INSERT INTO ${into} (id, ${owner}, organisation_id, ${names})
        SELECT coalesce(n.id, uuidv7()), ${key.id}::uuid, ${key.organisation_id}::uuid, ${newNames}
        FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) AS n(id uuid, ${typedNames})
        ORDER BY n.position`.execute(trx)
    },

    /** Changes lines in place where anything of them differs, so that what names them stays. */
    async update(trx: Trx, documentId: string, lines: readonly LineToWrite<Own>[]): Promise<void> {
      if (lines.length === 0) return
      await sql`
        UPDATE ${into} AS l SET ${assignments}
        FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) AS n(id uuid, ${typedNames})
        WHERE l.id = n.id AND l.${owner} = ${documentId}
          AND (${oldNames}) IS DISTINCT FROM (${newNames})`.execute(trx)
    },

    async deleteAllBut(trx: Trx, documentId: string, kept: readonly LineToWrite<Own>[]): Promise<void> {
      await sql`DELETE FROM ${into}
        WHERE ${owner} = ${documentId} AND NOT (id = ANY(${kept.map((line) => line.id)}::uuid[]))`.execute(
        trx,
      )
    },
  }
}
