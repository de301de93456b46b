import type { Database } from '../../src/data/database.ts'

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
