import { sql } from 'kysely'
import t from 'tap'
import { addDays, todayIn } from '../../src/lib/dates.ts'
import { mistakesOfSeries, type StoredSeries, seriesOf } from '../../src/services/numbers/series-form.ts'
import { mistakesOfClosingDate } from '../../src/services/organisations/closing-date.ts'
import { testDatabase } from '../support/database.ts'
import { makeShop } from '../support/shop.ts'
import { testApp, Visitor } from '../support/web.ts'

const json = { accept: 'application/json' }

async function admin(t: { teardown(end: () => unknown): unknown }) {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const app = await testApp(db)
  t.teardown(() => app.close())
  return { db, shop, visitor: await Visitor.signedIn(app, shop.admin_id) }
}

const errorsOf = (body: string): unknown => JSON.parse(body).errors

function stored(kind: StoredSeries['kind'], year: number, format: string): StoredSeries {
  return { kind, year, format, next_number: 8, last_date: `${year}-03-01` }
}

t.test(
  'a year not begun takes the format of the nearest year before, a kind not begun its first one',
  async (t) => {
    const known = [stored('invoice', 2024, 'FA{YYYY}/{number}'), stored('invoice', 2025, 'F{YYYY}-{number}')]
    const series = seriesOf(known, { code: '', recurring_series: false }, 2026)
    t.same(
      series.map(({ kind, year, format, next_number, proposed }) => [
        kind,
        year,
        format,
        next_number,
        proposed,
      ]),
      [
        ['order', 2026, 'SO-{YYYY}-{number}', 1, true],
        ['order', 2027, 'SO-{YYYY}-{number}', 1, true],
        ['invoice', 2024, 'FA{YYYY}/{number}', 8, false],
        ['invoice', 2025, 'F{YYYY}-{number}', 8, false],
        ['invoice', 2026, 'F{YYYY}-{number}', 1, true],
        ['invoice', 2027, 'F{YYYY}-{number}', 1, true],
        ['credit_note', 2026, 'A-{YYYY}-{number}', 1, true],
        ['credit_note', 2027, 'A-{YYYY}-{number}', 1, true],
      ],
      'recurring invoices that share the series have none',
    )
    const own = seriesOf([], { code: 'AN', recurring_series: true }, 2026)
    t.ok(own.some(({ kind, format }) => kind === 'recurring_invoice' && format === 'R-AN-{YYYY}-{number}'))
  },
)

t.test('a format may be shared by the years of one kind, and collides with no other', async (t) => {
  const known = [
    stored('invoice', 2025, 'F-{YYYY}-{number}'),
    stored('credit_note', 2025, 'A-{YYYY}-{number}'),
  ]
  const keys = (format: string, kind: StoredSeries['kind'] = 'invoice') =>
    mistakesOfSeries({ format, next_number: 1 }, { kind, year: 2026 }, known).map(
      ({ message }) => message.key,
    )
  t.same(keys('F-{YYYY}-{number}'), [])
  t.same(keys('A-{YYYY}-{number}'), ['numbering.collides.credit_note'])
  t.same(keys('F-{YYYY}-1{number}'), ['numbering.collides.invoice'], 'of another year, with another format')
  t.same(keys('F-{YYYY}-{number}', 'order'), ['numbering.collides.invoice'])
  t.same(keys('F-{number}'), ['numbering.format.year'])
  t.same(keys('Facture n° {YYYY} {number}'), ['numbering.format.characters'])
})

t.test('an admin sets format and first number of a series until its first number is taken', async (t) => {
  const { db, shop, visitor } = await admin(t)
  const year = Number(todayIn('Europe/Paris', new Date()).slice(0, 4))
  const url = (kind: string, of = year) => `/settings/number-series/${shop.organisation_id}/${kind}/${of}`
  const form = { format: 'FA-{YYYY}-{number}', next_number: '120' }
  const example = await visitor.post(`${url('invoice')}/example`, form, json)
  t.match(JSON.parse(example.body).sentence, `FA-${year}-0120, FA-${year}-0121`)
  const plain = await visitor.post(`${url('invoice')}/example`, { ...form, format: '<b>' })
  t.match(
    plain,
    { status: 200, body: /value="&lt;b&gt;"[\s\S]*The next number appears here/ },
    'without scripts',
  )
  t.match(await visitor.post(url('invoice'), form), { status: 303, location: '/settings/number-series' })
  t.match((await visitor.get('/settings/number-series')).body, `FA-${year}-0120`)
  t.match((await visitor.json(url('invoice'))).body, { ...form, next_number: 120, last_date: null })
  t.match((await visitor.json(url('invoice', year + 1))).body, { format: form.format, next_number: 1 })
  const collides = await visitor.post(url('credit_note'), form, json)
  t.match(errorsOf(collides.body), [{ field: 'format', message: /of the invoices of \d{4}/ }])
  const wrong = await visitor.post(url('credit_note'), { format: '', next_number: '0' }, json)
  t.match(errorsOf(wrong.body), [{ field: 'format' }, { field: 'next_number' }])

  await db
    .updateTable('number_series')
    .set({ last_date: `${year}-01-02` })
    .where('kind', '=', 'invoice')
    .execute()
  t.match(await visitor.post(url('invoice'), form, json), { status: 409, body: /series_used/ })
  const fixed = await visitor.get(url('invoice'))
  t.match(fixed.body, /Numbers were taken from this series/)
  t.notMatch(fixed.body, /name="format"/)
  t.match(await visitor.get(url('toys')), { status: 404 })
  t.match(await visitor.get(url('invoice', 12)), { status: 404 })
  const csv = await visitor.get('/settings/number-series?format=csv')
  t.match(csv.body, `AN,invoice,${year},FA-{YYYY}-{number},120,FA-${year}-0120,${year}-01-02`)
})

t.test('what is closed stays closed, whoever connects', async (t) => {
  const state = { closing_date: '2026-03-31', today: '2026-05-04' }
  t.same(mistakesOfClosingDate('2026-04-30', state), [])
  t.match(mistakesOfClosingDate('2026-03-31', state), [{ message: { key: 'closing.back' } }])
  t.match(mistakesOfClosingDate('2026-05-05', { ...state, closing_date: null }), [
    { message: { key: 'closing.future' } },
  ])

  const { db, shop, visitor } = await admin(t)
  const url = `/organisations/${shop.organisation_id}/closing`
  const today = todayIn('Europe/Paris', new Date())
  t.match((await visitor.get(url)).body, /Nothing is closed now[\s\S]*never back/)
  t.match(await visitor.post(url, { closing_date: addDays(today, 1) }), { status: 422 })
  t.match(await visitor.post(url, { closing_date: '' }, json), { status: 422 })
  t.match(await visitor.post(url, { closing_date: addDays(today, -3) }), {
    status: 303,
    location: `/organisations/${shop.organisation_id}`,
  })
  const back = await visitor.post(url, { closing_date: addDays(today, -4) }, json)
  t.match(errorsOf(back.body), [{ field: 'closing_date', message: /closed already/ }])
  t.match((await visitor.json(url)).body, { closing_date: addDays(today, -3) })
  for (const change of [sql`closing_date - 1`, sql`NULL`])
    await t.rejects(
      sql`UPDATE organisations SET closing_date = ${change} WHERE id = ${shop.organisation_id}`.execute(db),
      { message: /only moves forward/ },
    )
})

t.test(
  'an organisation says whether recurring invoices have their own series, and what late dates become',
  async (t) => {
    const { shop, visitor } = await admin(t)
    const url = `/organisations/${shop.organisation_id}`
    const fields = {
      code: 'AN',
      name: 'Atelier Nord',
      country: 'FR',
      time_zone: 'Europe/Paris',
      currency: 'EUR',
    }
    t.match((await visitor.json(url)).body, { recurring_series: true, late_dates: 'redate' })
    t.match(await visitor.post(url, { ...fields, recurring_series: 'false', late_dates: 'keep' }), {
      status: 303,
    })
    t.match(await visitor.post(url, fields), { status: 303 })
    t.match(
      (await visitor.json(url)).body,
      { recurring_series: false, late_dates: 'keep' },
      'what is not named stays',
    )
  },
)

t.test('exchange rates are typed, imported, listed and taken away', async (t) => {
  const { visitor } = await admin(t)
  const at = '/settings/exchange-rates'
  const today = todayIn('Europe/Paris', new Date())
  const form = { from_currency: 'USD', to_currency: 'EUR', rate: '0.92', rate_date: today }
  t.match((await visitor.get(at)).body, /No exchange rate is entered/)
  const example = await visitor.post(`${at}/example`, form, json)
  t.equal(JSON.parse(example.body).sentence, '1 USD = 0.92 EUR, so 1 EUR = 1.086956522 USD')
  t.match(await visitor.post(at, { ...form, to_currency: 'USD', rate: '' }, json), { status: 422 })
  t.match(await visitor.post(at, form), { status: 303, location: at })
  const file = { name: 'eurofxref-hist.csv', content: Buffer.from(`Date,JPY,CYP,\n${today},163.52,N/A,\n`) }
  t.match(await visitor.upload(`${at}/imports`, {}, { file }), { status: 303, location: at })
  t.match((await visitor.get(at)).body, /1 rate is new, 0 replaced[\s\S]*CYP[\s\S]*1 EUR = 163.52 JPY/)
  t.match(
    await visitor.upload(`${at}/imports`, {}, { file: { name: 'x.csv', content: Buffer.from('a\nb\n') } }),
    {
      status: 422,
      body: /neither the columns of the ECB[\s\S]*Choose the file again/,
    },
  )
  t.match(await visitor.upload(`${at}/imports`, {}, {}), { status: 422, body: /Choose the file\./ })
  const { body } = await visitor.json(`${at}?currency=USD`)
  t.match(body, { items: [{ from_currency: 'USD', rate: '0.92', source: '' }], total: 1, next: null })
  const id = JSON.stringify(body).match(/"id":"([^"]+)"/)?.[1] ?? ''
  t.match(await visitor.get(`${at}/${id}`), { status: 303, location: `${at}/${id}/deletion` })
  t.match((await visitor.get(`${at}/${id}/deletion`)).body, /Issued invoices keep their own copy/)
  t.match(await visitor.post(`${at}/${id}/deletion`, {}), { status: 303, location: at })
  t.match(await visitor.json(`${at}?currency=USD`), { body: { items: [], total: 0 } })
  t.match((await visitor.get(`${at}?format=csv`)).body, `${today},EUR,JPY,163.52,eurofxref-hist.csv`)
})
