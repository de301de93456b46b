import type { Database, Trx } from '../../data/database.ts'
import type { ImportKind } from '../../lib/vocabulary.ts'
import type { CsvTable } from './csv.ts'
import { importCustomers } from './customers.ts'
import type { ImportFigures, ImportScope } from './figures.ts'
import { importOrders } from './orders.ts'
import { importProducts } from './products.ts'
import { importSuppliers } from './suppliers.ts'
import { importUsers } from './users.ts'

export type ImportContent = {
  readonly kind: ImportKind
  readonly table: CsvTable
  /** The lines of `orders`. */
  readonly lines?: CsvTable
}

/** Takes a whole file, or nothing of it. @throws ImportProblem with every mistake by line and column */
export function importWithin(trx: Trx, content: ImportContent, scope: ImportScope): Promise<ImportFigures> {
  const { kind, table, lines } = content
  switch (kind) {
    case 'customers':
      return importCustomers(trx, table, scope)
    case 'suppliers':
      return importSuppliers(trx, table, scope)
    case 'products':
      return importProducts(trx, table, scope)
    case 'users':
      return importUsers(trx, table, scope)
    case 'orders':
      if (lines === undefined) throw new Error('orders are imported with their lines')
      return importOrders(trx, table, lines, scope)
  }
}

/** Does all of it in a transaction that is then taken back: what would come, by the very same way. @throws ImportProblem */
export async function dryRun(
  db: Database,
  content: ImportContent,
  scope: ImportScope,
): Promise<ImportFigures> {
  try {
    return await db.transaction().execute(async (trx) => {
      throw new DryRun(await importWithin(trx, content, scope))
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
