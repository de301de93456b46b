/** The SQLSTATE of PostgreSQL's error, or the code of a broken connection. */
function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** A wait for a row that somebody holds has reached its limit. */
export function isLockTimeout(error: unknown): boolean {
  return codeOf(error) === '55P03'
}

/**
 * A failure that says nothing about the data: the same transaction may succeed in a moment. A lost connection or a server that
 * starts or stops, a deadlock, a serialization failure, too many connections.
 */
export function isPassing(error: unknown): boolean {
  const code = codeOf(error)
  if (/^(08|53|57P|40001|40P01)/.test(code)) return true
  if (/^(ECONN|EPIPE|ETIMEDOUT|ENOENT|EHOSTUNREACH|ENOTFOUND)/.test(code)) return true
  return (
    error instanceof Error &&
    /^Connection terminated|not queryable$|^timeout exceeded when trying to connect/.test(error.message)
  )
}

/** Another transaction has made a row with the same code or number meanwhile. */
export function isUniqueViolation(error: unknown): boolean {
  return codeOf(error) === '23505'
}

/** Something names a row that was to be removed. */
export function isForeignKeyViolation(error: unknown): boolean {
  return codeOf(error) === '23503'
}

/** undefined_table: the database was never migrated. */
export function isMissingTable(error: unknown): boolean {
  return codeOf(error) === '42P01'
}
