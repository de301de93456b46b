import type { DataCheck } from './data-checks.ts'

/** What an issued number holds of its series' format: what stands before the counter, the counter, what stands after it. */
const pattern = (() => {
  const literal = (part: string) => `regexp_replace(${part}, '([^A-Za-z0-9])', '\\\\\\1', 'g')`
  const before = literal(`replace(split_part(s.format, '{number}', 1), '{YYYY}', s.year::text)`)
  return `'^' || ${before} || '([0-9]{4,})' || ${literal(`split_part(s.format, '{number}', 2)`)} || '$'`
})()

const seriesOfInvoice = `s.organisation_id = i.organisation_id AND s.kind <> 'order'
  AND s.year = extract(year FROM i.document_date) AND i.number ~ (${pattern})`

/** Every issued document with the series that it is numbered in and the place it has there. */
const numbered = `numbered AS (
  SELECT i.id, i.number, i.document_date, i.kept_late, s.organisation_id, s.kind, s.year, s.next_number, s.last_date,
    (regexp_match(i.number, ${pattern}))[1]::bigint AS place
  FROM invoices i JOIN number_series s ON ${seriesOfInvoice}
  WHERE i.issued_at IS NOT NULL)`

const parts = (condition: string) => `round(coalesce(sum(x.part_quantity) FILTER (WHERE ${condition}), 0)
  + coalesce(sum(x.part_share) FILTER (WHERE ${condition}), 0) * l.quantity, 6)`

/** The invariants of issued documents (docs/rules/numbers.md). */
export const issuedChecks: readonly DataCheck[] = [
  {
    name: 'issued invoices are numbered in one series of their organisation and year',
    query: `SELECT format('invoice %s of %s is numbered in %s series', i.number, i.document_date, count(s.kind)) AS problem
      FROM invoices i LEFT JOIN number_series s ON ${seriesOfInvoice}
      WHERE i.issued_at IS NOT NULL GROUP BY i.id, i.number, i.document_date HAVING count(s.kind) <> 1`,
  },
  {
    name: 'no two issued invoices have the same number',
    query: `SELECT format('%s invoices have the number %s', count(*), number) AS problem
      FROM invoices WHERE number IS NOT NULL GROUP BY organisation_id, number HAVING count(*) > 1`,
  },
  {
    name: 'issued numbers have no gap',
    query: `WITH ${numbered}
      SELECT format('%s series of %s: %s numbers are given from %s to %s, and it goes on at %s', kind, year, count(*), min(place), max(place), next_number) AS problem
      FROM numbered GROUP BY organisation_id, kind, year, next_number
      HAVING count(*) <> max(place) - min(place) + 1 OR max(place) <> next_number - 1`,
  },
  {
    name: 'issued numbers are in order of date, unless a date was kept',
    query: `WITH ${numbered}
      SELECT format('invoice %s of %s comes after one of %s', number, document_date, latest) AS problem
      FROM (SELECT *, max(document_date) OVER (PARTITION BY organisation_id, kind, year ORDER BY place
          ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS latest FROM numbered) n
      WHERE latest > document_date AND NOT kept_late`,
  },
  {
    name: 'series stand at the last date that they gave',
    query: `WITH ${numbered}
      SELECT format('the %s series of %s stands at %s, its last invoice is of %s', kind, year, coalesce(last_date::text, 'no date'), max(document_date)) AS problem
      FROM numbered GROUP BY organisation_id, kind, year, last_date HAVING last_date IS DISTINCT FROM max(document_date)`,
  },
  {
    name: 'issued invoices keep both parties',
    query: `SELECT format('invoice %s does not name its seller and its buyer', number) AS problem
      FROM invoices WHERE issued_at IS NOT NULL
        AND (coalesce(seller ->> 'name', '') = '' OR coalesce(buyer ->> 'name', '') = '')`,
  },
  {
    name: 'taxes in a second currency are those of the exchange rate',
    query: `SELECT format('invoice %s: %s %s at %s is not %s %s', i.number, i.tax, i.currency, i.exchange_rate, i.vat_currency_tax, i.vat_currency) AS problem
      FROM invoices i LEFT JOIN currencies c ON c.code = i.vat_currency
      WHERE num_nulls(i.vat_currency, i.vat_currency_tax, i.exchange_rate) NOT IN (0, 3)
        OR i.vat_currency_tax <> round(i.tax * i.exchange_rate, c.decimals)`,
  },
  {
    name: 'the progress of order lines is that of their documents',
    query: `SELECT format('line %s of order %s: %s in drafts and %s invoiced are kept, the documents make %s and %s', position, o.number, p.drafted_quantity, p.invoiced_quantity, p.drafted, p.invoiced) AS problem
      FROM (SELECT l.id, l.order_id, l.position, l.drafted_quantity, l.invoiced_quantity,
          ${parts(`i.issued_at IS NULL AND i.kind <> 'credit_note'`)} AS drafted,
          ${parts(`i.issued_at IS NOT NULL AND (i.kind <> 'credit_note' OR i.reopens)`)} AS invoiced
        FROM customer_order_lines l
        LEFT JOIN invoice_lines x ON x.order_line_id = l.id AND num_nonnulls(x.part_quantity, x.part_share) = 1
        LEFT JOIN invoices i ON i.id = x.invoice_id
        WHERE l.kind = 'item' GROUP BY l.id) p
      JOIN customer_orders o ON o.id = p.order_id
      WHERE (p.drafted_quantity, p.invoiced_quantity) <> (p.drafted, p.invoiced)`,
  },
]
