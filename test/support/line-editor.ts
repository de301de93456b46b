import type { Page } from 'puppeteer'

/** By its place: the names of lines ascend with gaps. */
export const fieldOf = (row: number, name: string) =>
  `#order-lines tbody tr:nth-child(${row + 1}) [name$="[${name}]"]`

export function focusOn(page: Page, row: number, name: string) {
  return page.focus(fieldOf(row, name))
}

/** Waits for the focus: a picker's answer may be under way. */
export async function hasFocus(page: Page, row: number, name: string) {
  await page.waitForSelector(`${fieldOf(row, name)}:focus`, { timeout: 5000 })
}

export function textOf(page: Page, row: number, name: string): Promise<unknown> {
  return page.$eval(fieldOf(row, name), (field) => Reflect.get(field, 'value'))
}

export async function press(
  page: Page,
  modifier: 'Alt' | 'Control',
  key: 'ArrowUp' | 'ArrowDown' | 'Delete' | 'a' | 's',
) {
  await page.keyboard.down(modifier)
  await page.keyboard.press(key)
  await page.keyboard.up(modifier)
}

export async function retype(page: Page, selector: string, text: string) {
  await page.focus(selector)
  await press(page, 'Control', 'a')
  await page.keyboard.type(text)
}
