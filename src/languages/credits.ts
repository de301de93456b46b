import type { Sentences } from './sentences.ts'

/** Credit notes. */
export const credits = {
  'credits.nothing': {
    en: 'Choose what to credit: nothing of it is left, or no quantity is entered.',
    fr: 'Choisissez quoi créditer\u00a0: il n’en reste rien, ou aucune quantité n’est saisie.',
  },
  'credits.quantity.unknown': {
    en: 'This line is not on the invoice.',
    fr: 'Cette ligne n’est pas sur la facture.',
  },
  'credits.quantity.none': {
    en: 'Leave this empty: the line is credited whole.',
    fr: 'Laissez vide\u00a0: la ligne est entièrement créditée.',
  },
  'credits.quantity.wrong': {
    en: 'Enter the quantity as a number, such as 2.5.',
    fr: 'Saisissez la quantité en chiffres, par exemple 2,5.',
  },
  'credits.quantity.too_much': {
    en: '{left} can still be credited, {typed} was entered. Enter {left} or less.',
    fr: '{left} peuvent encore être crédités, vous avez saisi {typed}. Saisissez {left} au plus.',
  },
  'credits.amount.missing': {
    en: 'Enter a net amount above zero.',
    fr: 'Saisissez un montant HT supérieur à zéro.',
  },
  'credits.amount.none': {
    en: 'No net amount is left to credit. Choose the whole invoice, or lines.',
    fr: 'Il ne reste aucun montant HT à créditer. Choisissez toute la facture, ou des lignes.',
  },
  'credits.amount.too_much': {
    en: 'Enter {left_money} or less: no more is left before tax.',
    fr: 'Saisissez {left_money} au plus\u00a0: il ne reste pas davantage hors taxe.',
  },
  'credits.tax.too_much': {
    en: 'Choose less: of what is taxed at {rate} %, {left_money} is left before tax. An amount was credited before, or a line below zero must be credited with it.',
    fr: 'Choisissez moins\u00a0: de ce qui est taxé à {rate}\u00a0%, il reste {left_money} hors taxe. Un montant a déjà été crédité, ou une ligne négative est à créditer avec.',
  },
  'credits.too_much': {
    en: 'Choose less: {left_money} is left of the invoice.',
    fr: 'Choisissez moins\u00a0: il reste {left_money} de la facture.',
  },
  'credits.refused.draft': {
    en: 'A draft is not credited: edit or delete it.',
    fr: 'Un brouillon ne se crédite pas\u00a0: modifiez-le ou supprimez-le.',
  },
  'credits.refused.credit_note': {
    en: '{number} is a credit note. What it credited wrongly is billed by a new invoice.',
    fr: '{number} est un avoir. Ce qu’il a crédité à tort se refacture par une nouvelle facture.',
  },
  'credits.refused.credited': {
    en: 'Nothing is left of {number}: it is credited whole.',
    fr: 'Il ne reste rien de {number}\u00a0: elle est entièrement créditée.',
  },
  'credits.reissue.whole': {
    en: 'Choose the whole invoice: a new draft takes the place of all of it.',
    fr: 'Choisissez toute la facture\u00a0: le nouveau brouillon la remplace en entier.',
  },
  'credits.reopen.amount': {
    en: 'Choose lines and quantities for what is to be billed again: an amount gives no quantity back.',
    fr: 'Choisissez des lignes et des quantités pour ce qui est à refacturer\u00a0: un montant ne rend aucune quantité.',
  },
  'credits.document.subject': {
    en: 'Credit note for {number}: {subject}',
    fr: 'Avoir sur {number}\u00a0: {subject}',
  },
  'credits.document.amount': { en: 'Credit on invoice {number}', fr: 'Avoir sur la facture {number}' },
  'credits.document.given_back': {
    en: 'Less what was credited as an amount before',
    fr: 'Moins ce qui a déjà été crédité en montant',
  },
  'invoices.history.credited': { en: 'Credited', fr: 'Facture créditée' },
  'credits.title': { en: 'Credit notes', fr: 'Avoirs' },
  'credits.create': { en: 'Create credit note', fr: 'Créer un avoir' },
  'credits.new': { en: 'Credit note for {number}', fr: 'Avoir sur {number}' },
  'credits.issue': { en: 'Issue credit note', fr: 'Émettre l’avoir' },
  'credits.reissue': { en: 'Credit and re-issue', fr: 'Créditer et réémettre' },
  'credits.reissue.title': { en: 'Credit {number} and re-issue it', fr: 'Créditer {number} et la réémettre' },
  'credits.reissue.what': {
    en: 'A credit note of all that is left of {number} is issued to {customer} at once.',
    fr: 'Un avoir de tout ce qui reste de {number} est émis aussitôt à {customer}.',
  },
  'credits.reissue.draft': {
    en: 'A draft with the same lines takes its place. You can edit it before it is issued; name, address and identifiers are then those of that day.',
    fr: 'Un brouillon avec les mêmes lignes prend sa place. Vous pouvez le modifier avant l’émission\u202f; nom, adresse et identifiants seront ceux de ce jour-là.',
  },
  'credits.reissue.periods': {
    en: 'The period {periods} stays billed, by the new draft.',
    fr: 'La période {periods} reste facturée, par le nouveau brouillon.',
  },
  'credits.what': { en: 'What is credited', fr: 'Ce qui est crédité' },
  'credits.what.issued': {
    en: 'The credit note is dated today, gets its number and is issued to {customer} at once.',
    fr: 'L’avoir est daté d’aujourd’hui, reçoit son numéro et est émis aussitôt à {customer}.',
  },
  'credits.mode': { en: 'Credit', fr: 'Créditer' },
  'credits.mode.missing': {
    en: 'Choose what to credit: all, lines or an amount.',
    fr: 'Choisissez quoi créditer\u00a0: tout, des lignes ou un montant.',
  },
  'credits.mode.all': { en: 'all that is left, {gross_money}', fr: 'tout ce qui reste, {gross_money}' },
  'credits.mode.lines': { en: 'lines and quantities', fr: 'des lignes et des quantités' },
  'credits.mode.lines.hint': {
    en: 'Enter quantities below; an empty one is left out.',
    fr: 'Saisissez les quantités ci-dessous\u202f; une quantité vide est laissée de côté.',
  },
  'credits.mode.amount': { en: 'a net amount', fr: 'un montant HT' },
  'credits.mode.amount.hint': {
    en: 'It is spread over the taxes as what is left stands.',
    fr: 'Il est réparti sur les taxes selon ce qui reste.',
  },
  'credits.invoiced': { en: 'Invoiced', fr: 'Facturé' },
  'credits.left': { en: 'Left', fr: 'Reste' },
  'credits.quantity': { en: 'To credit', fr: 'À créditer' },
  'credits.quantity_of': {
    en: 'Quantity to credit: {description}',
    fr: 'Quantité à créditer\u00a0: {description}',
  },
  'credits.quantity_at': { en: 'Line {number}', fr: 'Ligne {number}' },
  'credits.amount': { en: 'Net amount to credit', fr: 'Montant HT à créditer' },
  'credits.amount.hint': { en: 'At most {left_money}.', fr: '{left_money} au plus.' },
  'credits.why': { en: 'Why', fr: 'Pourquoi' },
  'credits.cause': { en: 'Cause', fr: 'Cause' },
  'credits.cause.error': { en: 'The invoice was wrong', fr: 'La facture était fausse' },
  'credits.cause.error.hint': {
    en: 'What it billed is billable again.',
    fr: 'Ce qu’elle facturait redevient facturable.',
  },
  'credits.cause.return': {
    en: 'Goods came back, or a service was not rendered',
    fr: 'Retour de biens, ou service non rendu',
  },
  'credits.cause.return.hint': { en: 'Nothing is billed again.', fr: 'Rien n’est refacturé.' },
  'credits.cause.gesture': { en: 'A commercial gesture', fr: 'Un geste commercial' },
  'credits.cause.gesture.hint': { en: 'Nothing is billed again.', fr: 'Rien n’est refacturé.' },
  'credits.reopen': { en: 'Billable again', fr: 'À nouveau facturable' },
  'credits.reopen.by_cause': { en: 'as the cause says', fr: 'selon la cause' },
  'credits.reopen.yes': { en: 'yes', fr: 'oui' },
  'credits.reopen.no': { en: 'no', fr: 'non' },
  'credits.reopen.period': {
    en: 'Once nothing is left of the invoice, {periods} is billed again by the next run, or never.',
    fr: 'Quand il ne reste rien de la facture, {periods} est refacturée par le prochain lot, ou jamais.',
  },
  'credits.reason': { en: 'Reason', fr: 'Motif' },
  'credits.reason.hint': {
    en: 'Kept with the credit note, for you.',
    fr: 'Conservé avec l’avoir, pour vous.',
  },
  'credits.balance': { en: 'Balance of the invoice', fr: 'Solde de la facture' },
  'credits.balance.gross': { en: 'Invoiced', fr: 'Facturé' },
  'credits.balance.credited': { en: 'Credited', fr: 'Crédité' },
  'credits.balance.paid': { en: 'Paid', fr: 'Payé' },
  'credits.balance.open': { en: 'Open', fr: 'Reste dû' },
  'credits.before': { en: 'Before', fr: 'Avant' },
  'credits.after': { en: 'After', fr: 'Après' },
  'credits.preview': {
    en: 'The credit note comes to {due_money}: net {net_money}, tax {tax_money}{rounding, select, no {} other {, rounding {rounding_money}, since the taxes of parts differ from the whole}}. Then {open_money} is open.',
    fr: 'L’avoir est de {due_money}\u00a0: HT {net_money}, taxe {tax_money}{rounding, select, no {} other {, arrondi {rounding_money}, les taxes des parties différant du tout}}. Il reste alors dû {open_money}.',
  },
  'credits.preview.wrong': {
    en: 'What the credit note comes to appears here once it is entered.',
    fr: 'Le montant de l’avoir apparaît ici dès qu’il est saisi.',
  },
  'credits.recalculate': { en: 'Calculate', fr: 'Calculer' },
  'credits.paid': {
    en: 'Money was paid on this invoice: what is below zero after the credit note is owed back.',
    fr: 'Cette facture a reçu un paiement\u00a0: ce qui devient négatif après l’avoir est à rembourser.',
  },
  'credits.final': {
    en: 'An issued credit note never changes.',
    fr: 'Un avoir émis ne change plus.',
  },
  'credits.done': {
    en: '{number} is issued: it corrects {of}.',
    fr: '{number} est émis\u00a0: il corrige {of}.',
  },
  'credits.done.reissued': {
    en: '{number} is issued: it corrects {of}. A new draft has taken its place.',
    fr: '{number} est émis\u00a0: il corrige {of}. Un nouveau brouillon a pris sa place.',
  },
  'credits.done.edit': { en: 'Edit the draft', fr: 'Modifier le brouillon' },
  'credits.corrects': {
    en: 'It corrects invoice {number} of {document_date}.',
    fr: 'Il corrige la facture {number} du {document_date}.',
  },
  'credits.replaces': {
    en: 'It takes the place of {number}, which is credited.',
    fr: 'Elle prend la place de {number}, qui est créditée.',
  },
  'credits.replaced_by': {
    en: 'It is credited; in its place stands {number}.',
    fr: 'Elle est créditée\u202f; à sa place\u00a0: {number}.',
  },
  'credits.see': { en: 'See {number}', fr: 'Voir {number}' },
  'credits.see_replacement': { en: 'See what replaces it', fr: 'Voir ce qui la remplace' },
  'credits.credited_in': { en: 'Credited, {sign}', fr: 'Crédité, {sign}' },
  'credits.reopened': { en: 'billable again', fr: 'à nouveau facturable' },
  'credits.total_rounding': { en: 'Rounding', fr: 'Arrondi' },
  'credits.total_due': { en: 'Credited to the customer', fr: 'Porté au crédit du client' },
} as const satisfies Sentences
