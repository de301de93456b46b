import type { FastifyReply, FastifyRequest } from 'fastify'
import { findOrder, type OrderRecord } from '../../data/orders.ts'
import { NotFound } from '../../errors.ts'
import type { Language } from '../../languages/sentences.ts'
import { countryName } from '../../lib/choices.ts'
import { Fields } from '../../lib/fields.ts'
import { isUuid } from '../../lib/form-schema.ts'
import { sendJson, wantsJson } from '../../plugins/answers.ts'
import { fieldsOf } from '../../plugins/forms.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { type FilledOrder, fillOrder } from '../../services/orders/order-form.ts'
import { parseOrder } from './fields.ts'
import { orderFormPage } from './form-page.ts'
import { withRows } from './form-values.ts'
import { isEmpty, pasteView, withPastedRows } from './paste.ts'
import { pricedJson } from './priced-json.ts'

/**
 * POST /orders/calculation: the form filled in and priced, nothing saved. Without scripts its buttons also add, move and remove rows
 * (`step`: `add:section`, `up:3`, `down:3`, `remove:3`), and rows of a spreadsheet (`pasted_rows`) become lines; an order that exists is
 * named by `order_id`. As JSON the totals, the mistakes, and under `rows`, `shown` and `pasted` what scripts write into the page.
 */
export async function create(request: FastifyRequest, reply: FastifyReply) {
  const viewer = viewerOf(request)
  const order = await editedOrder(request)
  const pasted = withPastedRows(fieldsOf(request))
  const fields = wantsJson(request) ? pasted.fields : afterStep(pasted.fields)
  const input = parseOrder(fields, request.language)
  const filled = await fillOrder(request.server.db, viewer, input, { now: new Date(), before: order })
  const paste = pasteView(request.language, { ...pasted, fields }, filled.errors)
  if (wantsJson(request))
    return sendJson(reply, { ...calculationJson(request, fields, filled), ...paste.json })
  const { notices } = filled
  const { errors, sentence } = paste
  return orderFormPage(request, reply, {
    order,
    fields,
    filled,
    errors,
    notices,
    changed: true,
    pasted: sentence,
  })
}

async function editedOrder(request: FastifyRequest): Promise<OrderRecord | undefined> {
  const id = fieldsOf(request).text('order_id')
  if (id === '') return undefined
  const order = isUuid(id)
    ? await findOrder(request.server.db, id, viewerOf(request).organisation_ids)
    : undefined
  if (order === undefined) throw new NotFound()
  return order
}

/** The rows after the button that was pressed, numbered from 0 in their order. */
export function afterStep(fields: Fields): Fields {
  const [step = '', where = ''] = fields.text('step').split(':')
  const rows = fields.rows('lines')
  const at = rows.findIndex(({ index }) => String(index) === where)
  const order = rows.map(({ fields: row }) => row)
  if (step === 'remove' && at !== -1) order.splice(at, 1)
  if (step === 'up' && at > 0) order.splice(at - 1, 0, ...order.splice(at, 1))
  if (step === 'down' && at !== -1) order.splice(at + 1, 0, ...order.splice(at, 1))
  if (step === 'add') {
    const last = order.findLastIndex((row) => !isEmpty(row))
    order.splice(last + 1, 0, new Fields([['kind', where]]))
  }
  return withRows(fields.without('step'), order)
}

function calculationJson(request: FastifyRequest, fields: Fields, filled: FilledOrder) {
  const { account, addresses } = filled
  const priced = pricedJson(request, fields, filled)
  return {
    currency: filled.currency,
    order_date: filled.order_date,
    account: account === undefined ? null : { id: account.id, code: account.code, name: account.name },
    contacts: filled.contacts.map(({ id, name }) => ({ id, name })),
    contact_id: filled.contact_id,
    shipping_address: addresses?.shipping_address ?? null,
    shipping_differs: addresses?.shipping_differs ?? false,
    ...priced,
    shown: { ...priced.shown, invoicing_address: addressLines(request.language, filled) },
  }
}

function addressLines(language: Language, filled: FilledOrder): string[] {
  const address = filled.addresses?.invoicing_address
  if (address === undefined) return []
  const { name, street, street_2, street_3, postal_code, city, region, country } = address
  const place = [postal_code, city].filter((part) => part !== '').join(' ')
  return [name, street, street_2, street_3, place, region, countryName(language, country)].filter(
    (line) => line !== '',
  )
}
