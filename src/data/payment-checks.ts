import type { DataCheck } from './data-checks.ts'

/** What payments and the lines of the bank must come to. */
export const paymentChecks: readonly DataCheck[] = [
  {
    name: 'invoices say what their payments come to',
    query: `SELECT format('invoice %s says %s is paid, its payments come to %s', coalesce(i.number, i.id::text), i.paid, coalesce(p.paid, 0)) AS problem
      FROM invoices i LEFT JOIN (SELECT invoice_id, sum(amount) AS paid FROM payments GROUP BY invoice_id) p ON p.invoice_id = i.id
      WHERE i.paid <> coalesce(p.paid, 0)`,
  },
  {
    name: 'invoices are called paid where they are',
    query: `SELECT format('invoice %s is %s, with %s paid and %s open', coalesce(i.number, i.id::text), i.status, i.paid, i.open) AS problem
      FROM invoices i WHERE i.kind <> 'credit_note' AND (i.status = 'paid') <> (i.issued_at IS NOT NULL AND i.open = 0 AND i.paid > 0)`,
  },
  {
    name: 'shares of payments add up to them',
    query: `SELECT format('the shares of a payment of %s on invoice %s come to %s', p.amount, i.number, coalesce(t.amount, 0)) AS problem
      FROM payments p JOIN invoices i ON i.id = p.invoice_id
      LEFT JOIN (SELECT payment_id, sum(amount) AS amount FROM payment_taxes GROUP BY payment_id) t ON t.payment_id = p.id
      WHERE p.amount IS DISTINCT FROM t.amount`,
  },
  {
    name: 'bank lines say what is entered of them',
    query: `SELECT format('line %s of statement %s says %s is matched, its payments come to %s', b.line, s.name, b.matched, coalesce(p.matched, 0)) AS problem
      FROM bank_lines b JOIN bank_statements s ON s.id = b.statement_id
      LEFT JOIN (SELECT bank_line_id, sum(amount) AS matched FROM payments GROUP BY bank_line_id) p ON p.bank_line_id = b.id
      WHERE b.matched <> coalesce(p.matched, 0)`,
  },
]
