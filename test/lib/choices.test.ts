import t from 'tap'
import {
  commonCountryNames,
  countryCodes,
  countryName,
  countryNamed,
  shortCurrencyChoices,
} from '../../src/lib/choices.ts'

t.test('every country is found by its code and by its name in both languages', async (t) => {
  for (const code of countryCodes) {
    t.equal(countryNamed(code.toLowerCase()), code)
    for (const language of ['en', 'fr'] as const) t.equal(countryNamed(countryName(language, code)), code)
  }
  t.equal(countryNamed('Atlantis'), undefined)
})

t.test('the countries that a field proposes are countries, in the order of the language', async (t) => {
  t.equal(commonCountryNames('fr')[0], 'Allemagne')
  for (const name of commonCountryNames('en')) t.ok(countryNamed(name), name)
})

t.test('a short list of currencies holds them all, the common ones by name', async (t) => {
  t.same(shortCurrencyChoices('en', ['AFN', 'EUR', 'XOF']), [
    { value: 'EUR', label: 'EUR – Euro' },
    { value: 'AFN', label: 'AFN' },
    { value: 'XOF', label: 'XOF' },
  ])
})
