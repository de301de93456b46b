import { sql } from 'kysely'
import t from 'tap'
import type { Database } from '../../../src/data/database.ts'
import { testDatabase } from '../../support/database.ts'
import { invoicesOf, nextRunDateOf, occurrencesOf, runOn } from '../../support/runs.ts'
import { makeRecurringOrder, makeShop } from '../../support/shop.ts'

const nothing = {
  orders: 0,
  due: 0,
  invoices: 0,
  skipped: 0,
  held: 0,
  failed: 0,
  failed_again: 0,
  unfinished: 0,
}

t.test(
  'a monthly order from the 31st returns to the 31st after February, and a second run makes nothing',
  async (t) => {
    const { db } = await testDatabase(t)
    const shop = await makeShop(db)
    const order = await makeRecurringOrder(db, shop, { recurrence: { start_date: '2026-01-31' } })
    t.same(await runOn(db, '2026-01-30'), nothing)
    t.same(await runOn(db, '2026-04-29'), { ...nothing, orders: 1, due: 3, invoices: 3 })
    t.same(await occurrencesOf(db, order), [
      '2026-01-31 invoiced',
      '2026-02-28 invoiced',
      '2026-03-31 invoiced',
    ])
    t.equal(await nextRunDateOf(db, order), '2026-04-30')
    t.same(await runOn(db, '2026-04-29'), nothing)
    const invoices = await invoicesOf(db, order)
    t.match(invoices[1], {
      status: 'automatically_created',
      issue_as: null,
      source: 'recurring',
      kind: 'invoice',
      number: null,
      subject: 'Subscription février 2026',
      document_date: '2026-02-01',
      due_date: '2026-03-03',
      period_start: '2026-02-01',
      period_end: '2026-02-28',
      service_start: '2026-02-01',
      service_end: '2026-02-28',
      net: '100.000',
      tax: '20.000',
      gross: '120.000',
      due: '120.000',
      language: 'fr-FR',
      order_version: 1,
      account_id: shop.accounts.paris,
      delivery_address: { city: 'Paris' },
    })
  },
)

t.test('months of outage are caught up, each period with its own dates, up to the end date', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const order = await makeRecurringOrder(db, shop, {
    recurrence: {
      start_date: '2024-02-29',
      frequency: 'annual',
      end_date: '2028-02-29',
      service_period: 'from_run_date',
    },
  })
  const late = await makeRecurringOrder(db, shop, {
    recurrence: {
      start_date: '2026-01-15',
      bill_from: '2026-03-01',
      next_run_date: '2026-03-15',
      end_date: '2026-06-14',
    },
  })
  t.match(await runOn(db, '2030-01-01'), { orders: 2, due: 8, invoices: 8 })
  t.same(
    (await invoicesOf(db, order)).map((row) => `${row.period_start} ${row.service_start} ${row.service_end}`),
    [
      '2024-01-01 2024-02-29 2025-02-27',
      '2025-01-01 2025-02-28 2026-02-27',
      '2026-01-01 2026-02-28 2027-02-27',
      '2027-01-01 2027-02-28 2028-02-28',
      '2028-01-01 2028-02-29 2029-02-27',
    ],
  )
  t.same(await occurrencesOf(db, late), ['2026-03-15 invoiced', '2026-04-15 invoiced', '2026-05-15 invoiced'])
  t.equal(await nextRunDateOf(db, order), null)
  t.equal(await nextRunDateOf(db, late), null)
})

t.test('each organisation bills on its own day: at 22:30 in Paris it is tomorrow in Auckland', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  await db
    .updateTable('organisations')
    .set({ time_zone: 'Pacific/Auckland' })
    .where('id', '=', shop.other_organisation_id)
    .execute()
  const recurrence = {
    start_date: '2026-03-01',
    frequency: 'daily',
    document_date_preference: 'date_created',
    invoice_subject: '{YYYY}-{MM}-{DD}',
  } as const
  const paris = await makeRecurringOrder(db, shop, { recurrence })
  const auckland = await makeRecurringOrder(db, shop, {
    organisation_id: shop.other_organisation_id,
    recurrence,
  })
  // 2026-03-02 22:30 in Paris (UTC+1), 2026-03-03 10:30 in Auckland (UTC+13).
  await runOn(db, new Date('2026-03-02T21:30:00Z'))
  t.same(
    (await invoicesOf(db, paris)).map((row) => `${row.document_date} ${row.subject}`),
    ['2026-03-02 2026-03-02', '2026-03-02 2026-03-02'],
  )
  t.same(await occurrencesOf(db, auckland), [
    '2026-03-01 invoiced',
    '2026-03-02 invoiced',
    '2026-03-03 invoiced',
  ])
  // 23:30 UTC is the next day in Paris already.
  t.match(await runOn(db, new Date('2026-03-02T23:30:00Z')), { orders: 1, invoices: 1 })
  t.equal((await invoicesOf(db, paris)).at(-1)?.document_date, '2026-03-03')
})

t.test('a run as of a later day makes drafts, and the runs until then have nothing left to do', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const order = await makeRecurringOrder(db, shop, {
    recurrence: {
      start_date: '2026-01-01',
      initial_invoice_status: 'sent',
      document_date_preference: 'date_created',
    },
  })
  await runOn(db, '2026-03-01')
  const [first, , third] = await invoicesOf(db, order)
  t.match(first, { status: 'created', issue_as: 'sent', number: null, document_date: '2026-03-01' })
  t.match(third, { document_date: '2026-03-01', period_start: '2026-03-01' })
  t.same(await runOn(db, '2026-02-10'), nothing)
})

t.test('the initial status says what the draft is and what it is to be issued as', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  for (const [status, made] of [
    ['automatically_created', { status: 'automatically_created', issue_as: null }],
    ['created', { status: 'created', issue_as: null }],
    ['approved', { status: 'created', issue_as: 'approved' }],
    ['sent', { status: 'created', issue_as: 'sent' }],
  ] as const) {
    const order = await makeRecurringOrder(db, shop, {
      recurrence: { start_date: '2026-01-01', initial_invoice_status: status },
    })
    await runOn(db, '2026-01-01')
    t.match(await invoicesOf(db, order), [made], status)
  }
})

t.test('lines, taxes and totals are the order’s at that time, to the last sign', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const order = await makeRecurringOrder(db, shop, {
    account_id: shop.accounts.mannheim,
    order: { customer_order_number: 'PO 7', contract_reference: 'C-1', contact_id: shop.contact_id },
    lines: [
      { description: 'Support', quantity: '3', unit_price: '9.80', discount_percent: '15' },
      { description: 'Tea', quantity: '2.5', unit_price: '18.125', tax_rate_id: shop.rates.fr55 },
      { description: 'Credit', quantity: '-1', unit_price: '0.125' },
    ],
    recurrence: { start_date: '2026-05-31', last_day: true },
  })
  await db
    .updateTable('payment_terms')
    .set({ text_en: 'Within 30 days.', text_fr: 'Sous 30 jours.' })
    .execute()
  await runOn(db, '2026-05-31')
  const [invoice] = await invoicesOf(db, order)
  t.match(invoice, {
    subject: 'Subscription Mai 2026',
    payment_term_text: 'Within 30 days.',
    customer_order_number: 'PO 7',
    contract_reference: 'C-1',
    contact_id: shop.contact_id,
    net: '70.170',
    tax: '7.460',
    gross: '77.630',
    due: '77.630',
  })
  const columns = [
    'position',
    'kind',
    'description',
    'quantity',
    'unit_code',
    'unit_price',
    'discount_percent',
    'supply',
    'tax_rate_id',
    'tax_category',
    'tax_rate',
    'net',
    'product_id',
    'product_code',
  ] as const
  const billed = await db
    .selectFrom('invoice_lines')
    .select(columns)
    .where('invoice_id', '=', invoice?.id ?? '')
    .orderBy('position')
    .execute()
  const ordered = await db
    .selectFrom('customer_order_lines')
    .select(columns)
    .where('order_id', '=', order)
    .orderBy('position')
    .execute()
  t.same(billed, ordered)
  t.same(
    await db
      .selectFrom('invoice_taxes')
      .select(['category', 'rate', 'base', 'amount'])
      .where('invoice_id', '=', invoice?.id ?? '')
      .orderBy('rate')
      .execute(),
    [
      { category: 'S', rate: '5.5000', base: '45.310', amount: '2.490' },
      { category: 'S', rate: '20.0000', base: '24.860', amount: '4.970' },
    ],
  )
})

t.test(
  'a cancelled order and a recurrence that is off are not billed; an order not approved is',
  async (t) => {
    const { db } = await testDatabase(t)
    const shop = await makeShop(db)
    const recurrence = { start_date: '2026-01-01' }
    const cancelled = await makeRecurringOrder(db, shop, { status: 'cancelled', recurrence })
    const created = await makeRecurringOrder(db, shop, { status: 'created', recurrence })
    const off = await makeRecurringOrder(db, shop, {
      recurrence: { ...recurrence, enabled: false, next_run_date: null, disabled_at: '2026-01-01' },
    })
    t.match(await runOn(db, '2026-01-01'), { orders: 1, invoices: 1, unfinished: 0 })
    t.same(await occurrencesOf(db, created), ['2026-01-01 invoiced'])
    t.same([await occurrencesOf(db, cancelled), await occurrencesOf(db, off)], [[], []])
  },
)

t.test(
  'nothing to bill is skipped, below zero is held, an archived account fails and is tried again',
  async (t) => {
    const { db } = await testDatabase(t)
    const shop = await makeShop(db)
    const recurrence = { start_date: '2026-01-01' }
    const zero = await makeRecurringOrder(db, shop, { lines: [{ unit_price: '0' }], recurrence })
    const empty = await makeRecurringOrder(db, shop, { lines: [], recurrence })
    const negative = await makeRecurringOrder(db, shop, {
      lines: [{ unit_price: '5', quantity: '-1' }],
      recurrence,
    })
    const archived = await makeRecurringOrder(db, shop, { account_id: shop.accounts.mannheim, recurrence })
    const archive = (at: string | null) =>
      db.updateTable('accounts').set({ archived_at: at }).where('id', '=', shop.accounts.mannheim).execute()
    await archive('2026-01-01')
    t.match(await runOn(db, '2026-01-05'), { orders: 4, due: 4, invoices: 0, skipped: 2, held: 1, failed: 1 })
    t.same(await occurrencesOf(db, zero), ['2026-01-01 skipped nothing_to_bill'])
    t.same(await occurrencesOf(db, empty), ['2026-01-01 skipped nothing_to_bill'])
    t.same(await occurrencesOf(db, negative), ['2026-01-01 held below_zero'])
    t.same(await occurrencesOf(db, archived), ['2026-01-01 failed account_archived'])
    t.match(
      await runOn(db, '2026-01-06'),
      { orders: 1, due: 1, failed: 1 },
      'only the failed one is tried again',
    )
    await archive(null)
    t.match(await runOn(db, '2026-01-06'), { orders: 1, due: 1, invoices: 1 })
    const [row] = await db
      .selectFrom('recurrence_occurrences')
      .selectAll()
      .where('order_id', '=', archived)
      .execute()
    t.match(row, { state: 'invoiced', attempts: 3, reason_code: null })
  },
)

t.test(
  'a rate that has ended gives way to its successor on document dates after its end, and the invoice says so',
  async (t) => {
    const { db } = await testDatabase(t)
    const shop = await makeShop(db)
    const rate = async (code: string, percent: string, rest: object = {}) =>
      (
        await db
          .insertInto('tax_rates')
          .values({ code, name: `TVA ${percent} %`, category: 'S', rate: percent, ...rest })
          .returning('id')
          .executeTakeFirstOrThrow()
      ).id
    const current = await rate('NEW', '21')
    const between = await rate('MID', '20.5', { valid_to: '2026-02-10', successor_id: current })
    const old = await rate('OLD', '19.6', { valid_to: '2026-01-31', successor_id: between })
    const alone = await rate('ALONE', '7', { valid_to: '2026-01-31' })
    const order = await makeRecurringOrder(db, shop, {
      lines: [
        { unit_price: '10.01', tax_rate_id: old },
        { unit_price: '10.01', tax_rate_id: current },
        { unit_price: '1', tax_rate_id: shop.rates.fr55 },
      ],
      recurrence: { start_date: '2026-01-05' },
    })
    const stuck = await makeRecurringOrder(db, shop, {
      lines: [{ unit_price: '10', tax_rate_id: alone }],
      recurrence: { start_date: '2026-01-05' },
    })
    t.match(await runOn(db, '2026-03-05'), { invoices: 4, failed: 2 })
    const invoices = await invoicesOf(db, order)
    t.same(
      invoices.map((row) => `${row.document_date} ${row.net} ${row.tax} ${row.gross}`),
      ['2026-01-01 21.020 4.120 25.140', '2026-02-01 21.020 4.210 25.230', '2026-03-01 21.020 4.260 25.280'],
    )
    const notes = await db.selectFrom('invoice_notes').selectAll().orderBy('text').execute()
    t.same(notes.map((row) => row.text).sort(), [
      'TVA 20.5 % s’applique\u00a0: TVA 19.6 % a pris fin le 31 janvier 2026.',
      'TVA 21 % s’applique\u00a0: TVA 19.6 % a pris fin le 31 janvier 2026.',
    ])
    const march = await db
      .selectFrom('invoice_lines')
      .select(['tax_rate_id', 'tax_rate'])
      .where('invoice_id', '=', invoices[2]?.id ?? '')
      .orderBy('position')
      .execute()
    t.same(
      march.map((row) => row.tax_rate),
      ['21.0000', '21.0000', '5.5000'],
    )
    t.equal(march[0]?.tax_rate_id, current)
    t.same(await occurrencesOf(db, stuck), [
      '2026-01-05 invoiced',
      '2026-02-05 failed tax_rate_ended',
      '2026-03-05 failed tax_rate_ended',
    ])
    await db.updateTable('tax_rates').set({ successor_id: current }).where('id', '=', alone).execute()
    t.match(await runOn(db, '2026-03-06'), { orders: 1, invoices: 2 })
  },
)

t.test(
  'a changed frequency holds what shares days with a billed period, unless a person accepted it',
  async (t) => {
    const { db } = await testDatabase(t)
    const shop = await makeShop(db)
    const order = await makeRecurringOrder(db, shop, { recurrence: { start_date: '2026-01-10' } })
    await runOn(db, '2026-02-10')
    await db
      .updateTable('recurrences')
      .set({
        frequency: 'quarterly',
        start_date: '2026-01-10',
        bill_from: '2026-02-11',
        next_run_date: '2026-04-10',
      })
      .where('order_id', '=', order)
      .execute()
    t.match(await runOn(db, '2026-04-10'), { invoices: 1 }, 'the second quarter shares no day with February')
    await db
      .updateTable('recurrences')
      .set({ bill_from: '2026-01-10', next_run_date: '2026-01-10' })
      .where('order_id', '=', order)
      .execute()
    t.match(await runOn(db, '2026-04-10'), { held: 1, invoices: 0 })
    t.same(await occurrencesOf(db, order), [
      '2026-01-10 invoiced',
      '2026-01-10 held overlap',
      '2026-02-10 invoiced',
      '2026-04-10 invoiced',
    ])
    t.equal(await nextRunDateOf(db, order), '2026-07-10', 'a period that has a row is passed over')
    await db
      .updateTable('recurrence_occurrences')
      .set({ state: 'due', overlap_accepted_by: shop.admin_id })
      .where('state', '=', 'held')
      .execute()
    t.match(await runOn(db, '2026-04-10'), { held: 0, invoices: 1 })
  },
)

t.test('one order that cannot be written costs only itself, and is billed when it can be', async (t) => {
  const { db, ownerDb } = await testDatabase(t)
  const shop = await makeShop(db)
  const orders: string[] = []
  for (let n = 0; n < 5; n += 1) {
    orders.push(await makeRecurringOrder(db, shop, { recurrence: { start_date: '2026-01-01' } }))
  }
  const poisoned = orders[2] ?? ''
  await poison(ownerDb, poisoned, '2026-02-01')
  t.match(await runOn(db, '2026-03-01'), { orders: 5, due: 15, invoices: 14, failed: 1, unfinished: 0 })
  t.same(await occurrencesOf(db, poisoned), [
    '2026-01-01 invoiced',
    '2026-02-01 failed cannot_write',
    '2026-03-01 invoiced',
  ])
  const [row] = await db
    .selectFrom('recurrence_occurrences')
    .selectAll()
    .where('state', '=', 'failed')
    .execute()
  t.match(row?.reason_params, { detail: 'The printer is on fire.' })
  t.match(await runOn(db, '2026-03-01'), { orders: 1, due: 1, failed: 1 })
  await sql`DROP TRIGGER poison ON invoices`.execute(ownerDb)
  t.match(await runOn(db, '2026-03-01'), { orders: 1, due: 1, invoices: 1 })
  t.same(await runOn(db, '2026-03-01'), nothing)
})

t.test(
  'an order that can be neither billed nor parked does not stop the others, and the run says so',
  async (t) => {
    const { db, ownerDb } = await testDatabase(t)
    const shop = await makeShop(db)
    const stuck = await makeRecurringOrder(db, shop, { recurrence: { start_date: '2026-01-01' } })
    const fine = await makeRecurringOrder(db, shop, { recurrence: { start_date: '2026-01-01' } })
    await sql`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'No.'; END $$`.execute(
      ownerDb,
    )
    await sql`CREATE TRIGGER refuse BEFORE INSERT ON recurrence_occurrences FOR EACH ROW
    WHEN (NEW.order_id = ${sql.lit(stuck)}) EXECUTE FUNCTION refuse()`.execute(ownerDb)
    await t.rejects(runOn(db, '2026-01-01'), {
      message: `1 order could be neither billed nor parked, such as ${stuck}: No.`,
    })
    t.same(await occurrencesOf(db, fine), ['2026-01-01 invoiced'])
  },
)

t.test('a daily order ten years behind is caught up in bounded batches', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const order = await makeRecurringOrder(db, shop, {
    recurrence: { start_date: '2016-01-01', frequency: 'daily' },
  })
  const seen: number[] = []
  const figures = await runOn(db, '2025-12-31', { onProgress: (done, total) => seen.push(done, total) })
  t.match(figures, { orders: 1, due: 3653, invoices: 3653 })
  t.same(seen, [0, 3653, 2000, 3653, 3653, 3653])
  t.equal(await nextRunDateOf(db, order), '2026-01-01')
})

t.test('an orderly stop ends after the batch under way, and the next run goes on', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  await makeRecurringOrder(db, shop, { recurrence: { start_date: '2016-01-01', frequency: 'daily' } })
  const stop = new AbortController()
  const figures = await runOn(db, '2025-12-31', {
    signal: stop.signal,
    onProgress: (done) => done > 0 && stop.abort(),
  })
  t.match(figures, { invoices: 2000, unfinished: 1 })
  t.match(await runOn(db, '2025-12-31'), { invoices: 1653, unfinished: 0 })
})

t.test(
  'an order that somebody holds is waited for at the end, and left to the next run if that takes too long',
  async (t) => {
    const { db, ownerDb } = await testDatabase(t)
    const shop = await makeShop(db)
    const held = await makeRecurringOrder(db, shop, { recurrence: { start_date: '2026-01-01' } })
    await makeRecurringOrder(db, shop, { recurrence: { start_date: '2026-01-01' } })
    const free = Promise.withResolvers<void>()
    const locked = Promise.withResolvers<void>()
    const holding = ownerDb.transaction().execute(async (trx) => {
      await trx.selectFrom('customer_orders').select('id').where('id', '=', held).forUpdate().execute()
      locked.resolve()
      await free.promise
    })
    await locked.promise
    t.match(await runOn(db, '2026-01-01'), { invoices: 1, unfinished: 1 })
    const run = runOn(db, '2026-01-01')
    setTimeout(free.resolve, 1000)
    t.match(await run, { invoices: 1, unfinished: 0 })
    await holding
  },
)

async function poison(ownerDb: Database, orderId: string, periodStart: string): Promise<void> {
  await sql`CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'The printer is on fire.'; END $$`.execute(ownerDb)
  await sql`CREATE TRIGGER poison BEFORE INSERT ON invoices FOR EACH ROW
    WHEN (NEW.order_id = ${sql.lit(orderId)} AND NEW.period_start = ${sql.lit(periodStart)})
    EXECUTE FUNCTION poison()`.execute(ownerDb)
}
