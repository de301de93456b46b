/**
 * Rows of a spreadsheet, pasted into a product or into the box below the lines: the server reads them, finds their products and says
 * where they stand; one Undo takes them all out again. Where the server cannot be reached they stay, in that box.
 */
export function startPaste(form, lines, totals) {
  const box = form.elements['pasted_rows']
  const button = form.querySelector('button[value="paste"]')

  form.querySelector('#order-lines').addEventListener('paste', (event) => {
    const text = event.clipboardData.getData('text/plain').trimEnd()
    if (!/\[product_code\]$/.test(event.target.name) || !/[\t\n]|;\s*\d/.test(text)) return
    event.preventDefault()
    paste(text, event.target.closest('tr'))
  })
  button.addEventListener('click', (event) => {
    event.preventDefault()
    if (box.value.trim() !== '') paste(box.value)
  })

  function paste(text, row) {
    const before = lines.rows()
    box.value = ''
    totals.paste({ pasted_rows: text, pasted_at: row === undefined ? '' : lines.indexOf(row) }, (answer) => {
      if (answer?.pasted) return place(answer, before)
      box.value = text
      box.closest('details').open = true
      // More rows than there may be: the server's page says so.
      if (answer !== undefined) form.requestSubmit(button)
    })
  }

  /** `before` holds the rows as they were when the server was asked. */
  function place({ pasted, rows, errors }, before) {
    const made = new Set(pasted.made)
    const left = [...before]
    const order = rows.map((_, at) => (made.has(at) ? undefined : left.shift()))
    const all = lines.insert(order)
    const undoing = []
    const mistakes = new Map(errors.map(({ field, message }) => [field, message]))
    for (const [at, row] of all.entries()) {
      if (at < pasted.at || at >= pasted.at + pasted.count) continue
      if (order[at] !== undefined) undoing.push(snapshot(row))
      lines.field(row, 'tax_rate_id').value = ''
      lines.writeRow(row, rows[at])
      lines.mark(row, mistakes.get(`lines[${rows[at].index}][product_code]`))
    }
    lines.offerUndo(pasted.sentence, () => {
      for (const at of made) all[at].remove()
      for (const undo of undoing) undo()
      return all.find((row) => row.isConnected)
    })
  }
}

/** Returns what puts a row back as it is now. */
function snapshot(row) {
  const net = row.querySelector('.c-net').textContent
  const texts = [...row.querySelectorAll('[name]:not(button)')].map((element) => [element, element.value])
  return () => {
    for (const [element, value] of texts) element.value = value
    row.querySelector('.c-net').textContent = net
  }
}
