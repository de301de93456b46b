import { type Expression, type SelectQueryBuilder, sql } from 'kysely'
import type { Database } from './database.ts'
import type { DB } from './tables.ts'

/** What the documents of a list come to. */
export type Sums = {
  /** All that match; where `complete` is false, there are more than these. */
  count: number
  complete: boolean
  /** A currency each; amounts of different currencies never meet. */
  sums: Amounts[]
}

export type Amounts = {
  currency: string
  net: string
  gross: string
  /** What is still to be paid of it; nothing where nobody pays by this document. */
  open: string
}

/** Counts documents and adds them up, the currency of most of them first; stops counting after `most` (null: never), so that a huge list stays quick. */
export async function sumDocuments<TB extends keyof DB>(
  db: Database,
  documents: SelectQueryBuilder<DB, TB, Amounts>,
  most: number | null,
): Promise<Sums> {
  const found = most === null ? documents : documents.limit(most + 1)
  const rows = await db
    .selectFrom(found.as('found'))
    .select([
      'found.currency',
      sql<number>`count(*)::int`.as('count'),
      sql<string>`sum(found.net)`.as('net'),
      sql<string>`sum(found.gross)`.as('gross'),
      sql<string>`sum(found.open)`.as('open'),
    ])
    .groupBy('found.currency')
    .orderBy('count', 'desc')
    .orderBy('found.currency')
    .execute()
  return sumsOf(rows, most)
}

/** The same for several kinds of documents in one statement; a kind without any is left out. */
export async function sumKinds<K extends string>(
  db: Database,
  kinds: readonly { kind: K; documents: Expression<Amounts> }[],
  most: number,
): Promise<Map<K, Sums>> {
  const each = kinds.map(
    ({
      kind,
      documents,
    }) => sql`SELECT ${kind}::text AS kind, currency, count(*)::int AS count, sum(net) AS net, sum(gross) AS gross,
        sum(open) AS open
      FROM (${documents} LIMIT ${most + 1}) AS found GROUP BY currency`,
  )
  const { rows } = await sql<Amounts & { kind: K; count: number }>`
    SELECT * FROM (${sql.join(each, sql` UNION ALL `)}) AS kinds ORDER BY count DESC, currency`.execute(db)
  return new Map(
    kinds.flatMap(({ kind }): [K, Sums][] => {
      const found = rows.filter((row) => row.kind === kind)
      return found.length === 0 ? [] : [[kind, sumsOf(found, most)]]
    }),
  )
}

function sumsOf(rows: readonly (Amounts & { count: number })[], most: number | null): Sums {
  const count = rows.reduce((sum, row) => sum + row.count, 0)
  return {
    count: most === null ? count : Math.min(count, most),
    complete: most === null || count <= most,
    sums: rows.map(({ currency, net, gross, open }) => ({ currency, net, gross, open })),
  }
}
