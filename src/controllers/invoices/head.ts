import type { FastifyRequest } from 'fastify'
import {
  countInvoicesBefore,
  findInvoiceSortKeys,
  findNeighboursOfInvoice,
  type InvoiceHeader,
  invoiceSortKeys,
  sumInvoices,
} from '../../data/invoice-lists.ts'
import { findInvoice, type InvoiceRecord } from '../../data/invoices.ts'
import { NotFound } from '../../errors.ts'
import { type Translate, translator } from '../../languages/translate.ts'
import { todayIn } from '../../lib/dates.ts'
import { formatsIn } from '../../lib/format.ts'
import { listQuery } from '../../plugins/pages.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { withRefusalsOfFiled } from '../../services/filed-refusals.ts'
import { refusalsToDelete, refusalsToEdit } from '../../services/invoices/lifecycle.ts'
import { isDraft } from '../../services/invoices/statuses.ts'
import { countedAtOnce } from '../document-list.ts'
import { cameFromList, documentAddresses, positionInList } from '../list-trail.ts'
import { readList } from '../lists.ts'
import { sentence } from '../orders/head.ts'
import { countFiled } from '../owner-tabs.ts'
import { idOf } from '../params.ts'
import { creditActions } from './credit-section.ts'
import { invoiceSorts, readInvoiceFilters } from './filters.ts'

/** The invoice of the address. @throws NotFound, also where it belongs to an organisation the viewer does not work in */
export async function getInvoice(request: FastifyRequest): Promise<InvoiceRecord> {
  const { organisation_ids } = viewerOf(request)
  const invoice = await findInvoice(request.server.db, idOf(request), organisation_ids)
  if (invoice === undefined) throw new NotFound()
  return invoice
}

/** An invoice's addresses, each with the query of the list one came from. */
export function addressesOf(request: FastifyRequest, id: string) {
  return documentAddresses(request, '/invoices', id)
}

/** What an invoice is called where there is room for it whole, and in short. */
export function namesOf(
  request: FastifyRequest,
  invoice: Pick<InvoiceHeader, 'number' | 'subject' | 'document_date'>,
) {
  const t = translator(request.language)
  const { number, subject, document_date } = invoice
  return number === null
    ? {
        short: t('invoices.draft_of', { document_date }),
        whole: t('invoices.draft_named', { document_date, subject }),
      }
    : { short: number, whole: t('invoices.named', { number, subject }) }
}

export async function invoiceHead(request: FastifyRequest, invoice: InvoiceHeader) {
  const t = translator(request.language)
  const formats = formatsIn(request.language)
  const at = addressesOf(request, invoice.id)
  const { short, whole } = namesOf(request, invoice)
  const filed = await countFiled(request, { kind: 'invoice', id: invoice.id })
  return {
    crumbs: [{ label: t('invoices.title'), href: at.list }, { label: short }],
    position: await positionOf(request, invoice),
    title: whole,
    badges: badges(t, invoice),
    facts: [
      { text: invoice.billed_name, href: `/accounts/${invoice.account_id}` },
      invoice.order_id === null
        ? t('invoices.orders_several')
        : { text: invoice.order_number ?? '', href: `/orders/${invoice.order_id}` },
      ...(invoice.customer_order_number === ''
        ? []
        : [t('invoices.their_reference', { reference: invoice.customer_order_number })]),
      formats.date(invoice.document_date),
      invoice.organisation_name,
    ],
    actions: [
      ...(invoice.status === 'automatically_created'
        ? [
            {
              label: t('invoices.mark_created'),
              icon: 'check',
              post: at.page('/status'),
              fields: { status: 'created' },
            },
          ]
        : []),
      {
        label: isDraft(invoice.status) ? t('invoices.edit') : t('order_page.edit'),
        icon: 'edit',
        key: 'e',
        href: at.page('/edit'),
        refusal: sentence(request, refusalsToEdit(invoice)),
      },
      { label: t('documents.pdf'), icon: 'file-download', href: at.page('/pdf') },
    ],
    more: [
      ...creditActions(request, invoice),
      {
        label: isDraft(invoice.status) ? t('invoices.delete') : t('directory.delete'),
        icon: 'trash',
        danger: true,
        href: at.page('/deletion'),
        refusal: sentence(request, withRefusalsOfFiled(refusalsToDelete(invoice), filed)),
      },
    ],
    main: nextStep(t, invoice, at),
    track: { label: t('invoices.track'), steps: stepsOf(t, invoice) },
  }
}

/** The next step of the invoice's life, the page's main action. */
function nextStep(t: Translate, invoice: InvoiceHeader, at: ReturnType<typeof addressesOf>) {
  if (isDraft(invoice.status))
    return {
      label: t('invoices.issue.verb', { kind: invoice.kind }),
      icon: 'file-check',
      href: at.page('/issue'),
    }
  if (invoice.status !== 'approved') return undefined
  return {
    label: t('invoices.mark_sent'),
    icon: 'send',
    post: at.page('/status'),
    fields: { status: 'sent' },
  }
}

function stepsOf(t: Translate, { status, kind }: InvoiceHeader) {
  const path = ['draft', 'issued', 'sent', ...(kind === 'credit_note' ? [] : ['paid'])]
  const words: Record<string, string> = {
    draft: t('invoices.track.draft'),
    issued: t('invoices.track.issued'),
    sent: t('invoices.status.sent'),
    paid: t('invoices.status.paid'),
  }
  const places = { automatically_created: 0, created: 0, approved: 1, sent: 2, paid: 3 }
  const at = Math.min(places[status], path.length - 1)
  return path.map((step, index) => ({ label: words[step] ?? step, done: index <= at, current: index === at }))
}

function badges(t: Translate, invoice: InvoiceHeader) {
  return [
    ...(invoice.kind === 'invoice'
      ? []
      : [{ status: 'kind', icon: 'file-invoice', word: t(`invoices.kind.${invoice.kind}`) }]),
    ...(isDraft(invoice.status) ? [{ status: 'draft', word: t('invoices.draft') }] : []),
    ...(isDraft(invoice.status) &&
    invoice.issue_as !== null &&
    invoice.document_date > todayIn(invoice.time_zone, new Date())
      ? [{ status: 'planned', word: t('invoices.issues_on', { issues_date: invoice.document_date }) }]
      : []),
    { status: invoice.status, word: t(`invoices.status.${invoice.status}`) },
    ...(invoice.source === 'recurring'
      ? [{ status: 'recurring', word: t('invoices.source.recurring') }]
      : []),
  ]
}

/** Where the invoice stands in the list one came from, with the ways to its neighbours. */
async function positionOf(request: FastifyRequest, invoice: InvoiceHeader) {
  if (!cameFromList(request)) return undefined
  const list = listQuery(request)
  const { db } = request.server
  const t = translator(request.language)
  const state = readList({ url: `/invoices?${list}` }, invoiceSorts, 'date', invoiceSortKeys)
  const words = { t, date: formatsIn(request.language).date }
  const { filters } = await readInvoiceFilters(db, viewerOf(request), state.filters, words)
  const sort = { by: state.sort, direction: state.direction }
  const keys = await findInvoiceSortKeys(db, filters, sort, invoice.id)
  if (keys === undefined) return undefined
  return positionInList(request, '/invoices', {
    keys,
    neighbours: await findNeighboursOfInvoice(db, filters, sort, keys),
    sums: await sumInvoices(db, filters, countedAtOnce),
    countBefore: (place) => countInvoicesBefore(db, filters, sort, place),
  })
}
