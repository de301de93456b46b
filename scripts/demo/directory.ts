import type { Database } from '../../src/data/database.ts'
import { euCountryCodes } from '../../src/lib/choices.ts'
import { lineNet } from '../../src/lib/money.ts'
import type { TaxTreatment } from '../../src/lib/vocabulary.ts'
import { createAccount } from '../../src/services/accounts/save-account.ts'
import { createContact } from '../../src/services/contacts/save-contact.ts'
import { createProduct } from '../../src/services/products/save-product.ts'
import { createSupplier } from '../../src/services/suppliers/save-supplier.ts'
import { type AccountSpec, accounts } from './accounts.ts'
import { type ProductSpec, products, type SupplierSpec, suppliers } from './catalogue.ts'
import type { Chance } from './chance.ts'
import { type Company, idOf } from './company.ts'
import { digits, frenchVatNumber, gtin, siren, siret, vatNumber } from './identifiers.ts'

export type Directory = {
  /** By code. */
  accounts: ReadonlyMap<string, { id: string; currency: string; contact_id: string | null }>
  products: ReadonlyMap<string, string>
}

/** Customers with their contacts, suppliers, and what is sold. */
export async function makeDirectory(
  db: Database,
  company: Company,
  chance: Chance,
  step: () => void,
): Promise<Directory> {
  const made = new Map<string, { id: string; currency: string; contact_id: string | null }>()
  for (const spec of accounts) {
    step()
    const parent = spec.parent === undefined ? null : (made.get(spec.parent)?.id ?? null)
    const id = await createAccount(db, company.admin_id, accountForm(spec, parent, company, chance))
    const contacts: string[] = []
    for (const [name, title] of spec.contacts) {
      const form = {
        account_id: id,
        name,
        title,
        email: emailOf(name, spec),
        phone: phone(spec.country, chance),
      }
      contacts.push(await createContact(db, company.admin_id, form))
    }
    made.set(spec.code, { id, currency: spec.currency ?? 'EUR', contact_id: contacts[0] ?? null })
  }
  const supplierIds = new Map<string, string>()
  for (const spec of suppliers) {
    step()
    supplierIds.set(
      spec.code,
      await createSupplier(db, company.admin_id, supplierForm(spec, company, chance)),
    )
  }
  const productIds = new Map<string, string>()
  for (const spec of products) {
    step()
    const parts = {
      form: productForm(spec, company, chance),
      suppliers: suppliersOf(spec, supplierIds, chance),
    }
    productIds.set(spec.code, await createProduct(db, company.admin_id, parts))
  }
  return { accounts: made, products: productIds }
}

export const directorySize = accounts.length + suppliers.length + products.length

const languages: Readonly<Record<string, string>> = {
  FR: 'fr-FR',
  DE: 'de-DE',
  ES: 'es-ES',
  IT: 'it-IT',
  NL: 'nl-NL',
}

function accountForm(spec: AccountSpec, parent_id: string | null, company: Company, chance: Chance) {
  const { code, name, kind = 'business', country = 'FR' } = spec
  const isCompany = kind !== 'private_person'
  const number = country === 'FR' && isCompany ? siren(chance) : ''
  const treatment = spec.treatment ?? treatmentOf(kind, country)
  const domain = domainOf(spec)
  const main = isCompany ? `contact@${domain}` : `${code.toLowerCase()}@courriel.test`
  const { street, postal_code, city, region = '' } = spec
  return {
    code,
    name,
    legal_name: spec.legal_name ?? '',
    kind,
    parent_id,
    language: spec.language ?? languages[country] ?? 'en-GB',
    siren: number,
    siret: number === '' ? '' : siret(number),
    vat_number: number === '' ? vatNumber(chance, country) : frenchVatNumber(number),
    electronic_address: number,
    electronic_address_scheme: number === '' ? '' : '0225',
    buyer_reference: kind === 'public_body' ? `SERVICE-${digits(chance, 4)}` : '',
    tax_treatment: treatment,
    payment_term_id: spec.term === undefined ? null : idOf(company.terms, spec.term),
    currency: spec.currency ?? 'EUR',
    email: main,
    phone: phone(country, chance),
    website: isCompany ? `https://www.${domain}` : '',
    invoice_emails: isCompany ? [`factures@${domain}`] : [],
    street,
    street_2: '',
    street_3: '',
    postal_code,
    city,
    region,
    country,
    shipping_address:
      spec.shipping === undefined
        ? null
        : { ...spec.shipping, street_2: '', street_3: '', region: '', country },
  }
}

function treatmentOf(kind: AccountSpec['kind'], country: string): TaxTreatment {
  if (kind === 'private_person') return 'private'
  if (country === 'FR') return 'domestic'
  return euCountryCodes.includes(country) ? 'eu_business' : 'export'
}

function supplierForm(spec: SupplierSpec, company: Company, chance: Chance) {
  const { contact, title, ...rest } = spec
  const number = spec.country === 'FR' ? siren(chance) : ''
  const domain = `${spec.code.toLowerCase()}.test`
  return {
    ...rest,
    street_2: '',
    street_3: '',
    region: '',
    contact_name: contact,
    contact_title: title,
    email: `commandes@${domain}`,
    phone: phone(spec.country, chance),
    website: `https://www.${domain}`,
    siren: number,
    vat_number: number === '' ? vatNumber(chance, spec.country) : frenchVatNumber(number),
    currency: 'EUR',
    payment_term_id: idOf(company.terms, chance.pick(['30J', '45J', '30FDM'])),
  }
}

function productForm(spec: ProductSpec, company: Company, chance: Chance) {
  const goods = spec.kind === 'goods'
  return {
    code: spec.code,
    name: spec.name,
    description: spec.name,
    kind: spec.kind,
    unit_code: spec.unit,
    unit_price: spec.price,
    currency: 'EUR',
    tax_rate_id: idOf(company.rates, spec.rate),
    category: spec.category,
    packaging: goods ? chance.pick(['À l’unité', 'Carton', 'Palette complète sur demande']) : '',
    gtin: goods ? gtin(chance) : '',
    commodity_code: '',
    origin_country: goods ? chance.pick(['FR', 'FR', 'DE', 'IT']) : '',
  }
}

/** The preferred one is the cheapest: 58 to 72 % of the sales price, the others a little more. */
function suppliersOf(spec: ProductSpec, ids: ReadonlyMap<string, string>, chance: Chance) {
  const share = chance.whole(58, 72)
  return spec.suppliers.map((code, place) => ({
    supplier_id: idOf(ids, code),
    supplier_code: `${code.slice(0, 3)}-${digits(chance, 5)}`,
    purchase_price: lineNet(
      { quantity: String((share + place * 4) / 100), unit_price: spec.price, discount_percent: '0' },
      'EUR',
    ),
    currency: 'EUR',
    preferred: place === 0,
  }))
}

function domainOf(spec: AccountSpec): string {
  return `${spec.code.toLowerCase()}.test`
}

function emailOf(name: string, spec: AccountSpec): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return `${plain.replace(/[^a-z]+/g, '.')}@${domainOf(spec)}`
}

const prefixes: Readonly<Record<string, string>> = {
  FR: '+33 4 65 71',
  BE: '+32 4 500',
  DE: '+49 30 230',
  GB: '+44 20 7946',
  CH: '+41 32 510',
  US: '+1 701 555',
  LU: '+352 27 00',
  ES: '+34 976 00',
  IT: '+39 010 00',
  NL: '+31 10 200',
  MA: '+212 522 00',
}

function phone(country: string | undefined, chance: Chance): string {
  const rest = digits(chance, 4)
  return `${prefixes[country ?? 'FR'] ?? '+33 4 65 71'} ${rest.slice(0, 2)} ${rest.slice(2)}`
}
