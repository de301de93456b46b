import type { SourceLine, WholeSource } from '../../src/data/document-sources.ts'
import { lineNet, totals } from '../../src/lib/money.ts'

/** A line of a printed document: one box of tea at 18.00 and 20 % unless told. */
export function printedLine(named: Partial<SourceLine> = {}): SourceLine {
  const line = {
    kind: 'item' as const,
    description: 'Chai tea, 250 g',
    product_code: '',
    quantity: '1',
    unit_code: 'XBX',
    unit_price: '18',
    discount_percent: '0',
    supply: 'goods' as const,
    tax_category: 'S' as const,
    tax_rate: '20',
    exemption_text: '',
    note: '',
    rounding: '0',
    period_start: null,
    period_end: null,
    ...named,
  }
  const { quantity, unit_price, discount_percent } = line
  if (line.kind !== 'item' || quantity === null || unit_price === null || discount_percent === null) {
    throw new Error('An item has a quantity and a price.')
  }
  return { net: lineNet({ quantity, unit_price, discount_percent }, 'EUR'), ...line }
}

/** A heading or a comment between the lines. */
export function printedHeading(kind: 'section' | 'comment', description: string): SourceLine {
  return {
    ...printedLine({ description }),
    kind,
    quantity: null,
    unit_code: null,
    unit_price: null,
    discount_percent: null,
    supply: null,
    tax_category: null,
    tax_rate: null,
    net: null,
  }
}

/** An issued invoice as it is printed from: French, of one line, unless told; its totals are those of its lines. */
export function printedSource(named: Partial<WholeSource> = {}): WholeSource {
  const lines = named.lines ?? [printedLine()]
  const items = lines.flatMap(({ net, tax_category, tax_rate }) =>
    net === null || tax_category === null || tax_rate === null
      ? []
      : [{ net, category: tax_category, rate: tax_rate }],
  )
  const { taxes, net, gross } = totals(items, 'EUR')
  return {
    kind: 'invoice',
    id: '01990000-0000-7000-8000-000000000001',
    organisation_id: '01990000-0000-7000-8000-000000000002',
    organisation_code: 'AN',
    number: 'F-2026-0042',
    version: 1,
    issued_at: '2026-04-01T10:00:00Z',
    file_id: null,
    subject: 'Maintenance 2026',
    language: 'fr-FR',
    currency: 'EUR',
    document_date: '2026-04-01',
    due_date: '2026-05-01',
    delivery_date: null,
    service_start: '2026-03-01',
    service_end: '2026-03-31',
    order_number: 'SO-2026-0123',
    order_account_name: null,
    contact_name: 'Hanna Moos',
    customer_order_number: 'PO-7781',
    contract_reference: '',
    buyer_reference: '',
    seller: {
      name: 'Atelier Nord SAS',
      trade_name: 'Atelier Nord',
      legal_form: 'SAS',
      share_capital: '250\u00a0000\u00a0€',
      siren: '552100554',
      siret: '55210055400013',
      vat_number: 'FR40303265045',
      register_text: 'RCS Lille 552 100 554',
      street: '14 rue du Faubourg',
      postal_code: '59000',
      city: 'Lille',
      country: 'FR',
      iban: 'FR1420041010050500013M02606',
      bic: 'PSSTFRPPLIL',
      bank_name: 'La Banque Postale',
    },
    buyer: {
      name: 'Chop-suey Chinese SARL',
      code: 'CHOP',
      siren: '303265045',
      vat_number: 'FR40303265045',
      street: '12 rue de la Paix',
      postal_code: '75002',
      city: 'Paris',
      country: 'FR',
    },
    billing_address: null,
    delivery_address: null,
    payment_term_text: '30 jours nets',
    standing_notes: null,
    vat_point_code: null,
    billing_mode: 'B1',
    vat_currency: null,
    vat_currency_tax: null,
    exchange_rate: null,
    net,
    gross,
    prepaid: '0',
    rounding: '0',
    due: gross,
    logo_media_type: null,
    logo: null,
    taxes: taxes.map(({ category, ...tax }) => ({
      ...tax,
      category: category === 'AE' ? 'AE' : 'S',
      exemption_text: '',
    })),
    notes: [{ subject_code: 'PMT', text: 'Indemnité forfaitaire : 40 €.' }],
    references: [],
    document_allowances: [],
    ...named,
    lines,
  }
}
