import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type InvoiceRecord, listOccurrencesOfInvoice } from '../../data/invoices.ts'
import { Refused } from '../../errors.ts'
import type { FieldError } from '../../languages/catalog.ts'
import { say, translator } from '../../languages/translate.ts'
import { Fields } from '../../lib/fields.ts'
import { formatsIn } from '../../lib/format.ts'
import { isZero, moneyText, negate, plainDecimal, subtract } from '../../lib/money.ts'
import { keptFields, sayErrors, sendJson, submit, valid, wantsJson } from '../../plugins/answers.ts'
import { fieldsOf } from '../../plugins/forms.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { creditInvoice } from '../../services/invoices/credit-invoice.ts'
import { creditCauses, refusalsToCredit } from '../../services/invoices/credit-refusals.ts'
import { creditableOf } from '../../services/invoices/creditable.ts'
import {
  type Credit,
  type Creditable,
  creditOf,
  type Left,
  leftOf,
} from '../../services/invoices/crediting.ts'
import { parseCredit } from './credit-fields.ts'
import { addressesOf, getInvoice, namesOf } from './head.ts'

/** The form of a credit note, filled in from the address where it names something, with what it would come to. */
export async function add(request: FastifyRequest, reply: FastifyReply) {
  const kept = await keptFields(request)
  const asked = Fields.parse(request.url.split('?')[1] ?? '').without('list', 'kept')
  const fields = kept ?? asked
  const isFresh = fields.text('mode') === '' && fields.text('reissue') === ''
  const preset: [string, string][] = [
    ['mode', 'all'],
    ['cause', 'error'],
  ]
  return creditPage(request, reply, {
    fields: isFresh ? new Fields([...fields.entries, ...preset]) : fields,
    errors: [],
    // What the address names, such as a stale link, is judged as what is typed.
    judged: !isFresh && kept === undefined,
  })
}

/** The form filled in and reckoned; nothing is written. As JSON what the credit note would come to. */
export async function calculate(request: FastifyRequest, reply: FastifyReply) {
  return creditPage(request, reply, { fields: fieldsOf(request), errors: [], judged: true })
}

/** Issues the credit note, and where it is asked makes the new draft. */
export async function create(request: FastifyRequest, reply: FastifyReply) {
  const invoice = await getInvoice(request)
  const fields = fieldsOf(request)
  const { language } = request
  return submit(request, reply, {
    once: (id) => addressesOf(request, id).page(''),
    act: async (sent) => {
      const wanted = valid(parseCredit(fields, { language, currency: invoice.currency }))
      const viewer = viewerOf(request)
      const made = await creditInvoice(request.server.db, viewer, invoice.id, wanted, {
        now: new Date(),
        sent,
      })
      request.server.jobRunner.wake('render-pdfs')
      const params = { number: made.number, of: invoice.number ?? '' }
      return {
        location: addressesOf(request, made.id).page(''),
        flash:
          made.reissued_id === null
            ? { message: { key: 'credits.done', params } }
            : {
                message: { key: 'credits.done.reissued', params },
                link: {
                  href: addressesOf(request, made.reissued_id).page('/edit'),
                  text: translator(language)('credits.done.edit'),
                },
              },
      }
    },
    page: (errors) => creditPage(request, reply, { fields, errors, judged: false }),
  })
}

type Form = {
  fields: Fields
  errors: readonly FieldError[]
  /** Whether the mistakes of what is typed are shown. */
  judged: boolean
}

async function creditPage(request: FastifyRequest, reply: FastifyReply, form: Form) {
  const { db } = request.server
  const { language } = request
  const t = translator(language)
  const invoice = await getInvoice(request)
  const creditable = await creditableOf(db, invoice)
  const left = leftOf(creditable)
  const refusals = refusalsToCredit(invoice, left.closed)
  const found = previewOf(request, form.fields, creditable)
  if (wantsJson(request)) {
    if (refusals.length > 0) throw new Refused(refusals)
    return sendJson(reply, previewJson(request, { invoice, left, found }))
  }
  const at = addressesOf(request, invoice.id)
  const { short } = namesOf(request, invoice)
  const crumbs = [
    { label: t('invoices.title'), href: at.list },
    { label: short, href: at.page('') },
  ]
  const isAnew = form.fields.text('reissue') !== ''
  const title = t(isAnew ? 'credits.reissue.title' : 'credits.new', { number: invoice.number ?? short })
  if (refusals.length > 0) {
    const reasons = refusals.map(({ message }) => say(language, message))
    return reply.page({
      view: 'orders/not-now',
      title,
      model: { crumbs, reasons, waysOut: [], back: at.page('') },
    })
  }
  const periods = await listOccurrencesOfInvoice(db, invoice.id)
  const formats = formatsIn(language)
  return reply.page({
    view: 'invoices/credit',
    title,
    model: {
      crumbs,
      invoice,
      isAnew,
      post: at.page('/credit-notes'),
      calculation: at.page('/credit-notes/calculation'),
      back: at.page(''),
      key: form.fields.text('idempotency_key') || randomUUID(),
      values: form.fields.values(),
      errors: sayErrors(request, form.judged && 'errors' in found ? found.errors : form.errors),
      /** Those with a price, each with what is left of it. */
      lines: creditable.lines.map((line) => ({
        ...line,
        description: invoice.lines.find(({ id }) => id === line.id)?.description ?? '',
        left: left.quantities.get(line.id) ?? '0',
      })),
      left,
      balance: balanceOf(invoice, 'credit' in found ? found.credit : undefined),
      credit: 'credit' in found ? found.credit : undefined,
      sentence: sentenceOf(request, invoice, found),
      paid: !isZero(invoice.paid),
      periods: periods
        .map(({ frequency, period_start }) => formats.period(frequency, period_start))
        .join(', '),
      causes: creditCauses.map((value) => ({
        value,
        label: t(`credits.cause.${value}`),
        hint: t(`credits.cause.${value}.hint`),
      })),
    },
  })
}

type Found = { credit: Credit } | { errors: readonly FieldError[] }

function previewOf(request: FastifyRequest, fields: Fields, creditable: Creditable): Found {
  const parsed = parseCredit(fields, { language: request.language, currency: creditable.currency })
  if (!parsed.ok) return { errors: parsed.errors }
  const found = creditOf(creditable, parsed.value.wish)
  return found.ok ? { credit: found.credit } : { errors: found.errors }
}

/** What is invoiced, credited, paid and open, before the credit note and after it. */
function balanceOf(invoice: InvoiceRecord, credit: Credit | undefined) {
  const { currency, gross, credited, paid, open } = invoice
  const more = credit === undefined ? '0' : negate(credit.due)
  return [
    { name: 'gross', before: gross, after: gross },
    { name: 'credited', before: credited, after: moneyText(subtract(credited, negate(more)), currency) },
    { name: 'paid', before: paid, after: paid },
    { name: 'open', before: open, after: moneyText(subtract(open, more), currency) },
  ] as const
}

/** What the credit note comes to, and what is open after it. */
function sentenceOf(request: FastifyRequest, invoice: InvoiceRecord, found: Found): string {
  const t = translator(request.language)
  if (!('credit' in found)) return t('credits.preview.wrong')
  const { currency } = invoice
  const { net, tax, due, rounding } = found.credit
  const open = moneyText(subtract(invoice.open, negate(due)), currency)
  const money = (amount: string) => `${amount} ${currency}`
  return t('credits.preview', {
    net_money: money(net),
    tax_money: money(tax),
    due_money: money(due),
    rounding: isZero(rounding) ? 'no' : 'yes',
    rounding_money: money(rounding),
    open_money: money(open),
  })
}

function previewJson(
  request: FastifyRequest,
  { invoice, left, found }: { invoice: InvoiceRecord; left: Left; found: Found },
) {
  const { currency } = invoice
  return {
    invoice: { id: invoice.id, number: invoice.number },
    currency,
    left: {
      net: moneyText(left.net, currency),
      gross: left.gross,
      quantities: Object.fromEntries(
        [...left.quantities].map(([id, quantity]) => [id, plainDecimal(quantity)]),
      ),
    },
    credit:
      'credit' in found
        ? {
            net: found.credit.net,
            tax: found.credit.tax,
            gross: found.credit.gross,
            rounding: found.credit.rounding,
            due: found.credit.due,
            taxes: found.credit.taxes.map(({ category, rate, base, amount }) => ({
              category,
              rate: plainDecimal(rate),
              base,
              amount,
            })),
          }
        : null,
    errors:
      'errors' in found
        ? found.errors.map(({ field, message }) => ({ field, message: say(request.language, message) }))
        : [],
    sentence: sentenceOf(request, invoice, found),
    warning: '',
    /** As the page shows them: the balance after the credit note. */
    figures: Object.fromEntries(
      balanceOf(invoice, 'credit' in found ? found.credit : undefined).map(({ name, after }) => [
        name,
        'credit' in found ? formatsIn(request.language).money(after, currency) : '–',
      ]),
    ),
  }
}
