import { announce } from './announce.js'

/**
 * Over long documents a box shows the lines that hold its words, and sections fold. What is out of sight is priced and sent all the
 * same, and shown again where the focus or a mistake leads to it. Words go before folds.
 */
export function startLineFilter(form, lines) {
  const place = form.querySelector('.line-filter')
  const [box, count] = place.querySelectorAll('input, span')
  const { rows } = lines
  let words = []
  let timer

  Object.assign(lines, { changed: settle, reveal, block })
  box.addEventListener('input', filter)
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return
    event.preventDefault()
    const first = rows().find((row) => !row.hidden)
    if (event.key === 'Enter') return first && lines.focus(first)
    box.value = ''
    filter()
  })
  form.addEventListener('click', ({ target }) => {
    const row = target.closest('.btn-fold')?.closest('tr')
    if (row) fold(row, !isFolded(row))
  })
  // The summary of mistakes leads to lines that may have been folded since.
  document.addEventListener('click', ({ target }) => {
    const id = target.closest('a[href^="#lines-"]')?.hash.slice(1)
    const row = id && document.getElementById(id)?.closest('tr')
    if (row) reveal(row)
  })
  settle()

  function filter(event) {
    // Nothing was changed in the document.
    event?.stopPropagation()
    words = plain(box.value).split(/\s+/).filter(Boolean)
    const folded = inFolds()
    for (const row of rows()) row.hidden = words.length > 0 ? !matches(row) : folded.has(row)
    tell()
  }

  function matches(row) {
    const text = plain(`${lines.field(row, 'product_code')?.value} ${lines.field(row, 'description').value}`)
    return words.every((word) => text.includes(word))
  }

  /** What is above a line may have moved or gone: a fold that does not hide all of its section is none. */
  function settle() {
    for (const button of form.querySelectorAll('.btn-fold[hidden]')) button.hidden = false
    place.hidden = box.value === '' && filled().length <= 20
    if (words.length > 0) return tell()
    for (const row of rows()) if (isFolded(row) && section(row).some((line) => !line.hidden)) fold(row, false)
    const folded = inFolds()
    for (const row of rows()) row.hidden &&= folded.has(row)
  }

  function fold(row, folded) {
    row.querySelector('.btn-fold').setAttribute('aria-expanded', folded ? 'false' : 'true')
    if (words.length === 0) for (const line of section(row)) line.hidden = folded
  }

  function isFolded(row) {
    return row.querySelector('[aria-expanded="false"].btn-fold') !== null
  }

  function inFolds() {
    return new Set(rows().filter(isFolded).flatMap(section))
  }

  /** The lines below a section, without the empty one that waits at the end. */
  function section(row) {
    const own = []
    for (let next = row.nextElementSibling; next; next = next.nextElementSibling) {
      if (next.dataset.kind === 'section') break
      if (next.nextElementSibling || !lines.isWaiting(next)) own.push(next)
    }
    return own
  }

  /** What moves with a row: a folded section takes its lines along, `whole` any section. */
  function block(row, whole = words.length === 0 && isFolded(row)) {
    return whole && row.dataset.kind === 'section' ? [row, ...section(row)] : [row]
  }

  function reveal(row) {
    if (!row.hidden) return
    row.hidden = false
    settle()
  }

  function filled() {
    return rows().filter((row) => !lines.isWaiting(row))
  }

  function tell() {
    clearTimeout(timer)
    count.textContent = ''
    if (words.length === 0) return
    const all = filled()
    const shown = all.filter((row) => !row.hidden).length
    count.textContent = box.dataset.count.replace('{shown}', shown).replace('{total}', all.length)
    timer = setTimeout(announce, 300, count.textContent)
  }
}

function plain(text) {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}
