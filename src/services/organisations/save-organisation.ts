import { differences, insertAudit } from '../../data/audit.ts'
import type { Database, Trx } from '../../data/database.ts'
import { insertFile } from '../../data/files.ts'
import {
  addUserToOrganisation,
  insertOrganisation,
  lockOrganisation,
  updateOrganisation,
} from '../../data/organisations.ts'
import { InvalidForm, NotFound } from '../../errors.ts'
import { mistakeOfConstraint } from '../constraint-mistakes.ts'
import { refuseSaveOverAnother } from '../saved-by-another.ts'
import { mistakesOfOrganisation, type OrganisationForm } from './organisation-form.ts'

/** What becomes of the logo: another picture, none any more, or as it was. */
export type LogoChange = { media_type: 'image/png' | 'image/jpeg'; content: Buffer } | 'remove' | 'keep'

/** Makes an organisation; who makes it works in it. @throws InvalidForm */
export async function createOrganisation(
  db: Database,
  userId: string,
  parts: { form: OrganisationForm; logo: LogoChange },
): Promise<string> {
  const { form, logo } = parts
  refuse(form)
  return db
    .transaction()
    .execute(async (trx) => {
      const logo_file_id = await fileOf(trx, logo, null)
      const id = await insertOrganisation(trx, { ...form, logo_file_id })
      await addUserToOrganisation(trx, userId, id)
      await insertAudit(trx, {
        by: { user_id: userId },
        action: 'created',
        subject_type: 'organisation',
        subject_id: id,
        organisation_id: id,
      })
      return id
    })
    .catch(mistakesOf(form))
}

/** Saves an organisation: issued documents keep what they bear. @throws InvalidForm, NotFound */
export async function saveOrganisation(
  db: Database,
  userId: string,
  id: string,
  change: { form: OrganisationForm; logo: LogoChange; version: number | null },
): Promise<void> {
  const { form, logo, version } = change
  await db
    .transaction()
    .execute(async (trx) => {
      const before = await lockOrganisation(trx, id)
      if (before === undefined) throw new NotFound()
      await refuseSaveOverAnother(trx, { type: 'organisation', id }, before, { version, form })
      refuse(form)
      const logo_file_id = await fileOf(trx, logo, before.logo_file_id)
      await updateOrganisation(trx, id, { ...form, logo_file_id })
      await insertAudit(trx, {
        by: { user_id: userId },
        action: 'updated',
        subject_type: 'organisation',
        subject_id: id,
        organisation_id: id,
        changes: differences(before, { ...form, logo_file_id }),
      })
    })
    .catch(mistakesOf(form))
}

function refuse(form: OrganisationForm): void {
  const mistakes = mistakesOfOrganisation(form)
  if (mistakes.length > 0) throw new InvalidForm(mistakes)
}

async function fileOf(trx: Trx, logo: LogoChange, before: string | null): Promise<string | null> {
  if (logo === 'keep') return before
  return logo === 'remove' ? null : insertFile(trx, { kind: 'logo', ...logo })
}

function mistakesOf(form: OrganisationForm) {
  return mistakeOfConstraint({
    organisations_code_unique: {
      field: 'code',
      message: { key: 'directory.code.taken', params: { code: form.code } },
    },
    organisations_default_tax_rate: {
      field: 'default_tax_rate_id',
      message: { key: 'form.reference.unknown' },
    },
    organisations_default_payment_term: {
      field: 'default_payment_term_id',
      message: { key: 'form.reference.unknown' },
    },
    organisations_currency: { field: 'currency', message: { key: 'directory.currency.unknown' } },
  })
}
