import type { FastifyReply, FastifyRequest } from 'fastify'
import { submit } from '../../plugins/answers.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { duplicateOrder } from '../../services/orders/duplicate-order.ts'
import { idOf } from '../params.ts'
import { show } from './show.ts'

export async function duplicate(request: FastifyRequest, reply: FastifyReply) {
  return submit(request, reply, {
    once: (id) => `/orders/${id}`,
    act: async (sent) => {
      const { db } = request.server
      const copy = await duplicateOrder(db, viewerOf(request), idOf(request), new Date(), sent)
      return {
        location: `/orders/${copy.id}`,
        flash: {
          message: {
            key: 'order_page.duplicated',
            params: {
              number: copy.number,
              original: copy.original,
              archived: copy.archived_products,
              reference: copy.had_reference ? 'yes' : 'no',
              recurring: copy.recurring ? 'yes' : 'no',
            },
          },
          link: { href: `/orders/${idOf(request)}`, text: copy.original },
        },
      }
    },
    page: () => show(request, reply),
  })
}
