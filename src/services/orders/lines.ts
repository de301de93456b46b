import type { FieldError } from '../../languages/catalog.ts'
import type { IsoDate } from '../../lib/dates.ts'
import { isNegative, negate, plainDecimal } from '../../lib/money.ts'

/** A record that a form names: by its id, or by what was typed, a code or an exact name. */
export type Named = { readonly id: string | null; readonly text: string }

/** A line as the form says it. Figures are decimals; null is what was left empty, or could not be read and is in `wrong`. */
export type LineInput = {
  /** The n of `lines[n]`, which names its fields. */
  readonly index: number
  /** Its place as the person counts, from 1. */
  readonly number: number
  /** The stored line it changes; null for a new one. */
  readonly id: string | null
  readonly kind: 'item' | 'section' | 'comment'
  readonly product: Named
  /** The product whose values the fields were last filled with, if the form knows. */
  readonly filled_from: string | null
  readonly description: string
  readonly quantity: string | null
  /** A unit code; '' takes the preset. */
  readonly unit: string
  readonly unit_price: string | null
  readonly discount_percent: string | null
  /** A rate that overrules the one that comes by itself; null for that one. */
  readonly tax_rate_id: string | null
  /** The rate that came by itself when the form was made, to say what changed. */
  readonly tax_preset: string | null
  /** Fields whose text could not be read; their mistakes are known already. */
  readonly wrong: readonly string[]
}

/** A form as it was read, before it is held against the records. Undefined is what the form did not name: on an order that exists, it stays. */
export type OrderInput = {
  readonly subject: string
  readonly account: Named
  readonly contact_id: string | null | undefined
  readonly quote_id: string | null
  readonly customer_order_number: string | undefined
  readonly assigned_to_id: string | null | undefined
  /** Null takes the preset. */
  readonly organisation_id: string | null
  /** Null takes the preset. */
  readonly currency: string | null
  /** Null takes the preset. */
  readonly order_date: IsoDate | null
  readonly shipping_address:
    | {
        readonly [K in
          | 'name'
          | 'street'
          | 'street_2'
          | 'street_3'
          | 'postal_code'
          | 'city'
          | 'region'
          | 'country']: string
      }
    | null
  /** The account whose addresses the form was filled with. */
  readonly filled_from_account_id: string | null
  readonly lines: readonly LineInput[] | undefined
  /** What could not be read. */
  readonly mistakes: readonly FieldError[]
}

/** The most lines an order may have. */
export const mostLines = 10_000

/** A price is never negative: one typed below zero moves its sign to the quantity, so that the net stays the same. */
export function withPositivePrice(line: { quantity: string; unit_price: string }): {
  quantity: string
  unit_price: string
} {
  if (!isNegative(line.unit_price)) {
    return { quantity: plainDecimal(line.quantity), unit_price: plainDecimal(line.unit_price) }
  }
  return { quantity: negate(line.quantity), unit_price: negate(line.unit_price) }
}
