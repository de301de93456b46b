import { listCreditedLines } from '../../data/credit-notes.ts'
import type { Database } from '../../data/database.ts'
import type { Invoice } from '../../data/invoices.ts'
import { listCreditedTaxes } from '../../data/payments.ts'
import { compare, subtract } from '../../lib/money.ts'
import type { Creditable } from './crediting.ts'

/** An issued invoice with what credit notes have taken from it, for the rule; under its lock nobody takes more meanwhile. */
export async function creditableOf(
  db: Database,
  invoice: Pick<Invoice, 'id' | 'currency' | 'gross' | 'credited' | 'lines' | 'taxes'>,
): Promise<Creditable> {
  const lines = new Map(
    (await listCreditedLines(db, invoice.id)).map((line) => [line.credited_line_id, line]),
  )
  const taxes = await listCreditedTaxes(db, invoice.id)
  return {
    currency: invoice.currency,
    gross: invoice.gross,
    credited: invoice.credited,
    lines: invoice.lines.flatMap((line) => {
      const { id, quantity, unit_price, discount_percent, net, tax_category, tax_rate } = line
      const isItem = quantity !== null && unit_price !== null && discount_percent !== null && net !== null
      if (!isItem || tax_category === null || tax_rate === null) return []
      const { part_quantity, part_share } = line
      const credited = lines.get(id) ?? nothing
      return [
        {
          id,
          quantity,
          unit_price,
          discount_percent,
          net,
          tax_category,
          tax_rate,
          part_quantity,
          part_share,
          credited,
        },
      ]
    }),
    taxes: invoice.taxes.map(({ category, rate, base }) => ({
      category,
      rate,
      base,
      credited: taxes
        .filter((tax) => tax.category === category && compare(tax.rate, rate) === 0)
        .reduce((so_far, tax) => subtract(so_far, tax.base), '0'),
    })),
  }
}

const nothing = { quantity: '0', net: '0', part_quantity: '0', part_share: '0' }
