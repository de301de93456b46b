import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import t from 'tap'
import { testDatabase } from '../support/database.ts'
import { temporaryFolder } from '../support/folders.ts'
import { postgresLeftOn, runProgram, startProgram } from '../support/processes.ts'

const main = 'src/main.ts'

t.test('malformed settings are refused, a line each', async (t) => {
  const folder = await temporaryFolder(t)
  const env = {
    PORT: '3000x',
    LOG_LEVEL: 'loud',
    JOBS: 'yes',
    SESSION_SECRET: 'short',
    BASE_URL: 'example.com',
    DATABASE_URL: 'mysql://x',
    SMTP_URL: 'mail.example.com',
  }
  const { code, printed } = await runProgram(main, folder, { env })
  t.equal(code, 1)
  const lines = printed.trim().split('\n')
  t.same(lines.map((line) => line.split(' ')[0]).sort(), Object.keys(env).sort())
  t.notMatch(printed, 'short\n', 'no secret is repeated')

  await writeFile(join(folder, '.env'), 'PORT=from-file\n')
  t.match(await runProgram(main, folder), { code: 1, printed: /^PORT must be/ }, '.env counts')
  t.match(
    await runProgram(main, folder, { env: { PORT: '', HOST: '192.0.2.7', DATA_DIR: join(folder, 'd') } }),
    { code: 1, printed: /^HOST 192\.0\.2\.7 is no address of this machine[^\n]*\n$/ },
    'the environment goes before it, and an address that is not ours is a sentence',
  )
  t.same(await postgresLeftOn(join(folder, 'd')), [])
})

t.test('a shop starts from nothing, says once where, and stops in order', async (t) => {
  const folder = await temporaryFolder(t)
  const env = { DATA_DIR: join(folder, 'data'), PORT: '0', LOG_LEVEL: 'info' }
  const shop = startProgram(main, folder, { env })
  const [, address = ''] = await shop.says(/listens at (http:\/\/127\.0\.0\.1:\d+)\./)
  t.equal(shop.printed().split('127.0.0.1').length, 2, 'once')
  t.equal((await fetch(`${address}/health/live`)).status, 200)
  t.equal((await fetch(`${address}/health/ready`)).status, 200)

  const { port } = new URL(address)
  const second = await runProgram(main, folder, { env: { ...env, PORT: port } })
  t.match(second, { code: 1, printed: `Port ${port} of 127.0.0.1 is in use by another program` })
  t.match(second.printed, 'set PORT')
  t.equal((await fetch(`${address}/health/ready`)).status, 200, 'the first one goes on')

  const check = await runProgram('scripts/check-data.ts', folder, { env })
  t.match(check, { code: 0, printed: '0 problems' }, 'commands share its database')
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) shop.child.kill(signal)
  t.equal(await shop.ended, 0, 'more signals do not break the stop')
  t.same(await postgresLeftOn(env.DATA_DIR), [])

  const killed = startProgram(main, folder, { env })
  await killed.says(/listens at/)
  killed.child.kill('SIGKILL')
  await killed.ended
  const again = startProgram(main, folder, { env })
  const [, here = ''] = await again.says(/listens at (http:\S+\d)/)
  t.equal((await fetch(`${here}/health/ready`)).status, 200, 'after a hard kill it starts as ever')
  again.child.kill('SIGINT')
  t.equal(await again.ended, 0)
  t.same(await postgresLeftOn(env.DATA_DIR), [])
})

t.test('a start that is interrupted leaves no database running', async (t) => {
  const folder = await temporaryFolder(t)
  const env = { DATA_DIR: join(folder, 'data'), PORT: '0' }
  const shop = startProgram(main, folder, { env })
  // Its first work is the cluster, which takes a second or more. Where this process looks too late, the start has ended by itself.
  for (let look = 0; look < 400 && !existsSync(join(env.DATA_DIR, 'postgresql')); look += 1) await pause(10)
  shop.child.kill('SIGINT')
  shop.child.kill('SIGINT')
  t.equal(await shop.ended, 0)
  t.same(await postgresLeftOn(env.DATA_DIR), [])
})

t.test('with DATABASE_URL the web acts as comptoir_web, and needs no ownership', async (t) => {
  const folder = await temporaryFolder(t)
  const { ownerUrl, ownerDb } = await testDatabase(t)
  const login = `login_${process.pid}`
  await sql.raw(`CREATE ROLE ${login} LOGIN PASSWORD 'secret'`).execute(ownerDb)
  t.teardown(() =>
    sql
      .raw(`DROP ROLE IF EXISTS ${login}`)
      .execute(ownerDb)
      .catch(() => {}),
  )
  const env = {
    DATABASE_URL: ownerUrl.replace(/\/\/[^@]+@/, `//${login}:secret@`),
    DATA_DIR: join(folder, 'data'),
    PORT: '0',
  }

  const refused = await runProgram(main, folder, { env: { ...env, DATABASE_OWNER_URL: ownerUrl } })
  t.match(refused, {
    code: 1,
    printed: `may not act as comptoir_web: have the owner run GRANT comptoir_web TO "${login}"`,
  })

  await sql.raw(`GRANT comptoir_web TO ${login}`).execute(ownerDb)
  const shop = startProgram(main, folder, { env })
  const [, address = ''] = await shop.says(/listens at (http:\S+\d)/)
  t.equal((await fetch(`${address}/health/ready`)).status, 200)

  await ownerDb
    .insertInto('kysely_migration')
    .values({ name: '9999_later', timestamp: '2099-01-01' })
    .execute()
  const newer = await fetch(`${address}/health/ready`)
  t.equal(newer.status, 503, 'a schema that became newer is told')
  t.match(await newer.json(), { reason: /newer version.*9999_later/ })
  shop.child.kill('SIGTERM')
  t.equal(await shop.ended, 0)
  t.match(
    await runProgram(main, folder, { env: { ...env, DATABASE_OWNER_URL: ownerUrl } }),
    { code: 1, printed: /of a newer version of Comptoir \(it has 9999_later\)/ },
    'and a start on it is refused',
  )
  await sql.raw(`DROP OWNED BY ${login}`).execute(ownerDb)
})

t.test('a database that cannot be had is a sentence', async (t) => {
  const folder = await temporaryFolder(t)
  const env = { DATABASE_URL: 'postgresql://nobody:secret@127.0.0.1:1/shop', DATA_DIR: join(folder, 'data') }
  for (const program of [main, 'scripts/migrate.ts', 'scripts/check-data.ts']) {
    const { code, printed } = await runProgram(program, folder, { env })
    t.equal(code, 1, program)
    t.match(printed, /^The database cannot be reached [^\n]*\n$/)
    t.notMatch(printed, 'secret')
  }
})
