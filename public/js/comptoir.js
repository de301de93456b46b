// One file without imports, so that a first visit costs one request; what only some pages need is loaded by them.

const patience = 10_000
const sent = new Map()

startMenus()
startForms()
forgetSaved()
const boxes = document.querySelectorAll('[data-combobox]')
if (boxes.length > 0) {
  const { enhanceCombobox } = await import('./combobox.js')
  for (const box of boxes) enhanceCombobox(box)
}
// After the pickers have filled in their records: what a form holds now is what it held when it came.
for (const form of document.querySelectorAll('form[data-guard]')) guard(form)
// A form with lines does this by itself, once they are in order.
const notice = document.getElementById('unsaved-copy')
const kept = document.querySelector('form[data-guard]:not([data-calculation])')
if (notice !== null && kept !== null) {
  const { keepUnsavedCopy } = await import('./unsaved-copy.js')
  keepUnsavedCopy(kept, notice)
}

/** Menus are <details>: the browser opens them. Esc closes the open one and gives its summary the focus; a click elsewhere closes. */
function startMenus() {
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    const menu = openMenus().at(-1)
    if (menu === undefined) return
    menu.open = false
    menu.querySelector('summary')?.focus()
  })
  document.addEventListener('click', (event) => {
    for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false
  })
  document.addEventListener('focusin', (event) => {
    for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false
  })
}

function openMenus() {
  return [...document.querySelectorAll('details.dropdown[open], details.side-menu[open]')]
}

/** What every form gets: it is sent once, Ctrl+S sends it, filters leave clean addresses. */
function startForms() {
  document.addEventListener('submit', sendOnce)
  document.addEventListener('formdata', leaveOutEmptyFilters)
  document.addEventListener('keydown', saveByKey)
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) for (const form of document.forms) release(form)
  })
}

function sendOnce(event) {
  const form = event.target
  const button = event.submitter
  // The answer to a download is a file: the page stays, and so do its buttons.
  if (button?.dataset.download !== undefined) return
  if (event.defaultPrevented || (button?.formMethod || form.method) !== 'post') return
  if (sent.has(form)) return event.preventDefault()
  if (!navigator.onLine) {
    event.preventDefault()
    return alarm(document.body.dataset.offline ?? '')
  }
  alarm('')
  if (form.getAttribute('action') === '/logout') forgetCopies()
  const words = button?.tagName === 'BUTTON' ? [...button.childNodes] : undefined
  sent.set(form, { button, words, timer: setTimeout(() => release(form), patience) })
  if (words === undefined) return
  button.style.minWidth = `${button.offsetWidth}px`
  button.setAttribute('aria-busy', 'true')
  button.replaceChildren(document.body.dataset.saving ?? '')
}

/** An answer that is no failure says that the form was saved, or holds it: what unsaved-copy.js kept of it has done its work. */
function forgetSaved() {
  const key = sessionStorage.getItem('saving')
  const { responseStatus = 200 } = performance.getEntriesByType('navigation')[0] ?? {}
  if (key === null || (responseStatus >= 400 && responseStatus !== 422)) return
  sessionStorage.removeItem('saving')
  localStorage.removeItem(key)
}

/** What unsaved-copy.js keeps of unfinished forms is nobody else's. */
function forgetCopies() {
  for (const key of Object.keys(localStorage)) if (key.startsWith('unsaved ')) localStorage.removeItem(key)
}

function release(form) {
  const { button, words, timer } = sent.get(form) ?? {}
  clearTimeout(timer)
  sent.delete(form)
  if (words === undefined) return
  button.removeAttribute('aria-busy')
  button.replaceChildren(...words)
}

function leaveOutEmptyFilters(event) {
  if (!event.target.matches('form.filters')) return
  for (const [name, value] of [...event.formData]) if (value === '') event.formData.delete(name)
}

function saveByKey(event) {
  if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey)
    return
  const form =
    document.activeElement?.closest('form[data-guard]') ?? document.querySelector('form[data-guard]')
  if (form === null) return
  event.preventDefault()
  form.requestSubmit(form.querySelector('.btn-primary[type="submit"]'))
}

/** A form that came back with mistakes holds work that is saved nowhere: it counts as changed from the start. */
function guard(form) {
  const returned = document.querySelector('.error-summary') !== null || form.hasAttribute('data-changed')
  let before = contents(form)
  // A script that has put the form in order says so: that is nobody's work.
  form.addEventListener('form:ready', () => {
    before = contents(form)
  })
  window.addEventListener('beforeunload', (event) => {
    if (!sent.has(form) && (returned || contents(form) !== before)) event.preventDefault()
  })
}

function contents(form) {
  return JSON.stringify([...new FormData(form)].map(([name, value]) => [name, value.name ?? value]))
}

function alarm(sentence) {
  const region = document.getElementById('live-alert')
  if (region !== null) region.textContent = sentence
}
