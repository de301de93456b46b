import { migrateWhereBehind } from '../src/data/migrate.ts'
import { runCommand } from './command.ts'

await runCommand(async (server) => {
  const applied = await migrateWhereBehind(server)
  for (const name of applied) console.log(`applied ${name}`)
  if (applied.length === 0) console.log('Nothing to migrate: the database is up to date.')
  return 0
})
