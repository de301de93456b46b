import type { FastifyReply, FastifyRequest } from 'fastify'
import { findOrder } from '../../data/orders.ts'
import { say, translator } from '../../languages/translate.ts'
import { formatsIn } from '../../lib/format.ts'
import { submit } from '../../plugins/answers.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { withRefusalsOfFiled } from '../../services/filed-refusals.ts'
import { deleteOrder } from '../../services/orders/delete-order.ts'
import { refusalsToDelete } from '../../services/orders/lifecycle.ts'
import { standingOf } from '../../services/orders/standing.ts'
import { countFiled } from '../owner-tabs.ts'
import { idOf } from '../params.ts'
import { addressesOf, getOrderHeader } from './head.ts'

/** Asks before an order is deleted, or says why it stays. */
export async function confirmDeletion(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const order = await getOrderHeader(request)
  const t = translator(request.language)
  const at = addressesOf(request, order.id)
  const crumbs = [
    { label: t('order_list.title'), href: at.list },
    { label: order.number, href: at.page('') },
  ]
  const standing = await standingOf(db, order)
  const filed = await countFiled(request, { kind: 'order', id: order.id })
  const refusals = withRefusalsOfFiled(refusalsToDelete(standing), filed)
  if (refusals.length > 0) {
    return reply.page({
      view: 'orders/not-now',
      title: t('order_page.deletion.refused', { number: order.number }),
      model: {
        crumbs,
        reasons: refusals.map(({ message }) => say(request.language, message)),
        waysOut: [
          ...(standing.drafts > 0
            ? [{ label: t('order_page.see_invoices'), href: at.page('/invoices') }]
            : []),
          ...(filed.documents > 0 ? [{ label: t('uploads.tab'), href: at.page('/documents') }] : []),
          ...(filed.activities > 0 ? [{ label: t('activities.title'), href: at.page('/activities') }] : []),
          ...(order.status === 'cancelled' || standing.drafts > 0
            ? []
            : [{ label: t('order_status.cancel'), href: at.page('/cancellation') }]),
        ],
        back: at.page(''),
      },
    })
  }
  const lines = (await findOrder(db, order.id, viewerOf(request).organisation_ids))?.lines ?? []
  const what = {
    number: order.number,
    subject: order.subject,
    customer: order.invoicing_address.name,
    net: formatsIn(request.language).money(order.net, order.currency),
    lines: lines.length,
  }
  return reply.page({
    view: 'orders/deletion',
    title: t('order_page.deletion.title', { number: order.number }),
    model: {
      crumbs,
      confirm: {
        consequences: [
          t('order_page.deletion.what', what),
          ...(order.recurrence === null ? [] : [t('order_page.deletion.recurrence')]),
          t('order_page.deletion.final'),
        ],
        post: at.page('/deletion'),
        verb: t('order_page.deletion.verb', { number: order.number }),
        danger: true,
        back: at.page(''),
      },
    },
  })
}

export async function remove(request: FastifyRequest, reply: FastifyReply) {
  return submit(request, reply, {
    act: async () => {
      const { number } = await deleteOrder(request.server.db, viewerOf(request), idOf(request))
      return {
        location: addressesOf(request, idOf(request)).list,
        flash: { message: { key: 'order_page.deletion.done', params: { number } } },
      }
    },
    page: () => confirmDeletion(request, reply),
  })
}
