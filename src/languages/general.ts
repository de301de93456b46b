import type { Sentences } from './sentences.ts'

export const general = {
  'general.back': { en: 'Go back', fr: 'Revenir' },
  'general.none': { en: 'none', fr: 'aucun' },
  'general.yes': { en: 'Yes', fr: 'Oui' },
  'general.no': { en: 'No', fr: 'Non' },
  'general.too_large': {
    en: 'This is too large to be taken: 16 MB at most. Send less at once.',
    fr: 'C’est trop volumineux\u00a0: 16 Mo au plus. Envoyez-en moins à la fois.',
  },
  'general.unreadable': {
    en: 'What was sent could not be read.',
    fr: 'Ce qui a été envoyé n’a pas pu être lu.',
  },
} as const satisfies Sentences
