import t from 'tap'
import { countryCodes, euCountryCodes } from '../../../src/lib/choices.ts'
import { isCurrency } from '../../../src/lib/currencies.ts'
import { isTimeZone } from '../../../src/lib/dates.ts'
import { presetCurrency, presetTimeZone } from '../../../src/services/setup/country-presets.ts'
import { countryRates, knowsVatOf } from '../../../src/services/setup/vat-rates.ts'
import { mistakesOfTaxRate } from '../../../src/services/tax-rates/tax-rate.ts'

t.test('every country starts with rates that can be saved, and treatments that lead to them', async (t) => {
  for (const country of countryCodes) {
    for (const language of ['en', 'fr'] as const) {
      const { rates, treatments } = countryRates(country, language, null)
      const wrong = rates.flatMap(mistakesOfTaxRate).map((mistake) => mistake.message.key)
      t.same(wrong, [], `${country}, ${language}`)
      const codes = new Set(rates.map((rate) => rate.code))
      t.equal(codes.size, rates.length, `${country}: codes differ`)
      t.ok(
        treatments.every(({ code }) => codes.has(code)),
        `${country}: treatments`,
      )
      t.equal(treatments.length, 6)
    }
  }
})

t.test(
  'the 27 member states, the United Kingdom, Switzerland and Norway bring rates, currency and zone',
  async (t) => {
    for (const country of [...euCountryCodes, 'GB', 'CH', 'NO']) {
      t.ok(knowsVatOf(country), country)
      t.ok(isCurrency(presetCurrency(country) ?? ''), `${country}: currency`)
      t.ok(isTimeZone(presetTimeZone(country) ?? ''), `${country}: time zone`)
    }
  },
)

t.test('France: four rates, the law in the organisation’s language', async (t) => {
  const { rates } = countryRates('FR', 'fr', null)
  t.same(
    rates.map(({ code, category, rate }) => [code, category, rate]),
    [
      ['FR-20', 'S', '20'],
      ['FR-10', 'S', '10'],
      ['FR-5.5', 'S', '5.5'],
      ['FR-2.1', 'S', '2.1'],
      ['FR-EU-GOODS', 'K', '0'],
      ['FR-EU-SERVICE', 'AE', '0'],
      ['FR-EXPORT', 'G', '0'],
      ['FR-SERVICE-ABROAD', 'O', '0'],
      ['FR-EXEMPT', 'E', '0'],
    ],
  )
  t.match(rates[4]?.exemption_text, /262 ter/)
})

t.test('abroad goods are exports and services out of scope, in every country', async (t) => {
  for (const country of countryCodes) {
    const { rates, treatments } = countryRates(country, 'en', null)
    const categoryOf = (treatment: string, supply: string) => {
      const rule = treatments.find((each) => each.treatment === treatment && each.supply === supply)
      return rates.find(({ code }) => code === rule?.code)
    }
    t.match(
      categoryOf('export', 'goods'),
      { category: 'G', rate: '0', exemption_code: 'VATEX-EU-G' },
      country,
    )
    t.match(
      categoryOf('export', 'service'),
      { category: 'O', rate: '0', exemption_code: 'VATEX-EU-O' },
      country,
    )
    const member = euCountryCodes.includes(country)
    t.equal(categoryOf('eu_business', 'goods')?.category, member ? 'K' : 'G', country)
    t.equal(categoryOf('eu_business', 'service')?.category, member ? 'AE' : 'O', country)
  }
})

t.test('the rates in force in January 2026 that changed last', async (t) => {
  const percents = (country: string) =>
    countryRates(country, 'en', null)
      .rates.filter(({ category }) => category === 'S')
      .map(({ rate }) => rate)
  t.same(percents('EE'), ['24', '13', '9'])
  t.same(percents('SK'), ['23', '19', '5'])
  t.same(percents('FI'), ['25.5', '13.5', '10'])
  t.same(percents('RO'), ['21', '11'])
  t.same(percents('LT'), ['21', '12', '5'])
})

t.test('elsewhere the given rate is the first, and without one nothing is taxed', async (t) => {
  t.equal(countryRates('CA', 'en', '5').rates[0]?.rate, '5')
  t.equal(countryRates('US', 'en', null).rates[0]?.category, 'Z')
})
