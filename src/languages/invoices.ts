import type { Sentences } from './sentences.ts'

/** The list of invoices, an invoice's page, and what can be done with a draft. */
export const invoices = {
  'invoices.title': { en: 'Invoices', fr: 'Factures' },
  'invoices.empty': {
    en: 'Invoices come out of customer orders: turn on the recurrence of an order, and its runs make them.',
    fr: 'Les factures sont issues des commandes clients\u00a0: activez la récurrence d’une commande, et ses exécutions les créent.',
  },
  'invoices.empty.orders': { en: 'See the customer orders', fr: 'Voir les commandes clients' },
  'invoices.no_match': {
    en: 'No invoice matches: {filters}.',
    fr: 'Aucune facture ne correspond\u00a0: {filters}.',
  },
  'invoices.range': {
    en: '{first, number}–{last, number} of {count, plural, one {# invoice} other {# invoices}}',
    fr: '{first, number}–{last, number} sur {count, plural, one {# facture} other {# factures}}',
  },
  'invoices.range_one': {
    en: '{first, number} of {count, plural, one {# invoice} other {# invoices}}',
    fr: '{first, number} sur {count, plural, one {# facture} other {# factures}}',
  },
  'invoices.many': { en: 'More than {count, number} invoices', fr: 'Plus de {count, number} factures' },
  'invoices.sums': {
    en: 'net {net}, gross {gross}, open {open}',
    fr: '{net} HT, {gross} TTC, {open} à régler',
  },
  'invoices.search_hint': {
    en: 'Number, subject, customer, order, their reference',
    fr: 'Numéro, objet, client, commande, sa référence',
  },
  'invoices.status': { en: 'Status', fr: 'Statut' },
  'invoices.status.automatically_created': { en: 'Automatically created', fr: 'Créée automatiquement' },
  'invoices.status.created': { en: 'Created', fr: 'Créée' },
  'invoices.status.approved': { en: 'Approved', fr: 'Approuvée' },
  'invoices.status.sent': { en: 'Sent', fr: 'Envoyée' },
  'invoices.status.paid': { en: 'Paid', fr: 'Payée' },
  'invoices.all_drafts': { en: 'Draft', fr: 'Brouillon' },
  'invoices.draft': { en: 'Draft', fr: 'Brouillon' },
  'invoices.kind.invoice': { en: 'Invoice', fr: 'Facture' },
  'invoices.kind.deposit': { en: 'Deposit invoice', fr: 'Facture d’acompte' },
  'invoices.kind.credit_note': { en: 'Credit note', fr: 'Avoir' },
  'invoices.customer': { en: 'Customer', fr: 'Client' },
  'invoices.order': { en: 'Order', fr: 'Commande' },
  'invoices.orders_several': { en: 'Several orders', fr: 'Plusieurs commandes' },
  'invoices.source': { en: 'Source', fr: 'Origine' },
  'invoices.source.any': { en: 'Any', fr: 'Toutes' },
  'invoices.source.recurring': { en: 'Recurring', fr: 'Récurrente' },
  'invoices.source.manual': { en: 'By hand', fr: 'Manuelle' },
  'invoices.from': { en: 'Dated from', fr: 'Datée du' },
  'invoices.to': { en: 'Dated until', fr: 'Datée jusqu’au' },
  'invoices.filter.backwards': {
    en: 'Enter a day on or after {from_date}: no invoice lies between these two.',
    fr: 'Saisissez un jour à partir du {from_date}\u00a0: aucune facture ne se situe entre les deux.',
  },
  'invoices.number': { en: 'Number', fr: 'Numéro' },
  'invoices.date': { en: 'Date', fr: 'Date' },
  'invoices.due': { en: 'Due', fr: 'Échéance' },
  'invoices.currency': { en: 'Currency', fr: 'Devise' },
  'invoices.net': { en: 'Net', fr: 'HT' },
  'invoices.net_in': { en: 'Net, {sign}', fr: 'HT, {sign}' },
  'invoices.gross': { en: 'Gross', fr: 'TTC' },
  'invoices.gross_in': { en: 'Gross, {sign}', fr: 'TTC, {sign}' },

  'invoices.named': { en: '{number} · {subject}', fr: '{number} · {subject}' },
  'invoices.draft_named': {
    en: 'Draft of {document_date} · {subject}',
    fr: 'Brouillon du {document_date} · {subject}',
  },
  'invoices.draft_of': { en: 'Draft of {document_date}', fr: 'Brouillon du {document_date}' },
  'invoices.their_reference': { en: 'their ref. {reference}', fr: 'sa réf. {reference}' },
  'invoices.general': { en: 'General', fr: 'Général' },
  'invoices.subject': { en: 'Subject', fr: 'Objet' },
  'invoices.billed': { en: 'Billed account', fr: 'Compte facturé' },
  'invoices.order_account': { en: 'Account of the order', fr: 'Compte de la commande' },
  'invoices.contact': { en: 'Contact', fr: 'Contact' },
  'invoices.contact.none': { en: 'None', fr: 'Aucun' },
  'invoices.organisation': { en: 'Organisation', fr: 'Organisation' },
  'invoices.customer_order_number': { en: 'Their reference', fr: 'Sa référence' },
  'invoices.contract': { en: 'Contract', fr: 'Contrat' },
  'invoices.dates': { en: 'Dates', fr: 'Dates' },
  'invoices.document_date': { en: 'Document date', fr: 'Date de la facture' },
  'invoices.due_date': { en: 'Due date', fr: 'Échéance' },
  'invoices.period': { en: 'Period', fr: 'Période' },
  'invoices.service_period': { en: 'Service period', fr: 'Période de prestation' },
  'invoices.payment_term': { en: 'Payment term', fr: 'Condition de paiement' },
  'invoices.issued_at': { en: 'Issued', fr: 'Émise' },
  'invoices.seller': { en: 'Seller', fr: 'Vendeur' },
  'invoices.buyer': { en: 'Buyer', fr: 'Acheteur' },
  'invoices.delivery_address': { en: 'Shipping address', fr: 'Adresse de livraison' },
  'invoices.delivery_none': {
    en: 'No address of its own.',
    fr: 'Pas d’adresse propre.',
  },
  'invoices.parties_now': {
    en: 'Seller and buyer are shown as the records have them now: a draft follows them.',
    fr: 'Vendeur et acheteur sont affichés tels que les fiches les donnent à présent\u00a0: un brouillon les suit.',
  },
  'invoices.parties_kept': {
    en: 'Seller and buyer are shown as they were when the invoice was issued.',
    fr: 'Vendeur et acheteur sont affichés tels qu’ils étaient lors de l’émission de la facture.',
  },
  'invoices.marked': {
    en: 'Marked to be issued as {status, select, sent {sent} other {approved}} on {document_date}.',
    fr: 'À émettre au statut «\u00a0{status, select, sent {envoyée} other {approuvée}}\u00a0» le {document_date}.',
  },
  'invoices.order_changed': {
    en: 'The order changed after this draft was made: it now comes to {order_money} net, this draft to {draft_money}.',
    fr: 'La commande a changé après la création de ce brouillon\u00a0: elle s’élève à présent à {order_money} HT, ce brouillon à {draft_money}.',
  },
  'invoices.order_changed_lines': {
    en: 'The order changed after this draft was made: its lines differ, the net of {draft_money} is the same.',
    fr: 'La commande a changé après la création de ce brouillon\u00a0: ses lignes diffèrent, le montant de {draft_money} HT est le même.',
  },
  'invoices.see_order': { en: 'See the order', fr: 'Voir la commande' },

  'invoices.lines': { en: 'Lines', fr: 'Lignes' },
  'invoices.lines.none': {
    en: 'This invoice has no lines.',
    fr: 'Cette facture n’a pas de lignes.',
  },
  'invoices.line.description': { en: 'Description', fr: 'Désignation' },
  'invoices.line.quantity': { en: 'Quantity', fr: 'Quantité' },
  'invoices.line.unit': { en: 'Unit', fr: 'Unité' },
  'invoices.line.unit_price': { en: 'Unit price, {sign}', fr: 'Prix unitaire, {sign}' },
  'invoices.line.discount': { en: 'Discount', fr: 'Remise' },
  'invoices.line.tax': { en: 'Tax', fr: 'Taxe' },
  'invoices.line.net': { en: 'Net, {sign}', fr: 'HT, {sign}' },
  'invoices.line.rounding': { en: 'Rounding {amount}', fr: 'Arrondi {amount}' },
  'invoices.tax_on': { en: 'VAT {rate} on {base}', fr: 'TVA {rate} sur {base}' },
  'invoices.total_net': { en: 'Net', fr: 'Total HT' },
  'invoices.total_gross': { en: 'Gross', fr: 'Total TTC' },
  'invoices.total_open': { en: 'Open', fr: 'Solde dû' },

  'invoices.edit': { en: 'Edit draft', fr: 'Modifier le brouillon' },
  'invoices.delete': { en: 'Delete draft…', fr: 'Supprimer le brouillon…' },
  'invoices.mark_created': { en: 'Mark as created', fr: 'Marquer comme créée' },
  'invoices.status.done': {
    en: 'The draft is now “created”.',
    fr: 'Le brouillon est à présent au statut «\u00a0créée\u00a0».',
  },
  'invoices.status.unknown': {
    en: 'Choose the status “created”: a draft takes no other here.',
    fr: 'Choisissez le statut «\u00a0créée\u00a0»\u00a0: un brouillon n’en prend pas d’autre ici.',
  },
  'invoices.refused.issued': {
    en: '{number} is issued and never changes.',
    fr: '{number} est émise et ne change plus.',
  },
  'invoices.refused.issued_delete': {
    en: '{number} is issued: it is never deleted.',
    fr: '{number} est émise\u00a0: elle n’est jamais supprimée.',
  },
  'invoices.refused.deleted': {
    en: '{who} deleted this draft already. There is nothing left to do.',
    fr: '{who} a déjà supprimé ce brouillon. Il ne reste rien à faire.',
  },

  'invoices.edit.title': {
    en: 'Edit the draft of {document_date}',
    fr: 'Modifier le brouillon du {document_date}',
  },
  'invoices.edit.save': { en: 'Save draft', fr: 'Enregistrer le brouillon' },
  'invoices.conflict': {
    en: '{name} saved this draft at {time}. Choose what to keep below; nothing of yours is lost.',
    fr: '{name} a enregistré ce brouillon à {time}. Choisissez ci-dessous ce qui reste\u202f; rien de votre saisie n’est perdu.',
  },
  'invoices.conflict.merged': {
    en: '{name} saved this draft at {time}. Both changes are in the form below; check it and save.',
    fr: '{name} a enregistré ce brouillon à {time}. Les deux modifications sont dans le formulaire ci-dessous\u202f; vérifiez et enregistrez.',
  },
  'invoices.edit.saved': { en: 'The draft is saved.', fr: 'Le brouillon est enregistré.' },
  'invoices.edit.term_none': {
    en: 'No term: a due date is typed',
    fr: 'Aucune\u00a0: l’échéance est saisie',
  },
  'invoices.edit.due_hint': {
    en: 'Empty: {due_date}, by the payment term.',
    fr: 'Vide\u00a0: le {due_date}, selon la condition de paiement.',
  },
  'invoices.edit.due_hint_none': {
    en: 'Needed without a payment term.',
    fr: 'Nécessaire sans condition de paiement.',
  },
  'invoices.edit.freely': {
    en: 'A recurring draft may differ from its order. The order stays as it is.',
    fr: 'Un brouillon récurrent peut différer de sa commande. La commande reste telle quelle.',
  },
  'invoices.subject.missing': { en: 'Enter a subject.', fr: 'Indiquez un objet.' },
  'invoices.document_date.missing': {
    en: 'Enter the document date.',
    fr: 'Saisissez la date de la facture.',
  },
  'invoices.due_date.missing': {
    en: 'Enter a due date, or choose a payment term.',
    fr: 'Saisissez une échéance, ou choisissez une condition de paiement.',
  },
  'invoices.due_date.early': {
    en: 'Enter a due date on or after the document date, {document_date}.',
    fr: 'Saisissez une échéance à partir de la date de la facture, le {document_date}.',
  },
  'invoices.payment_term.unknown': {
    en: 'Choose a payment term of the list.',
    fr: 'Choisissez une condition de paiement de la liste.',
  },
  'invoices.contact.elsewhere': {
    en: 'Choose one of the contacts of {name}, or none.',
    fr: 'Choisissez un contact de {name}, ou aucun.',
  },
  'invoices.lines.missing': {
    en: 'Add a line with a quantity and a price, or delete the draft: an invoice bills something.',
    fr: 'Ajoutez une ligne avec quantité et prix, ou supprimez le brouillon\u00a0: une facture facture quelque chose.',
  },

  'invoices.lines.below_zero': {
    en: 'Raise quantities or prices: an invoice does not come to less than zero.',
    fr: 'Augmentez les quantités ou les prix\u00a0: une facture n’est pas négative.',
  },

  'invoices.deletion.title': { en: 'Delete this draft?', fr: 'Supprimer ce brouillon\u202f?' },
  'invoices.deletion.refused': {
    en: '{name} cannot be deleted',
    fr: '{name} ne peut pas être supprimée',
  },
  'invoices.deletion.what': {
    en: 'The draft of {document_date}, “{subject}” for {customer}, net {net}, gross {gross}, is removed with its {lines, plural, one {# line} other {# lines}}. It has no number, so none is lost.',
    fr: 'Le brouillon du {document_date}, «\u00a0{subject}\u00a0» pour {customer}, {net} HT, {gross} TTC, est supprimé avec {lines, plural, one {sa ligne} other {ses # lignes}}. Il n’a pas de numéro\u00a0: aucun n’est perdu.',
  },
  'invoices.deletion.manual': {
    en: 'What it billed can be billed again.',
    fr: 'Ce qu’il facturait pourra être facturé de nouveau.',
  },
  'invoices.deletion.final': {
    en: 'This cannot be undone. The audit keeps who deleted it.',
    fr: 'C’est définitif. Le journal garde qui l’a supprimé.',
  },
  'invoices.deletion.period': {
    en: 'What about the period {period} of {order}?',
    fr: 'Que faire de la période {period} de {order}\u202f?',
  },
  'invoices.deletion.free': { en: 'Bill it again', fr: 'La facturer de nouveau' },
  'invoices.deletion.free_hint': {
    en: 'The period becomes due, and the next run makes a new draft from the order as it is then.',
    fr: 'La période redevient due, et la prochaine exécution crée un nouveau brouillon d’après la commande du moment.',
  },
  'invoices.deletion.free_hint_off': {
    en: 'The period becomes due. Its recurrence is off: a run bills it once the recurrence is on again.',
    fr: 'La période redevient due. Sa récurrence est désactivée\u00a0: une exécution la facturera une fois celle-ci réactivée.',
  },
  'invoices.deletion.skip': { en: 'Do not bill it', fr: 'Ne pas la facturer' },
  'invoices.deletion.skip_hint': {
    en: 'The period is skipped, and no run bills it.',
    fr: 'La période est ignorée, et aucune exécution ne la facture.',
  },
  'invoices.deletion.reason': { en: 'Reason for not billing it', fr: 'Motif pour ne pas la facturer' },
  'invoices.deletion.reason_hint': {
    en: 'Needed where the period is not billed.',
    fr: 'Nécessaire si la période n’est pas facturée.',
  },
  'invoices.deletion.verb': { en: 'Delete draft', fr: 'Supprimer le brouillon' },
  'invoices.deletion.done': {
    en: 'The draft “{subject}” is deleted.',
    fr: 'Le brouillon «\u00a0{subject}\u00a0» est supprimé.',
  },
  'invoices.deletion.done_free': {
    en: 'The draft “{subject}” is deleted. Its period is due: the next run bills it.',
    fr: 'Le brouillon «\u00a0{subject}\u00a0» est supprimé. Sa période est due\u00a0: la prochaine exécution la facture.',
  },
  'invoices.deletion.done_skip': {
    en: 'The draft “{subject}” is deleted. Its period is not billed.',
    fr: 'Le brouillon «\u00a0{subject}\u00a0» est supprimé. Sa période n’est pas facturée.',
  },
  'invoices.deletion.period_missing': {
    en: 'Choose whether the period is billed again or not.',
    fr: 'Choisissez si la période est facturée de nouveau ou non.',
  },
  'invoices.deletion.changed': {
    en: 'Somebody changed this draft meanwhile. Read below what is deleted now, then delete it.',
    fr: 'Quelqu’un a modifié ce brouillon entre-temps. Lisez ci-dessous ce qui est supprimé à présent, puis supprimez-le.',
  },
  'invoices.deletion.reason_missing': {
    en: 'Say why the period is not billed.',
    fr: 'Indiquez pourquoi la période n’est pas facturée.',
  },

  'invoices.history': { en: 'History', fr: 'Historique' },
  'invoices.history.created': { en: 'Draft created', fr: 'Brouillon créé' },
  'invoices.history.updated': { en: 'Draft changed', fr: 'Brouillon modifié' },
  'invoices.history.status_changed': { en: 'Status changed', fr: 'Statut modifié' },
  'invoices.history.issued': { en: 'Invoice issued', fr: 'Facture émise' },
  'invoices.history.payment_entered': { en: 'Payment entered', fr: 'Paiement enregistré' },
  'invoices.history.payment_undone': { en: 'Payment undone', fr: 'Paiement annulé' },
  'invoices.history.other': { en: 'Invoice: {action}', fr: 'Facture\u00a0: {action}' },
  'invoices.history.run': { en: 'Recurring run', fr: 'Exécution récurrente' },
} as const satisfies Sentences
