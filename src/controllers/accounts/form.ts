import type { FastifyReply, FastifyRequest } from 'fastify'
import { type AccountRecord, findAccount } from '../../data/accounts.ts'
import { listCurrencyCodes } from '../../data/currencies.ts'
import { findOrganisation } from '../../data/organisations.ts'
import { listOfferedPaymentTerms } from '../../data/payment-terms.ts'
import { NotFound } from '../../errors.ts'
import type { FieldError } from '../../languages/catalog.ts'
import { translator } from '../../languages/translate.ts'
import { countryChoices, currencyChoices, languageChoices } from '../../lib/choices.ts'
import { Fields } from '../../lib/fields.ts'
import { isUuid } from '../../lib/form-schema.ts'
import { accountKinds, taxTreatments } from '../../lib/vocabulary.ts'
import { keptFields, sayErrors, submit } from '../../plugins/answers.ts'
import { type Merged, valuesAfter } from '../../plugins/conflicts.ts'
import { fieldsOf } from '../../plugins/forms.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { electronicAddressSchemes } from '../../services/accounts/electronic-addresses.ts'
import { createAccount, saveAccount } from '../../services/accounts/save-account.ts'
import { presetsOf } from '../directory-fields.ts'
import { idOf } from '../params.ts'
import { codesInConflict, type PickedAccount, pickAccount } from '../picked-account.ts'
import { versionOf, withVersion } from '../record-forms.ts'
import { accountValues, inPageOrder, parseAccount } from './fields.ts'

const parentNames = { id: 'parent_id', code: 'parent_code' }

export async function add(request: FastifyRequest, reply: FastifyReply) {
  const kept = await keptFields(request)
  return formPage(request, reply, {
    account: undefined,
    values: kept?.values() ?? (await presetValues(request)),
    errors: [],
  })
}

export async function edit(request: FastifyRequest, reply: FastifyReply) {
  const account = await getAccount(request)
  const kept = await keptFields(request)
  return formPage(request, reply, {
    account,
    values: kept?.values() ?? accountValues(account),
    errors: [],
  })
}

export async function create(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const viewer = viewerOf(request)
  const fields = fieldsOf(request)
  const parent = await pickAccount(db, fields, parentNames)
  return submit(request, reply, {
    act: async () => {
      const form = parseAccount(fields, parent, await presets(request))
      const id = await createAccount(db, viewer.id, form)
      return {
        location: `/accounts/${id}`,
        flash: { message: { key: 'directory.created', params: { name: form.name } } },
      }
    },
    page: (errors) =>
      formPage(request, reply, { account: undefined, values: fields.values(), errors, parent }),
  })
}

export async function update(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const viewer = viewerOf(request)
  const fields = fieldsOf(request)
  const { id } = await getAccount(request)
  const parent = await pickAccount(db, fields, parentNames)
  return submit(request, reply, {
    sent: new Fields([...fields.entries, ['parent_id', parent.id]]),
    act: async () => {
      const form = parseAccount(fields, parent, await presets(request))
      const version = versionOf(fields)
      await saveAccount(db, viewer.id, id, { form, version })
      return {
        location: `/accounts/${id}`,
        flash: { message: { key: 'directory.saved', params: { name: form.name } } },
      }
    },
    page: async (errors, merged) =>
      formPage(request, reply, {
        account: await getAccount(request),
        values: valuesAfter(fields, merged),
        errors,
        parent,
        merged,
      }),
  })
}

/** @throws NotFound */
export async function getAccount(request: FastifyRequest): Promise<AccountRecord> {
  const account = await findAccount(request.server.db, idOf(request))
  if (account === undefined) throw new NotFound()
  return account
}

async function presets(request: FastifyRequest) {
  return presetsOf(await findOrganisation(request.server.db, viewerOf(request).organisation_id))
}

/** A new account begins in the home organisation's country, language and currency; below its parent where the address names one. */
async function presetValues(request: FastifyRequest): Promise<Record<string, string>> {
  const values = { ...(await presets(request)), kind: 'business', tax_treatment: 'domestic' }
  const query = request.query
  if (typeof query !== 'object' || query === null || !('parent_id' in query)) return values
  const id = String(query.parent_id)
  const parent = isUuid(id) ? await findAccount(request.server.db, id) : undefined
  return parent === undefined ? values : { ...values, parent_id: parent.id, parent_code: parent.code }
}

async function formPage(
  request: FastifyRequest,
  reply: FastifyReply,
  form: {
    account: AccountRecord | undefined
    values: Record<string, string>
    errors: readonly FieldError[]
    parent?: PickedAccount
    merged?: Merged | undefined
  },
) {
  const { db } = request.server
  const { language } = request
  const t = translator(language)
  const { account, merged } = form
  const terms = await listOfferedPaymentTerms(db, account?.payment_term_id)
  const codes = await codesInConflict(db, merged, 'parent_id')
  const isTheirParent = merged?.taken.some((row) => row.field === 'parent_id') ?? false
  const values = isTheirParent
    ? { ...form.values, parent_code: codes.get(form.values.parent_id ?? '') ?? '' }
    : form.values
  const choices = {
    countries: countryChoices(language),
    currencies: currencyChoices(language, await listCurrencyCodes(db)),
    languages: languageChoices(language, account?.language),
    terms: terms.map((term) => ({ value: term.id, label: term.name })),
    kinds: accountKinds.map((value) => ({ value, label: t(`accounts.kind.${value}`) })),
    treatments: taxTreatments.map((value) => ({
      value,
      label: t(`accounts.tax_treatment.${value}`),
      hint: t(`accounts.tax_treatment.${value}.hint`),
    })),
    schemes: electronicAddressSchemes.flatMap((value) =>
      value === '' ? [] : [{ value, label: t(`accounts.scheme.${value}`) }],
    ),
  }
  return reply.page({
    view: 'accounts/form',
    title: account === undefined ? t('accounts.new') : t('accounts.edit', { name: account.name }),
    model: {
      account,
      values: withVersion(values, account),
      errors: sayErrors(request, inPageOrder(form.errors)),
      parentChoices: form.parent?.choices ?? [],
      merged,
      parentCodes: Object.fromEntries(codes),
      choices,
    },
  })
}
