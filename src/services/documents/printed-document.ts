import type { WholeSource } from '../../data/document-sources.ts'
import type { Language } from '../../languages/sentences.ts'
import { translator } from '../../languages/translate.ts'
import { documentLanguage, documentName } from './document-name.ts'
import { type PrintedFact, printedDates, printedFacts } from './printed-facts.ts'
import { type PrintedLine, type PrintedLines, printedLines } from './printed-lines.ts'
import {
  type PrintedAddress,
  type PrintedSeller,
  printedAddresses,
  printedSeller,
} from './printed-parties.ts'
import { type PrintedText, printedTexts } from './printed-texts.ts'
import { type PrintedTotal, printedTotals } from './printed-totals.ts'

export type { PrintedAddress, PrintedFact, PrintedLine, PrintedText, PrintedTotal }

/** A document as its view prints it: every text in the customer's language, every figure as it stands there. */
export type PrintedDocument = {
  language: Language
  /** "Invoice F-2026-0042": the title of the PDF. */
  name: string
  /** "Invoice", "Avoir". */
  title: string
  /** '' in a draft. */
  number: string
  /** What every page of a draft says; '' on what is no draft. */
  mark: string
  subject: string
  seller: PrintedSeller
  billing: PrintedAddress
  delivery: PrintedAddress | null
  /** Beside the title: the dates that matter at once. */
  dates: PrintedFact[]
  facts: PrintedFact[]
  lines: PrintedLines
  totals: PrintedTotal[]
  texts: PrintedText[]
}

/** Amounts are printed as they are stored: nothing is computed here. */
export function printedDocument(source: WholeSource): PrintedDocument {
  const language = documentLanguage(source.language)
  const t = translator(language)
  const title = t(`documents.title.${source.kind}`)
  return {
    language,
    name: documentName(source),
    title,
    number: source.number ?? '',
    mark: markOf(source, language),
    subject: source.subject,
    seller: printedSeller(source, language),
    ...printedAddresses(source, language),
    dates: printedDates(source, language),
    facts: printedFacts(source, language),
    lines: printedLines(source, language),
    totals: printedTotals(source, language),
    texts: printedTexts(source, language),
  }
}

function markOf({ kind, number }: WholeSource, language: Language): string {
  if (kind === 'order' || number !== null) return ''
  const t = translator(language)
  return t(kind === 'credit_note' ? 'documents.draft.credit_note' : 'documents.draft.each_page')
}
