import type { FastifyRequest } from 'fastify'
import { findReplacements, listCreditNotesOf, listPrecedingInvoices } from '../../data/credit-notes.ts'
import type { InvoiceRecord } from '../../data/invoices.ts'
import { translator } from '../../languages/translate.ts'
import { isZero, moneyText, subtract } from '../../lib/money.ts'
import { refusalsToCredit } from '../../services/invoices/credit-refusals.ts'
import { isDraft } from '../../services/invoices/statuses.ts'
import { sentence } from '../orders/head.ts'
import { addressesOf } from './head.ts'

/** What corrects an invoice and what it corrects: credit notes, the invoices they name, drafts in the place of others. */
export async function creditSection(request: FastifyRequest, invoice: InvoiceRecord) {
  const { db } = request.server
  const [notes, preceding, replacements] = [
    invoice.kind === 'credit_note' ? [] : await listCreditNotesOf(db, invoice.id),
    await listPrecedingInvoices(db, invoice.id),
    await findReplacements(db, invoice.id),
  ]
  return { notes, preceding, replacements }
}

export type CreditSection = Awaited<ReturnType<typeof creditSection>>

/** The same as an invoice's JSON says it. */
export function creditJson(invoice: InvoiceRecord, { notes, preceding, replacements }: CreditSection) {
  const { currency } = invoice
  return {
    rounding: moneyText(invoice.rounding, currency),
    due: moneyText(invoice.due, currency),
    preceding: preceding.map(({ id, number, document_date }) => ({ id, number, document_date })),
    credit_notes: notes.map((note) => ({
      id: note.id,
      number: note.number,
      document_date: note.document_date,
      net: moneyText(note.net, currency),
      gross: moneyText(note.gross, currency),
      due: moneyText(note.due, currency),
      reason: note.credit_reason,
      reopen: note.reopens,
    })),
    reissue_of: replacements.of === null ? null : { id: replacements.of.id, number: replacements.of.number },
  }
}

/** The ways to correct an issued invoice, for the menu of its head; none for a draft or a credit note. */
export function creditActions(
  request: FastifyRequest,
  invoice: Pick<InvoiceRecord, 'id' | 'kind' | 'status' | 'number' | 'gross' | 'credited'>,
) {
  if (isDraft(invoice.status) || invoice.kind === 'credit_note') return []
  const t = translator(request.language)
  const at = addressesOf(request, invoice.id).page('/credit-notes/new')
  const closed = !isZero(invoice.gross) && isZero(subtract(invoice.gross, invoice.credited))
  const refusal = sentence(request, refusalsToCredit(invoice, closed))
  return [
    { label: t('credits.create'), icon: 'receipt-refund', href: at, refusal },
    {
      label: t('credits.reissue'),
      icon: 'refresh',
      href: `${at}${at.includes('?') ? '&' : '?'}reissue=on`,
      refusal,
    },
  ]
}

/** What a person should know of it before all else. */
export function creditNotices(request: FastifyRequest, section: CreditSection) {
  const t = translator(request.language)
  const at = (id: string) => addressesOf(request, id).page('')
  const { preceding, replacements } = section
  return [
    ...preceding.map(({ id, number, document_date }) => ({
      colour: 'blue',
      text: t('credits.corrects', { number, document_date }),
      actions: [{ label: t('credits.see', { number }), href: at(id) }],
    })),
    ...(replacements.of === null
      ? []
      : [
          {
            colour: 'blue',
            text: t('credits.replaces', { number: replacements.of.number }),
            actions: [
              { label: t('credits.see', { number: replacements.of.number }), href: at(replacements.of.id) },
            ],
          },
        ]),
    ...replacements.by.map(({ id, number, document_date }) => ({
      colour: 'blue',
      text: t('credits.replaced_by', { number: number ?? t('invoices.draft_of', { document_date }) }),
      actions: [{ label: t('credits.see_replacement'), href: at(id) }],
    })),
  ]
}
