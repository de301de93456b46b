import t from 'tap'
import { presetRateId, type Rate, rateOnDate } from '../../../src/services/tax-treatments/line-rate.ts'

const rate = (id: string, changes: Partial<Rate> = {}): [string, Rate] => [
  id,
  {
    id,
    name: id,
    category: 'S',
    rate: '20',
    exemption_text: '',
    exemption_code: '',
    valid_from: null,
    valid_to: null,
    successor_id: null,
    archived_at: null,
    ...changes,
  },
]

const rules = {
  rates: new Map([
    rate('fr55'),
    rate('fr196', { valid_to: '2013-12-31', successor_id: 'fr20' }),
    rate('fr20', { valid_from: '2014-01-01', valid_to: '2027-12-31', successor_id: 'fr21' }),
    rate('fr21', { valid_from: '2028-01-01' }),
    rate('gone', { valid_to: '2020-01-01' }),
    rate('round', { valid_to: '2020-01-01', successor_id: 'about' }),
    rate('about', { valid_to: '2021-01-01', successor_id: 'round' }),
  ]),
  treatments: [
    { treatment: 'eu_business', supply: 'goods', tax_rate_id: 'eu_goods' },
    { treatment: 'eu_business', supply: 'service', tax_rate_id: 'eu_service' },
    { treatment: 'exempt', supply: 'goods', tax_rate_id: 'exempt' },
  ],
} as const

t.test('a treatment puts its own rate in the place of the product’s, by goods or service', async (t) => {
  const cases = [
    ['domestic', 'goods', 'fr55'],
    ['private', 'service', 'fr55'],
    ['eu_business', 'goods', 'eu_goods'],
    ['eu_business', 'service', 'eu_service'],
    ['exempt', 'goods', 'exempt'],
    ['exempt', 'service', 'fr55'],
  ] as const
  for (const [treatment, supply, expected] of cases) {
    t.equal(presetRateId(rules, { treatment, supply, rate_id: 'fr55' }), expected, `${treatment} ${supply}`)
  }
  t.equal(presetRateId(rules, { treatment: 'domestic', supply: 'goods', rate_id: null }), null)
})

t.test('a rate is followed to the one that is valid on the day, forwards and backwards', async (t) => {
  const on = (id: string, date: string) => rateOnDate(rules, id, date)?.rate.id
  t.equal(on('fr196', '2013-12-31'), 'fr196')
  t.equal(on('fr196', '2014-01-01'), 'fr20')
  t.equal(on('fr196', '2028-01-01'), 'fr21')
  t.equal(on('fr21', '2013-05-01'), 'fr196')
  t.equal(on('fr55', '1999-01-01'), 'fr55')
})

t.test('a rate that ended without successor, or is not valid yet, says so', async (t) => {
  t.match(rateOnDate(rules, 'gone', '2026-01-01'), { rate: { id: 'gone' }, problem: 'ended' })
  const young = { ...rules, rates: new Map([rate('young', { valid_from: '2030-01-01' })]) }
  t.match(rateOnDate(young, 'young', '2026-01-01'), { problem: 'not_yet' })
  t.equal(rateOnDate(rules, 'nothing', '2026-01-01'), undefined)
  t.match(
    rateOnDate(rules, 'round', '2026-01-01'),
    { problem: 'ended' },
    'successors in a circle end somewhere',
  )
})
