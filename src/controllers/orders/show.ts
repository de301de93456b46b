import type { FastifyReply, FastifyRequest } from 'fastify'
import { findOrder } from '../../data/orders.ts'
import { NotFound } from '../../errors.ts'
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
      /** With the unit in words, and its number among the lines that have a price. */
      lines: numbered(lines).map(({ line, number }) => ({
        ...line,
        number,
        unit: line.unit_code === null ? '' : unitName(request.language, line.unit_code),
      })),
    },
  })
}

function numbered<L extends { kind: string }>(lines: readonly L[]): { line: L; number: number | null }[] {
  let number = 0
  return lines.map((line) => ({ line, number: line.kind === 'item' ? ++number : null }))
}
