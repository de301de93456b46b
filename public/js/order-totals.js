import { announce } from './announce.js'

const pause = 150

/**
 * The figures in the bar: asked of the server 150 ms after a key, which alone decides. An answer counts only if nothing was asked
 * after it. `write(answer, sent)` is told each one; `sent` is what the form held when it was asked. Rows to `paste` are asked for at
 * once and by themselves, and what else changed after them.
 */
export function startTotals(form) {
  const figure = (name) => form.querySelector(`[data-figure="${name}"]`)
  const totals = { ask, paste, write: () => {} }
  let timer
  let asking
  let pasting

  function ask() {
    say('checking')
    clearTimeout(timer)
    timer = setTimeout(send, pause)
    form.dispatchEvent(new Event('form:changed'))
  }

  async function send() {
    await pasting
    asking?.abort()
    const stop = new AbortController()
    asking = stop
    try {
      const { answer, sent } = await post({}, stop.signal)
      if (asking !== stop) return
      show(answer)
      totals.write(answer, sent)
      form.dispatchEvent(new Event('form:changed'))
    } catch {
      if (!stop.signal.aborted) say('failed')
    } finally {
      if (asking === stop) asking = undefined
    }
  }

  /** `place(answer)` puts the rows into the form; without an answer they could not be read. */
  function paste(rows, place) {
    clearTimeout(timer)
    asking?.abort()
    say('checking')
    pasting = (async () => {
      try {
        const { answer } = await post(rows)
        show(answer)
        place(answer)
      } catch {
        say('failed')
        place()
      }
      form.dispatchEvent(new Event('form:changed'))
    })()
  }

  async function post(extra, signal) {
    const sent = new FormData(form)
    for (const name of [...sent.keys()])
      if (name.startsWith('choices[') || name === 'pasted_rows') sent.delete(name)
    for (const [name, value] of Object.entries(extra)) sent.set(name, value)
    const answer = await fetch(form.dataset.calculation, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams(sent),
      signal,
    })
    if (!answer.ok) throw new Error(`${form.dataset.calculation} answered ${answer.status}`)
    return { answer: await answer.json(), sent }
  }

  function say(state) {
    figure('state').textContent = form.dataset[state]
  }

  /** A line that something was typed into, and that the server could not price. */
  function isUnpriced({ kind, net, description, quantity, unit_price }) {
    return kind === 'item' && net === '' && `${description}${quantity}${unit_price}` !== ''
  }

  function show({ shown, rows, notices, contacts, contact_id, account }) {
    say(rows.some(isUnpriced) ? 'partial' : 'checked')
    figure('net').textContent = shown.net
    figure('gross').textContent = shown.gross
    for (const old of form.querySelectorAll('[data-tax]')) old.remove()
    const last = figure('gross').parentElement
    for (const tax of shown.taxes) last.before(taxOf(tax))
    announce(`${last.firstElementChild.textContent} ${shown.gross}`)
    if (notices.length > 0) showNotices(notices)
    // An invoice's form has neither: its account is its order's.
    if (account) showContacts(contacts, contact_id)
    if (shown.invoicing_address?.length > 0) showAddress(shown.invoicing_address)
  }

  function showAddress(lines) {
    const place = document.getElementById('invoicing-address')
    if (place === null || place.textContent.trim() === lines.join('')) return
    const address = document.createElement('address')
    address.className = 'address'
    for (const line of lines) {
      const span = document.createElement('span')
      span.textContent = line
      address.append(span)
    }
    place.replaceChildren(address)
  }

  function taxOf({ name, amount }) {
    const row = document.createElement('div')
    row.dataset.tax = ''
    const [term, value] = [document.createElement('dt'), document.createElement('dd')]
    term.textContent = name
    value.textContent = amount
    row.append(term, value)
    return row
  }

  /** What changed by itself stays in sight until something else does. */
  function showNotices(sentences) {
    const notice = document.getElementById('order-notices')
    const items = sentences.map((sentence) => {
      const item = document.createElement('li')
      item.textContent = sentence
      return item
    })
    notice.querySelector('ul').replaceChildren(...items)
    notice.hidden = false
  }

  function showContacts(contacts, chosen) {
    const select = form.elements['contact_id']
    const known = [...select.options].slice(1).map(({ value }) => value)
    if (known.join() === contacts.map(({ id }) => id).join()) return
    const none = select.options[0]
    select.replaceChildren(none, ...contacts.map(({ id, name }) => new Option(name, id)))
    select.value = chosen ?? ''
  }

  return totals
}
