import t from 'tap'
import { findSupplier } from '../../../src/data/suppliers.ts'
import { deleteSupplier } from '../../../src/services/suppliers/delete-supplier.ts'
import {
  createSupplier,
  type SupplierForm,
  saveSupplier,
} from '../../../src/services/suppliers/save-supplier.ts'
import { testDatabase } from '../../support/database.ts'
import { errorOf } from '../../support/directory.ts'
import { makeShop } from '../../support/shop.ts'

const form: SupplierForm = {
  code: '',
  name: 'Exotic Liquids',
  contact_name: '',
  contact_title: '',
  email: '',
  phone: '',
  website: '',
  siren: '',
  vat_number: '',
  language: 'en-GB',
  currency: 'GBP',
  payment_term_id: null,
  street: '',
  street_2: '',
  street_3: '',
  postal_code: '',
  city: 'London',
  region: '',
  country: 'GB',
}

t.test(
  'a supplier is made with a code of its name, held to its identifiers and to others’ saves',
  async (t) => {
    const { db } = await testDatabase(t)
    const shop = await makeShop(db)
    const id = await createSupplier(db, shop.user_id, form)
    t.match(await findSupplier(db, id), { code: 'EXOTIC' })
    t.match(await errorOf(createSupplier(db, shop.user_id, { ...form, siren: '1' })), {
      errors: [{ field: 'siren' }],
    })
    t.match(await errorOf(createSupplier(db, shop.user_id, { ...form, code: 'EXOTIC' })), {
      errors: [{ field: 'code' }],
    })
    const saved = { ...form, code: 'EXOTIC', city: 'Leeds' }
    await saveSupplier(db, shop.admin_id, id, { form: saved, version: 1 })
    t.match(
      await errorOf(saveSupplier(db, shop.user_id, id, { form: { ...form, code: 'EXOTIC' }, version: 1 })),
      {
        conflict: { by: 'Anna Kern', changes: [{ field: 'city', from: 'London', to: 'Leeds' }] },
      },
    )
  },
)

t.test('only a supplier that no product names is deleted', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const id = await createSupplier(db, shop.user_id, form)
  await db
    .insertInto('product_suppliers')
    .values({ product_id: shop.products.chai, supplier_id: id, purchase_price: '9', currency: 'GBP' })
    .execute()
  t.match(await errorOf(deleteSupplier(db, shop.user_id, id)), { refusals: [{ code: 'has_products' }] })
  await db.deleteFrom('product_suppliers').execute()
  await deleteSupplier(db, shop.user_id, id)
  t.equal(await findSupplier(db, id), undefined)
})
