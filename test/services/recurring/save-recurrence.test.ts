import t from 'tap'
import type { Database } from '../../../src/data/database.ts'
import { findRecurrence, findRecurringOrder } from '../../../src/data/recurrences.ts'
import { InvalidForm, NotFound, Refused, SavedByAnother } from '../../../src/errors.ts'
import { Fields } from '../../../src/lib/fields.ts'
import { parseRecurrence, presetValues, valuesOf } from '../../../src/services/recurring/recurrence-form.ts'
import { outlookOf } from '../../../src/services/recurring/recurrence-outlook.ts'
import { saveRecurrence } from '../../../src/services/recurring/save-recurrence.ts'
import { testDatabase } from '../../support/database.ts'
import { insertOrder } from '../../support/documents.ts'
import { invoicesOf, nextRunDateOf, occurrencesOf, runOn } from '../../support/runs.ts'
import { makeShop, type Shop } from '../../support/shop.ts'

const noon = (date: string) => new Date(`${date}T12:00:00Z`)

/** Fills in the form as it is on a day and saves it, as the order's page does. */
async function save(db: Database, shop: Shop, orderId: string, typed: Record<string, string>, on: string) {
  const now = noon(on)
  const form = await formOf(db, shop, orderId, typed, on)
  const viewer = { id: shop.user_id, organisation_ids: [shop.organisation_id] }
  return saveRecurrence(db, viewer, orderId, form, now)
}

async function formOf(db: Database, shop: Shop, orderId: string, typed: Record<string, string>, on: string) {
  const order = await findRecurringOrder(db, orderId, [shop.organisation_id])
  if (order === undefined) throw new Error('No such order')
  const saved = await findRecurrence(db, orderId)
  const values = saved === undefined ? presetValues(order, on) : valuesOf(saved)
  const parsed = parseRecurrence(new Fields(Object.entries({ ...values, ...typed })), values)
  if (!parsed.ok) throw new InvalidForm(parsed.errors)
  return parsed.value
}

const mistakesOf = async (saving: Promise<unknown>) => {
  try {
    await saving
  } catch (error) {
    if (error instanceof InvalidForm) return error.errors
    throw error
  }
  return []
}

t.test(
  'the first visit proposes a monthly recurrence from today, with the organisation’s term',
  async (t) => {
    const { db } = await testDatabase(t)
    const shop = await makeShop(db)
    const order = await insertOrder(db, shop)
    await save(db, shop, order, {}, '2026-03-10')
    t.match(await findRecurrence(db, order), {
      enabled: true,
      frequency: 'monthly',
      start_date: '2026-03-10',
      bill_from: '2026-03-10',
      end_date: null,
      payment_term_id: shop.term_id,
      initial_invoice_status: 'created',
      invoice_subject: 'Maintenance 2026 {MMM} {YYYY}',
      document_date_preference: 'date_created',
      service_period: 'calendar',
      next_run_date: '2026-03-10',
      version: 1,
    })
    const audit = await db
      .selectFrom('audit_entries')
      .selectAll()
      .where('subject_type', '=', 'recurrence')
      .executeTakeFirstOrThrow()
    t.match(audit, {
      action: 'created',
      subject_id: order,
      changes: { frequency: { from: null, to: 'monthly' } },
    })
  },
)

t.test('what the preview foresees is what the next run makes', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const order = await insertOrder(db, shop)
  const typed = { start_date: '2026-01-31', document_date_preference: 'last_day_current_period' }
  const subject = await findRecurringOrder(db, order, [shop.organisation_id])
  if (subject === undefined) throw new Error('No such order')
  const outlook = await outlookOf(
    db,
    subject,
    undefined,
    await formOf(db, shop, order, typed, '2026-05-15'),
    noon('2026-05-15'),
  )
  if (!('foresight' in outlook)) throw new Error('No outlook')
  const { missed } = outlook.foresight
  await save(db, shop, order, typed, '2026-05-15')
  t.match(await runOn(db, noon('2026-05-15')), { due: missed.count, invoices: missed.count })
  const made = await invoicesOf(db, order)
  t.strictSame(
    made.map((i) => [i.document_date, i.due_date, i.subject, i.period_start, i.service_start, i.net]),
    missed.listed.map((row) => [
      row.document_date,
      row.due_date,
      row.subject,
      row.period_start,
      row.service_start,
      '254.000',
    ]),
  )
  t.equal(missed.sum, '1016.00')
})

t.test('changing the start moves only the periods that have no row yet', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const order = await insertOrder(db, shop)
  await save(db, shop, order, { start_date: '2026-01-31' }, '2026-03-05')
  await runOn(db, '2026-03-05')
  t.same(await occurrencesOf(db, order), ['2026-01-31 invoiced', '2026-02-28 invoiced'])
  await save(db, shop, order, { start_date: '2026-01-15' }, '2026-03-05')
  t.equal(await nextRunDateOf(db, order), '2026-03-15', 'January and February stay billed once')
  await runOn(db, '2026-03-20')
  t.same(await occurrencesOf(db, order), [
    '2026-01-31 invoiced',
    '2026-02-28 invoiced',
    '2026-03-15 invoiced',
  ])
})

t.test(
  'a new frequency whose period is billed already is held by the run, as the preview said',
  async (t) => {
    const { db } = await testDatabase(t)
    const shop = await makeShop(db)
    const order = await insertOrder(db, shop)
    await save(db, shop, order, { start_date: '2026-01-31' }, '2026-02-10')
    await runOn(db, '2026-02-10')
    const subject = await findRecurringOrder(db, order, [shop.organisation_id])
    const saved = await findRecurrence(db, order)
    if (subject === undefined) throw new Error('No such order')
    const typed = { frequency: 'quarterly' }
    const form = await formOf(db, shop, order, typed, '2026-02-10')
    const outlook = await outlookOf(db, subject, saved, form, noon('2026-02-10'))
    if (!('foresight' in outlook)) throw new Error('No outlook')
    t.match(outlook.foresight.held, { count: 1, listed: [{ outcome: 'overlap' }] })
    t.equal(outlook.foresight.missed.count, 0)
    await save(db, shop, order, typed, '2026-02-10')
    t.equal(await nextRunDateOf(db, order), '2026-01-31')
    await runOn(db, '2026-05-10')
    t.same((await occurrencesOf(db, order)).toSorted(), [
      '2026-01-31 held overlap',
      '2026-01-31 invoiced',
      '2026-04-30 invoiced',
    ])
  },
)

t.test('paused periods become skipped by default, and are billed where that is asked for', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  for (const bill_paused of ['', 'on']) {
    const order = await insertOrder(db, shop, `SO-2026-000${bill_paused === '' ? 1 : 2}`)
    await save(db, shop, order, { start_date: '2026-01-31' }, '2026-03-05')
    await runOn(db, '2026-03-05')
    t.match(await save(db, shop, order, { enabled: '' }, '2026-03-06'), {
      enabled: false,
      next_run_date: null,
    })
    t.match(await findRecurrence(db, order), { enabled: false, disabled_at: /^2026-03-06T12/ })
    await runOn(db, '2026-05-20')
    t.equal((await occurrencesOf(db, order)).length, 2, 'nothing is billed while it is off')
    const back = await save(db, shop, order, { enabled: 'on', bill_paused }, '2026-05-20')
    t.match(back, bill_paused === '' ? { paused: 2, next_run_date: '2026-05-31' } : { paused: 0 })
    await runOn(db, '2026-05-31')
    const became = bill_paused === '' ? 'skipped paused' : 'invoiced'
    t.same(await occurrencesOf(db, order), [
      '2026-01-31 invoiced',
      '2026-02-28 invoiced',
      `2026-03-31 ${became}`,
      `2026-04-30 ${became}`,
      '2026-05-31 invoiced',
    ])
    t.match(await findRecurrence(db, order), { disabled_at: null })
  }
})

t.test('a pause of decades is skipped in one go', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const order = await insertOrder(db, shop)
  const daily = { enabled: '', frequency: 'daily', start_date: '1950-01-01' }
  await save(db, shop, order, daily, '2026-03-05')
  const began = performance.now()
  t.match(await save(db, shop, order, { enabled: 'on' }, '2026-03-05'), {
    paused: 27_822,
    next_run_date: '2026-03-05',
  })
  t.ok(performance.now() - began < 10_000)
})

t.test('bill from keeps the dates and leaves out what lies before', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const order = await insertOrder(db, shop)
  await save(db, shop, order, { start_date: '2019-01-31', bill_from: '2026-03-01' }, '2026-04-02')
  t.equal(await nextRunDateOf(db, order), '2026-03-31')
  await runOn(db, '2026-04-30')
  t.same(await occurrencesOf(db, order), ['2026-03-31 invoiced', '2026-04-30 invoiced'])
})

t.test('more than twelve missed periods want a word of their own, with count and sum', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const order = await insertOrder(db, shop)
  const typed = { start_date: '2016-01-31' }
  t.match(await mistakesOf(save(db, shop, order, typed, '2026-03-05')), [
    {
      field: 'confirm_catch_up',
      message: {
        key: 'recurrence.confirm_catch_up.missing',
        params: { count: 122, sum_money: '30988.00 EUR' },
      },
    },
  ])
  t.equal(await findRecurrence(db, order), undefined)
  await save(db, shop, order, { ...typed, confirm_catch_up: 'on' }, '2026-03-05')
  t.match(await runOn(db, '2026-03-05'), { invoices: 122 })
})

t.test('a finalized order’s recurrence changes, a cancelled order’s does not', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const order = await insertOrder(db, shop)
  await db
    .updateTable('customer_orders')
    .set({ finalized_at: '2026-02-01T00:00:00Z', finalized_by: shop.user_id })
    .where('id', '=', order)
    .execute()
  await save(db, shop, order, { start_date: '2026-03-31' }, '2026-03-05')
  await save(db, shop, order, { frequency: 'annual' }, '2026-03-05')
  t.match(await findRecurrence(db, order), {
    frequency: 'annual',
    service_period: 'from_run_date',
    version: 2,
  })
  await db
    .updateTable('customer_orders')
    .set({ status: 'cancelled', status_before_cancel: 'created' })
    .where('id', '=', order)
    .execute()
  await t.rejects(save(db, shop, order, { end_date: '2027-12-31' }, '2026-03-05'), Refused)
})

t.test('an end leaves no run after it, and without one left there is no next run', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const order = await insertOrder(db, shop)
  await save(db, shop, order, { start_date: '2026-01-31', end_date: '2026-02-28' }, '2026-03-05')
  await runOn(db, '2026-03-05')
  t.same(await occurrencesOf(db, order), ['2026-01-31 invoiced', '2026-02-28 invoiced'])
  t.equal(await nextRunDateOf(db, order), null)
  await save(db, shop, order, { end_date: '2026-03-31' }, '2026-03-05')
  t.equal(await nextRunDateOf(db, order), '2026-03-31')
  await save(db, shop, order, { end_date: '2026-02-28' }, '2026-03-05')
  t.equal(await nextRunDateOf(db, order), null)
})

t.test('each organisation has its own day', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const order = await insertOrder(db, shop)
  await db.updateTable('organisations').set({ time_zone: 'Pacific/Auckland' }).execute()
  // 11:30 on 28 February in London is half past midnight on 1 March in Auckland.
  const form = await formOf(db, shop, order, { start_date: '2026-02-28' }, '2026-02-28')
  const subject = await findRecurringOrder(db, order, [shop.organisation_id])
  if (subject === undefined) throw new Error('No such order')
  const outlook = await outlookOf(db, subject, undefined, form, new Date('2026-02-28T11:30:00Z'))
  if (!('foresight' in outlook)) throw new Error('No outlook')
  t.equal(outlook.circumstances.today, '2026-03-01')
  t.equal(outlook.foresight.missed.count, 1)
})

t.test('every mistake has its field', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const order = await insertOrder(db, shop)
  const wrong = async (typed: Record<string, string>) =>
    (await mistakesOf(save(db, shop, order, typed, '2026-03-05'))).map(
      ({ field, message }) => `${field} ${message.key}`,
    )
  t.same(await wrong({ start_date: '' }), ['start_date recurrence.start_date.missing'])
  t.same(await wrong({ end_date: '2026-03-01' }), ['end_date rules.end_before_start'])
  t.same(await wrong({ frequency: 'weekly', last_day: 'on' }), ['last_day rules.last_day_needs_months'])
  t.same(await wrong({ frequency: 'hourly' }), ['frequency form.choice.unknown'])
  t.same(await wrong({ invoice_subject: '{MOIS}' }), ['invoice_subject rules.subject.unknown_variable'])
  t.same(await wrong({ invoice_subject: ' ' }), ['invoice_subject rules.subject.missing'])
  t.same(await wrong({ recipients: 'a@b.test, nobody' }), ['recipients form.email.wrong'])
  t.same(await wrong({ usage_scope: 'invoice_period' }), ['usage_scope recurrence.usage.not_billed'])
  t.same(await wrong({ usage_aggregation: 'month' }), ['usage_aggregation recurrence.usage.not_billed'])
  t.same(await wrong({ bill_parent: 'on' }), ['bill_parent recurrence.bill_parent.not_billed'])
  t.same(await wrong({ payment_term_id: shop.user_id }), ['payment_term_id form.reference.unknown'])
  const elsewhere = await db
    .insertInto('users')
    .values({
      email: 'x@shop.test',
      name: 'Xaver Ott',
      role: 'user',
      organisation_id: shop.other_organisation_id,
    })
    .returning('id')
    .executeTakeFirst()
    .catch(() => undefined)
  if (elsewhere !== undefined)
    t.same(await wrong({ responsible_id: elsewhere.id }), ['responsible_id recurrence.responsible.elsewhere'])
  t.same(await wrong({ responsible_id: shop.products.chai }), [
    'responsible_id recurrence.responsible.elsewhere',
  ])
  await db.updateTable('organisations').set({ default_payment_term_id: null }).execute()
  t.same(await wrong({}), ['payment_term_id recurrence.payment_term.missing'])
  t.equal(await findRecurrence(db, order), undefined)
})

t.test('a field that is not sent keeps its value, a box that is not sent is off', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const order = await insertOrder(db, shop)
  await save(db, shop, order, { recipients: 'a@b.test', last_day: 'on' }, '2026-03-05')
  const saved = await findRecurrence(db, order)
  if (saved === undefined) throw new Error('Not saved')
  const parsed = parseRecurrence(new Fields([['end_date', '2027-01-31']]), valuesOf(saved))
  t.match(parsed, {
    ok: true,
    value: {
      enabled: false,
      last_day: false,
      recipients: ['a@b.test'],
      end_date: '2027-01-31',
      version: null,
    },
  })
})

t.test('a save over somebody else’s is told what they changed', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const order = await insertOrder(db, shop)
  await save(db, shop, order, {}, '2026-03-05')
  await save(db, shop, order, { frequency: 'quarterly' }, '2026-03-05')
  const error = await save(db, shop, order, { version: '1', end_date: '2027-01-31' }, '2026-03-05').catch(
    (caught: unknown) => caught,
  )
  if (!(error instanceof SavedByAnother)) throw error
  t.match(error.conflict, { version: 2, by: 'Ute Weber' })
  t.match(error.conflict.changes, [{ field: 'frequency', from: 'monthly', to: 'quarterly' }])
  t.match(await findRecurrence(db, order), { frequency: 'quarterly', end_date: null, version: 2 })
  await save(db, shop, order, { version: '2', end_date: '2027-01-31' }, '2026-03-05')
})

t.test('an order of another organisation does not exist', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const order = await insertOrder(db, shop)
  const form = await formOf(db, shop, order, {}, '2026-03-05')
  const stranger = { id: shop.user_id, organisation_ids: [shop.other_organisation_id] }
  await t.rejects(saveRecurrence(db, stranger, order, form, noon('2026-03-05')), NotFound)
})
