import { sql } from 'kysely'
import type { Message } from '../languages/catalog.ts'
import type { ImportedKind, ImportKind, ImportPart } from '../lib/vocabulary.ts'
import type { Database, Trx } from './database.ts'
import { type PageOf, type PageRequest, selectPage } from './keyset.ts'
import type { Row } from './tables.ts'

/** What is recorded of imports: the list, one with its files, its mistakes, and what it made. */

/** Without a sign of life, which come every ten seconds, for so long a check or a run is lost: its process was killed. */
const lostAfterSeconds = 60

/** By the database's clock; only of an import that is being checked or runs. */
const isLost = sql<boolean>`heartbeat_at < now() - make_interval(secs => ${lostAfterSeconds})`

export type ListedImport = Row<'imports'> & {
  lost: boolean
  organisation_code: string
  organisation_name: string
  made_by_name: string | null
  imported_by_name: string | null
  undone_by_name: string | null
  /** By the names they came with, the main one first. */
  files: { part: ImportPart; name: string; size: number }[]
}

/** How many values a cursor of this list has. */
export const importSortKeys = 1

/** The imports into these organisations, the newest first. */
export async function listImports(
  db: Database,
  organisationIds: readonly string[],
  page: PageRequest,
): Promise<PageOf<ListedImport>> {
  const query = shown(ofOrganisations(db, organisationIds))
  return selectPage(query, { keys: [sql`imports.id`], direction: 'desc' }, page)
}

export async function countImports(db: Database, organisationIds: readonly string[]): Promise<number> {
  const row = await ofOrganisations(db, organisationIds)
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow()
  return row.count
}

export async function findImport(
  db: Database,
  id: string,
  organisationIds: readonly string[],
): Promise<ListedImport | undefined> {
  return shown(ofOrganisations(db, organisationIds)).where('imports.id', '=', id).executeTakeFirst()
}

export async function lockImport(
  trx: Trx,
  id: string,
  organisationIds: readonly string[],
): Promise<(Row<'imports'> & { lost: boolean }) | undefined> {
  return trx
    .selectFrom('imports')
    .selectAll()
    .select(isLost.as('lost'))
    .where('id', '=', id)
    .where('organisation_id', 'in', [...organisationIds])
    .forUpdate()
    .executeTakeFirst()
}

export async function findImportFile(
  db: Database,
  id: string,
  part: ImportPart,
): Promise<Row<'import_files'> | undefined> {
  return db
    .selectFrom('import_files')
    .selectAll()
    .where('import_id', '=', id)
    .where('part', '=', part)
    .executeTakeFirst()
}

function ofOrganisations(db: Database, organisationIds: readonly string[]) {
  return db
    .selectFrom('imports')
    .innerJoin('organisations', 'organisations.id', 'imports.organisation_id')
    .where('imports.organisation_id', 'in', [...organisationIds])
}

function shown(query: ReturnType<typeof ofOrganisations>) {
  const name = (column: string) =>
    sql<string | null>`(SELECT u.name FROM users u WHERE u.id = imports.${sql.ref(column)})`
  return query.selectAll('imports').select([
    isLost.as('lost'),
    'organisations.code as organisation_code',
    'organisations.name as organisation_name',
    name('made_by').as('made_by_name'),
    name('imported_by').as('imported_by_name'),
    name('undone_by').as('undone_by_name'),
    sql<ListedImport['files']>`(
      SELECT coalesce(jsonb_agg(jsonb_build_object('part', f.part, 'name', f.name, 'size', length(f.content)) ORDER BY f.part DESC), '[]')
      FROM import_files f WHERE f.import_id = imports.id)`.as('files'),
  ])
}

export type StoredMistake = Row<'import_mistakes'>

/** By file and line, as they were found. */
export async function listImportMistakes(db: Database, id: string, limit?: number): Promise<StoredMistake[]> {
  return db
    .selectFrom('import_mistakes')
    .selectAll()
    .where('import_id', '=', id)
    .orderBy('position')
    .$if(limit !== undefined, (query) => query.limit(limit ?? 0))
    .execute()
}

/** Which files have mistakes below their heads: those can be mended line by line. */
export async function listPartsWithMistakes(db: Database, id: string): Promise<ImportPart[]> {
  const rows = await db
    .selectFrom('import_mistakes')
    .select('part')
    .distinct()
    .where('import_id', '=', id)
    .where('line', '>', 1)
    .orderBy('part', 'desc')
    .execute()
  return rows.map((row) => row.part)
}

/** A record that an import made; without a name where somebody deleted it since. */
export type RecordMade = { line: number; id: string; code: string | null; name: string | null }

/** How many values a cursor of this list has. */
export const madeSortKeys = 1

const recordTables: Record<
  Exclude<ImportedKind, 'contact'>,
  { table: string; code: string; name: string }
> = {
  account: { table: 'accounts', code: 'code', name: 'name' },
  supplier: { table: 'suppliers', code: 'code', name: 'name' },
  product: { table: 'products', code: 'code', name: 'name' },
  user: { table: 'users', code: 'code', name: 'name' },
  order: { table: 'customer_orders', code: 'number', name: 'subject' },
}

/** What a kind of file makes a line. */
export const madeKinds: Record<ImportKind, Exclude<ImportedKind, 'contact'>> = {
  customers: 'account',
  suppliers: 'supplier',
  products: 'product',
  users: 'user',
  orders: 'order',
}

/** The records of an import by the lines of its file. */
export async function listRecordsMade(
  db: Database,
  { id, kind }: { id: string; kind: ImportKind },
  page: PageRequest,
): Promise<PageOf<RecordMade>> {
  const made = madeKinds[kind]
  const { table, code, name } = recordTables[made]
  const value = (column: string) =>
    sql<
      string | null
    >`(SELECT x.${sql.ref(column)} FROM ${sql.table(table)} x WHERE x.id = import_records.record_id)`
  const query = db
    .selectFrom('import_records')
    .select(['line', 'record_id as id', value(code).as('code'), value(name).as('name')])
    .where('import_id', '=', id)
    .where('kind', '=', made)
  return selectPage(query, { keys: [sql`line`], direction: 'asc' }, page)
}

export type ImportFileContent = { part: ImportPart; name: string; content: Buffer }

/** What an import came to, as it is written down. */
export type FiguresToRecord = {
  created: number
  known: number
  notes: readonly Message[]
  made: readonly { kind: ImportedKind; id: string; line: number }[]
}

/** An import that a command has just made in this transaction. */
export async function insertDoneImport(
  trx: Trx,
  done: {
    organisation_id: string
    kind: ImportKind
    actor: string
    figures: FiguresToRecord
    files: readonly ImportFileContent[]
  },
): Promise<string> {
  const { organisation_id, kind, actor, figures } = done
  const { id } = await trx
    .insertInto('imports')
    .values({
      organisation_id,
      kind,
      actor,
      state: 'imported',
      made_by: null,
      created: figures.created,
      known: figures.known,
      notes: JSON.stringify(figures.notes),
      imported_at: sql<string>`now()`,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await insertImportFiles(trx, id, done.files)
  await insertRecordsMade(trx, id, figures.made)
  return id
}

export async function insertImportFiles(
  trx: Trx,
  id: string,
  files: readonly ImportFileContent[],
): Promise<void> {
  for (const { part, name, content } of files)
    await trx.insertInto('import_files').values({ import_id: id, part, name, content }).execute()
}

export async function insertRecordsMade(trx: Trx, id: string, made: FiguresToRecord['made']): Promise<void> {
  await sql`
    INSERT INTO import_records (import_id, kind, line, record_id)
    SELECT ${id}::uuid, kind, line, record_id
    FROM unnest(${made.map((one) => one.kind)}::text[], ${made.map((one) => one.line)}::int[], ${made.map((one) => one.id)}::uuid[])
      AS made (kind, line, record_id)`.execute(trx)
}

export async function replaceImportMistakes(
  trx: Trx,
  id: string,
  mistakes: readonly {
    part: ImportPart
    line: number
    column: string | null
    value: string
    message: Message
  }[],
): Promise<void> {
  await trx.deleteFrom('import_mistakes').where('import_id', '=', id).execute()
  if (mistakes.length === 0) return
  await sql`
    INSERT INTO import_mistakes (import_id, position, part, line, column_name, value, message)
    SELECT ${id}::uuid, position, part, line, column_name, value, message
    FROM unnest(${mistakes.map((_, at) => at)}::int[], ${mistakes.map((one) => one.part)}::text[],
      ${mistakes.map((one) => one.line)}::int[], ${mistakes.map((one) => one.column)}::text[],
      ${mistakes.map((one) => one.value)}::text[], ${mistakes.map((one) => JSON.stringify(one.message))}::jsonb[])
      AS found (position, part, line, column_name, value, message)`.execute(trx)
}
