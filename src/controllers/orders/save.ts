import type { FastifyReply, FastifyRequest } from 'fastify'
import { InvalidForm } from '../../errors.ts'
import type { Message } from '../../languages/catalog.ts'
import { say } from '../../languages/translate.ts'
import { sendJson, submit, valid, wantsJson } from '../../plugins/answers.ts'
import { fieldsOf } from '../../plugins/forms.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { createOrder } from '../../services/orders/create-order.ts'
import { fillOrder } from '../../services/orders/order-form.ts'
import { OrderConflict, saveOrder } from '../../services/orders/save-order.ts'
import { conflictJson, conflictView } from '../document-conflict.ts'
import { conflictOfOrder, withOrderChoices, wordsOfOrder } from './conflict.ts'
import { parseOrder, parseVersion } from './fields.ts'
import { getOrder } from './form.ts'
import { orderFormPage } from './form-page.ts'
import { fieldsOfContent, withAutomaticRates } from './form-values.ts'
import { withPastedRows } from './paste.ts'

/** POST /orders */
export async function create(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const viewer = viewerOf(request)
  const { fields, errors: wrong } = withPastedRows(fieldsOf(request))
  const input = parseOrder(fields, request.language)
  return submit(request, reply, {
    once: (id) => `/orders/${id}`,
    act: async (sent) => {
      if (wrong.length > 0) throw new InvalidForm(wrong)
      const order = { input, now: new Date(), sent }
      const { id, number } = await createOrder(db, { user_id: viewer.id }, viewer, order)
      const message = { key: 'order_form.created', params: { number } } as const
      return { location: `/orders/${id}`, flash: { message } }
    },
    page: async (errors) => {
      const filled = await fillOrder(db, viewer, input, { now: new Date() })
      return orderFormPage(request, reply, { order: undefined, fields, filled, errors, changed: true })
    },
  })
}

/** POST /orders/:id. Over somebody else's save: 422 with both texts and the new version. */
export async function update(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const { language } = request
  const viewer = viewerOf(request)
  const order = await getOrder(request)
  const { fields, errors: wrong } = withPastedRows(withOrderChoices(fieldsOf(request), order, language))
  const input = parseOrder(fields, language)
  try {
    return await submit(request, reply, {
      act: async () => {
        if (wrong.length > 0) throw new InvalidForm(wrong)
        const { version } = valid(parseVersion(fields))
        const change = { input, version, now: new Date() }
        const saved = await saveOrder(db, { user_id: viewer.id }, viewer, order.id, change)
        return { location: `/orders/${order.id}`, flash: { message: savedMessage(request, saved) } }
      },
      page: async (errors) => {
        const filled = await fillOrder(db, viewer, input, { now: new Date(), before: order })
        return orderFormPage(request, reply, { order, fields, filled, errors, changed: true })
      },
    })
  } catch (error) {
    if (!(error instanceof OrderConflict)) throw error
    return conflictAnswer(request, reply, error)
  }
}

function savedMessage(
  request: FastifyRequest,
  saved: { number: string; notices: readonly Message[] },
): Message {
  const { number, notices } = saved
  if (notices.length === 0) return { key: 'order_form.saved', params: { number } }
  const changes = notices.map((notice) => say(request.language, notice)).join(' ')
  return { key: 'order_form.saved_changed', params: { number, changes } }
}

/** The form with both changes in it, mine where they meet, and the choice for each of those. */
async function conflictAnswer(request: FastifyRequest, reply: FastifyReply, conflict: OrderConflict) {
  const { db } = request.server
  const { language } = request
  const viewer = viewerOf(request)
  const order = await getOrder(request)
  const { content } = conflict.merge
  const fields = fieldsOfContent(content, { language, version: conflict.version, accountText: '' })
  const input = parseOrder(fields, language)
  const filled = await fillOrder(db, viewer, input, { now: new Date(), before: order })
  const words = wordsOfOrder(db, language, filled.rules, content.header.currency)
  const found = conflictOfOrder(conflict)
  const view = await conflictView(request, found, words)
  reply.status(422)
  if (wantsJson(request)) return sendJson(reply, conflictJson(language, found, view))
  return orderFormPage(request, reply, {
    order,
    fields: withAutomaticRates(fields, filled),
    filled,
    errors: [],
    changed: true,
    conflict: view,
  })
}
