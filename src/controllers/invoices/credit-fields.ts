import { z } from 'zod'
import type { FieldError } from '../../languages/catalog.ts'
import type { Language } from '../../languages/sentences.ts'
import { currencyDecimals } from '../../lib/currencies.ts'
import { parseDecimalText } from '../../lib/decimal-text.ts'
import { Fields } from '../../lib/fields.ts'
import { checkbox, choice, decimal, type Parsed, parseFields, text } from '../../lib/form-schema.ts'
import type { CreditRequest } from '../../services/invoices/credit-invoice.ts'
import { creditCauses, reopensByCause } from '../../services/invoices/credit-refusals.ts'
import type { CreditWish } from '../../services/invoices/crediting.ts'

const creditModes = ['all', 'lines', 'amount'] as const

/** Reads the form of a credit note, shape only. Without a word on `reopen` the cause decides, and without a cause it is no. */
export function parseCredit(
  typed: Fields,
  { language, currency }: { language: Language; currency: string },
): Parsed<CreditRequest> {
  // Issuing anew credits the whole: a program need not say so.
  const isAnew = typed.text('reissue') !== '' && typed.text('mode') === ''
  const fields = isAnew ? new Fields([...typed.entries, ['mode', 'all']]) : typed
  const parsed = parseFields(schema, fields)
  if (!parsed.ok) return parsed
  const { mode, cause, reopen, reissue, reason } = parsed.value
  const wish = parseWish(mode, fields, { language, currency })
  if (!wish.ok) return wish
  const byCause = mode !== 'amount' && reopensByCause(cause === '' ? null : cause)
  return {
    ok: true,
    value: { wish: wish.value, reopen: reopen === '' ? byCause : reopen === 'on', reissue, reason },
  }
}

const schema = z.object({
  mode: choice(creditModes, { missing: 'credits.mode.missing' }),
  cause: choice([...creditCauses, ''], { preset: '' }),
  reopen: choice(['on', 'off', ''], { preset: '' }),
  reissue: checkbox(),
  reason: text({ max: 500 }),
})

function parseWish(
  mode: (typeof creditModes)[number],
  fields: Fields,
  { language, currency }: { language: Language; currency: string },
): Parsed<CreditWish> {
  if (mode === 'all') return { ok: true, value: { mode } }
  if (mode === 'amount') {
    const amount = decimal({
      language,
      currency,
      decimals: currencyDecimals(currency),
      missing: 'credits.amount.missing',
    })
    const parsed = parseFields(z.object({ amount }), fields)
    return parsed.ok ? { ok: true, value: { mode, amount: parsed.value.amount ?? '0' } } : parsed
  }
  const errors: FieldError[] = []
  const quantities = new Map<string, string>()
  for (const [id, typed] of fields.group('quantities')) {
    const read = parseDecimalText(typed, { language, decimals: 6 })
    if (read.ok) quantities.set(id, read.value)
    else if (read.mistake !== 'empty')
      errors.push({ field: `quantities[${id}]`, message: { key: 'credits.quantity.wrong' } })
  }
  return errors.length > 0 ? { ok: false, errors } : { ok: true, value: { mode, quantities } }
}
