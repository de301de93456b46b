import type { LineInput, OrderInput } from '../../src/services/orders/lines.ts'
import type { Author } from '../../src/services/orders/order-form.ts'
import type { Shop } from './shop.ts'

/** The shop's user, who works in the first organisation alone. */
export function authorOf(shop: Shop): Author {
  return { organisation_id: shop.organisation_id, organisation_ids: [shop.organisation_id] }
}

/** An order's form, of the account in Paris and without lines unless told; its lines are counted. */
export function orderInput(shop: Shop, changes: Partial<OrderInput>): OrderInput {
  return {
    subject: 'Maintenance 2026',
    account: { id: shop.accounts.paris, text: '' },
    contact_id: null,
    quote_id: null,
    customer_order_number: '',
    assigned_to_id: null,
    organisation_id: null,
    currency: null,
    order_date: null,
    shipping_address: null,
    filled_from_account_id: null,
    mistakes: [],
    ...changes,
    lines: changes.lines?.map((line, index) => ({ ...line, index, number: index + 1 })),
  }
}

/** An item line of a form, empty but for what is told. */
export function item(line: Partial<LineInput>): LineInput {
  return {
    index: 0,
    number: 1,
    id: null,
    kind: 'item',
    product: { id: null, text: '' },
    filled_from: null,
    description: '',
    quantity: null,
    unit: '',
    unit_price: null,
    discount_percent: null,
    tax_rate_id: null,
    tax_preset: null,
    wrong: [],
    ...line,
  }
}
