import type { Language } from '../../languages/sentences.ts'
import { euCountryCodes } from '../../lib/choices.ts'
import { formatPercent } from '../../lib/format.ts'
import type { MappedTreatment, Supply } from '../../lib/vocabulary.ts'
import type { TaxRateForm } from '../tax-rates/tax-rate.ts'

/**
 * VAT rates in per cent as of January 2026, the standard one first (European Commission, "Taxes in Europe" database; HMRC; FTA;
 * Skatteetaten). A rate that comes or goes later is an ordinary tax rate with a first and a last day.
 */
const ratesOf: Readonly<Record<string, readonly string[]>> = {
  AT: ['20', '13', '10'],
  BE: ['21', '12', '6'],
  BG: ['20', '9'],
  CY: ['19', '9', '5', '3'],
  CZ: ['21', '12'],
  DE: ['19', '7'],
  DK: ['25'],
  EE: ['24', '13', '9'],
  ES: ['21', '10', '4'],
  FI: ['25.5', '13.5', '10'],
  FR: ['20', '10', '5.5', '2.1'],
  GR: ['24', '13', '6'],
  HR: ['25', '13', '5'],
  HU: ['27', '18', '5'],
  IE: ['23', '13.5', '9', '4.8'],
  IT: ['22', '10', '5', '4'],
  LT: ['21', '12', '5'],
  LU: ['17', '14', '8', '3'],
  LV: ['21', '12', '5'],
  MT: ['18', '12', '7', '5'],
  NL: ['21', '9'],
  PL: ['23', '8', '5'],
  PT: ['23', '13', '6'],
  RO: ['21', '11'],
  SE: ['25', '12', '6'],
  SI: ['22', '9.5', '5'],
  SK: ['23', '19', '5'],
  GB: ['20', '5'],
  CH: ['8.1', '3.8', '2.6'],
  NO: ['25', '15', '12'],
}

/** Where ordinary sales at zero per cent exist beside the others, such as food and books. */
const withZeroRate: readonly string[] = ['GB', 'IE', 'MT']

export type CountryRates = {
  /** The first is the preset of products. */
  rates: TaxRateForm[]
  /** By the codes of the rates. */
  treatments: { treatment: MappedTreatment; supply: Supply; code: string }[]
}

/** Whether a country's rates are known here. */
export function knowsVatOf(country: string): boolean {
  return Object.hasOwn(ratesOf, country)
}

/**
 * The tax rates that an organisation of a country starts with, and what the treatments make of them: inside the EU goods go untaxed
 * to businesses of other member states (K) and services under reverse charge (AE); abroad goods are exports (G), and services are
 * not supplied in the country at all (O; directive 2006/112/EC, article 44).
 *
 *     FR   20, 10, 5.5, 2.1 %; FR-EU-GOODS, FR-EU-SERVICE, FR-EXPORT, FR-SERVICE-ABROAD, FR-EXEMPT
 *     US   the given rate or, where there is none, no tax (Z); US-EXPORT, US-SERVICE-ABROAD, US-EXEMPT
 */
export function countryRates(country: string, language: Language, standardRate: string | null): CountryRates {
  const eu = euCountryCodes.includes(country)
  const percents = ratesOf[country] ?? (standardRate === null ? [] : [standardRate])
  const zero = withZeroRate.includes(country) || percents.length === 0
  const words = eu ? euWords(country, language) : wordsElsewhere[language]
  const rates = [
    ...percents.map((rate) => taxed(country, language, rate)),
    ...(zero ? [untaxed(country, '0', 'Z', zeroName[language])] : []),
    ...(eu
      ? [
          untaxed(country, 'EU-GOODS', 'K', words.goods, 'VATEX-EU-IC'),
          untaxed(country, 'EU-SERVICE', 'AE', words.service, 'VATEX-EU-AE'),
        ]
      : []),
    untaxed(country, 'EXPORT', 'G', words.export, 'VATEX-EU-G'),
    untaxed(country, 'SERVICE-ABROAD', 'O', words.abroad, 'VATEX-EU-O'),
    untaxed(country, 'EXEMPT', 'E', words.exempt, eu ? 'VATEX-EU-132' : ''),
  ]
  const code = (name: string) => `${country}-${name}`
  return {
    rates,
    treatments: [
      { treatment: 'eu_business', supply: 'goods', code: code(eu ? 'EU-GOODS' : 'EXPORT') },
      { treatment: 'eu_business', supply: 'service', code: code(eu ? 'EU-SERVICE' : 'SERVICE-ABROAD') },
      { treatment: 'export', supply: 'goods', code: code('EXPORT') },
      { treatment: 'export', supply: 'service', code: code('SERVICE-ABROAD') },
      { treatment: 'exempt', supply: 'goods', code: code('EXEMPT') },
      { treatment: 'exempt', supply: 'service', code: code('EXEMPT') },
    ],
  }
}

type Words = { name: string; text: string }

const unlimited = { valid_from: null, valid_to: null, successor_id: null }

function taxed(country: string, language: Language, rate: string): TaxRateForm {
  const name = `${language === 'fr' ? 'TVA' : 'VAT'} ${formatPercent(language, rate)}`
  return {
    code: `${country}-${rate}`,
    name,
    category: 'S',
    rate,
    exemption_text: '',
    exemption_code: '',
    ...unlimited,
  }
}

function untaxed(
  country: string,
  code: string,
  category: 'Z' | 'K' | 'AE' | 'G' | 'O' | 'E',
  words: Words,
  exemption_code = '',
): TaxRateForm {
  const { name, text } = words
  return {
    code: `${country}-${code}`,
    name,
    category,
    rate: '0',
    exemption_text: text,
    exemption_code,
    ...unlimited,
  }
}

const zeroName: Record<Language, Words> = {
  en: { name: 'Zero rate', text: '' },
  fr: { name: 'Taux zéro', text: '' },
}

function euWords(country: string, language: Language) {
  if (country === 'FR') return language === 'fr' ? frenchLaw.fr : frenchLaw.en
  return directive[language]
}

/** Code général des impôts. */
const frenchLaw: Record<Language, Record<'goods' | 'service' | 'export' | 'abroad' | 'exempt', Words>> = {
  fr: {
    goods: {
      name: 'Livraison intracommunautaire',
      text: 'Exonération de TVA, article 262 ter, I du CGI',
    },
    service: {
      name: 'Autoliquidation (services UE)',
      text: 'Autoliquidation, article 283, 2 du CGI et article 196 de la directive 2006/112/CE',
    },
    export: { name: 'Exportation', text: 'Exonération de TVA, article 262, I du CGI' },
    abroad: { name: 'Services hors UE', text: 'TVA non applicable, article 259, 1° du CGI' },
    exempt: { name: 'Exonéré', text: 'Exonération de TVA, article 261 du CGI' },
  },
  en: {
    goods: { name: 'Intra-community supply', text: 'VAT exempt, article 262 ter, I CGI' },
    service: {
      name: 'Reverse charge (EU services)',
      text: 'Reverse charge, article 283, 2 CGI and article 196 of directive 2006/112/EC',
    },
    export: { name: 'Export', text: 'VAT exempt, article 262, I CGI' },
    abroad: { name: 'Services outside the EU', text: 'VAT not applicable, article 259, 1° CGI' },
    exempt: { name: 'Exempt', text: 'VAT exempt, article 261 CGI' },
  },
}

/** Directive 2006/112/EC, where a country's own law is not quoted. */
const directive: typeof frenchLaw = {
  fr: {
    goods: {
      name: 'Livraison intracommunautaire',
      text: 'Exonération de TVA, article 138 de la directive 2006/112/CE',
    },
    service: {
      name: 'Autoliquidation (services UE)',
      text: 'Autoliquidation, article 196 de la directive 2006/112/CE',
    },
    export: { name: 'Exportation', text: 'Exonération de TVA, article 146 de la directive 2006/112/CE' },
    abroad: {
      name: 'Services hors UE',
      text: 'Hors champ de la TVA, article 44 de la directive 2006/112/CE',
    },
    exempt: { name: 'Exonéré', text: 'Exonération de TVA, article 132 de la directive 2006/112/CE' },
  },
  en: {
    goods: { name: 'Intra-community supply', text: 'VAT exempt, article 138 of directive 2006/112/EC' },
    service: {
      name: 'Reverse charge (EU services)',
      text: 'Reverse charge, article 196 of directive 2006/112/EC',
    },
    export: { name: 'Export', text: 'VAT exempt, article 146 of directive 2006/112/EC' },
    abroad: {
      name: 'Services outside the EU',
      text: 'Outside the scope of VAT, article 44 of directive 2006/112/EC',
    },
    exempt: { name: 'Exempt', text: 'VAT exempt, article 132 of directive 2006/112/EC' },
  },
}

const wordsElsewhere: typeof frenchLaw = {
  fr: {
    goods: { name: 'Exportation', text: 'Exportation, sans taxe' },
    service: { name: 'Exportation', text: 'Exportation, sans taxe' },
    export: { name: 'Exportation', text: 'Exportation, sans taxe' },
    abroad: { name: 'Services à l’étranger', text: 'Services hors du champ de la taxe' },
    exempt: { name: 'Exonéré', text: 'Exonéré de taxe' },
  },
  en: {
    goods: { name: 'Export', text: 'Export, not taxed' },
    service: { name: 'Export', text: 'Export, not taxed' },
    export: { name: 'Export', text: 'Export, not taxed' },
    abroad: { name: 'Services abroad', text: 'Services outside the scope of the tax' },
    exempt: { name: 'Exempt', text: 'Exempt from tax' },
  },
}
