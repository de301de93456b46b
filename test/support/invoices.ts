import type { Database } from '../../src/data/database.ts'
import type { DraftInput } from '../../src/services/invoices/draft-form.ts'
import type { LineInput } from '../../src/services/orders/lines.ts'

/** A draft's form that names nothing but what the test is about. */
export function draftInput(named: Partial<DraftInput> = {}): DraftInput {
  return {
    subject: undefined,
    document_date: undefined,
    due_date: undefined,
    payment_term_id: undefined,
    customer_order_number: undefined,
    contact_id: undefined,
    lines: undefined,
    mistakes: [],
    ...named,
  }
}

/** A line of a form: a free text at a price, unless told. */
export function lineInput(index: number, named: Partial<LineInput> = {}): LineInput {
  return {
    index,
    number: index + 1,
    id: null,
    kind: 'item',
    product: { id: null, text: '' },
    filled_from: null,
    description: `Line ${index + 1}`,
    quantity: '1',
    unit: '',
    unit_price: '100',
    discount_percent: null,
    tax_rate_id: null,
    tax_preset: null,
    wrong: [],
    ...named,
  }
}

/** Makes an issued invoice of a draft, written as the issuing step would. */
export async function issueDirectly(
  db: Database,
  id: string,
  issued: { number: string; status?: 'approved' | 'sent' | 'paid'; buyer?: string },
): Promise<void> {
  const party = {
    name: issued.buyer ?? 'Chop-suey Chinese',
    street: '1 rue Ancienne',
    city: 'Lyon',
    country: 'FR',
  }
  await db
    .updateTable('invoices')
    .set({
      number: issued.number,
      status: issued.status ?? 'approved',
      issue_as: null,
      issued_at: '2026-04-01T10:00:00Z',
      seller: JSON.stringify({ name: 'Atelier Nord SAS', country: 'FR' }),
      buyer: JSON.stringify(party),
    })
    .where('id', '=', id)
    .execute()
}
