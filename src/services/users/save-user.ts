import { differences, insertAudit } from '../../data/audit.ts'
import type { Database, Trx } from '../../data/database.ts'
import { listOfferedOrganisations } from '../../data/organisations.ts'
import { deleteSessionsOf } from '../../data/sessions.ts'
import {
  findUser,
  insertUser,
  lockAdmins,
  lockUser,
  replaceOrganisationsOfUser,
  updateUser,
} from '../../data/users.ts'
import { InvalidForm, NotFound } from '../../errors.ts'
import { mistakeOfConstraint } from '../constraint-mistakes.ts'
import { refuseSaveOverAnother } from '../saved-by-another.ts'
import { hashPassword } from './passwords.ts'

export type UserForm = {
  name: string
  title: string
  /** '' where nobody signs in as this user. */
  email: string
  role: 'admin' | 'user'
  language: 'en' | 'fr'
  organisation_id: string
  /** The home organisation is added where it is missing. */
  organisation_ids: readonly string[]
}

/** Makes a user, with a first password where one is given. @throws InvalidForm */
export async function createUser(
  db: Database,
  adminId: string,
  parts: { form: UserForm; password: string | null },
): Promise<string> {
  const { form, password } = parts
  const password_hash = password === null ? null : await hashPassword(password)
  return db
    .transaction()
    .execute(async (trx) => {
      const organisations = await organisationsOf(trx, form)
      const id = await insertUser(trx, { ...columnsOf(form), password_hash })
      await replaceOrganisationsOfUser(trx, id, organisations)
      await insertAudit(trx, {
        by: { user_id: adminId },
        action: 'created',
        subject_type: 'user',
        subject_id: id,
      })
      return id
    })
    .catch(emailTaken(form))
}

/**
 * Saves a user; a new password signs them out everywhere.
 * @throws InvalidForm, also where the last admin would become a user; NotFound
 */
export async function saveUser(
  db: Database,
  adminId: string,
  id: string,
  change: { form: UserForm; password: string | null; version: number | null },
): Promise<void> {
  const { form, password, version } = change
  const password_hash = password === null ? null : await hashPassword(password)
  await db
    .transaction()
    .execute(async (trx) => {
      const admins = await lockAdmins(trx)
      const locked = await lockUser(trx, id)
      const before = await findUser(trx, id)
      if (locked === undefined || before === undefined) throw new NotFound()
      const organisations = await organisationsOf(trx, form)
      const was = {
        ...before,
        email: before.email ?? '',
        organisation_ids: [...before.organisation_ids].sort(),
      }
      const is = { ...form, organisation_ids: organisations }
      await refuseSaveOverAnother(trx, { type: 'user', id }, was, { version, form: is })
      if (form.role !== 'admin' && admins.length === 1 && admins[0] === id)
        throw new InvalidForm([{ field: 'role', message: { key: 'users.last_admin' } }])
      if (form.email === '' && locked.password_hash !== null)
        throw new InvalidForm([{ field: 'email', message: { key: 'users.email.missing' } }])
      await updateUser(trx, id, {
        ...columnsOf(form),
        ...(password_hash === null ? {} : { password_hash }),
      })
      await replaceOrganisationsOfUser(trx, id, organisations)
      if (password_hash !== null) await deleteSessionsOf(trx, id)
      await insertAudit(trx, {
        by: { user_id: adminId },
        action: 'updated',
        subject_type: 'user',
        subject_id: id,
        changes: { ...differences(was, is), ...(password_hash === null ? {} : { password: 'replaced' }) },
      })
    })
    .catch(emailTaken(form))
}

function columnsOf(form: UserForm) {
  const { name, title, role, language, organisation_id } = form
  return { name, title, role, language, organisation_id, email: form.email === '' ? null : form.email }
}

/** The organisations chosen and the home one, sorted; each must be there. */
async function organisationsOf(trx: Trx, form: UserForm): Promise<string[]> {
  const chosen = [...new Set([form.organisation_id, ...form.organisation_ids])].sort()
  const known = new Set((await listOfferedOrganisations(trx, chosen, { archived: true })).map(({ id }) => id))
  if (!known.has(form.organisation_id))
    throw new InvalidForm([{ field: 'organisation_id', message: { key: 'users.home.missing' } }])
  if (chosen.some((id) => !known.has(id)))
    throw new InvalidForm([{ field: 'organisation_ids', message: { key: 'users.organisations.unknown' } }])
  return chosen
}

function emailTaken(form: UserForm) {
  return mistakeOfConstraint({
    users_email_unique: {
      field: 'email',
      message: { key: 'users.email.taken', params: { email: form.email } },
    },
    users_password_needs_email: { field: 'email', message: { key: 'users.email.missing' } },
  })
}
