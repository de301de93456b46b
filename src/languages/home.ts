import type { Sentences } from './sentences.ts'

/** Home. `more` is the count in words: "12", or "more than 10,000" where nobody counts on. */
export const home = {
  'home.heading': { en: 'What needs attention, {today_date}', fr: 'À traiter, {today_date}' },
  'home.exactly': { en: '{count, number}', fr: '{count, number}' },
  'home.more': { en: 'more than {count, number}', fr: 'plus de {count, number}' },
  'home.red_jobs': {
    en: '{count, plural, one {# job has failed or is overdue} other {# jobs have failed or are overdue}}',
    fr: '{count, plural, one {# tâche a échoué ou est en retard} other {# tâches ont échoué ou sont en retard}}',
  },
  'home.red_jobs.see': { en: 'See the jobs', fr: 'Voir les tâches' },
  'home.parked': {
    en: '{more} recurring {count, plural, one {order has} other {orders have}} {periods, plural, one {a parked period} other {# parked periods}}',
    fr: '{more} {count, plural, one {commande récurrente a} other {commandes récurrentes ont}} {periods, plural, one {une période mise de côté} other {# périodes mises de côté}}',
  },
  'home.parked.see': { en: 'Mend', fr: 'Régler' },
  'home.overdue': {
    en: '{more} {count, plural, one {invoice is} other {invoices are}} overdue',
    fr: '{more} {count, plural, one {facture est} other {factures sont}} en retard de paiement',
  },
  'home.overdue.open': { en: 'What is open, VAT included', fr: 'Solde dû, TVA comprise' },
  'home.overdue.see': {
    en: '{count, plural, one {See it} other {See them}}',
    fr: '{count, plural, one {La voir} other {Les voir}}',
  },
  'home.due': {
    en: '{more} recurring {count, plural, one {order is due: the next run bills it} other {orders are due: the next run bills them}}',
    fr: '{more} {count, plural, one {commande récurrente est échue\u00a0: la prochaine exécution la facture} other {commandes récurrentes sont échues\u00a0: la prochaine exécution les facture}}',
  },
  'home.due.see': {
    en: '{count, plural, one {See it} other {See them}}',
    fr: '{count, plural, one {La voir} other {Les voir}}',
  },
  'home.today': {
    en: '{more} recurring {count, plural, one {order was} other {orders were}} due today',
    fr: '{more} {count, plural, one {commande récurrente était échue} other {commandes récurrentes étaient échues}} aujourd’hui',
  },
  'home.today_runs': {
    en: '{billed, plural, one {# billed} other {# billed}}{parked, plural, =0 {} other {, # parked}}',
    fr: '{billed, plural, one {# facturée} other {# facturées}}{parked, plural, =0 {} one {, # mise de côté} other {, # mises de côté}}',
  },
  'home.today.see': {
    en: '{count, plural, one {See it} other {See them}}',
    fr: '{count, plural, one {La voir} other {Les voir}}',
  },
  'home.drafts': {
    en: '{more} draft {count, plural, one {invoice waits} other {invoices wait}}',
    fr: '{more} {count, plural, one {brouillon de facture attend} other {brouillons de facture attendent}}',
  },
  'home.drafts.see': { en: 'Review', fr: 'Relire' },
  'home.to_approve': {
    en: '{more} {count, plural, one {order is} other {orders are}} to be approved',
    fr: '{more} {count, plural, one {commande est} other {commandes sont}} à approuver',
  },
  'home.to_approve.see': { en: 'Approve', fr: 'Approuver' },
  'home.to_deliver': {
    en: '{more} approved {count, plural, one {order is} other {orders are}} to be delivered',
    fr: '{more} {count, plural, one {commande approuvée est} other {commandes approuvées sont}} à livrer',
  },
  'home.to_deliver.see': {
    en: '{count, plural, one {See it} other {See them}}',
    fr: '{count, plural, one {La voir} other {Les voir}}',
  },
  'home.late_activities': {
    en: '{more} of my activities {count, plural, one {is} other {are}} late',
    fr: '{more} de mes activités {count, plural, one {est} other {sont}} en retard',
  },
  'home.late_activities.see': {
    en: '{count, plural, one {See it} other {See them}}',
    fr: '{count, plural, one {La voir} other {Les voir}}',
  },
  'home.oldest': {
    en: 'oldest {days, plural, =0 {today} one {# day} other {# days}}',
    fr: 'depuis {days, plural, =0 {aujourd’hui} one {# jour} other {# jours}}',
  },
  'home.nothing': { en: 'Nothing needs you today.', fr: 'Rien ne vous attend aujourd’hui.' },
  'home.next_runs': {
    en: 'Next due {next_date}: {more} recurring {count, plural, one {order} other {orders}}{summed, select, true {, {sum}} other {}}.',
    fr: 'Prochaine échéance le {next_date}\u00a0: {more} {count, plural, one {commande récurrente} other {commandes récurrentes}}{summed, select, true {, {sum}} other {}}.',
  },
  'home.next_tomorrow': {
    en: 'Next due tomorrow: {more} recurring {count, plural, one {order} other {orders}}{summed, select, true {, {sum}} other {}}.',
    fr: 'Prochaine échéance demain\u00a0: {more} {count, plural, one {commande récurrente} other {commandes récurrentes}}{summed, select, true {, {sum}} other {}}.',
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
  'home.steps': { en: 'First steps', fr: 'Pour commencer' },
  'home.step.done': { en: 'done', fr: 'fait' },
  'home.step.organisation': { en: 'Complete your organisation', fr: 'Compléter votre organisation' },
  'home.step.organisation.why': {
    en: 'Address, identifiers and bank details stand on every invoice.',
    fr: 'Adresse, identifiants et coordonnées bancaires figurent sur chaque facture.',
  },
  'home.step.account': { en: 'Create your first customer account', fr: 'Créer le premier compte client' },
  'home.step.account.why': {
    en: 'Its addresses, language and tax treatment pass into its orders.',
    fr: 'Ses adresses, sa langue et son régime de TVA passent dans ses commandes.',
  },
  'home.step.product': { en: 'Create your first product', fr: 'Créer le premier produit' },
  'home.step.product.why': {
    en: 'An order line takes its description, price and tax from it; free text works too.',
    fr: 'Une ligne de commande en reprend désignation, prix et TVA\u202f; le texte libre convient aussi.',
  },
  'home.step.order': { en: 'Create your first order', fr: 'Créer la première commande' },
  'home.step.order.why': {
    en: 'Make it recurring, and its invoices are drafted by themselves.',
    fr: 'Rendez-la récurrente\u00a0: ses factures sont préparées d’elles-mêmes.',
  },
  'home.step.user': { en: 'Add a colleague', fr: 'Ajouter un collègue' },
  'home.step.user.why': {
    en: 'Each person signs in with an own account; the history says who did what.',
    fr: 'Chacun se connecte avec son propre compte\u202f; l’historique dit qui a fait quoi.',
  },
} as const satisfies Sentences
