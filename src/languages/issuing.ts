import type { Sentences } from './sentences.ts'

/** Why a draft is not issued, beside what the law asks. */
export const issuing = {
  'issuing.refused.closed': {
    en: 'The books are closed up to {closing_date}: nothing can be dated today. An admin can see the closing date in the organisation’s settings.',
    fr: 'La comptabilité est clôturée jusqu’au {closing_date}\u00a0: rien ne peut porter la date du jour. La date de clôture figure dans les réglages de l’organisation.',
  },
  'issuing.refused.behind': {
    en: 'The series already stands at {last_date}, after this run’s day. Issue it on a later day, or let the organisation keep late dates.',
    fr: 'La série en est déjà au {last_date}, après le jour de cette exécution. Émettez la facture un jour ultérieur, ou laissez l’organisation conserver les dates tardives.',
  },
  'issuing.refused.rate_ended': {
    en: '{rate} ended on {ended_date} and names no successor. Choose one in the settings.',
    fr: '{rate} a pris fin le {ended_date} sans successeur. Choisissez-en un dans les réglages.',
  },
  'issuing.refused.rate_ahead': {
    en: '{rate} applies only from {from_date} on. Choose another rate on the draft, or issue it on that day.',
    fr: '{rate} ne s’applique qu’à partir du {from_date}. Choisissez un autre taux sur le brouillon, ou émettez-le ce jour-là.',
  },
  'issuing.refused.exchange_rate': {
    en: 'The tax must also stand in {home}, and there is no exchange rate of {currency} for {document_date}. Enter it in the settings.',
    fr: 'La taxe doit aussi figurer en {home}, et il n’y a pas de cours {currency} pour le {document_date}. Saisissez-le dans les réglages.',
  },
  'issuing.refused.busy': {
    en: 'Somebody else is changing it. Try again in a moment.',
    fr: 'Une autre personne est en train de le modifier. Réessayez dans un instant.',
  },
  'issuing.refused.cannot_write': {
    en: 'The database refuses it: {detail}',
    fr: 'La base de données le refuse\u00a0: {detail}',
  },
} as const satisfies Sentences
