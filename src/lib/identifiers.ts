// A module a country: the package's own index loads those of the whole world.
import * as at from 'stdnum/lib/cjs/at/uid.js'
import * as be from 'stdnum/lib/cjs/be/vat.js'
import * as bg from 'stdnum/lib/cjs/bg/vat.js'
import * as cy from 'stdnum/lib/cjs/cy/vat.js'
import * as cz from 'stdnum/lib/cjs/cz/dic.js'
import * as de from 'stdnum/lib/cjs/de/vat.js'
import * as dk from 'stdnum/lib/cjs/dk/cvr.js'
import * as ee from 'stdnum/lib/cjs/ee/kmkr.js'
import * as es from 'stdnum/lib/cjs/es/nif.js'
import * as fi from 'stdnum/lib/cjs/fi/alv.js'
import * as siren from 'stdnum/lib/cjs/fr/siren.js'
import * as siret from 'stdnum/lib/cjs/fr/siret.js'
import * as fr from 'stdnum/lib/cjs/fr/tva.js'
import * as gb from 'stdnum/lib/cjs/gb/vat.js'
import * as el from 'stdnum/lib/cjs/gr/vat.js'
import * as hr from 'stdnum/lib/cjs/hr/oib.js'
import * as hu from 'stdnum/lib/cjs/hu/anum.js'
import * as ie from 'stdnum/lib/cjs/ie/vat.js'
import * as it from 'stdnum/lib/cjs/it/iva.js'
import * as lt from 'stdnum/lib/cjs/lt/pvm.js'
import * as lu from 'stdnum/lib/cjs/lu/tva.js'
import * as lv from 'stdnum/lib/cjs/lv/pvn.js'
import * as mt from 'stdnum/lib/cjs/mt/vat.js'
import * as nl from 'stdnum/lib/cjs/nl/btw.js'
import * as pl from 'stdnum/lib/cjs/pl/nip.js'
import * as pt from 'stdnum/lib/cjs/pt/nif.js'
import * as ro from 'stdnum/lib/cjs/ro/cif.js'
import * as se from 'stdnum/lib/cjs/se/vat.js'
import * as si from 'stdnum/lib/cjs/si/ddv.js'
import * as sk from 'stdnum/lib/cjs/sk/dph.js'
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

/** Nine digits, the last one a check digit (INSEE). `732829320` is one, `732829321` is not. */
export function isSiren(text: string): boolean {
  return /^\d{9}$/.test(text) && siren.validate(text).isValid
}

/**
 * A SIREN and five digits for the establishment, all fourteen under one check (INSEE); La Poste's many establishments (356000000)
 * have a check of their own.
 */
export function isSiret(text: string): boolean {
  return /^\d{14}$/.test(text) && isSiren(text.slice(0, 9)) && siret.validate(text).isValid
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

type Check = (number: string) => { error?: Error }

/** What follows the two letters, for the member states and the United Kingdom (VIES), with an example of each. */
const forms: Readonly<Record<string, { form: RegExp; example: string; check: Check }>> = {
  AT: { form: /^U\d{8}$/, example: 'ATU12345678', check: at.validate },
  BE: { form: /^[01]\d{9}$/, example: 'BE0123456789', check: be.validate },
  BG: { form: /^\d{9,10}$/, example: 'BG123456789', check: bg.validate },
  CY: { form: /^\d{8}[A-Z]$/, example: 'CY12345678L', check: cy.validate },
  CZ: { form: /^\d{8,10}$/, example: 'CZ12345678', check: cz.validate },
  DE: { form: /^\d{9}$/, example: 'DE123456789', check: de.validate },
  DK: { form: /^\d{8}$/, example: 'DK12345678', check: dk.validate },
  EE: { form: /^\d{9}$/, example: 'EE123456789', check: ee.validate },
  EL: { form: /^\d{9}$/, example: 'EL123456789', check: el.validate },
  ES: { form: /^(?=.*[A-Z])[A-Z0-9]\d{7}[A-Z0-9]$/, example: 'ESX1234567X', check: es.validate },
  FI: { form: /^\d{8}$/, example: 'FI12345678', check: fi.validate },
  FR: { form: /^[A-HJ-NP-Z0-9]{2}\d{9}$/, example: 'FR12345678901', check: fr.validate },
  GB: { form: /^(\d{9}(\d{3})?|GD\d{3}|HA\d{3})$/, example: 'GB123456789', check: gb.validate },
  HR: { form: /^\d{11}$/, example: 'HR12345678901', check: hr.validate },
  HU: { form: /^\d{8}$/, example: 'HU12345678', check: hu.validate },
  IE: { form: /^(\d{7}[A-W][A-I]?|\d[A-Z+*]\d{5}[A-W])$/, example: 'IE1234567WA', check: ie.validate },
  IT: { form: /^\d{11}$/, example: 'IT12345678901', check: it.validate },
  LT: { form: /^(\d{9}|\d{12})$/, example: 'LT123456789', check: lt.validate },
  LU: { form: /^\d{8}$/, example: 'LU12345678', check: lu.validate },
  LV: { form: /^\d{11}$/, example: 'LV12345678901', check: lv.validate },
  MT: { form: /^\d{8}$/, example: 'MT12345678', check: mt.validate },
  NL: { form: /^[A-Z0-9+*]{10}\d{2}$/, example: 'NL123456789B01', check: nl.validate },
  PL: { form: /^\d{10}$/, example: 'PL1234567890', check: pl.validate },
  PT: { form: /^\d{9}$/, example: 'PT123456789', check: pt.validate },
  RO: { form: /^\d{2,10}$/, example: 'RO1234567890', check: ro.validate },
  SE: { form: /^\d{12}$/, example: 'SE123456789012', check: se.validate },
  SI: { form: /^\d{8}$/, example: 'SI12345678', check: si.validate },
  SK: { form: /^\d{10}$/, example: 'SK1234567890', check: sk.validate },
  XI: { form: /^(\d{9}(\d{3})?|GD\d{3}|HA\d{3})$/, example: 'XI123456789', check: gb.validate },
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
 * Whether the check digits fit, for the member states and the United Kingdom: a slip of the keyboard is found, whether the number
 * was ever given to anybody only VIES can tell. True where there is no rule, and where the form itself is wrong, which is for
 * `vatNumberMistake` to say. `DE129273398` fits.
 */
export function fitsVatCheckDigits(vatNumber: string): boolean {
  const known = forms[vatNumber.slice(0, 2)]
  if (known === undefined) return true
  const { error } = known.check(vatNumber.slice(2))
  return error?.name !== 'InvalidChecksum'
}

/** The SIREN inside a French VAT number. */
export function sirenOfVatNumber(vatNumber: string): string | undefined {
  return /^FR..\d{9}$/.test(vatNumber) ? vatNumber.slice(4) : undefined
}
