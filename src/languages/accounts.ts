import type { Sentences } from './sentences.ts'

export const accounts = {
  'accounts.title': { en: 'Accounts', fr: 'Comptes' },
  'accounts.new': { en: 'New account', fr: 'Nouveau compte' },
  'accounts.create': { en: 'Create account', fr: 'Créer le compte' },
  'accounts.save': { en: 'Save account', fr: 'Enregistrer le compte' },
  'accounts.edit': { en: 'Edit {name}', fr: 'Modifier {name}' },
  'accounts.count': {
    en: '{count, plural, one {# account} other {# accounts}}',
    fr: '{count, plural, one {# compte} other {# comptes}}',
  },
  'accounts.empty': {
    en: 'Accounts are those you sell to: orders and invoices take their names, addresses and taxes from here.',
    fr: 'Les comptes sont ceux à qui vous vendez : commandes et factures en tirent noms, adresses et taxes.',
  },
  'accounts.no_match': { en: 'No account matches.', fr: 'Aucun compte ne correspond.' },
  'accounts.parent': { en: 'Parent company', fr: 'Société mère' },
  'accounts.tax_treatment': { en: 'Tax treatment', fr: 'Régime de taxe' },
  'accounts.tax_treatment.any': { en: 'Any', fr: 'Tous' },
  'accounts.tax_treatment.domestic': { en: 'Domestic', fr: 'National' },
  'accounts.tax_treatment.eu_business': { en: 'EU business', fr: 'Entreprise de l’UE' },
  'accounts.tax_treatment.export': { en: 'Export', fr: 'Export' },
  'accounts.tax_treatment.exempt': { en: 'Exempt', fr: 'Exonéré' },
  'accounts.tax_treatment.private': { en: 'Private', fr: 'Particulier' },
} as const satisfies Sentences
