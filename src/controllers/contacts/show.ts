import type { FastifyReply, FastifyRequest } from 'fastify'
import { isContactNamed } from '../../data/contacts.ts'
import { sendJson, wantsJson } from '../../plugins/answers.ts'
import { listQuery } from '../../plugins/pages.ts'
import { refusalsToDeleteContact } from '../../services/contacts/delete-contact.ts'
import { getContact } from './form.ts'
import { contactJson } from './json.ts'

export async function show(request: FastifyRequest, reply: FastifyReply) {
  const contact = await getContact(request)
  if (wantsJson(request)) return sendJson(reply, contactJson(contact))
  const named = await isContactNamed(request.server.db, contact.id)
  return reply.page({
    view: 'contacts/show',
    title: contact.name,
    model: {
      contact,
      deletionRefusal: refusalsToDeleteContact({ named })[0]?.message,
      /** The query of the list one came from, to be handed on. */
      onward: listQuery(request) === '' ? '' : `?list=${encodeURIComponent(listQuery(request))}`,
    },
  })
}
