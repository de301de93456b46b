import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { migrateToLatest } from '../../src/data/migrate.ts'
import { type EmbeddedServer, startEmbeddedServer } from '../../src/data/server/embedded-server.ts'
import { identify } from '../../src/data/server/process-table.ts'
import { roomyFolder } from './folders.ts'

/**
 * The one PostgreSQL of all tests of this checkout, started where it does not run. Every process that uses it
 * enters it, so runs side by side share it and none stops it for another.
 */
export async function startTestServer(): Promise<EmbeddedServer> {
  return startEmbeddedServer(join(parentFolder(), folderName()), { volatile: true })
}

/** A connection string for another database of the same server. */
export function forDatabase(url: string, database: string): string {
  return url.replace(/@\/[^?]*/, `@/${database}`)
}

/**
 * A database with all migrations, to be copied; made by whoever comes first and kept as long as the
 * migrations do not change.
 */
export async function ensureTemplate(ownerUrl: string): Promise<string> {
  const template = `template_${hashOfMigrations()}`
  await withClient(forDatabase(ownerUrl, 'postgres'), async (client) => {
    await client.query(`SELECT pg_advisory_lock(hashtext('test template'))`)
    if (await exists(client, template)) return
    await client.query('DROP DATABASE IF EXISTS template_draft WITH (FORCE)')
    await client.query('CREATE DATABASE template_draft TEMPLATE template0')
    await migrateToLatest(forDatabase(ownerUrl, 'template_draft'))
    await client.query(`ALTER DATABASE template_draft RENAME TO ${template}`)
    await client.query(`ALTER DATABASE ${template} ALLOW_CONNECTIONS false`)
  })
  return template
}

/** The name says whose it is, so that what a killed run leaves can be told from what a running one uses. */
export async function databaseName(count: number): Promise<string> {
  const self = await identify(process.pid)
  return `test_${process.pid}_${self?.startedAt ?? 0}_${count}`
}

/** Drops the databases of test processes that are gone, and templates of other migrations nobody copies. */
export async function dropLeftovers(ownerUrl: string): Promise<void> {
  const template = `template_${hashOfMigrations()}`
  await withClient(forDatabase(ownerUrl, 'postgres'), async (client) => {
    await client.query(`SELECT pg_advisory_lock(hashtext('test template'))`)
    const { rows } = await client.query<{ datname: string }>('SELECT datname FROM pg_database')
    for (const { datname } of rows) {
      const isOldTemplate = /^template_[0-9a-f]{16}$/.test(datname) && datname !== template
      if (isOldTemplate || (await isOfDeadProcess(datname))) {
        await client.query(`DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`)
      }
    }
  })
}

/** Folders of this checkout from before the last boot: without fsync nobody knows what is in them. */
export async function removeOldFolders(): Promise<void> {
  const current = folderName()
  const family = current.slice(0, current.lastIndexOf('-') + 1)
  for (const parent of new Set([roomyFolder(), tmpdir()])) {
    for (const name of await readdir(parent)) {
      if (name.startsWith(family) && name !== current) {
        await rm(join(parent, name), { recursive: true, force: true })
      }
    }
  }
}

export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** A server that is there already stays the one, however full the memory is by then. */
function parentFolder(): string {
  const there = ['/dev/shm', tmpdir()].find((parent) => existsSync(join(parent, folderName())))
  return there ?? roomyFolder()
}

/** One for each user, checkout and boot. */
function folderName(): string {
  const checkout = hash(import.meta.dirname).slice(0, 8)
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8)
  return `comptoir-test-${process.getuid?.() ?? 0}-${checkout}-${boot}`
}

function hashOfMigrations(): string {
  const folder = fileURLToPath(new URL('../../migrations/', import.meta.url))
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .sort()
  return hash(files.map((name) => `${name}\n${readFileSync(join(folder, name), 'utf8')}`).join('\n'))
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

async function exists(client: Client, database: string): Promise<boolean> {
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [database])
  return rowCount === 1
}

async function isOfDeadProcess(database: string): Promise<boolean> {
  const [, pid, startedAt] = /^test_(\d+)_(\d+)_\d+$/.exec(database) ?? []
  if (pid === undefined) return false
  return (await identify(Number(pid)))?.startedAt !== startedAt
}
