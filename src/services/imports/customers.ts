import { z } from 'zod'
import type { Trx } from '../../data/database.ts'
import { insertAccounts, insertContacts, listCodes } from '../../data/imports.ts'
import { choice, email, emails, text } from '../../lib/form-schema.ts'
import { mistakesOfAccount } from '../accounts/account-form.ts'
import type { CsvTable } from './csv.ts'
import { code, currency, identifier, language, languageFor, name, postal } from './fields.ts'
import type { ImportFigures, ImportScope } from './figures.ts'
import { figuresOf, madeOf, parseTable, withoutKnown, writingProgress } from './table.ts'

const schema = z.object({
  code,
  name,
  legal_name: text({ max: 200 }),
  kind: choice(['business', 'public_body', 'private_person'], { preset: 'business' }),
  contact_name: text({ max: 200 }),
  contact_title: text({ max: 200 }),
  email: email(),
  phone: text({ max: 40 }),
  website: text({ max: 200 }),
  invoice_emails: emails(),
  vat_number: identifier,
  siren: identifier,
  siret: identifier,
  tax_treatment: choice(['domestic', 'eu_business', 'export', 'exempt', 'private'], { preset: 'domestic' }),
  language,
  currency,
  ...postal,
})

export const customerColumns = { required: ['code', 'name', 'country'], all: Object.keys(schema.shape) }

/** Accounts, each with its contact where the file names one. */
export async function importCustomers(trx: Trx, table: CsvTable, scope: ImportScope): Promise<ImportFigures> {
  const { rows, mistakes, unknown } = parseTable(table, schema, customerColumns.required)
  const known = await listCodes(
    trx,
    'accounts',
    rows.map(({ value }) => value.code),
  )
  const fresh = withoutKnown(rows, (value) => value.code, known, 'code', mistakes)
  for (const { line, value } of fresh) {
    const identity = {
      ...value,
      electronic_address: '',
      electronic_address_scheme: '',
      shipping_address: null,
    }
    for (const { field, message } of mistakesOfAccount(identity)) mistakes.add(line, field, message)
  }
  mistakes.throwIfAny()
  const ids = await insertAccounts(
    trx,
    fresh.map(({ value: { contact_name, contact_title, ...account } }) => ({
      ...account,
      language: languageFor(account.language, account.country),
      currency: account.currency === '' ? scope.organisation.currency : account.currency,
    })),
    writingProgress(scope, rows, fresh),
  )
  const lines = new Map<string, number>()
  const contacts = fresh.flatMap(({ line, value }) => {
    const account_id = ids.get(value.code)
    if (value.contact_name === '' || account_id === undefined) return []
    lines.set(account_id, line)
    return [
      {
        account_id,
        name: value.contact_name,
        title: value.contact_title,
        email: value.email,
        phone: value.phone,
      },
    ]
  })
  const made = await insertContacts(trx, contacts)
  return figuresOf({ rows, unknown }, fresh, [
    ...madeOf('account', fresh, ids, (value) => value.code),
    ...made.map(({ id, account_id }) => ({ kind: 'contact' as const, id, line: lines.get(account_id) ?? 0 })),
  ])
}
