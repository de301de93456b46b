import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { setPreferences } from '../data/users.ts'
import { choice, parseFields } from '../lib/form-schema.ts'
import { localAddress } from '../lib/local-address.ts'
import { valid } from '../plugins/answers.ts'
import { fieldsOf } from '../plugins/forms.ts'
import { viewerOf } from '../plugins/sessions.ts'

/** The user menu's language, theme and single keys; back to the page one was on. */
export async function update(request: FastifyRequest, reply: FastifyReply) {
  const viewer = viewerOf(request)
  const fields = fieldsOf(request)
  const schema = z.object({
    language: choice(['en', 'fr'], { preset: viewer.language }),
    theme: choice(['light', 'dark', 'system'], { preset: viewer.theme }),
    single_keys: choice(['on', 'off'], { preset: viewer.single_keys ? 'on' : 'off' }),
  })
  const { single_keys, ...form } = valid(parseFields(schema, fields))
  await setPreferences(request.server.db, viewer.id, { ...form, single_keys: single_keys === 'on' })
  return reply.redirect(localAddress(fields.text('back')), 303)
}
