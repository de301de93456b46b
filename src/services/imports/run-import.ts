import { insertAudit } from '../../data/audit.ts'
import type { Database, Trx } from '../../data/database.ts'
import type { Row } from '../../data/tables.ts'
import type { Message } from '../../languages/catalog.ts'
import type { CsvTable } from './csv.ts'
import { importCustomers } from './customers.ts'
import { importOrders } from './orders.ts'
import { importProducts } from './products.ts'
import { importSuppliers } from './suppliers.ts'
import { importUsers } from './users.ts'

export const importKinds = ['customers', 'suppliers', 'products', 'users', 'orders'] as const

export type ImportKind = (typeof importKinds)[number]

export type ImportRequest = {
  readonly kind: ImportKind
  readonly table: CsvTable
  /** The lines of `orders`. */
  readonly lines?: CsvTable
  readonly organisation: Row<'organisations'>
  readonly dryRun: boolean
  readonly actor: string
  readonly onProgress?: (done: number, total: number) => void
}

/** What an import came to. What was known already is left as it is, so that importing again changes nothing. */
export type ImportFigures = {
  readonly created: number
  readonly known: number
  readonly notes: readonly Message[]
}

export type ImportScope = Pick<ImportRequest, 'organisation' | 'onProgress'>

/**
 * Takes a whole file in one transaction, or nothing of it. A dry run does all of it and takes it back.
 * @throws ImportProblem with every mistake by line and column
 */
export async function runImport(db: Database, request: ImportRequest): Promise<ImportFigures> {
  try {
    return await db.transaction().execute(async (trx) => {
      const figures = await importWithin(trx, request)
      if (request.dryRun) throw new DryRun(figures)
      if (figures.created > 0) {
        await insertAudit(trx, {
          by: { actor: request.actor },
          action: 'imported',
          subject_type: 'import',
          subject_id: request.organisation.id,
          organisation_id: request.organisation.id,
          changes: {
            kind: request.kind,
            file: request.table.file,
            created: figures.created,
            known: figures.known,
          },
        })
      }
      return figures
    })
  } catch (error) {
    if (error instanceof DryRun) return error.figures
    throw error
  }
}

class DryRun extends Error {
  readonly figures: ImportFigures

  constructor(figures: ImportFigures) {
    super('dry run')
    this.figures = figures
  }
}

function importWithin(trx: Trx, request: ImportRequest): Promise<ImportFigures> {
  const { table, lines } = request
  switch (request.kind) {
    case 'customers':
      return importCustomers(trx, table, request)
    case 'suppliers':
      return importSuppliers(trx, table, request)
    case 'products':
      return importProducts(trx, table, request)
    case 'users':
      return importUsers(trx, table, request)
    case 'orders':
      if (lines === undefined) throw new Error('orders are imported with their lines')
      return importOrders(trx, table, lines, request)
  }
}
