import type { Sentences } from './sentences.ts'

/** One action on many orders or invoices, and its receipt. */
export const batches = {
  'batches.receipt': { en: 'Receipt', fr: 'Compte rendu' },
  'batches.title': { en: 'Receipts', fr: 'Comptes rendus' },
  'batches.empty': {
    en: 'Tick orders or drafts of invoices in their lists to act on many at once: what became of each stands here.',
    fr: 'Cochez des commandes ou des brouillons de factures dans leur liste pour agir sur plusieurs à la fois\u00a0: le sort de chacun figure ici.',
  },
  'batches.what': { en: 'What was done', fr: 'Ce qui a été fait' },
  'batches.who': { en: 'By', fr: 'Par' },
  'batches.when': { en: 'When', fr: 'Quand' },
  'batches.bar': { en: 'With the ticked orders', fr: 'Avec les commandes cochées' },
  'batches.tick': { en: 'Tick {number}', fr: 'Cocher {number}' },
  'batches.tick_page': {
    en: 'Tick all orders of this page',
    fr: 'Cocher toutes les commandes de cette page',
  },
  'batches.ticked': {
    en: '{count, plural, =0 {None ticked} one {# ticked} other {# ticked}}',
    fr: '{count, plural, =0 {Aucune cochée} one {# cochée} other {# cochées}}',
  },
  'batches.elsewhere': {
    en: 'Ticked, and not on this page:',
    fr: 'Cochées, hors de cette page\u00a0:',
  },
  'batches.all': {
    en: 'All {count, number} that match',
    fr: 'Les {count, number} qui correspondent',
  },
  'batches.approve': { en: 'Approve', fr: 'Approuver' },
  'batches.assign': { en: 'Assign', fr: 'Attribuer' },
  'batches.assign_to': { en: 'Assign to', fr: 'Attribuer à' },
  'batches.assign_to.prompt': { en: 'Choose…', fr: 'Choisir…' },
  'batches.verb.approve': {
    en: 'Approve {count, plural, one {# order} other {# orders}}',
    fr: 'Approuver {count, plural, one {# commande} other {# commandes}}',
  },
  'batches.verb.issue': {
    en: 'Issue {count, plural, one {# invoice} other {# invoices}}',
    fr: 'Émettre {count, plural, one {# facture} other {# factures}}',
  },
  'batches.verb.assign': {
    en: 'Assign {count, plural, one {# order} other {# orders}}',
    fr: 'Attribuer {count, plural, one {# commande} other {# commandes}}',
  },
  'batches.issue': { en: 'Issue', fr: 'Émettre' },
  'batches.issue.final': {
    en: 'Issued invoices are numbered in the order of their dates and never change again.',
    fr: 'Les factures émises sont numérotées dans l’ordre de leurs dates et ne changent plus.',
  },
  'batches.bar_invoices': { en: 'With the ticked invoices', fr: 'Avec les factures cochées' },
  'batches.tick_invoices': {
    en: 'Tick all invoices of this page',
    fr: 'Cocher toutes les factures de cette page',
  },
  'batches.invoice_action.missing': {
    en: 'Choose what to do with the ticked drafts: issue.',
    fr: 'Choisissez que faire des brouillons cochés\u00a0: émettre.',
  },
  'batches.invoice_ids.missing': { en: 'Tick at least one draft.', fr: 'Cochez au moins un brouillon.' },
  'batches.invoice': { en: 'Invoice', fr: 'Facture' },
  'batches.invoice.unknown': { en: 'Unknown invoice', fr: 'Facture inconnue' },
  'batches.invoice.hidden': {
    en: 'An invoice of another organisation',
    fr: 'Une facture d’une autre organisation',
  },
  'batches.action.missing': {
    en: 'Choose what to do with the ticked orders: approve or assign.',
    fr: 'Choisissez que faire des commandes cochées\u00a0: approuver ou attribuer.',
  },
  'batches.ids.missing': { en: 'Tick at least one order.', fr: 'Cochez au moins une commande.' },
  'batches.ids.unreadable': {
    en: 'One of the ids is none. Nothing was done.',
    fr: 'L’un des identifiants n’en est pas un. Rien n’a été fait.',
  },
  'batches.assigned_to.missing': {
    en: 'Choose who gets the ticked orders, or “Nobody”.',
    fr: 'Choisissez à qui attribuer les commandes cochées, ou «\u00a0Personne\u00a0».',
  },
  'batches.assigned_to.unknown': {
    en: 'Choose a person who works in one of your organisations.',
    fr: 'Choisissez une personne qui travaille dans l’une de vos organisations.',
  },
  'batches.count.wrong': {
    en: 'Enter how many orders match, such as 41.',
    fr: 'Indiquez combien de commandes correspondent, par exemple 41.',
  },
  'batches.filter.unknown': {
    en: '{name} is no filter of this list. Nothing was done.',
    fr: '{name} n’est pas un filtre de cette liste. Rien n’a été fait.',
  },
  'batches.count.title': { en: 'The list has changed', fr: 'La liste a changé' },
  'batches.count.changed': {
    en: 'Nothing was done: {of, select, invoices {{count, plural, =0 {no invoice matches} one {# invoice matches} other {# invoices match}}} other {{count, plural, =0 {no order matches} one {# order matches} other {# orders match}}}} by now, not {before, number}.',
    fr: 'Rien n’a été fait\u00a0: {of, select, invoices {{count, plural, =0 {aucune facture ne correspond} one {# facture correspond} other {# factures correspondent}}} other {{count, plural, =0 {aucune commande ne correspond} one {# commande correspond} other {# commandes correspondent}}}} maintenant, et non {before, number}.',
  },
  'batches.count.look': { en: 'See the list first', fr: 'Voir d’abord la liste' },
  'batches.summary.approve': {
    en: '{done, plural, =0 {No order approved} one {# order approved} other {# orders approved}}{refused, plural, =0 {} other {, # not}}{pending, plural, =0 {} other {, # still to do}}',
    fr: '{done, plural, =0 {Aucune commande approuvée} one {# commande approuvée} other {# commandes approuvées}}{refused, plural, =0 {} other {, # non}}{pending, plural, =0 {} other {, # encore à faire}}',
  },
  'batches.summary.issue': {
    en: '{done, plural, =0 {No invoice issued} one {# invoice issued} other {# invoices issued}}{refused, plural, =0 {} other {, # not}}{pending, plural, =0 {} other {, # still to do}}',
    fr: '{done, plural, =0 {Aucune facture émise} one {# facture émise} other {# factures émises}}{refused, plural, =0 {} other {, # non}}{pending, plural, =0 {} other {, # encore à faire}}',
  },
  'batches.summary.assign': {
    en: '{done, plural, =0 {No order assigned} one {# order assigned} other {# orders assigned}} to {name}{refused, plural, =0 {} other {, # not}}{pending, plural, =0 {} other {, # still to do}}',
    fr: '{done, plural, =0 {Aucune commande attribuée} one {# commande attribuée} other {# commandes attribuées}} à {name}{refused, plural, =0 {} other {, # non}}{pending, plural, =0 {} other {, # encore à faire}}',
  },
  'batches.summary.unassign': {
    en: '{done, plural, =0 {No order assigned} one {# order assigned} other {# orders assigned}} to nobody{refused, plural, =0 {} other {, # not}}{pending, plural, =0 {} other {, # still to do}}',
    fr: '{done, plural, =0 {Aucune commande attribuée} one {# commande attribuée} other {# commandes attribuées}} à personne{refused, plural, =0 {} other {, # non}}{pending, plural, =0 {} other {, # encore à faire}}',
  },
  'batches.state.finished': { en: 'Finished', fr: 'Terminé' },
  'batches.state.running': { en: 'Running', fr: 'En cours' },
  'batches.state.interrupted': { en: 'Cut off', fr: 'Interrompu' },
  'batches.interrupted': {
    en: 'A batch was cut off after {done, number} of {total, number} {of, select, invoices {invoices} other {orders}}. What is done is done; the rest waits.',
    fr: 'Un lot a été interrompu après {done, number} {of, select, invoices {factures} other {commandes}} sur {total, number}. Ce qui est fait reste fait\u202f; le reste attend.',
  },
  'batches.see': { en: 'See its receipt', fr: 'Voir son compte rendu' },
  'batches.go_on': {
    en: 'Go on with the rest ({count, number})',
    fr: 'Continuer avec le reste ({count, number})',
  },
  'batches.retry': { en: 'Try the refused again', fr: 'Réessayer les refusées' },
  'batches.back': {
    en: '{count, plural, =0 {Go back to the list} one {Go back, # stays ticked} other {Go back, # stay ticked}}',
    fr: '{count, plural, =0 {Revenir à la liste} one {Revenir, # reste cochée} other {Revenir, # restent cochées}}',
  },
  'batches.tab.all': { en: 'All', fr: 'Toutes' },
  'batches.tab.refused': { en: 'Not done', fr: 'Non faites' },
  'batches.tab.pending': { en: 'Still to do', fr: 'Encore à faire' },
  'batches.tab.done': { en: 'Done', fr: 'Faites' },
  'batches.order': { en: 'Order', fr: 'Commande' },
  'batches.outcome': { en: 'Result', fr: 'Résultat' },
  'batches.why': { en: 'Why', fr: 'Motif' },
  'batches.order.unknown': { en: 'Unknown order', fr: 'Commande inconnue' },
  'batches.order.hidden': {
    en: 'An order of another organisation',
    fr: 'Une commande d’une autre organisation',
  },
  'batches.result.done.approve': { en: 'Approved', fr: 'Approuvée' },
  'batches.result.done.issue': { en: 'Issued', fr: 'Émise' },
  'batches.result.done.assign': { en: 'Assigned', fr: 'Attribuée' },
  'batches.result.refused': { en: 'Not done', fr: 'Non faite' },
  'batches.result.pending': { en: 'Still to do', fr: 'Encore à faire' },
  'batches.refused.not_found': {
    en: 'This order does not exist, or your account may not open it.',
    fr: 'Cette commande n’existe pas, ou votre compte ne peut pas l’ouvrir.',
  },
  'batches.refused.invoice_not_found': {
    en: 'This invoice does not exist, or your account may not open it.',
    fr: 'Cette facture n’existe pas, ou votre compte ne peut pas l’ouvrir.',
  },
  'batches.refused.already_issued': {
    en: 'It was issued already, as {number}.',
    fr: 'Elle est déjà émise, sous le numéro {number}.',
  },
  'batches.refused.dated_ahead': {
    en: 'It is dated {issues_date}, which lies ahead. Wait until then, or issue it by itself with another date.',
    fr: 'Elle est datée du {issues_date}, une date à venir. Attendez ce jour, ou émettez-la seule à une autre date.',
  },
  'batches.refused.failed': {
    en: 'The fault is ours, and it was recorded; nothing of this order was changed. Try it again, or open the order.',
    fr: 'Le défaut vient de nous et il a été consigné\u202f; rien de cette commande n’a été modifié. Réessayez, ou ouvrez la commande.',
  },
  'batches.refused.before': {
    en: 'It was refused. Open the order to see why.',
    fr: 'Elle a été refusée. Ouvrez la commande pour voir pourquoi.',
  },
  'batches.refused.others': {
    en: '{name} started this batch and alone can go on with it.',
    fr: '{name} a lancé ce lot et peut seul le poursuivre.',
  },
  'batches.refused.nothing_left': {
    en: 'Nothing of this batch was refused.',
    fr: 'Rien de ce lot n’a été refusé.',
  },
} as const satisfies Sentences
