import { alarm } from './announce.js'

const patience = 10_000

/** What every form gets: it is sent once, Ctrl+S sends it, unsaved work is not left by accident, filters leave clean addresses. */
export function startForms() {
  document.addEventListener('submit', sendOnce)
  document.addEventListener('formdata', leaveOutEmptyFilters)
  document.addEventListener('keydown', saveByKey)
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) for (const form of document.forms) release(form)
  })
  for (const form of document.querySelectorAll('form[data-guard]')) guard(form)
}

const sent = new Map()

function sendOnce(event) {
  const form = event.target
  const button = event.submitter
  if (event.defaultPrevented || (button?.formMethod || form.method) !== 'post') return
  if (sent.has(form)) return event.preventDefault()
  if (!navigator.onLine) {
    event.preventDefault()
    return alarm(document.body.dataset.offline ?? '')
  }
  alarm('')
  const words = button?.tagName === 'BUTTON' ? [...button.childNodes] : undefined
  sent.set(form, { button, words, timer: setTimeout(() => release(form), patience) })
  if (words === undefined) return
  button.style.minWidth = `${button.offsetWidth}px`
  button.setAttribute('aria-busy', 'true')
  button.replaceChildren(document.body.dataset.saving ?? '')
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
  if (event.key !== 's' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
  const form =
    document.activeElement?.closest('form[data-guard]') ?? document.querySelector('form[data-guard]')
  if (form === null) return
  event.preventDefault()
  form.requestSubmit(form.querySelector('.btn-primary[type="submit"]'))
}

/** A form that came back with mistakes holds work that is saved nowhere: it counts as changed from the start. */
function guard(form) {
  const returned = document.querySelector('.error-summary') !== null || form.hasAttribute('data-changed')
  const before = contents(form)
  window.addEventListener('beforeunload', (event) => {
    if (!sent.has(form) && (returned || contents(form) !== before)) event.preventDefault()
  })
}

function contents(form) {
  return JSON.stringify([...new FormData(form)].map(([name, value]) => [name, value.name ?? value]))
}
