import type { NewInvoiceLine, NewInvoiceTax } from '../../data/credit-notes.ts'
import type { Invoice } from '../../data/invoices.ts'
import type { NewRow } from '../../data/tables.ts'
import { translate } from '../../languages/translate.ts'
import type { IsoDate } from '../../lib/dates.ts'
import { compare } from '../../lib/money.ts'
import type { Credit, CreditLine } from './crediting.ts'

type InvoiceLine = Invoice['lines'][number]

/**
 * The draft of a credit note: to the buyer of the invoice it corrects, as that invoice keeps it, with its rates, its exchange rate and
 * the opposite signs. A line of an amount is worded in the customer's language.
 */
export function creditNoteOf(
  invoice: Invoice,
  credit: Credit,
  made: {
    today: IsoDate
    by: string
    reopen: boolean
    reissue: boolean
    reason: string
    wish: { mode: string }
  },
): { invoice: NewRow<'invoices'>; parts: { lines: NewInvoiceLine[]; taxes: NewInvoiceTax[] } } {
  const language = /^fr\b/.test(invoice.language) ? 'fr' : 'en'
  const number = invoice.number ?? ''
  const subject = translate(language, 'credits.document.subject', { number, subject: invoice.subject })
  const words = {
    amount: translate(language, 'credits.document.amount', { number }),
    given_back: translate(language, 'credits.document.given_back'),
  }
  return {
    invoice: {
      organisation_id: invoice.organisation_id,
      kind: 'credit_note',
      status: 'created',
      source: invoice.source,
      order_id: invoice.order_id,
      account_id: invoice.account_id,
      order_account_id: invoice.order_account_id,
      contact_id: invoice.contact_id,
      subject: [...subject].slice(0, 200).join(''),
      customer_order_number: invoice.customer_order_number,
      contract_reference: invoice.contract_reference,
      buyer_reference: invoice.buyer_reference,
      language: invoice.language,
      currency: invoice.currency,
      document_date: made.today,
      due_date: made.today,
      delivery_date: invoice.delivery_date,
      period_start: invoice.period_start,
      period_end: invoice.period_end,
      service_start: invoice.service_start,
      service_end: invoice.service_end,
      exchange_rate: invoice.exchange_rate,
      vat_point_code: invoice.vat_point_code,
      regime: invoice.regime,
      buyer: JSON.stringify(invoice.buyer),
      delivery_address: invoice.delivery_address === null ? null : JSON.stringify(invoice.delivery_address),
      net: credit.net,
      tax: credit.tax,
      gross: credit.gross,
      rounding: credit.rounding,
      due: credit.due,
      reopens: made.reopen || made.reissue,
      credit_reason: made.reason,
      created_by: made.by,
    },
    parts: {
      lines: linesOf(invoice, credit, made.wish.mode === 'all').map(
        (found, at): NewInvoiceLine =>
          'text' in found
            ? { ...withoutPlace(found.text), position: at + 1 }
            : lineOf(invoice, found.credit, { position: at + 1, words }),
      ),
      taxes: credit.taxes.map(({ category, rate, base, amount }) => {
        const own = invoice.taxes.find((tax) => tax.category === category && compare(tax.rate, rate) === 0)
        return {
          category: own?.category ?? 'S',
          rate,
          base,
          amount,
          exemption_text: own?.exemption_text ?? '',
          exemption_code: own?.exemption_code ?? '',
        }
      }),
    },
  }
}

/** In the order of the invoice, then what has no line of it; a whole credit note bears the sections and comments too. */
function linesOf(
  invoice: Invoice,
  credit: Credit,
  whole: boolean,
): ({ text: InvoiceLine } | { credit: CreditLine })[] {
  const own = new Map(credit.lines.map((line) => [line.line_id, line]))
  const placed = invoice.lines.flatMap((line): ({ text: InvoiceLine } | { credit: CreditLine })[] => {
    if (line.kind !== 'item') return whole ? [{ text: line }] : []
    const found = own.get(line.id)
    return found === undefined ? [] : [{ credit: found }]
  })
  return [
    ...placed,
    ...credit.lines.filter(({ line_id }) => line_id === null).map((line) => ({ credit: line })),
  ]
}

function lineOf(
  invoice: Invoice,
  line: CreditLine,
  { position, words }: { position: number; words: Readonly<Record<'amount' | 'given_back', string>> },
): NewInvoiceLine {
  const { quantity, unit_price, discount_percent, rounding, net, part_quantity, part_share } = line
  const figures = {
    position,
    quantity,
    unit_price,
    discount_percent,
    rounding,
    net,
    part_quantity,
    part_share,
  }
  const own = invoice.lines.find(({ id }) => id === line.line_id)
  if (own !== undefined) return { ...withoutPlace(own), ...figures, credited_line_id: own.id }
  // An amount takes its tax from the lines that bear it.
  const like = invoice.lines.find(
    ({ tax_category, tax_rate }) =>
      tax_category === line.category && tax_rate !== null && compare(tax_rate, line.rate) === 0,
  )
  return {
    ...figures,
    kind: 'item',
    order_line_id: null,
    product_id: null,
    description: line.kind === 'given_back' ? words.given_back : words.amount,
    unit_code: 'C62',
    supply: like?.supply ?? 'service',
    tax_rate_id: like?.tax_rate_id ?? null,
    tax_category: like?.tax_category ?? null,
    tax_rate: line.rate,
    exemption_text: like?.exemption_text ?? '',
    exemption_code: like?.exemption_code ?? '',
  }
}

/** A line without what binds it to its invoice. */
function withoutPlace(line: InvoiceLine): NewInvoiceLine {
  const { id: _, invoice_id, organisation_id, credited_line_id, ...rest } = line
  return rest
}
