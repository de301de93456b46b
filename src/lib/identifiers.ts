import { euCountryCodes, isCountry } from './choices.ts'

/** Identifiers of companies as the law and their check digits want them. Pure; texts in, texts out. */

/** Letters and digits in capitals: spaces, dots, hyphens and slashes between them mean nothing. */
export function compactIdentifier(typed: string): string {
  return typed.toUpperCase().replace(/[\s.·/_-]/gu, '')
}

/** The same for a VAT number; Greece writes EL where others write GR. */
export function compactVatNumber(typed: string): string {
  return compactIdentifier(typed).replace(/^GR/, 'EL')
}

/** Nine digits, the last one a Luhn check digit (INSEE). `732829320` is one, `732829321` is not. */
export function isSiren(text: string): boolean {
  return /^\d{9}$/.test(text) && luhn(text) % 10 === 0
}

/**
 * A SIREN and five digits for the establishment, all fourteen under Luhn. La Poste (356000000) has more establishments than Luhn
 * leaves room for: the plain sum of theirs is a multiple of five (INSEE).
 */
export function isSiret(text: string): boolean {
  if (!/^\d{14}$/.test(text) || !isSiren(text.slice(0, 9))) return false
  if (luhn(text) % 10 === 0) return true
  return text.startsWith('356000000') && [...text].reduce((sum, digit) => sum + Number(digit), 0) % 5 === 0
}

function luhn(digits: string): number {
  return [...digits].reverse().reduce((sum, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 1 : 2)
    return sum + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
}

/** The country of a VAT number by its first two letters; EL is Greece, XI Northern Ireland. Undefined where they are no country. */
function vatCountry(vatNumber: string): string | undefined {
  const prefix = vatNumber.slice(0, 2)
  if (prefix === 'EL') return 'GR'
  if (prefix === 'XI') return 'XI'
  return isCountry(prefix) ? prefix : undefined
}

/** Whether reverse charge and intra-community supplies may rest on it: a member state's number, or Northern Ireland's. */
export function isEuVatNumber(vatNumber: string): boolean {
  const country = vatCountry(vatNumber)
  return country !== undefined && (country === 'XI' || euCountryCodes.includes(country))
}

/** What follows the two letters, for the member states and the United Kingdom (VIES), with an example of each. */
const forms: Readonly<Record<string, { form: RegExp; example: string }>> = {
  AT: { form: /^U\d{8}$/, example: 'ATU12345678' },
  BE: { form: /^[01]\d{9}$/, example: 'BE0123456789' },
  BG: { form: /^\d{9,10}$/, example: 'BG123456789' },
  CY: { form: /^\d{8}[A-Z]$/, example: 'CY12345678L' },
  CZ: { form: /^\d{8,10}$/, example: 'CZ12345678' },
  DE: { form: /^\d{9}$/, example: 'DE123456789' },
  DK: { form: /^\d{8}$/, example: 'DK12345678' },
  EE: { form: /^\d{9}$/, example: 'EE123456789' },
  EL: { form: /^\d{9}$/, example: 'EL123456789' },
  ES: { form: /^(?=.*[A-Z])[A-Z0-9]\d{7}[A-Z0-9]$/, example: 'ESX1234567X' },
  FI: { form: /^\d{8}$/, example: 'FI12345678' },
  FR: { form: /^[A-HJ-NP-Z0-9]{2}\d{9}$/, example: 'FR12345678901' },
  GB: { form: /^(\d{9}(\d{3})?|GD\d{3}|HA\d{3})$/, example: 'GB123456789' },
  HR: { form: /^\d{11}$/, example: 'HR12345678901' },
  HU: { form: /^\d{8}$/, example: 'HU12345678' },
  IE: { form: /^(\d{7}[A-W][A-I]?|\d[A-Z+*]\d{5}[A-W])$/, example: 'IE1234567WA' },
  IT: { form: /^\d{11}$/, example: 'IT12345678901' },
  LT: { form: /^(\d{9}|\d{12})$/, example: 'LT123456789' },
  LU: { form: /^\d{8}$/, example: 'LU12345678' },
  LV: { form: /^\d{11}$/, example: 'LV12345678901' },
  MT: { form: /^\d{8}$/, example: 'MT12345678' },
  NL: { form: /^[A-Z0-9+*]{10}\d{2}$/, example: 'NL123456789B01' },
  PL: { form: /^\d{10}$/, example: 'PL1234567890' },
  PT: { form: /^\d{9}$/, example: 'PT123456789' },
  RO: { form: /^\d{2,10}$/, example: 'RO1234567890' },
  SE: { form: /^\d{12}$/, example: 'SE123456789012' },
  SI: { form: /^\d{8}$/, example: 'SI12345678' },
  SK: { form: /^\d{10}$/, example: 'SK1234567890' },
  XI: { form: /^(\d{9}(\d{3})?|GD\d{3}|HA\d{3})$/, example: 'XI123456789' },
}

export type VatMistake = { mistake: 'no_country' } | { mistake: 'form'; country: string; example: string }

/** What is wrong with the shape of a compact VAT number; check digits are for `fitsVatCheckDigits`. */
export function vatNumberMistake(vatNumber: string): VatMistake | undefined {
  const country = vatCountry(vatNumber)
  if (country === undefined) return { mistake: 'no_country' }
  const rest = vatNumber.slice(2)
  const known = forms[vatNumber.slice(0, 2)]
  if (known === undefined)
    return /^[A-Z0-9]{2,18}$/.test(rest)
      ? undefined
      : { mistake: 'form', country, example: `${country}123456789` }
  return known.form.test(rest) ? undefined : { mistake: 'form', country, example: known.example }
}

/**
 * Whether the check digits fit, where the rule is known (Belgium, France, Germany, Italy): a slip of the keyboard is found, whether
 * the number was ever given to anybody only VIES can tell. True where there is no rule. `DE129273398` fits.
 */
export function fitsVatCheckDigits(vatNumber: string): boolean {
  const [prefix, rest] = [vatNumber.slice(0, 2), vatNumber.slice(2)]
  if (prefix === 'FR' && /^\d{11}$/.test(rest)) {
    const siren = Number(rest.slice(2))
    return Number(rest.slice(0, 2)) === (12 + 3 * (siren % 97)) % 97
  }
  if (prefix === 'BE' && /^\d{10}$/.test(rest))
    return Number(rest.slice(8)) === 97 - (Number(rest.slice(0, 8)) % 97)
  if (prefix === 'DE' && /^\d{9}$/.test(rest)) return germanCheckDigit(rest.slice(0, 8)) === Number(rest[8])
  if (prefix === 'IT' && /^\d{11}$/.test(rest)) return luhn(rest) % 10 === 0
  return true
}

/** ISO 7064, MOD 11,10. */
function germanCheckDigit(digits: string): number {
  const product = [...digits].reduce((carried, digit) => {
    const sum = (carried + Number(digit)) % 10
    return ((sum === 0 ? 10 : sum) * 2) % 11
  }, 10)
  return (11 - product) % 10
}

/** The SIREN inside a French VAT number. */
export function sirenOfVatNumber(vatNumber: string): string | undefined {
  return /^FR..\d{9}$/.test(vatNumber) ? vatNumber.slice(4) : undefined
}
