import { insertAudit } from '../../data/audit.ts'
import type { Database, Trx } from '../../data/database.ts'
import { lockInstallation } from '../../data/installation.ts'
import { hasOrganisation, insertOrganisation } from '../../data/organisations.ts'
import { insertPaymentTerm } from '../../data/payment-terms.ts'
import { insertTaxRate, replaceTreatmentRates } from '../../data/tax-rates.ts'
import { insertUser, replaceOrganisationsOfUser } from '../../data/users.ts'
import { InvalidForm, Refused } from '../../errors.ts'
import { presetNotes } from '../organisations/legal-notes.ts'
import { mistakesOfOrganisation, type OrganisationForm } from '../organisations/organisation-form.ts'
import { hashPassword } from '../users/passwords.ts'
import { presetTermCode, startingTerms } from './payment-terms.ts'
import { countryRates } from './vat-rates.ts'

export type SetupForm = {
  organisation: Pick<
    OrganisationForm,
    | 'name'
    | 'legal_name'
    | 'siren'
    | 'vat_number'
    | 'time_zone'
    | 'language'
    | 'currency'
    | 'street'
    | 'street_2'
    | 'street_3'
    | 'postal_code'
    | 'city'
    | 'region'
    | 'country'
  >
  /** Of a country whose rates are not known here; null: no tax. */
  standardRate: string | null
  admin: { name: string; email: string; password: string }
}

export type SetUp = { organisationId: string; userId: string }

/**
 * The first set-up of an empty installation: the organisation, the tax rates of its country with what the treatments make of them,
 * the usual payment terms, and the first admin. Where two people send it at once, one wins.
 * @throws InvalidForm; Refused where it is set up already
 */
export async function setUpShop(db: Database, form: SetupForm): Promise<SetUp> {
  const { organisation, admin } = form
  const mistakes = mistakesOfOrganisation({
    ...organisation,
    siret: '',
    iban: '',
    bic: '',
    electronic_address: '',
    electronic_address_scheme: '',
  })
  if (mistakes.length > 0) throw new InvalidForm(mistakes)
  const password_hash = await hashPassword(admin.password)
  return db.transaction().execute(async (trx) => {
    await lockInstallation(trx)
    if (await hasOrganisation(trx))
      throw new Refused([{ code: 'already_set_up', message: { key: 'setup.already' } }])
    const default_tax_rate_id = await makeRates(trx, organisation, form.standardRate)
    const default_payment_term_id = await makeTerms(trx, organisation.language)
    const organisationId = await insertOrganisation(trx, {
      ...organisation,
      ...presetNotes(organisation.country, organisation.language),
      code: codeOf(organisation.name),
      default_tax_rate_id,
      default_payment_term_id,
    })
    const userId = await insertUser(trx, {
      name: admin.name,
      email: admin.email,
      password_hash,
      role: 'admin',
      language: organisation.language,
      organisation_id: organisationId,
    })
    await replaceOrganisationsOfUser(trx, userId, [organisationId])
    const made = [
      ['organisation', organisationId],
      ['user', userId],
    ] as const
    for (const [subject_type, subject_id] of made)
      await insertAudit(trx, { by: { user_id: userId }, action: 'set_up', subject_type, subject_id })
    return { organisationId, userId }
  })
}

/** `Atelier Nord` gives ATELIER-NORD; it can be changed later. */
function codeOf(name: string): string {
  const code = name
    .normalize('NFD')
    .toUpperCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Z0-9]+/g, '-')
    .slice(0, 20)
    .replace(/^-+|-+$/g, '')
  return code === '' ? 'MAIN' : code
}

/** Returns the id of the preset rate. */
async function makeRates(
  trx: Trx,
  organisation: SetupForm['organisation'],
  standardRate: string | null,
): Promise<string | null> {
  const { rates, treatments } = countryRates(organisation.country, organisation.language, standardRate)
  const ids = new Map<string, string>()
  for (const rate of rates) ids.set(rate.code, await insertTaxRate(trx, rate))
  await replaceTreatmentRates(
    trx,
    treatments.flatMap(({ treatment, supply, code }) => {
      const id = ids.get(code)
      return id === undefined ? [] : [{ treatment, supply, tax_rate_id: id }]
    }),
  )
  return [...ids.values()][0] ?? null
}

/** Returns the id of the preset term. */
async function makeTerms(trx: Trx, language: 'en' | 'fr'): Promise<string | null> {
  const ids = new Map<string, string>()
  for (const term of startingTerms(language)) ids.set(term.code, await insertPaymentTerm(trx, term))
  return ids.get(presetTermCode) ?? null
}
