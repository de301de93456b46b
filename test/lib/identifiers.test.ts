import t from 'tap'
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

t.test('check digits find a slip of the keyboard where their rule is known', async (t) => {
  for (const right of ['DE129273398', 'FR40303265045', 'BE0403019261', 'IT00743110157', 'PL1234567890'])
    t.ok(fitsVatCheckDigits(right), right)
  for (const wrong of ['DE129273389', 'FR40303265054', 'BE0403019216', 'IT00743110175'])
    t.notOk(fitsVatCheckDigits(wrong), wrong)
})
