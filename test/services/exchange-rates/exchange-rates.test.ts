import t from 'tap'
import { findExchangeRateOn } from '../../../src/data/exchange-rates.ts'
import { inverse } from '../../../src/lib/money.ts'
import { enterExchangeRate } from '../../../src/services/exchange-rates/enter-exchange-rate.ts'
import { importExchangeRates } from '../../../src/services/exchange-rates/import-exchange-rates.ts'
import { readRateTable } from '../../../src/services/exchange-rates/rate-table.ts'
import { removeExchangeRate } from '../../../src/services/exchange-rates/remove-exchange-rate.ts'
import { testDatabase } from '../../support/database.ts'
import { makeShop } from '../../support/shop.ts'

const today = '2026-11-25'

function read(text: string, since: string | null = null) {
  return readRateTable({ name: 'rates.csv', content: Buffer.from(text) }, { since, today })
}

t.test('the central bank’s file is a line a day, one euro in each currency', async (t) => {
  const table = read('Date, USD, JPY, CYP, \n2026-11-24,1.0867,163.52,N/A,\n2026-11-23,N/A,163.1,0.58,\n')
  t.same(table, {
    rates: [
      { from_currency: 'EUR', to_currency: 'USD', rate_date: '2026-11-24', rate: '1.0867' },
      { from_currency: 'EUR', to_currency: 'JPY', rate_date: '2026-11-24', rate: '163.52' },
      { from_currency: 'EUR', to_currency: 'JPY', rate_date: '2026-11-23', rate: '163.1' },
    ],
    unknown: ['CYP'],
    mistakes: [],
    more: 0,
  })
  t.equal(read('Date,USD\n2026-11-24,1.08\n2020-01-02,1.11\n', '2026-01-01').rates.length, 1)
})

t.test('a file of one’s own has a rate a line, in the figures of its language', async (t) => {
  t.same(read('date;from;to;rate\n24/11/2026;usd;EUR;0,92\n').rates, [
    { from_currency: 'USD', to_currency: 'EUR', rate_date: '2026-11-24', rate: '0.92' },
  ])
})

t.test('what is wrong in a file is named by its line and column', async (t) => {
  const { mistakes } = read(
    [
      'date,from,to,rate',
      '2026-11-31,USD,EUR,0.92',
      '2026-11-20,XXX,EUR,0.92',
      '2026-11-20,EUR,EUR,1',
      '2026-11-20,USD,EUR,0',
      '2026-11-26,USD,EUR,0.92',
    ].join('\n'),
  )
  t.same(
    mistakes.map(({ line, column, message }) => `${line} ${column} ${message.key}`),
    [
      '2 date form.date.wrong',
      '3 from exchange.currency.unknown',
      '4 to exchange.currency.same',
      '5 rate exchange.rate.wrong',
      '6 date exchange.date.future',
    ],
  )
  t.match(read('name,city\nA,B\n').mistakes, [{ line: null, message: { key: 'exchange.import.columns' } }])
  const many = read(`Date,USD\n${'2026-11-24,x\n'.repeat(50)}`)
  t.same([many.mistakes.length, many.more], [20, 30])
})

t.test('the opposite of a rate has nine decimals', async (t) => {
  t.same([inverse('0.92'), inverse('163.52'), inverse('2')], ['1.086956522', '0.00611546', '0.5'])
})

t.test(
  'a day has the newest rate on or before it, at most seven days old, of either direction',
  async (t) => {
    const { db } = await testDatabase(t)
    const { admin_id } = await makeShop(db)
    const enter = (from_currency: string, to_currency: string, rate_date: string, rate: string) =>
      enterExchangeRate(db, admin_id, { from_currency, to_currency, rate_date, rate }, today)
    const first = await enter('USD', 'EUR', '2026-11-10', '0.9')
    await enter('EUR', 'USD', '2026-11-12', '1.25')
    const on = (date: string) => findExchangeRateOn(db, { from: 'USD', to: 'EUR', date })
    t.equal(await on('2026-11-09'), undefined)
    t.equal(await on('2026-11-11'), '0.900000000')
    t.equal(await on('2026-11-12'), '0.800000000', 'the newest, though it is of the opposite pair')
    t.equal(await on('2026-11-19'), '0.800000000')
    t.equal(await on('2026-11-20'), undefined, 'eight days old')
    await t.rejects(enter('USD', 'EUR', '2026-11-10', '0.91'), { errors: [{ field: 'rate_date' }] })
    await removeExchangeRate(db, admin_id, first)
    t.equal(await on('2026-11-11'), undefined)
    await t.rejects(removeExchangeRate(db, admin_id, first), { name: 'NotFound' })

    const rates = read('Date,USD\n2026-11-12,1.25\n2026-11-13,1.2\n').rates
    t.same(await importExchangeRates(db, admin_id, rates, 'a.csv'), { created: 1, changed: 0, known: 1 })
    const other = read('Date,USD\n2026-11-12,1.25\n2026-11-13,1.21\n').rates
    t.same(await importExchangeRates(db, admin_id, other, 'b.csv'), { created: 0, changed: 1, known: 1 })
    const audited = await db
      .selectFrom('audit_entries')
      .select('action')
      .where('subject_type', '=', 'exchange_rate')
      .orderBy('id')
      .execute()
    t.same(
      audited.map(({ action }) => action),
      ['created', 'created', 'deleted', 'imported', 'imported'],
    )
  },
)
