import { fileURLToPath } from 'node:url'
import { Eta } from 'eta'
import { translator } from '../../languages/translate.ts'
import { fontFaces } from './fonts.ts'
import type { PrintedDocument } from './printed-document.ts'

const views = fileURLToPath(new URL('../../../views/', import.meta.url))
const eta = new Eta({ views, cache: true, autoEscape: true })

/** A document's page, whole: styles and fonts are in it, and nothing of it leads outside. */
export async function documentHtml(document: PrintedDocument): Promise<string> {
  const model = { document, t: translator(document.language), cssText }
  const body = eta.render('documents/document', model)
  return eta.render('documents/layout', { ...model, body, fonts: await fontFaces(body) })
}

/** A text as CSS holds it, in quotes: whatever is no letter or figure goes by its number, so that none ends the string. */
function cssText(text: string): string {
  const signs = [...text].map((sign) =>
    /[A-Za-z0-9 ]/.test(sign) ? sign : `\\${(sign.codePointAt(0) ?? 0).toString(16)} `,
  )
  return `"${signs.join('')}"`
}
