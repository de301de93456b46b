import type { Trx } from '../../data/database.ts'
import { findDeletionOfInvoice, type Invoice, lockInvoice } from '../../data/invoices.ts'
import { NotFound, Refused } from '../../errors.ts'
import { refusalOfDeleted } from './lifecycle.ts'

/**
 * An invoice, locked, for whoever is about to change it.
 * @throws Refused where somebody deleted it; NotFound where it never was, or belongs to another organisation
 */
export async function lockInvoiceOf(
  trx: Trx,
  id: string,
  organisationIds: readonly string[],
): Promise<Invoice> {
  const invoice = await lockInvoice(trx, id, organisationIds)
  if (invoice !== undefined) return invoice
  const deletion = await findDeletionOfInvoice(trx, id, organisationIds)
  if (deletion === undefined) throw new NotFound()
  throw new Refused([refusalOfDeleted(deletion.who ?? '–')])
}
