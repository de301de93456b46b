import type { Language } from '../../languages/sentences.ts'
import type { PaymentTermForm } from '../payment-terms/save-payment-term.ts'

/** The code of the term that new organisations preset. */
export const presetTermCode = '30'

/** The payment terms that an installation starts with, named in the organisation's language. */
export function startingTerms(language: Language): PaymentTermForm[] {
  return terms.map(({ text_en, text_fr, ...term }) => ({
    ...term,
    name: language === 'fr' ? text_fr : text_en,
    text_en,
    text_fr,
    day_of_month: null,
  }))
}

const terms = [
  { code: '0', days: 0, end_of_month: 'none', text_en: 'On receipt', text_fr: 'À réception' },
  { code: '30', days: 30, end_of_month: 'none', text_en: '30 days', text_fr: '30 jours' },
  {
    code: '30EOM',
    days: 30,
    end_of_month: 'after',
    text_en: '30 days, end of month',
    text_fr: '30 jours fin de mois',
  },
  {
    code: '45EOM',
    days: 45,
    end_of_month: 'after',
    text_en: '45 days, end of month',
    text_fr: '45 jours fin de mois',
  },
  { code: '60', days: 60, end_of_month: 'none', text_en: '60 days', text_fr: '60 jours' },
] as const
