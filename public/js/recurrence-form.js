import { announce } from './announce.js'

const patience = 300

/** The dates follow what is typed; the old ones stay, dimmed, until the new ones come. */
for (const form of document.querySelectorAll('form[data-preview]')) {
  const preview = form.querySelector('#preview')
  if (preview !== null) follow(form, preview)
}

function follow(form, preview) {
  let timer
  let asked
  const ask = () => {
    asked?.abort()
    asked = new AbortController()
    preview.classList.add('stale')
    show(form, preview, asked.signal).catch((error) => {
      // Overtaken by the next question, which dims and shows by itself.
      if (error.name !== 'AbortError') preview.classList.remove('stale')
    })
  }
  form.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(ask, patience)
  })
  // Kept free, so that nothing below moves while dates come and go.
  preview.style.minHeight = `${preview.offsetHeight}px`
  offerVariables(form)
}

async function show(form, preview, signal) {
  const fields = new FormData(form)
  fields.delete('_csrf')
  fields.set('part', 'preview')
  const answer = await fetch(`${form.dataset.preview}?${new URLSearchParams(fields)}`, {
    headers: { accept: 'text/html' },
    signal,
  })
  if (!answer.ok || answer.redirected) throw new Error(`preview: ${answer.status}`)
  const html = await answer.text()
  if (signal.aborted) return
  const focused = preview.contains(document.activeElement) ? document.activeElement.id : ''
  preview.innerHTML = html
  if (focused !== '') document.getElementById(focused)?.focus()
  preview.classList.remove('stale')
  const { status, weekday = '' } = preview.querySelector('[data-status]')?.dataset ?? {}
  const beside = document.getElementById('start-date-suffix')
  if (beside !== null) beside.textContent = weekday
  if (status) announce(status)
}

/** A click on a variable puts it where the cursor stands in the subject. */
function offerVariables(form) {
  const subject = form.elements.namedItem('invoice_subject')
  for (const code of form.querySelectorAll('[data-insert]')) {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'btn btn-sm'
    button.append(code.cloneNode(true))
    button.addEventListener('click', () => {
      const at = subject.selectionStart ?? subject.value.length
      subject.setRangeText(code.dataset.insert, at, subject.selectionEnd ?? at, 'end')
      subject.focus()
      subject.dispatchEvent(new Event('input', { bubbles: true }))
    })
    code.replaceWith(button)
  }
}
