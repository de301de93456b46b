import t from 'tap'
import { markDraftCreated } from '../../../src/services/invoices/change-draft-status.ts'
import { type DraftDeletion, deleteDraft } from '../../../src/services/invoices/delete-draft.ts'
import { saveDraft } from '../../../src/services/invoices/save-draft.ts'
import { changeOrderStatus } from '../../../src/services/orders/change-status.ts'
import { testDatabase } from '../../support/database.ts'
import { insertDraftInvoice, insertOrder } from '../../support/documents.ts'
import { draftInput, issueDirectly } from '../../support/invoices.ts'
import { invoicesOf, occurrencesOf, runOn } from '../../support/runs.ts'
import { makeRecurringOrder, makeShop } from '../../support/shop.ts'

const free: DraftDeletion = { period: 'free', reason: '', version: null }
const skip: DraftDeletion = { period: 'skip', reason: 'Closed for works', version: null }

async function shopWithDrafts(t: { teardown(end: () => unknown): unknown }) {
  const { db, ownerDb } = await testDatabase(t)
  const shop = await makeShop(db)
  const order = await makeRecurringOrder(db, shop, { recurrence: { start_date: '2026-01-31' } })
  await runOn(db, '2026-03-31')
  const drafts = (await invoicesOf(db, order)).map(({ id }) => id)
  const user = { id: shop.user_id, organisation_ids: [shop.organisation_id] }
  const draft = (at: number) => drafts[at] ?? ''
  return { db, ownerDb, shop, order, draft, user }
}

t.test(
  'a freed period is due, and the next run makes one new draft of the order as it is then',
  async (t) => {
    const { db, order, draft, user } = await shopWithDrafts(t)
    t.match(await deleteDraft(db, user, draft(1), free), { order_id: order, period: 'free' })
    t.same(await occurrencesOf(db, order), ['2026-01-31 invoiced', '2026-02-28 due', '2026-03-31 invoiced'])
    t.equal((await invoicesOf(db, order)).length, 2)
    t.match(await runOn(db, '2026-04-01'), { due: 1, invoices: 1 })
    const now = await invoicesOf(db, order)
    t.same(
      now.map(({ period_start }) => period_start),
      ['2026-01-01', '2026-02-01', '2026-03-01'],
    )
    t.not(now[1]?.id, draft(1))
    t.match(await runOn(db, '2026-04-01'), { due: 0, invoices: 0 })
  },
)

t.test('a skipped period keeps its reason, and no run bills it', async (t) => {
  const { db, order, draft, user } = await shopWithDrafts(t)
  await deleteDraft(db, user, draft(1), skip)
  t.same(await occurrencesOf(db, order), [
    '2026-01-31 invoiced',
    '2026-02-28 skipped draft_deleted',
    '2026-03-31 invoiced',
  ])
  const row = await db
    .selectFrom('recurrence_occurrences')
    .selectAll()
    .where('state', '=', 'skipped')
    .executeTakeFirstOrThrow()
  t.match(row, { reason_text: 'Closed for works', decided_by: user.id, invoice_id: null })
  t.match(await runOn(db, '2026-04-01'), { due: 0, invoices: 0 })
  const audit = await db
    .selectFrom('audit_entries')
    .select(['action', 'subject_type'])
    .where('user_id', '=', user.id)
    .orderBy('id')
    .execute()
  t.same(audit, [
    { action: 'skipped', subject_type: 'occurrence' },
    { action: 'deleted', subject_type: 'invoice' },
  ])
})

t.test('a recurring draft asks what becomes of its period, and why it is not billed', async (t) => {
  const { db, order, draft, user } = await shopWithDrafts(t)
  const refused = (deletion: DraftDeletion, field: string) =>
    t.rejects(deleteDraft(db, user, draft(0), deletion), { name: 'InvalidForm', errors: [{ field }] })
  await refused({ period: null, reason: '', version: null }, 'period')
  await refused({ period: 'skip', reason: '', version: null }, 'reason')
  await refused({ ...free, version: 7 }, 'version')
  t.equal((await invoicesOf(db, order)).length, 3)
})

t.test('a manual draft is asked nothing, and one of several orders is no different', async (t) => {
  const { db, ownerDb, shop, user } = await shopWithDrafts(t)
  const nothing: DraftDeletion = { period: null, reason: '', version: null }
  const order = await insertOrder(db, shop)
  const manual = await insertDraftInvoice(db, shop, order)
  t.same(await deleteDraft(db, user, manual, nothing), {
    subject: 'Maintenance 2026',
    order_id: order,
    period: null,
  })
  const several = await insertDraftInvoice(db, shop, order)
  await ownerDb
    .updateTable('invoices')
    .set({ order_id: null, order_version: null })
    .where('id', '=', several)
    .execute()
  t.match(await deleteDraft(db, user, several, nothing), { order_id: null })
})

t.test('deleted twice, issued, or of another organisation: each has its answer', async (t) => {
  const { db, shop, draft, user } = await shopWithDrafts(t)
  const elsewhere = { id: shop.admin_id, organisation_ids: [shop.other_organisation_id] }
  await t.rejects(deleteDraft(db, elsewhere, draft(0), free), { name: 'NotFound' })
  await deleteDraft(db, user, draft(0), free)
  const deleted = { name: 'Refused', refusals: [{ code: 'invoice_deleted' }] }
  await t.rejects(deleteDraft(db, user, draft(0), free), deleted)
  await t.rejects(saveDraft(db, user, draft(0), { input: draftInput(), version: null }), deleted)
  await t.rejects(
    deleteDraft(db, elsewhere, draft(0), free),
    { name: 'NotFound' },
    'nor is that told to others',
  )
  await issueDirectly(db, draft(1), { number: 'FA-2026-0001' })
  await t.rejects(deleteDraft(db, user, draft(1), free), {
    name: 'Refused',
    refusals: [{ code: 'invoice_issued' }],
  })
  await t.rejects(markDraftCreated(db, user, draft(1)), { name: 'Refused' })
})

t.test('two people at once: the draft goes once, and its period is settled once', async (t) => {
  const { db, order, draft, user } = await shopWithDrafts(t)
  const both = await Promise.allSettled([
    deleteDraft(db, user, draft(1), free),
    deleteDraft(db, user, draft(1), skip),
  ])
  t.same(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
  const [, state] = await occurrencesOf(db, order)
  t.match(state, both[0]?.status === 'fulfilled' ? /due$/ : /skipped/)
  const [saved, removed] = await Promise.allSettled([
    saveDraft(db, user, draft(2), { input: draftInput({ subject: 'Late' }), version: 1 }),
    deleteDraft(db, user, draft(2), { ...free, version: 1 }),
  ])
  t.ok(saved?.status === 'rejected' || removed?.status === 'rejected', 'one of the two is told')
})

t.test(
  'runs, cancellations and deletions crossing each other leave one invoice a period at most',
  async (t) => {
    const { db, order, draft, user } = await shopWithDrafts(t)
    const results = await Promise.allSettled([
      deleteDraft(db, user, draft(0), free),
      runOn(db, '2026-04-30'),
      deleteDraft(db, user, draft(1), free),
      runOn(db, '2026-04-30'),
      deleteDraft(db, user, draft(2), skip),
    ])
    t.same(
      results.filter(({ status }) => status === 'rejected'),
      [],
    )
    await runOn(db, '2026-04-30')
    t.same(await occurrencesOf(db, order), [
      '2026-01-31 invoiced',
      '2026-02-28 invoiced',
      '2026-03-31 skipped draft_deleted',
      '2026-04-30 invoiced',
    ])
    const periods = (await invoicesOf(db, order)).map(({ period_start }) => period_start)
    t.same(periods, ['2026-01-01', '2026-02-01', '2026-04-01'])

    const last = (await invoicesOf(db, order)).at(-1)?.id ?? ''
    const crossing = await Promise.allSettled([
      deleteDraft(db, user, last, free),
      changeOrderStatus(db, user, order, {
        to: 'cancelled',
        unbilled: 'skip',
        now: new Date('2026-05-01T12:00:00Z'),
      }),
    ])
    t.equal(crossing[0]?.status, 'fulfilled')
  },
)

t.test('taking over a run’s draft is recorded once', async (t) => {
  const { db, draft, user } = await shopWithDrafts(t)
  await markDraftCreated(db, user, draft(0))
  await markDraftCreated(db, user, draft(0))
  const row = await db
    .selectFrom('invoices')
    .select(['status', 'version'])
    .where('id', '=', draft(0))
    .executeTakeFirstOrThrow()
  t.same(row, { status: 'created', version: 2 })
})
