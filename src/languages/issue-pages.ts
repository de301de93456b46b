import type { Sentences } from './sentences.ts'

/** Issuing by hand: the page that asks before, and what is told after. */
export const issuePages = {
  'invoices.issue.title': {
    en: '{kind, select, credit_note {Issue this credit note} deposit {Issue this deposit invoice} other {Issue this invoice}}',
    fr: '{kind, select, credit_note {Émettre cet avoir} deposit {Émettre cette facture d’acompte} other {Émettre cette facture}}',
  },
  'invoices.issue.verb': {
    en: '{kind, select, credit_note {Issue credit note} deposit {Issue deposit invoice} other {Issue invoice}}',
    fr: '{kind, select, credit_note {Émettre l’avoir} deposit {Émettre la facture d’acompte} other {Émettre la facture}}',
  },
  'invoices.issue.checks': { en: 'What an invoice must say', fr: 'Ce qu’une facture doit dire' },
  'invoices.issue.check': { en: 'Mention', fr: 'Mention' },
  'invoices.issue.state': { en: 'State', fr: 'État' },
  'invoices.issue.ask_admin': {
    en: 'Only an admin can enter it: ask one.',
    fr: 'Seul un administrateur peut le faire\u00a0: demandez-le-lui.',
  },
  'invoices.issue.to': {
    en: 'It goes to {customer}: net {net}, gross {gross}.',
    fr: 'Elle est adressée à {customer}\u00a0: {net} HT, {gross} TTC.',
  },
  'invoices.issue.number': {
    en: 'It takes the next number of its series, {format}, and no other can have it after that.',
    fr: 'Elle prend le prochain numéro de sa série, {format}, que nulle autre ne portera ensuite.',
  },
  'invoices.issue.dated': {
    en: 'It is dated {document_date} and due on {due_date}.',
    fr: 'Elle est datée du {document_date}, à échéance du {due_date}.',
  },
  'invoices.issue.from_ahead': {
    en: 'The draft is dated {from_date}, which lies ahead: issued now, it is dated today, {document_date}, and due on {due_date}.',
    fr: 'Le brouillon porte une date à venir, le {from_date}\u00a0: émise maintenant, la facture est datée d’aujourd’hui, le {document_date}, à échéance du {due_date}.',
  },
  'invoices.issue.from_ahead_marked': {
    en: 'The draft is dated {from_date} and would be issued by itself on that day. Issued now, it is dated today, {document_date}, and due on {due_date}.',
    fr: 'Le brouillon est daté du {from_date} et serait émis de lui-même ce jour-là. Émise maintenant, la facture est datée d’aujourd’hui, le {document_date}, à échéance du {due_date}.',
  },
  'invoices.issue.from_closed': {
    en: 'The books of its date, {from_date}, are closed: it is dated today, {document_date}, and due on {due_date}.',
    fr: 'La comptabilité de sa date, le {from_date}, est clôturée\u00a0: la facture est datée d’aujourd’hui, le {document_date}, à échéance du {due_date}.',
  },
  'invoices.issue.final': {
    en: 'From then on it never changes; a mistake is corrected with a credit note.',
    fr: 'Elle ne change plus ensuite\u202f; une erreur se corrige par un avoir.',
  },
  'invoices.issue.late': {
    en: 'Its series already stands at {last_date}: which date should it have?',
    fr: 'Sa série en est déjà au {last_date}\u00a0: quelle date doit-elle porter\u202f?',
  },
  'invoices.issue.late_redate': {
    en: 'Today, {document_date}, due on {due_date}',
    fr: 'Aujourd’hui, le {document_date}, à échéance du {due_date}',
  },
  'invoices.issue.late_keep': {
    en: 'Keep {document_date}, due on {due_date}, behind the others of its series',
    fr: 'Conserver le {document_date}, à échéance du {due_date}, après les autres de sa série',
  },
  'invoices.issue.mailed': {
    en: 'It is then emailed to {recipients}.',
    fr: 'Elle est ensuite envoyée à {recipients}.',
  },
  'invoices.issue.no_recipient': {
    en: 'It should be emailed, but nobody has an address: it will stay approved.',
    fr: 'Elle devrait être envoyée par e-mail, mais aucune adresse n’est connue\u00a0: elle restera approuvée.',
  },
  'invoices.issue.not_mailed': {
    en: 'Nothing is sent to the customer by this.',
    fr: 'Rien n’est envoyé au client à cette occasion.',
  },
  'invoices.issue.order_changed': {
    en: 'The order was changed after this draft was made. Look at both before you issue it.',
    fr: 'La commande a été modifiée après la création de ce brouillon. Vérifiez les deux avant de l’émettre.',
  },
  'invoices.issue.refused': {
    en: '{count, plural, one {One point stands in the way, above.} other {# points stand in the way, above.}}',
    fr: '{count, plural, one {Un point s’y oppose, ci-dessus.} other {# points s’y opposent, ci-dessus.}}',
  },
  'invoices.issue.changed': {
    en: 'Somebody changed this draft meanwhile. Look at it again before you issue it.',
    fr: 'Quelqu’un a modifié ce brouillon entre-temps. Vérifiez-le avant de l’émettre.',
  },
  'invoices.issue.ahead': {
    en: 'The draft is dated {document_date}, which lies ahead. Date it {today_date} or earlier to issue it now, or wait until then.',
    fr: 'Le brouillon est daté du {document_date}, une date à venir. Datez-le du {today_date} au plus tard pour l’émettre maintenant, ou attendez ce jour.',
  },
  'invoices.issue.date_ahead': {
    en: 'No invoice is dated after the day of its issue. Enter {today_date} or an earlier day.',
    fr: 'Aucune facture ne porte une date postérieure à son émission. Saisissez le {today_date} ou un jour antérieur.',
  },
  'invoices.issue.done': {
    en: 'Invoice {number} issued{redated, select, yes {, dated {document_date}} other {}}.',
    fr: 'Facture {number} émise{redated, select, yes {, datée du {document_date}} other {}}.',
  },
  'invoices.issue.done_sent': {
    en: 'Invoice {number} issued{redated, select, yes {, dated {document_date}} other {}} and marked as sent.',
    fr: 'Facture {number} émise{redated, select, yes {, datée du {document_date}} other {}} et marquée comme envoyée.',
  },
  'invoices.issue.marked_sent': {
    en: 'Invoice {number} is marked as sent.',
    fr: 'La facture {number} est marquée comme envoyée.',
  },
  'invoices.issue.before': {
    en: 'It was issued before, as {number}.',
    fr: 'Elle a déjà été émise, sous le numéro {number}.',
  },
  'invoices.mark_sent': { en: 'Mark as sent', fr: 'Marquer comme envoyée' },
  'invoices.refused.already_issued': {
    en: 'Invoice {number} is issued already. Correct it with a credit note.',
    fr: 'La facture {number} est déjà émise. Corrigez-la par un avoir.',
  },
  'invoices.refused.not_issued': {
    en: 'A draft cannot be marked as sent. Issue it first.',
    fr: 'Un brouillon ne peut pas être marqué comme envoyé. Émettez-le d’abord.',
  },
  'invoices.refused.already_sent': {
    en: 'Invoice {number} is marked as sent already.',
    fr: 'La facture {number} est déjà marquée comme envoyée.',
  },
  'invoices.refused.already_paid': {
    en: 'Invoice {number} is paid: it needs no other mark.',
    fr: 'La facture {number} est payée\u00a0: elle n’a pas besoin d’une autre marque.',
  },
  'invoices.track': { en: 'Status of the invoice', fr: 'Statut de la facture' },
  'invoices.track.draft': { en: 'Draft', fr: 'Brouillon' },
  'invoices.track.issued': { en: 'Issued', fr: 'Émise' },
  'invoices.issues_on': { en: 'Issues on {issues_date}', fr: 'Émission le {issues_date}' },
  'invoices.redated_from': { en: 'Dated anew', fr: 'Redatée' },
  'invoices.redated_from.text': {
    en: 'The draft was dated {from_date}',
    fr: 'Le brouillon datait du {from_date}',
  },
  'invoices.kept_late': { en: 'Order of numbers', fr: 'Ordre des numéros' },
  'invoices.kept_late.text': {
    en: 'Dated behind the last one of its series, as was chosen',
    fr: 'Datée avant la dernière de sa série, par choix',
  },
  'invoices.delivery_date': { en: 'Delivered on', fr: 'Livrée le' },
  'invoices.delivery_date.hint': {
    en: 'Asked for supplies to other member states.',
    fr: 'Exigée pour les livraisons intracommunautaires.',
  },
  'invoices.issued_by': { en: 'Issued by', fr: 'Émise par' },
} as const satisfies Sentences
