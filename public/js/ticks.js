/** A list with boxes: the one in the head ticks its page, and the bar says how many are ticked. Without it every row is ticked by hand. */
const form = document.querySelector('form.bulk')
const whole = form?.querySelector('[data-tick-page]')
const told = form?.querySelector('[data-ticked]')
const all = form?.querySelector('[name="count"]')

if (form && whole && told) {
  const rows = () => [...form.querySelectorAll('tbody [name="ids[]"]')]
  const show = () => {
    const ticked = rows().filter((box) => box.checked).length
    whole.checked = ticked > 0 && ticked === rows().length
    whole.indeterminate = ticked > 0 && !whole.checked
    const count = all?.checked ? Number(all.value) : form.querySelectorAll('[name="ids[]"]:checked').length
    const sentences = JSON.parse(told.dataset.ticked)
    const number = new Intl.NumberFormat(document.documentElement.lang).format(count)
    told.textContent = count < 2 ? sentences[count] : sentences[2].replace('2', number)
  }
  let last
  form.addEventListener('click', (event) => {
    const box = event.target
    if (box === whole) for (const row of rows()) row.checked = whole.checked
    if (box.name !== 'ids[]') return
    const boxes = rows()
    // With Shift the boxes between the last one and this one follow it.
    if (event.shiftKey && boxes.includes(last)) {
      const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b)
      for (const between of boxes.slice(from, to)) between.checked = box.checked
    }
    last = box
  })
  form.addEventListener('change', show)
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.target.type === 'checkbox') event.preventDefault()
  })
  whole.parentElement.hidden = false
  show()
  // A list out of the browser's memory holds the key of a form that was sent, and statuses of before.
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload()
  })
}
