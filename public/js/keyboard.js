// Loaded for those alone who have single keys switched on. Pages declare where a key leads: data-key="n", in sequence data-key="g o".

const patience = 1500
let began = -Infinity
let help

document.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return
  const key = event.key.toLowerCase()
  // Shift makes / and ? on some keyboards.
  if (key.length > 1 || (event.shiftKey && /[a-z]/.test(key))) return
  if (takesText(event.target) || document.querySelector('dialog[open]') !== null) return
  const isStep = key === 'j' || key === 'k'
  if (event.repeat && !isStep) return
  const inSequence = event.timeStamp - began < patience
  began = !inSequence && key === 'g' ? event.timeStamp : -Infinity
  const acts = inSequence
    ? press(`g ${key}`)
    : isStep
      ? step(key === 'j' ? 1 : -1)
      : key === 'x'
        ? tick()
        : press(key)
  if (acts) event.preventDefault()
})

/** Whether what is typed is meant for the focused element itself. */
function takesText(element) {
  return (
    element.isContentEditable ||
    element.matches(
      'textarea, select, [role="textbox"], [role="combobox"], [role="listbox"], input:not([type="checkbox"], [type="radio"], [type="button"], [type="submit"])',
    )
  )
}

/** What the page itself declares goes before the frame's. */
function press(key) {
  const targets = [...document.querySelectorAll('[data-key]')].filter((each) => each.dataset.key === key)
  const target =
    targets.find((each) => each.closest('main')) ??
    targets.find((each) => each.checkVisibility()) ??
    targets[0]
  if (target === undefined) return false
  if (key === '?') {
    explain(target)
  } else if (target.matches('input')) {
    const menu = target.closest('details')
    if (menu !== null) menu.open = true
    target.focus()
    target.select()
  } else {
    target.click()
    // A menu: its first entry is next.
    target.closest('details[open]')?.querySelector('.dropdown-menu a')?.focus()
  }
  return true
}

/** To the link of the next or the previous row of the page's lists. */
function step(by) {
  const links = [...document.querySelectorAll('main table.list tbody tr')]
    .map((row) => row.querySelector('a[href]'))
    .filter((link) => link !== null)
  const current = document.activeElement.closest('main table.list tbody tr')
  const at = links.findIndex((link) => link.closest('tr') === current)
  const next = links[at === -1 ? 0 : Math.min(Math.max(at + by, 0), links.length - 1)]
  next?.focus()
  return next !== undefined
}

function tick() {
  const box = document.activeElement
    .closest('tbody tr')
    ?.querySelector('input[type="checkbox"][name="ids[]"]')
  box?.click()
  return Boolean(box)
}

/** The list of keys in a dialog over the page; where it cannot be read, its page. */
async function explain(link) {
  if (help === undefined) {
    help = document.createElement('dialog')
    const answer = await fetch(`${link.href}?part=on`).catch(() => undefined)
    if (!answer?.ok || answer.redirected) {
      help = undefined
      return link.click()
    }
    help.innerHTML = await answer.text()
    help.setAttribute('aria-labelledby', 'keyboard-title')
    help.setAttribute('closedby', 'any')
    document.querySelector('main').append(help)
  }
  if (help.isConnected && !help.open) help.showModal()
}
