import type { FastifyRequest } from 'fastify'
import { say } from '../../languages/translate.ts'
import type { Fields } from '../../lib/fields.ts'
import { moneyText, plainDecimal, priceText } from '../../lib/money.ts'
import { errorsJson } from '../../plugins/answers.ts'
import type { FilledOrder } from '../../services/orders/order-form.ts'
import { figuresOf } from './form-page.ts'
import { rowsOf } from './form-rows.ts'

type Priced = Pick<FilledOrder, 'currency' | 'lines' | 'totals' | 'errors' | 'notices'>

/**
 * A form's lines filled in and priced, with the totals and the mistakes: what the calculation of an order and of a draft answer alike.
 * Under `rows` and `shown` stands what scripts write into the page.
 */
export function pricedJson(request: FastifyRequest, fields: Fields, filled: Priced) {
  const { totals, currency } = filled
  const money = (amount: string) => moneyText(amount, currency)
  return {
    lines: filled.lines.map((line) => ({
      index: line.input.index,
      number: line.input.number,
      kind: line.input.kind,
      product_id: line.product?.id ?? null,
      description: line.description,
      quantity: decimalOrNull(line.quantity),
      unit: line.input.kind === 'item' ? line.unit : null,
      unit_price: line.unit_price === null ? null : priceText(line.unit_price, currency),
      discount_percent: decimalOrNull(line.discount_percent),
      tax_rate_id: line.rate?.id ?? null,
      tax_rate: decimalOrNull(line.rate?.rate ?? null),
      net: line.net === null ? null : money(line.net),
    })),
    taxes: totals.taxes.map(({ category, rate, base, amount }) => ({
      category,
      rate: plainDecimal(rate),
      base: money(base),
      amount: money(amount),
    })),
    net: money(totals.net),
    tax: money(totals.tax),
    gross: money(totals.gross),
    errors: errorsJson(request, filled.errors),
    notices: filled.notices.map((notice) => say(request.language, notice)),
    rows: rowsOf(request.language, fields, filled, []),
    shown: figuresOf(request, filled),
  }
}

function decimalOrNull(value: string | null): string | null {
  return value === null ? null : plainDecimal(value)
}
