import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { OrderHeader } from '../../data/order-lists.ts'
import { listOrderOccurrences } from '../../data/recurrences.ts'
import type { FieldError } from '../../languages/catalog.ts'
import { say, translator } from '../../languages/translate.ts'
import { todayIn } from '../../lib/dates.ts'
import { choice, parseFields } from '../../lib/form-schema.ts'
import { formatsIn } from '../../lib/format.ts'
import { orderStatuses } from '../../lib/vocabulary.ts'
import { sayErrors, submit, valid } from '../../plugins/answers.ts'
import { fieldsOf } from '../../plugins/forms.ts'
import { type Flash, viewerOf } from '../../plugins/sessions.ts'
import {
  type ChangedStatus,
  changeOrderStatus,
  type UnbilledChoice,
  unbilledChoices,
} from '../../services/orders/change-status.ts'
import { refusalsToChangeStatus } from '../../services/orders/lifecycle.ts'
import { standingOf } from '../../services/orders/standing.ts'
import { sumOfPeriods, unbilledPeriods } from '../../services/orders/unbilled-periods.ts'
import { addressesOf, getOrderHeader } from './head.ts'
import { show } from './show.ts'

const statusSchema = z.object({
  status: choice(orderStatuses, { missing: 'order_status.missing' }),
  unbilled: choice(unbilledChoices, { preset: 'skip' }),
})

export async function update(request: FastifyRequest, reply: FastifyReply) {
  const order = await getOrderHeader(request)
  const fields = fieldsOf(request)
  return submit(request, reply, {
    act: async () => {
      const { status, unbilled } = valid(parseFields(statusSchema, fields))
      const change = { to: status, unbilled, now: new Date() }
      const done = await changeOrderStatus(request.server.db, viewerOf(request), order.id, change)
      return { location: addressesOf(request, order.id).page(''), flash: { message: said(done, unbilled) } }
    },
    page: (errors) =>
      fields.text('status') === 'cancelled' ? cancellationPage(request, reply, errors) : show(request, reply),
  })
}

/** Asks before an order is cancelled, or says what stands in the way. */
export async function confirmCancellation(request: FastifyRequest, reply: FastifyReply) {
  return cancellationPage(request, reply, [])
}

function said(done: ChangedStatus, unbilled: UnbilledChoice): Flash['message'] {
  const { number, from, to, periods, recurring } = done
  if (from === 'cancelled')
    return { key: 'order_status.done.reopened', params: { number, recurring: recurring ? 'yes' : 'no' } }
  if (to === 'cancelled') {
    const key = unbilled === 'keep' ? 'order_status.done.kept' : 'order_status.done.cancelled'
    return { key, params: { number, periods } }
  }
  return {
    key: to === 'approved' ? 'order_status.done.approved' : 'order_status.done.delivered',
    params: { number },
  }
}

async function cancellationPage(request: FastifyRequest, reply: FastifyReply, errors: readonly FieldError[]) {
  const order = await getOrderHeader(request)
  const t = translator(request.language)
  const at = addressesOf(request, order.id)
  const crumbs = [
    { label: t('order_list.title'), href: at.list },
    { label: order.number, href: at.page('') },
  ]
  const refusals = refusalsToChangeStatus(await standingOf(request.server.db, order), 'cancelled')
  if (refusals.length > 0) {
    const byInvoices = refusals.some(({ code }) => code.startsWith('invoices'))
    const title = t('order_page.cancellation.refused', { number: order.number })
    return reply.page({
      view: 'orders/not-now',
      title,
      model: {
        crumbs,
        reasons: refusals.map(({ message }) => say(request.language, message)),
        waysOut: [
          ...(byInvoices ? [{ label: t('order_page.see_invoices'), href: at.page('/invoices') }] : []),
          ...(byInvoices && order.recurrence?.enabled === true
            ? [{ label: t('order_page.see_recurrence'), href: at.page('/recurrence') }]
            : []),
        ],
        back: at.page(''),
      },
    })
  }
  const unbilled = await unbilledOf(request, order)
  return reply.page({
    view: 'orders/cancellation',
    title: t('order_page.cancellation.title', { number: order.number }),
    model: {
      crumbs,
      errors: sayErrors(request, errors),
      confirm: {
        consequences: consequences(request, order, unbilled),
        inputs: unbilled === undefined ? [] : [question(request, unbilled.count)],
        post: at.page('/status'),
        fields: { status: 'cancelled' },
        verb: t('order_page.cancellation.verb', { number: order.number }),
        danger: true,
        back: at.page(''),
      },
    },
  })
}

type Unbilled = { count: number; periods: string; net: string }

/** How many periods are named before the rest is counted. */
const named = 6

async function unbilledOf(request: FastifyRequest, order: OrderHeader): Promise<Unbilled | undefined> {
  if (order.recurrence === null) return undefined
  const t = translator(request.language)
  const formats = formatsIn(request.language)
  const known = await listOrderOccurrences(request.server.db, order.id)
  const found = unbilledPeriods(order.recurrence, known, todayIn(order.time_zone, new Date()))
  const all = [...found.waiting, ...found.missed]
  if (all.length === 0) return undefined
  const names = all.map(({ frequency, period_start }) => formats.period(frequency, period_start))
  const first = names.slice(0, named).join(', ')
  const more = names.length - named
  return {
    count: all.length,
    periods: more > 0 ? t('order_page.cancellation.more', { periods: first, count: more }) : first,
    net: formats.money(sumOfPeriods(found, order.net, order.currency), order.currency),
  }
}

function consequences(request: FastifyRequest, order: OrderHeader, unbilled: Unbilled | undefined): string[] {
  const t = translator(request.language)
  const formats = formatsIn(request.language)
  const { number, subject, recurrence } = order
  const what = {
    number,
    subject,
    customer: order.invoicing_address.name,
    net: formats.money(order.net, order.currency),
  }
  const next = recurrence?.next_run_date ?? null
  return [
    t('order_page.cancellation.what', what),
    ...(recurrence?.enabled === true
      ? [
          t('order_page.cancellation.recurrence', {
            next: next === null ? 'none' : 'some',
            next_date: next ?? '',
          }),
        ]
      : []),
    ...(unbilled === undefined ? [] : [t('order_page.cancellation.periods', unbilled)]),
    t('order_page.cancellation.back', { status: order.status }),
  ]
}

function question(request: FastifyRequest, count: number) {
  const t = translator(request.language)
  return {
    name: 'unbilled',
    type: 'radio',
    label: t('order_page.cancellation.question', { count }),
    value: fieldsOf(request).text('unbilled') === 'keep' ? 'keep' : 'skip',
    options: unbilledChoices.map((value) => ({
      value,
      label: t(`order_page.cancellation.${value}`),
      hint: t(`order_page.cancellation.${value}_hint`),
    })),
  }
}
