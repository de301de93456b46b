import type { ImportKind, ImportPart } from '../../lib/vocabulary.ts'
import { customerColumns } from './customers.ts'
import { orderColumns, orderLineColumns } from './orders.ts'
import { productColumns } from './products.ts'
import { supplierColumns } from './suppliers.ts'
import { reasonColumn } from './table.ts'
import { userColumns } from './users.ts'

export type Columns = { readonly required: readonly string[]; readonly all: readonly string[] }

/** The columns of a kind's files, the required ones first. Only orders have a second file. */
export function columnsOf(kind: ImportKind, part: ImportPart): Columns {
  const { required, all } = part === 'lines' ? orderLineColumns : columns[kind]
  return { required, all: [...required, ...all.filter((column) => !required.includes(column))] }
}

const columns: Record<ImportKind, Columns> = {
  customers: customerColumns,
  suppliers: supplierColumns,
  products: productColumns,
  users: userColumns,
  orders: orderColumns,
}

export type ColumnCheck = {
  /** Columns that are taken, as the file orders them. */
  readonly taken: readonly string[]
  /** Those that are not, each with the column it may be meant for. */
  readonly not_taken: readonly { readonly name: string; readonly meant: string | null }[]
  /** Required ones that the file has not. */
  readonly missing: readonly string[]
}

/**
 * What a file's columns are taken for. A name that is not known is compared with those that the file lacks: a French word for it, or a
 * slip of a letter or two.
 *
 *     customers: Code, nom, postal_cod, fax → taken code; nom is meant for name, postal_cod for postal_code, fax for none; country is missing
 */
export function checkColumns(kind: ImportKind, part: ImportPart, found: readonly string[]): ColumnCheck {
  const { required, all } = columnsOf(kind, part)
  const lacking = all.filter((column) => !found.includes(column))
  return {
    taken: found.filter((name) => all.includes(name)),
    not_taken: found
      .filter((name) => name !== '' && name !== reasonColumn && !all.includes(name))
      .map((name) => ({ name, meant: meantFor(name, lacking) })),
    missing: required.filter((column) => !found.includes(column)),
  }
}

function meantFor(name: string, lacking: readonly string[]): string | null {
  const typed = plain(name)
  const translated = lacking.find((column) => (words[column] ?? []).includes(typed))
  if (translated !== undefined) return translated
  const near = lacking
    .map((column) => ({ column, distance: distance(typed, plain(column)) }))
    .filter(({ column, distance }) => distance <= (column.length > 5 ? 2 : 1))
    .sort((a, b) => a.distance - b.distance)
  return near[0]?.column ?? null
}

function plain(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
}

/** What other programs, and French ones, call these columns. */
const words: Readonly<Record<string, readonly string[]>> = {
  code: ['codeclient', 'codefournisseur', 'codeproduit', 'reference', 'ref', 'id', 'customerid', 'sku'],
  name: ['nom', 'raisonsociale', 'designation', 'libelle', 'company', 'companyname', 'productname'],
  legal_name: ['raisonsociale', 'denomination'],
  contact_name: ['contact', 'nomducontact', 'interlocuteur'],
  contact_title: ['fonction', 'titre'],
  title: ['fonction', 'titre', 'jobtitle'],
  first_name: ['prenom'],
  last_name: ['nom', 'nomdefamille'],
  email: ['courriel', 'mail', 'adressemail'],
  phone: ['telephone', 'tel'],
  website: ['siteweb', 'site', 'url', 'homepage'],
  vat_number: ['numerotva', 'tvaintracommunautaire', 'vat', 'vatid'],
  language: ['langue'],
  currency: ['devise', 'monnaie'],
  street: ['rue', 'adresse', 'address', 'adresse1', 'address1'],
  street_2: ['adresse2', 'address2'],
  street_3: ['adresse3', 'address3'],
  postal_code: ['codepostal', 'cp', 'zip', 'zipcode', 'postcode'],
  city: ['ville', 'town'],
  country: ['pays'],
  unit: ['unite'],
  unit_price: ['prix', 'prixunitaire', 'price', 'pu', 'puht'],
  supplier_code: ['codefournisseur', 'fournisseur', 'supplier', 'supplierid'],
  category: ['categorie', 'famille'],
  packaging: ['conditionnement', 'quantityperunit'],
  discontinued: ['arrete', 'obsolete'],
  number: ['numero', 'numerodecommande', 'ordernumber', 'orderid'],
  customer_code: ['codeclient', 'client', 'customer', 'customerid'],
  order_date: ['date', 'datedecommande'],
  subject: ['objet'],
  order_number: ['numerodecommande', 'commande', 'number', 'numero', 'order', 'orderid'],
  product_code: ['codeproduit', 'produit', 'article', 'product', 'productid', 'sku'],
  quantity: ['quantite', 'qte', 'qty'],
  discount_percent: ['remise', 'discount'],
}

/** How many letters must be put in, taken out or replaced (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (const [i, sign] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...b].entries()) {
      const replaced = (row[j] ?? 0) + (sign === other ? 0 : 1)
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
