const patience = 3000

/**
 * Scanners and quick fingers go on while a picker still waits for its answer: from the Enter or Tab that settles it, keys are held, and
 * typed where the focus then is. `isUnsettled(field)` says whether such a key will make it wait. Call `replay()` once it is settled.
 */
export function holdKeys(root, isUnsettled) {
  let held
  let timer

  root.addEventListener(
    'keydown',
    (event) => {
      const { key, ctrlKey, metaKey, altKey, target } = event
      if (ctrlKey || metaKey || altKey || event.isComposing) return
      if (held !== undefined) {
        if (key.length > 1 && key !== 'Enter' && key !== 'Tab') return
        event.preventDefault()
        event.stopImmediatePropagation()
        held.push(key)
      } else if ((key === 'Enter' || key === 'Tab') && isUnsettled(target)) {
        held = []
        timer = setTimeout(replay, patience)
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

function type(key) {
  const field = document.activeElement
  if (key.length > 1) {
    field.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  } else if (field.matches('input[type="text"], input:not([type]), textarea')) {
    field.setRangeText(key, field.selectionStart, field.selectionEnd, 'end')
    field.dispatchEvent(new InputEvent('input', { bubbles: true, data: key, inputType: 'insertText' }))
  }
}
