import type { FastifyReply, FastifyRequest } from 'fastify'
import { translator } from '../../languages/translate.ts'

/** What there is to set, and where. */
export async function show(request: FastifyRequest, reply: FastifyReply) {
  return reply.page({
    view: 'settings/show',
    title: translator(request.language)('settings.title'),
    model: {},
  })
}
