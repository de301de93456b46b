import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { findAccount } from '../../data/accounts.ts'
import { findOrder, type OrderRecord } from '../../data/orders.ts'
import { NotFound, Refused } from '../../errors.ts'
import { translate } from '../../languages/translate.ts'
import { todayIn } from '../../lib/dates.ts'
import { Fields } from '../../lib/fields.ts'
import { isUuid } from '../../lib/form-schema.ts'
import { keptFields, wantsJson } from '../../plugins/answers.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { contentOf } from '../../services/orders/content.ts'
import { refusalsToWrite } from '../../services/orders/edit-refusals.ts'
import { fillOrder } from '../../services/orders/order-form.ts'
import { idOf } from '../params.ts'
import { parseOrder } from './fields.ts'
import { orderFormPage, textFor } from './form-page.ts'
import { fieldsOfContent, withAutomaticRates } from './form-values.ts'

/** GET /orders/new, with `?account_id=` of the account it is for. */
export async function add(request: FastifyRequest, reply: FastifyReply) {
  const viewer = viewerOf(request)
  const kept = await keptFields(request)
  const account = await wantedAccount(request)
  const presets = {
    organisation_id: viewer.organisation_id,
    assigned_to_id: viewer.id,
    account_id: account?.id ?? '',
  }
  const fields = kept ?? new Fields(Object.entries(presets))
  const input = parseOrder(fields, request.language)
  const filled = await fillOrder(request.server.db, viewer, input, { now: new Date() })
  return orderFormPage(request, reply, {
    order: undefined,
    fields,
    filled,
    errors: [],
    changed: kept !== undefined,
  })
}

/** GET /orders/:id/edit. A finalized order has no form: the page says since when and by whom. */
export async function edit(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const { language } = request
  const viewer = viewerOf(request)
  const order = await getOrder(request)
  const refusals = refusalsToWrite({ status: order.status, finalized: order.finalized_at !== null })
  if (order.finalized_at !== null && !wantsJson(request)) {
    const title = translate(language, 'order_form.locked.title', { number: order.number })
    return reply.page({
      view: 'orders/locked',
      title,
      model: {
        idempotency_key: randomUUID(),
        order,
        finalized_date: todayIn(viewer.time_zone, new Date(order.finalized_at)),
      },
      status: 409,
    })
  }
  if (refusals.length > 0) throw new Refused(refusals)
  const kept = await keptFields(request)
  const stored = fieldsOfContent(contentOf(order), {
    language,
    version: order.version,
    accountText: await textFor(db, {
      id: order.account_id,
      code: order.account_code,
      name: order.account_name,
    }),
  })
  const fields = kept ?? stored
  const filled = await fillOrder(db, viewer, parseOrder(fields, language), { now: new Date(), before: order })
  return orderFormPage(request, reply, {
    order,
    fields: kept ?? withAutomaticRates(stored, filled),
    filled,
    errors: [],
    changed: kept !== undefined,
  })
}

/** The order of the address. @throws NotFound where the viewer does not work in its organisation */
export async function getOrder(request: FastifyRequest): Promise<OrderRecord> {
  const order = await findOrder(request.server.db, idOf(request), viewerOf(request).organisation_ids)
  if (order === undefined) throw new NotFound()
  return order
}

async function wantedAccount(request: FastifyRequest) {
  const { query } = request
  const id =
    typeof query === 'object' && query !== null && 'account_id' in query ? String(query.account_id) : ''
  const account = isUuid(id) ? await findAccount(request.server.db, id) : undefined
  return account?.archived_at === null ? account : undefined
}
