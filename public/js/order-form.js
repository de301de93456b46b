import { startLineFilter } from './line-filter.js'
import { startPaste } from './line-paste.js'
import { startLines } from './order-lines.js'
import { startTotals } from './order-totals.js'
import { keepUnsavedCopy } from './unsaved-copy.js'

const form = document.getElementById('order-form')
const totals = startTotals(form)
const lines = startLines(form, totals)
totals.write = lines.write
startLineFilter(form, lines)
startPaste(form, lines, totals)

form.addEventListener('input', (event) => {
  // A text in a picker is nothing until it is settled.
  if (/^choices\[|\[product_code\]$|^account_code$/.test(event.target.name)) return
  totals.ask()
})
for (const name of ['order_date', 'document_date', 'currency', 'organisation_id']) {
  form.elements[name]?.addEventListener('change', () => totals.ask())
}
// An invoice has its account from its order.
form.elements['account_code']?.addEventListener('combobox:chosen', () => totals.ask())
const notice = document.getElementById('unsaved-copy')
if (notice !== null) keepUnsavedCopy(form, notice)
form.dispatchEvent(new Event('form:ready'))
