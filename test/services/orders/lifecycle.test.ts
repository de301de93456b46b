import { readFile } from 'node:fs/promises'
import t from 'tap'
import { orderStatuses } from '../../../src/lib/vocabulary.ts'
import {
  nextStatus,
  refusalsToCancel,
  refusalsToChangeStatus,
  refusalsToDelete,
  refusalsToDuplicate,
  refusalsToEdit,
  type Standing,
  statusesAfter,
} from '../../../src/services/orders/lifecycle.ts'

const plain: Standing = {
  status: 'created',
  status_before_cancel: null,
  finalized: false,
  drafts: 0,
  issued: [],
  invoices: 0,
  billed_periods: 0,
  open_periods: { due: 0, held: 0, failed: 0 },
  recurring: false,
  account_archived: false,
  account_name: 'Chop-suey Chinese',
}

const codes = (refusals: readonly { code: string }[]) => refusals.map(({ code }) => code)

t.test('each status leads to the ones of the table and to no other', async (t) => {
  const table: Record<string, string[]> = {
    created: ['approved', 'cancelled'],
    approved: ['delivered', 'cancelled'],
    delivered: ['cancelled'],
  }
  for (const [status, after] of Object.entries(table)) {
    const order = { ...plain, status: orderStatuses.find((known) => known === status) ?? 'cancelled' }
    for (const to of orderStatuses) {
      const refused = codes(refusalsToChangeStatus(order, to))
      const expected = after.includes(to) ? [] : [to === status ? 'already' : 'not_next']
      t.same(refused, expected, `${status} to ${to}`)
    }
  }
})

t.test('a cancelled order returns to the status it had, and to no other', async (t) => {
  for (const before of ['created', 'approved', 'delivered'] as const) {
    const order = { ...plain, status: 'cancelled', status_before_cancel: before } as const
    t.same(statusesAfter(order), [before])
    t.equal(nextStatus(order), before)
    for (const to of orderStatuses) {
      const expected = to === before ? [] : [to === 'cancelled' ? 'already' : 'reopens_to_another']
      t.same(codes(refusalsToChangeStatus(order, to)), expected, `cancelled after ${before} to ${to}`)
    }
  }
})

t.test('the step that comes next is to approve, then to deliver, then none', async (t) => {
  t.equal(nextStatus(plain), 'approved')
  t.equal(nextStatus({ ...plain, status: 'approved' }), 'delivered')
  t.equal(nextStatus({ ...plain, status: 'delivered' }), undefined)
})

t.test('cancelling names every invoice that stands in the way at once', async (t) => {
  const refusals = refusalsToCancel({ ...plain, issued: ['FA-1', 'FA-2', 'FA-3'], drafts: 2, invoices: 5 })
  t.same(codes(refusals), ['invoices_issued', 'invoices_draft'])
  t.match(refusals[0]?.message.params, { count: 3, number: 'FA-1', more: 2 })
  t.same(codes(refusalsToChangeStatus({ ...plain, drafts: 1, invoices: 1 }, 'cancelled')), ['invoices_draft'])
  t.same(codes(refusalsToChangeStatus({ ...plain, drafts: 1, invoices: 1 }, 'approved')), [])
  const recurring = refusalsToCancel({ ...plain, issued: ['FA-1'], invoices: 1, recurring: true })
  t.equal(recurring[0]?.message.key, 'order_status.refused.issued_recurring')
})

t.test('an order is deleted only while nothing came out of it', async (t) => {
  t.same(codes(refusalsToDelete(plain)), [])
  t.same(codes(refusalsToDelete({ ...plain, status: 'cancelled', status_before_cancel: 'created' })), [])
  t.same(codes(refusalsToDelete({ ...plain, finalized: true, invoices: 2 })), ['finalized', 'invoices'])
  t.match(refusalsToDelete({ ...plain, invoices: 2, drafts: 1 }), [
    { message: { key: 'order_page.refused.delete_invoices' } },
  ])
  t.match(refusalsToDelete({ ...plain, invoices: 2, drafts: 2 }), [
    { message: { key: 'order_page.refused.delete_drafts' } },
  ])
  t.same(codes(refusalsToDelete({ ...plain, billed_periods: 1 })), ['billed_periods'])
})

t.test('a finalized order is not edited, and one of an archived account not copied', async (t) => {
  t.same(codes(refusalsToEdit(plain)), [])
  t.same(codes(refusalsToEdit({ ...plain, finalized: true })), ['finalized'])
  t.same(codes(refusalsToDuplicate(plain)), [])
  t.same(codes(refusalsToDuplicate({ ...plain, account_archived: true })), ['account_archived'])
})

t.test('the steps are as documented', async (t) => {
  const page = await readFile(new URL('../../../docs/rules/orders.md', import.meta.url), 'utf8')
  const rows = [...page.matchAll(/^\| `(\w+)` +\| (.+?) +\|$/gm)]
  t.equal(rows.length, 3)
  for (const [, from, next = ''] of rows) {
    const status = orderStatuses.find((known) => known === from)
    if (status === undefined) return t.fail(`${from} is no status`)
    t.same(statusesAfter({ status, status_before_cancel: null }), next.replaceAll('`', '').split(', '))
  }
})
