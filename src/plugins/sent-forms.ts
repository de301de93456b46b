import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { findSubmission, type SentForm } from '../data/submissions.ts'
import { InvalidForm, Refused } from '../errors.ts'
import { fieldsOf } from './forms.ts'
import { viewerOf } from './sessions.ts'

const longestKey = 200

/**
 * The form as it is told from others of its user and address: by its `idempotency_key`, which the page that shows it has put in.
 * Undefined where it bears none. @throws InvalidForm where the key is too long
 */
export function sentForm(request: FastifyRequest): SentForm | undefined {
  const fields = fieldsOf(request)
  const key = fields.text('idempotency_key')
  if (key === '') return undefined
  if (key.length > longestKey) {
    throw new InvalidForm([
      { field: 'idempotency_key', message: { key: 'form.too_long', params: { max: longestKey } } },
    ])
  }
  const said = fields.without('_csrf', 'idempotency_key').entries
  const digest = createHash('sha256').update(JSON.stringify(said)).digest('hex')
  const [address = ''] = request.url.split('?')
  return { user_id: viewerOf(request).id, address, key, digest }
}

/**
 * The address of what the same form has made already. @throws Refused, with the way to it, where the key was used for a form with
 * other values: nobody can tell then what is meant
 */
export async function madeBefore(
  request: FastifyRequest,
  sent: SentForm,
  addressOf: (madeId: string) => string,
): Promise<string | undefined> {
  const found = await findSubmission(request.server.db, sent)
  if (found === undefined) return undefined
  const address = addressOf(found.made_id)
  if (found.digest === sent.digest) return address
  throw new Refused([{ code: 'sent_before', message: { key: 'form.sent_before' } }], { leadsTo: address })
}
