import { alarm, announce } from './announce.js'

const pause = 120
const most = 8
let count = 0

/**
 * Makes the markup of shared/combobox.eta a WAI-ARIA combobox over the list that its address answers as JSON. Sends, bubbling:
 * `combobox:chosen` (detail: the record), `combobox:cleared` (the text was changed, nothing is chosen), `combobox:free` (detail:
 * `{ text, unasked }`: the field was left by Tab or Enter with a text that is no record, or that nobody could be asked about).
 */
export function enhanceCombobox(root) {
  if (root.dataset.ready !== undefined) return
  root.dataset.ready = ''
  const input = root.querySelector('input[type="text"]')
  const hidden = root.querySelector('input[type="hidden"]')
  const list = document.createElement('ul')
  list.id = `listbox-${++count}`
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-label', input.labels?.[0]?.textContent.trim() ?? '')
  list.hidden = true
  const none = document.createElement('p')
  none.className = 'combobox-none'
  none.textContent = root.dataset.none
  none.hidden = true
  root.append(list, none)
  for (const [name, value] of [
    ['role', 'combobox'],
    ['aria-autocomplete', 'list'],
    ['aria-expanded', 'false'],
    ['aria-controls', list.id],
  ])
    input.setAttribute(name, value)
  // Without this script the text alone is posted, so that an id never contradicts it.
  if (hidden !== null && hidden.value === '') hidden.value = hidden.dataset.id ?? ''

  let items = []
  let active = -1
  let moved = false
  let answered
  let asking
  let timer

  const text = () => input.value.trim()
  const exact = () => items.find((item) => same(item.code ?? item.number, text()))
  const isChosen = () => hidden !== null && hidden.value !== ''

  function send(name, detail) {
    input.dispatchEvent(new CustomEvent(`combobox:${name}`, { bubbles: true, detail }))
  }

  function close() {
    list.hidden = true
    none.hidden = true
    input.setAttribute('aria-expanded', 'false')
    input.removeAttribute('aria-activedescendant')
  }

  function activate(index) {
    active = index
    for (const [at, row] of [...list.children].entries())
      row.setAttribute('aria-selected', String(at === index))
    if (index >= 0) input.setAttribute('aria-activedescendant', `${list.id}-${index}`)
    else input.removeAttribute('aria-activedescendant')
  }

  function show() {
    list.replaceChildren(
      ...items.map((item, index) => rowOf(item, `${list.id}-${index}`, root.dataset.detail)),
    )
    list.hidden = items.length === 0
    none.hidden = items.length > 0
    input.setAttribute('aria-expanded', String(items.length > 0))
    activate(items.length > 0 ? 0 : -1)
    moved = false
    const found = (root.dataset.found ?? '').replace('{count}', String(items.length))
    announce(items.length > 0 ? found : root.dataset.none)
  }

  /** Asks for the text now in the field; resolves when its answer is there, to false when it came to nothing. */
  function ask(now) {
    clearTimeout(timer)
    asking?.stop.abort()
    const wanted = text()
    const stop = new AbortController()
    const answer = (async () => {
      if (!now) await wait(stop.signal)
      if (stop.signal.aborted) return false
      try {
        const found = await fetchItems(root.dataset.source, wanted, stop.signal)
        if (wanted !== text() || stop.signal.aborted) return false
        items = found.slice(0, most)
        answered = wanted
        alarm('')
        return true
      } catch {
        if (!stop.signal.aborted) alarm(document.body.dataset.comboboxOffline ?? '')
        return false
      } finally {
        if (asking?.stop === stop) asking = undefined
      }
    })()
    asking = { stop, answer }
    return answer
  }

  function wait(signal) {
    return new Promise((resolve) => {
      timer = setTimeout(resolve, pause)
      signal.addEventListener('abort', resolve)
    })
  }

  function take(item) {
    input.value = item[root.dataset.shows || 'code'] ?? item.code ?? item.number ?? item.name
    if (hidden !== null) hidden.value = item.id
    answered = undefined
    close()
    send('chosen', item)
  }

  function leaveFree(unasked = false) {
    close()
    if (root.dataset.kept && !unasked) announce(root.dataset.kept)
    send('free', { text: text(), unasked })
  }

  /** Enter takes the active row, Tab only an exact code or a row the arrows went to. */
  function settle(key) {
    const item = moved ? items[active] : (exact() ?? (key === 'Enter' ? items[active] : undefined))
    if (item !== undefined) take(item)
    else leaveFree()
  }

  async function settleAfterAnswer(event) {
    event.preventDefault()
    const { key, shiftKey } = event
    const before = text()
    const there = await (asking?.answer ?? ask(true))
    if (before !== text() || document.activeElement !== input) return
    if (there) settle(key)
    else leaveFree(true)
    if (key === 'Tab' && document.activeElement === input) focusNeighbour(input, shiftKey)
  }

  input.addEventListener('input', async () => {
    if (isChosen()) {
      hidden.value = ''
      send('cleared')
    }
    answered = undefined
    if (text() === '') {
      asking?.stop.abort()
      clearTimeout(timer)
      return close()
    }
    if ((await ask(false)) && document.activeElement === input && !isChosen()) show()
  })

  input.addEventListener('keydown', (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return
    const open = !list.hidden
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (event.altKey && !open) return
      event.preventDefault()
      if (!open) return void ask(true).then((there) => there && show())
      const step = event.key === 'ArrowDown' ? 1 : -1
      activate((active + step + items.length) % items.length)
      moved = true
    } else if (event.key === 'Escape' && (open || !none.hidden)) {
      event.preventDefault()
      event.stopPropagation()
      close()
    } else if (event.key === 'Enter' || event.key === 'Tab') {
      if (text() === '' || isChosen()) return close()
      if (answered !== text()) return void settleAfterAnswer(event)
      if (event.key === 'Enter') event.preventDefault()
      settle(event.key)
    }
  })

  list.addEventListener('pointerdown', (event) => event.preventDefault())
  list.addEventListener('click', (event) => {
    const row = event.target.closest('[role="option"]')
    if (row !== null) take(items[[...list.children].indexOf(row)])
  })
  input.addEventListener('blur', close)
}

async function fetchItems(source, text, signal) {
  const address = new URL(source, location.href)
  address.searchParams.set('q', text)
  address.searchParams.set('limit', String(most))
  const answer = await fetch(address, { headers: { accept: 'application/json' }, signal })
  if (!answer.ok) throw new Error(`${address.pathname} answered ${answer.status}`)
  return (await answer.json()).items
}

function rowOf(item, id, details) {
  const row = document.createElement('li')
  row.id = id
  row.setAttribute('role', 'option')
  const detail = (details || '').split(' ').map((key) => (key === '' ? undefined : item[key]))
  for (const words of [
    item.code ?? item.number,
    item.name ?? item.subject,
    detail.filter(Boolean).join(' · '),
  ]) {
    if (!words) continue
    const cell = document.createElement('span')
    cell.textContent = words
    row.append(cell)
  }
  return row
}

function same(code, text) {
  return code !== undefined && code !== null && code.toLowerCase() === text.toLowerCase()
}

/** Where Tab would lead: the next field, link or button that is seen, with its text selected. */
export function focusNeighbour(from, backwards) {
  const all = [
    ...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]'),
  ]
  const step = backwards ? -1 : 1
  for (let at = all.indexOf(from) + step; all[at] !== undefined; at += step) {
    const next = all[at]
    if (next.disabled || next.type === 'hidden' || next.tabIndex < 0 || next.checkVisibility?.() === false)
      continue
    next.focus()
    if (next.matches('input[type="text"], input:not([type])')) next.select()
    return
  }
}
