import type { Sentences } from './sentences.ts'

export const general = {
  'general.back': { en: 'Go back', fr: 'Revenir' },
  'general.none': { en: 'none', fr: 'aucun' },
  'general.yes': { en: 'Yes', fr: 'Oui' },
  'general.no': { en: 'No', fr: 'Non' },
} as const satisfies Sentences
