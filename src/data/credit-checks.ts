import type { DataCheck } from './data-checks.ts'

const notes = `invoice_references r JOIN invoices c ON c.id = r.invoice_id AND c.kind = 'credit_note' AND c.issued_at IS NOT NULL`

/** The invariants of credit notes (docs/rules/credit-notes.md). */
export const creditChecks: readonly DataCheck[] = [
  {
    name: 'what is credited of an invoice is what its credit notes say',
    query: `SELECT format('invoice %s: %s is kept as credited, its credit notes come to %s', i.number, i.credited, coalesce(n.due, 0)) AS problem
      FROM invoices i LEFT JOIN (SELECT r.preceding_invoice_id AS id, -sum(c.due) AS due FROM ${notes} GROUP BY 1) n ON n.id = i.id
      WHERE i.kind <> 'credit_note' AND i.credited <> coalesce(n.due, 0)`,
  },
  {
    name: 'no invoice is credited beyond what it was',
    query: `SELECT format('invoice %s of %s: %s is credited', number, gross, credited) AS problem
      FROM invoices WHERE kind <> 'credit_note' AND (credited * sign(gross) < 0 OR abs(credited) > abs(gross))`,
  },
  {
    name: 'no line is credited beyond its quantity',
    query: `SELECT format('line %s of invoice %s: %s of %s is credited', l.position, i.number, -n.quantity, l.quantity) AS problem
      FROM invoice_lines l JOIN invoices i ON i.id = l.invoice_id
      JOIN (SELECT credited_line_id AS id, sum(quantity) AS quantity FROM invoice_lines WHERE credited_line_id IS NOT NULL GROUP BY 1) n
        ON n.id = l.id
      WHERE n.quantity * sign(l.quantity) > 0 OR abs(n.quantity) > abs(l.quantity)`,
  },
  {
    name: 'every credit note names the invoice it corrects',
    query: `SELECT format('credit note %s names %s invoices', c.number, count(r.preceding_invoice_id)) AS problem
      FROM invoices c LEFT JOIN invoice_references r ON r.invoice_id = c.id
      WHERE c.kind = 'credit_note' AND c.issued_at IS NOT NULL GROUP BY c.id, c.number HAVING count(r.preceding_invoice_id) = 0`,
  },
]
