import { sql } from 'kysely'
import type { Database, Trx } from './database.ts'
import { linesIn } from './document-lines.ts'
import { findInvoiceHeader, type InvoiceHeader } from './invoice-lists.ts'
import type { OccurrenceKey } from './occurrences.ts'
import type { NewRow, Row } from './tables.ts'

export type InvoiceLine = Row<'invoice_lines'>
export type InvoiceTax = Row<'invoice_taxes'>
export type InvoiceNote = Row<'invoice_notes'>

type Parts = {
  /** By position. */
  lines: InvoiceLine[]
  /** Ascending by rate, then category. */
  taxes: InvoiceTax[]
  notes: InvoiceNote[]
}

/** An invoice as it is stored. */
export type Invoice = Row<'invoices'> & Parts

/** An invoice whole, with what its references are called. */
export type InvoiceRecord = InvoiceHeader &
  Parts &
  Pick<
    Row<'invoices'>,
    | 'contract_reference'
    | 'buyer_reference'
    | 'language'
    | 'payment_term_text'
    | 'delivery_date'
    | 'redated_from'
    | 'kept_late'
    | 'rounding'
    | 'due'
  > & {
    /** The selling party whole, as it was at issue, or for a draft as it is now. */
    selling_party: unknown
    payment_term_name: string | null
    order_account_name: string | null
    created_by_name: string | null
    issued_by_name: string | null
  }

/** An invoice of these organisations, with lines, taxes, notes and names. */
export async function findInvoice(
  db: Database,
  id: string,
  organisationIds: readonly string[],
): Promise<InvoiceRecord | undefined> {
  const header = await findInvoiceHeader(db, id, organisationIds)
  if (header === undefined) return undefined
  const more = await db
    .selectFrom('invoices as i')
    .innerJoin('organisations as g', 'g.id', 'i.organisation_id')
    .leftJoin('payment_terms as t', 't.id', 'i.payment_term_id')
    .leftJoin('accounts as a', 'a.id', 'i.order_account_id')
    .leftJoin('users as u', 'u.id', 'i.created_by')
    .leftJoin('users as issuer', 'issuer.id', 'i.issued_by')
    .where('i.id', '=', id)
    .select([
      'i.contract_reference',
      'i.buyer_reference',
      'i.language',
      'i.payment_term_text',
      'i.delivery_date',
      'i.redated_from',
      'i.kept_late',
      'i.rounding',
      'i.due',
      't.name as payment_term_name',
      'a.name as order_account_name',
      'u.name as created_by_name',
      'issuer.name as issued_by_name',
      sql<unknown>`coalesce(i.seller, jsonb_build_object(
        'name', coalesce(nullif(g.legal_name, ''), g.name), 'street', g.street, 'street_2', g.street_2, 'street_3', g.street_3,
        'postal_code', g.postal_code, 'city', g.city, 'region', g.region, 'country', g.country,
        'siren', g.siren, 'siret', g.siret, 'vat_number', g.vat_number))`.as('selling_party'),
    ])
    .executeTakeFirst()
  return more === undefined ? undefined : { ...header, ...more, ...(await findParts(db, id)) }
}

/** The invoice's row, locked until the transaction ends, with its parts. */
export async function lockInvoice(
  trx: Trx,
  id: string,
  organisationIds: readonly string[],
): Promise<Invoice | undefined> {
  const invoice = await rowOf(trx, id, organisationIds).forUpdate().executeTakeFirst()
  return invoice === undefined ? undefined : { ...invoice, ...(await findParts(trx, id)) }
}

/** The same without a lock. */
export async function findStoredInvoice(
  db: Database,
  id: string,
  organisationIds: readonly string[],
): Promise<Invoice | undefined> {
  const invoice = await rowOf(db, id, organisationIds).executeTakeFirst()
  return invoice === undefined ? undefined : { ...invoice, ...(await findParts(db, id)) }
}

function rowOf(db: Database, id: string, organisationIds: readonly string[]) {
  return db
    .selectFrom('invoices')
    .selectAll()
    .where('id', '=', id)
    .where(sql<boolean>`organisation_id = ANY(${[...organisationIds]}::uuid[])`)
}

async function findParts(db: Database, id: string): Promise<Parts> {
  const lines = await db
    .selectFrom('invoice_lines')
    .selectAll()
    .where('invoice_id', '=', id)
    .orderBy('position')
    .execute()
  const taxes = await db
    .selectFrom('invoice_taxes')
    .selectAll()
    .where('invoice_id', '=', id)
    .orderBy('rate')
    .orderBy('category')
    .execute()
  const notes = await db
    .selectFrom('invoice_notes')
    .selectAll()
    .where('invoice_id', '=', id)
    .orderBy('position')
    .execute()
  return { lines, taxes, notes }
}

/** What a line holds beside its invoice; `id` where the line exists already. Positions are 1, 2, 3 … */
export type InvoiceLineRecord = Required<
  Pick<
    NewRow<'invoice_lines'>,
    | 'position'
    | 'kind'
    | 'product_id'
    | 'product_code'
    | 'description'
    | 'quantity'
    | 'unit_code'
    | 'unit_price'
    | 'discount_percent'
    | 'supply'
    | 'tax_rate_id'
    | 'tax_category'
    | 'tax_rate'
    | 'exemption_text'
    | 'exemption_code'
    | 'rounding'
    | 'net'
  >
> & { id?: string; product_code: string }

export type InvoiceTaxRecord = Omit<NewRow<'invoice_taxes'>, 'invoice_id'>

/** What a draft may change; the version and who changed it last go with it. */
export type DraftChange = Pick<
  NewRow<'invoices'>,
  | 'subject'
  | 'document_date'
  | 'due_date'
  | 'delivery_date'
  | 'payment_term_id'
  | 'payment_term_text'
  | 'customer_order_number'
  | 'contact_id'
  | 'net'
  | 'tax'
  | 'gross'
  | 'due'
> & { updated_by: string }

/**
 * Replaces a draft's content under its lock. Lines with an id are changed in place, so that what they bill stays; lines left out are
 * removed; the others are added. The database checks at the commit that they add up.
 */
export async function updateDraft(
  trx: Trx,
  draft: { id: string; organisation_id: string },
  change: DraftChange,
  lines: readonly InvoiceLineRecord[],
  taxes: readonly InvoiceTaxRecord[],
): Promise<void> {
  const kept = lines.filter((line) => line.id !== undefined)
  const added = lines.filter((line) => line.id === undefined)
  await draftLines.deleteAllBut(trx, draft.id, kept)
  await draftLines.update(trx, draft.id, kept)
  await draftLines.insert(trx, draft, added)
  await trx.deleteFrom('invoice_taxes').where('invoice_id', '=', draft.id).execute()
  if (taxes.length > 0) {
    await trx
      .insertInto('invoice_taxes')
      .values(taxes.map((tax) => ({ ...tax, invoice_id: draft.id })))
      .execute()
  }
  await trx
    .updateTable('invoices')
    .set({ ...change, updated_at: sql`now()`, version: sql`version + 1` })
    .where('id', '=', draft.id)
    .execute()
}

export async function setDraftStatus(
  trx: Trx,
  id: string,
  change: { status: 'automatically_created' | 'created'; by: string },
): Promise<void> {
  await trx
    .updateTable('invoices')
    .set({
      status: change.status,
      updated_at: sql`now()`,
      updated_by: change.by,
      version: sql`version + 1`,
    })
    .where('id', '=', id)
    .execute()
}

/** Removes a draft with its parts; the database refuses it for an issued one. */
export async function deleteDraft(trx: Trx, id: string): Promise<void> {
  await sql`DELETE FROM invoice_allowances WHERE invoice_id = ${id}`.execute(trx)
  await sql`DELETE FROM invoice_references WHERE invoice_id = ${id}`.execute(trx)
  await trx.deleteFrom('invoice_notes').where('invoice_id', '=', id).execute()
  await trx.deleteFrom('invoice_taxes').where('invoice_id', '=', id).execute()
  await trx.deleteFrom('invoice_lines').where('invoice_id', '=', id).execute()
  await trx.deleteFrom('invoices').where('id', '=', id).execute()
}

/** The periods that an invoice bills; several where they were merged, none where it is no recurring one. */
export async function listOccurrencesOfInvoice(db: Database, id: string): Promise<OccurrenceKey[]> {
  return db
    .selectFrom('recurrence_occurrences')
    .select(['order_id', 'frequency', 'period_start'])
    .where('invoice_id', '=', id)
    .orderBy('order_id')
    .orderBy('frequency')
    .orderBy('period_start')
    .execute()
}

/**
 * How a draft's order stands beside it now, where the order was changed after the draft was made; undefined where nothing of what it
 * bills changed. A status or a date of the order is no change of it. What a person changed on the draft itself counts only if the
 * order was saved since.
 */
export async function findChangedOrder(
  db: Database,
  invoiceId: string,
): Promise<{ net: string; currency: string } | undefined> {
  const { rows } = await sql<{ net: string; currency: string }>`
    SELECT o.net, o.currency
    FROM invoices i JOIN customer_orders o ON o.id = i.order_id
    WHERE i.id = ${invoiceId} AND i.issued_at IS NULL AND o.version > i.order_version
      AND (i.updated_by IS NULL OR EXISTS (
        SELECT FROM audit_entries e
        WHERE e.subject_type = 'order' AND e.subject_id = o.id AND e.action = 'updated' AND e.at > i.created_at))
      AND EXISTS (
        (SELECT ${billedColumns} FROM customer_order_lines l WHERE l.order_id = o.id AND l.kind = 'item'
          AND (i.source = 'recurring' OR l.id IN (SELECT x.order_line_id FROM invoice_lines x WHERE x.invoice_id = i.id))
         EXCEPT ALL SELECT ${billedColumns} FROM invoice_lines l WHERE l.invoice_id = i.id AND l.kind = 'item')
        UNION ALL
        (SELECT ${billedColumns} FROM invoice_lines l WHERE l.invoice_id = i.id AND l.kind = 'item'
         EXCEPT ALL SELECT ${billedColumns} FROM customer_order_lines l WHERE l.order_id = o.id AND l.kind = 'item'))`.execute(
    db,
  )
  return rows[0]
}

const billedColumns = sql`l.product_id, l.description, l.unit_code, l.unit_price, l.discount_percent, l.quantity, l.net`

export type InvoiceHistoryEntry = { at: string; who: string | null; action: string; changes: unknown }

/** What happened to an invoice, newest first. */
export async function listHistoryOfInvoice(db: Database, id: string): Promise<InvoiceHistoryEntry[]> {
  const rows = await db
    .selectFrom('audit_entries as e')
    .leftJoin('users as u', 'u.id', 'e.user_id')
    .select(['e.at', 'e.actor', 'u.name', 'e.subject_type', 'e.action', 'e.changes'])
    // What is filed with it stands under its id, too.
    .where('e.subject_type', 'in', ['invoice', 'document', 'activity'])
    .where('e.subject_id', '=', id)
    .orderBy('e.id', 'desc')
    .limit(200)
    .execute()
  return rows.map(({ at, actor, name, subject_type, action, changes }) => ({
    at,
    who: name ?? (actor === '' ? null : actor),
    action: subject_type === 'invoice' ? action : `${subject_type}_${action}`,
    changes,
  }))
}

/** Whether a draft was deleted, and by whom, for whoever comes a second time. */
export async function findDeletionOfInvoice(
  db: Database,
  id: string,
  organisationIds: readonly string[],
): Promise<{ at: string; who: string | null; changes: unknown } | undefined> {
  const row = await db
    .selectFrom('audit_entries as e')
    .leftJoin('users as u', 'u.id', 'e.user_id')
    .select(['e.at', 'u.name', 'e.changes'])
    .where('e.subject_type', '=', 'invoice')
    .where('e.subject_id', '=', id)
    .where('e.action', '=', 'deleted')
    .where(sql<boolean>`e.organisation_id = ANY(${[...organisationIds]}::uuid[])`)
    .executeTakeFirst()
  return row === undefined ? undefined : { at: row.at, who: row.name, changes: row.changes }
}

const draftLines = linesIn('invoice_lines', 'invoice_id', [['rounding', 'numeric']])
