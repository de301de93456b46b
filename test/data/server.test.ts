import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import t from 'tap'
import { z } from 'zod'
import { deleteEmbeddedDatabase, startEmbeddedServer } from '../../src/data/server/embedded-server.ts'
import { openDatabaseServer } from '../../src/data/server/open-server.ts'
import { identify } from '../../src/data/server/process-table.ts'
import { roomyFolder } from '../support/folders.ts'
import { bareEnvironment } from '../support/processes.ts'
import { withClient } from '../support/test-server.ts'

const NOBODY = 65534
const isRoot = process.getuid?.() === 0
const volatile = { volatile: true }
const useServer = fileURLToPath(new URL('../support/use-server.ts', import.meta.url))
const databaseUrl = fileURLToPath(new URL('../../scripts/database-url.ts', import.meta.url))

t.test('the first command starts the server, the last to leave stops it', async (t) => {
  const dir = await folder(t)
  const first = await useIn(t, dir)
  const second = await useIn(t, dir)
  t.equal(first.started, true)
  t.equal(second.started, false)
  t.equal(second.ownerUrl, first.ownerUrl)

  const pid = await serverPid(dir)
  await first.leave()
  t.ok(await identify(pid), 'it runs for the second')
  t.equal(await query(second.ownerUrl, 'SELECT current_user::text AS value'), 'comptoir')
  t.equal(await query(second.webUrl, 'SELECT current_user::text AS value'), 'comptoir_web')
  await second.leave()
  t.notOk(await identify(pid), 'nobody is left')
})

t.test('the database speaks UTF-8, sorts by code points and listens on no network', async (t) => {
  const server = await startEmbeddedServer(await folder(t), volatile)
  t.teardown(server.stop)
  const facts = `SELECT concat_ws(' ', pg_encoding_to_char(encoding), datlocprovider, datlocale,
    '[' || current_setting('listen_addresses') || ']', current_setting('server_version_num')::int / 10000) AS value
    FROM pg_database WHERE datname = current_database()`
  t.equal(await query(server.ownerUrl, facts), 'UTF8 b C.UTF-8 [] 18')
})

t.test('of commands that begin at once one starts the server and the others wait for it', async (t) => {
  const dir = await folder(t)
  const uses = await Promise.all([useIn(t, dir), useIn(t, dir), useIn(t, dir)])
  t.equal(uses.filter((use) => use.started).length, 1)
  t.equal(new Set(uses.map((use) => use.ownerUrl)).size, 1)
  const pid = await serverPid(dir)
  await Promise.all(uses.map((use) => use.leave()))
  t.notOk(await identify(pid))
})

t.test('a command that begins while the last one leaves has a server', async (t) => {
  const dir = await folderWithDatabase(t)
  const first = await useIn(t, dir)
  const [next] = await Promise.all([useIn(t, dir), first.leave()])
  t.equal(await query(next.ownerUrl, `SELECT 'here' AS value`), 'here')
  await next.leave()
})

t.test('a killed command leaves a server that the next one takes over and stops', async (t) => {
  const dir = await folderWithDatabase(t)
  const killed = await useIn(t, dir)
  await query(killed.ownerUrl, `CREATE TABLE kept AS SELECT 'kept' AS value`)
  killed.process.kill('SIGKILL')
  await once(killed.process, 'exit')
  const pid = await serverPid(dir)

  const next = await startEmbeddedServer(dir)
  t.equal(next.started, false)
  t.equal(await query(next.ownerUrl, 'SELECT value FROM kept'), 'kept')
  await next.stop()
  t.notOk(await identify(pid))
})

t.test('a killed server is started anew with all that was committed', async (t) => {
  const dir = await folderWithDatabase(t)
  // Not volatile: that setting may lose the last commits.
  const first = await startEmbeddedServer(dir)
  await query(first.ownerUrl, `CREATE TABLE kept AS SELECT 'kept' AS value`)
  const pid = await serverPid(dir)
  process.kill(pid, 'SIGKILL')
  t.ok(await endsWithin(pid, 5_000), 'the signal has arrived')

  const next = await startEmbeddedServer(dir, volatile)
  t.equal(next.started, true)
  t.equal(await query(next.ownerUrl, 'SELECT value FROM kept'), 'kept')
  await first.stop()
  await next.stop()
})

t.test('a server that dies while a command knocks is started anew', async (t) => {
  const dir = await folderWithDatabase(t)
  const first = await startEmbeddedServer(dir, volatile)
  const pid = await serverPid(dir)
  // It accepts nobody any more, and the command's knock waits in its socket.
  process.kill(pid, 'SIGSTOP')
  const next = startEmbeddedServer(dir, volatile)
  const socket = decodeURIComponent(/host=([^&]+)/.exec(first.ownerUrl)?.[1] ?? '')
  const knocks = async () =>
    (await readFile('/proc/net/unix', 'utf8')).split('\n').filter((line) => line.includes(`${socket}/`))
      .length
  for (let look = 0; look < 400 && (await knocks()) < 2; look += 1) await pause(25)
  process.kill(pid, 'SIGKILL')
  t.equal((await next).started, true)
  await first.stop()
  await (await next).stop()
})

t.test('a pid file whose number is another process by now does not stop the start', async (t) => {
  const dir = await folderWithDatabase(t)
  await (await startEmbeddedServer(dir, volatile)).stop()
  const home = await homeOf(dir)
  await writeFile(join(home, 'data', 'postmaster.pid'), `${process.pid}\n${join(home, 'data')}\n1\n5432\n`)
  const server = await startEmbeddedServer(dir, volatile)
  t.equal(server.started, true)
  await server.stop()
})

t.test('a command killed within initdb leaves nothing that is taken for a database', async (t) => {
  const dir = await folder(t)
  const killed = spawn(process.execPath, [useServer, dir], { stdio: 'ignore' })
  const home = join(dir, 'postgresql')
  while (!(await readdir(home).catch(() => [])).some((name) => name.startsWith('data.new-'))) await pause(5)
  killed.kill('SIGKILL')
  await once(killed, 'exit')

  const server = await startEmbeddedServer(dir, volatile)
  t.equal(server.started, true)
  t.equal(await query(server.ownerUrl, `SELECT 'complete' AS value`), 'complete')
  await server.stop()
})

t.test('the server has a session of its own, so that Ctrl-C does not reach it', async (t) => {
  const dir = await folderWithDatabase(t)
  const server = await startEmbeddedServer(dir, volatile)
  t.teardown(server.stop)
  const pid = await serverPid(dir)
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ')
  t.same(fields?.slice(2, 4), [String(pid), String(pid)], 'process group and session')
})

t.test(
  'paths with spaces, quotes, commas, dollars and other scripts work, and so do long ones',
  async (t) => {
    const parent = await folder(t)
    for (const name of [`l'été "à" $(exit 3) \`x\`, 100 % データ`, 'long'.repeat(30)]) {
      const server = await startEmbeddedServer(join(parent, name), volatile)
      t.equal(await query(server.ownerUrl, `SELECT 'works' AS value`), 'works', name)
      await server.stop()
      await deleteEmbeddedDatabase(join(parent, name))
    }
  },
)

t.test('a folder that cannot be used is refused with one sentence, and nothing in it changes', async (t) => {
  const parent = await folder(t)
  await writeFile(join(parent, 'file'), 'a file')
  await t.rejects(startEmbeddedServer(join(parent, 'file')), problem(/is a file, not a folder\.$/))
  await t.rejects(startEmbeddedServer(join(parent, 'file', 'below')), problem(/is a file, not a folder\.$/))
  await t.rejects(startEmbeddedServer('/proc/comptoir'), problem(/^The database cannot be kept in \/proc/))
  await t.rejects(startEmbeddedServer(join(parent, 'two\nlines')), problem(/control character/))
  await t.rejects(startEmbeddedServer(join(parent, 'x'.repeat(300))), problem(/too long/))
  t.equal(await readFile(join(parent, 'file'), 'utf8'), 'a file')

  const strange = join(parent, 'strange')
  await mkdir(join(strange, 'postgresql', 'data'), { recursive: true })
  await writeFile(join(strange, 'postgresql', 'data', 'letter'), 'mine')
  await t.rejects(startEmbeddedServer(strange), problem(/is not a PostgreSQL folder/))
  t.same(await readdir(join(strange, 'postgresql', 'data')), ['letter'])

  await writeFile(join(strange, 'postgresql', 'data', 'PG_VERSION'), '17\n')
  await t.rejects(startEmbeddedServer(strange), problem(/is of PostgreSQL 17, and this is PostgreSQL 18/))
})

t.test('an ordinary user is refused a folder that is not theirs to write to', async (t) => {
  const closed = join(await folder(t), 'closed')
  await mkdir(closed)
  await chmod(closed, 0o555)
  await t.rejects(useIn(t, join(closed, 'data'), asNobody()), /ServerProblem.* may not write there/)
})

t.test('a psql that is still connected is not cut off: the server stops after it', async (t) => {
  const dir = await folderWithDatabase(t)
  const server = await startEmbeddedServer(dir, volatile)
  const psql = new Client({ connectionString: server.ownerUrl })
  await psql.connect()
  const pid = await serverPid(dir)
  await server.stop()
  t.same((await psql.query(`SELECT 'still' AS value`)).rows, [{ value: 'still' }])
  await psql.end()
  t.ok(await endsWithin(pid, 10_000))
})

t.test('database-url prints an address that can be used after it has ended', async (t) => {
  const dir = await folderWithDatabase(t)
  const script = await run([databaseUrl], { DATA_DIR: dir })
  t.match(script.errors, /was not running/)
  t.equal(script.output.trim().split('\n').length, 1)
  t.equal(await query(script.output.trim(), 'SELECT current_database()::text AS value'), 'comptoir')

  const again = await run([databaseUrl], { DATA_DIR: dir })
  t.same(again, { output: script.output, errors: '' })

  // Whoever asks keeps it for a minute; a test has no minute.
  const pid = await serverPid(dir)
  process.kill(pid, 'SIGTERM')
  t.ok(await endsWithin(pid, 10_000))
})

t.test('a server that is left running stops when nobody has been connected for a while', async (t) => {
  const dir = await folderWithDatabase(t)
  const server = await startEmbeddedServer(dir, volatile)
  const pid = await serverPid(dir)
  await server.leaveRunning(1)
  t.ok(await identify(pid))
  t.ok(await endsWithin(pid, 10_000))
})

t.test('database-url and commands take the server that the settings name', async (t) => {
  const [web, owner] = ['postgresql://web@db.example/shop', 'postgresql://owner@db.example/shop']
  t.match(await run([databaseUrl], { DATABASE_URL: web }), { output: `${web}\n`, errors: '' })
  t.match(await run([databaseUrl], { DATABASE_URL: web, DATABASE_OWNER_URL: owner }), {
    output: `${owner}\n`,
  })

  const dataDir = join(await folder(t), 'untouched')
  const server = await openDatabaseServer({ databaseUrl: web, dataDir })
  t.match(server, { url: web, ownerUrl: web, embedded: false })
  await server.release()
  await t.rejects(stat(dataDir))
})

t.test('a database in use is not deleted, an unused one is', async (t) => {
  const dir = await folderWithDatabase(t)
  const server = await startEmbeddedServer(dir, volatile)
  await t.rejects(deleteEmbeddedDatabase(dir), problem(/is in use/))
  await server.stop()
  await deleteEmbeddedDatabase(dir)
  t.same(await readdir(dir), [])
})

t.test('root and an ordinary user', { skip: isRoot ? false : 'only root can be both' }, async (t) => {
  t.test("an ordinary user's server runs as themselves, and root can use the same database", async (t) => {
    const dir = await folder(t)
    await chown(dir, NOBODY, NOBODY)
    const theirs = await useIn(t, dir, asNobody())
    t.equal((await stat(`/proc/${await serverPid(dir)}`)).uid, NOBODY)
    await theirs.leave()
    const ours = await startEmbeddedServer(dir, volatile)
    t.equal(ours.started, true)
    await ours.stop()
    const again = await useIn(t, dir, asNobody())
    t.equal(again.started, true)
    await again.leave()
  })

  t.test("root's database cannot be taken by another user", async (t) => {
    const dir = await folder(t)
    const server = await startEmbeddedServer(dir, volatile)
    t.teardown(server.stop)
    t.equal((await stat(`/proc/${await serverPid(dir)}`)).uid, NOBODY)
    await t.rejects(useIn(t, dir, asNobody()), /ServerProblem.* belongs to another user \(uid 0\)/)
  })

  t.test(
    'below a folder closed to others the database is kept elsewhere, and a note says where',
    async (t) => {
      const closed = join(await folder(t), 'closed')
      await mkdir(closed, { mode: 0o700 })
      const dir = join(closed, 'data')
      const server = await startEmbeddedServer(dir, volatile)
      await query(server.ownerUrl, `CREATE TABLE kept AS SELECT 'kept' AS value`)
      await server.stop()
      const home = await homeOf(dir)
      t.notOk(home.startsWith(closed))

      const again = await startEmbeddedServer(dir, volatile)
      t.equal(await query(again.ownerUrl, 'SELECT value FROM kept'), 'kept')
      await again.stop()
      await deleteEmbeddedDatabase(dir)
      await t.rejects(stat(home))
      t.same(await readdir(dir), [])
    },
  )

  t.test('a database copied by root is made usable again', async (t) => {
    const dir = await folderWithDatabase(t)
    await (await startEmbeddedServer(dir, volatile)).stop()
    await spawnDone('chown', ['-R', '0:0', dir])
    const server = await startEmbeddedServer(dir, volatile)
    t.equal(server.started, true)
    await server.stop()
  })
})

interface Use {
  ownerUrl: string
  webUrl: string
  started: boolean
  process: ChildProcess
  leave(): Promise<void>
}

/** A command of its own that uses the folder's server. */
async function useIn(
  t: { teardown(end: () => unknown): unknown },
  dir: string,
  options: { uid?: number; gid?: number } = {},
): Promise<Use> {
  const command = spawn(process.execPath, [useServer, dir], {
    ...options,
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...bareEnvironment() },
  })
  t.teardown(() => command.kill('SIGKILL'))
  const exit = once(command, 'exit')
  const [line] = await once(createInterface(command.stdout), 'line')
  const answer = z
    .union([
      z.object({ ownerUrl: z.string(), webUrl: z.string(), started: z.boolean() }),
      z.object({ message: z.string() }),
    ])
    .parse(JSON.parse(String(line)))
  if ('message' in answer) throw new Error(answer.message)
  return {
    ...answer,
    process: command,
    leave: async () => {
      command.stdin.end()
      await exit
    },
  }
}

function asNobody(): { uid?: number; gid?: number } {
  return isRoot ? { uid: NOBODY, gid: NOBODY } : {}
}

async function run(args: string[], env: Record<string, string>): Promise<{ output: string; errors: string }> {
  const command = spawn(process.execPath, args, { env: { ...bareEnvironment(), ...env }, cwd: tmpdir() })
  const result = { output: '', errors: '' }
  command.stdout.on('data', (data) => {
    result.output += data
  })
  command.stderr.on('data', (data) => {
    result.errors += data
  })
  await once(command, 'close')
  return result
}

async function spawnDone(program: string, args: string[]): Promise<void> {
  await once(spawn(program, args, { stdio: 'ignore' }), 'close')
}

async function query(url: string, sql: string): Promise<unknown> {
  return withClient(url, async (client) => (await client.query(sql)).rows[0]?.value)
}

async function homeOf(dir: string): Promise<string> {
  return readFile(join(dir, 'postgresql.location'), 'utf8').then(
    (text) => text.trim(),
    () => join(dir, 'postgresql'),
  )
}

async function serverPid(dir: string): Promise<number> {
  return Number.parseInt(await readFile(join(await homeOf(dir), 'data', 'postmaster.pid'), 'utf8'), 10)
}

async function endsWithin(pid: number, milliseconds: number): Promise<boolean> {
  for (const deadline = Date.now() + milliseconds; Date.now() < deadline; await pause(50)) {
    if ((await identify(pid)) === undefined) return true
  }
  return false
}

function problem(message: RegExp) {
  return { name: 'ServerProblem', message }
}

/** A folder that others can enter, removed with the test. */
async function folder(t: { teardown(end: () => unknown): unknown }): Promise<string> {
  const made = await mkdtemp(join(roomyFolder(), 'comptoir-server-test-'))
  await chmod(made, 0o755)
  t.teardown(() => rm(made, { recursive: true, force: true, maxRetries: 3 }))
  return made
}

let made: Promise<string> | undefined

/** The same with a database that no server runs on: made once and copied, where the making is not what a test is about. */
async function folderWithDatabase(test: { teardown(end: () => unknown): unknown }): Promise<string> {
  made ??= folder(t).then(async (dir) => {
    await (await startEmbeddedServer(dir, volatile)).stop()
    return dir
  })
  const dir = await folder(test)
  await spawnDone('cp', ['-a', `${await made}/.`, dir])
  return dir
}
