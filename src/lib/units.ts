import type { Language } from '../languages/sentences.ts'
import type { Choice } from './choices.ts'

/**
 * Units of measure by their code of UN/ECE Recommendation 20 (BT-130 of EN 16931); packages have the codes of Recommendation 21 with
 * an X in front, as the European code list wants them. The order is that of forms: pieces, time, then measures and packages.
 */
const units = {
  C62: { en: 'piece', fr: 'unité' },
  HUR: { en: 'hour', fr: 'heure' },
  DAY: { en: 'day', fr: 'jour' },
  E49: { en: 'working day', fr: 'jour ouvré' },
  WEE: { en: 'week', fr: 'semaine' },
  MON: { en: 'month', fr: 'mois' },
  QAN: { en: 'quarter', fr: 'trimestre' },
  ANN: { en: 'year', fr: 'an' },
  MIN: { en: 'minute', fr: 'minute' },
  LS: { en: 'lump sum', fr: 'forfait' },
  SET: { en: 'set', fr: 'lot' },
  PR: { en: 'pair', fr: 'paire' },
  DZN: { en: 'dozen', fr: 'douzaine' },
  MIL: { en: 'thousand', fr: 'millier' },
  GRM: { en: 'gram', fr: 'gramme' },
  KGM: { en: 'kilogram', fr: 'kilogramme' },
  TNE: { en: 'tonne', fr: 'tonne' },
  MMT: { en: 'millimetre', fr: 'millimètre' },
  CMT: { en: 'centimetre', fr: 'centimètre' },
  MTR: { en: 'metre', fr: 'mètre' },
  KMT: { en: 'kilometre', fr: 'kilomètre' },
  MTK: { en: 'square metre', fr: 'mètre carré' },
  MTQ: { en: 'cubic metre', fr: 'mètre cube' },
  MLT: { en: 'millilitre', fr: 'millilitre' },
  LTR: { en: 'litre', fr: 'litre' },
  KWH: { en: 'kilowatt hour', fr: 'kilowattheure' },
  XBX: { en: 'box', fr: 'boîte' },
  XCT: { en: 'carton', fr: 'carton' },
  XPK: { en: 'pack', fr: 'paquet' },
  XBG: { en: 'bag', fr: 'sac' },
  XBO: { en: 'bottle', fr: 'bouteille' },
  XRO: { en: 'roll', fr: 'rouleau' },
  XPX: { en: 'pallet', fr: 'palette' },
} as const satisfies Record<string, Record<Language, string>>

type Unit = keyof typeof units

/** What a product or a line is counted in unless something else is chosen: pieces. */
export const presetUnit: Unit = 'C62'

export const unitCodes: readonly string[] = Object.keys(units)

export function isUnit(code: string): code is Unit {
  return Object.hasOwn(units, code)
}

/** `hour`, `heure`; a code that came from elsewhere and is not listed here is its own name. */
export function unitName(language: Language, code: string): string {
  return isUnit(code) ? units[code][language] : code
}

/** What forms offer, and a code already chosen that is not listed here. */
export function unitChoices(language: Language, chosen = ''): Choice[] {
  const codes = chosen === '' || isUnit(chosen) ? unitCodes : [...unitCodes, chosen]
  return codes.map((value) => ({ value, label: unitName(language, value) }))
}
