import type { ImportUse } from '../../data/import-undo.ts'
import type { Refusal } from '../../errors.ts'
import type { SentenceKey } from '../../languages/catalog.ts'
import type { ImportKind } from '../../lib/vocabulary.ts'

/** The uses of what an import made as reasons against its undoing, each with the first records it concerns. */
export function undoReasons(kind: ImportKind, uses: readonly ImportUse[]): readonly Refusal[] {
  return uses.map(({ reason, count, names, by }) => ({
    code: reason,
    message: {
      key: sentences[kind][reason] ?? 'imports.undo.in_use',
      params: {
        count,
        names: names.join(', '),
        more: count - names.length,
        by: by.join(', '),
        known: by.length === 0 ? 'no' : 'yes',
      },
    },
  }))
}

const sentences: Record<ImportKind, Readonly<Record<string, SentenceKey>>> = {
  customers: {
    orders: 'imports.undo.customers.orders',
    invoices: 'imports.undo.customers.invoices',
    contacts: 'imports.undo.customers.contacts',
    children: 'imports.undo.customers.children',
    documents: 'imports.undo.customers.documents',
    activities: 'imports.undo.customers.activities',
    changed: 'imports.undo.customers.changed',
  },
  suppliers: {
    products: 'imports.undo.suppliers.products',
    changed: 'imports.undo.suppliers.changed',
  },
  products: {
    orders: 'imports.undo.products.orders',
    invoices: 'imports.undo.products.invoices',
    changed: 'imports.undo.products.changed',
  },
  users: {
    signed_in: 'imports.undo.users.signed_in',
    assigned: 'imports.undo.users.assigned',
    changed: 'imports.undo.users.changed',
  },
  orders: {
    finalized: 'imports.undo.orders.finalized',
    invoices: 'imports.undo.orders.invoices',
    recurring: 'imports.undo.orders.recurring',
    documents: 'imports.undo.orders.documents',
    activities: 'imports.undo.orders.activities',
    changed: 'imports.undo.orders.changed',
  },
}
