import fc from 'fast-check'
import { sql } from 'kysely'
import t from 'tap'
import { dataChecks, findProblems } from '../../../src/data/data-checks.ts'
import type { Database } from '../../../src/data/database.ts'
import { moveProgress } from '../../../src/data/order-progress.ts'
import { addDays, laterOf } from '../../../src/lib/dates.ts'
import { issueWithin } from '../../../src/services/invoices/issue-batch.ts'
import { type IssueRequest, issueInvoices } from '../../../src/services/invoices/issue-invoices.ts'
import type { IssueOutcome, IssuingFacts } from '../../../src/services/invoices/issuing.ts'
import { testDatabase } from '../../support/database.ts'
import { copyDraft, makeDraft, makeDraftWithin, type NewDraft } from '../../support/invoices.ts'
import { runOn } from '../../support/runs.ts'
import { makeRecurringOrder, makeShop } from '../../support/shop.ts'

const day = '2026-04-10'

async function shopOf(t: Parameters<typeof testDatabase>[0]) {
  const base = await testDatabase(t)
  const shop = await makeShop(base.db)
  const { db } = base
  const draft = (document_date: string, named: Partial<NewDraft> = {}) =>
    makeDraft(db, {
      organisation_id: shop.organisation_id,
      account_id: shop.accounts.paris,
      document_date,
      rate: { id: shop.rates.fr20, category: 'S', rate: '20' },
      ...named,
    })
  const issue = async (named: Partial<IssueRequest> = {}) =>
    (
      await issueInvoices(db, {
        by: { user_id: shop.user_id },
        organisation_ids: [shop.organisation_id],
        as_of: day,
        lacks: () => [],
        ...named,
      })
    ).outcomes
  const organisation = (change: object) =>
    db.updateTable('organisations').set(change).where('id', '=', shop.organisation_id).execute()
  return { ...base, shop, draft, issue, organisation }
}

/** `NUMBER DATE`, with `from DATE` and `late`; `waits DATE`; the codes of refusals; `gone NUMBER`. */
function told(outcome: IssueOutcome | undefined): string {
  if (outcome === undefined) return 'nothing'
  if (outcome.result === 'waits') return `waits ${outcome.issues_on}`
  if (outcome.result === 'refused') return outcome.refusals.map(({ code }) => code).join(' ')
  if (outcome.result === 'gone') return `gone ${outcome.number ?? ''}`
  const from = outcome.redated_from === null ? '' : ` from ${outcome.redated_from}`
  return `${outcome.number} ${outcome.document_date}${from}${outcome.kept_late ? ' late' : ''}`
}

const invoiceOf = (db: Database, id: string) =>
  db.selectFrom('invoices').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

async function checked(t: { same(a: unknown, b: unknown, name: string): unknown }, db: Database) {
  const problems: string[] = []
  for (const check of dataChecks) problems.push(...(await findProblems(db, check)))
  t.same(problems, [], 'check-data finds nothing')
}

t.test('many are numbered in order of date and order number, those redated last', async (t) => {
  const { db, ownerDb, shop, draft, issue } = await shopOf(t)
  const first = await draft('2026-04-01')
  t.same((await issue({ ids: [first] })).map(told), ['F-AN-2026-0001 2026-04-01'])

  const order = (number: string) =>
    makeRecurringOrder(db, shop, { number, recurrence: { start_date: '2027-01-01' } })
  const [ten, nine] = [await order('SO-10'), await order('SO-9')]
  const ids = [
    await draft('2026-04-03', { order_id: ten }),
    await draft('2026-04-03', { order_id: nine }),
    await draft('2026-04-02', { order_id: ten }),
    await draft('2026-03-20'),
    await draft('2025-12-31'),
    await draft('2026-04-30'),
    first,
    shop.term_id,
  ]
  const outcomes = new Map((await issue({ ids })).map((outcome) => [outcome.id, outcome]))
  t.same(
    ids.map((id) => told(outcomes.get(id))),
    [
      'F-AN-2026-0004 2026-04-03',
      'F-AN-2026-0003 2026-04-03',
      'F-AN-2026-0002 2026-04-02',
      'F-AN-2026-0005 2026-04-10 from 2026-03-20',
      'F-AN-2025-0001 2025-12-31',
      'waits 2026-04-30',
      'gone F-AN-2026-0001',
      'gone ',
    ],
  )
  const redated = await invoiceOf(db, ids[3] ?? '')
  t.match(redated, { redated_from: '2026-03-20', due_date: '2026-04-19' }, 'a typed due date stands')
  t.same(
    await db
      .selectFrom('number_series')
      .select(['year', 'format', 'next_number', 'last_date'])
      .where('kind', '=', 'invoice')
      .orderBy('year')
      .execute(),
    [
      { year: 2025, format: 'F-AN-{YYYY}-{number}', next_number: 2, last_date: '2025-12-31' },
      { year: 2026, format: 'F-AN-{YYYY}-{number}', next_number: 6, last_date: '2026-04-10' },
    ],
  )
  t.same((await issue({ ids: [ids[5] ?? ''], ahead: 'today' })).map(told), [
    'F-AN-2026-0006 2026-04-10 from 2026-04-30',
  ])
  await checked(t, ownerDb)
})

t.test('over several batches no date is moved because a later one was numbered before it', async (t) => {
  const { db, ownerDb, shop, draft } = await shopOf(t)
  await draft('2026-04-05', { issue_as: 'approved' })
  const marked = { by: { actor: 'test' }, organisation_ids: [shop.organisation_id], lacks: () => [] } as const
  await issueInvoices(db, { ...marked, as_of: day })
  const late = await draft('2026-04-04', {
    issue_as: 'approved',
    due_date: '2026-05-04',
    payment_term_id: shop.term_id,
  })
  await copyDraft(ownerDb, await draft('2026-04-05', { issue_as: 'approved', due_date: '2026-06-01' }), {
    copies: 1099,
    days: 6,
  })
  const seen: number[] = []
  const result = await issueInvoices(db, { ...marked, as_of: day, onProgress: (done) => seen.push(done) })
  t.same(result, { issued: 1101, outcomes: [] })
  t.same(seen, [499, 999, 1100, 1101], 'progress is told batch by batch, and the late one comes last')
  t.match(await invoiceOf(db, late), {
    number: 'F-AN-2026-1102',
    document_date: day,
    redated_from: '2026-04-04',
    due_date: '2026-05-10',
  })
  const { rows } = await sql<{
    moved: number
  }>`SELECT count(redated_from)::int AS moved FROM invoices`.execute(ownerDb)
  t.same(rows, [{ moved: 1 }])
  await checked(t, ownerDb)
})

t.test('an issued invoice keeps everything as it is at issue', async (t) => {
  const { db, ownerDb, shop, draft, issue, organisation } = await shopOf(t)
  await organisation({
    siren: '123456782',
    legal_form: 'SAS',
    iban: 'FR7630006000011234567890189',
    vat_on_debits: true,
    note_penalties: 'Penalties of 12 %.',
    note_indemnity: 'Indemnity of 40 €.',
    note_discount: 'No discount.',
  })
  await db
    .updateTable('accounts')
    .set({ siren: '552100554', legal_name: 'Chop-suey SARL', buyer_reference: 'SERVICE-7' })
    .where('id', '=', shop.accounts.paris)
    .execute()
  await db.updateTable('payment_terms').set({ text_fr: '30 jours' }).where('id', '=', shop.term_id).execute()
  const id = await draft('2026-04-01', { payment_term_id: shop.term_id })
  await db
    .insertInto('invoice_notes')
    .values({ invoice_id: id, position: 1, text: 'Already here.' })
    .execute()
  const facts: IssuingFacts[] = []
  await issue({
    ids: [id],
    lacks: (fact) => {
      facts.push(fact)
      return []
    },
  })
  t.match(await invoiceOf(db, id), {
    status: 'approved',
    version: 2,
    issued_by: shop.user_id,
    seller: { name: 'Atelier Nord SAS', siren: '123456782', iban: 'FR7630006000011234567890189' },
    buyer: { name: 'Chop-suey SARL', trade_name: 'Chop-suey Chinese', siren: '552100554', city: 'Paris' },
    buyer_reference: 'SERVICE-7',
    payment_term_text: '30 jours',
    vat_point_code: '5',
    billing_mode: 'S1',
    regime: 'business',
    open: '120.000',
  })
  t.match(facts, [
    {
      document_date: '2026-04-01',
      items: 1,
      has_services: true,
      taxes: [{ category: 'S' }],
      notes: { AAB: 'No discount.' },
    },
  ])
  const notes = await db
    .selectFrom('invoice_notes')
    .select(['subject_code', 'text'])
    .where('invoice_id', '=', id)
    .orderBy('position')
    .execute()
  t.same(notes, [
    { subject_code: '', text: 'Already here.' },
    { subject_code: 'PMD', text: 'Penalties of 12 %.' },
    { subject_code: 'PMT', text: 'Indemnity of 40 €.' },
    { subject_code: 'AAB', text: 'No discount.' },
  ])
  const abroad = await draft('2026-04-01', {
    account_id: shop.accounts.mannheim,
    rate: { id: shop.rates.eu_service, category: 'AE', rate: '0' },
    issue_as: 'sent',
  })
  await issue()
  t.match(await invoiceOf(db, abroad), { regime: 'abroad', status: 'approved', issue_as: null })
  t.match(
    await db.selectFrom('invoice_taxes').selectAll().where('invoice_id', '=', abroad).executeTakeFirst(),
    { exemption_text: 'Reverse charge', exemption_code: 'VATEX-EU-AE' },
    'a tax of 0 says why',
  )
  t.equal(
    (await sql`SELECT FROM unaddressed_invoices`.execute(ownerDb)).rows.length,
    1,
    'its mail is seen to',
  )
  await checked(t, ownerDb)
})

t.test('what lacks something stays a draft, with all reasons, and holds up nothing', async (t) => {
  const { db, draft, issue } = await shopOf(t)
  const [whole, lacking] = [await draft('2026-04-01'), await draft('2026-04-02', { subject: 'No' })]
  const message = { key: 'issuing.refused.busy' } as const
  const outcomes = await issue({
    ids: [whole, lacking],
    lacks: ({ document_date }) =>
      document_date === '2026-04-02'
        ? [
            { code: 'a', message },
            { code: 'b', message },
          ]
        : [],
  })
  t.same(outcomes.map(told), ['F-AN-2026-0001 2026-04-01', 'a b'])
  t.match(await invoiceOf(db, lacking), { status: 'created', number: null, version: 1 })
})

t.test('each kind has its series, recurring invoices theirs as the organisation wants', async (t) => {
  const { db, ownerDb, shop, draft, issue, organisation } = await shopOf(t)
  const order = await makeRecurringOrder(db, shop, {
    recurrence: { start_date: '2026-01-15', initial_invoice_status: 'approved' },
  })
  await runOn(db, '2026-02-20')
  await issue()
  await organisation({ recurring_series: false })
  await runOn(db, '2026-03-20')
  await issue()
  const deposit = await draft('2026-03-01', { kind: 'deposit' })
  t.same((await issue({ ids: [deposit] })).map(told), ['F-AN-2026-0002 2026-03-01'])
  const numbers = await db
    .selectFrom('invoices')
    .select(['number', 'document_date'])
    .where('order_id', '=', order)
    .orderBy('document_date')
    .execute()
  t.same(numbers, [
    { number: 'R-AN-2026-0001', document_date: '2026-01-01' },
    { number: 'R-AN-2026-0002', document_date: '2026-02-01' },
    { number: 'F-AN-2026-0001', document_date: '2026-03-01' },
  ])
  await checked(t, ownerDb)
})

t.test(
  'a new year goes on in the former year’s format, and a first number is a setting until it is used',
  async (t) => {
    const { db, ownerDb, shop, draft, issue } = await shopOf(t)
    await db
      .insertInto('number_series')
      .values({
        organisation_id: shop.organisation_id,
        kind: 'invoice',
        year: 2025,
        format: 'FA{YYYY}/{number}',
        next_number: 240,
      })
      .execute()
    const ids = [await draft('2025-12-31'), await draft('2026-01-01')]
    t.same((await issue({ ids })).map(told), ['FA2025/0240 2025-12-31', 'FA2026/0001 2026-01-01'])
    await checked(t, ownerDb)
    for (const change of [
      { format: 'X{YYYY}/{number}' },
      { next_number: 240 },
      { last_date: null },
      { last_date: '2025-12-30' },
      { year: 2024 },
    ])
      await t.rejects(
        ownerDb.updateTable('number_series').set(change).where('year', '=', 2025).execute(),
        /series of 2025 is used/,
        JSON.stringify(change),
      )
    await t.rejects(ownerDb.deleteFrom('number_series').execute(), /series of 2025 is used/)
    await t.rejects(sql`TRUNCATE number_series`.execute(ownerDb))
  },
)

t.test('a foreign currency takes the rate of the day, and waits where there is none', async (t) => {
  const { db, ownerDb, draft, issue } = await shopOf(t)
  const id = await draft('2026-04-01', { currency: 'USD', issue_as: 'approved', unit_price: '99.99' })
  t.same((await issue()).map(told), ['exchange_rate_missing'])
  await db
    .insertInto('exchange_rates')
    .values([
      { from_currency: 'USD', to_currency: 'EUR', rate_date: '2026-03-24', rate: '0.5', created_by: null },
      { from_currency: 'USD', to_currency: 'EUR', rate_date: '2026-04-02', rate: '0.6', created_by: null },
    ])
    .execute()
  t.same(
    (await issue()).map(told),
    ['exchange_rate_missing'],
    'eight days are too old, a later day says nothing',
  )
  await db
    .insertInto('exchange_rates')
    .values({
      from_currency: 'USD',
      to_currency: 'EUR',
      rate_date: '2026-03-25',
      rate: '0.912345678',
      created_by: null,
    })
    .execute()
  t.same(await issue(), [])
  t.match(await invoiceOf(db, id), {
    tax: '20.000',
    vat_currency: 'EUR',
    vat_currency_tax: '18.250',
    exchange_rate: '0.912345678',
  })
  await checked(t, ownerDb)
})

t.test(
  'an ended rate gives way to its successor on the date of issue; credit notes keep theirs',
  async (t) => {
    const { db, ownerDb, shop, draft, issue } = await shopOf(t)
    const { id: next } = await db
      .insertInto('tax_rates')
      .values({ code: 'FR-21', name: 'VAT 21 %', category: 'S', rate: '21', valid_from: '2026-04-05' })
      .returning('id')
      .executeTakeFirstOrThrow()
    const end = (successor_id: string | null) =>
      db
        .updateTable('tax_rates')
        .set({ valid_to: '2026-04-04', successor_id })
        .where('id', '=', shop.rates.fr20)
        .execute()
    await end(null)
    const [before, after, soon] = [
      await draft('2026-04-04'),
      await draft('2026-04-05'),
      await draft('2026-04-04', { rate: { id: next, category: 'S', rate: '21' } }),
    ]
    t.same((await issue({ ids: [before, after, soon] })).map(told), [
      'F-AN-2026-0001 2026-04-04',
      'tax_rate_ahead',
      'tax_rate_ended',
    ])
    await end(next)
    const redated = await draft('2026-04-01')
    t.same((await issue({ ids: [after, redated] })).map(told), [
      'F-AN-2026-0003 2026-04-10 from 2026-04-01',
      'F-AN-2026-0002 2026-04-05',
    ])
    for (const id of [after, redated]) {
      t.match(await invoiceOf(db, id), { net: '100.000', tax: '21.000', gross: '121.000', due: '121.000' })
      t.match(await db.selectFrom('invoice_notes').selectAll().where('invoice_id', '=', id).execute(), [
        { text: /VAT 21/ },
      ])
    }
    const credit = await db.transaction().execute(async (trx) => {
      const id = await makeDraftWithin(trx, {
        organisation_id: shop.organisation_id,
        account_id: shop.accounts.paris,
        kind: 'credit_note',
        document_date: day,
        rate: { id: shop.rates.fr20, category: 'S', rate: '20' },
        line: { quantity: '-1' },
      })
      await sql`INSERT INTO invoice_references (invoice_id, preceding_invoice_id, number, document_date)
      VALUES (${id}, ${before}, 'F-AN-2026-0001', '2026-04-04')`.execute(trx)
      await trx.updateTable('invoices').set({ credited: '120' }).where('id', '=', before).execute()
      const { outcomes } = await issueWithin(trx, {
        by: { user_id: shop.user_id },
        organisation_id: shop.organisation_id,
        ids: [id],
        marked: false,
        today: day,
        ahead: 'wait',
        lacks: () => [],
      })
      return outcomes.map(told)
    })
    t.same(credit, ['A-AN-2026-0001 2026-04-10'])
    await checked(t, ownerDb)
  },
)

t.test('an order’s progress follows its documents', async (t) => {
  const { db, shop, draft, issue } = await shopOf(t)
  const order = await makeRecurringOrder(db, shop, {
    lines: [{ unit_price: '10', quantity: '8' }],
    recurrence: { start_date: '2027-01-01' },
  })
  const line = await db
    .selectFrom('customer_order_lines')
    .select('id')
    .where('order_id', '=', order)
    .executeTakeFirstOrThrow()
  const progress = async () => {
    const { drafted_quantity, invoiced_quantity } = await db
      .selectFrom('customer_order_lines')
      .selectAll()
      .where('id', '=', line.id)
      .executeTakeFirstOrThrow()
    return [drafted_quantity, invoiced_quantity].map(Number)
  }
  const part = (part: { part_quantity: string } | { part_share: string }, named: Partial<NewDraft> = {}) =>
    draft('2026-04-01', {
      order_id: order,
      unit_price: '10',
      line: { order_line_id: line.id, ...part },
      ...named,
    })
  const quantity = await part({ part_quantity: '2.5' })
  await part({ part_share: '0.25' })
  await db.transaction().execute((trx) => moveProgress(trx, [order]))
  t.same(await progress(), [4.5, 0])
  await issue({ ids: [quantity] })
  t.same(await progress(), [2, 2.5], 'issuing moves it from drafted to invoiced')
})

t.test('whatever is issued, on whatever days, the series stay without gap and in order', async (t) => {
  const { db, ownerDb, draft, organisation, shop } = await shopOf(t)
  const date = fc.integer({ min: 0, max: 500 }).map((days) => addDays('2025-06-01', days))
  const step = fc.record({
    drafts: fc.array(date, { minLength: 1, maxLength: 6 }),
    later: fc.integer({ min: 0, max: 20 }),
    late_dates: fc.constantFrom('redate', 'keep'),
    closing: fc.option(fc.integer({ min: 0, max: 10 }), { freq: 4 }),
    recurring_series: fc.boolean(),
    lacking: fc.integer({ min: 2, max: 9 }),
  })
  let [today, closed] = ['2026-01-01', '2025-06-30']
  for (const { drafts, later, late_dates, closing, recurring_series, lacking } of fc.sample(step, {
    numRuns: 40,
    seed: 7,
  })) {
    today = addDays(today, later)
    if (closing !== null) closed = laterOf(closed, addDays(today, -90 + 8 * closing))
    await organisation({ late_dates, recurring_series, closing_date: closed })
    for (const document_date of drafts)
      await draft(document_date, { issue_as: 'approved', due_date: '2027-06-01' })
    let asked = 0
    const dates: string[] = []
    const { outcomes } = await issueInvoices(db, {
      by: { actor: 'test' },
      organisation_ids: [shop.organisation_id],
      as_of: today,
      lacks: () => {
        asked += 1
        return asked % lacking === 0 ? [{ code: 'lack', message: { key: 'issuing.refused.busy' } }] : []
      },
      settle: async (_, outcomes) => {
        for (const outcome of outcomes) if (outcome.result === 'issued') dates.push(outcome.document_date)
      },
    })
    t.ok(outcomes.every((outcome) => told(outcome) === 'lack'))
    t.ok(
      dates.every((each) => each <= today && each > closed),
      'nothing is dated ahead of its issue, or into a closed period',
    )
  }
  const { rows } = await sql<{ issued: number; moved: number; kept: number }>`
    SELECT count(*)::int AS issued, count(redated_from)::int AS moved, count(*) FILTER (WHERE kept_late)::int AS kept
    FROM invoices WHERE issued_at IS NOT NULL`.execute(ownerDb)
  const [{ issued, moved, kept } = { issued: 0, moved: 0, kept: 0 }] = rows
  t.ok(issued > 60 && moved > 5 && kept > 5, `${issued} issued, ${moved} moved, ${kept} kept late`)
  await checked(t, ownerDb)
})
