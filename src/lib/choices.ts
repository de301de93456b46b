import type { Language } from '../languages/sentences.ts'

/**
 * Lists that forms offer, with their names from ICU: countries, currencies and languages of documents. No tables of our own, so that
 * a page in French names them in French.
 */

export type Choice = { value: string; label: string }

/** The languages of the back office, each by its own name. */
export const ownLanguages: readonly Choice[] = [
  { value: 'en', label: 'English' },
  { value: 'fr', label: 'Français' },
]

const locales: Record<Language, string> = { en: 'en-GB', fr: 'fr-FR' }

/** ISO 3166-1 alpha-2: the countries and territories with a code of their own. */
export const countryCodes =
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'.split(
    ' ',
  )

const countries = new Set(countryCodes)

/** The member states of the European Union (and Northern Ireland's XI only in VAT numbers). */
export const euCountryCodes =
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ')

export function isCountry(code: string): boolean {
  return countries.has(code)
}

export function countryName(language: Language, code: string): string {
  return names(language, 'region').of(code) ?? code
}

/** The ISO code of a country by its code or its name in English or French, accents and case aside; undefined where there is none. */
export function countryNamed(text: string): string | undefined {
  const typed = plainName(text)
  if (countries.has(typed.toUpperCase())) return typed.toUpperCase()
  countryNames ??= new Map([
    ...countryCodes.flatMap((code): [string, string][] => [
      [plainName(countryName('en', code)), code],
      [plainName(countryName('fr', code)), code],
    ]),
    ...Object.entries(otherCountryNames),
  ])
  return countryNames.get(typed)
}

let countryNames: Map<string, string> | undefined

/** What people and other systems write beside the names of ICU. */
const otherCountryNames: Readonly<Record<string, string>> = {
  uk: 'GB',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'northern ireland': 'GB',
  usa: 'US',
  'united states of america': 'US',
  'etats unis d amerique': 'US',
  holland: 'NL',
  'the netherlands': 'NL',
  'czech republic': 'CZ',
  'republique tcheque': 'CZ',
  'south korea': 'KR',
  russia: 'RU',
  'russian federation': 'RU',
  turkey: 'TR',
  'ivory coast': 'CI',
}

function plainName(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}]+/gu, ' ')
    .trim()
    .toLowerCase()
}

export function countryChoices(language: Language): Choice[] {
  return sorted(
    language,
    countryCodes.map((value) => ({ value, label: countryName(language, value) })),
  )
}

/** The countries that most addresses are in, by name: what a field that reads any name or code proposes. */
export function commonCountryNames(language: Language): string[] {
  const codes = [...euCountryCodes, ...'CA CH GB LI MC NO US'.split(' ')]
  return sorted(
    language,
    codes.map((value) => ({ value, label: countryName(language, value) })),
  ).map(({ label }) => label)
}

/** The languages in which documents' month names may stand; documents themselves are French for fr, else English. */
const documentLanguages = [
  'fr-FR',
  'en-GB',
  'en-US',
  'de-DE',
  'nl-NL',
  'es-ES',
  'it-IT',
  'pt-PT',
  'pl-PL',
  'sv-SE',
  'da-DK',
  'fi-FI',
  'nb-NO',
  'cs-CZ',
  'el-GR',
  'hu-HU',
  'ro-RO',
]

/** Whether it is one of these languages, of whatever country: `fr-BE` beside `fr-FR`. */
export function isDocumentLanguage(tag: string): boolean {
  const [language, region = ''] = tag.split('-')
  return (
    `${language}-${region}` === tag &&
    countryCodes.includes(region) &&
    documentLanguages.some((known) => known.startsWith(`${language}-`))
  )
}

/** The language of documents that most people of a country read, as far as it is offered; else British English. */
export function languageOfCountry(code: string): string {
  const own = documentLanguages.find((tag) => tag.endsWith(`-${code}`))
  if (own !== undefined) return own
  const { language } = new Intl.Locale(`und-${code}`).maximize()
  return documentLanguages.find((tag) => tag.startsWith(`${language}-`)) ?? 'en-GB'
}

/** `kept` is what a record has already: offered too, or a form would replace it by the first of the list. */
export function languageChoices(language: Language, kept?: string): Choice[] {
  return sorted(
    language,
    [...new Set([...documentLanguages, ...(kept === undefined ? [] : [kept])])].map((value) => ({
      value,
      label: languageName(language, value),
    })),
  )
}

/** A language of documents by its name, also one that forms do not offer, such as `fr-BE`. */
export function languageName(language: Language, tag: string): string {
  return names(language, 'language').of(tag) ?? tag
}

/** The given ISO 4217 codes by name: `EUR – Euro`. */
export function currencyChoices(language: Language, codes: readonly string[]): Choice[] {
  return codes.map((value) => ({
    value,
    label: `${value} – ${names(language, 'currency').of(value) ?? value}`,
  }))
}

/** The same for a form that must stay light: the currencies that are traded most by name and first, the others by their code. */
export function shortCurrencyChoices(language: Language, codes: readonly string[]): Choice[] {
  const common = new Set(commonCurrencies)
  return [
    ...currencyChoices(
      language,
      codes.filter((code) => common.has(code)),
    ),
    ...codes.filter((code) => !common.has(code)).map((value) => ({ value, label: value })),
  ]
}

const commonCurrencies = 'AUD CAD CHF CNY CZK DKK EUR GBP HUF JPY NOK PLN RON SEK USD'.split(' ')

function names(language: Language, type: 'region' | 'language' | 'currency'): Intl.DisplayNames {
  const id = `${language} ${type}`
  const known = displayNames.get(id)
  if (known !== undefined) return known
  const made = new Intl.DisplayNames(locales[language], { type })
  displayNames.set(id, made)
  return made
}

const displayNames = new Map<string, Intl.DisplayNames>()

function sorted(language: Language, choices: Choice[]): Choice[] {
  const collator = new Intl.Collator(locales[language])
  return choices.sort((a, b) => collator.compare(a.label, b.label))
}
