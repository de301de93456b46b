import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { findFailedRendering, renewRendering } from '../data/renderings.ts'
import { NotFound } from '../errors.ts'
import { parseFields, requiredReference, text } from '../lib/form-schema.ts'
import { submit, valid } from '../plugins/answers.ts'
import { fieldsOf } from '../plugins/forms.ts'
import { viewerOf } from '../plugins/sessions.ts'
import { list } from './jobs.ts'

/** Gives a document whose PDF could not be made another ten tries. */
export async function retry(request: FastifyRequest, reply: FastifyReply) {
  const { db, jobRunner } = request.server
  return submit(request, reply, {
    act: async () => {
      const { rendering_id, name } = valid(parseFields(retrySchema, fieldsOf(request)))
      const id = await findFailedRendering(db, rendering_id, viewerOf(request).organisation_ids)
      if (id === undefined) throw new NotFound()
      await renewRendering(db, id)
      jobRunner.wake('render-pdfs')
      return {
        location: '/jobs#pdfs',
        flash: { message: { key: 'jobs.pdfs.retried', params: { document: name } } },
      }
    },
    page: () => list(request, reply),
  })
}

const retrySchema = z.object({
  rendering_id: requiredReference('general.unreadable'),
  name: text({ max: 100 }),
})
