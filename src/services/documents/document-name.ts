import type { WholeSource } from '../../data/document-sources.ts'
import type { Language } from '../../languages/sentences.ts'
import { translator } from '../../languages/translate.ts'
import { safeFileName } from '../../lib/file-name.ts'

/** "Invoice F-2026-0042", "Avoir AV-2026-0003", "Invoice, draft". */
export function documentName(source: Pick<WholeSource, 'kind' | 'number' | 'language'>): string {
  const t = translator(documentLanguage(source.language))
  const title = t(`documents.title.${source.kind}`)
  return source.number === null
    ? `${title}, ${t('documents.draft').toLowerCase()}`
    : t('documents.titled', { title, number: source.number })
}

/** Documents speak the languages of the product: French to whoever speaks French, English to everybody else. */
export function documentLanguage(language: string): Language {
  return /^fr\b/i.test(language) ? 'fr' : 'en'
}

/** "Facture F-2026-0042.pdf". A slash in a number would be a folder. */
export function documentFileName(source: Pick<WholeSource, 'kind' | 'number' | 'language'>): string {
  return safeFileName(`${documentName(source).replaceAll('/', '-')}.pdf`)
}
