import { announce } from './announce.js'
import { enhanceCombobox } from './combobox.js'
import { holdKeys } from './held-keys.js'

/** The fields of a row from left to right. */
const fields = [
  'product_code',
  'description',
  'quantity',
  'unit',
  'unit_price',
  'discount_percent',
  'tax_rate_id',
]
/** What the server fills in, and the fields that go with it unseen. */
const filled = ['product_code', 'description', 'quantity', 'unit', 'unit_price', 'discount_percent']
const unseen = ['filled_from', 'tax_preset', 'product_id']

/**
 * The line editor: rows are added, moved and removed in the page; their names follow their order. Keys: Enter goes on along the
 * line and to the next one, Alt+↑ and Alt+↓ move it, Alt+Delete removes it; until something is typed, Ctrl+Z brings it back.
 */
export function startLines(form, totals) {
  const body = form.querySelector('#order-lines tbody')
  const rows = () => [...body.children]
  const field = (row, name) => row.querySelector(`[name$="[${name}]"]`)
  let undo
  let bringBack
  let lastKey = { key: '', shift: false }

  form.querySelector('.line-keys').hidden = false
  leaveOneWaiting()
  // With scripts the id is posted with the text; without them the text alone, so that neither contradicts the other.
  for (const row of rows()) {
    const hidden = field(row, 'product_id')
    if (hidden?.type === 'hidden') hidden.value ||= hidden.dataset.id ?? field(row, 'filled_from').value
  }
  // Hundreds of pickers would be slow to make: each is made when it is first entered.
  body.addEventListener('focusin', ({ target }) => {
    const picker = target.closest('[data-picker]')
    if (picker !== null) makePicker(picker)
  })
  body.addEventListener(
    'keydown',
    ({ key, shiftKey }) => {
      lastKey = { key, shift: shiftKey }
    },
    true,
  )
  const keys = holdKeys(
    body,
    (target) => nameOf(target) === 'product_code' && isUnsettled(target.closest('tr')),
  )
  body.addEventListener('keydown', onKey)
  form.addEventListener('keydown', onUndo)
  // Later on, Ctrl+Z is the browser's: it takes back what was typed.
  form.addEventListener('input', () => {
    bringBack = undefined
  })
  form.addEventListener('click', onClick)
  body.addEventListener('combobox:chosen', ({ target, detail }) => take(target.closest('tr'), detail))
  body.addEventListener('combobox:free', ({ target, detail }) => leaveFree(target.closest('tr'), detail.text))

  function makePicker(picker) {
    if (picker.dataset.ready !== undefined) return
    Object.assign(picker.dataset, {
      source: '/products',
      detail: 'unit_price currency',
      shows: 'code',
      none: form.dataset.pickerNone,
      found: form.dataset.pickerFound,
    })
    enhanceCombobox(picker)
  }

  /** A product replaces what the row had from the one before; the server says with what. */
  function take(row) {
    field(row, 'tax_rate_id').value = ''
    totals.ask()
    if (!lastKey.shift) focus(row, 'quantity')
    keys.replay()
  }

  /** A text that is no product becomes the description. */
  function leaveFree(row, text) {
    if (text === '') return keys.replay()
    const [product, description] = [field(row, 'product_code'), field(row, 'description')]
    description.value = description.value === '' ? text : `${text}\n${description.value}`
    product.value = ''
    announce(form.dataset.free.replace('{text}', text))
    totals.ask()
    if (!lastKey.shift) focus(row, lastKey.key === 'Enter' ? 'quantity' : 'description')
    keys.replay()
  }

  function onKey(event) {
    const row = event.target.closest('tr')
    if (row === null || event.isComposing) return
    const { key, altKey, ctrlKey, metaKey, shiftKey } = event
    if (ctrlKey || metaKey) return
    // The picker was left by this very key and the focus is where it belongs: Tab must not carry it further.
    if (key === 'Tab' && event.target !== document.activeElement) return event.preventDefault()
    if (altKey && (key === 'ArrowUp' || key === 'ArrowDown')) {
      event.preventDefault()
      move(row, key === 'ArrowUp' ? -1 : 1, event.target)
    } else if (altKey && key === 'Delete') {
      event.preventDefault()
      remove(row, nameOf(event.target))
    } else if (key === 'Enter' && !altKey && !shiftKey && event.target.matches('input, select')) {
      onEnter(event, row)
    }
  }

  function onUndo(event) {
    const { key, altKey, ctrlKey, metaKey, shiftKey } = event
    if (bringBack === undefined || key.toLowerCase() !== 'z' || altKey || shiftKey || !(ctrlKey || metaKey))
      return
    event.preventDefault()
    bringBack()
  }

  function onEnter(event, row) {
    const name = nameOf(event.target)
    // The picker takes Enter for itself while it has a text that is not chosen yet.
    if (event.defaultPrevented) return
    event.preventDefault()
    if (name === 'product_code') focus(row, 'quantity')
    else focus(row.nextElementSibling ?? add('item', row), 'product_code')
  }

  function onClick(event) {
    const button = event.target.closest('button[name="step"]')
    if (button === null) return
    const [step] = button.value.split(':')
    event.preventDefault()
    const row = button.closest('tr')
    if (step === 'up') move(row, -1, button)
    else if (step === 'down') move(row, 1, button)
    else if (step === 'remove') remove(row)
    else if (step === 'add') focusFirst(add(button.value.slice(4)))
    else totals.ask()
  }

  /** Behind the given row, else behind the last one that holds something. */
  function add(kind, after = rows().findLast((row) => !isWaiting(row))) {
    const row = document.getElementById(`row-${kind}`).content.firstElementChild.cloneNode(true)
    if (after === undefined) body.prepend(row)
    else after.after(row)
    renumber()
    return row
  }

  function move(row, step, focused) {
    const other = step < 0 ? row.previousElementSibling : row.nextElementSibling
    if (other === null) return
    if (step < 0) other.before(row)
    else other.after(row)
    renumber()
    focused.focus()
    announce(form.dataset.moved.replace('{number}', String(rows().indexOf(row) + 1)))
    totals.ask()
  }

  /** The focus goes to the same field of the next line; Undo brings the line back where it was. */
  function remove(row, name = 'product_code') {
    const number = rows().indexOf(row) + 1
    const next = row.nextElementSibling ?? row.previousElementSibling
    undo?.remove()
    row.remove()
    if (rows().length === 0) add('item')
    renumber()
    offerUndo(row, number)
    focus(next ?? rows()[0], name)
    totals.ask()
  }

  /** Offered in the bar, which is in sight wherever the line stood. */
  function offerUndo(row, number) {
    bringBack = undefined
    if (isWaiting(row)) return
    const sentence = form.dataset.removed.replace('{number}', String(number))
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'btn'
    button.textContent = form.dataset.undo
    const offer = document.createElement('p')
    offer.className = 'line-undo'
    offer.append(`${sentence} `, button)
    form.querySelector('.form-bar-figures').append(offer)
    undo = offer
    announce(sentence)
    bringBack = () => {
      bringBack = undefined
      const before = rows()[number - 1]
      if (before === undefined) body.append(row)
      else before.before(row)
      offer.remove()
      renumber()
      focusFirst(row)
      totals.ask()
    }
    button.addEventListener('click', bringBack)
  }

  /** Without scripts three empty rows wait; here one is enough, Enter makes the next. */
  function leaveOneWaiting() {
    const all = rows()
    const waiting = all.slice(all.findLastIndex((row) => !isWaiting(row)) + 1)
    for (const row of waiting.slice(1)) row.remove()
  }

  function isWaiting(row) {
    return (
      row.dataset.kind === 'item' &&
      ['product_code', 'description', 'quantity', 'unit_price'].every(
        (name) => field(row, name)?.value === '',
      )
    )
  }

  /** Names, ids and numbers follow the order of the rows: the server reads them by their index. */
  function renumber() {
    for (const [index, row] of rows().entries()) {
      if (row.firstElementChild.id === `l-${index}`) continue
      row.querySelector('[data-number]').textContent = String(index + 1)
      for (const element of row.querySelectorAll('[name]')) {
        element.name = element.name.replace(/^lines\[\w+\]/, `lines[${index}]`)
        if (element.name === 'step') element.value = element.value.replace(/:\w+$/, `:${index}`)
      }
      for (const element of row.querySelectorAll('[id]')) {
        element.id = element.id.replace(/^(l|lines)-(NEW|\d+)/, `$1-${index}`)
      }
      for (const attribute of ['aria-labelledby', 'aria-describedby']) {
        for (const element of row.querySelectorAll(`[${attribute}]`)) {
          const ids = element.getAttribute(attribute)
          element.setAttribute(attribute, ids.replace(/\b(l|lines)-(NEW|\d+)/g, `$1-${index}`))
        }
      }
    }
  }

  /** Writes what the server filled in, but never over what was typed since it was asked. */
  function write(answer, sent) {
    const byIndex = new Map(answer.rows.map((row) => [row.index, row]))
    for (const [index, row] of rows().entries()) {
      const found = byIndex.get(index)
      if (found === undefined || row.dataset.kind !== 'item') continue
      const untouched = (name) => field(row, name)?.value === (sent.get(`lines[${index}][${name}]`) ?? '')
      if (!['product_id', 'product_code'].every(untouched) || isUnsettled(row)) continue
      for (const name of filled) {
        const input = field(row, name)
        if (input.value !== found[name] && untouched(name)) input.value = found[name]
      }
      for (const name of unseen) {
        const input = field(row, name)
        if (input?.type === 'hidden') input.value = found[name]
      }
      const select = field(row, 'tax_rate_id')
      select.options[0].textContent = found.automatic
      row.querySelector('[data-net]').textContent = found.net
    }
  }

  /** Somebody is typing in the picker. */
  function isUnsettled(row) {
    const input = field(row, 'product_code')
    return document.activeElement === input && input.value !== '' && field(row, 'product_id')?.value === ''
  }

  function nameOf(element) {
    return fields.find((name) => element.name?.endsWith(`[${name}]`))
  }

  function focus(row, name) {
    const target = field(row, name ?? 'product_code') ?? field(row, 'description')
    target?.focus()
    if (target?.type === 'text') target.select()
  }

  function focusFirst(row) {
    focus(row, 'product_code')
  }

  return { write }
}
