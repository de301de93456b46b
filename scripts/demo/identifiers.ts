import type { Chance } from './chance.ts'

/** Identifiers of made-up companies whose check digits are right, so that the product's own checks pass. */

export function digits(chance: Chance, count: number): string {
  return Array.from({ length: count }, () => chance.whole(0, 9)).join('')
}

export function siren(chance: Chance): string {
  return withLuhn(`${chance.whole(3, 9)}${digits(chance, 7)}`)
}

/** The head office's SIRET: the SIREN, an internal number and a check digit over all fourteen. */
export function siret(siren: string): string {
  return withLuhn(`${siren}0001`)
}

export function frenchVatNumber(siren: string): string {
  const key = (12 + 3 * (Number(siren) % 97)) % 97
  return `FR${String(key).padStart(2, '0')}${siren}`
}

/** A VAT number as the country writes it; '' where there is none to make. */
export function vatNumber(chance: Chance, country: string): string {
  switch (country) {
    case 'DE':
      return `DE${withMod11(`${chance.whole(1, 3)}${digits(chance, 7)}`)}`
    case 'BE': {
      const body = `0${chance.whole(4, 8)}${digits(chance, 6)}`
      return `BE${body}${String(97 - (Number(body) % 97)).padStart(2, '0')}`
    }
    case 'IT':
      return `IT${withLuhn(`0${digits(chance, 6)}${chance.pick(['015', '058', '063'])}`)}`
    case 'ES': {
      const body = digits(chance, 7)
      return `ESB${body}${(10 - (luhn(`${body}0`) % 10)) % 10}`
    }
    case 'LU': {
      const body = `${chance.whole(1, 3)}${digits(chance, 5)}`
      return `LU${body}${String(Number(body) % 89).padStart(2, '0')}`
    }
    case 'NL':
      return `NL${dutch(chance)}B01`
    case 'PT':
      return `PT${portuguese(`5${digits(chance, 7)}`)}`
    default:
      return ''
  }
}

/** A French IBAN of a made-up account: bank, branch and account with their key, then the check digits of ISO 13616. */
export function frenchIban(chance: Chance): string {
  const [bank, branch, account] = [digits(chance, 5), digits(chance, 5), digits(chance, 11)]
  const key = 97 - Number((BigInt(`${bank}${branch}${account}`) * 100n) % 97n)
  const bban = `${bank}${branch}${account}${String(key).padStart(2, '0')}`
  // F is 15 and R is 27 in ISO 13616.
  const check = 98 - Number(BigInt(`${bban}152700`) % 97n)
  return `FR${String(check).padStart(2, '0')}${bban}`
}

/** A GTIN-13 of a prefix for use within a company. */
export function gtin(chance: Chance): string {
  const body = `20${digits(chance, 10)}`
  const sum = [...body].reduce((soFar, digit, index) => soFar + Number(digit) * (index % 2 === 0 ? 1 : 3), 0)
  return `${body}${(10 - (sum % 10)) % 10}`
}

function withLuhn(body: string): string {
  return `${body}${(10 - (luhn(`${body}0`) % 10)) % 10}`
}

function luhn(text: string): number {
  return [...text].reverse().reduce((sum, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2)
    return sum + (value > 9 ? value - 9 : value)
  }, 0)
}

/** ISO 7064, MOD 11,10. */
function withMod11(body: string): string {
  const product = [...body].reduce((carried, digit) => {
    const sum = (carried + Number(digit)) % 10
    return ((sum === 0 ? 10 : sum) * 2) % 11
  }, 10)
  return `${body}${(11 - product) % 10}`
}

/** The weighted sum of the first eight is the ninth, modulo 11; a remainder of 10 is never given. */
function dutch(chance: Chance): string {
  for (;;) {
    const body = `8${digits(chance, 7)}`
    const check = [...body].reduce((sum, digit, index) => sum + Number(digit) * (9 - index), 0) % 11
    if (check < 10) return `${body}${check}`
  }
}

function portuguese(body: string): string {
  const rest = [...body].reduce((sum, digit, index) => sum + Number(digit) * (9 - index), 0) % 11
  return `${body}${rest < 2 ? 0 : 11 - rest}`
}
