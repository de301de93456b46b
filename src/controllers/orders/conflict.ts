import { findAccount } from '../../data/accounts.ts'
import { findContact } from '../../data/contacts.ts'
import type { Database } from '../../data/database.ts'
import { findUserName, listOrganisationsByIds } from '../../data/order-references.ts'
import type { OrderRecord } from '../../data/orders.ts'
import type { Language } from '../../languages/sentences.ts'
import { isIsoDate } from '../../lib/dates.ts'
import type { Fields } from '../../lib/fields.ts'
import { formatDate } from '../../lib/format.ts'
import { contentOf, type HeaderKey, headerKeys } from '../../services/orders/content.ts'
import type { OrderConflict } from '../../services/orders/save-order.ts'
import type { TaxRules } from '../../services/tax-treatments/line-rate.ts'
import { type DocumentConflict, type DocumentWords, withChoices } from '../document-conflict.ts'
import { addressEntries } from './form-values.ts'

export function conflictOfOrder({ version, saved, merge, mine }: OrderConflict): DocumentConflict<HeaderKey> {
  const { content, taken, conflicts } = merge
  return { version, saved, merged: content, mine: mine.header, taken, conflicts }
}

export function wordsOfOrder(
  db: Database,
  language: Language,
  rules: TaxRules,
  currency: string,
): DocumentWords<HeaderKey> {
  return {
    currency,
    rates: rules.rates,
    label: (key) => `order_form.field.${key}`,
    value: async (key, value) => {
      switch (key) {
        case 'account_id':
          return (await findAccount(db, value))?.name
        case 'contact_id':
          return (await findContact(db, value))?.name
        case 'assigned_to_id':
          return findUserName(db, value)
        case 'organisation_id':
          return (await listOrganisationsByIds(db, [value]))[0]?.name
        case 'order_date':
          return isIsoDate(value) ? formatDate(language, value) : value
        case 'shipping_address':
          return addressEntries(value)
            .map(([, text]) => text)
            .filter((text) => text !== '')
            .join(', ')
        default:
          return value
      }
    },
    sentences: { choose: 'order_form.conflict', merged: 'order_form.conflict.merged' },
  }
}

/** An order's form with the choices of a second editor in it. */
export function withOrderChoices(fields: Fields, current: OrderRecord, language: Language): Fields {
  const content = contentOf(current)
  const { header } = content
  return withChoices(fields, content, {
    language,
    currency: header.currency,
    keys: headerKeys,
    entries: (key) => {
      if (key === 'shipping_address') return addressEntries(header[key])
      if (key !== 'account_id') return [[key, header[key]]]
      return [
        [key, header[key]],
        ['account_code', current.account_name],
      ]
    },
  })
}
