import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { findAccount } from '../../data/accounts.ts'
import { type ContactRecord, findContact } from '../../data/contacts.ts'
import { InvalidForm, NotFound } from '../../errors.ts'
import type { FieldError } from '../../languages/catalog.ts'
import { translator } from '../../languages/translate.ts'
import { Fields } from '../../lib/fields.ts'
import { email, isUuid, parseFields, requiredReference, text } from '../../lib/form-schema.ts'
import { keptFields, sayErrors, submit, valid } from '../../plugins/answers.ts'
import { type Merged, valuesAfter } from '../../plugins/conflicts.ts'
import { fieldsOf } from '../../plugins/forms.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { type ContactForm, createContact, saveContact } from '../../services/contacts/save-contact.ts'
import { name } from '../directory-fields.ts'
import { idOf } from '../params.ts'
import { codesInConflict, type PickedAccount, pickAccount } from '../picked-account.ts'
import { versionOf, withVersion } from '../record-forms.ts'

const contactSchema = z.object({
  account_id: requiredReference('contacts.account.missing'),
  name,
  title: text({ max: 200 }),
  email: email(),
  phone: text({ max: 40 }),
})
const accountNames = { id: 'account_id', code: 'account_code' }

export async function add(request: FastifyRequest, reply: FastifyReply) {
  const kept = await keptFields(request)
  return formPage(request, reply, {
    contact: undefined,
    values: kept?.values() ?? (await presetValues(request)),
    errors: [],
  })
}

export async function edit(request: FastifyRequest, reply: FastifyReply) {
  const contact = await getContact(request)
  const kept = await keptFields(request)
  return formPage(request, reply, { contact, values: kept?.values() ?? contactValues(contact), errors: [] })
}

export async function create(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const fields = fieldsOf(request)
  const account = await pickAccount(db, fields, accountNames)
  return submit(request, reply, {
    act: async () => {
      const form = parseContact(fields, account)
      const id = await createContact(db, viewerOf(request).id, form)
      return {
        location: `/contacts/${id}`,
        flash: { message: { key: 'directory.created', params: { name: form.name } } },
      }
    },
    page: (errors) =>
      formPage(request, reply, { contact: undefined, values: fields.values(), errors, account }),
  })
}

export async function update(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const fields = fieldsOf(request)
  const { id } = await getContact(request)
  const account = await pickAccount(db, fields, accountNames)
  return submit(request, reply, {
    sent: new Fields([...fields.entries, ['account_id', account.id]]),
    act: async () => {
      const form = parseContact(fields, account)
      const version = versionOf(fields)
      await saveContact(db, viewerOf(request).id, id, { form, version })
      return {
        location: `/contacts/${id}`,
        flash: { message: { key: 'directory.saved', params: { name: form.name } } },
      }
    },
    page: async (errors, merged) =>
      formPage(request, reply, {
        contact: await getContact(request),
        values: valuesAfter(fields, merged),
        errors,
        account,
        merged,
      }),
  })
}

/** @throws NotFound */
export async function getContact(request: FastifyRequest): Promise<ContactRecord> {
  const contact = await findContact(request.server.db, idOf(request))
  if (contact === undefined) throw new NotFound()
  return contact
}

function parseContact(fields: Fields, account: PickedAccount): ContactForm {
  const parsed = parseFields(contactSchema, new Fields([...fields.entries, ['account_id', account.id]]))
  if (account.errors.length === 0) return valid(parsed)
  const others = parsed.ok ? [] : parsed.errors.filter((error) => error.field !== 'account_id')
  throw new InvalidForm([...account.errors, ...others])
}

function contactValues(contact: ContactRecord): Record<string, string> {
  return {
    account_id: contact.account_id,
    account_code: contact.account_code,
    name: contact.name,
    title: contact.title,
    email: contact.email,
    phone: contact.phone,
  }
}

/** The account that the address names. */
async function presetValues(request: FastifyRequest): Promise<Record<string, string>> {
  const query = request.query
  if (typeof query !== 'object' || query === null || !('account_id' in query)) return {}
  const id = String(query.account_id)
  const account = isUuid(id) ? await findAccount(request.server.db, id) : undefined
  return account === undefined ? {} : { account_id: account.id, account_code: account.code }
}

async function formPage(
  request: FastifyRequest,
  reply: FastifyReply,
  form: {
    contact: ContactRecord | undefined
    values: Record<string, string>
    errors: readonly FieldError[]
    account?: PickedAccount
    merged?: Merged | undefined
  },
) {
  const t = translator(request.language)
  const { contact, values, merged } = form
  const codes = await codesInConflict(request.server.db, merged, 'account_id')
  const isTheirAccount = merged?.taken.some((row) => row.field === 'account_id') ?? false
  return reply.page({
    view: 'contacts/form',
    title: contact === undefined ? t('contacts.new') : t('contacts.edit', { name: contact.name }),
    model: {
      contact,
      values: withVersion(
        isTheirAccount ? { ...values, account_code: codes.get(values.account_id ?? '') ?? '' } : values,
        contact,
      ),
      errors: sayErrors(request, form.errors),
      accountChoices: form.account?.choices ?? [],
      accountCodes: Object.fromEntries(codes),
      merged,
    },
  })
}
