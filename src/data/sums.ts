import { type SelectQueryBuilder, sql } from 'kysely'
import type { Database } from './database.ts'
import type { DB } from './tables.ts'

/** What the documents of a list come to. */
export type Sums = {
  /** All that match; where `complete` is false, there are more than these. */
  count: number
  complete: boolean
  /** A currency each; amounts of different currencies never meet. */
  sums: { currency: string; net: string; gross: string }[]
}

/** Counts documents and adds them up; stops counting after `most` (null: never), so that a huge list stays quick. */
export async function sumDocuments<TB extends keyof DB>(
  db: Database,
  documents: SelectQueryBuilder<DB, TB, { currency: string; net: string; gross: string }>,
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
    ])
    .groupBy('found.currency')
    .orderBy('found.currency')
    .execute()
  const count = rows.reduce((sum, row) => sum + row.count, 0)
  return {
    count: most === null ? count : Math.min(count, most),
    complete: most === null || count <= most,
    sums: rows.map(({ currency, net, gross }) => ({ currency, net, gross })),
  }
}
