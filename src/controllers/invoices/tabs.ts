import type { FastifyRequest } from 'fastify'
import type { InvoiceHeader } from '../../data/invoice-lists.ts'
import { countPaymentsOfInvoice } from '../../data/payments.ts'
import { translator } from '../../languages/translate.ts'
import { countFiled, ownerTabs } from '../owner-tabs.ts'
import { addressesOf } from './head.ts'

export type InvoiceTab = 'invoice' | 'payments' | 'documents' | 'activities'

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
      // A credit note takes no payments.
      ...(invoice.kind === 'credit_note'
        ? []
        : [
            {
              label: t('payments.title'),
              href: at.page('/payments'),
              count: await countPaymentsOfInvoice(request.server.db, invoice.id),
              current: current === 'payments',
            },
          ]),
      ...ownerTabs(request, filed, at.page, current),
    ],
  }
}
