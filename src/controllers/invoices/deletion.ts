import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { findDeletionOfInvoice, findInvoice, listOccurrencesOfInvoice } from '../../data/invoices.ts'
import { findRecurrence } from '../../data/recurrences.ts'
import { NotFound, Refused } from '../../errors.ts'
import type { FieldError } from '../../languages/catalog.ts'
import { say, translator } from '../../languages/translate.ts'
import { parseFields, text, wholeNumber } from '../../lib/form-schema.ts'
import { formatsIn } from '../../lib/format.ts'
import { sayErrors, submit, valid } from '../../plugins/answers.ts'
import { fieldsOf } from '../../plugins/forms.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { withRefusalsOfFiled } from '../../services/filed-refusals.ts'
import { type DeletedDraft, deleteDraft, periodChoices } from '../../services/invoices/delete-draft.ts'
import { refusalOfDeleted, refusalsToDelete } from '../../services/invoices/lifecycle.ts'
import { countFiled } from '../owner-tabs.ts'
import { idOf } from '../params.ts'
import { addressesOf, namesOf } from './head.ts'

/** Asks before a draft is deleted, and what becomes of its period; or says why it stays. */
export async function confirmDeletion(request: FastifyRequest, reply: FastifyReply) {
  return deletionPage(request, reply, { values: {}, errors: [] })
}

export async function remove(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const id = idOf(request)
  const fields = fieldsOf(request)
  return submit(request, reply, {
    act: async () => {
      const { period, reason, version } = valid(parseFields(deletionSchema, fields))
      const deletion = { period, reason: fields.has('reason') ? reason : null, version }
      const deleted = await deleteDraft(db, viewerOf(request), id, deletion)
      const params = { subject: deleted.subject }
      return {
        location: leadsTo(request, id, deleted),
        flash: { message: { key: doneKeys[deleted.period ?? 'manual'], params } },
      }
    },
    page: (errors) => deletionPage(request, reply, { values: fields.values(), errors }),
  })
}

const deletionSchema = z.object({
  period: z.string().transform((typed) => periodChoices.find((choice) => choice === typed) ?? null),
  reason: text({ max: 500 }),
  version: wholeNumber({ min: 1, max: 999_999_999 }),
})

const doneKeys = {
  free: 'invoices.deletion.done_free',
  skip: 'invoices.deletion.done_skip',
  manual: 'invoices.deletion.done',
} as const

function leadsTo(request: FastifyRequest, id: string, deleted: DeletedDraft): string {
  const at = addressesOf(request, id)
  if (at.fromList || deleted.order_id === null) return at.list
  return `/orders/${deleted.order_id}/invoices`
}

async function deletionPage(
  request: FastifyRequest,
  reply: FastifyReply,
  form: { values: Record<string, string>; errors: readonly FieldError[] },
) {
  const { db } = request.server
  const t = translator(request.language)
  const formats = formatsIn(request.language)
  const { organisation_ids } = viewerOf(request)
  const invoice = await findInvoice(db, idOf(request), organisation_ids)
  if (invoice === undefined) {
    const deletion = await findDeletionOfInvoice(db, idOf(request), organisation_ids)
    if (deletion === undefined) throw new NotFound()
    throw new Refused([refusalOfDeleted(deletion.who ?? '–')])
  }
  const at = addressesOf(request, invoice.id)
  const names = namesOf(request, invoice)
  const crumbs = [
    { label: t('invoices.title'), href: at.list },
    { label: names.short, href: at.page('') },
  ]
  const filed = await countFiled(request, { kind: 'invoice', id: invoice.id })
  const refusals = withRefusalsOfFiled(refusalsToDelete(invoice), filed)
  if (refusals.length > 0) {
    return reply.page({
      view: 'orders/not-now',
      title: t('invoices.deletion.refused', { name: names.short }),
      model: {
        crumbs,
        reasons: refusals.map(({ message }) => say(request.language, message)),
        waysOut: [],
        back: at.page(''),
      },
    })
  }
  const periods = await listOccurrencesOfInvoice(db, invoice.id)
  const on = invoice.order_id === null ? undefined : await findRecurrence(db, invoice.order_id)
  const what = {
    document_date: invoice.document_date,
    subject: invoice.subject,
    customer: invoice.billed_name,
    net: formats.money(invoice.net, invoice.currency),
    gross: formats.money(invoice.gross, invoice.currency),
    lines: invoice.lines.length,
  }
  return reply.page({
    view: 'invoices/deletion',
    title: t('invoices.deletion.title'),
    model: {
      crumbs,
      values: form.values,
      errors: sayErrors(request, form.errors),
      confirm: {
        consequences: [
          t('invoices.deletion.what', what),
          ...(periods.length === 0 ? [t('invoices.deletion.manual')] : []),
          t('invoices.deletion.final'),
        ],
        inputs: periods.length === 0 ? [] : periodFields(),
        post: at.page('/deletion'),
        fields: { version: String(invoice.version) },
        verb: t('invoices.deletion.verb'),
        danger: true,
        back: at.page(''),
      },
    },
  })

  function periodFields() {
    const period = periods.map(({ frequency, period_start }) => formats.period(frequency, period_start))
    const freeHint = on?.enabled === true ? 'invoices.deletion.free_hint' : 'invoices.deletion.free_hint_off'
    return [
      {
        name: 'period',
        type: 'radio',
        label: t('invoices.deletion.period', {
          period: period.join(', '),
          order: invoice?.order_number ?? '',
        }),
        options: [
          { value: 'free', label: t('invoices.deletion.free'), hint: t(freeHint) },
          { value: 'skip', label: t('invoices.deletion.skip'), hint: t('invoices.deletion.skip_hint') },
        ],
      },
      {
        name: 'reason',
        label: t('invoices.deletion.reason'),
        hint: t('invoices.deletion.reason_hint'),
        attrs: { maxlength: 500 },
      },
    ]
  }
}
