import type { Database } from '../../src/data/database.ts'
import { findImport, type ListedImport } from '../../src/data/import-log.ts'
import type { ImportKind } from '../../src/lib/vocabulary.ts'
import { attemptImport } from '../../src/services/imports/attempt-import.ts'
import { startImport } from '../../src/services/imports/start-import.ts'
import { uploadImport } from '../../src/services/imports/upload-import.ts'
import type { Shop } from './shop.ts'

export const customersCsv = `code,name,contact_name,country
ALFKI,Alfreds Futterkiste,Maria Anders,Germany
AROUT,Around the Horn,Thomas Hardy,UK
`
export const ordersCsv = `number,customer_code,order_date
10248,ALFKI,1996-07-04
10249,AROUT,1996-07-05
`
export const linesCsv = `order_number,product_code,unit_price,quantity
10248,CHAI,14.00,12
10249,CHAI,18.60,9
`

/** The shop's admin, as services are asked. */
export function adminOf(shop: Shop) {
  return { id: shop.admin_id, organisation_ids: [shop.organisation_id, shop.other_organisation_id] }
}

export function importOf(db: Database, shop: Shop, id: string): Promise<ListedImport> {
  return findImport(db, id, adminOf(shop).organisation_ids).then((row) => {
    if (row === undefined) throw new Error('the import is gone')
    return row
  })
}

/** Uploads files and checks them, as the page does. */
export async function checkedImport(
  db: Database,
  shop: Shop,
  kind: ImportKind,
  text: string | Buffer,
  lines?: string,
): Promise<ListedImport> {
  const attempt = await uploadImport(db, adminOf(shop), {
    organisation_id: shop.organisation_id,
    kind,
    files: [
      { part: 'main', name: `${kind}.csv`, content: Buffer.from(text) },
      ...(lines === undefined
        ? []
        : [{ part: 'lines' as const, name: 'lines.csv', content: Buffer.from(lines) }]),
    ],
  })
  await attemptImport(db, attempt)
  return importOf(db, shop, attempt.id)
}

/** Uploads, checks and imports. */
export async function madeImport(
  db: Database,
  shop: Shop,
  kind: ImportKind,
  text: string,
  lines?: string,
): Promise<ListedImport> {
  const { id } = await checkedImport(db, shop, kind, text, lines)
  const attempt = await startImport(db, adminOf(shop), id)
  if (attempt === undefined) throw new Error('it was imported already')
  await attemptImport(db, attempt)
  return importOf(db, shop, id)
}
