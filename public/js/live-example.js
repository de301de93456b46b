// A sentence, and figures, that say what is typed comes to follow it; the server alone reckons them.
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
    for (const figure of form.querySelectorAll('[data-figure]'))
      figure.textContent = example.figures?.[figure.dataset.figure] ?? figure.textContent
  } catch (error) {
    if (error.name !== 'AbortError') sentence.textContent = document.body.dataset.offline ?? ''
  }
}
