import { ConfigProblem } from './config.ts'
import { ServerProblem } from './data/server/problem.ts'

/** Why a command or a process cannot start, as one sentence that says what to do; `cause` holds what the system said. */
export class StartProblem extends Error {
  override name = 'StartProblem'
}

/** What a person needs to read of a failure: its sentence where it has one, else everything. */
export function linesOf(error: unknown): readonly string[] {
  if (error instanceof ConfigProblem) return error.lines
  if (error instanceof ServerProblem || error instanceof StartProblem) return [error.message]
  const sentence = databaseSentence(error)
  if (sentence !== undefined) return [sentence]
  return [error instanceof Error ? (error.stack ?? error.message) : String(error)]
}

/** The failures of a database that DATABASE_URL names and that an administrator can mend. */
function databaseSentence(error: unknown): string | undefined {
  const cause = error instanceof AggregateError ? error.errors[0] : error
  if (!(cause instanceof Error) || !('code' in cause)) return undefined
  switch (cause.code) {
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
      return `The database cannot be reached (${cause.message}): is PostgreSQL running where DATABASE_URL says?`
    case '28P01':
    case '28000':
      return `The database does not let us in (${cause.message}): see the user and the password in DATABASE_URL.`
    case '3D000':
      return `The database does not exist (${cause.message}): make it with CREATE DATABASE, or change DATABASE_URL.`
    case '53300':
      return `The database takes no more connections (${cause.message}): raise its max_connections, or stop something else.`
    default:
      return undefined
  }
}
