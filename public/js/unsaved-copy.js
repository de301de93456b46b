const pause = 500
const patience = 10_000
const week = 7 * 24 * 3600 * 1000
const prefix = 'unsaved '

/**
 * Keeps what is typed into a form on this computer, by user, address and version, and offers it after a crash. The page that follows a
 * save ends the copy (comptoir.js; one that comes back with mistakes begins another), and so does signing out. Restoring fills the form in; one
 * with lines sends the copy through its calculation, which answers the form as it was and saves nothing.
 */
export function keepUnsavedCopy(form, notice) {
  const version = form.elements['version']?.value ?? ''
  const key = `${prefix}${document.body.dataset.user} ${form.getAttribute('action')} ${version}`
  let timer
  let sent = false

  forgetOld()
  const copy = read(key)
  if (form.hasAttribute('data-changed') || document.querySelector('.error-summary') !== null) keep()
  else if (copy !== undefined && !isHere(copy)) offer(copy)

  form.addEventListener('input', soon)
  form.addEventListener('change', soon)
  form.addEventListener('form:changed', soon)
  window.addEventListener('submit', (event) => {
    // The buttons that only calculate have an address of their own.
    if (event.target !== form || event.defaultPrevented || event.submitter?.hasAttribute('formaction')) return
    keep()
    sent = true
    setTimeout(goOn, patience)
    sessionStorage.setItem('saving', key)
  })
  window.addEventListener('pageshow', goOn)

  /** No answer came, or one came back here by Back. */
  function goOn() {
    sent = false
  }

  function soon() {
    clearTimeout(timer)
    if (!sent) timer = setTimeout(keep, pause)
  }

  function keep() {
    clearTimeout(timer)
    try {
      localStorage.setItem(key, JSON.stringify({ at: Date.now(), entries: contents(form) }))
    } catch {
      // The browser has no room, or keeps nothing: the form works without.
    }
  }

  function forget() {
    clearTimeout(timer)
    localStorage.removeItem(key)
  }

  function offer({ at, entries }) {
    const [sentence, restore, discard] = notice.querySelectorAll('span, button')
    sentence.textContent = sentence.textContent.replace('{time}', timeOf(at))
    notice.hidden = false
    discard.addEventListener('click', () => {
      forget()
      close()
    })
    restore.addEventListener('click', () => {
      if (form.dataset.calculation) return sendBack(entries)
      fillIn(form, entries)
      close()
    })
  }

  /** The focus does not stay on a button that is gone. */
  function close() {
    notice.hidden = true
    form.querySelector('input:not([type="hidden"]), select, textarea')?.focus()
  }

  function sendBack(entries) {
    const again = document.createElement('form')
    again.method = 'post'
    again.action = form.dataset.calculation
    for (const [name, value] of [...entries, ['_csrf', form.elements['_csrf'].value]]) {
      const field = document.createElement('input')
      Object.assign(field, { type: 'hidden', name, value })
      again.append(field)
    }
    document.body.append(again)
    again.submit()
  }

  /** After signing in again the form holds what was typed already. */
  function isHere({ entries }) {
    return JSON.stringify(entries) === JSON.stringify(contents(form))
  }
}

function contents(form) {
  return [...new FormData(form)].filter(([name, value]) => name !== '_csrf' && typeof value === 'string')
}

function fillIn(form, entries) {
  const texts = Map.groupBy(entries, ([name]) => name)
  for (const element of form.elements) {
    if (element.name === '_csrf') continue
    const typed = texts.get(element.name) ?? []
    if (/checkbox|radio/.test(element.type))
      element.checked = typed.some(([, value]) => value === element.value)
    else if (typed.length > 0) [, element.value] = typed.shift()
  }
  form.dispatchEvent(new Event('input', { bubbles: true }))
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}

function forgetOld() {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(prefix) && !(read(key)?.at > Date.now() - week)) localStorage.removeItem(key)
  }
}

/** By the clock of 24 hours, as on every page; with its day, where that is not today. */
function timeOf(at) {
  const { lang } = document.documentElement
  const isToday = new Date(at).toDateString() === new Date().toDateString()
  const style = isToday ? { timeStyle: 'short' } : { dateStyle: 'medium', timeStyle: 'short' }
  return new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : lang, style).format(at)
}
