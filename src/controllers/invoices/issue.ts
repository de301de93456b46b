import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { findChangedOrder, type InvoiceRecord } from '../../data/invoices.ts'
import { listRecipientsOfInvoice } from '../../data/outgoing-emails.ts'
import { NotFound, type Refusal, Refused } from '../../errors.ts'
import type { FieldError } from '../../languages/catalog.ts'
import { say, type Translate, translator } from '../../languages/translate.ts'
import { date, parseFields, wholeNumber } from '../../lib/form-schema.ts'
import { formatsIn } from '../../lib/format.ts'
import { sayErrors, sendJson, submit, valid, wantsJson } from '../../plugins/answers.ts'
import { fieldsOf } from '../../plugins/forms.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { issueDraft } from '../../services/invoices/issue-draft.ts'
import type { MendedIn, MentionTask } from '../../services/invoices/legal-mentions.ts'
import { refusalsToIssueAgain, refusalsToMarkSent } from '../../services/invoices/lifecycle.ts'
import { markSent as noteSent } from '../../services/invoices/mark-sent.ts'
import { type IssuePreview, previewIssue } from '../../services/invoices/preview-issue.ts'
import { isDraft } from '../../services/invoices/statuses.ts'
import { addressesOf, getInvoice, namesOf } from './head.ts'

/** Asks before a draft is issued: what it will be, what it lacks, and what becomes of its date. */
export async function confirmIssue(request: FastifyRequest, reply: FastifyReply) {
  return issuePage(request, reply, { values: {}, errors: [] })
}

/** `status` is `approved`, or `sent`: a draft is issued, and an approved one is noted as sent in another way. */
export async function issue(request: FastifyRequest, reply: FastifyReply, as: 'approved' | 'sent') {
  const { db } = request.server
  const invoice = await getInvoice(request)
  const fields = fieldsOf(request)
  const user = viewerOf(request)
  const wasDraft = isDraft(invoice.status)
  const refusals = wasDraft ? [] : as === 'sent' ? refusalsOfSent(invoice) : refusalsOfApproved(invoice)
  if (refusals.length > 0) throw new Refused(refusals)
  return submit(request, reply, {
    act: async () => {
      const wish = valid(parseFields(issueSchema, fields))
      const issued = wasDraft
        ? await issueDraft(db, user, invoice.id, { ...wish, as, now: new Date() })
        : null
      if (as === 'sent') await noteSent(db, user, invoice.id)
      request.server.jobRunner.wake('render-pdfs')
      const number = issued?.number ?? invoice.number ?? ''
      const redated = issued !== null && issued.redated_from !== null ? 'yes' : 'no'
      const params = { number, redated, document_date: issued?.document_date ?? invoice.document_date }
      return {
        location: addressesOf(request, invoice.id).page(''),
        flash: {
          message:
            issued === null
              ? { key: as === 'sent' ? 'invoices.issue.marked_sent' : 'invoices.issue.before', params }
              : { key: as === 'sent' ? 'invoices.issue.done_sent' : 'invoices.issue.done', params },
        },
      }
    },
    page: (errors) => issuePage(request, reply, { values: fields.values(), errors }),
  })
}

/** Saying it twice changes nothing, so that a second click leads to the same invoice. */
function refusalsOfApproved(invoice: InvoiceRecord): readonly Refusal[] {
  return invoice.status === 'approved' ? [] : refusalsToIssueAgain(invoice)
}

function refusalsOfSent(invoice: InvoiceRecord): readonly Refusal[] {
  return invoice.status === 'sent' ? [] : refusalsToMarkSent(invoice)
}

const issueSchema = z.object({
  document_date: date(),
  late_dates: z.string().transform((typed) => lateDates.find((known) => known === typed) ?? null),
  version: wholeNumber({ min: 1, max: 999_999_999 }),
})

const lateDates = ['redate', 'keep'] as const

async function issuePage(
  request: FastifyRequest,
  reply: FastifyReply,
  form: { values: Record<string, string>; errors: readonly FieldError[] },
) {
  const { db } = request.server
  const t = translator(request.language)
  const invoice = await getInvoice(request)
  const again = refusalsToIssueAgain(invoice)
  const at = addressesOf(request, invoice.id)
  if (again.length > 0) throw new Refused(again, { leadsTo: at.page('') })
  const preview = await previewIssue(db, invoice, new Date())
  if (preview === undefined) throw new NotFound()
  if (wantsJson(request)) return sendJson(reply, previewJson(request, preview))
  const names = namesOf(request, invoice)
  const formats = formatsIn(request.language)
  const missing = [...preview.refusals, ...preview.tasks.flatMap((task) => task.missing)]
  const recipients = invoice.issue_as === 'sent' ? await listRecipientsOfInvoice(db, invoice.id) : []
  const orderChanged = invoice.order_id !== null && (await findChangedOrder(db, invoice.id)) !== undefined
  return reply.page({
    view: 'invoices/issue',
    title: t('invoices.issue.title', { kind: invoice.kind }),
    model: {
      crumbs: [
        { label: t('invoices.title'), href: at.list },
        { label: names.short, href: at.page('') },
      ],
      values: { late_dates: preview.late?.preset ?? '', ...form.values },
      errors: sayErrors(request, form.errors),
      consequences: [
        t('invoices.issue.to', {
          customer: preview.buyer_name,
          net: formats.money(invoice.net, invoice.currency),
          gross: formats.money(invoice.gross, invoice.currency),
        }),
        ...consequencesOf(t, preview, invoice),
      ],
      mailed:
        invoice.issue_as !== 'sent'
          ? t('invoices.issue.not_mailed')
          : recipients.length === 0
            ? t('invoices.issue.no_recipient')
            : t('invoices.issue.mailed', { recipients: recipients.join(', ') }),
      warnings: [...(orderChanged ? [t('invoices.issue.order_changed')] : []), ...preview.replaced],
      obstacles: preview.refusals.map(({ message }) => say(request.language, message)),
      tasks: preview.tasks.map((task) => taskView(request, task, invoice)),
      missing: missing.length,
      late:
        preview.late === null
          ? undefined
          : {
              name: 'late_dates',
              type: 'radio',
              label: t('invoices.issue.late', { last_date: preview.late.last_date }),
              options: [
                { value: 'redate', label: t('invoices.issue.late_redate', preview.late.redated) },
                { value: 'keep', label: t('invoices.issue.late_keep', preview.late.kept) },
              ],
            },
      fields: {
        status: 'approved',
        version: String(invoice.version),
        ...(preview.ahead ? { document_date: preview.today } : {}),
      },
      post: at.page('/status'),
      back: at.page(''),
      verb: t('invoices.issue.verb', { kind: invoice.kind }),
      refusal: missing.length === 0 ? undefined : t('invoices.issue.refused', { count: missing.length }),
    },
  })
}

/** What will happen, a sentence each. */
function consequencesOf(t: Translate, preview: IssuePreview, invoice: InvoiceRecord): string[] {
  const { ahead, moved, dates, format } = preview
  const from_date = invoice.document_date
  return [
    t('invoices.issue.number', { format }),
    ...(ahead
      ? [
          t(invoice.issue_as === null ? 'invoices.issue.from_ahead' : 'invoices.issue.from_ahead_marked', {
            ...dates,
            from_date,
          }),
        ]
      : []),
    ...(moved === 'closed' ? [t('invoices.issue.from_closed', { ...dates, from_date })] : []),
    ...(preview.late === null && !ahead && moved === null ? [t('invoices.issue.dated', dates)] : []),
    t('invoices.issue.final'),
  ]
}

function taskView(request: FastifyRequest, task: MentionTask, invoice: InvoiceRecord) {
  const t = translator(request.language)
  const isAdmin = viewerOf(request).role === 'admin'
  const isAdmins = task.mended_in !== 'account' && task.mended_in !== 'draft'
  return {
    label: t(`mentions.task.${task.name}`),
    badge: badgeOf(t, task),
    reasons: task.missing.map(({ message }) => say(request.language, message)),
    doubts: task.doubts.map(({ message }) => say(request.language, message)),
    mend:
      (task.missing.length === 0 && task.doubts.length === 0) || (isAdmins && !isAdmin)
        ? undefined
        : { label: t(`mentions.mend.${task.mended_in}`), href: mendAt(task.mended_in, invoice) },
    ask: task.missing.length > 0 && isAdmins && !isAdmin ? t('invoices.issue.ask_admin') : undefined,
  }
}

function badgeOf(t: Translate, { missing, doubts }: MentionTask) {
  if (missing.length > 0) return { status: 'failed', word: t('mentions.missing') }
  return doubts.length > 0
    ? { status: 'held', icon: 'alert-triangle', word: t('mentions.doubtful') }
    : { status: 'succeeded', word: t('mentions.done') }
}

function mendAt(where: MendedIn, invoice: InvoiceRecord): string {
  const addresses: Record<MendedIn, string> = {
    organisation: `/organisations/${invoice.organisation_id}/edit`,
    account: `/accounts/${invoice.account_id}/edit`,
    draft: `/invoices/${invoice.id}/edit`,
    tax_rates: '/settings/tax-rates',
    exchange_rates: '/settings/exchange-rates',
  }
  return addresses[where]
}

function previewJson(request: FastifyRequest, preview: IssuePreview) {
  const told = (refusals: readonly Refusal[]) =>
    refusals.map(({ code, message }) => ({ code, message: say(request.language, message) }))
  return {
    ...preview.dates,
    ahead: preview.ahead,
    late: preview.late,
    format: preview.format,
    refusals: told([...preview.refusals, ...preview.tasks.flatMap(({ missing }) => missing)]),
    warnings: told(preview.tasks.flatMap(({ doubts }) => doubts)),
  }
}
