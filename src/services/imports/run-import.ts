import { insertAudit } from '../../data/audit.ts'
import type { Database } from '../../data/database.ts'
import { insertDoneImport } from '../../data/import-log.ts'
import type { Row } from '../../data/tables.ts'
import type { CsvFile } from './csv.ts'
import type { ImportFigures } from './figures.ts'
import { dryRun, type ImportContent, importWithin } from './import-within.ts'

export type ImportRequest = ImportContent & {
  /** What the content was read from: kept with the import, so that it can be looked at later. */
  readonly files: readonly CsvFile[]
  readonly organisation: Row<'organisations'>
  readonly dryRun: boolean
  /** The name of the command. */
  readonly actor: string
  readonly onProgress?: (done: number, total: number) => void
}

/**
 * Takes a whole file in one transaction, or nothing of it, and records what was made; where everything was known, nothing happened
 * and nothing is recorded. A dry run does all of it and takes it back.
 * @throws ImportProblem with every mistake by line and column
 */
export async function runImport(db: Database, request: ImportRequest): Promise<ImportFigures> {
  const { kind, organisation, actor } = request
  if (request.dryRun) return dryRun(db, request, request)
  return db.transaction().execute(async (trx) => {
    const figures = await importWithin(trx, request, request)
    if (figures.created === 0) return figures
    const id = await insertDoneImport(trx, {
      organisation_id: organisation.id,
      kind,
      actor,
      figures,
      files: request.files.map(({ name, bytes, part }) => ({
        name,
        content: Buffer.from(bytes),
        part: part ?? 'main',
      })),
    })
    await insertAudit(trx, {
      by: { actor },
      action: 'imported',
      subject_type: 'import',
      subject_id: id,
      organisation_id: organisation.id,
      changes: { kind, file: request.table.file, created: figures.created, known: figures.known },
    })
    return figures
  })
}
