// A sentence that says what typed figures come to follows what is typed; the server alone reckons it.
const form = document.querySelector('[data-example-at]')
const sentence = form?.querySelector('[data-example]')
const warning = form?.querySelector('[data-warning]')
let timer
let asking

form?.addEventListener('input', () => {
  clearTimeout(timer)
  timer = setTimeout(ask, 200)
})

async function ask() {
  asking?.abort()
  asking = new AbortController()
  try {
    const answer = await fetch(form.dataset.exampleAt, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams(new FormData(form)),
      signal: asking.signal,
    })
    if (!answer.ok) return
    const example = await answer.json()
    sentence.textContent = example.sentence
    if (warning) warning.hidden = example.warning === ''
  } catch (error) {
    if (error.name !== 'AbortError') sentence.textContent = document.body.dataset.offline ?? ''
  }
}
