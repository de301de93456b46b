import type { FastifyReply, FastifyRequest } from 'fastify'
import { findOrder, type OrderLine } from '../../data/orders.ts'
import { NotFound } from '../../errors.ts'
import { translator } from '../../languages/translate.ts'
import { formatsIn } from '../../lib/format.ts'
import { isZero } from '../../lib/money.ts'
import { unitName } from '../../lib/units.ts'
import { sendJson, wantsJson } from '../../plugins/answers.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { getOrderHeader, orderHead } from './head.ts'
import { orderJson } from './json.ts'

export async function show(request: FastifyRequest, reply: FastifyReply) {
  const header = await getOrderHeader(request)
  const order = await findOrder(request.server.db, header.id, viewerOf(request).organisation_ids)
  if (order === undefined) throw new NotFound()
  const { lines, taxes } = order
  if (wantsJson(request)) return sendJson(reply, orderJson(header, lines, taxes))
  const head = await orderHead(request, header, 'lines')
  return reply.page({
    view: 'orders/show',
    title: head.pageHead.title,
    model: {
      head,
      order: header,
      taxes,
      lines: lines.map((line) => shownLine(request, header.currency, line)),
    },
  })
}

/** A line with its unit in words, and for narrow pages in one text what stands before its net. */
function shownLine(request: FastifyRequest, currency: string, line: OrderLine) {
  const t = translator(request.language)
  const formats = formatsIn(request.language)
  const unit = line.unit_code === null ? '' : unitName(request.language, line.unit_code)
  const discounted = line.discount_percent !== null && !isZero(line.discount_percent)
  return {
    kind: line.kind,
    position: line.position,
    product_id: line.product_id,
    product_code: line.product_code,
    description: line.description,
    quantity: line.quantity,
    unit,
    unit_price: line.unit_price,
    discounted,
    discount_percent: line.discount_percent,
    tax_rate: line.tax_rate,
    net: line.net,
    summary: t('order_page.line.summary', {
      quantity: formats.quantity(line.quantity ?? '0'),
      unit,
      price: formats.price(line.unit_price ?? '0', currency),
      discounted: discounted ? 'yes' : 'no',
      discount: formats.percent(line.discount_percent ?? '0'),
      tax: formats.percent(line.tax_rate ?? '0'),
    }),
  }
}
