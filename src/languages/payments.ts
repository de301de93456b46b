import type { Sentences } from './sentences.ts'

/** Payments of an invoice: their list and form, and entries against them. */
export const payments = {
  'payments.title': { en: 'Payments', fr: 'Paiements' },
  'payments.of': { en: 'Payments of {number}', fr: 'Paiements de {number}' },
  'payments.none': {
    en: 'Nothing has been paid on this invoice yet.',
    fr: 'Rien n’a encore été réglé sur cette facture.',
  },
  'payments.none.draft': {
    en: 'A draft takes no payment: issue it first.',
    fr: 'Un brouillon ne reçoit pas de paiement\u00a0: émettez-le d’abord.',
  },
  'payments.balance': { en: 'Balance', fr: 'Solde' },
  'payments.balance.gross': { en: 'Gross', fr: 'Total TTC' },
  'payments.balance.credited': { en: 'Credited', fr: 'Crédité par avoir' },
  'payments.balance.paid': { en: 'Paid', fr: 'Réglé' },
  'payments.balance.open': { en: 'Open', fr: 'Solde dû' },
  'payments.balance.refund': { en: 'To be given back', fr: 'À rembourser' },
  'payments.late': {
    en: '{days, plural, one {# day late} other {# days late}}',
    fr: '{days, plural, one {# jour de retard} other {# jours de retard}}',
  },
  'payments.date': { en: 'Date', fr: 'Date' },
  'payments.amount': { en: 'Amount', fr: 'Montant' },
  'payments.amount_in': { en: 'Amount, {sign}', fr: 'Montant, {sign}' },
  'payments.amount.hint': { en: '{open_money} is open.', fr: 'Solde dû\u00a0: {open_money}.' },
  'payments.amount.refund_hint': {
    en: 'What you give back; {open_money} at most.',
    fr: 'Ce que vous remboursez\u202f; {open_money} au plus.',
  },
  'payments.open_after': { en: 'Open after it, {sign}', fr: 'Solde après, {sign}' },
  'payments.method': { en: 'Method', fr: 'Moyen' },
  'payments.method.transfer': { en: 'Transfer', fr: 'Virement' },
  'payments.method.direct_debit': { en: 'Direct debit', fr: 'Prélèvement' },
  'payments.method.card': { en: 'Card', fr: 'Carte' },
  'payments.method.cheque': { en: 'Cheque', fr: 'Chèque' },
  'payments.method.cash': { en: 'Cash', fr: 'Espèces' },
  'payments.method.other': { en: 'Other', fr: 'Autre' },
  'payments.reference': { en: 'Reference', fr: 'Référence' },
  'payments.reference.hint': {
    en: 'Such as the number of the transfer or the cheque.',
    fr: 'Par exemple le numéro du virement ou du chèque.',
  },
  'payments.by': { en: 'Entered by', fr: 'Saisi par' },
  'payments.taxes': { en: 'VAT in it', fr: 'TVA comprise' },
  'payments.tax_at': { en: '{tax_money} at {rate}', fr: '{tax_money} à {rate}' },
  'payments.early': { en: 'before the invoice', fr: 'avant la facture' },
  'payments.undone': { en: 'undone', fr: 'annulé' },
  'payments.undoes': {
    en: 'Undoes the payment of {payment_date}: {reason}',
    fr: 'Annule le paiement du {payment_date}\u00a0: {reason}',
  },
  'payments.new': { en: 'Enter a payment', fr: 'Saisir un paiement' },
  'payments.new.refund': { en: 'Enter a refund', fr: 'Saisir un remboursement' },
  'payments.enter': { en: 'Enter payment', fr: 'Enregistrer le paiement' },
  'payments.enter.refund': { en: 'Enter refund', fr: 'Enregistrer le remboursement' },
  'payments.preview': {
    en: 'Paid in full, the invoice becomes “paid”. A smaller amount leaves the rest open.',
    fr: 'Réglée en totalité, la facture passe au statut «\u00a0payée\u00a0». Un montant moindre laisse le reste dû.',
  },
  'payments.preview.refund': {
    en: 'The invoice was credited after it was paid. Once everything is given back, it is settled.',
    fr: 'La facture a été créditée après son règlement. Une fois tout remboursé, elle est soldée.',
  },
  'payments.undo': { en: 'Undo', fr: 'Annuler' },
  'payments.undo.of': {
    en: 'Undo the payment of {payment_money} of {payment_date}',
    fr: 'Annuler le paiement de {payment_money} du {payment_date}',
  },
  'payments.entered': {
    en: 'Payment of {payment_money} entered on {number}. {open, select, none {Nothing is open.} other {{open_money} is open.}}{early, select, yes { Its date lies before the invoice’s.} other {}}',
    fr: 'Paiement de {payment_money} enregistré sur {number}. {open, select, none {Plus rien n’est dû.} other {Solde dû\u00a0: {open_money}.}}{early, select, yes { Sa date précède celle de la facture.} other {}}',
  },
  'payments.entered.refund': {
    en: 'Refund of {payment_money} entered on {number}. {open, select, none {Nothing is open.} other {{open_money} is still to be given back.}}',
    fr: 'Remboursement de {payment_money} enregistré sur {number}. {open, select, none {Plus rien n’est dû.} other {Reste à rembourser\u00a0: {open_money}.}}',
  },
  'payments.paid_already': {
    en: '{number} is paid already.',
    fr: '{number} est déjà payée.',
  },
  'payments.undone.done': {
    en: 'The payment of {payment_money} on {number} is undone.',
    fr: 'Le paiement de {payment_money} sur {number} est annulé.',
  },
  'payments.reversal.title': { en: 'Undo this payment?', fr: 'Annuler ce paiement\u202f?' },
  'payments.reversal.refused': {
    en: 'This payment cannot be undone',
    fr: 'Ce paiement ne peut pas être annulé',
  },
  'payments.reversal.what': {
    en: 'The payment of {payment_money} of {payment_date} on {number} is undone by an entry against it, dated today. Both stay in the list.',
    fr: 'Le paiement de {payment_money} du {payment_date} sur {number} est annulé par une écriture inverse, datée d’aujourd’hui. Les deux restent dans la liste.',
  },
  'payments.reversal.balance': {
    en: 'Open now {before_money}, afterwards {after_money}.',
    fr: 'Solde dû à présent\u00a0: {before_money}\u202f; ensuite\u00a0: {after_money}.',
  },
  'payments.reversal.status': {
    en: 'The invoice returns to “{status}”.',
    fr: 'La facture revient au statut «\u00a0{status}\u00a0».',
  },
  'payments.reversal.bank': {
    en: 'The line of the bank that it came from is left over again: “{label}”.',
    fr: 'La ligne bancaire d’où il provient est de nouveau à rapprocher\u00a0: «\u00a0{label}\u00a0».',
  },
  'payments.reversal.verb': { en: 'Undo payment', fr: 'Annuler le paiement' },
  'payments.reason': { en: 'Reason', fr: 'Motif' },
  'payments.reason.hint': {
    en: 'Such as “entered on the wrong invoice” or “cheque came back”.',
    fr: 'Par exemple «\u00a0saisi sur la mauvaise facture\u00a0» ou «\u00a0chèque rejeté\u00a0».',
  },
  'payments.reason.missing': {
    en: 'Say why the payment is undone.',
    fr: 'Indiquez pourquoi le paiement est annulé.',
  },
  'payments.date.future': {
    en: 'Enter a day up to today, {today_date}: money that has not come is not entered.',
    fr: 'Saisissez un jour au plus tard aujourd’hui, le {today_date}\u00a0: on n’enregistre pas ce qui n’est pas arrivé.',
  },
  'payments.amount.missing': {
    en: 'Enter the amount, {open_money} at most.',
    fr: 'Saisissez le montant, {open_money} au plus.',
  },
  'payments.amount.below_zero': {
    en: 'Enter an amount above zero. To take a payment back, undo it in the list.',
    fr: 'Saisissez un montant positif. Pour reprendre un paiement, annulez-le dans la liste.',
  },
  'payments.amount.too_much': {
    en: 'Enter {open_money} or less: no more is open.',
    fr: 'Saisissez {open_money} au plus\u00a0: c’est tout ce qui est dû.',
  },
  'payments.amount.too_much_refund': {
    en: 'Enter {open_money} or less: no more is to be given back.',
    fr: 'Saisissez {open_money} au plus\u00a0: c’est tout ce qui est à rembourser.',
  },
  'payments.refused.draft': {
    en: 'This is a draft: issue it first, then enter its payment.',
    fr: 'C’est un brouillon\u00a0: émettez-le d’abord, puis saisissez son paiement.',
  },
  'payments.refused.credit_note': {
    en: '{number} is a credit note and takes no payment. Enter the refund on the invoice that it credits.',
    fr: '{number} est un avoir et ne reçoit pas de paiement. Saisissez le remboursement sur la facture créditée.',
  },
  'payments.refused.nothing_open': {
    en: 'Nothing is open on {number}.',
    fr: 'Plus rien n’est dû sur {number}.',
  },
  'payments.refused.refund_due': {
    en: '{number} was credited after it was paid: enter the refund of {open_money}.',
    fr: '{number} a été créditée après son règlement\u00a0: saisissez le remboursement de {open_money}.',
  },
  'payments.refused.counter_entry': {
    en: 'This entry undoes another one. Enter the payment anew instead.',
    fr: 'Cette écriture en annule une autre. Saisissez plutôt le paiement à nouveau.',
  },
  'payments.refused.undone': {
    en: 'This payment is undone already.',
    fr: 'Ce paiement est déjà annulé.',
  },
  'payments.refused.refunded': {
    en: 'A part of this payment was given back. Undo the refund first.',
    fr: 'Une partie de ce paiement a été remboursée. Annulez d’abord le remboursement.',
  },

  'payments.filter': { en: 'Payment', fr: 'Règlement' },
  'payments.filter.open': { en: 'Open', fr: 'À régler' },
  'payments.filter.overdue': { en: 'Overdue', fr: 'En retard' },
  'payments.filter.paid': { en: 'Paid', fr: 'Réglées' },
  'payments.open': { en: 'Open', fr: 'Solde dû' },
  'payments.open_in': { en: 'Open, {sign}', fr: 'Solde dû, {sign}' },
  'payments.account': { en: 'Invoices', fr: 'Factures' },
  'payments.account.open': { en: 'Open', fr: 'À régler' },
  'payments.account.overdue': { en: 'Overdue', fr: 'En retard' },
  'payments.account.sum': {
    en: '{count, plural, one {# invoice} other {# invoices}}, {sums}',
    fr: '{count, plural, one {# facture} other {# factures}}, {sums}',
  },
  'payments.account.nothing': { en: 'Nothing is open.', fr: 'Rien à régler.' },
  'payments.history.payment': { en: 'Payment', fr: 'Paiement' },
} as const satisfies Sentences
