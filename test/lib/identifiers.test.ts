import t from 'tap'
import { euCountryCodes } from '../../src/lib/choices.ts'
import {
  compactIdentifier,
  compactVatNumber,
  fitsVatCheckDigits,
  isEuVatNumber,
  isSiren,
  isSiret,
  vatNumberMistake,
} from '../../src/lib/identifiers.ts'

t.test('what people type between letters and digits means nothing', async (t) => {
  t.equal(compactIdentifier(' fr 40.303-265_045 '), 'FR40303265045')
  t.equal(compactVatNumber('gr 123456789'), 'EL123456789')
})

t.test('a SIREN has nine digits, the last one a check digit', async (t) => {
  t.ok(isSiren('732829320'))
  for (const wrong of ['732829321', '73282932', '7328293200', '73282932X', '']) t.notOk(isSiren(wrong), wrong)
})

t.test('a SIRET has its SIREN’s digits and five more', async (t) => {
  t.ok(isSiret('73282932000074'))
  t.notOk(isSiret('73282932000075'))
  t.notOk(isSiret('73282932100074'), 'a wrong SIREN inside')
  t.ok(isSiret('35600000049837'), 'La Poste, by the sum of its digits')
})

t.test('a VAT number begins with its country and has the form of that country', async (t) => {
  for (const right of ['DE129273398', 'FR40303265045', 'ATU12345678', 'NL123456789B01', 'EL123456789'])
    t.equal(vatNumberMistake(right), undefined, right)
  for (const right of ['XI123456789', 'CHE123456789', 'US123456789'])
    t.equal(vatNumberMistake(right), undefined, right)
  t.same(vatNumberMistake('129273398'), { mistake: 'no_country' })
  t.same(vatNumberMistake('DE12927339'), { mistake: 'form', country: 'DE', example: 'DE123456789' })
  t.match(vatNumberMistake('FR'), { mistake: 'form' })
})

t.test('only numbers of member states and of Northern Ireland are the EU’s', async (t) => {
  for (const eu of ['DE129273398', 'EL123456789', 'XI123456789']) t.ok(isEuVatNumber(eu), eu)
  for (const other of ['GB123456789', 'CHE123456789']) t.notOk(isEuVatNumber(other), other)
})

t.test('the check digits of every member state’s VAT numbers find a slip of the keyboard', async (t) => {
  for (const right of numbers) {
    t.equal(vatNumberMistake(right), undefined, right)
    t.ok(fitsVatCheckDigits(right), right)
    const slips = swaps(right)
    const found = slips.filter((slip) => !fitsVatCheckDigits(slip))
    t.ok(found.length > slips.length / 2, `${right}: ${found.length} of ${slips.length} swapped digits`)
  }
  t.same(
    euCountryCodes.filter((country) => !numbers.some((number) => belongsTo(number, country))),
    [],
  )
  for (const wrong of ['DE129273389', 'FR40303265054', 'BE0403019216', 'IT00743110175', 'ATU12345678'])
    t.notOk(fitsVatCheckDigits(wrong), wrong)
  for (const without of ['CHE123456789', 'US123456789', '129273398', 'DE1', ''])
    t.ok(fitsVatCheckDigits(without), `${without}: no rule, or a wrong form`)
})

const numbers = [
  ...[
    'ATU64727905',
    'BE0776091951',
    'BG175074752',
    'CY10259033P',
    'CZ25123891',
    'CZ7103192745',
    'DE129273398',
  ],
  ...['DK13585628', 'EE100931558', 'EL094259216', 'ESB58378431', 'ES54362315K', 'ESX5910266W', 'FI20774740'],
  ...['FR40303265045', 'FRK7399859412', 'GB980780684', 'XI980780684', 'HR33392005961', 'HU12892312'],
  ...['IE6388047V', 'IE3628739UA', 'IT00743110157', 'LT119511515', 'LT100001919017', 'LU15027442'],
  ...['LV40003521600', 'MT11679112', 'NL004495445B01', 'NL000099998B57', 'PL8567346215', 'PT501964843'],
  ...['RO18547290', 'SE556188840401', 'SI50223054', 'SK2022749619'],
]

function belongsTo(number: string, country: string): boolean {
  return number.startsWith(country === 'GR' ? 'EL' : country)
}

/** The number with two neighbouring digits of it in the wrong order, once for each pair that differs. */
function swaps(number: string): string[] {
  return [...number].flatMap((sign, at) => {
    const next = number[at + 1]
    if (at < 2 || next === undefined || sign === next || !/^\d\d$/.test(sign + next)) return []
    return [number.slice(0, at) + next + sign + number.slice(at + 2)]
  })
}
