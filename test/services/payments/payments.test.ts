import { sql } from 'kysely'
import t from 'tap'
import { dataChecks, findProblems } from '../../../src/data/data-checks.ts'
import type { Database } from '../../../src/data/database.ts'
import { listPaymentsOfInvoice } from '../../../src/data/payments.ts'
import { InvalidForm, Refused } from '../../../src/errors.ts'
import { enterPayment } from '../../../src/services/payments/enter-payment.ts'
import { payRest } from '../../../src/services/payments/pay-rest.ts'
import { settleStatusWithin } from '../../../src/services/payments/settle-status.ts'
import { undoPayment } from '../../../src/services/payments/undo-payment.ts'
import { testDatabase } from '../../support/database.ts'
import { insertDraftInvoice, insertOrder } from '../../support/documents.ts'
import { issueDirectly } from '../../support/invoices.ts'
import { creditDirectly } from '../../support/payments.ts'
import { makeShop } from '../../support/shop.ts'

const now = new Date('2026-05-10T09:00:00Z')
const transfer = { payment_date: '2026-05-04', method: 'transfer' as const, reference: 'VIR 77' }

/** An issued invoice of 240.00, of which 40.00 is tax. */
async function issuedInvoice(t: { teardown(end: () => unknown): unknown }) {
  const database = await testDatabase(t)
  const { db } = database
  const shop = await makeShop(db)
  const order = await insertOrder(db, shop)
  const draft = await insertDraftInvoice(db, shop, order)
  const invoice = await insertDraftInvoice(db, shop, order)
  await issueDirectly(db, invoice, { number: 'FA-2026-0042' })
  const user = { id: shop.user_id, organisation_ids: [shop.organisation_id] }
  const balance = async (id = invoice) =>
    db
      .selectFrom('invoices')
      .select(['status', 'paid', 'open'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
  const pay = (amount: string, entry: Partial<typeof transfer> = {}) =>
    enterPayment(db, user, invoice, { ...transfer, ...entry, amount }, { now })
  return { ...database, shop, order, draft, invoice, user, balance, pay }
}

async function refusal(act: Promise<unknown>): Promise<string[]> {
  try {
    await act
    return []
  } catch (error) {
    if (error instanceof Refused) return error.refusals.map(({ code }) => code)
    if (error instanceof InvalidForm)
      return error.errors.map(({ field, message }) => `${field} ${message.key}`)
    throw error
  }
}

async function brokenIn(db: Database): Promise<string[]> {
  const found = await Promise.all(dataChecks.map((check) => findProblems(db, check)))
  return found.flat()
}

t.test('payments are entered until nothing is open, and undone by an entry against them', async (t) => {
  const { db, ownerDb, invoice, user, pay, balance } = await issuedInvoice(t)
  const first = await pay('100')
  t.match(first, { amount: '100.00', open: '140.00', status: 'approved', early: false })
  t.same(await balance(), { status: 'approved', paid: '100.000', open: '140.000' })
  const rest = await pay('140', { payment_date: '2026-01-15' })
  t.match(rest, { open: '0.00', status: 'paid', early: true }, 'before the invoice is said, and taken')
  t.same(await balance(), { status: 'paid', paid: '240.000', open: '0.000' })
  t.same(await refusal(pay('1')), ['nothing_open'])

  t.same(await refusal(undoPayment(db, user, invoice, first.id, { reason: '', now })), [
    'reason payments.reason.missing',
  ])
  const undone = await undoPayment(db, user, invoice, first.id, { reason: 'Wrong invoice', now })
  t.match(undone, { amount: '-100.00', open: '100.00', status: 'approved' })
  t.same(await balance(), { status: 'approved', paid: '140.000', open: '100.000' })
  t.same(await refusal(undoPayment(db, user, invoice, first.id, { reason: 'Again', now })), ['undone'])
  t.same(await refusal(undoPayment(db, user, invoice, undone.id, { reason: 'Again', now })), [
    'counter_entry',
  ])

  const entries = await listPaymentsOfInvoice(db, invoice)
  t.match(
    entries.map(({ payment_date, amount, reason, taxes }) => [
      payment_date,
      amount,
      reason,
      taxes.map(({ rate, tax }) => `${rate} ${tax}`).join(),
    ]),
    [
      ['2026-01-15', '140.000', '', '20.0000 23.330'],
      ['2026-05-04', '100.000', '', '20.0000 16.670'],
      ['2026-05-10', '-100.000', 'Wrong invoice', '20.0000 -16.670'],
    ],
  )
  const history = await db
    .selectFrom('audit_entries')
    .select('action')
    .where('subject_id', '=', invoice)
    .orderBy('id')
    .execute()
  t.same(
    history.map(({ action }) => action),
    ['payment_entered', 'payment_entered', 'status_changed', 'payment_undone', 'status_changed'],
  )
  t.same(await brokenIn(ownerDb), [])
})

t.test('what cannot be paid is refused with its reason', async (t) => {
  const { db, draft, order, shop, user, pay } = await issuedInvoice(t)
  t.same(await refusal(pay('240.01')), ['amount payments.amount.too_much'])
  t.same(await refusal(pay('-1')), ['amount payments.amount.below_zero'])
  t.same(await refusal(pay('0', { payment_date: '2026-05-11' })), [
    'payment_date payments.date.future',
    'amount payments.amount.missing',
  ])
  t.same(await refusal(enterPayment(db, user, draft, { ...transfer, amount: '1' }, { now })), ['draft'])
  t.same(await refusal(payRest(db, user, draft, { paid_date: null, method: 'other', reference: '', now })), [
    'draft',
  ])
  const note = await insertDraftInvoice(db, shop, order)
  await db.updateTable('invoices').set({ kind: 'credit_note' }).where('id', '=', note).execute()
  await issueDirectly(db, note, { number: 'AV-2026-0001' })
  t.same(await refusal(enterPayment(db, user, note, { ...transfer, amount: '1' }, { now })), ['credit_note'])
  const elsewhere = { id: shop.user_id, organisation_ids: [shop.other_organisation_id] }
  await t.rejects(enterPayment(db, elsewhere, draft, { ...transfer, amount: '1' }, { now }), {
    name: 'NotFound',
  })
})

t.test('setting an invoice to paid enters what is left, and it returns to what it was', async (t) => {
  const { db, invoice, user, pay, balance } = await issuedInvoice(t)
  await db.updateTable('invoices').set({ status: 'sent' }).where('id', '=', invoice).execute()
  await sql`INSERT INTO audit_entries (user_id, action, subject_type, subject_id, changes)
    VALUES (${user.id}, 'status_changed', 'invoice', ${invoice}, '{"status":{"from":"approved","to":"sent"}}')`.execute(
    db,
  )
  await pay('40')
  const set = (paid_date: string | null) =>
    payRest(db, user, invoice, { paid_date, method: 'card', reference: '', now })
  t.same(await refusal(set('2026-06-01')), ['paid_date payments.date.future'])
  const rest = await set('2026-05-06')
  t.match(rest, { amount: '200.00', status: 'paid' })
  t.equal(await set(null), undefined, 'said again, it changes nothing')
  t.equal((await listPaymentsOfInvoice(db, invoice)).length, 2)
  await undoPayment(db, user, invoice, rest?.id ?? '', { reason: 'Refused by the bank', now })
  t.same(await balance(), { status: 'sent', paid: '40.000', open: '200.000' })
})

t.test('what is credited after it was paid is given back, at the rate that was credited', async (t) => {
  const { db, ownerDb, shop, invoice, user, pay, balance } = await issuedInvoice(t)
  const paid = await pay('240')
  await creditDirectly(db, shop, invoice, { number: 'AV-2026-0001', net: '50', tax: '10' })
  await db.transaction().execute((trx) => settleStatusWithin(trx, user.id, invoice))
  t.same(await balance(), { status: 'approved', paid: '240.000', open: '-60.000' })
  t.same(
    await refusal(payRest(db, user, invoice, { paid_date: null, method: 'other', reference: '', now })),
    ['refund_due'],
  )
  t.same(await refusal(pay('61')), ['amount payments.amount.too_much_refund'])
  const refund = await pay('60')
  t.match(refund, { amount: '-60.00', open: '0.00', status: 'paid' })
  const entries = await listPaymentsOfInvoice(db, invoice)
  t.match(entries.find(({ id }) => id === refund.id)?.taxes, [{ amount: '-60.000', tax: '-10.000' }])
  t.same(await refusal(undoPayment(db, user, invoice, paid.id, { reason: 'No', now })), ['refunded'])
  t.same(await brokenIn(ownerDb), [])
})

t.test('eight people who pay at once never pay more than is open', async (t) => {
  const { db, ownerDb, invoice, pay, balance } = await issuedInvoice(t)
  const said = await Promise.all(Array.from({ length: 8 }, () => refusal(pay('60'))))
  t.equal(said.filter((codes) => codes.length === 0).length, 4)
  t.same(
    said.filter((codes) => codes.length > 0).flat(),
    Array.from({ length: 4 }, () => 'nothing_open'),
  )
  t.same(await balance(), { status: 'paid', paid: '240.000', open: '0.000' })
  t.equal((await listPaymentsOfInvoice(db, invoice)).length, 4)
  t.same(await brokenIn(ownerDb), [])
})

t.test('nobody changes or removes a payment, and its sum is what the invoice says', async (t) => {
  const { db, ownerDb, invoice, shop, pay } = await issuedInvoice(t)
  await pay('100')
  for (const each of [db, ownerDb]) {
    for (const table of ['payments', 'payment_taxes']) {
      await t.rejects(sql`UPDATE ${sql.table(table)} SET amount = 1`.execute(each))
      await t.rejects(sql`DELETE FROM ${sql.table(table)}`.execute(each))
      await t.rejects(sql`TRUNCATE ${sql.table(table)} CASCADE`.execute(each))
    }
  }
  await t.rejects(
    sql`INSERT INTO payments (organisation_id, invoice_id, payment_date, amount, method)
      VALUES (${shop.organisation_id}, ${invoice}, '2026-05-04', 5, 'cash')`.execute(ownerDb),
    /payments come to/,
  )
})
