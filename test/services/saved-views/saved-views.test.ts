import t from 'tap'
import type { Database } from '../../../src/data/database.ts'
import { listSavedViews } from '../../../src/data/saved-views.ts'
import { InvalidForm, NotFound, Refused } from '../../../src/errors.ts'
import { deleteView } from '../../../src/services/saved-views/delete-view.ts'
import { createView, saveView } from '../../../src/services/saved-views/save-view.ts'
import { viewQuery } from '../../../src/services/saved-views/view-query.ts'
import { testDatabase } from '../../support/database.ts'
import { makeShop, type Shop } from '../../support/shop.ts'

const orders = {
  filters: ['q', 'status', 'from'],
  sorts: { date: 'desc', net: 'desc', name: 'asc' },
  preset: 'date',
} as const

t.test('a view keeps filters and sort in one order, and nothing else of an address', async (t) => {
  for (const [typed, kept] of [
    ['cursor=abc&sort=-net&status=created&q=&colour=red&limit=10', 'status=created&sort=-net'],
    ['sort=-date', ''],
    ['sort=date', 'sort=date'],
    ['sort=net', 'sort=net'],
    ['sort=toString&status=created', 'status=created'],
    ['from=2026-01-01&q=caf%C3%A9+noir&view=x&selected=y&kept=z', 'q=caf%C3%A9+noir&from=2026-01-01'],
    ['?status=created', 'status=created'],
    ['', ''],
  ] as const) {
    t.equal(viewQuery(typed, orders), kept, typed)
    t.equal(viewQuery(kept, orders), kept, `${kept} stays as it is`)
  }
})

t.test('a view is its owner’s; shared, its colleagues see it and admins may change it', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const user = { id: shop.user_id, organisation_ids: [shop.organisation_id], role: 'user' } as const
  const admin = {
    id: shop.admin_id,
    organisation_ids: [shop.organisation_id, shop.other_organisation_id],
    role: 'admin',
  } as const
  const stranger = {
    id: await strangerOf(db, shop),
    organisation_ids: [shop.other_organisation_id],
    role: 'user',
  } as const
  const view = { list: 'orders', name: 'Big ones', query: 'sort=-net', shared: false } as const
  const id = await createView(db, user, view)
  const own = await createView(db, admin, { ...view, shared: true })

  t.match(await names(db, user), ['Big ones yours', 'Big ones of Anna Kern'])
  t.match(await names(db, admin), ['Big ones yours'], 'what is not shared is nobody’s else')
  t.match(await names(db, stranger), ['Big ones of Anna Kern'], 'an organisation in common is enough')
  await saveView(db, user, id, { shared: true })
  t.match(await names(db, admin), ['Big ones yours', 'Big ones of Ute Weber'])
  t.match(await names(db, stranger), ['Big ones of Anna Kern'], 'and without one nothing is seen')

  await t.rejects(saveView(db, user, own, { name: 'Mine now' }), Refused)
  await t.rejects(deleteView(db, user, own), Refused)
  await t.rejects(saveView(db, stranger, id, { name: 'Mine now' }), NotFound)
  await t.rejects(deleteView(db, stranger, id), NotFound)
  t.match(await saveView(db, admin, id, { name: 'Large', query: 'sort=net' }), {
    name: 'Large',
    query: 'sort=net',
    shared: true,
  })
  await saveView(db, user, id, { shared: false })
  await t.rejects(saveView(db, admin, id, { name: 'x' }), NotFound, 'an admin sees what is shared, no more')
  t.match(await deleteView(db, user, id), { name: 'Large' })
  await t.rejects(deleteView(db, user, id), NotFound)
})

t.test('a person has one view of a name on a list', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const user = { id: shop.user_id, organisation_ids: [shop.organisation_id], role: 'user' } as const
  const admin = { id: shop.admin_id, organisation_ids: [shop.organisation_id], role: 'admin' } as const
  const view = { list: 'orders', name: 'Été', query: '', shared: true } as const
  await createView(db, user, view)
  const sameName = { name: 'InvalidForm', errors: [{ field: 'name', message: { key: 'views.name.taken' } }] }
  await t.rejects(createView(db, user, { ...view, name: 'été' }), sameName)
  await createView(db, user, { ...view, list: 'invoices' })
  await createView(db, admin, view)
  const other = await createView(db, user, { ...view, name: 'Hiver' })
  await t.rejects(saveView(db, user, other, { name: 'ÉTÉ' }), sameName)
  const twice = [1, 2].map(() => createView(db, user, { ...view, name: 'Twice' }))
  const ends = await Promise.allSettled(twice)
  t.same(ends.map(({ status }) => status).sort(), ['fulfilled', 'rejected'], 'also of two at once')
  await t.rejects(createView(db, user, { ...view, name: 'Twice' }), InvalidForm)
})

async function names(
  db: Database,
  reader: { id: string; organisation_ids: readonly string[] },
): Promise<string[]> {
  const views = await listSavedViews(db, reader, 'orders')
  return views.map((view) => `${view.name} ${view.user_id === reader.id ? 'yours' : `of ${view.user_name}`}`)
}

async function strangerOf(db: Database, shop: Shop): Promise<string> {
  return db.transaction().execute(async (trx) => {
    const organisation_id = shop.other_organisation_id
    const { id } = await trx
      .insertInto('users')
      .values({ email: 'stranger@shop.test', name: 'Otto Fremd', role: 'user', organisation_id })
      .returning('id')
      .executeTakeFirstOrThrow()
    await trx.insertInto('user_organisations').values({ user_id: id, organisation_id }).execute()
    return id
  })
}
