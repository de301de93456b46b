import { isValidBIC, isValidIBAN } from 'ibantools'

/** Bank details as their standards want them. Pure; texts in, texts out. */

/**
 * Whether a text is an IBAN (ISO 13616) of a country that has them, in capitals and without spaces: its length and its check digits,
 * and where the country has such, those of the account inside.
 *
 *     FR7630006000011234567890189   yes
 *     FR7630006000011234567890188   no
 */
export function isIban(text: string): boolean {
  return isValidIBAN(text)
}

/** An IBAN as people read it: in groups of four. */
export function spacedIban(iban: string): string {
  return iban.replace(/(.{4})(?=.)/g, '$1 ')
}

/** Whether a text is a BIC (ISO 9362): bank, country, place, and if need be the branch. `BNPAFRPP` and `BNPAFRPPXXX` are. */
export function isBic(text: string): boolean {
  return isValidBIC(text)
}
