import { z } from 'zod'
import type { InvoiceRecord } from '../../data/invoices.ts'
import type { FieldError } from '../../languages/catalog.ts'
import type { Language } from '../../languages/sentences.ts'
import { Fields } from '../../lib/fields.ts'
import { date, type Parsed, parseFields, reference, text } from '../../lib/form-schema.ts'
import type { DraftContent } from '../../services/invoices/draft-content.ts'
import type { DraftInput } from '../../services/invoices/draft-form.ts'
import { dueDate } from '../../services/payment-terms/due-date.ts'
import { parseLines } from '../orders/fields.ts'
import { lineTexts, rowEntries } from '../orders/form-values.ts'

/** Reads a draft's form, shape only. A field that it does not name stays as it is stored. */
export function parseDraft(
  fields: Fields,
  invoice: Pick<InvoiceRecord, 'currency'>,
  language: Language,
): DraftInput {
  const mistakes: FieldError[] = []
  const take = <T, O>(name: string, parsed: Parsed<T>, value: (read: T) => O): O | undefined => {
    if (!fields.has(name)) return undefined
    if (parsed.ok) return value(parsed.value)
    mistakes.push(...parsed.errors)
    return undefined
  }
  const dated = parseFields(documentDateSchema, fields)
  return {
    subject: take('subject', parseFields(subjectSchema, fields), (read) => read.subject),
    document_date: take('document_date', dated, (read) => read.document_date ?? undefined),
    due_date: take('due_date', parseFields(dueDateSchema, fields), (read) => read.due_date),
    delivery_date: take('delivery_date', parseFields(deliverySchema, fields), (read) => read.delivery_date),
    payment_term_id: take('payment_term_id', parseFields(termSchema, fields), (read) => read.payment_term_id),
    customer_order_number: take(
      'customer_order_number',
      parseFields(referenceSchema, fields),
      (read) => read.customer_order_number,
    ),
    contact_id: take('contact_id', parseFields(contactSchema, fields), (read) => read.contact_id),
    lines: parseLines(fields, { language, currency: invoice.currency }, mistakes),
    mistakes,
  }
}

const subjectSchema = z.object({ subject: text({ max: 200, missing: 'invoices.subject.missing' }) })
const documentDateSchema = z.object({ document_date: date({ missing: 'invoices.document_date.missing' }) })
const dueDateSchema = z.object({ due_date: date() })
const deliverySchema = z.object({ delivery_date: date() })
const termSchema = z.object({ payment_term_id: reference() })
const referenceSchema = z.object({ customer_order_number: text({ max: 100 }) })
const contactSchema = z.object({ contact_id: reference() })

/** A draft's content as its form posts it. A due date that the term gives anyway is left to the term, and then follows it. */
export function fieldsOfDraft(
  content: DraftContent,
  form: {
    language: Language
    version: number
    currency: string
    term: Parameters<typeof dueDate>[1] | undefined
  },
): Fields {
  const { header, lines } = content
  const byTerm = form.term !== undefined && dueDate(header.document_date, form.term) === header.due_date
  return new Fields([
    ['version', String(form.version)],
    ...Object.entries(header).map(([name, value]): [string, string] => [
      name,
      name === 'due_date' && byTerm ? '' : value,
    ]),
    ...lines.flatMap((line, at) => rowEntries(at, lineTexts(line, form))),
  ])
}
