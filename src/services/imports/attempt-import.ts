import { insertAudit } from '../../data/audit.ts'
import type { Database } from '../../data/database.ts'
import { isPassing, isUniqueViolation } from '../../data/failures.ts'
import {
  type Attempt,
  endBroken,
  endCheck,
  endRefused,
  endRun,
  findAttempt,
  updateImportProgress,
} from '../../data/import-attempts.ts'
import type { CsvTable } from './csv.ts'
import type { ImportScope } from './figures.ts'
import { dryRun, type ImportContent, importWithin } from './import-within.ts'
import { type ImportMistake, ImportProblem } from './problem.ts'
import { csvFileOf, type FilesRead, readFiles } from './read-files.ts'

export type AttemptOptions = {
  /** Ends the attempt with its next row; nothing of it is kept, and its page offers to run it again. */
  signal?: AbortSignal
  /** Hears of a failure that is ours. */
  onFailure?: (error: unknown) => void
}

type Found = NonNullable<Awaited<ReturnType<typeof findAttempt>>>

/** Somebody else made one of the same records meanwhile, or the database was away: the file is read again, so often. */
const tries = 3

/**
 * Makes the check or the run of an import that is recorded already, and writes how it ended. One that was taken over by another
 * attempt ends without a word.
 */
export async function attemptImport(
  db: Database,
  attempt: Attempt,
  options: AttemptOptions = {},
): Promise<void> {
  const found = await findAttempt(db, attempt)
  if (found === undefined) return
  const { row } = found
  const pulse = new Pulse(db, attempt, options.signal)
  try {
    const read = readFiles(
      row.kind,
      found.files.map((file) => csvFileOf(file, row.encoding)),
    )
    try {
      if (read.mistakes.length > 0) throw new ImportProblem(read.mistakes)
      const scope = { organisation: found.organisation, onProgress: pulse.tell }
      if (row.state === 'checking') await check(db, attempt, read, contentOf(found, read), scope)
      else await run(db, attempt, found, contentOf(found, read), scope)
    } catch (error) {
      if (!(error instanceof ImportProblem)) throw error
      await endRefused(db, attempt, {
        reading: read.readings,
        mistakes: error.mistakes.map((mistake) => ({ ...mistake, value: cellOf(mistake, read.tables) })),
      })
    }
  } catch (error) {
    if (error instanceof Superseded) return
    if (error instanceof Stopped) {
      await endBroken(db, attempt, { state: 'interrupted', error: null })
      return
    }
    options.onFailure?.(error)
    const words = error instanceof Error ? error.message : String(error)
    await endBroken(db, attempt, { state: 'failed', error: words })
  } finally {
    await pulse.stop()
  }
}

async function check(
  db: Database,
  attempt: Attempt,
  read: FilesRead,
  content: ImportContent,
  scope: ImportScope,
): Promise<void> {
  const { created, known, notes } = await dryRun(db, content, scope)
  await endCheck(db, attempt, { reading: read.readings, created, known, notes })
}

async function run(
  db: Database,
  attempt: Attempt,
  { row, files }: Found,
  content: ImportContent,
  scope: ImportScope,
): Promise<void> {
  for (let left = tries; ; left -= 1) {
    try {
      await runOnce()
      return
    } catch (error) {
      if (left === 1 || !(isUniqueViolation(error) || isPassing(error))) throw error
    }
  }

  async function runOnce() {
    await db.transaction().execute(async (trx) => {
      const figures = await importWithin(trx, content, scope)
      const by = row.imported_by
      if (!(await endRun(trx, attempt, figures))) throw new Superseded()
      await insertAudit(trx, {
        by: by === null ? { actor: 'import' } : { user_id: by },
        action: 'imported',
        subject_type: 'import',
        subject_id: attempt.id,
        organisation_id: row.organisation_id,
        changes: {
          kind: row.kind,
          file: files[0]?.name ?? '',
          created: figures.created,
          known: figures.known,
        },
      })
    })
  }
}

function contentOf({ row, files }: Found, { tables }: FilesRead): ImportContent {
  const [table, lines] = [tables.get('main'), tables.get('lines')]
  if (table === undefined) throw new Error(`The import has no file, but ${files.length} others.`)
  return { kind: row.kind, table, ...(lines === undefined ? {} : { lines }) }
}

const valueLetters = 200

/** What stands in the cell of a mistake. */
function cellOf({ part, line, column }: ImportMistake, tables: ReadonlyMap<string, CsvTable>): string {
  if (column === null || line === 1) return ''
  const row = rowsByLine(tables.get(part)).get(line)
  return (row?.text(column) ?? '').replaceAll('\0', '').slice(0, valueLetters)
}

type Fields = CsvTable['rows'][number]['fields']
const indexes = new WeakMap<CsvTable, Map<number, Fields>>()

function rowsByLine(table: CsvTable | undefined): Map<number, Fields> {
  if (table === undefined) return new Map()
  let index = indexes.get(table)
  if (index === undefined) {
    index = new Map(table.rows.map(({ line, fields }) => [line, fields]))
    indexes.set(table, index)
  }
  return index
}

/** Another attempt has taken over: what this one did is taken back. */
class Superseded extends Error {
  override name = 'Superseded'
}

/** The process is asked to end. */
class Stopped extends Error {
  override name = 'Stopped'
}

const heartbeatMs = 10_000
/** Pages read the progress every second or so; rows come faster. */
const progressMs = 500

/** Writes how far an attempt is, through a connection of its own, and a sign of life where nothing moves. */
class Pulse {
  readonly #db: Database
  readonly #attempt: Attempt
  readonly #signal: AbortSignal | undefined
  readonly #timer: NodeJS.Timeout
  #progress: { done: number; total: number | null } = { done: 0, total: null }
  #told = performance.now()
  #writing: Promise<void> = Promise.resolve()

  constructor(db: Database, attempt: Attempt, signal: AbortSignal | undefined) {
    this.#db = db
    this.#attempt = attempt
    this.#signal = signal
    this.#timer = setInterval(() => this.#write(), heartbeatMs)
  }

  /** @throws Stopped where the process is to end: the transaction is taken back by it */
  tell = (done: number, total: number): void => {
    if (this.#signal?.aborted === true) throw new Stopped()
    this.#progress = { done, total }
    if (performance.now() - this.#told >= progressMs) this.#write()
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#writing
  }

  /** A sign of life that cannot be written is not the import's failure: the next one may be. */
  #write(): void {
    this.#told = performance.now()
    const progress = this.#progress
    this.#writing = this.#writing.then(() =>
      updateImportProgress(this.#db, this.#attempt, progress).catch(() => {}),
    )
  }
}
