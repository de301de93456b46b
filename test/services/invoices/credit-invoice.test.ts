import t from 'tap'
import { insertDraft, listPrecedingInvoices } from '../../../src/data/credit-notes.ts'
import { dataChecks, findProblems } from '../../../src/data/data-checks.ts'
import type { Database } from '../../../src/data/database.ts'
import { totals } from '../../../src/lib/money.ts'
import { type CreditRequest, creditInvoice } from '../../../src/services/invoices/credit-invoice.ts'
import { deleteDraft } from '../../../src/services/invoices/delete-draft.ts'
import { issueInvoices } from '../../../src/services/invoices/issue-invoices.ts'
import { saveDraft } from '../../../src/services/invoices/save-draft.ts'
import { enterPayment } from '../../../src/services/payments/enter-payment.ts'
import { testDatabase } from '../../support/database.ts'
import { insertOrder } from '../../support/documents.ts'
import { draftInput, lineInput } from '../../support/invoices.ts'
import { invoicesOf, occurrencesOf, runOn } from '../../support/runs.ts'
import { makeRecurringOrder, makeShop, type Shop } from '../../support/shop.ts'

const now = new Date('2026-05-04T10:00:00Z')

async function shopOf(t: Parameters<typeof testDatabase>[0]) {
  const { db, ownerDb } = await testDatabase(t)
  const shop = await makeShop(db)
  const user = { id: shop.user_id, organisation_ids: [shop.organisation_id] }
  const credit = (id: string, named: Partial<CreditRequest> = {}) =>
    creditInvoice(
      db,
      user,
      id,
      { wish: { mode: 'all' }, reopen: false, reissue: false, reason: '', ...named },
      { now },
    )
  return { db, ownerDb, shop, user, credit }
}

async function issue(db: Database, shop: Shop, ids: readonly string[], as_of: string): Promise<void> {
  const { outcomes } = await issueInvoices(db, {
    by: { user_id: shop.user_id },
    organisation_ids: [shop.organisation_id],
    ids,
    as_of,
    now,
    lacks: () => [],
  })
  const bad = outcomes.filter(({ result }) => result !== 'issued')
  if (bad.length > 0) throw new Error(JSON.stringify(bad))
}

/** An issued invoice of a whole order: 2 hours at 100.00 and 20 %, 3 boxes at 18.00 and 5.5 %; gross 296.97. */
async function issuedOrder(db: Database, shop: Shop, number = 'SO-2026-0001') {
  const order_id = await insertOrder(db, shop, number)
  const rows = await db
    .selectFrom('customer_order_lines')
    .selectAll()
    .where('order_id', '=', order_id)
    .orderBy('position')
    .execute()
  const lines = rows.map(
    ({
      id,
      order_id: _,
      organisation_id,
      delivered_quantity,
      invoiced_quantity,
      drafted_quantity,
      ...line
    }) => ({
      ...line,
      order_line_id: id,
      part_quantity: line.quantity,
    }),
  )
  const sums = totals(
    lines.map((line) => ({ net: line.net ?? '0', category: 'S', rate: line.tax_rate ?? '0' })),
    'EUR',
  )
  const id = await db.transaction().execute((trx) =>
    insertDraft(
      trx,
      {
        organisation_id: shop.organisation_id,
        kind: 'invoice',
        status: 'created',
        source: 'manual',
        order_id,
        order_version: 1,
        account_id: shop.accounts.paris,
        subject: 'Maintenance 2026',
        language: 'fr-FR',
        currency: 'EUR',
        document_date: '2026-04-01',
        due_date: '2026-05-01',
        payment_term_id: shop.term_id,
        net: sums.net,
        tax: sums.tax,
        gross: sums.gross,
        due: sums.gross,
      },
      { lines, taxes: sums.taxes.map((tax) => ({ ...tax, category: 'S' })) },
    ),
  )
  await issue(db, shop, [id], '2026-04-01')
  const stored = await db
    .selectFrom('invoice_lines')
    .select('id')
    .where('invoice_id', '=', id)
    .orderBy('position')
    .execute()
  return { id, order_id, lines: stored.map((line) => line.id) }
}

async function invoice(db: Database, id: string) {
  return db.selectFrom('invoices').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

async function progress(db: Database, orderId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('customer_order_lines')
    .select(['invoiced_quantity', 'drafted_quantity'])
    .where('order_id', '=', orderId)
    .orderBy('position')
    .execute()
  return rows.map((row) => `${Number(row.invoiced_quantity)}+${Number(row.drafted_quantity)}`)
}

async function holdsTogether(t: { same: (a: unknown, b: unknown, what: string) => unknown }, db: Database) {
  for (const check of dataChecks) t.same(await findProblems(db, check), [], check.name)
}

const quantities = (...entries: [string | undefined, string][]) =>
  ({ mode: 'lines', quantities: new Map(entries.map(([id, quantity]) => [id ?? '', quantity])) }) as const

t.test(
  'a whole credit note is issued at once to the buyer that the invoice had, with its rates',
  async (t) => {
    const { db, ownerDb, shop, credit } = await shopOf(t)
    const { id, order_id } = await issuedOrder(db, shop)
    await db
      .updateTable('accounts')
      .set({ name: 'Renamed', city: 'Nantes' })
      .where('id', '=', shop.accounts.paris)
      .execute()
    const made = await credit(id, { reason: 'Wrong price', reopen: true })
    const note = await invoice(db, made.id)
    t.match(note, {
      kind: 'credit_note',
      status: 'approved',
      number: 'A-AN-2026-0001',
      document_date: '2026-05-04',
      net: '-254.000',
      gross: '-296.970',
      due: '-296.970',
      credit_reason: 'Wrong price',
      reopens: true,
      subject: 'Avoir sur F-AN-2026-0001\u00a0: Maintenance 2026',
      buyer: { name: 'Chop-suey Chinese', city: 'Paris' },
    })
    t.match(await invoice(db, id), { credited: '296.970', open: '0.000', status: 'approved' })
    t.match(await listPrecedingInvoices(db, made.id), [
      { id, number: 'F-AN-2026-0001', document_date: '2026-04-01' },
    ])
    t.same(await progress(db, order_id), ['0+0', '0+0'], 'billable again')
    await t.rejects(credit(id), { message: 'credited' })
    await t.rejects(credit(made.id), { message: 'credit_note' })
    await holdsTogether(t, ownerDb)
  },
)

t.test('lines and amounts are credited until nothing is left, and never more', async (t) => {
  const { db, ownerDb, shop, credit } = await shopOf(t)
  const { id, order_id, lines } = await issuedOrder(db, shop)
  await credit(id, { wish: quantities([lines[1], '1']), reopen: true })
  t.match(await invoice(db, id), { credited: '18.990', open: '277.980' })
  t.same(await progress(db, order_id), ['2+0', '2+0'])
  const gesture = await credit(id, { wish: { mode: 'amount', amount: '23.6' } })
  t.match(await invoice(db, gesture.id), { net: '-23.600', reopens: false })
  t.same(await progress(db, order_id), ['2+0', '2+0'], 'an amount gives no quantity back')
  await t.rejects(credit(id, { wish: quantities([lines[0], '2']) }), { errors: [{ field: 'mode' }] })
  await t.rejects(credit(id, { wish: quantities([lines[1], '2.5']) }), {
    errors: [{ field: `quantities[${lines[1]}]` }],
  })
  await t.rejects(credit(id, { wish: { mode: 'amount', amount: '1' }, reopen: true }), {
    errors: [{ field: 'reopen' }],
  })
  await t.rejects(credit(id, { wish: quantities([lines[1], '1']), reissue: true }), {
    errors: [{ field: 'reissue' }],
  })
  const rest = await credit(id)
  t.match(await invoice(db, id), { credited: '296.970', open: '0.000' })
  const parts = await db
    .selectFrom('invoice_lines')
    .selectAll()
    .where('invoice_id', '=', rest.id)
    .orderBy('position')
    .execute()
  t.same(
    parts.map(({ description, quantity, net }) => [description, Number(quantity), Number(net)]),
    [
      ['Support', -2, -200],
      ['Chai', -2, -36],
      ['Moins ce qui a déjà été crédité en montant', 1, 3.6],
      ['Moins ce qui a déjà été crédité en montant', 1, 20],
    ],
  )
  t.same(await progress(db, order_id), ['2+0', '2+0'], 'not asked to be billed again')
  await holdsTogether(t, ownerDb)
})

t.test('eight at once never credit more than there was', async (t) => {
  const { db, ownerDb, shop, credit } = await shopOf(t)
  const { id, lines } = await issuedOrder(db, shop)
  const results = await Promise.allSettled(
    Array.from({ length: 8 }, (_, at) =>
      at % 2 === 0 ? credit(id) : credit(id, { wish: quantities([lines[0], '1.5']) }),
    ),
  )
  const made = results.filter(({ status }) => status === 'fulfilled').length
  t.ok(made === 1 || made === 2, `${made} were made`)
  t.match(await invoice(db, id), { credited: '296.970' })
  for (const result of results)
    if (result.status === 'rejected')
      t.ok(['Refused', 'InvalidForm'].includes(result.reason.name), String(result.reason))
  await holdsTogether(t, ownerDb)
})

t.test(
  'what is paid in part and credited for the rest is paid; what is paid and credited is owed back',
  async (t) => {
    const { db, shop, user, credit } = await shopOf(t)
    const pay = (id: string, amount: string) =>
      enterPayment(
        db,
        user,
        id,
        { payment_date: '2026-05-02', amount, method: 'transfer', reference: '' },
        { now },
      )
    const { id, lines } = await issuedOrder(db, shop)
    await pay(id, '56.97')
    await credit(id, { wish: quantities([lines[0], '2']) })
    t.match(await invoice(db, id), { credited: '240.000', paid: '56.970', open: '0.000', status: 'paid' })
    const other = await issuedOrder(db, shop, 'SO-2026-0002')
    await pay(other.id, '296.97')
    t.match(await invoice(db, other.id), { status: 'paid' })
    await credit(other.id)
    t.match(await invoice(db, other.id), { open: '-296.970', status: 'approved' })
  },
)

t.test('crediting and issuing anew makes a draft of the same in the invoice’s place', async (t) => {
  const { db, ownerDb, shop, user, credit } = await shopOf(t)
  const { id, order_id } = await issuedOrder(db, shop)
  const again = await issuedOrder(db, shop, 'SO-2026-0002')
  const made = await credit(id, { reissue: true, reason: 'Typo' })
  const draft = await invoice(db, made.reissued_id ?? '')
  t.match(draft, {
    status: 'created',
    number: null,
    reissue_of: id,
    order_id,
    document_date: '2026-05-04',
    due_date: '2026-06-03',
    gross: '296.970',
  })
  t.same(await progress(db, order_id), ['0+2', '0+3'], 'in draft now')
  await holdsTogether(t, ownerDb)
  const [support] = await db
    .selectFrom('invoice_lines')
    .select('id')
    .where('invoice_id', '=', draft.id)
    .orderBy('position')
    .execute()
  const lines = [
    lineInput(0, {
      id: support?.id ?? null,
      description: 'Support',
      quantity: '1',
      tax_rate_id: shop.rates.fr20,
    }),
  ]
  await saveDraft(db, user, draft.id, { input: draftInput({ lines }), version: null })
  t.same(await progress(db, order_id), ['0+1', '0+0'], 'edited, it takes less of its order')
  await issue(db, shop, [draft.id], '2026-05-04')
  t.match(await invoice(db, draft.id), { number: 'F-AN-2026-0003', open: '120.000' })
  t.same(await progress(db, order_id), ['1+0', '0+0'])
  const second = await credit(again.id, { reissue: true })
  await deleteDraft(db, user, second.reissued_id ?? '', { period: null, reason: null, version: null })
  t.same(await progress(db, again.order_id), ['0+0', '0+0'], 'deleted, it can be billed again')
  await holdsTogether(t, ownerDb)
})

t.test('a period is billed again only when a whole credit note says so', async (t) => {
  const { db, ownerDb, shop, user, credit } = await shopOf(t)
  const order = await makeRecurringOrder(db, shop, { recurrence: { start_date: '2026-01-01' } })
  await runOn(db, '2026-04-15')
  const [january, february, march, april] = await invoicesOf(db, order)
  const ids = [january, february, march, april].map((each) => each?.id ?? '')
  await issue(db, shop, ids, '2026-04-15')
  const lineOf = async (id: string) =>
    (await db.selectFrom('invoice_lines').select('id').where('invoice_id', '=', id).executeTakeFirstOrThrow())
      .id

  await credit(ids[0] ?? '', { reopen: true })
  await credit(ids[1] ?? '')
  await credit(ids[2] ?? '', { wish: quantities([await lineOf(ids[2] ?? ''), '0.5']), reopen: true })
  const anew = await credit(ids[3] ?? '', { reissue: true })
  t.same(await occurrencesOf(db, order), [
    '2026-01-01 due',
    '2026-02-01 credited',
    '2026-03-01 invoiced',
    '2026-04-01 invoiced',
  ])
  t.match(await runOn(db, '2026-04-20'), { due: 1, invoices: 1 })
  const live = await db
    .selectFrom('recurrence_occurrences')
    .select(['period_start', 'invoice_id'])
    .orderBy('period_start')
    .execute()
  t.not(live[0]?.invoice_id, ids[0], 'billed anew')
  t.equal(live[1]?.invoice_id, ids[1])
  t.equal(live[3]?.invoice_id, anew.reissued_id, 'the period has one live invoice')
  t.match(await invoice(db, anew.reissued_id ?? ''), { source: 'recurring', period_start: '2026-04-01' })
  await deleteDraft(db, user, anew.reissued_id ?? '', { period: 'free', reason: null, version: null })
  t.match(await occurrencesOf(db, order), { 3: '2026-04-01 due' })
  await holdsTogether(t, ownerDb)
})

t.test('a foreign currency keeps the exchange rate, and three decimals close as two do', async (t) => {
  const { db, ownerDb, shop, credit } = await shopOf(t)
  await db
    .insertInto('exchange_rates')
    .values({ from_currency: 'KWD', to_currency: 'EUR', rate_date: '2026-04-14', rate: '3' })
    .execute()
  const order = await makeRecurringOrder(db, shop, {
    currency: 'KWD',
    lines: [{ quantity: '3', unit_price: '0.1115' }],
    recurrence: { start_date: '2026-04-01' },
  })
  await runOn(db, '2026-04-15')
  const [draft] = await invoicesOf(db, order)
  const id = draft?.id ?? ''
  await db
    .updateTable('invoices')
    .set({ document_date: '2026-04-15', due_date: '2026-05-15' })
    .where('id', '=', id)
    .execute()
  await issue(db, shop, [id], '2026-04-15')
  const line = await db
    .selectFrom('invoice_lines')
    .select('id')
    .where('invoice_id', '=', id)
    .executeTakeFirstOrThrow()
  await db.deleteFrom('exchange_rates').execute()
  const first = await credit(id, { wish: quantities([line.id, '1']) })
  t.match(await invoice(db, first.id), { exchange_rate: '3.000000000', vat_currency: 'EUR', net: '-0.112' })
  await credit(id)
  t.match(await invoice(db, id), { open: '0.000' })
  await holdsTogether(t, ownerDb)
})
