import type { Database } from './database.ts'
import type { Row } from './tables.ts'

/** The terms that forms offer, and the one already chosen though archived. */
export async function listOfferedPaymentTerms(
  db: Database,
  chosenId?: string | null,
): Promise<Row<'payment_terms'>[]> {
  return db
    .selectFrom('payment_terms')
    .selectAll()
    .where((eb) => eb.or([eb('archived_at', 'is', null), ...(chosenId ? [eb('id', '=', chosenId)] : [])]))
    .orderBy('days')
    .orderBy('code')
    .execute()
}
