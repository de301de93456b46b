import type { Client } from 'pg'
import { z } from 'zod'
import type { RanQuery } from '../../src/data/database.ts'

/** What a statement did to the tables, by its plan: never how long it took. */
export type Effort = {
  /** Rows that scans of growing tables read, those that did not match among them. */
  read: number
  /** The most rows that went into one sort. */
  sorted: number
  /** Growing tables that were read from end to end, or begun so, with the rows read. */
  scanned: Map<string, number>
}

/** Runs the statement again, as it was run, and answers what it took. */
export async function effortOf(client: Client, { sql, parameters }: RanQuery): Promise<Effort> {
  const { rows } = await client.query<{ 'QUERY PLAN': unknown }>({
    text: `EXPLAIN (ANALYZE, FORMAT JSON, TIMING OFF, COSTS OFF) ${sql}`,
    values: [...parameters],
  })
  const [explained] = z.array(z.object({ Plan: node })).parse(rows[0]?.['QUERY PLAN'])
  const effort: Effort = { read: 0, sorted: 0, scanned: new Map() }
  if (explained !== undefined) addTo(effort, explained.Plan)
  return effort
}

const node = z.object({
  'Node Type': z.string(),
  'Relation Name': z.string().optional(),
  'Actual Rows': z.number(),
  'Actual Loops': z.number(),
  'Rows Removed by Filter': z.number().default(0),
  'Rows Removed by Index Recheck': z.number().default(0),
  get Plans() {
    return z.array(node).default([])
  },
})

/** Tables of which a shop has some tens of rows, however long it is in business. */
const small = new Set([
  'organisations',
  'users',
  'user_organisations',
  'tax_rates',
  'payment_terms',
  'currencies',
])

function addTo(effort: Effort, plan: z.infer<typeof node>): void {
  const relation = plan['Relation Name']
  const rows =
    (plan['Actual Rows'] + plan['Rows Removed by Filter'] + plan['Rows Removed by Index Recheck']) *
    plan['Actual Loops']
  const grows = relation !== undefined && !small.has(relation)
  if (grows && plan['Node Type'].endsWith('Scan')) effort.read += Math.round(rows)
  if (grows && plan['Node Type'] === 'Seq Scan')
    effort.scanned.set(relation, (effort.scanned.get(relation) ?? 0) + rows)
  if (plan['Node Type'] === 'Sort')
    effort.sorted = Math.max(effort.sorted, ...plan.Plans.map((child) => child['Actual Rows']))
  for (const child of plan.Plans) addTo(effort, child)
}
