import t from 'tap'
import {
  mistakesOfSuccession,
  mistakesOfTaxRate,
  type TaxRateForm,
  withPresetCode,
} from '../../../src/services/tax-rates/tax-rate.ts'

const standard: TaxRateForm = {
  code: 'FR-20',
  name: 'VAT 20 %',
  category: 'S',
  rate: '20',
  exemption_text: '',
  exemption_code: '',
  valid_from: null,
  valid_to: null,
  successor_id: null,
}

function keys(form: Partial<TaxRateForm>) {
  return mistakesOfTaxRate(withPresetCode({ ...standard, ...form })).map(
    ({ field, message }) => `${field}: ${message.key}`,
  )
}

t.test('a rate above zero belongs to category S, and to no other', async (t) => {
  t.same(keys({}), [])
  t.same(keys({ rate: '0' }), ['rate: tax_rates.rate.standard'])
  t.same(keys({ rate: '100.5' }), ['rate: tax_rates.rate.standard'])
  t.same(keys({ category: 'Z', rate: '5' }), ['rate: tax_rates.rate.zero'])
  t.same(keys({ category: 'Z', rate: '0' }), [])
})

t.test('who charges nothing says why, and who charges says nothing', async (t) => {
  t.same(keys({ category: 'AE', rate: '0' }), ['exemption_text: tax_rates.exemption_text.missing'])
  t.same(keys({ category: 'AE', rate: '0', exemption_text: 'Reverse charge' }), [])
  t.same(keys({ exemption_text: 'Reverse charge' }), ['exemption_text: tax_rates.exemption_text.surplus'])
  t.equal(
    withPresetCode({ ...standard, category: 'K' }).exemption_code,
    'VATEX-EU-IC',
    'the code goes without saying',
  )
  const exempt = { category: 'E', rate: '0', exemption_text: 'Exempt' } as const
  t.same(keys({ ...exempt, exemption_code: 'VATEX-EU-AE' }), [
    'exemption_code: tax_rates.exemption_code.other_category',
  ])
  t.same(keys({ ...exempt, exemption_code: 'ART 261' }), ['exemption_code: tax_rates.exemption_code.wrong'])
  t.same(keys({ ...exempt, exemption_code: 'VATEX-FR-FRANCHISE' }), [])
})

t.test('a successor takes over on the day after, without a day between and without a circle', async (t) => {
  const old = { id: 'old', name: '19.6', valid_from: null, valid_to: '2013-12-31', successor_id: 'new' }
  const next = { id: 'new', name: '20', valid_from: '2014-01-01', valid_to: null, successor_id: null }
  const rates = new Map([old, next].map((rate) => [rate.id, rate]))
  const key = (id: string | undefined, form: { valid_to: string | null; successor_id: string | null }) =>
    mistakesOfSuccession(id, form, rates).map(({ message }) => message.key)
  t.same(key('old', { valid_to: '2013-12-31', successor_id: 'new' }), [])
  t.same(key('old', { valid_to: '2013-12-30', successor_id: 'new' }), ['tax_rates.successor.gap'])
  t.same(key('new', { valid_to: '2030-12-31', successor_id: 'old' }), ['tax_rates.successor.circle'])
  t.same(key(undefined, { valid_to: '2014-12-31', successor_id: 'old' }), ['tax_rates.successor.ended'])
  t.same(key('old', { valid_to: '2013-12-31', successor_id: 'none' }), ['tax_rates.successor.unknown'])
  t.same(keys({ successor_id: 'new' }), ['valid_to: tax_rates.successor.no_end'])
})
