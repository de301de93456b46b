import t from 'tap'
import { findContact } from '../../../src/data/contacts.ts'
import { archiveAccount } from '../../../src/services/accounts/archive-account.ts'
import { archiveContact } from '../../../src/services/contacts/archive-contact.ts'
import { deleteContact } from '../../../src/services/contacts/delete-contact.ts'
import { createContact, saveContact } from '../../../src/services/contacts/save-contact.ts'
import { testDatabase } from '../../support/database.ts'
import { errorOf } from '../../support/directory.ts'
import { makeRecurringOrder, makeShop } from '../../support/shop.ts'

const person = { name: 'Lise Roux', title: 'Buyer', email: 'lise@chop.test', phone: '' }

t.test('a contact belongs to an account in use', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const { paris, mannheim } = shop.accounts
  const id = await createContact(db, shop.user_id, { ...person, account_id: paris })
  t.match(await findContact(db, id), { account_code: 'CHOP', name: 'Lise Roux' })
  const everywhere = [shop.organisation_id, shop.other_organisation_id]
  await archiveAccount(db, { id: shop.admin_id, organisation_ids: everywhere }, mannheim, {
    archived: true,
    confirmed: false,
  })
  const moved = { form: { ...person, account_id: mannheim }, version: null }
  t.match(await errorOf(saveContact(db, shop.user_id, id, moved)), {
    errors: [{ field: 'account_id', message: { key: 'contacts.account.archived' } }],
  })
  t.match(await errorOf(createContact(db, shop.user_id, { ...person, account_id: shop.user_id })), {
    errors: [{ field: 'account_id', message: { key: 'form.reference.unknown' } }],
  })
})

t.test(
  'a contact that an order names stays with its account, and is archived instead of deleted',
  async (t) => {
    const { db } = await testDatabase(t)
    const shop = await makeShop(db)
    const { paris, mannheim } = shop.accounts
    const id = await createContact(db, shop.user_id, { ...person, account_id: paris })
    await makeRecurringOrder(db, shop, {
      order: { contact_id: id },
      recurrence: { start_date: '2026-01-31' },
    })
    const moved = { form: { ...person, account_id: mannheim }, version: null }
    t.match(await errorOf(saveContact(db, shop.user_id, id, moved)), {
      errors: [{ field: 'account_id', message: { key: 'contacts.account.named' } }],
    })
    t.match(await errorOf(deleteContact(db, shop.user_id, id)), { refusals: [{ code: 'contact_named' }] })
    await archiveContact(db, shop.user_id, id, true)
    t.ok((await findContact(db, id))?.archived_at)

    await deleteContact(db, shop.user_id, shop.contact_id)
    t.equal(await findContact(db, shop.contact_id), undefined)
    const audit = await db
      .selectFrom('audit_entries')
      .select('changes')
      .where('subject_id', '=', shop.contact_id)
      .execute()
    t.same(audit, [{ changes: {} }], 'the audit does not keep the name of a deleted person')
  },
)

t.test('a save over somebody else’s is told', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const form = { ...person, account_id: shop.accounts.paris }
  const id = await createContact(db, shop.user_id, form)
  await saveContact(db, shop.admin_id, id, { form: { ...form, phone: '+33 1 02 03 04 05' }, version: 1 })
  t.match(await errorOf(saveContact(db, shop.user_id, id, { form, version: 1 })), {
    conflict: { by: 'Anna Kern', changes: [{ field: 'phone', from: '', to: '+33 1 02 03 04 05' }] },
  })
})
