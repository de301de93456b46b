import t from 'tap'
import type { Database } from '../../../src/data/database.ts'
import { findOrderOccurrence } from '../../../src/data/recurrences.ts'
import { InvalidForm, NotFound, Refused } from '../../../src/errors.ts'
import { decideOccurrence } from '../../../src/services/recurring/decide-occurrence.ts'
import type { OccurrenceDecision } from '../../../src/services/recurring/occurrence-decisions.ts'
import { testDatabase } from '../../support/database.ts'
import { nextRunDateOf, occurrencesOf, runOn } from '../../support/runs.ts'
import { makeRecurringOrder, makeShop, type Shop } from '../../support/shop.ts'

const march = { frequency: 'monthly', period_start: '2026-03-01' } as const
const monthly = (period_start: string) => ({ frequency: 'monthly', period_start }) as const

function decide(
  db: Database,
  shop: Shop,
  order: string,
  kind: OccurrenceDecision,
  options: { reason?: string; key?: typeof march | ReturnType<typeof monthly>; on?: string } = {},
) {
  const { reason = '', key = march, on = '2026-04-10' } = options
  const viewer = { id: shop.user_id, organisation_ids: [shop.organisation_id] }
  return decideOccurrence(db, viewer, order, key, { kind, reason }, new Date(`${on}T10:00:00Z`))
}

const refusalsOf = async (deciding: Promise<unknown>) => {
  try {
    await deciding
  } catch (error) {
    if (error instanceof Refused) return error.refusals.map((refusal) => refusal.code)
    throw error
  }
  return []
}

t.test('a missed period that is skipped with a reason is billed by no run', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const order = await makeRecurringOrder(db, shop, { recurrence: { start_date: '2026-03-31' } })
  await t.rejects(decide(db, shop, order, 'skip'), InvalidForm, 'a reason is asked for')
  await decide(db, shop, order, 'skip', { reason: 'Agreed with the customer' })
  t.equal(await nextRunDateOf(db, order), '2026-04-30')
  t.match(await runOn(db, '2026-04-10'), { due: 0 })
  t.match(await findOrderOccurrence(db, order, 'monthly', '2026-03-01'), {
    state: 'skipped',
    reason_code: 'skipped_by_person',
    reason_text: 'Agreed with the customer',
    decided_by_name: 'Ute Weber',
    run_date: '2026-03-31',
    service_start: '2026-03-01',
  })
  t.same(await refusalsOf(decide(db, shop, order, 'skip', { reason: 'Again' })), ['skipped'])
})

t.test('a held period waits until somebody makes it due', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const order = await makeRecurringOrder(db, shop, { recurrence: { start_date: '2026-03-31' } })
  await decide(db, shop, order, 'hold', { reason: 'The price is being talked about' })
  t.match(await runOn(db, '2026-04-10'), { invoices: 0 })
  await decide(db, shop, order, 'bill')
  t.same(await refusalsOf(decide(db, shop, order, 'bill')), ['due'])
  t.match(await runOn(db, '2026-04-10'), { invoices: 1 })
  t.same(await occurrencesOf(db, order), ['2026-03-31 invoiced'])
  for (const kind of ['skip', 'hold', 'bill'] as const)
    t.same(await refusalsOf(decide(db, shop, order, kind, { reason: 'Late' })), ['invoiced'])
})

t.test('a period to come can be skipped ahead, not billed ahead', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const order = await makeRecurringOrder(db, shop, { recurrence: { start_date: '2026-04-30' } })
  const june = { key: monthly('2026-06-01'), reason: 'Closed in June' }
  t.same(await refusalsOf(decide(db, shop, order, 'bill', june)), ['not_yet'])
  await decide(db, shop, order, 'skip', june)
  t.equal(await nextRunDateOf(db, order), '2026-04-30')
  await runOn(db, '2026-07-31')
  t.same(await occurrencesOf(db, order), [
    '2026-04-30 invoiced',
    '2026-05-30 invoiced',
    '2026-06-30 skipped skipped_by_person',
    '2026-07-30 invoiced',
  ])
})

t.test('an overlap is billed once a person accepts it', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const order = await makeRecurringOrder(db, shop, { recurrence: { start_date: '2026-03-31' } })
  await runOn(db, '2026-03-31')
  await db
    .updateTable('recurrences')
    .set({ frequency: 'quarterly', next_run_date: '2026-03-31' })
    .where('order_id', '=', order)
    .execute()
  await runOn(db, '2026-04-10')
  t.match(await findOrderOccurrence(db, order, 'quarterly', '2026-01-01'), {
    state: 'held',
    reason_code: 'overlap',
  })
  const viewer = { id: shop.user_id, organisation_ids: [shop.organisation_id] }
  const quarter = { frequency: 'quarterly', period_start: '2026-01-01' } as const
  await decideOccurrence(db, viewer, order, quarter, { kind: 'bill', reason: '' }, new Date('2026-04-10'))
  t.match(await runOn(db, '2026-04-10'), { invoices: 1 })
  t.match(await findOrderOccurrence(db, order, 'quarterly', '2026-01-01'), {
    state: 'invoiced',
    overlap_accepted_by_name: 'Ute Weber',
  })
})

t.test('what the schedule does not have is not found, and what is off is not billed', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const recurrence = { start_date: '2026-01-31', bill_from: '2026-03-01', end_date: '2026-05-31' }
  const order = await makeRecurringOrder(db, shop, { recurrence })
  for (const start of ['2026-02-01', '2026-03-02', '2026-06-01'])
    await t.rejects(decide(db, shop, order, 'skip', { key: monthly(start), reason: 'No' }), NotFound, start)
  await db
    .updateTable('recurrences')
    .set({ enabled: false, disabled_at: '2026-03-10T00:00:00Z', next_run_date: null })
    .where('order_id', '=', order)
    .execute()
  t.same(await refusalsOf(decide(db, shop, order, 'bill')), ['off'])
  await decide(db, shop, order, 'skip', { reason: 'Off anyway' })
  t.equal(await nextRunDateOf(db, order), null)
})

t.test('a decision and a run at once settle a period once', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const order = await makeRecurringOrder(db, shop, { recurrence: { start_date: '2026-03-31' } })
  const [decided] = await Promise.allSettled([
    decide(db, shop, order, 'skip', { reason: 'At the same moment' }),
    runOn(db, '2026-04-10'),
  ])
  const rows = await occurrencesOf(db, order)
  t.equal(rows.length, 1)
  t.equal(rows[0]?.includes('skipped'), decided.status === 'fulfilled')
})
