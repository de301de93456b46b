import t from 'tap'
import type { Database } from '../../../src/data/database.ts'
import { listOrganisationsForImport } from '../../../src/data/imports.ts'
import { say } from '../../../src/languages/translate.ts'
import type { ImportKind } from '../../../src/lib/vocabulary.ts'
import { readCsv } from '../../../src/services/imports/csv.ts'
import { ImportProblem } from '../../../src/services/imports/problem.ts'
import { runImport } from '../../../src/services/imports/run-import.ts'
import { testDatabase } from '../../support/database.ts'
import { makeShop } from '../../support/shop.ts'

const csv = (name: string, text: string | Uint8Array) =>
  readCsv({ name, bytes: typeof text === 'string' ? Buffer.from(text) : text })

async function importing(
  db: Database,
  kind: ImportKind,
  text: string,
  more: { lines?: string; dryRun?: boolean } = {},
) {
  const [organisation] = await listOrganisationsForImport(db)
  if (organisation === undefined) throw new Error('the shop has an organisation')
  return runImport(db, {
    kind,
    table: csv(`${kind}.csv`, text),
    ...(more.lines === undefined ? {} : { lines: csv('lines.csv', more.lines) }),
    files: [{ name: `${kind}.csv`, bytes: Buffer.from(text) }],
    organisation,
    dryRun: more.dryRun ?? false,
    actor: 'import',
  })
}

/** The mistakes of what was refused, as `line column sentence`. */
async function mistakesOf(work: () => unknown): Promise<string[]> {
  try {
    await work()
    return []
  } catch (error) {
    if (!(error instanceof ImportProblem)) throw error
    return error.mistakes.map(({ line, column, message }) => `${line} ${column ?? '–'} ${say('en', message)}`)
  }
}

const customers = `code,name,contact_name,contact_title,street,city,region,postal_code,country,phone
ALFKI,Alfreds Futterkiste,Maria Anders,Sales Representative,Obere Str. 57,Berlin,,12209,Germany,030-0074321
AROUT,Around the Horn,Thomas Hardy,Owner,120 Hanover Sq.,London,,WA1 1DP,UK,(171) 555-7788
`
const orders = `number,customer_code,assigned_to_code,order_date,freight,ship_name,ship_street,ship_city,ship_region,ship_postal_code,ship_country
10248,ALFKI,,1996-07-04,32.38,Alfreds Futterkiste,Obere Str. 57,Berlin,,12209,Germany
10249,AROUT,,1996-07-05,11.61,Around the Horn,Brook Farm,Colchester,Essex,CO7 6JX,UK
`
const lines = `order_number,product_code,unit_price,quantity,discount_percent
10248,CHAI,14.00,12,0
10248,SUPPORT,9.80,10,5
10249,CHAI,18.60,9,0
`

t.test('customers bring their contacts, with countries by name', async (t) => {
  const { db } = await testDatabase(t)
  await makeShop(db)
  t.match(await importing(db, 'customers', customers), { created: 2, known: 0 })
  const account = await db
    .selectFrom('accounts')
    .selectAll()
    .where('code', '=', 'AROUT')
    .executeTakeFirstOrThrow()
  t.match(account, {
    country: 'GB',
    language: 'en-GB',
    currency: 'EUR',
    tax_treatment: 'domestic',
    city: 'London',
  })
  const contact = await db
    .selectFrom('contacts')
    .selectAll()
    .where('account_id', '=', account.id)
    .executeTakeFirstOrThrow()
  t.match(contact, { name: 'Thomas Hardy', title: 'Owner' })
})

t.test('importing again changes nothing', async (t) => {
  const { db } = await testDatabase(t)
  await makeShop(db)
  await importing(db, 'customers', customers)
  await db.updateTable('accounts').set({ city: 'Hamburg' }).where('code', '=', 'ALFKI').execute()
  t.match(await importing(db, 'customers', customers), { created: 0, known: 2 })
  t.equal(
    (await db.selectFrom('accounts').select('city').where('code', '=', 'ALFKI').executeTakeFirstOrThrow())
      .city,
    'Hamburg',
    'what was changed since stays',
  )
  t.match(await importing(db, 'orders', orders, { lines }), { created: 2, known: 0 })
  t.match(await importing(db, 'orders', orders, { lines }), { created: 0, known: 2 })
})

t.test('orders keep their numbers and addresses, and their lines add up', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  await importing(db, 'customers', customers)
  const figures = await importing(db, 'orders', orders, { lines })
  t.same(
    figures.notes.map((note) => say('en', note)),
    ['Freight of 43.99 in all is not taken.'],
    'freight is said, not taken',
  )
  const [first, second] = await db.selectFrom('customer_orders').selectAll().orderBy('number').execute()
  t.match(first, {
    number: '10248',
    subject: 'Order 10248',
    status: 'created',
    organisation_id: shop.organisation_id,
    net: '261.100',
    tax: '52.220',
    shipping_differs: false,
  })
  t.match(second, {
    number: '10249',
    net: '167.400',
    shipping_differs: true,
    shipping_address: { city: 'Colchester', country: 'GB' },
  })
})

t.test('a dry run says what would come and keeps nothing', async (t) => {
  const { db } = await testDatabase(t)
  await makeShop(db)
  t.match(await importing(db, 'customers', customers, { dryRun: true }), { created: 2 })
  t.equal(
    (await db.selectFrom('accounts').select('id').where('code', 'in', ['ALFKI', 'AROUT']).execute()).length,
    0,
  )
  t.equal((await db.selectFrom('audit_entries').select('id').execute()).length, 0)
})

t.test('products name their supplier; a discontinued one comes archived', async (t) => {
  const { db } = await testDatabase(t)
  await makeShop(db)
  await importing(db, 'suppliers', 'code,name,country\n8,Specialty Biscuits,UK\n')
  await importing(
    db,
    'products',
    'code,name,supplier_code,category,packaging,unit_price,discontinued\n1,Chai tea,8,Beverages,10 boxes x 30 bags,18.00,1\n3,Aniseed Syrup,,,,10,0\n',
  )
  const chai = await db.selectFrom('products').selectAll().where('code', '=', '1').executeTakeFirstOrThrow()
  t.match(chai, { name: 'Chai tea', unit_price: '18.000000', packaging: '10 boxes x 30 bags' })
  t.not(chai.archived_at, null)
  t.match(await db.selectFrom('product_suppliers').selectAll().execute(), [
    { product_id: chai.id, preferred: true },
  ])
})

t.test('users without email cannot sign in', async (t) => {
  const { db } = await testDatabase(t)
  await makeShop(db)
  await importing(db, 'users', 'code,first_name,last_name,title\n1,Nancy,Davolio,Sales Representative\n')
  t.match(await db.selectFrom('users').selectAll().where('code', '=', '1').executeTakeFirstOrThrow(), {
    name: 'Nancy Davolio',
    email: null,
    password_hash: null,
    role: 'user',
  })
})

t.test(
  'a bad row is named by line, column and reason, all of them at once, and nothing is taken',
  async (t) => {
    const { db } = await testDatabase(t)
    await makeShop(db)
    t.same(
      await mistakesOf(() =>
        importing(db, 'customers', 'code,name,country,email\nA,One,Atlantis,\nB,,FR,nobody\nA,Three,FR,\n'),
      ),
      [
        '2 country “Atlantis” is no country that is known. Use its ISO code, such as FR, or its English or French name.',
        '3 name Enter a name.',
        '3 email Enter an email address such as name@example.com: “nobody” is none.',
      ],
    )
    t.same(
      await mistakesOf(() =>
        importing(db, 'customers', 'code,name,country\nA,One,FR\nB,Two,FR\nA,Three,FR\n'),
      ),
      ['4 code “A” stands on line 2 already.'],
    )
    t.same(await mistakesOf(() => importing(db, 'customers', 'code,name\nA,One\n')), [
      '1 country The column is missing.',
    ])
    t.equal(
      (await db.selectFrom('accounts').select('id').where('code', 'in', ['A', 'B']).execute()).length,
      0,
      'nothing of a refused file is there',
    )

    await importing(db, 'customers', customers)
    t.same(
      await mistakesOf(() =>
        importing(
          db,
          'orders',
          'number,customer_code,assigned_to_code,order_date\n1,NOBODY,,1996-02-30\n2,ALFKI,9,1996-02-03\n2,ALFKI,,1996-02-03\n',
          {
            lines:
              'order_number,product_code,unit_price,quantity,discount_percent\n2,NOTHING,1,1,0\n3,CHAI,one,1,0\n2,CHAI,1,1,101\n',
          },
        ),
      ),
      [
        '2 order_date Enter a date that exists, such as 2026-03-31: “1996-02-30” is none.',
        '3 assigned_to_code “9” is unknown. Import or create it first.',
        '4 number “2” stands on line 3 already.',
        '2 product_code “NOTHING” is unknown. Import or create it first.',
        '3 unit_price Enter a number, such as 2.5.',
        '4 discount_percent Enter a discount from 0 to 100.',
      ],
    )
    t.equal((await db.selectFrom('customer_orders').select('id').execute()).length, 0)
  },
)

t.test('what Excel writes is understood: semicolons, decimal commas, the mark, UTF-16', async (t) => {
  const { db } = await testDatabase(t)
  await makeShop(db)
  const text = 'Code;Name;Unit_Price\r\nSIROP;"Sirop ""d’anis""\r\n1 l";1 234,56\r\n'
  await importing(db, 'products', `\ufeff${text}`)
  t.match(await db.selectFrom('products').selectAll().where('code', '=', 'SIROP').executeTakeFirstOrThrow(), {
    name: 'Sirop "d’anis" 1 l',
    unit_price: '1234.560000',
  })
  t.same(csv('utf16.csv', Buffer.from(`\ufeff${text}`, 'utf16le')).rows.length, 1)
})

t.test('what cannot be read is said with its line', async (t) => {
  const latin1 = Buffer.from('code,name,country\nA,One,FR\nB,Société,FR\n', 'latin1')
  t.same(await mistakesOf(() => csv('latin1.csv', latin1)), [
    '3 name Save the file as “CSV UTF-8”: these signs are in another encoding.',
  ])
  t.same(await mistakesOf(() => csv('empty.csv', '')), [
    '1 – The file is empty: its first line must name the columns.',
  ])
  t.same(await mistakesOf(() => csv('short.csv', 'code,name\nA\n')), [
    '2 – This line has 1 value, the first line names 2 columns.',
  ])
  t.match(await mistakesOf(() => csv('quotes.csv', 'code,name\nA,"One\nB,Two\n')), [
    /Check the quotation marks/,
  ])
  t.same(await mistakesOf(() => csv('twice.csv', 'code,code\nA,B\n')), ['1 code The column stands twice.'])
  t.match(
    csv('breaks.csv', 'code,name\nA,"One\nmore"\nB,Two\n').rows,
    [{ line: 2 }, { line: 4 }],
    'a value over two lines does not shift the count',
  )
})
