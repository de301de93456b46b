import t from 'tap'
import type { BuyingParty, IssuingFacts, SellingParty } from '../../../src/services/invoices/issuing.ts'
import { mentionTasks, refusalsToIssue } from '../../../src/services/invoices/legal-mentions.ts'

const nowhere = { street: '', street_2: '', street_3: '', postal_code: '', city: '', region: '', country: '' }

const seller: SellingParty = {
  ...nowhere,
  name: 'Atelier Nord SAS',
  trade_name: 'Atelier Nord',
  legal_form: 'SAS',
  share_capital: '50 000 €',
  siren: '552100554',
  siret: '',
  vat_number: 'FR96552100554',
  tax_number: '',
  register_text: 'RCS Lille',
  street: '3 rue du Port',
  city: 'Lille',
  country: 'FR',
  contact_name: '',
  phone: '',
  email: '',
  website: '',
  electronic_address: '552100554',
  electronic_address_scheme: '0225',
  vat_on_debits: false,
  iban: '',
  bic: '',
  bank_name: '',
}

const buyer: BuyingParty = {
  ...nowhere,
  name: 'Chop-suey Chinese',
  trade_name: '',
  code: 'CHOP',
  kind: 'business',
  tax_treatment: 'domestic',
  siren: '732829320',
  siret: '',
  vat_number: '',
  street: '12 rue de la Paix',
  city: 'Paris',
  country: 'FR',
  electronic_address: '732829320',
  electronic_address_scheme: '0225',
  buyer_reference: '',
}

type Change = Partial<Omit<IssuingFacts, 'seller' | 'buyer'>> & {
  seller?: Partial<SellingParty>
  buyer?: Partial<BuyingParty>
}

function facts(change: Change = {}): IssuingFacts {
  return {
    kind: 'invoice',
    document_date: '2026-04-10',
    due_date: '2026-05-10',
    today: '2026-04-10',
    notes: { PMD: 'Penalties', PMT: '40 €', AAB: 'None', REG: '', TXD: '' },
    delivery_address: null,
    delivery_date: null,
    has_service_period: false,
    customer_order_number: '',
    payment_term_text: '',
    currency: 'EUR',
    home_currency: 'EUR',
    gross: '120',
    tax: '20',
    exchange_rate: null,
    items: 1,
    has_goods: false,
    has_services: true,
    taxes: [{ category: 'S', rate: '20', exemption_text: '' }],
    references: 0,
    ...change,
    seller: { ...seller, ...change.seller },
    buyer: { ...buyer, ...change.buyer },
  }
}

const abroad = { country: 'DE', siren: '', kind: 'business' } as const
const reverse = [{ category: 'AE', rate: '0', exemption_text: 'Reverse charge' }] as const
const community = [{ category: 'K', rate: '0', exemption_text: 'Exempt' }] as const

t.test('what the law lacks is named, and what it does not ask is not', async (t) => {
  const cases: [string, Change, string[]][] = [
    ['nothing is missing', {}, []],
    [
      'a seller without anything',
      { seller: { name: '', street: '', siren: '' } },
      ['seller_name', 'seller_address', 'seller_siren'],
    ],
    [
      'a company without capital and register',
      { seller: { legal_form: 'S.A.R.L.', share_capital: '', register_text: '' } },
      ['seller_share_capital', 'seller_register'],
    ],
    ['a sole trader has neither', { seller: { legal_form: 'EI', share_capital: '', register_text: '' } }, []],
    ['a German seller has no SIREN', { seller: { country: 'DE', siren: '' } }, []],
    ['no tax number at all', { seller: { vat_number: '' } }, ['seller_tax_number']],
    ['a tax number is enough', { seller: { vat_number: '', tax_number: '12/345' } }, []],
    [
      'outside of VAT none is asked',
      { seller: { vat_number: '' }, taxes: [{ category: 'O', rate: '0', exemption_text: 'Not subject' }] },
      [],
    ],
    ['a French company without SIREN', { buyer: { siren: '' } }, ['buyer_siren']],
    [
      'a private person has none, and needs no notes',
      {
        buyer: { siren: '', kind: 'private_person' },
        notes: { PMD: '', PMT: '', AAB: '', REG: '', TXD: '' },
      },
      [],
    ],
    ['a public body is only asked for it', { buyer: { siren: '', kind: 'public_body' } }, []],
    ['a buyer without address', { buyer: { street: '', country: '' } }, ['buyer_address', 'buyer_country']],
    [
      'reverse charge without the buyer’s VAT number',
      { buyer: abroad, taxes: reverse },
      ['buyer_vat_number'],
    ],
    [
      'a community supply without either',
      { buyer: abroad, taxes: community },
      ['buyer_vat_number', 'delivery_date'],
    ],
    [
      'a community supply, delivered',
      { buyer: { ...abroad, vat_number: 'DE129273398' }, taxes: community, delivery_date: '2026-04-08' },
      [],
    ],
    [
      'a community supply from a seller with a tax number alone',
      {
        seller: { vat_number: '', tax_number: '1' },
        buyer: { ...abroad, vat_number: 'DE129273398' },
        taxes: community,
        has_service_period: true,
      },
      ['seller_vat_number'],
    ],
    [
      'an exemption without reason',
      { taxes: [{ category: 'E', rate: '0', exemption_text: '' }] },
      ['exemption_text'],
    ],
    ['a foreign currency without rate', { currency: 'USD' }, ['exchange_rate_missing']],
    ['a foreign currency without tax needs none', { currency: 'USD', tax: '0' }, []],
    [
      'no notes',
      { notes: { PMD: ' ', PMT: '', AAB: '', REG: '', TXD: '' } },
      ['note_penalties', 'note_indemnity', 'note_discount'],
    ],
    ['due before its date', { due_date: '2026-04-09' }, ['due_date']],
    ['no line', { items: 0 }, ['lines']],
    ['a credit note of nothing', { kind: 'credit_note' }, ['preceding_invoice']],
    ['a credit note of an invoice', { kind: 'credit_note', references: 1 }, []],
  ]
  for (const [name, change, missing] of cases)
    t.strictSame(
      refusalsToIssue(facts(change)).map(({ code }) => code),
      missing,
      name,
    )
})

t.test('what is doubtful stops nothing', async (t) => {
  const cases: [string, Change, string[]][] = [
    ['a term above the cap', { due_date: '2026-07-09' }, ['due_date_cap']],
    ['60 days are allowed', { due_date: '2026-06-09' }, []],
    [
      '45 days, then the end of the month',
      { document_date: '2026-01-20', due_date: '2026-03-31', today: '2026-01-20' },
      [],
    ],
    [
      'the end of the month, then 45 days',
      { document_date: '2026-01-01', due_date: '2026-03-17', today: '2026-01-01' },
      [],
    ],
    [
      'a day after all of them',
      { document_date: '2026-01-20', due_date: '2026-04-01', today: '2026-01-20' },
      ['due_date_cap'],
    ],
    ['abroad there is no cap', { buyer: abroad, due_date: '2026-12-31' }, []],
    ['due before it is issued', { document_date: '2026-03-01', due_date: '2026-04-01' }, ['due_date_past']],
    [
      'no electronic addresses',
      { seller: { electronic_address: '' }, buyer: { electronic_address: '' } },
      ['seller_electronic_address', 'buyer_electronic_address'],
    ],
    ['no legal form', { seller: { legal_form: '' } }, ['seller_legal_form']],
    ['a public body without SIREN', { buyer: { siren: '', kind: 'public_body' } }, ['buyer_public_siren']],
  ]
  for (const [name, change, doubts] of cases) {
    const tasks = mentionTasks(facts(change))
    t.strictSame(
      tasks.flatMap((task) => task.doubts.map(({ code }) => code)),
      doubts,
      name,
    )
    t.strictSame(refusalsToIssue(facts(change)), [], name)
  }
})
