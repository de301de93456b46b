import { focusNeighbour } from './combobox.js'

// A picker always gets an answer, or a failure; this is for the browser that forgets to say either.
const patience = 30_000
const passed = /^(Shift|Control|Alt|AltGraph|Meta|CapsLock|Dead|Unidentified|F\d+)$/

/**
 * Scanners and quick fingers go on while a picker still waits for its answer: from the Enter or Tab that settles it, keys are held, and
 * typed where the focus then is, Ctrl+S too. `isUnsettled(field)` says whether such a key will make it wait. Call `replay()` once it is
 * settled.
 */
export function holdKeys(root, isUnsettled) {
  let held
  let timer

  root.addEventListener(
    'keydown',
    (event) => {
      const { key, ctrlKey, metaKey, altKey, shiftKey, target } = event
      if (event.isComposing || passed.test(key)) return
      const command = ctrlKey || metaKey || altKey
      if (held !== undefined) {
        if (key === 'Escape') return void drop()
        if (command && !(key === 's' && !altKey)) return
        event.preventDefault()
        event.stopImmediatePropagation()
        held.push({ key, ctrlKey, metaKey, shiftKey })
      } else if (!command && (key === 'Enter' || key === 'Tab') && isUnsettled(target)) {
        held = []
        timer = setTimeout(drop, patience)
      }
    },
    true,
  )
  // Somebody went elsewhere: what was held was meant for here.
  root.addEventListener('pointerdown', drop)

  function drop() {
    clearTimeout(timer)
    const keys = held ?? []
    held = undefined
    return keys
  }

  function replay() {
    const keys = drop()
    while (keys.length > 0) {
      type(keys.shift())
      // A replayed Enter may have left another picker waiting: the rest waits with it.
      if (held !== undefined) return void held.push(...keys)
    }
  }

  return { replay }
}

/** A key as the browser would have taken it. */
function type(pressed) {
  const field = document.activeElement
  const { key, shiftKey } = pressed
  const event = new KeyboardEvent('keydown', { ...pressed, bubbles: true, cancelable: true })
  if (!field.dispatchEvent(event) || pressed.ctrlKey || pressed.metaKey) return
  if (key === 'Tab') focusNeighbour(field, shiftKey)
  else if (field.matches('input[type="text"], input:not([type]), textarea')) edit(field, key)
}

function edit(field, key) {
  const { selectionStart, selectionEnd, value } = field
  if (key === 'End' || key === 'Home') {
    const at = key === 'End' ? value.length : 0
    return field.setSelectionRange(at, at)
  }
  const text = key === 'Enter' && field.matches('textarea') ? '\n' : key
  const erased = key === 'Backspace' && selectionStart === selectionEnd ? 1 : 0
  if (text.length > 1 && key !== 'Backspace') return
  field.setRangeText(
    key === 'Backspace' ? '' : text,
    Math.max(0, selectionStart - erased),
    selectionEnd,
    'end',
  )
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText' }))
}
