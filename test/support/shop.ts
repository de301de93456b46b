import type { Database } from '../../src/data/database.ts'
import type { NewRow } from '../../src/data/tables.ts'
import { lineNet, totals } from '../../src/lib/money.ts'
import type { OrderStatus, TaxCategory } from '../../src/lib/vocabulary.ts'

/** The ids of a small shop: one French organisation, an admin and a user, rates with treatments, two accounts, two products. */
export type Shop = {
  organisation_id: string
  /** A second organisation, in which only the admin works. */
  other_organisation_id: string
  admin_id: string
  user_id: string
  rates: { fr20: string; fr55: string; eu_goods: string; eu_service: string; export_goods: string }
  term_id: string
  /** Domestic, in Paris; and an EU business in Mannheim with a contact. */
  accounts: { paris: string; mannheim: string }
  contact_id: string
  products: { chai: string; support: string }
}

/** Without these no invoice is issued (docs/rules/legal-mentions.md). */
const whatTheLawAsks = {
  legal_form: 'SAS',
  share_capital: '50 000 €',
  siren: '552100554',
  vat_number: 'FR96552100554',
  register_text: 'RCS Lille 552 100 554',
  street: '3 rue du Port',
  postal_code: '59000',
  city: 'Lille',
  note_penalties: 'Pénalités de retard : trois fois le taux légal.',
  note_indemnity: 'Indemnité forfaitaire pour frais de recouvrement : 40 €.',
  note_discount: 'Pas d’escompte pour paiement anticipé.',
}

/** Fills an empty, migrated database. Passwords are not set: sign in with `signInAs` of test/support/web.ts. */
export async function makeShop(db: Database): Promise<Shop> {
  return db.transaction().execute(async (trx) => {
    const rate = async (row: {
      code: string
      name: string
      category: 'S' | 'K' | 'AE' | 'G'
      rate: string
      exemption_text?: string
      exemption_code?: string
    }) => (await trx.insertInto('tax_rates').values(row).returning('id').executeTakeFirstOrThrow()).id
    const rates = {
      fr20: await rate({ code: 'FR-20', name: 'VAT 20 %', category: 'S', rate: '20' }),
      fr55: await rate({ code: 'FR-5.5', name: 'VAT 5.5 %', category: 'S', rate: '5.5' }),
      eu_goods: await rate({
        code: 'EU-GOODS',
        name: 'Intra-community supply',
        category: 'K',
        rate: '0',
        exemption_text: 'VAT exempt, article 262 ter I CGI',
        exemption_code: 'VATEX-EU-IC',
      }),
      eu_service: await rate({
        code: 'EU-SERVICE',
        name: 'Reverse charge',
        category: 'AE',
        rate: '0',
        exemption_text: 'Reverse charge',
        exemption_code: 'VATEX-EU-AE',
      }),
      export_goods: await rate({
        code: 'EXPORT',
        name: 'Export',
        category: 'G',
        rate: '0',
        exemption_text: 'VAT exempt, article 262 I CGI',
        exemption_code: 'VATEX-EU-G',
      }),
    }
    await trx
      .insertInto('tax_treatment_rates')
      .values([
        { treatment: 'eu_business', supply: 'goods', tax_rate_id: rates.eu_goods },
        { treatment: 'eu_business', supply: 'service', tax_rate_id: rates.eu_service },
        { treatment: 'export', supply: 'goods', tax_rate_id: rates.export_goods },
        { treatment: 'export', supply: 'service', tax_rate_id: rates.export_goods },
      ])
      .execute()
    const term = await trx
      .insertInto('payment_terms')
      .values({ code: '30', name: '30 days', days: 30, end_of_month: 'none' })
      .returning('id')
      .executeTakeFirstOrThrow()
    const organisation = async (code: string, name: string) =>
      (
        await trx
          .insertInto('organisations')
          .values({
            code,
            name,
            legal_name: `${name} SAS`,
            ...whatTheLawAsks,
            country: 'FR',
            time_zone: 'Europe/Paris',
            language: 'fr',
            currency: 'EUR',
            default_tax_rate_id: rates.fr20,
            default_payment_term_id: term.id,
          })
          .returning('id')
          .executeTakeFirstOrThrow()
      ).id
    const organisation_id = await organisation('AN', 'Atelier Nord')
    const other_organisation_id = await organisation('MS', 'Maison Sud')
    const user = async (email: string, name: string, role: 'admin' | 'user', organisations: string[]) => {
      const made = await trx
        .insertInto('users')
        .values({ email, name, role, organisation_id })
        .returning('id')
        .executeTakeFirstOrThrow()
      await trx
        .insertInto('user_organisations')
        .values(organisations.map((id) => ({ user_id: made.id, organisation_id: id })))
        .execute()
      return made.id
    }
    const admin_id = await user('admin@shop.test', 'Anna Kern', 'admin', [
      organisation_id,
      other_organisation_id,
    ])
    const user_id = await user('user@shop.test', 'Ute Weber', 'user', [organisation_id])
    const paris = await trx
      .insertInto('accounts')
      .values({
        code: 'CHOP',
        name: 'Chop-suey Chinese',
        kind: 'business',
        language: 'fr-FR',
        tax_treatment: 'domestic',
        currency: 'EUR',
        siren: '732829320',
        street: '12 rue de la Paix',
        postal_code: '75002',
        city: 'Paris',
        country: 'FR',
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const mannheim = await trx
      .insertInto('accounts')
      .values({
        code: 'BLAUER',
        name: 'Blauer See Delikatessen',
        kind: 'business',
        language: 'de-DE',
        tax_treatment: 'eu_business',
        vat_number: 'DE129273398',
        currency: 'EUR',
        street: 'Forsterstr. 57',
        postal_code: '68306',
        city: 'Mannheim',
        country: 'DE',
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const contact = await trx
      .insertInto('contacts')
      .values({ account_id: mannheim.id, name: 'Hanna Moos', email: 'hanna@blauer.test' })
      .returning('id')
      .executeTakeFirstOrThrow()
    const product = async (row: {
      code: string
      name: string
      kind: 'goods' | 'service'
      unit_code: string
      unit_price: string
      tax_rate_id: string
    }) =>
      (
        await trx
          .insertInto('products')
          .values({ ...row, currency: 'EUR' })
          .returning('id')
          .executeTakeFirstOrThrow()
      ).id
    const products = {
      chai: await product({
        code: 'CHAI',
        name: 'Chai',
        kind: 'goods',
        unit_code: 'C62',
        unit_price: '18',
        tax_rate_id: rates.fr55,
      }),
      support: await product({
        code: 'SUPPORT',
        name: 'Support',
        kind: 'service',
        unit_code: 'HUR',
        unit_price: '100',
        tax_rate_id: rates.fr20,
      }),
    }
    return {
      organisation_id,
      other_organisation_id,
      admin_id,
      user_id,
      rates,
      term_id: term.id,
      accounts: { paris: paris.id, mannheim: mannheim.id },
      contact_id: contact.id,
      products,
    }
  })
}

/** Completes the organisations and accounts there are, so that the law lacks nothing on their invoices. */
export async function makeLawful(db: Database): Promise<void> {
  await db
    .updateTable('organisations')
    .set({
      siren: '732829320',
      vat_number: 'FR44732829320',
      street: '1 rue du Port',
      postal_code: '59000',
      city: 'Lille',
      note_penalties: 'Penalties of 12 % a year.',
      note_indemnity: 'Indemnity for recovery: 40 €.',
      note_discount: 'No discount for early payment.',
    })
    .execute()
  await db
    .updateTable('accounts')
    .set({ siren: '552100554' })
    .where('country', '=', 'FR')
    .where('kind', '=', 'business')
    .execute()
}

export type OrderLine = {
  description?: string
  quantity?: string
  unit_price: string
  discount_percent?: string
  tax_rate_id?: string
}

export type RecurringOrder = {
  organisation_id?: string
  account_id?: string
  number?: string
  status?: OrderStatus
  currency?: string
  order?: Partial<NewRow<'customer_orders'>>
  /** One line of 100.00 at 20 % where absent. */
  lines?: readonly OrderLine[]
  recurrence: { start_date: string } & Partial<NewRow<'recurrences'>>
}

let orderCount = 0

/** An approved order that recurs, written directly: monthly from its start, drafts dated on the first day of the period. */
export async function makeRecurringOrder(db: Database, shop: Shop, made: RecurringOrder): Promise<string> {
  const currency = made.currency ?? 'EUR'
  const rates = new Map(
    (await db.selectFrom('tax_rates').selectAll().execute()).map((rate) => [rate.id, rate]),
  )
  const lines = (made.lines ?? [{ unit_price: '100' }]).map((line, index) => {
    const rate = rates.get(line.tax_rate_id ?? shop.rates.fr20)
    if (rate === undefined) throw new Error('No such rate')
    const price = {
      quantity: line.quantity ?? '1',
      unit_price: line.unit_price,
      discount_percent: line.discount_percent ?? '0',
    }
    return {
      ...price,
      rate,
      description: line.description ?? `Line ${index + 1}`,
      net: lineNet(price, currency),
    }
  })
  const sums = totals(
    lines.map(({ net, rate }) => ({ net, category: rate.category, rate: rate.rate })),
    currency,
  )
  const organisation_id = made.organisation_id ?? shop.organisation_id
  const account_id = made.account_id ?? shop.accounts.paris
  orderCount += 1
  return db.transaction().execute(async (trx) => {
    const account = await trx
      .selectFrom('accounts')
      .selectAll()
      .where('id', '=', account_id)
      .executeTakeFirstOrThrow()
    const { name, street, street_2, street_3, postal_code, city, region, country } = account
    const address = JSON.stringify({ name, street, street_2, street_3, postal_code, city, region, country })
    const order = await trx
      .insertInto('customer_orders')
      .values({
        organisation_id,
        account_id,
        number: made.number ?? `SO-TEST-${String(orderCount).padStart(4, '0')}`,
        subject: 'A recurring order',
        status: made.status ?? 'approved',
        status_before_cancel: made.status === 'cancelled' ? 'approved' : null,
        contact_id: null,
        assigned_to_id: null,
        currency,
        order_date: made.recurrence.start_date,
        invoicing_address: address,
        shipping_address: address,
        net: sums.net,
        tax: sums.tax,
        gross: sums.gross,
        created_by: null,
        updated_by: null,
        ...made.order,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const statuses = historyOf(made.status ?? 'approved')
    await trx
      .insertInto('order_status_changes')
      .values(
        statuses.map((to_status, index) => ({
          order_id: order.id,
          from_status: statuses[index - 1] ?? null,
          to_status,
          changed_by: null,
        })),
      )
      .execute()
    if (lines.length > 0) {
      await trx
        .insertInto('customer_order_lines')
        .values(
          lines.map((line, index) => ({
            order_id: order.id,
            organisation_id,
            position: index + 1,
            kind: 'item' as const,
            product_id: null,
            description: line.description,
            quantity: line.quantity,
            unit_code: 'C62',
            unit_price: line.unit_price,
            discount_percent: line.discount_percent,
            supply: 'service' as const,
            tax_rate_id: line.rate.id,
            tax_category: line.rate.category,
            tax_rate: line.rate.rate,
            exemption_text: line.rate.exemption_text,
            exemption_code: line.rate.exemption_code,
            net: line.net,
          })),
        )
        .execute()
      await trx
        .insertInto('customer_order_taxes')
        .values(
          sums.taxes.map((tax) => ({
            order_id: order.id,
            category: categoryOf(tax.category),
            rate: tax.rate,
            base: tax.base,
            amount: tax.amount,
          })),
        )
        .execute()
    }
    const { start_date } = made.recurrence
    await trx
      .insertInto('recurrences')
      .values({
        order_id: order.id,
        organisation_id,
        enabled: true,
        frequency: 'monthly',
        end_date: null,
        bill_from: start_date,
        service_period: 'calendar',
        payment_term_id: shop.term_id,
        initial_invoice_status: 'automatically_created',
        invoice_subject: 'Subscription {MMM} {YYYY}',
        document_date_preference: 'first_day_current_period',
        responsible_id: null,
        next_run_date: made.recurrence.bill_from ?? start_date,
        disabled_at: null,
        updated_by: null,
        ...made.recurrence,
      })
      .execute()
    return order.id
  })
}

/** The statuses an order went through until this one. */
function historyOf(status: OrderStatus): OrderStatus[] {
  if (status === 'created') return ['created']
  return status === 'approved' ? ['created', 'approved'] : ['created', 'approved', status]
}

function categoryOf(text: string): TaxCategory {
  const known = (['S', 'Z', 'E', 'AE', 'K', 'G', 'O'] as const).find((category) => category === text)
  if (known === undefined) throw new Error(`${text} is not a tax category`)
  return known
}
