// The example of a payment term follows what is typed; the server alone reckons it.
const form = document.querySelector('[data-payment-term]')
const sentence = form?.querySelector('[data-example]')
const warning = form?.querySelector('[data-warning]')
const rule = ['days', 'end_of_month', 'day_of_month']
let timer
let asking

form?.addEventListener('input', (event) => {
  if (!rule.includes(event.target.name)) return
  clearTimeout(timer)
  timer = setTimeout(ask, 200)
})

async function ask() {
  asking?.abort()
  asking = new AbortController()
  try {
    const answer = await fetch('/settings/payment-terms/example', {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams(new FormData(form)),
      signal: asking.signal,
    })
    if (!answer.ok) return
    const example = await answer.json()
    sentence.textContent = example.sentence
    warning.hidden = example.warning === ''
  } catch (error) {
    if (error.name !== 'AbortError') sentence.textContent = document.body.dataset.offline ?? ''
  }
}
