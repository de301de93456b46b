import { z } from 'zod'
import type { Trx } from '../../data/database.ts'
import { insertAccounts, insertContacts, listCodes } from '../../data/imports.ts'
import { choice, email, emails, text } from '../../lib/form-schema.ts'
import { mistakesOfAccount } from '../accounts/account-form.ts'
import type { CsvTable } from './csv.ts'
import { code, currency, identifier, language, languageFor, name, postal } from './fields.ts'
import type { ImportFigures, ImportScope } from './run-import.ts'
import { figuresOf, parseTable, withoutKnown } from './table.ts'

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

/** Accounts, each with its contact where the file names one. */
export async function importCustomers(trx: Trx, table: CsvTable, scope: ImportScope): Promise<ImportFigures> {
  const { rows, mistakes, unknown } = parseTable(table, schema, ['code', 'name', 'country'])
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
  )
  const contacts = fresh.flatMap(({ value }) => {
    const account_id = ids.get(value.code)
    if (value.contact_name === '' || account_id === undefined) return []
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
  await insertContacts(trx, contacts)
  scope.onProgress?.(rows.length, rows.length)
  return figuresOf({ rows, unknown }, fresh)
}
