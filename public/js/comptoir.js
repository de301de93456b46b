import { enhanceCombobox } from './combobox.js'
import { startForms } from './forms.js'
import { startMenus } from './menus.js'

for (const root of document.querySelectorAll('[data-combobox]')) enhanceCombobox(root)
startMenus()
startForms()
