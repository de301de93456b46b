import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Eta } from 'eta'
import { translator } from '../../languages/translate.ts'
import { fontFaces } from './fonts.ts'
import type { PrintedDocument } from './printed-document.ts'

const views = fileURLToPath(new URL('../../../views/', import.meta.url))
const eta = new Eta({ views, cache: true, autoEscape: true })
let sheet: Promise<string> | undefined

/** A document's page, whole: styles and fonts are in it, and nothing of it leads outside. */
export async function documentHtml(document: PrintedDocument): Promise<string> {
  const body = eta.render('documents/document', { document, t: translator(document.language) })
  sheet ??= readFile(`${views}documents/document.css`, 'utf8')
  const margins = pageMargins(document)
  const fonts = await fontFaces(body + margins)
  const styles = `<style>${fonts}${pageRule(document)}${await sheet}</style>`
  return eta.render('documents/layout', { document, body, styles })
}

const font = 'Inter, "Open Sans", sans-serif'

/** What stands in the margins of every page: the mark of a draft, the seller's legal line, the number, and which page of how many. */
function pageRule({ mark, seller, number }: PrintedDocument): string {
  return `@page { size: A4; margin: 18mm 15mm 22mm;
  @top-right { content: ${cssText(mark)}; font: 600 10pt ${font}; vertical-align: bottom; padding-bottom: 4mm; }
  @bottom-left { content: ${cssText(seller.legal)}; font: 400 6.5pt/1.45 ${font}; color: #404040; width: 138mm; vertical-align: top; padding-top: 4mm; text-align: left; }
  @bottom-right { content: ${cssText(number === '' ? '' : `${number}   `)} counter(page) "/" counter(pages); font: 400 8pt ${font}; width: 42mm; vertical-align: top; padding-top: 4mm; text-align: right; white-space: pre; }
}
`
}

function pageMargins({ mark, seller, number }: PrintedDocument): string {
  return [mark, seller.legal, number].join(' ')
}

/** A text as CSS holds it, in quotes: whatever is no letter or figure goes by its number, so that none ends the string. */
function cssText(text: string): string {
  const signs = [...text].map((sign) =>
    /[A-Za-z0-9 ]/.test(sign) ? sign : `\\${(sign.codePointAt(0) ?? 0).toString(16)} `,
  )
  return `"${signs.join('')}"`
}
