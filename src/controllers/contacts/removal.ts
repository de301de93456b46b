import type { FastifyReply, FastifyRequest } from 'fastify'
import { isContactNamed } from '../../data/contacts.ts'
import { Refused } from '../../errors.ts'
import { translator } from '../../languages/translate.ts'
import { submit } from '../../plugins/answers.ts'
import { fieldsOf } from '../../plugins/forms.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { archiveContact } from '../../services/contacts/archive-contact.ts'
import { deleteContact, refusalsToDeleteContact } from '../../services/contacts/delete-contact.ts'
import { archivalOf } from '../record-forms.ts'
import { getContact } from './form.ts'
import { show } from './show.ts'

export async function archive(request: FastifyRequest, reply: FastifyReply) {
  const { id, name } = await getContact(request)
  return submit(request, reply, {
    act: async () => {
      const { archived } = archivalOf(fieldsOf(request))
      await archiveContact(request.server.db, viewerOf(request).id, id, archived)
      const key = archived ? 'directory.archived.done' : 'directory.restored.done'
      return { location: `/contacts/${id}`, flash: { message: { key, params: { name } } } }
    },
    page: () => show(request, reply),
  })
}

export async function confirmDeletion(request: FastifyRequest, reply: FastifyReply) {
  const contact = await getContact(request)
  const refusals = refusalsToDeleteContact({ named: await isContactNamed(request.server.db, contact.id) })
  if (refusals.length > 0)
    throw new Refused(refusals, {
      title: { key: 'directory.delete.refused', params: { name: contact.name } },
    })
  return reply.page({
    view: 'contacts/deletion',
    title: translator(request.language)('directory.delete.title', { name: contact.name }),
    model: { contact },
  })
}

export async function remove(request: FastifyRequest, reply: FastifyReply) {
  const { id, name, account_id } = await getContact(request)
  return submit(request, reply, {
    act: async () => {
      await deleteContact(request.server.db, viewerOf(request).id, id)
      return {
        location: `/accounts/${account_id}`,
        flash: { message: { key: 'directory.deleted', params: { name } } },
      }
    },
    page: () => confirmDeletion(request, reply),
  })
}
