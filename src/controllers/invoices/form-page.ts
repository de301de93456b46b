import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Invoice } from '../../data/invoices.ts'
import type { FieldError, Message } from '../../languages/catalog.ts'
import { say, translator } from '../../languages/translate.ts'
import type { Fields } from '../../lib/fields.ts'
import { unitChoices } from '../../lib/units.ts'
import { sayErrors } from '../../plugins/answers.ts'
import type { FilledDraft } from '../../services/invoices/draft-form.ts'
import { takesParts } from '../../services/invoices/part-limits.ts'
import type { ConflictView } from '../document-conflict.ts'
import { figuresOf, rateChoices, withWaitingRows } from '../orders/form-page.ts'
import { blankRow, rowsOf } from '../orders/form-rows.ts'
import { addressesOf, namesOf } from './head.ts'

export type DraftFormPage = {
  invoice: Invoice
  fields: Fields
  filled: FilledDraft
  errors: readonly FieldError[]
  notices?: readonly Message[]
  /** Whether the form holds what is saved nowhere yet. */
  changed: boolean
  /** What came of rows that were pasted. */
  pasted?: string | undefined
  /** What somebody else saved meanwhile. */
  conflict?: ConflictView
}

/** The form of a draft, with the line editor of orders. */
export async function draftFormPage(request: FastifyRequest, reply: FastifyReply, page: DraftFormPage) {
  const { language } = request
  const t = translator(language)
  const { invoice, fields, filled, errors } = page
  const at = addressesOf(request, invoice.id)
  const names = namesOf(request, invoice)
  return reply.page({
    view: 'invoices/form',
    title: t('invoices.edit.title', { document_date: invoice.document_date }),
    model: {
      crumbs: [
        { label: t('invoices.title'), href: at.list },
        { label: names.short, href: at.page('') },
      ],
      action: at.page(''),
      calculation: at.page('/calculation'),
      cancel: at.page(''),
      limits: takesParts(invoice)
        ? t(invoice.reissue_of === null ? 'conversions.draft.limits' : 'conversions.draft.limits_reissue')
        : undefined,
      recurring: invoice.source === 'recurring',
      values: { ...stored(invoice), ...fields.values() },
      errors: sayErrors(request, errors),
      notices: (page.notices ?? []).map((message) => say(language, message)),
      changed: page.changed,
      pasted: page.pasted,
      conflict: page.conflict,
      dueHint:
        filled.due_by_term === null
          ? t('invoices.edit.due_hint_none')
          : t('invoices.edit.due_hint', { due_date: filled.due_by_term }),
      rows: withWaitingRows(language, rowsOf(language, fields, filled, errors)),
      blank: (kind: 'item' | 'section' | 'comment') => blankRow(language, 0, 0, kind),
      figures: figuresOf(request, filled),
      sign: filled.currency,
      choices: {
        contacts: filled.contacts.map(({ id, name }) => ({ value: id, label: name })),
        terms: filled.terms.map(({ id, name }) => ({ value: id, label: name })),
        rates: rateChoices(filled),
        units: unitChoices(language).map(({ label }) => label),
      },
    },
  })
}

/** What a form that did not name a field would otherwise show as empty. */
function stored(invoice: Invoice): Record<string, string> {
  return {
    version: String(invoice.version),
    subject: invoice.subject,
    document_date: invoice.document_date,
    delivery_date: invoice.delivery_date ?? '',
    customer_order_number: invoice.customer_order_number,
    contact_id: invoice.contact_id ?? '',
    payment_term_id: invoice.payment_term_id ?? '',
  }
}
