import t from 'tap'
import { findAccount, listAccounts, listAccountsAlike } from '../../../src/data/accounts.ts'
import { NotFound } from '../../../src/errors.ts'
import type { TaxTreatment } from '../../../src/lib/vocabulary.ts'
import { type AccountForm, mistakesOfAccount } from '../../../src/services/accounts/account-form.ts'
import { archiveAccount } from '../../../src/services/accounts/archive-account.ts'
import { deleteAccount } from '../../../src/services/accounts/delete-account.ts'
import { doubtsAboutAccount } from '../../../src/services/accounts/doubts.ts'
import { createAccount, saveAccount } from '../../../src/services/accounts/save-account.ts'
import { testDatabase } from '../../support/database.ts'
import { accountForm, errorOf } from '../../support/directory.ts'
import { makeRecurringOrder, makeShop } from '../../support/shop.ts'

function mistakes(changes: Partial<AccountForm>): string[] {
  return mistakesOfAccount(accountForm(changes)).map(({ field, message }) => `${field}: ${message.key}`)
}

t.test('an EU business without a member state’s VAT number is refused that treatment', async (t) => {
  const treatment: TaxTreatment = 'eu_business'
  t.same(mistakes({ tax_treatment: treatment }), ['tax_treatment: accounts.tax_treatment.needs_vat_number'])
  t.same(mistakes({ tax_treatment: treatment, vat_number: 'CHE123456789' }), [
    'tax_treatment: accounts.tax_treatment.not_eu',
  ])
  t.same(mistakes({ tax_treatment: treatment, vat_number: 'DE129273398' }), [])
  t.same(mistakes({ tax_treatment: treatment, vat_number: 'DE1' }), [
    'vat_number: directory.vat_number.wrong',
  ])
})

t.test('identifiers are held to their check digits, and to one another', async (t) => {
  t.same(mistakes({ siren: '732829321' }), ['siren: directory.siren.wrong'])
  t.same(mistakes({ siret: '73282932000075' }), ['siret: directory.siret.wrong'])
  t.same(mistakes({ siren: '552100554', siret: '73282932000074' }), ['siret: directory.siret.other_siren'])
  t.same(mistakes({ vat_number: '123456789' }), ['vat_number: directory.vat_number.no_country'])
})

t.test('an electronic address goes with its kind', async (t) => {
  t.same(mistakes({ electronic_address: '732829320' }), [
    'electronic_address_scheme: accounts.electronic_address.scheme_missing',
  ])
  t.same(mistakes({ electronic_address_scheme: '0225' }), [
    'electronic_address: accounts.electronic_address.missing',
  ])
  t.same(mistakes({ electronic_address_scheme: 'EM', electronic_address: 'nobody' }), [
    'electronic_address: form.email.wrong',
  ])
})

t.test('an account is made with a code of its name, and a SIRET says the SIREN too', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const first = await findAccount(
    db,
    await createAccount(db, shop.user_id, accountForm({ siret: '73282932000074' })),
  )
  t.match(first, { code: 'MAISON', siren: '732829320' })
  const second = await findAccount(db, await createAccount(db, shop.user_id, accountForm()))
  t.match(second, { code: 'MAISON2' })
  t.match(await errorOf(createAccount(db, shop.user_id, accountForm({ code: 'CHOP' }))), {
    errors: [{ field: 'code', message: { key: 'directory.code.taken' } }],
  })
})

t.test('no account stands above itself, however long the way round', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const make = (name: string, parent_id: string | null) =>
    createAccount(db, shop.user_id, accountForm({ name, parent_id }))
  const group = await make('Group', null)
  const middle = await make('Middle', group)
  const shopId = await make('Shop', middle)
  const save = (id: string, name: string, parent_id: string) =>
    saveAccount(db, shop.user_id, id, {
      form: accountForm({ code: name.toUpperCase(), name, parent_id }),
      version: null,
    })
  const refusal = (key: string) => ({ errors: [{ field: 'parent_id', message: { key } }] })
  t.match(await errorOf(save(group, 'Group', group)), refusal('accounts.parent.itself'))
  t.match(await errorOf(save(group, 'Group', shopId)), refusal('accounts.parent.below'))
  t.match(await errorOf(save(group, 'Group', shop.user_id)), refusal('form.reference.unknown'))
  await archiveAccount(db, { id: shop.user_id, organisation_ids: [] }, shop.accounts.paris, {
    archived: true,
    confirmed: true,
  })
  t.match(await errorOf(save(group, 'Group', shop.accounts.paris)), refusal('accounts.parent.archived'))
  await save(shopId, 'Shop', group)
  t.match(await findAccount(db, shopId), { parent_id: group, parent_name: 'Group' })

  const [left, right] = [await make('Left', null), await make('Right', null)]
  const crossing = await Promise.allSettled([save(left, 'Left', right), save(right, 'Right', left)])
  t.ok(
    crossing.filter(({ status }) => status === 'rejected').length === 1,
    'two saves at once do not close a circle together',
  )
})

t.test('a save over somebody else’s tells what they changed, and nothing of an order', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const shipping = {
    name: 'Depot',
    street: '2 quai',
    street_2: '',
    street_3: '',
    postal_code: '69002',
    city: 'Lyon',
    region: '',
    country: 'FR',
  }
  const form = accountForm({ code: 'VERTE', shipping_address: shipping })
  const id = await createAccount(db, shop.user_id, form)
  await saveAccount(db, shop.admin_id, id, {
    form: { ...form, city: 'Vienne', invoice_emails: ['a@verte.test'] },
    version: 1,
  })
  const late = saveAccount(db, shop.user_id, id, { form: { ...form, name: 'Verte SA' }, version: 1 })
  t.match(await errorOf(late), {
    conflict: {
      version: 2,
      by: 'Anna Kern',
      changes: [
        { field: 'invoice_emails', from: [], to: ['a@verte.test'] },
        { field: 'city', from: 'Lyon', to: 'Vienne' },
      ],
    },
  })
  const audit = await db
    .selectFrom('audit_entries')
    .select(['action', 'changes'])
    .where('subject_id', '=', id)
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  t.same(
    audit.changes,
    { city: { from: 'Lyon', to: 'Vienne' }, invoice_emails: { from: [], to: ['a@verte.test'] } },
    'an address that stayed the same is no change',
  )
})

t.test('archiving asks while orders recur, and whoever cannot know of all', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const everywhere = [shop.organisation_id, shop.other_organisation_id]
  const [admin, user] = [
    { id: shop.admin_id, organisation_ids: everywhere },
    { id: shop.user_id, organisation_ids: [shop.organisation_id] },
  ]
  const archive = (viewer: typeof admin, id: string, confirmed: boolean) =>
    archiveAccount(db, viewer, id, { archived: true, confirmed })
  const asks = { errors: [{ field: 'confirmed' }] }
  await makeRecurringOrder(db, shop, { recurrence: { start_date: '2026-01-31' } })
  t.match(await errorOf(archive(admin, shop.accounts.paris, false)), asks)
  t.match(
    await errorOf(archive(user, shop.accounts.mannheim, false)),
    asks,
    'they may not know of all orders',
  )
  await archive(admin, shop.accounts.mannheim, false)
  await archive(admin, shop.accounts.paris, true)
  const filters = { words: '', archived: false, tax_treatment: undefined, parent_id: undefined }
  const offered = await listAccounts(
    db,
    filters,
    { by: 'name', direction: 'asc' },
    { cursor: undefined, limit: 50 },
  )
  t.same(offered.rows, [], 'archived accounts are no longer offered')
  const recurrence = await db.selectFrom('recurrences').select('enabled').executeTakeFirstOrThrow()
  t.ok(recurrence.enabled, 'the recurrence stays as it was')
  await archiveAccount(db, user, shop.accounts.paris, { archived: false, confirmed: false })
  t.equal((await findAccount(db, shop.accounts.paris))?.archived_at, null)
})

t.test('only an account that nothing names is deleted', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  await makeRecurringOrder(db, shop, { recurrence: { start_date: '2026-01-31' } })
  await createAccount(db, shop.user_id, accountForm({ name: 'Below', parent_id: shop.accounts.mannheim }))
  t.match(await errorOf(deleteAccount(db, shop.user_id, shop.accounts.paris)), {
    refusals: [{ code: 'has_documents' }],
  })
  t.match(await errorOf(deleteAccount(db, shop.user_id, shop.accounts.mannheim)), {
    refusals: [{ code: 'has_contacts' }, { code: 'has_children' }],
  })
  const id = await createAccount(db, shop.user_id, accountForm())
  await deleteAccount(db, shop.user_id, id)
  t.equal(await findAccount(db, id), undefined)
  t.ok((await errorOf(deleteAccount(db, shop.user_id, id))) instanceof NotFound)
})

t.test('what may be wrong is said, not refused', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const make = async (changes: Partial<AccountForm>) => {
    const found = await findAccount(db, await createAccount(db, shop.user_id, accountForm(changes)))
    if (found === undefined) throw new Error('not made')
    return found
  }
  const doubts = async (changes: Partial<AccountForm>) =>
    doubtsAboutAccount(await make(changes)).map(({ key }) => key)
  t.same(await doubts({}), [])
  t.same(await doubts({ vat_number: 'DE123456789' }), ['accounts.doubt.vat_check_digits'])
  t.same(await doubts({ vat_number: 'FR40303265045', siren: '732829320' }), ['accounts.doubt.vat_siren'])
  t.same(await doubts({ tax_treatment: 'private' }), ['accounts.doubt.business_as_person'])
  t.same(await doubts({ kind: 'private_person', vat_number: 'DE129273398' }), [
    'accounts.doubt.person_as_business',
  ])
  t.same(await doubts({ tax_treatment: 'export' }), ['accounts.doubt.export_inside_eu'])
  const twin = await make({ vat_number: 'DE129273398', country: 'DE', tax_treatment: 'eu_business' })
  t.ok((await listAccountsAlike(db, twin)).some(({ code }) => code === 'BLAUER'))
})
