import t from 'tap'
import { isBic, isIban, spacedIban } from '../../src/lib/bank.ts'
import { isGtin } from '../../src/lib/gtin.ts'
import { priceText } from '../../src/lib/money.ts'
import { isUnit, unitChoices, unitCodes, unitName } from '../../src/lib/units.ts'

t.test('an IBAN has the length of its country and check digits that fit', async (t) => {
  for (const iban of ['FR7630006000011234567890189', 'DE89370400440532013000', 'GB29NWBK60161331926819'])
    t.equal(isIban(iban), true, iban)
  for (const iban of [
    'FR7630006000011234567890188',
    'FR763000600001123456789018',
    'FR76 3000 6000 0112 3456 7890 189',
    'US7630006000011234567890189',
    'DE8937040044053201300',
    'FR76',
    '',
  ])
    t.equal(isIban(iban), false, iban)
  t.equal(spacedIban('FR7630006000011234567890189'), 'FR76 3000 6000 0112 3456 7890 189')
})

t.test('a BIC has 8 or 11 signs', async (t) => {
  t.same(['BNPAFRPP', 'BNPAFRPPXXX', 'BNPAFRP', 'BNPA1RPP'].map(isBic), [true, true, false, false])
})

t.test('the last digit of a GTIN checks the others', async (t) => {
  for (const gtin of ['4006381333931', '96385074', '036000291452', '10012345678902']) t.ok(isGtin(gtin), gtin)
  for (const gtin of ['4006381333932', '4006381333', 'abcdefgh', '']) t.notOk(isGtin(gtin), gtin)
})

t.test('every unit has a code of two or three signs and a name in both languages', async (t) => {
  for (const code of unitCodes) {
    t.match(code, /^[A-Z0-9]{2,3}$/)
    t.ok(unitName('en', code) && unitName('fr', code), code)
  }
  t.equal(new Set(unitCodes.map((code) => unitName('fr', code))).size, unitCodes.length, 'no two alike')
  t.equal(isUnit('toString'), false)
  t.equal(unitName('fr', 'ZZZ'), 'ZZZ', 'an unknown code is its own name')
  t.match(unitChoices('en', 'ZZZ').at(-1), { value: 'ZZZ' })
})

t.test('a unit price has the currency’s decimals at least and all of its own', async (t) => {
  t.equal(priceText('18.000000', 'EUR'), '18.00')
  t.equal(priceText('0.123400', 'EUR'), '0.1234')
  t.equal(priceText('333.5', 'JPY'), '333.5')
  t.equal(priceText('-0.00', 'EUR'), '0.00')
})
