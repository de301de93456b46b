import type { Sentences } from './sentences.ts'

/** The search of everything. */
export const search = {
  'search.title': { en: 'Search', fr: 'Recherche' },
  'search.title_of': { en: '“{typed}” – Search', fr: '«\u00a0{typed}\u00a0» – Recherche' },
  'search.everything': { en: 'Search everything', fr: 'Rechercher partout' },
  'search.submit': { en: 'Search', fr: 'Rechercher' },
  'search.hint': {
    en: 'A number, a name, a reference, an email address or a telephone number. An exact number opens its document.',
    fr: 'Un numéro, un nom, une référence, une adresse e-mail ou un téléphone. Un numéro exact ouvre son document.',
  },
  'search.count': {
    en: '{count, plural, one {# match} other {# matches}} for “{typed}”',
    fr: '{count, plural, one {# résultat} other {# résultats}} pour «\u00a0{typed}\u00a0»',
  },
  'search.none': { en: 'Nothing matches “{typed}”.', fr: 'Rien ne correspond à «\u00a0{typed}\u00a0».' },
  'search.none.try': {
    en: 'Type fewer words, or only the beginning of a word: each of them must occur in the same record. A number is found without its zeros, too: 123 finds SO-2026-0123.',
    fr: 'Saisissez moins de mots, ou seulement le début d’un mot\u00a0: tous doivent figurer dans la même fiche. Un numéro se trouve aussi sans ses zéros\u00a0: 123 trouve SO-2026-0123.',
  },
  'search.all.order': {
    en: 'All {count, number} orders that match',
    fr: 'Les {count, number} commandes qui correspondent',
  },
  'search.all.invoice': {
    en: 'All {count, number} invoices that match',
    fr: 'Les {count, number} factures qui correspondent',
  },
  'search.all.account': {
    en: 'All {count, number} accounts that match',
    fr: 'Les {count, number} comptes qui correspondent',
  },
  'search.all.contact': {
    en: 'All {count, number} contacts that match',
    fr: 'Les {count, number} contacts qui correspondent',
  },
  'search.all.product': {
    en: 'All {count, number} products that match',
    fr: 'Les {count, number} produits qui correspondent',
  },
  'search.all.supplier': {
    en: 'All {count, number} suppliers that match',
    fr: 'Les {count, number} fournisseurs qui correspondent',
  },
  'search.all.user': {
    en: 'All {count, number} users that match',
    fr: 'Les {count, number} utilisateurs qui correspondent',
  },
  'search.archived': {
    en: '{count, plural, one {# archived} other {All # archived}}',
    fr: '{count, plural, one {# archivé} other {Les # archivés}}',
  },
} as const satisfies Sentences
