import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { InvalidForm } from '../../errors.ts'
import type { FieldError, SentenceKey } from '../../languages/catalog.ts'
import { translator } from '../../languages/translate.ts'
import { Fields } from '../../lib/fields.ts'
import { choice, parseFields } from '../../lib/form-schema.ts'
import { formatsIn } from '../../lib/format.ts'
import { type BatchAction, invoiceBatchActions, orderBatchActions } from '../../lib/vocabulary.ts'
import { sendJson, submit, valid, wantsJson } from '../../plugins/answers.ts'
import { fieldsOf } from '../../plugins/forms.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import {
  type BatchRequest,
  type BatchSelection,
  CountChanged,
  startBatch,
} from '../../services/batches/start-batch.ts'
import { invoiceFilterNames, readInvoiceFilters } from '../invoices/filters.ts'
import { invoiceListPage } from '../invoices/list.ts'
import { type SentBulk, wantedIds } from '../orders/bulk.ts'
import { orderFilterNames, readOrderFilters } from '../orders/filters.ts'
import { orderListPage } from '../orders/list.ts'

/** So long the answer waits for the end; a batch that takes longer shows its progress on its receipt. */
const patienceMs = 800

/** A list whose ticked documents a batch acts on. */
type BatchList = {
  path: '/orders' | '/invoices'
  title: SentenceKey
  actions: readonly BatchAction[]
  action_missing: SentenceKey
  ids_missing: SentenceKey
  filter_names: readonly string[]
  /** What the list's filters match; mistakes are added to `errors`. */
  matching: (
    request: FastifyRequest,
    list: Fields,
    count: number,
    errors: FieldError[],
  ) => Promise<BatchSelection>
  page: (request: FastifyRequest, reply: FastifyReply, url: string, sent: SentBulk) => Promise<FastifyReply>
}

const orders: BatchList = {
  path: '/orders',
  title: 'order_list.title',
  actions: orderBatchActions,
  action_missing: 'batches.action.missing',
  ids_missing: 'batches.ids.missing',
  filter_names: orderFilterNames,
  matching: async (request, list, count, errors) => {
    const read = await readOrderFilters(request.server.db, viewerOf(request), list, wordsOf(request))
    errors.push(...read.errors)
    return { filters: read.filters, count }
  },
  page: orderListPage,
}

const invoices: BatchList = {
  path: '/invoices',
  title: 'invoices.title',
  actions: invoiceBatchActions,
  action_missing: 'batches.invoice_action.missing',
  ids_missing: 'batches.invoice_ids.missing',
  filter_names: invoiceFilterNames,
  matching: async (request, list, count, errors) => {
    const read = await readInvoiceFilters(request.server.db, viewerOf(request), list, wordsOf(request))
    errors.push(...read.errors)
    return { invoice_filters: read.filters, count }
  },
  page: invoiceListPage,
}

function wordsOf(request: FastifyRequest) {
  return { t: translator(request.language), date: formatsIn(request.language).date }
}

/** One action on the ticked orders, or on all that the list's filters match. */
export async function create(request: FastifyRequest, reply: FastifyReply) {
  return createIn(orders, request, reply)
}

/** The same of invoices. */
export async function createOfInvoices(request: FastifyRequest, reply: FastifyReply) {
  return createIn(invoices, request, reply)
}

async function createIn(of: BatchList, request: FastifyRequest, reply: FastifyReply) {
  const fields = fieldsOf(request)
  const list = listOf(of, fields)
  return submit(request, reply, {
    once: (id) => `/batches/${id}`,
    act: async (sent) => {
      const batch = await readRequest(of, request, fields, list)
      const id = await startBatch(request.server.db, viewerOf(request), { ...batch, sent })
      return { location: await startedAt(request, id) }
    },
    page: (errors) => of.page(request, reply, `${of.path}?${list.encoded()}`, { fields, errors }),
  }).catch((error: unknown) => {
    if (error instanceof CountChanged) return askAgain(of, request, reply, fields, error.count)
    throw error
  })
}

function schemaOf(of: BatchList) {
  return z.object({ action: choice(of.actions, { missing: of.action_missing }) })
}

/** Begins a batch, or goes on with it, and gives a short one the time to end. */
export async function startedAt(request: FastifyRequest, id: string): Promise<string> {
  await Promise.race([request.server.batchRunner.start(id), pause(patienceMs)])
  return `/batches/${id}`
}

async function readRequest(
  of: BatchList,
  request: FastifyRequest,
  fields: Fields,
  list: Fields,
): Promise<BatchRequest> {
  const { action } = valid(parseFields(schemaOf(of), fields))
  const errors: FieldError[] = []
  const selection = fields.has('count')
    ? await readFilters(of, request, fields, list, errors)
    : readIds(of, fields, errors)
  const assigned_to_id = action === 'assign' ? readAssignee(fields, errors) : null
  if (errors.length > 0) throw new InvalidForm(errors)
  return {
    action,
    assigned_to_id,
    selection,
    list: list.encoded(),
  }
}

function readIds(of: BatchList, fields: Fields, errors: FieldError[]): BatchSelection {
  const typed = fields.all('ids[]').filter((id) => id.trim() !== '')
  const ids = wantedIds(fields)
  if (typed.length === 0) errors.push({ field: 'ids[]', message: { key: of.ids_missing } })
  else if (ids.length < typed.length)
    errors.push({ field: 'ids[]', message: { key: 'batches.ids.unreadable' } })
  return { ids }
}

/** A filter that would be left out matches more than was meant: here it is refused. */
async function readFilters(
  of: BatchList,
  request: FastifyRequest,
  fields: Fields,
  list: Fields,
  errors: FieldError[],
): Promise<BatchSelection> {
  const count = Number(fields.text('count'))
  if (!/^\d{1,9}$/.test(fields.text('count')))
    errors.push({ field: 'count', message: { key: 'batches.count.wrong' } })
  const selection = await of.matching(request, list, count, errors)
  if (!fields.has('list')) {
    const known = [
      ...of.filter_names,
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
  return selection
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
function listOf(of: BatchList, fields: Fields): Fields {
  if (fields.has('list')) return Fields.parse(fields.text('list').slice(0, 2000))
  if (!fields.has('count')) return new Fields([])
  const names = of.filter_names.filter(
    (name) => name !== 'assigned_to_id' || fields.text('action') !== ('assign' satisfies BatchAction),
  )
  return new Fields(fields.entries.filter(([name]) => names.includes(name) || name === 'sort'))
}

/** The filters match more or fewer by now. */
async function askAgain(
  of: BatchList,
  request: FastifyRequest,
  reply: FastifyReply,
  fields: Fields,
  count: number,
) {
  const t = translator(request.language)
  const sentence = t('batches.count.changed', {
    count,
    before: Number(fields.text('count')),
    of: of.path === '/orders' ? 'orders' : 'invoices',
  })
  reply.status(422)
  if (wantsJson(request)) return sendJson(reply, { errors: [{ field: 'count', message: sentence }], count })
  const list = listOf(of, fields).without('selected').encoded()
  const action = valid(parseFields(schemaOf(of), fields)).action
  return reply.page({
    view: 'batches/count-changed',
    title: t('batches.count.title'),
    model: {
      path: of.path,
      listTitle: t(of.title),
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
