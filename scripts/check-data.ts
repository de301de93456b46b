import { dataChecks, findProblems } from '../src/data/data-checks.ts'
import { openDatabase } from '../src/data/database.ts'
import { findUnappliedMigrations } from '../src/data/migrate.ts'
import { StartProblem } from '../src/problem-lines.ts'
import { runCommand } from './command.ts'

// Walks the whole database for broken invariants and prints each; the last line counts them.
await runCommand(async (server) => {
  const state = await findUnappliedMigrations(server.url)
  if (state === 'unknown' || state.pending.length > 0) {
    throw new StartProblem('The database lacks migrations of this version: run npm run migrate, then check.')
  }
  const db = openDatabase(server.ownerUrl, { name: 'check-data', max: 1, statementTimeout: 0 })
  let count = 0
  try {
    for (const check of dataChecks) {
      for (const problem of await findProblems(db, check)) {
        count += 1
        console.log(problem)
      }
    }
  } finally {
    await db.destroy()
  }
  console.log(`${count} problems`)
  return count === 0 ? 0 : 1
})
