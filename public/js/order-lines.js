import { announce } from './announce.js'
import { enhanceCombobox } from './combobox.js'
import { holdKeys } from './held-keys.js'

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
  const known = new WeakMap()
  const lines = {
    rows,
    indexOf,
    field,
    isItem,
    isWaiting,
    write,
    writeRow,
    insert,
    offerUndo,
    mark,
    focus,
    // Those of line-filter.js, which hides lines.
    changed: () => {},
    reveal: () => {},
    block: (row) => [row],
  }
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
  // Hundreds of pickers and lists of rates would be slow to make: each is made when it is first entered.
  body.addEventListener('focusin', ({ target }) => {
    if (nameOf(target) === 'product_code') makePicker(target.parentElement)
    if (nameOf(target) === 'tax_rate_id') offerAllRates(target)
  })
  body.addEventListener(
    'keydown',
    ({ key, shiftKey }) => {
      if (key === 'Enter' || key === 'Tab') lastKey = { key, shift: shiftKey }
    },
    true,
  )
  const keys = holdKeys(form, isUnsettled)
  body.addEventListener('keydown', onKey)
  form.addEventListener('keydown', onUndo)
  // Later on, Ctrl+Z is the browser's: it takes back what was typed.
  form.addEventListener('input', ({ target }) => {
    bringBack = undefined
    if (nameOf(target) === 'product_code') mark(target.closest('tr'))
  })
  form.addEventListener('click', onClick)
  body.addEventListener('combobox:chosen', ({ target, detail }) => take(target.closest('tr'), detail))
  body.addEventListener('combobox:free', ({ target, detail }) => leaveFree(target.closest('tr'), detail))
  for (const settled of ['chosen', 'free']) {
    // Other pickers go on by themselves first.
    form.addEventListener(
      `combobox:${settled}`,
      ({ target }) => body.contains(target) || setTimeout(keys.replay),
    )
  }

  function makePicker(picker) {
    if (picker.dataset.ready !== undefined) return
    picker.firstElementChild.spellcheck = false
    Object.assign(picker.dataset, {
      source: '/products',
      detail: 'unit_price currency',
      shows: 'code',
      none: form.dataset.pickerNone,
      found: form.dataset.pickerFound,
    })
    enhanceCombobox(picker)
  }

  function offerAllRates(select) {
    if (select.lastElementChild.value !== 'other') return
    const all = document.getElementById('row-item').content.querySelectorAll('option:not([value=""])')
    const own = [...select.options].slice(0, -1)
    const others = [...all].filter(({ value }) => own.every((option) => option.value !== value))
    select.replaceChildren(...own, ...others.map((option) => option.cloneNode(true)))
  }

  /** A product replaces what the row had from the one before; the server says with what. Its description may be typed on at once. */
  function take(row, { name, description }) {
    const input = field(row, 'description')
    if (input.value === '' || input.value === input.dataset.preset) {
      input.dataset.preset = description || name
      input.value = input.dataset.preset
    }
    mark(row)
    field(row, 'tax_rate_id').value = ''
    totals.ask()
    if (!lastKey.shift) focus(row, 'quantity')
    keys.replay()
  }

  /** A text that is no product becomes the description. Where nobody could be asked, it stays: it may be one. */
  function leaveFree(row, { text, unasked }) {
    if (text === '') return keys.replay()
    const [product, description] = [field(row, 'product_code'), field(row, 'description')]
    if (!unasked) {
      description.value = description.value === '' ? text : `${text}\n${description.value}`
      product.value = ''
      announce(form.dataset.free.replace('{text}', text))
    }
    mark(row)
    totals.ask()
    if (!lastKey.shift) focus(row, unasked || lastKey.key === 'Enter' ? 'quantity' : 'description')
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
    else focus(beside(row, 1) ?? add('item', row))
  }

  function onClick(event) {
    const button = event.target.closest('button[name="step"]')
    const [step, what] = button?.value.split(':') ?? []
    if (button === null || step === 'paste') return
    event.preventDefault()
    const row = button.closest('tr')
    if (step === 'up') move(row, -1, button)
    else if (step === 'down') move(row, 1, button)
    else if (step === 'remove') remove(row)
    else if (step === 'add') focus(add(what))
    else totals.ask()
  }

  /** Behind the given row, else behind the last one that holds something. */
  function add(kind, after = rows().findLast((row) => !isWaiting(row))) {
    const row = blank(kind)
    if (after === undefined) body.prepend(row)
    else after.after(row)
    renumber()
    return row
  }

  function blank(kind) {
    return document.getElementById(`row-${kind}`).content.firstElementChild.cloneNode(true)
  }

  /** Many rows at once: `order` names those that are there, undefined stands for a new one. Returns them all. */
  function insert(order) {
    const all = order.map((row) => row ?? blank('item'))
    let last
    for (const [at, row] of all.entries()) {
      if (order[at] === undefined) last === undefined ? body.prepend(row) : last.after(row)
      if (row.isConnected) last = row
    }
    renumber()
    return all
  }

  function move(row, step, focused) {
    const block = lines.block(row)
    let other = beside(row, step)
    // A folded section goes past the whole of its neighbour.
    if (block.length > 1 && step < 0)
      while (other && other.dataset.kind !== 'section' && beside(other, -1)) other = beside(other, -1)
    if (other === undefined) return
    if (step < 0) other.before(...block)
    else
      lines
        .block(other, block.length > 1)
        .at(-1)
        .after(...block)
    if (block.length === 1) {
      const index = indexOf(row)
      rename(row, indexOf(other))
      rename(other, index)
    }
    renumber()
    focused.focus()
    announce(form.dataset.moved.replace('{number}', String(rows().indexOf(row) + 1)))
    totals.ask()
  }

  /** The next row in sight. */
  function beside(row, step) {
    let other = row
    do other = step < 0 ? other.previousElementSibling : other.nextElementSibling
    while (other?.hidden)
    return other ?? undefined
  }

  /** The focus goes to the same field of the next line; Undo brings the line back where it was. */
  function remove(row, name) {
    const at = rows().indexOf(row)
    const next = beside(row, 1) ?? beside(row, -1)
    undo?.remove()
    row.remove()
    if (rows().length === 0) add('item')
    renumber()
    bringBack = undefined
    if (!isWaiting(row))
      offerUndo(form.dataset.removed.replace('{number}', String(at + 1)), () => {
        const before = rows()[at]
        if (before === undefined) body.append(row)
        else before.before(row)
        return row
      })
    focus(next ?? rows()[0], name)
    totals.ask()
  }

  /** Offered in the bar, which is in sight wherever the line stood. `act` brings back and returns the row to go to. */
  function offerUndo(sentence, act) {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'btn'
    button.textContent = form.dataset.undo
    const offer = document.createElement('p')
    offer.className = 'line-undo'
    offer.append(`${sentence} `, button)
    undo?.remove()
    form.querySelector('.form-bar-figures').append(offer)
    undo = offer
    announce(sentence)
    bringBack = () => {
      bringBack = undefined
      offer.remove()
      const row = act()
      renumber()
      focus(row)
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

  function isItem(row) {
    return row.dataset.kind === undefined
  }

  function isWaiting(row) {
    return (
      isItem(row) &&
      ['product_code', 'description', 'quantity', 'unit_price'].every((name) => field(row, name).value === '')
    )
  }

  /** Names and ids ascend with the rows, for the server reads them by their index; gaps are left, since renaming hundreds is slow. */
  function renumber() {
    let least = 0
    for (const [at, row] of rows().entries()) {
      const { data } = row.firstElementChild.lastChild
      if (data.trim() !== String(at + 1)) row.firstElementChild.lastChild.data = String(at + 1)
      if (!(indexOf(row) >= least)) rename(row, least)
      least = indexOf(row) + 1
    }
    lines.changed()
  }

  /** The n of its `lines[n]`; not a number while the row is new. */
  function indexOf(row) {
    return Number(row.firstElementChild.id.slice(2))
  }

  function rename(row, index) {
    for (const element of row.querySelectorAll(':not(option)')) {
      for (const { name, value } of element.attributes) {
        if (name === 'value' ? element.name !== 'step' : !/^(name|id|aria-)/.test(name)) continue
        const renamed = value.replace(/(^lines\[|\bl-|\blines-|^\w+:)(NEW|\d+)/g, `$1${index}`)
        if (renamed !== value) element.setAttribute(name, renamed)
      }
    }
  }

  /** Writes what the server filled in, but never over what was typed since it was asked. */
  function write(answer, sent) {
    const byIndex = new Map(answer.rows.map((row) => [row.index, row]))
    const texts = new Map(sent)
    for (const row of rows()) {
      const index = indexOf(row)
      const found = byIndex.get(index)
      if (found === undefined || !isItem(row)) continue
      const untouched = (name) => field(row, name)?.value === (texts.get(`lines[${index}][${name}]`) ?? '')
      if (!['product_id', 'product_code'].every(untouched) || isTyping(row)) continue
      writeRow(row, found, untouched)
    }
  }

  /** Somebody is typing in its picker. */
  function isTyping(row) {
    const input = field(row, 'product_code')
    return document.activeElement === input && isUnsettled(input)
  }

  function writeRow(row, found, untouched = () => true) {
    for (const name of filled) {
      const input = field(row, name)
      if (input.value !== found[name] && untouched(name)) input.value = found[name]
    }
    for (const name of unseen) {
      const input = field(row, name)
      if (input?.type === 'hidden' && input.value !== found[name]) input.value = found[name]
    }
    say(field(row, 'tax_rate_id').options[0], found.automatic)
    say(row.querySelector('.c-net'), found.net)
  }

  function say(element, text) {
    if (element.textContent !== text) element.textContent = text
  }

  /** Says what is wrong with the product, below the description, where there is room; or takes it away. */
  function mark(row, sentence) {
    const input = field(row, 'product_code')
    if (input === undefined) return
    document.getElementById(input.getAttribute('aria-describedby'))?.remove()
    for (const name of ['id', 'aria-invalid', 'aria-describedby']) input.removeAttribute(name)
    if (sentence === undefined) return
    lines.reveal(row)
    const error = document.createElement('div')
    error.className = 'field-error'
    input.id = `lines-${indexOf(row)}-product-code`
    error.id = `${input.id}-error`
    error.textContent = sentence
    input.setAttribute('aria-invalid', 'true')
    input.setAttribute('aria-describedby', error.id)
    field(row, 'description').after(error)
  }

  /** A picker with a text that is no record yet. */
  function isUnsettled(input) {
    return input.value !== '' && input.closest('.combobox')?.querySelector('[type="hidden"]')?.value === ''
  }

  /** Rows keep their fields, so that each is looked for once. */
  function field(row, name) {
    let found = known.get(row)
    if (found === undefined) {
      // The first of several radio buttons stands for them.
      const named = [...row.querySelectorAll('[name]')].reverse()
      found = new Map(named.map((element) => [nameOf(element), element]))
      known.set(row, found)
    }
    return found.get(name)
  }

  function nameOf(element) {
    return /\[(\w+)\]$/.exec(element.name)?.[1]
  }

  function focus(row, name = 'product_code') {
    lines.reveal(row)
    const target = field(row, name) ?? field(row, 'description')
    target?.focus()
    if (target?.type === 'text') target.select()
  }

  return lines
}
