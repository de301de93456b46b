import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import type { DB } from './tables.ts'

export type Database = Kysely<DB>
export type Trx = Transaction<DB>

export type DatabaseOptions = {
  /** Shown in pg_stat_activity. */
  name: string
  /** Connections at most (10 unless told). */
  max?: number
  /** The role to act as; the owner's own rights where absent. */
  role?: 'comptoir_web' | 'comptoir_portal'
  /** Milliseconds after which PostgreSQL gives up a statement; 0 for none (30,000 unless told). */
  statementTimeout?: number
  /** A commit does not wait for the disk: for what is made anew where a power cut loses its last moments. */
  lazyCommit?: boolean
  /** Hears of every statement that has succeeded: for benches and tests of plans. */
  onQuery?: (query: RanQuery) => void
}

/** `milliseconds` from when it was handed to the driver until its rows were here. */
export type RanQuery = { sql: string; parameters: readonly unknown[]; milliseconds: number }

const { builtins } = pg.types
const asText = (value: string): string => value
// Dates, numerics, 64-bit integers and instants stay text, so that nothing becomes a float or moves by a time zone.
const textTypes = new Set<number>([
  builtins.DATE,
  builtins.NUMERIC,
  builtins.INT8,
  builtins.INTERVAL,
  builtins.TIMESTAMP,
])
// date[], numeric[], int8[], interval[], timestamp[]
const textArrayTypes = new Set<number>([1182, 1231, 1016, 1187, 1115])
const textArrayOid: number = 1009
const textArray = pg.types.getTypeParser(textArrayOid)

/**
 * Opens the pool. Every connection speaks UTC, has a statement timeout, and acts as the role, whoever signed in: a request never
 * has the owner's rights.
 */
export function openDatabase(url: string, options: DatabaseOptions): Database {
  const settings = ['-c TimeZone=UTC', `-c statement_timeout=${options.statementTimeout ?? 30_000}`]
  if (options.lazyCommit === true) settings.push('-c synchronous_commit=off')
  if (options.role !== undefined) settings.push(`-c role=${options.role}`)
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    // Instead of waiting for ever for a machine that no longer answers, or for a connection that others hold.
    connectionTimeoutMillis: 30_000,
    keepAlive: true,
    application_name: `comptoir ${options.name}`,
    options: settings.join(' '),
    types: { getTypeParser },
  })
  // A connection that breaks while idle is replaced at the next use; unheard, its error would end the process.
  pool.on('error', () => {})
  // The same for one that breaks between two statements of a transaction, when nobody waits for an answer: the next one fails.
  pool.on('connect', (client) => client.on('error', () => {}))
  const dialect = new PostgresDialect({ pool })
  const { onQuery } = options
  if (onQuery === undefined) return new Kysely<DB>({ dialect })
  return new Kysely<DB>({
    dialect,
    log: ({ level, query, queryDurationMillis }) => {
      const { sql, parameters } = query
      if (level === 'query') onQuery({ sql, parameters, milliseconds: queryDurationMillis })
    },
  })
}

function getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (textTypes.has(oid)) return asText
  if (oid === builtins.TIMESTAMPTZ) return instant
  if (textArrayTypes.has(oid)) return textArray
  return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text')
}

/** '2026-03-12 02:00:00.5+00' as ISO 8601; the connection speaks UTC. */
function instant(value: string): string {
  return value.replace(' ', 'T').replace(/\+00$/, 'Z')
}
