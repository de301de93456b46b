import { insertAudit } from '../../src/data/audit.ts'
import type { Database, Trx } from '../../src/data/database.ts'
import { upsertExchangeRates } from '../../src/data/exchange-rates.ts'
import { insertSeries } from '../../src/data/number-series.ts'
import { insertOrganisation, updateOrganisation } from '../../src/data/organisations.ts'
import type { NewRow } from '../../src/data/tables.ts'
import { insertUser, replaceOrganisationsOfUser } from '../../src/data/users.ts'
import { addDays, type IsoDate, weekdayOf, yearOf } from '../../src/lib/dates.ts'
import { createPaymentTerm } from '../../src/services/payment-terms/save-payment-term.ts'
import { createTaxRate } from '../../src/services/tax-rates/save-tax-rate.ts'
import { saveTreatments } from '../../src/services/tax-rates/save-treatments.ts'
import type { TaxRateForm } from '../../src/services/tax-rates/tax-rate.ts'
import type { Chance } from './chance.ts'
import { frenchIban, frenchVatNumber, siren, siret } from './identifiers.ts'
import { beginningOf } from './orders.ts'

export type Company = {
  admin_id: string
  /** By code: VM and VF. */
  organisations: ReadonlyMap<string, string>
  /** Who sells: the ids of the users that orders are assigned to. */
  sellers: readonly string[]
  /** By code. */
  rates: ReadonlyMap<string, string>
  terms: ReadonlyMap<string, string>
}

/** The two organisations, who works in them, and what their invoices rest on: tax rates, treatments, terms, order numbers. */
export async function makeOrganisations(db: Database, today: IsoDate, chance: Chance): Promise<Company> {
  const { admin_id, organisations, sellers } = await db.transaction().execute((trx) => begin(trx, chance))
  const rates = await makeRates(db, admin_id)
  const terms = await makeTerms(db, admin_id)
  await db.transaction().execute(async (trx) => {
    for (const [code, id] of organisations) {
      const defaults = {
        default_tax_rate_id: idOf(rates, 'FR-20'),
        default_payment_term_id: idOf(terms, '30J'),
      }
      await updateOrganisation(trx, id, defaults)
      const format = code === 'VM' ? 'SO-{YYYY}-{number}' : 'VF{YYYY}-{number}'
      const year = yearOf(beginningOf(today))
      await insertSeries(trx, { organisation_id: id, kind: 'order', year }, format)
    }
    await upsertExchangeRates(trx, ratesUntil(today, chance), { source: 'demo', user_id: admin_id })
  })
  return { admin_id, organisations, sellers, rates, terms }
}

const inEuros = { CHF: 1.05, GBP: 1.16, USD: 0.92 }

/** What foreign money is worth in euros, every working day of the past year: for the tax on invoices in it. */
function ratesUntil(today: IsoDate, chance: Chance) {
  const days: IsoDate[] = []
  for (let day = addDays(beginningOf(today), -7); day <= today; day = addDays(day, 1)) {
    if (weekdayOf(day) <= 5) days.push(day)
  }
  return Object.entries(inEuros).flatMap(([from_currency, around]) =>
    days.map((rate_date) => {
      const rate = (around * (1 + chance.whole(-150, 150) / 10_000)).toFixed(6)
      return { from_currency, to_currency: 'EUR', rate_date, rate }
    }),
  )
}

export function idOf(ids: ReadonlyMap<string, string>, code: string): string {
  const id = ids.get(code)
  if (id === undefined) throw new Error(`The demo has nothing called ${code}`)
  return id
}

/** As a first set-up does it: an organisation, then the admin who works in it. */
async function begin(
  trx: Trx,
  chance: Chance,
): Promise<Pick<Company, 'admin_id' | 'organisations' | 'sellers'>> {
  const maintenance = await insertOrganisation(
    trx,
    organisationOf(chance, {
      code: 'VM',
      name: 'Vauclair Maintenance',
      legal_form: 'SAS',
      share_capital: '250\u00a0000\u00a0€',
      street: '18 rue des Charmilles',
      postal_code: '69100',
      city: 'Villeurbanne',
      phone: '+33 4 65 71 02 10',
      court: 'Lyon',
      domain: 'vauclair-maintenance.test',
    }),
  )
  const supplies = await insertOrganisation(
    trx,
    organisationOf(chance, {
      code: 'VF',
      name: 'Vauclair Fournitures',
      legal_form: 'SARL',
      share_capital: '80\u00a0000\u00a0€',
      street: '3 boulevard des Fondeurs',
      postal_code: '42000',
      city: 'Saint-Étienne',
      phone: '+33 4 65 71 02 40',
      court: 'Saint-Étienne',
      domain: 'vauclair-fournitures.test',
    }),
  )
  const organisations = new Map([
    ['VM', maintenance],
    ['VF', supplies],
  ])
  const ids: string[] = []
  for (const { home, ...user } of people) {
    const id = await insertUser(trx, { ...user, organisation_id: idOf(organisations, home) })
    await replaceOrganisationsOfUser(trx, id, [maintenance, supplies])
    ids.push(id)
  }
  const [admin_id = ''] = ids
  const by = { user_id: admin_id }
  for (const id of organisations.values())
    await insertAudit(trx, {
      by,
      action: 'created',
      subject_type: 'organisation',
      subject_id: id,
      organisation_id: id,
    })
  for (const id of ids)
    await insertAudit(trx, { by, action: 'created', subject_type: 'user', subject_id: id })
  return { admin_id, organisations, sellers: ids.slice(1) }
}

const people: readonly (Omit<NewRow<'users'>, 'organisation_id'> & { home: 'VM' | 'VF' })[] = [
  {
    home: 'VM',
    name: 'Camille Vauclair',
    title: 'Directrice générale',
    email: 'admin@demo.test',
    role: 'admin',
    language: 'en',
  },
  {
    home: 'VM',
    name: 'Lucas Ferrand',
    title: 'Facturation',
    email: 'user@demo.test',
    role: 'user',
    language: 'en',
  },
  {
    home: 'VM',
    name: 'Amélie Rousset',
    title: 'Chargée de clientèle',
    email: 'amelie.rousset@demo.test',
    role: 'user',
    language: 'fr',
  },
  {
    home: 'VM',
    name: 'Hugo Lemercier',
    title: 'Responsable d’exploitation',
    email: 'hugo.lemercier@demo.test',
    role: 'user',
    language: 'fr',
  },
  {
    home: 'VF',
    name: 'Inès Carpentier',
    title: 'Ventes',
    email: 'ines.carpentier@demo.test',
    role: 'user',
    language: 'fr',
  },
  {
    home: 'VF',
    name: 'Thomas Wagner',
    title: 'Ventes, Allemagne et Suisse',
    email: 'thomas.wagner@demo.test',
    role: 'user',
    language: 'en',
  },
]

function organisationOf(
  chance: Chance,
  of: {
    code: string
    name: string
    legal_form: string
    share_capital: string
    street: string
    postal_code: string
    city: string
    phone: string
    court: string
    domain: string
  },
): NewRow<'organisations'> {
  const { court, domain, ...rest } = of
  const number = siren(chance)
  const spaced = number.replace(/(\d{3})(?=\d)/g, '$1 ')
  return {
    ...rest,
    legal_name: of.name,
    siren: number,
    siret: siret(number),
    vat_number: frenchVatNumber(number),
    register_text: `RCS ${court} ${spaced}`,
    country: 'FR',
    contact_name: 'Service facturation',
    email: `facturation@${domain}`,
    website: `https://www.${domain}`,
    electronic_address: number,
    electronic_address_scheme: '0225',
    iban: frenchIban(chance),
    bic: 'DEMOFRPP',
    bank_name: 'Banque de la Démonstration',
    note_penalties:
      'En cas de retard de paiement, des pénalités sont exigibles sans rappel, au taux de trois fois le taux d’intérêt légal.',
    note_indemnity:
      'Indemnité forfaitaire pour frais de recouvrement en cas de retard de paiement\u00a0: 40\u00a0€.',
    note_discount: 'Pas d’escompte pour paiement anticipé.',
    time_zone: 'Europe/Paris',
    language: 'fr',
    currency: 'EUR',
  }
}

async function makeRates(db: Database, adminId: string): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  const standard = (code: string, rate: string): [string, Partial<TaxRateForm>] => [
    code,
    { name: `TVA ${rate.replace('.', ',')}\u00a0%`, category: 'S', rate },
  ]
  const zero = (
    code: string,
    name: string,
    category: 'K' | 'AE' | 'G' | 'O' | 'E',
    text: string,
  ): [string, Partial<TaxRateForm>] => [code, { name, category, rate: '0', exemption_text: text }]
  const rates = [
    ['FR-20', { name: 'TVA 20\u00a0%', category: 'S', rate: '20', valid_from: '2014-01-01' }],
    standard('FR-10', '10'),
    standard('FR-5.5', '5.5'),
    standard('FR-2.1', '2.1'),
    zero('EU-BIENS', 'Livraison intracommunautaire', 'K', 'Exonération de TVA, article 262 ter I du CGI'),
    zero('EU-SERVICES', 'Autoliquidation', 'AE', 'Autoliquidation, article 283-2 du CGI'),
    zero('EXPORT', 'Exportation', 'G', 'Exonération de TVA, article 262 I du CGI'),
    zero('HORS-UE', 'Services hors UE', 'O', 'TVA non applicable, article 259, 1° du CGI'),
    zero('EXO', 'Exonéré', 'E', 'Exonération de TVA, article 262 II 12° du CGI'),
  ] as const satisfies readonly (readonly [string, Partial<TaxRateForm>])[]
  for (const [code, rate] of rates) ids.set(code, await createTaxRate(db, adminId, rateOf(code, rate)))
  const former = {
    name: 'TVA 19,6\u00a0%',
    category: 'S',
    rate: '19.6',
    valid_to: '2013-12-31',
    successor_id: idOf(ids, 'FR-20'),
  } as const
  ids.set('FR-19.6', await createTaxRate(db, adminId, rateOf('FR-19.6', former)))
  await saveTreatments(db, adminId, [
    { treatment: 'eu_business', supply: 'goods', tax_rate_id: idOf(ids, 'EU-BIENS') },
    { treatment: 'eu_business', supply: 'service', tax_rate_id: idOf(ids, 'EU-SERVICES') },
    { treatment: 'export', supply: 'goods', tax_rate_id: idOf(ids, 'EXPORT') },
    { treatment: 'export', supply: 'service', tax_rate_id: idOf(ids, 'HORS-UE') },
    { treatment: 'exempt', supply: 'goods', tax_rate_id: idOf(ids, 'EXO') },
    { treatment: 'exempt', supply: 'service', tax_rate_id: idOf(ids, 'EXO') },
  ])
  return ids
}

function rateOf(code: string, rate: Partial<TaxRateForm>): TaxRateForm {
  return {
    code,
    name: code,
    category: 'S',
    rate: '20',
    exemption_text: '',
    exemption_code: '',
    valid_from: null,
    valid_to: null,
    successor_id: null,
    ...rate,
  }
}

async function makeTerms(db: Database, adminId: string): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  const terms = [
    ['30J', '30 jours', 30, 'none', null, '30 days', 'À 30 jours'],
    ['COMPTANT', 'Comptant', 0, 'none', null, 'Due on receipt', 'Au comptant'],
    ['45J', '45 jours', 45, 'none', null, '45 days', 'À 45 jours'],
    ['30FDM', '30 jours fin de mois', 30, 'after', null, '30 days, end of month', 'À 30 jours fin de mois'],
    [
      '45FDM',
      '45 jours fin de mois',
      45,
      'before',
      null,
      '45 days from the end of the month',
      'À 45 jours fin de mois',
    ],
    [
      '30FDM10',
      '30 jours fin de mois, le 10',
      30,
      'after',
      10,
      '30 days, end of month, on the 10th',
      'À 30 jours fin de mois le 10',
    ],
  ] as const
  for (const [code, name, days, end_of_month, day_of_month, text_en, text_fr] of terms) {
    const form = { code, name, days, end_of_month, day_of_month, text_en, text_fr }
    ids.set(code, await createPaymentTerm(db, adminId, form))
  }
  return ids
}
