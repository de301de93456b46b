import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { listAccountsCalled } from '../../data/accounts.ts'
import { listCurrencyCodes } from '../../data/currencies.ts'
import type { Database } from '../../data/database.ts'
import { listOrganisationsByIds } from '../../data/order-references.ts'
import type { FieldError, Message } from '../../languages/catalog.ts'
import type { Language } from '../../languages/sentences.ts'
import { say, translator } from '../../languages/translate.ts'
import { commonCountryNames, countryName, shortCurrencyChoices } from '../../lib/choices.ts'
import { Fields } from '../../lib/fields.ts'
import { formatAmount, formatMoney } from '../../lib/format.ts'
import { compare } from '../../lib/money.ts'
import { unitChoices } from '../../lib/units.ts'
import { sayErrors } from '../../plugins/answers.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import type { FilledOrder } from '../../services/orders/order-form.ts'
import { rateOnDate } from '../../services/tax-treatments/line-rate.ts'
import type { ConflictView } from '../document-conflict.ts'
import { blankRow, type FormRow, rowsOf } from './form-rows.ts'
import type { EditedOrder } from './form-values.ts'

export type OrderFormPage = {
  /** Undefined for a new one. */
  order: EditedOrder | undefined
  fields: Fields
  filled: FilledOrder
  errors: readonly FieldError[]
  notices?: readonly Message[]
  /** Whether the form holds what is saved nowhere yet. */
  changed: boolean
  conflict?: ConflictView
  /** What came of rows that were pasted. */
  pasted?: string | undefined
}

/** Without scripts three empty rows wait. */
const waitingRows = 3

export async function orderFormPage(request: FastifyRequest, reply: FastifyReply, page: OrderFormPage) {
  const { db } = request.server
  const { language } = request
  const t = translator(language)
  const { order, fields, filled, errors } = page
  const title = order === undefined ? t('order_form.new') : t('order_form.edit', { number: order.number })
  return reply.page({
    view: 'orders/form',
    title,
    model: {
      order,
      values: await valuesFor(db, language, fields, filled),
      errors: sayErrors(request, errors),
      notices: (page.notices ?? []).map((message) => say(language, message)),
      changed: page.changed,
      pasted: page.pasted,
      conflict: page.conflict,
      rows: withWaitingRows(language, rowsOf(language, fields, filled, errors)),
      blank: (kind: 'item' | 'section' | 'comment') => blankRow(language, 0, 0, kind),
      figures: figuresOf(request, filled),
      /** What an empty currency means. */
      preset_currency: filled.account?.currency ?? filled.organisation.currency,
      invoicing_address: filled.addresses?.invoicing_address,
      account_choices: filled.account_choices.map(({ id, code, name }) => ({
        id,
        label: `${code} · ${name}`,
      })),
      shipping_open:
        filled.addresses?.shipping_differs === true ||
        errors.some(({ field }) => field.startsWith('shipping_address[')),
      choices: {
        contacts: filled.contacts.map(({ id, name }) => ({ value: id, label: name })),
        assignees: filled.assignees.map(({ id, name }) => ({ value: id, label: name })),
        organisations: await organisationChoices(db, request, filled),
        currencies: shortCurrencyChoices(language, await listCurrencyCodes(db)),
        countries: commonCountryNames(language),
        rates: rateChoices(filled),
        units: unitChoices(language).map(({ label }) => label),
      },
    },
  })
}

export function withWaitingRows(language: Language, rows: readonly FormRow[]): FormRow[] {
  const waiting = rows.length - 1 - rows.findLastIndex((row) => !isWaiting(row))
  const next = rows.reduce((highest, { index }) => Math.max(highest, index + 1), 0)
  const missing = Math.max(0, waitingRows - waiting)
  return [
    ...rows,
    ...Array.from({ length: missing }, (_, at) => blankRow(language, next + at, rows.length + at + 1)),
  ]
}

function isWaiting(row: FormRow): boolean {
  const { product_code, product_id, description, quantity, unit_price } = row
  return row.kind === 'item' && `${product_code}${product_id}${description}${quantity}${unit_price}` === ''
}

/** What the bar at the bottom says: net, tax by tax, gross. */
export function figuresOf(
  request: FastifyRequest,
  filled: Pick<FilledOrder, 'totals' | 'currency' | 'lines'>,
) {
  const { language } = request
  const { totals, currency } = filled
  return {
    net: formatAmount(language, totals.net, currency),
    taxes: totals.taxes.map((tax) => ({
      name: taxName(filled, tax),
      amount: formatAmount(language, tax.amount, currency),
    })),
    gross: formatMoney(language, totals.gross, currency),
  }
}

function taxName(filled: Pick<FilledOrder, 'lines'>, tax: { category: string; rate: string }): string {
  const line = filled.lines.find(
    ({ rate }) => rate !== undefined && rate.category === tax.category && compare(rate.rate, tax.rate) === 0,
  )
  return line?.rate?.name ?? tax.category
}

async function valuesFor(
  db: Database,
  language: Language,
  fields: Fields,
  filled: FilledOrder,
): Promise<Record<string, string>> {
  const { account, addresses, input } = filled
  const shipping =
    addresses === undefined || (input.shipping_address === null && fields.group('shipping_address').size > 0)
      ? []
      : Object.entries(addresses.shipping_address).map(([key, text]): [string, string] => [
          `shipping_address[${key}]`,
          key === 'country' && text !== '' ? countryName(language, text) : text,
        ])
  const header = new Fields(fields.entries.filter(([name]) => !name.startsWith('lines[')))
  return {
    ...header.values(),
    order_date: fields.text('order_date') === '' ? filled.order_date : fields.text('order_date'),
    organisation_id: fields.text('organisation_id') || filled.organisation.id,
    idempotency_key: fields.text('idempotency_key') || randomUUID(),
    ...(account === undefined
      ? {}
      : {
          account_id: account.id,
          account_code: await textFor(db, account),
          filled_from_account_id: account.id,
        }),
    ...Object.fromEntries(shipping),
  }
}

/** What stands in the field of an account: its name, or its code where the name means others too; either finds it again. */
export async function textFor(
  db: Database,
  account: { id: string; code: string; name: string },
): Promise<string> {
  const found = await listAccountsCalled(db, account.name)
  return found.length === 1 && found[0]?.id === account.id ? account.name : account.code
}

async function organisationChoices(db: Database, request: FastifyRequest, filled: FilledOrder) {
  const rows = await listOrganisationsByIds(db, viewerOf(request).organisation_ids)
  return rows
    .filter(({ id, archived_at }) => archived_at === null || id === filled.organisation.id)
    .map(({ id, name }) => ({ value: id, label: name }))
}

/** The rates that can be chosen on the document's date, the highest first, and those that lines have. */
export function rateChoices(filled: Pick<FilledOrder, 'rules' | 'order_date' | 'lines'>) {
  const { rules, order_date } = filled
  const chosen = new Set(filled.lines.map(({ rate }) => rate?.id))
  const isValid = (id: string) => {
    const found = rateOnDate(rules, id, order_date)
    return found?.problem === undefined && found?.rate.id === id
  }
  return [...rules.rates.values()]
    .filter((rate) => chosen.has(rate.id) || (rate.archived_at === null && isValid(rate.id)))
    .sort((a, b) => compare(b.rate, a.rate) || (a.name < b.name ? -1 : 1))
    .map(({ id, name }) => ({ value: id, label: name }))
}
