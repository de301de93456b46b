import type { FastifyRequest } from 'fastify'
import { listDays } from '../../data/billing-states.ts'
import { everyInvoice, invoiceAmounts } from '../../data/invoice-lists.ts'
import type { PaymentState } from '../../data/payment-states.ts'
import { sumKinds } from '../../data/sums.ts'
import { translator } from '../../languages/translate.ts'
import { formatsIn } from '../../lib/format.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { countedAtOnce } from '../document-list.ts'

/** What is open and what is overdue on an account's invoices, each with the list that shows exactly these. */
export async function accountBalances(request: FastifyRequest, accountId: string) {
  const { db } = request.server
  const t = translator(request.language)
  const formats = formatsIn(request.language)
  const { organisation_ids } = viewerOf(request)
  const amounts = (payment: PaymentState) =>
    invoiceAmounts(db, { ...everyInvoice, organisation_ids, account_id: accountId, payment })
  const days = await listDays(db, organisation_ids, new Date())
  const sums = await sumKinds(
    db,
    [
      { kind: 'open', documents: amounts({ state: 'open' }) },
      { kind: 'overdue', documents: amounts({ state: 'overdue', days }) },
    ] as const,
    countedAtOnce,
  )
  return (['open', 'overdue'] as const).flatMap((kind) => {
    const found = sums.get(kind)
    if (found === undefined) return []
    const open = found.sums.map(({ currency, open }) => formats.money(open, currency))
    return [
      {
        term: t(`payments.account.${kind}`),
        text: t('payments.account.sum', { count: found.count, sums: open.join(' + ') }),
        href: `/invoices?account_id=${accountId}&payment=${kind}`,
      },
    ]
  })
}
