import type { Sentences } from './sentences.ts'

export const home = {
  'home.today': { en: 'What needs attention, {today_date}', fr: 'À traiter, {today_date}' },
  'home.parked': {
    en: '{count, plural, one {# problem} other {# problems}} in recurring invoicing',
    fr: '{count, plural, one {# problème} other {# problèmes}} de facturation récurrente',
  },
  'home.due': {
    en: '{count, plural, one {# recurring order is due: the next run bills it} other {# recurring orders are due: the next run bills them}}',
    fr: '{count, plural, one {# commande récurrente est à facturer : le prochain passage s’en charge} other {# commandes récurrentes sont à facturer : le prochain passage s’en charge}}',
  },
  'home.due.see': { en: 'See the recurring orders', fr: 'Voir les commandes récurrentes' },
  'home.due.jobs': { en: 'See the jobs', fr: 'Voir les tâches' },
  'home.drafts': {
    en: '{count, plural, one {# draft invoice waits} other {# draft invoices wait}}',
    fr: '{count, plural, one {# brouillon de facture attend} other {# brouillons de facture attendent}}',
  },
  'home.drafts.see': { en: 'Review', fr: 'Relire' },
  'home.to_approve': {
    en: '{count, plural, one {# order is} other {# orders are}} to be approved',
    fr: '{count, plural, one {# commande est} other {# commandes sont}} à approuver',
  },
  'home.to_approve.see': { en: 'Approve', fr: 'Approuver' },
  'home.to_deliver': {
    en: '{count, plural, one {# approved order is} other {# approved orders are}} to be delivered',
    fr: '{count, plural, one {# commande approuvée est} other {# commandes approuvées sont}} à livrer',
  },
  'home.to_deliver.see': { en: 'See them', fr: 'Les voir' },
  'home.oldest': {
    en: 'oldest {days, plural, =0 {today} one {# day} other {# days}}',
    fr: 'depuis {days, plural, =0 {aujourd’hui} one {# jour} other {# jours}}',
  },
  'home.nothing': { en: 'Nothing needs you today.', fr: 'Rien ne vous attend aujourd’hui.' },
  'home.next_runs': {
    en: 'Next due {next_date}: {count, plural, one {# recurring order} other {# recurring orders}}, {sum}.',
    fr: 'Prochaine échéance le {next_date} : {count, plural, one {# commande récurrente} other {# commandes récurrentes}}, {sum}.',
  },
  'home.recent': { en: 'My last documents', fr: 'Mes derniers documents' },
  'home.recent.none': {
    en: 'What you write or change will stand here.',
    fr: 'Ce que vous saisissez ou modifiez se trouvera ici.',
  },
  'home.draft': { en: 'Draft', fr: 'Brouillon' },
  'home.what': { en: 'What waits', fr: 'Ce qui attend' },
  'home.net': { en: 'Net', fr: 'HT' },
  'home.age': { en: 'Age', fr: 'Ancienneté' },
  'home.action': { en: 'Action', fr: 'Action' },
} as const satisfies Sentences
