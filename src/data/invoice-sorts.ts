import { type Expression, type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import { type InvoiceStatus, invoiceStatuses } from '../lib/vocabulary.ts'
import type { Keyset, PageRequest } from './keyset.ts'
import { isAscending, type Lane, rowsInOrder, rowsOf, type Scan, stepsBeyond } from './scans.ts'
import type { DB } from './tables.ts'

/** `customer` is by what the billed account is called now, so that all invoices of an account stand together. */
export type InvoiceSort = 'date' | 'number' | 'customer' | 'due_date' | 'gross' | 'status'
/** How many values a cursor of this list has at most. */
export const invoiceSortKeys = 4

export type InvoiceListSort = { by: InvoiceSort; direction: 'asc' | 'desc' }

/** Invoices that match, selecting their id, with neither order nor limit. */
type Invoices = SelectQueryBuilder<DB, 'invoices', { id: string }>

/** By what a list of invoices is sorted. */
export function invoiceKeyset(sort: InvoiceListSort): Keyset {
  return { keys: keysOf(sort.by), direction: sort.direction }
}

/** The invoices among which a page is, found by the index that has the list's order in each organisation and status. */
export function invoiceScans(
  sort: InvoiceListSort,
  invoices: { from: Invoices; organisation_ids: readonly string[]; statuses: readonly InvoiceStatus[] },
): (page: PageRequest) => RawBuilder<unknown>[] {
  const { from, organisation_ids, statuses } = invoices
  return (page) => {
    const ascending = isAscending(sort.direction, page)
    const column = sql`invoices.organisation_id`
    const lanes: Lane[] = [{ column, type: 'uuid', values: organisation_ids }]
    const scan = { from, lanes, ascending, beyond: page.cursor?.values, limit: page.limit + 1 }
    return scansOf(sort.by)({ ...scan, keys: keysOf(sort.by) }, statuses)
  }
}

const id = sql`invoices.id`
// None is ever null, and each is like an index of invoices behind the organisation.
const byDate = [sql`invoices.document_date`, id]
const numbered = [sql`(invoices.number COLLATE document_numbers)`, ...byDate]
/** A draft shows the account as it is now. */
const accountName = (account: string) =>
  sql`(coalesce(nullif(${sql.ref(`${account}.legal_name`)}, ''), ${sql.ref(`${account}.name`)}) COLLATE "und-x-icu")`

function keysOf(by: InvoiceSort): Expression<unknown>[] {
  switch (by) {
    case 'date':
      return byDate
    case 'due_date':
      return [sql`invoices.due_date`, id]
    case 'gross':
      return [sql`invoices.gross`, id]
    // Drafts come before every number.
    case 'number':
      return [sql`(coalesce(invoices.number, '') COLLATE document_numbers)`, ...byDate]
    case 'status':
      return [sql`array_position(${[...invoiceStatuses]}::text[], invoices.status)`, ...byDate]
    case 'customer':
      return [
        sql`(SELECT ${accountName('a')} FROM accounts a WHERE a.id = invoices.account_id)`,
        sql`invoices.account_id`,
        ...byDate,
      ]
  }
}

type Scans = (scan: Scan, statuses: readonly InvoiceStatus[]) => RawBuilder<unknown>[]

/** The scans among whose rows the page is. */
function scansOf(by: InvoiceSort): Scans {
  switch (by) {
    case 'status':
      return byStatus
    case 'number':
      return byNumber
    case 'customer':
      return byCustomer
    default:
      return (scan, statuses) => [rowsOf(inStatuses(scan, statuses))]
  }
}

function inStatuses(scan: Scan, statuses: readonly InvoiceStatus[]): Scan {
  const lane: Lane = { column: sql`invoices.status`, type: 'text', values: statuses }
  return { ...scan, lanes: [...scan.lanes, lane] }
}

function byStatus(scan: Scan, statuses: readonly InvoiceStatus[]): RawBuilder<unknown>[] {
  const [place, ...beyond] = scan.beyond ?? []
  return statuses.flatMap((status) => {
    const steps = stepsBeyond(place, 1 + invoiceStatuses.indexOf(status), scan.ascending)
    if (steps < 0) return []
    return [rowsOf({ ...inStatuses(scan, [status]), keys: byDate, beyond: steps === 0 ? beyond : undefined })]
  })
}

function byNumber(scan: Scan, statuses: readonly InvoiceStatus[]): RawBuilder<unknown>[] {
  const [number, ...beyond] = scan.beyond ?? []
  const amongDrafts = number === ''
  const isDraft = (status: InvoiceStatus) => status === 'automatically_created' || status === 'created'
  const drafts = rowsOf({
    ...inStatuses(scan, statuses.filter(isDraft)),
    keys: byDate,
    beyond: amongDrafts ? beyond : undefined,
  })
  const others = rowsOf({
    ...inStatuses(
      scan,
      statuses.filter((status) => !isDraft(status)),
    ),
    from: scan.from.where('invoices.number', 'is not', null),
    keys: numbered,
    beyond: amongDrafts ? undefined : scan.beyond,
  })
  if (number === undefined) return [drafts, others]
  if (amongDrafts) return scan.ascending ? [drafts, others] : [drafts]
  return scan.ascending ? [others] : [drafts, others]
}

function byCustomer(scan: Scan, statuses: readonly InvoiceStatus[]): RawBuilder<unknown>[] {
  const order = {
    // Most accounts may have no invoice at all: one look each, instead of one in every organisation and status.
    people: sql`SELECT accounts.id, ${accountName('accounts')} AS name FROM accounts
      WHERE (SELECT true FROM invoices i WHERE i.account_id = accounts.id LIMIT 1)`,
    column: sql`invoices.account_id`,
  }
  const each = { ...inStatuses(scan, statuses), keys: byDate, beyond: undefined }
  const later = rowsInOrder(each, order, scan.beyond?.slice(0, 2))
  if (scan.beyond === undefined) return [later]
  const [, account, ...beyond] = scan.beyond
  const from = scan.from.where(sql<boolean>`invoices.account_id = ${account}::uuid`)
  return [rowsOf({ ...each, from, beyond }), later]
}
