import { sql } from 'kysely'
import type { Trx } from './database.ts'

/**
 * Brings the progress kept on the orders' lines up to the documents, in the transaction that made, issued, credited or deleted
 * one; call it after that, under the orders' locks.
 *
 * What a document's line takes is `part_quantity`, or `part_share` of what is ordered; both are absent where a line bills no part,
 * as those of recurring invoices. `drafted_quantity` is the sum of the parts in drafts, `invoiced_quantity` that of the parts issued,
 * each rounded to six decimals. A credit note's parts have the opposite sign of those they credit, as its quantities have, and
 * count only where what it credits is billable again (`reopens`).
 */
export async function moveProgress(trx: Trx, orderIds: readonly string[]): Promise<void> {
  if (orderIds.length === 0) return
  await sql`
    UPDATE customer_order_lines l SET drafted_quantity = p.drafted, invoiced_quantity = p.invoiced
    FROM (
      SELECT ol.id,
        ${partsWhere(sql`i.issued_at IS NULL AND i.kind <> 'credit_note'`)} AS drafted,
        ${partsWhere(sql`i.issued_at IS NOT NULL AND (i.kind <> 'credit_note' OR i.reopens)`)} AS invoiced
      FROM customer_order_lines ol
      LEFT JOIN invoice_lines x ON x.order_line_id = ol.id AND num_nonnulls(x.part_quantity, x.part_share) = 1
      LEFT JOIN invoices i ON i.id = x.invoice_id
      WHERE ol.order_id = ANY(${orderIds}::uuid[]) AND ol.kind = 'item'
      GROUP BY ol.id
    ) p
    WHERE l.id = p.id AND (l.drafted_quantity, l.invoiced_quantity) <> (p.drafted, p.invoiced)`.execute(trx)
}

/** Lets the parts of a draft's lines follow their quantities, where they are parts by quantity; call it before `moveProgress`. */
export async function followQuantities(trx: Trx, invoiceId: string): Promise<void> {
  await sql`UPDATE invoice_lines SET part_quantity = quantity
    WHERE invoice_id = ${invoiceId} AND part_quantity <> quantity`.execute(trx)
}

/** The sum of the parts for which a condition holds, in the unit of the order's line. */
function partsWhere(condition: ReturnType<typeof sql>) {
  return sql`round(coalesce(sum(x.part_quantity) FILTER (WHERE ${condition}), 0)
    + coalesce(sum(x.part_share) FILTER (WHERE ${condition}), 0) * ol.quantity, 6)`
}
