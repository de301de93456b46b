import { fail } from 'node:assert'
import fc from 'fast-check'
import t from 'tap'
import type { Database } from '../../../src/data/database.ts'
import { findStoredInvoice, type Invoice } from '../../../src/data/invoices.ts'
import { InvalidForm } from '../../../src/errors.ts'
import type { DraftInput } from '../../../src/services/invoices/draft-form.ts'
import { DraftConflict, saveDraft } from '../../../src/services/invoices/save-draft.ts'
import { linesOf } from '../../../src/services/orders/document-lines.ts'
import { testDatabase } from '../../support/database.ts'
import { draftInput, issueDirectly, lineInput } from '../../support/invoices.ts'
import { invoicesOf, runOn } from '../../support/runs.ts'
import { makeRecurringOrder, makeShop, type Shop } from '../../support/shop.ts'

async function shopWithDraft(t: { teardown(end: () => unknown): unknown }) {
  const { db, ownerDb } = await testDatabase(t)
  const shop = await makeShop(db)
  const order = await makeRecurringOrder(db, shop, {
    lines: [
      { description: 'Hosting', quantity: '2', unit_price: '50' },
      { description: 'Tea', quantity: '3', unit_price: '18', tax_rate_id: shop.rates.fr55 },
    ],
    recurrence: { start_date: '2026-03-31' },
  })
  await runOn(db, '2026-03-31')
  const [draft] = await invoicesOf(db, order)
  if (draft === undefined) throw new Error('The run made no draft')
  const user = { id: shop.user_id, organisation_ids: [shop.organisation_id] }
  const save = (named: Partial<DraftInput>, version: number | null = null, by = user) =>
    saveDraft(db, by, draft.id, { input: draftInput(named), version })
  return { db, ownerDb, shop, order, id: draft.id, user, save }
}

async function stored(db: Database, shop: Shop, id: string): Promise<Invoice> {
  return (await findStoredInvoice(db, id, [shop.organisation_id])) ?? fail('no invoice')
}

async function mistakesOf(saving: Promise<void>): Promise<string[]> {
  try {
    await saving
    return []
  } catch (error) {
    if (!(error instanceof InvalidForm)) throw error
    return error.errors.map(({ field, message }) => `${field} ${message.key}`)
  }
}

t.test('a draft takes other lines, and its totals and taxes are those of the lines', async (t) => {
  const { db, shop, id, save } = await shopWithDraft(t)
  const before = await stored(db, shop, id)
  t.match(before, { net: '154.000', tax: '22.970', gross: '176.970' })
  const [hosting, tea] = linesOf(before)
  if (hosting === undefined || tea === undefined) return t.fail('two lines')
  await save({
    subject: 'March, as agreed',
    customer_order_number: 'PO-7',
    lines: [
      { ...tea, index: 0, number: 1 },
      lineInput(1, { kind: 'section', description: 'Extras', quantity: null, unit_price: null }),
      lineInput(2, { description: 'Goodwill', quantity: '2', unit_price: '-9.80', discount_percent: '10' }),
      { ...hosting, index: 3, number: 4, quantity: '1.5' },
    ],
  })
  const after = await stored(db, shop, id)
  t.match(after, {
    subject: 'March, as agreed',
    customer_order_number: 'PO-7',
    net: '111.360',
    tax: '14.440',
    gross: '125.800',
    due: '125.800',
    version: before.version + 1,
    updated_by: shop.user_id,
    status: 'automatically_created',
  })
  t.same(
    after.lines.map((line) => [line.position, line.description, line.quantity, line.unit_price, line.net]),
    [
      [1, 'Tea', '3.000000', '18.000000', '54.000'],
      [2, 'Extras', null, null, null],
      // The price is never negative: its sign stands before the quantity.
      [3, 'Goodwill', '-2.000000', '9.800000', '-17.640'],
      [4, 'Hosting', '1.500000', '50.000000', '75.000'],
    ],
  )
  t.equal(
    after.lines[0]?.order_line_id,
    before.lines[1]?.order_line_id,
    'a kept line still bills its order line',
  )
  t.same(
    after.taxes.map((tax) => [tax.rate, tax.base, tax.amount]),
    [
      ['5.5000', '54.000', '2.970'],
      ['20.0000', '57.360', '11.470'],
    ],
  )
})

t.test('whatever lines a draft takes, the database finds its sums in order', async (t) => {
  const { db, shop, id, save } = await shopWithDraft(t)
  const figure = (max: number, decimals: number) =>
    fc.integer({ min: 1, max }).map((n) => (n / 10 ** decimals).toFixed(decimals))
  const line = fc.record({
    quantity: figure(90_000, 3),
    unit_price: figure(5_000_000, 4),
    discount_percent: fc.option(figure(10_000, 2)),
    tax_rate_id: fc.constantFrom(shop.rates.fr20, shop.rates.fr55),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 12 }), async (lines) => {
      await save({ lines: lines.map((each, index) => lineInput(index, each)) })
      const { net, tax, gross, taxes } = await stored(db, shop, id)
      const bases = taxes.reduce((sum, { base }) => sum + BigInt(base.replace('.', '')), 0n)
      t.equal(bases, BigInt(net.replace('.', '')))
      t.equal(BigInt(net.replace('.', '')) + BigInt(tax.replace('.', '')), BigInt(gross.replace('.', '')))
    }),
    { numRuns: 25 },
  )
})

t.test('the due date follows the term and the document date unless it is typed', async (t) => {
  const { db, shop, id, save } = await shopWithDraft(t)
  const term = await db
    .insertInto('payment_terms')
    .values({
      code: '45EOM',
      name: '45 days end of month',
      days: 45,
      end_of_month: 'after',
      text_fr: 'À 45 jours fin de mois',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await save({ document_date: '2026-03-10' })
  t.match(await stored(db, shop, id), { document_date: '2026-03-10', due_date: '2026-04-09' })
  await save({ due_date: '2026-05-05' })
  t.match(await stored(db, shop, id), { due_date: '2026-05-05' })
  await save({ subject: 'Another subject' })
  t.match(await stored(db, shop, id), { due_date: '2026-05-05' }, 'a typed date stays')
  await save({ payment_term_id: term.id })
  t.match(
    await stored(db, shop, id),
    { due_date: '2026-04-30', payment_term_text: 'À 45 jours fin de mois' },
    'another term gives another date, and its text in the customer’s language',
  )
  await save({ payment_term_id: null, due_date: '2026-03-10' })
  t.match(await stored(db, shop, id), {
    due_date: '2026-03-10',
    payment_term_id: null,
    payment_term_text: '',
  })
  t.same(await mistakesOf(save({ due_date: '2026-03-09' })), ['due_date invoices.due_date.early'])
  t.same(await mistakesOf(save({ due_date: null })), ['due_date invoices.due_date.missing'])
})

t.test('all mistakes are named at once, and nothing is written', async (t) => {
  const { db, shop, id, save } = await shopWithDraft(t)
  const foreign = await db
    .insertInto('contacts')
    .values({ account_id: shop.accounts.mannheim, name: 'Somebody else' })
    .returning('id')
    .executeTakeFirstOrThrow()
  t.same(
    await mistakesOf(
      save({
        contact_id: foreign.id,
        payment_term_id: '01990000-0000-7000-8000-000000000000',
        due_date: '2020-01-01',
        lines: [lineInput(0, { quantity: null }), lineInput(4, { number: 2, discount_percent: '101' })],
      }),
    ),
    [
      'contact_id invoices.contact.elsewhere',
      'payment_term_id invoices.payment_term.unknown',
      'due_date invoices.due_date.early',
      'lines[0][quantity] order_form.line.quantity',
      'lines[4][discount_percent] order_form.line.discount',
    ],
  )
  t.same(await mistakesOf(save({ lines: [] })), ['lines invoices.lines.missing'])
  t.same(await mistakesOf(save({ lines: [lineInput(0, { quantity: '-1' })] })), [
    'lines invoices.lines.below_zero',
  ])
  t.match(await stored(db, shop, id), { version: 1, gross: '176.970' })
})

t.test('a rate that ended by the new document date gives way to its successor', async (t) => {
  const { db, shop, id, save } = await shopWithDraft(t)
  const next = await db
    .insertInto('tax_rates')
    .values({ code: 'FR-21', name: 'VAT 21 %', category: 'S', rate: '21', valid_from: '2026-04-01' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .updateTable('tax_rates')
    .set({ valid_to: '2026-03-31', successor_id: next.id })
    .where('id', '=', shop.rates.fr20)
    .execute()
  await save({ document_date: '2026-04-02' })
  const after = await stored(db, shop, id)
  t.same(
    after.taxes.map((tax) => [tax.rate, tax.amount]),
    [
      ['5.5000', '2.970'],
      ['21.0000', '21.000'],
    ],
  )
  t.match(after, { gross: '177.970' })
})

t.test('an issued invoice is refused, and so is one of another organisation', async (t) => {
  const { db, shop, id, save } = await shopWithDraft(t)
  const elsewhere = { id: shop.admin_id, organisation_ids: [shop.other_organisation_id] }
  await t.rejects(save({ subject: 'Mine now' }, null, elsewhere), { name: 'NotFound' })
  await issueDirectly(db, id, { number: 'FA-2026-0001' })
  await t.rejects(save({ subject: 'Too late' }), { name: 'Refused', refusals: [{ code: 'invoice_issued' }] })
})

t.test(
  'two people editing: what only one changed is merged, the rest is asked, nothing is lost',
  async (t) => {
    const { db, shop, id, save } = await shopWithDraft(t)
    const anna = { id: shop.admin_id, organisation_ids: [shop.organisation_id] }
    const before = await stored(db, shop, id)
    const [hosting, tea] = linesOf(before)
    if (hosting === undefined || tea === undefined) return t.fail('two lines')
    await save(
      { subject: 'Hers', customer_order_number: 'PO-1', lines: [{ ...hosting, quantity: '4' }, tea] },
      1,
      anna,
    )
    const late = save({ subject: 'His', lines: [hosting, { ...tea, unit_price: '20' }] }, 1)
    const conflict = await late.then(
      () => undefined,
      (error: unknown) => error,
    )
    if (!(conflict instanceof DraftConflict)) return t.fail('a conflict')
    t.match(conflict, { version: 2, saved: { by: 'Anna Kern' } })
    t.same(conflict.merge.conflicts, ['subject'])
    t.match(conflict.merge.content.header, { subject: 'His' })
    t.same(
      conflict.merge.content.lines.map((line) => [line.quantity, line.unit_price]),
      [
        ['4', '50'],
        ['3', '20'],
      ],
      'her quantity and his price',
    )
    t.match(await stored(db, shop, id), { subject: 'Hers', version: 2 })
    await save({ subject: 'Hers', customer_order_number: 'PO-1' }, 1)
    t.match(await stored(db, shop, id), { version: 2 }, 'saying the same again is no conflict')
  },
)

t.test('where a version has no record, everything that differs is asked', async (t) => {
  const { db, shop, id, save } = await shopWithDraft(t)
  const [hosting] = linesOf(await stored(db, shop, id))
  if (hosting === undefined) return t.fail('a line')
  await db.updateTable('invoices').set({ subject: 'By hand', version: 2 }).where('id', '=', id).execute()
  const conflict = await save({ subject: 'Mine', lines: [{ ...hosting, quantity: '9' }] }, 1).then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(conflict instanceof DraftConflict)) return t.fail('a conflict')
  t.same(conflict.merge.conflicts, ['subject'])
  t.match(conflict.merge.content, { header: { subject: 'Mine' }, lines: [{ quantity: '9' }] })
  t.same(
    conflict.merge.lines.conflicts.map(({ place, theirs, mine }) => [place.kind, theirs, mine]),
    [
      ['line_field', '2', '9'],
      ['line', 'Tea', undefined],
    ],
  )
})

t.test('two people saving at the same moment: one is second, and is told', async (t) => {
  const { db, shop, id, save } = await shopWithDraft(t)
  const both = await Promise.allSettled([save({ subject: 'One' }, 1), save({ subject: 'Two' }, 1)])
  t.same(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
  t.match(await stored(db, shop, id), { version: 2 })
})
