import { sql } from 'kysely'
import type { Database, Trx } from '../../src/data/database.ts'
import { euCountryCodes } from '../../src/lib/choices.ts'
import type { TaxTreatment } from '../../src/lib/vocabulary.ts'
import type { Chance } from '../demo/chance.ts'
import { digits, frenchVatNumber, gtin, siren, siret, vatNumber } from '../demo/identifiers.ts'
import type { ShopSize } from './sizes.ts'
import { companyWords, familyNames, firstNames, places, productWords } from './words.ts'

/** Customers with their contacts, suppliers and products: thought up here, written a table in one statement. */
export async function makeDirectory(db: Database, size: ShopSize, chance: Chance): Promise<void> {
  const accounts = Array.from({ length: size.accounts }, (_, index) => accountOf(index + 1, chance))
  const contacts = accounts.flatMap((account) => contactsOf(account, chance))
  const suppliers = Array.from({ length: Math.max(3, Math.ceil(size.products / 20)) }, (_, index) =>
    supplierOf(index + 1, chance),
  )
  const products = Array.from({ length: size.products }, (_, index) => productOf(index + 1, chance))
  await db.transaction().execute(async (trx) => {
    await insertAccounts(trx, accounts)
    await insertContacts(trx, contacts)
    await insertSuppliers(trx, suppliers)
    await insertProducts(trx, products)
  })
}

type NewAccount = ReturnType<typeof accountOf>

function accountOf(n: number, chance: Chance) {
  const [country, language, city, postal_code] = chance.pick(places)
  const isPrivate = chance.percent(6)
  const name = isPrivate
    ? `${chance.pick(firstNames)} ${chance.pick(familyNames)}`
    : `${chance.pick(companyWords)} ${chance.pick(familyNames)}`
  const number = country === 'FR' && !isPrivate ? siren(chance) : ''
  const vat = isPrivate ? '' : number === '' ? vatNumber(chance, country) : frenchVatNumber(number)
  const code = `C${String(n).padStart(5, '0')}`
  const tax_treatment = treatmentOf(country, vat, isPrivate)
  return {
    code,
    name,
    legal_name: isPrivate || chance.percent(60) ? '' : `${name} ${chance.pick(['SAS', 'SARL', 'SA'])}`,
    kind: isPrivate ? 'private_person' : 'business',
    language,
    siren: number,
    siret: number === '' ? '' : siret(number),
    vat_number: vat,
    tax_treatment,
    currency: country === 'CH' ? 'CHF' : country === 'GB' ? 'GBP' : 'EUR',
    email: `contact@${code.toLowerCase()}.test`,
    phone: country === 'FR' ? `+33 4 65 71 ${digits(chance, 2)} ${digits(chance, 2)}` : '',
    street: `${chance.whole(1, 180)} rue ${chance.pick(familyNames)}`,
    postal_code,
    city,
    country,
    /** A depot of its own, where goods go. */
    depot: chance.percent(15) ? `${chance.whole(1, 90)} zone industrielle Est` : null,
    term: chance.percent(40) ? chance.pick(['0', '30', '30EOM', '45EOM', '60']) : null,
  }
}

function treatmentOf(country: string, vat: string, isPrivate: boolean): TaxTreatment {
  if (isPrivate) return 'private'
  if (country === 'FR') return 'domestic'
  if (!euCountryCodes.includes(country)) return 'export'
  return vat === '' ? 'domestic' : 'eu_business'
}

function contactsOf(account: NewAccount, chance: Chance) {
  return Array.from({ length: chance.whole(0, 3) }, (_, index) => ({
    account: account.code,
    name: `${chance.pick(firstNames)} ${chance.pick(familyNames)}`,
    title: chance.pick(['Direction', 'Achats', 'Comptabilité', 'Services techniques']),
    email: `contact-${index + 1}@${account.code.toLowerCase()}.test`,
  }))
}

function supplierOf(n: number, chance: Chance) {
  const number = siren(chance)
  return {
    code: `F${String(n).padStart(4, '0')}`,
    name: `${chance.pick(companyWords)} ${chance.pick(familyNames)}`,
    contact_name: `${chance.pick(firstNames)} ${chance.pick(familyNames)}`,
    siren: number,
    vat_number: frenchVatNumber(number),
    street: `${chance.whole(1, 180)} avenue ${chance.pick(familyNames)}`,
    city: chance.pick(places.slice(0, 12))[2],
  }
}

function productOf(n: number, chance: Chance) {
  const [word, kind, unit_code, rate] = chance.pick(productWords)
  return {
    code: `${kind === 'service' ? 'S' : 'P'}${String(n).padStart(5, '0')}`,
    name: `${word} ${chance.pick(['A', 'B', 'C', 'Pro', 'Confort', 'Essentiel', 'XL', '2026'])} ${n}`,
    kind,
    unit_code,
    rate: `FR-${rate}`,
    // Most are cheap, some are not, and a price may have more decimals than the currency.
    unit_price: `${chance.percent(80) ? chance.whole(2, 240) : chance.whole(250, 9_800)}.${digits(chance, chance.percent(90) ? 2 : 4)}`,
    category: word,
    gtin: kind === 'goods' ? gtin(chance) : '',
    supplier: chance.percent(60) ? chance.whole(1, 3) : null,
  }
}

async function insertAccounts(trx: Trx, accounts: readonly NewAccount[]): Promise<void> {
  await sql`
    INSERT INTO accounts (code, name, legal_name, kind, language, siren, siret, vat_number, electronic_address,
      electronic_address_scheme, tax_treatment, payment_term_id, currency, email, phone, street, postal_code, city, country,
      shipping_address)
    SELECT a.code, a.name, a.legal_name, a.kind, a.language, a.siren, a.siret, a.vat_number, a.siren,
      CASE WHEN a.siren = '' THEN '' ELSE '0225' END, a.tax_treatment, t.id, a.currency, a.email, a.phone, a.street,
      a.postal_code, a.city, a.country,
      CASE WHEN a.depot IS NOT NULL THEN jsonb_build_object('name', a.name, 'street', a.depot, 'street_2', '', 'street_3', '',
        'postal_code', a.postal_code, 'city', a.city, 'region', '', 'country', a.country) END
    FROM jsonb_to_recordset(${JSON.stringify(accounts)}::jsonb) AS a(code text, name text, legal_name text, kind text,
      language text, siren text, siret text, vat_number text, tax_treatment text, currency text, email text, phone text,
      street text, postal_code text, city text, country text, depot text, term text)
    LEFT JOIN payment_terms t ON t.code = a.term
    ORDER BY a.code`.execute(trx)
}

async function insertContacts(
  trx: Trx,
  contacts: readonly ReturnType<typeof contactsOf>[number][],
): Promise<void> {
  await sql`
    INSERT INTO contacts (account_id, name, title, email)
    SELECT a.id, c.name, c.title, c.email
    FROM jsonb_to_recordset(${JSON.stringify(contacts)}::jsonb) AS c(account text, name text, title text, email text)
    JOIN accounts a ON a.code = c.account
    ORDER BY c.email`.execute(trx)
}

async function insertSuppliers(trx: Trx, suppliers: readonly ReturnType<typeof supplierOf>[]): Promise<void> {
  await sql`
    INSERT INTO suppliers (code, name, contact_name, siren, vat_number, language, currency, street, city, country)
    SELECT s.code, s.name, s.contact_name, s.siren, s.vat_number, 'fr-FR', 'EUR', s.street, s.city, 'FR'
    FROM jsonb_to_recordset(${JSON.stringify(suppliers)}::jsonb)
      AS s(code text, name text, contact_name text, siren text, vat_number text, street text, city text)
    ORDER BY s.code`.execute(trx)
}

async function insertProducts(trx: Trx, products: readonly ReturnType<typeof productOf>[]): Promise<void> {
  await sql`
    CREATE TEMPORARY TABLE new_products ON COMMIT DROP AS
    SELECT * FROM jsonb_to_recordset(${JSON.stringify(products)}::jsonb) AS p(code text, name text, kind text,
      unit_code text, rate text, unit_price numeric, category text, gtin text, supplier int)`.execute(trx)
  await sql`
    INSERT INTO products (code, name, description, kind, unit_code, unit_price, currency, tax_rate_id, category, gtin)
    SELECT p.code, p.name, p.name, p.kind, p.unit_code, p.unit_price, 'EUR', t.id, p.category, p.gtin
    FROM new_products p JOIN tax_rates t ON t.code = p.rate
    ORDER BY p.code`.execute(trx)
  await sql`
    INSERT INTO product_suppliers (product_id, supplier_id, supplier_code, purchase_price, currency, preferred)
    SELECT q.id, s.id, 'REF-' || q.code, round(q.unit_price * 0.6, 2), 'EUR', true
    FROM new_products p
    JOIN products q ON q.code = p.code
    JOIN suppliers s ON s.code = 'F' || lpad(p.supplier::text, 4, '0')`.execute(trx)
}
