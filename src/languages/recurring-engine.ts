import type { Sentences } from './sentences.ts'

/** Why a period stands without its invoice, and what runs write on invoices. */
export const recurringEngine = {
  'recurring.rate_replaced': {
    en: '{next} applies: {old} ended on {ended_date}.',
    fr: '{next} s’applique\u00a0: {old} a pris fin le {ended_date}.',
  },
  'recurring.reason.nothing_to_bill': {
    en: 'The order comes to 0.00: there was nothing to bill.',
    fr: 'Le montant de la commande est de 0,00\u00a0: il n’y avait rien à facturer.',
  },
  'recurring.reason.below_zero': {
    en: 'The order comes to less than zero. Change its lines, or skip the period.',
    fr: 'Le montant de la commande est négatif. Modifiez ses lignes, ou passez la période.',
  },
  'recurring.reason.overlap': {
    en: 'The period shares days with {from_date} to {to_date}, which the order bills already. Bill it anyway, or skip it.',
    fr: 'La période a des jours en commun avec celle du {from_date} au {to_date}, que la commande facture déjà. Facturez-la quand même, ou passez-la.',
  },
  'recurring.reason.account_archived': {
    en: 'The account {account} is archived. Restore it, or skip the period.',
    fr: 'Le compte {account} est archivé. Restaurez-le, ou passez la période.',
  },
  'recurring.reason.tax_rate_ended': {
    en: '{rate} ended on {ended_date} and names no successor. Choose one in the settings; the next run then bills the period.',
    fr: '{rate} a pris fin le {ended_date} sans successeur. Choisissez-en un dans les réglages\u202f; la prochaine exécution facturera la période.',
  },
  'recurring.reason.cannot_plan': {
    en: 'The recurrence’s settings cannot be used: {detail} Correct them; the next run then bills the period.',
    fr: 'Les réglages de la récurrence sont inutilisables\u00a0: {detail} Corrigez-les\u202f; la prochaine exécution facturera la période.',
  },
  'recurring.reason.cannot_write': {
    en: 'The invoice could not be written: {detail} It is tried again with each run.',
    fr: 'La facture n’a pas pu être écrite\u00a0: {detail} Chaque exécution essaie de nouveau.',
  },
  'recurring.reason.skipped_by_person': { en: 'Skipped: {text}', fr: 'Passée\u00a0: {text}' },
  'recurring.reason.draft_deleted': {
    en: 'Its draft was deleted, and the period is not to be billed: {text}',
    fr: 'Son brouillon a été supprimé, et la période n’est pas à facturer\u00a0: {text}',
  },
  'recurring.reason.draft_deleted_unsaid': {
    en: 'Its draft was deleted, and the period is not to be billed.',
    fr: 'Son brouillon a été supprimé, et la période n’est pas à facturer.',
  },
  'recurring.reason.held_unsaid': {
    en: 'Held by a person, who gave no reason.',
    fr: 'Mise en attente par une personne, sans motif.',
  },
  'recurring.reason.held_by_person': { en: 'Held: {text}', fr: 'En attente\u00a0: {text}' },
  'recurring.reason.paused': {
    en: 'The recurrence was off when it fell due.',
    fr: 'La récurrence était désactivée à son échéance.',
  },
  'recurring.reason.order_cancelled': {
    en: 'The order was cancelled, and what was not billed was left out.',
    fr: 'La commande a été annulée et ce qui n’était pas facturé a été laissé de côté.',
  },
  'recurring.reason.other': {
    en: 'The reason was not recorded.',
    fr: 'Le motif n’a pas été enregistré.',
  },
} as const satisfies Sentences
