import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { mistake, parseFields } from '../../lib/form-schema.ts'
import { submit, valid } from '../../plugins/answers.ts'
import { fieldsOf } from '../../plugins/forms.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { markDraftCreated } from '../../services/invoices/change-draft-status.ts'
import { addressesOf, getInvoice } from './head.ts'
import { issue } from './issue.ts'
import { setPaid } from './payments.ts'

/** The life of an invoice: `created` takes over a draft that a run made; `approved` issues; `sent` and `paid` follow. */
export async function update(request: FastifyRequest, reply: FastifyReply) {
  const status = fieldsOf(request).text('status')
  if (status === 'approved' || status === 'sent') return issue(request, reply, status)
  if (status === 'paid') return setPaid(request, reply)
  const { id } = await getInvoice(request)
  // No form of the page sends another status: the mistake gets a page of its own.
  valid(parseFields(statusSchema, fieldsOf(request)))
  return submit(request, reply, {
    act: async () => {
      await markDraftCreated(request.server.db, viewerOf(request), id)
      return {
        location: addressesOf(request, id).page(''),
        flash: { message: { key: 'invoices.status.done' } },
      }
    },
    page: async () => reply,
  })
}

const statusSchema = z.object({
  status: z.string().transform((typed, context) => {
    if (typed !== 'created') context.addIssue(mistake('invoices.status.unknown'))
    return typed
  }),
})
