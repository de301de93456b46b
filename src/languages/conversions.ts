import type { Sentences } from './sentences.ts'

/** What is made out of an order, and how what was made binds it. */
export const conversions = {
  'conversions.refused.cancelled': {
    en: 'The order is cancelled. Reopen it first.',
    fr: 'La commande est annulée. Rouvrez-la d’abord.',
  },
  'conversions.refused.no_lines': {
    en: 'The order has no line with a price. Add one.',
    fr: 'La commande n’a aucune ligne chiffrée. Ajoutez-en une.',
  },
  'conversions.refused.nothing_remains': {
    en: 'Everything is invoiced: nothing remains.',
    fr: 'Tout est facturé\u00a0: il ne reste rien.',
  },
  'conversions.refused.in_draft': {
    en: 'What was left to invoice is in a draft already. Issue that one, or delete it.',
    fr: 'Ce qui restait à facturer figure déjà dans un brouillon. Émettez-le, ou supprimez-le.',
  },
  'conversions.refused.below_zero': {
    en: 'What remains adds up to less than zero, and no invoice is below zero. Change the order’s lines.',
    fr: 'Ce qui reste est inférieur à zéro, et une facture ne l’est jamais. Modifiez les lignes de la commande.',
  },
  'conversions.mode.unknown': {
    en: 'Choose all that remains: “all”.',
    fr: 'Choisissez tout ce qui reste\u00a0: «\u00a0all\u00a0».',
  },
  'conversions.create': { en: 'Create invoice', fr: 'Créer une facture' },
  'conversions.title': { en: 'Invoice order {number}', fr: 'Facturer la commande {number}' },
  'conversions.verb': { en: 'Create draft invoice', fr: 'Créer le brouillon' },
  'conversions.balance': { en: 'What remains', fr: 'Ce qui reste' },
  'conversions.line': { en: 'Line', fr: 'Ligne' },
  'conversions.ordered': { en: 'Ordered', fr: 'Commandé' },
  'conversions.invoiced': { en: 'Invoiced', fr: 'Facturé' },
  'conversions.drafted': { en: 'In draft', fr: 'En brouillon' },
  'conversions.reopened': { en: 'Credited back', fr: 'Recrédité' },
  'conversions.remaining': { en: 'Remaining', fr: 'Restant' },
  'conversions.net': { en: 'Net, {sign}', fr: 'HT, {sign}' },
  'conversions.summary': {
    en: '{ordered} ordered, {invoiced} invoiced, {drafted} in draft, {remaining} remaining',
    fr: '{ordered} commandé, {invoiced} facturé, {drafted} en brouillon, {remaining} restant',
  },
  'conversions.made': {
    en: 'Will be made: one draft invoice of all that remains to {customer}, net {net}, tax {tax}, gross {gross}. It has no number until it is issued, and can be edited and deleted until then.',
    fr: 'Sera créé\u00a0: un brouillon de facture de tout ce qui reste à {customer}, {net} HT, {tax} de taxe, {gross} TTC. Il n’a pas de numéro avant son émission\u202f; d’ici là, il se modifie et se supprime.',
  },
  'conversions.made_recurring': {
    en: 'The recurrence of this order goes on unchanged: its runs bill the lines anew each period. What is invoiced here comes on top.',
    fr: 'La récurrence de cette commande continue sans changement\u00a0: ses exécutions facturent les lignes à chaque période. Ce qui est facturé ici s’y ajoute.',
  },
  'conversions.done': {
    en: 'Draft invoice of order {number} created, net {net}.',
    fr: 'Brouillon de facture de la commande {number} créé, {net} HT.',
  },
  'conversions.progress': {
    en: '{invoiced}%{drafted, plural, =0 {} other { + {drafted}% in draft}}',
    fr: '{invoiced}\u00a0%{drafted, plural, =0 {} other { + {drafted}\u00a0% en brouillon}}',
  },
  'conversions.progress.label': { en: 'Invoiced', fr: 'Facturé' },
  'conversions.bound.account': {
    en: 'The customer stays: documents came out of this order. Duplicate it for another customer.',
    fr: 'Le client reste\u00a0: des documents sont issus de cette commande. Dupliquez-la pour un autre client.',
  },
  'conversions.bound.currency': {
    en: 'The currency stays {currency}: documents came out of this order.',
    fr: 'La devise reste {currency}\u00a0: des documents sont issus de cette commande.',
  },
  'conversions.bound.organisation': {
    en: 'The organisation stays: documents came out of this order.',
    fr: 'L’organisation reste\u00a0: des documents sont issus de cette commande.',
  },
  'conversions.bound.quantity': {
    en: 'Line {line, number}: {billed} are invoiced or in a draft. Enter that or more.',
    fr: 'Ligne {line, number}\u00a0: {billed} sont facturés ou en brouillon. Saisissez au moins cette quantité.',
  },
  'conversions.bound.removed': {
    en: 'Line “{description}” cannot be removed: {billed} of it are invoiced or in a draft.',
    fr: 'La ligne «\u00a0{description}\u00a0» ne peut pas être supprimée\u00a0: {billed} sont facturés ou en brouillon.',
  },
  'conversions.bound.price': {
    en: 'Line {line, number}: a part of it is invoiced, so its price, discount and tax stay. Add a new line for what is sold otherwise.',
    fr: 'Ligne {line, number}\u00a0: une partie est facturée, son prix, sa remise et sa taxe restent. Ajoutez une ligne pour ce qui est vendu autrement.',
  },
  'conversions.draft.limits': {
    en: 'This draft bills a part of its order: each line takes at most what remains there; prices, discounts and taxes are the order’s.',
    fr: 'Ce brouillon facture une partie de sa commande\u00a0: chaque ligne prend au plus ce qu’il en reste\u202f; prix, remises et taxes sont ceux de la commande.',
  },
  'conversions.draft.limits_reissue': {
    en: 'This draft stands in the place of a credited invoice: each line takes at most what remains of its order.',
    fr: 'Ce brouillon remplace une facture créditée\u00a0: chaque ligne prend au plus ce qu’il reste de sa commande.',
  },
  'conversions.draft.quantity': {
    en: 'Line {line, number}: {most} of the order remain for it. Enter that or less.',
    fr: 'Ligne {line, number}\u00a0: il en reste {most} sur la commande. Saisissez au plus cette quantité.',
  },
  'conversions.draft.price': {
    en: 'Line {line, number}: price, discount and tax are the order’s. Change them there, and make the draft anew.',
    fr: 'Ligne {line, number}\u00a0: prix, remise et taxe sont ceux de la commande. Modifiez-les là, puis refaites le brouillon.',
  },
  'conversions.draft.added': {
    en: 'Line {line, number} is not the order’s. Add it to the order, and make the draft anew.',
    fr: 'La ligne {line, number} n’est pas de la commande. Ajoutez-la à la commande, puis refaites le brouillon.',
  },
} as const satisfies Sentences
