import type { IsoDate } from '../../src/lib/dates.ts'

/** How large a shop is made, and what waits in it for the next run. */
export type ShopSize = {
  orders: number
  /** Lines of each order. */
  lines: number
  accounts: number
  products: number
  users: number
  /** Orders with one period due today. */
  due: number
  /** Orders with `periods` due by today. */
  behind: number
  periods: number
  /** Recurring orders whose next run date is still to come. */
  idle: number
  /** Drafts, made by the product's own run from further monthly orders of up to twelve periods. */
  invoices: number
}

export type ShopPlan = ShopSize & {
  /** The same seed and day make the same shop, but for ids and for what the clock decides. */
  seed: number
  /** Orders lie in the three years up to it. */
  today: IsoDate
}

/** Periods that are billed of an order which is there for its invoices. */
export const periodsBilled = 12

/** What a shop of so many orders usually has; what is told stands in its place. */
export function shopSize(orders: number, told: Partial<Omit<ShopSize, 'orders'>> = {}): ShopSize {
  return {
    orders,
    lines: 5,
    accounts: Math.min(5_000, Math.max(10, Math.ceil(orders / 20))),
    products: Math.min(2_000, Math.max(20, Math.ceil(orders / 50))),
    users: Math.min(60, Math.max(6, Math.ceil(orders / 2_000))),
    due: 0,
    behind: 0,
    periods: 12,
    idle: 0,
    invoices: 0,
    ...told,
  }
}

/** How many orders are made to recur for the sake of their invoices. */
export function ordersBilled(size: ShopSize): number {
  return Math.ceil(size.invoices / periodsBilled)
}

/** How many orders recur at all. */
export function ordersRecurring(size: ShopSize): number {
  return size.due + size.behind + size.idle + ordersBilled(size)
}
