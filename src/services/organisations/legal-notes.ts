import type { Language } from '../../languages/sentences.ts'

export type LegalNotes = { note_penalties: string; note_indemnity: string; note_discount: string }

const none: LegalNotes = { note_penalties: '', note_indemnity: '', note_discount: '' }

/**
 * The three notes that an invoice between companies must bear in France (Code de commerce, L441-9 and D441-5): late-payment
 * penalties (PMD), the fixed indemnity (PMT), the discount (AAB). What a new organisation starts with; elsewhere nothing.
 */
const french: Record<Language, LegalNotes> = {
  fr: {
    note_penalties:
      'En cas de retard de paiement, des pénalités sont exigibles sans rappel, au taux de trois fois le taux d’intérêt légal.',
    note_indemnity:
      'Indemnité forfaitaire pour frais de recouvrement en cas de retard de paiement\u00a0: 40\u00a0€.',
    note_discount: 'Pas d’escompte pour paiement anticipé.',
  },
  en: {
    note_penalties:
      'Late payment incurs penalties without reminder, at three times the French legal interest rate.',
    note_indemnity: 'Fixed indemnity for recovery costs in case of late payment: €40.',
    note_discount: 'No discount for early payment.',
  },
}

export function presetNotes(country: string, language: Language): LegalNotes {
  return country === 'FR' ? french[language] : none
}
