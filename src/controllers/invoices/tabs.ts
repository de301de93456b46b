import type { FastifyRequest } from 'fastify'
import type { InvoiceHeader } from '../../data/invoice-lists.ts'
import { translator } from '../../languages/translate.ts'
import { countFiled, ownerTabs } from '../owner-tabs.ts'
import { addressesOf } from './head.ts'

export type InvoiceTab = 'invoice' | 'documents' | 'activities'

/** What `shared/tabs` shows on every page of an invoice. */
export async function invoiceTabs(
  request: FastifyRequest,
  invoice: Pick<InvoiceHeader, 'id' | 'kind'>,
  current: InvoiceTab,
) {
  const t = translator(request.language)
  const at = addressesOf(request, invoice.id)
  const filed = await countFiled(request, { kind: 'invoice', id: invoice.id })
  return {
    items: [
      { label: t(`invoices.kind.${invoice.kind}`), href: at.page(''), current: current === 'invoice' },
      ...ownerTabs(request, filed, at.page, current),
    ],
  }
}
