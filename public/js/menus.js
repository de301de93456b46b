/** Menus are <details>: the browser opens them. Esc closes the open one and gives its summary the focus; a click elsewhere closes. */
export function startMenus() {
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    const menu = openMenus().at(-1)
    if (menu === undefined) return
    menu.open = false
    menu.querySelector('summary')?.focus()
  })
  document.addEventListener('click', (event) => {
    for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false
  })
  document.addEventListener('focusin', (event) => {
    for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false
  })
}

function openMenus() {
  return [...document.querySelectorAll('details.dropdown[open], details.side-menu[open]')]
}
