import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { InvalidForm } from '../../errors.ts'
import type { FieldError } from '../../languages/catalog.ts'
import { translator } from '../../languages/translate.ts'
import { Fields } from '../../lib/fields.ts'
import { choice, parseFields } from '../../lib/form-schema.ts'
import { formatsIn } from '../../lib/format.ts'
import { type BatchAction, batchActions } from '../../lib/vocabulary.ts'
import { sendJson, submit, valid, wantsJson } from '../../plugins/answers.ts'
import { fieldsOf } from '../../plugins/forms.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import {
  type BatchRequest,
  type BatchSelection,
  CountChanged,
  startBatch,
} from '../../services/batches/start-batch.ts'
import { wantedIds } from '../orders/bulk.ts'
import { orderFilterNames, readOrderFilters } from '../orders/filters.ts'
import { orderListPage } from '../orders/list.ts'

/** So long the answer waits for the end; a batch that takes longer shows its progress on its receipt. */
const patienceMs = 800

const schema = z.object({ action: choice(batchActions, { missing: 'batches.action.missing' }) })

/** One action on the ticked orders, or on all that the list's filters match. */
export async function create(request: FastifyRequest, reply: FastifyReply) {
  const fields = fieldsOf(request)
  const list = listOf(fields)
  return submit(request, reply, {
    once: (id) => `/batches/${id}`,
    act: async (sent) => {
      const batch = await readRequest(request, fields, list)
      const id = await startBatch(request.server.db, viewerOf(request), { ...batch, sent })
      return { location: await startedAt(request, id) }
    },
    page: (errors) => orderListPage(request, reply, `/orders?${list.encoded()}`, { fields, errors }),
  }).catch((error: unknown) => {
    if (error instanceof CountChanged) return askAgain(request, reply, fields, error.count)
    throw error
  })
}

/** Begins a batch, or goes on with it, and gives a short one the time to end. */
export async function startedAt(request: FastifyRequest, id: string): Promise<string> {
  await Promise.race([request.server.batchRunner.start(id), pause(patienceMs)])
  return `/batches/${id}`
}

async function readRequest(request: FastifyRequest, fields: Fields, list: Fields): Promise<BatchRequest> {
  const { action } = valid(parseFields(schema, fields))
  const errors: FieldError[] = []
  const selection = fields.has('count')
    ? await readFilters(request, fields, list, errors)
    : readIds(fields, errors)
  const assigned_to_id = action === 'assign' ? readAssignee(fields, errors) : null
  if (errors.length > 0) throw new InvalidForm(errors)
  return {
    action,
    assigned_to_id,
    selection,
    list: list.encoded(),
  }
}

function readIds(fields: Fields, errors: FieldError[]): BatchSelection {
  const typed = fields.all('ids[]').filter((id) => id.trim() !== '')
  const ids = wantedIds(fields)
  if (typed.length === 0) errors.push({ field: 'ids[]', message: { key: 'batches.ids.missing' } })
  else if (ids.length < typed.length)
    errors.push({ field: 'ids[]', message: { key: 'batches.ids.unreadable' } })
  return { ids }
}

/** A filter that would be left out matches more than was meant: here it is refused. */
async function readFilters(
  request: FastifyRequest,
  fields: Fields,
  list: Fields,
  errors: FieldError[],
): Promise<BatchSelection> {
  const count = Number(fields.text('count'))
  if (!/^\d{1,9}$/.test(fields.text('count')))
    errors.push({ field: 'count', message: { key: 'batches.count.wrong' } })
  const words = { t: translator(request.language), date: formatsIn(request.language).date }
  const read = await readOrderFilters(request.server.db, viewerOf(request), list, words)
  errors.push(...read.errors)
  if (!fields.has('list')) {
    const known = [
      ...orderFilterNames,
      'count',
      'action',
      'idempotency_key',
      '_csrf',
      'sort',
      'assigned_to_id',
    ]
    for (const [field] of fields.entries) {
      if (!known.includes(field))
        errors.push({ field, message: { key: 'batches.filter.unknown', params: { name: field } } })
    }
  }
  return { filters: read.filters, count }
}

function readAssignee(fields: Fields, errors: FieldError[]): string | null {
  const typed = fields.text('assigned_to_id').trim().toLowerCase()
  if (typed === 'nobody') return null
  if (typed === '') errors.push({ field: 'assigned_to_id', message: { key: 'batches.assigned_to.missing' } })
  return typed
}

/**
 * The list's query: as one text in `list`, or its filters as fields of their own. Of the latter `assigned_to_id` is a filter where
 * nothing is assigned by it.
 */
function listOf(fields: Fields): Fields {
  if (fields.has('list')) return Fields.parse(fields.text('list').slice(0, 2000))
  if (!fields.has('count')) return new Fields([])
  const names = orderFilterNames.filter(
    (name) => name !== 'assigned_to_id' || fields.text('action') !== ('assign' satisfies BatchAction),
  )
  return new Fields(fields.entries.filter(([name]) => names.includes(name) || name === 'sort'))
}

/** The filters match more or fewer by now. */
async function askAgain(request: FastifyRequest, reply: FastifyReply, fields: Fields, count: number) {
  const t = translator(request.language)
  const sentence = t('batches.count.changed', { count, before: Number(fields.text('count')) })
  reply.status(422)
  if (wantsJson(request)) return sendJson(reply, { errors: [{ field: 'count', message: sentence }], count })
  const list = listOf(fields).without('selected').encoded()
  const action = valid(parseFields(schema, fields)).action
  return reply.page({
    view: 'batches/count-changed',
    title: t('batches.count.title'),
    model: {
      list,
      sentence,
      count,
      fields: {
        action,
        list,
        count,
        assigned_to_id: fields.text('assigned_to_id'),
        idempotency_key: fields.text('idempotency_key'),
      },
      verb: t(`batches.verb.${action}`, { count }),
    },
  })
}
