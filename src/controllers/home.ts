import type { FastifyReply, FastifyRequest } from 'fastify'
import { translate } from '../languages/translate.ts'

export async function show(request: FastifyRequest, reply: FastifyReply) {
  return reply.page({ view: 'home/show', title: translate(request.language, 'frame.home'), model: {} })
}
