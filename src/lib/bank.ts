/** Bank details as their standards want them. Pure; texts in, texts out. */

/**
 * Whether a text is an IBAN (ISO 13616), in capitals and without spaces: two letters, two check digits, 11 to 30 more, remainder 1
 * modulo 97; a French one has 27 signs.
 *
 *     FR7630006000011234567890189   yes
 *     FR7630006000011234567890188   no
 */
export function isIban(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text)) return false
  const length = lengths[text.slice(0, 2)]
  if (length !== undefined && text.length !== length) return false
  const rotated = text.slice(4) + text.slice(0, 4)
  const remainder = [...rotated].reduce((carried, sign) => {
    const value = Number.parseInt(sign, 36)
    return (carried * (value > 9 ? 100 : 10) + value) % 97
  }, 0)
  return remainder === 1
}

/** Signs of an IBAN by country (SWIFT's registry), where sellers of Europe have theirs. */
const lengths: Readonly<Record<string, number>> = {
  AD: 24,
  AT: 20,
  BE: 16,
  BG: 22,
  CH: 21,
  CY: 28,
  CZ: 24,
  DE: 22,
  DK: 18,
  EE: 20,
  ES: 24,
  FI: 18,
  FR: 27,
  GB: 22,
  GR: 27,
  HR: 21,
  HU: 28,
  IE: 22,
  IS: 26,
  IT: 27,
  LI: 21,
  LT: 20,
  LU: 20,
  LV: 21,
  MC: 27,
  MT: 31,
  NL: 18,
  NO: 15,
  PL: 28,
  PT: 25,
  RO: 24,
  SE: 24,
  SI: 19,
  SK: 24,
  SM: 27,
}

/** An IBAN as people read it: in groups of four. */
export function spacedIban(iban: string): string {
  return iban.replace(/(.{4})(?=.)/g, '$1 ')
}

/** Whether a text is a BIC (ISO 9362): bank, country, place, and if need be the branch. `BNPAFRPP` and `BNPAFRPPXXX` are. */
export function isBic(text: string): boolean {
  return /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(text)
}
