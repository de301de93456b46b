import type { Sentences } from './sentences.ts'

/** Statements of the bank, what their lines are held to pay, and the receipt of what was confirmed. */
export const bank = {
  'bank.title': { en: 'Bank statements', fr: 'Relevés bancaires' },
  'bank.nav': { en: 'Bank statement', fr: 'Relevé bancaire' },
  'bank.new': { en: 'Take in a bank statement', fr: 'Importer un relevé bancaire' },
  'bank.take': { en: 'Take in statement', fr: 'Importer le relevé' },
  'bank.empty': {
    en: 'Take in the CSV file of your bank: its lines are compared with what is open, and you confirm what each one pays.',
    fr: 'Importez le fichier CSV de votre banque\u00a0: ses lignes sont rapprochées de ce qui est dû, et vous confirmez ce que chacune règle.',
  },
  'bank.file': { en: 'File of the bank', fr: 'Fichier de la banque' },
  'bank.file.hint': {
    en: 'CSV, up to 1 MB. Needed are a date, a text, and an amount or debit and credit. Nothing is entered before you confirm it.',
    fr: 'CSV, 1 Mo au plus. Il faut une date, un libellé, et un montant ou débit et crédit. Rien n’est saisi avant votre confirmation.',
  },
  'bank.file.missing': {
    en: 'Choose the CSV file of the bank.',
    fr: 'Choisissez le fichier CSV de la banque.',
  },
  'bank.file.too_large': {
    en: '{name} is larger than 1 MB. Export a shorter period.',
    fr: '{name} dépasse 1 Mo. Exportez une période plus courte.',
  },
  'bank.file.empty': {
    en: 'The file has a head and no lines. Export a period with movements.',
    fr: 'Le fichier a un en-tête mais aucune ligne. Exportez une période avec des mouvements.',
  },
  'bank.file.again': {
    en: 'Choose the file again: a browser does not keep it.',
    fr: 'Choisissez à nouveau le fichier\u00a0: le navigateur ne le garde pas.',
  },
  'bank.organisation': { en: 'Organisation', fr: 'Organisation' },
  'bank.currency.label': { en: 'Currency of the account', fr: 'Devise du compte' },
  'bank.organisation.missing': {
    en: 'Choose the organisation that the account belongs to.',
    fr: 'Choisissez l’organisation titulaire du compte.',
  },
  'bank.currency.unknown': {
    en: 'Choose a currency of the list.',
    fr: 'Choisissez une devise de la liste.',
  },
  'bank.row.date': {
    en: 'Line {line}: “{typed}” is not a date, such as 31/12/2026 or 2026-12-31.',
    fr: 'Ligne {line}\u00a0: «\u00a0{typed}\u00a0» n’est pas une date, comme 31/12/2026 ou 2026-12-31.',
  },
  'bank.row.amount': {
    en: 'Line {line}: “{typed}” is not an amount of this currency.',
    fr: 'Ligne {line}\u00a0: «\u00a0{typed}\u00a0» n’est pas un montant dans cette devise.',
  },
  'bank.row.broken': {
    en: 'Line {line}: it has another number of cells than the head.',
    fr: 'Ligne {line}\u00a0: elle n’a pas autant de cellules que l’en-tête.',
  },
  'bank.statement': { en: 'Statement', fr: 'Relevé' },
  'bank.period': { en: 'Period', fr: 'Période' },
  'bank.lines': { en: 'Lines', fr: 'Lignes' },
  'bank.lines.count': {
    en: '{count, plural, one {# line} other {# lines}}',
    fr: '{count, plural, one {# ligne} other {# lignes}}',
  },
  'bank.left': { en: 'To match', fr: 'À rapprocher' },
  'bank.left.count': {
    en: '{count, plural, =0 {All lines are matched or set aside} one {# line to match} other {# lines to match}}',
    fr: '{count, plural, =0 {Toutes les lignes sont rapprochées ou écartées} one {# ligne à rapprocher} other {# lignes à rapprocher}}',
  },
  'bank.left.all': {
    en: '{count, plural, one {# line is} other {# lines are}} left over in all statements, {sums}.',
    fr: '{count, plural, one {# ligne reste} other {# lignes restent}} à rapprocher, tous relevés confondus, {sums}.',
  },
  'bank.left.see': { en: 'Match them', fr: 'Les rapprocher' },
  'bank.left.title': { en: 'Bank lines to match', fr: 'Lignes bancaires à rapprocher' },
  'bank.left.none': {
    en: 'No line of the bank waits: all are matched or set aside.',
    fr: 'Aucune ligne bancaire en attente\u00a0: toutes sont rapprochées ou écartées.',
  },
  'bank.more': {
    en: 'The first {shown} of {count} lines are shown; once they are confirmed, the next follow.',
    fr: 'Les {shown} premières lignes sur {count} sont affichées\u202f; une fois confirmées, les suivantes apparaissent.',
  },
  'bank.known': {
    en: '{count, plural, one {# line was} other {# lines were}} known from an earlier file and {count, plural, one {is} other {are}} not taken again.',
    fr: '{count, plural, one {# ligne était connue} other {# lignes étaient connues}} d’un fichier précédent et n’{count, plural, one {est pas reprise} other {sont pas reprises}}.',
  },
  'bank.taken': {
    en: '{taken, plural, =0 {No new line} one {# line taken} other {# lines taken}}{known, plural, =0 {} one {, # known already} other {, # known already}}.',
    fr: '{taken, plural, =0 {Aucune nouvelle ligne} one {# ligne importée} other {# lignes importées}}{known, plural, =0 {} one {, # déjà connue} other {, # déjà connues}}.',
  },
  'bank.unread': { en: 'Columns to choose', fr: 'Colonnes à choisir' },
  'bank.unmatched': { en: 'To match', fr: 'À rapprocher' },
  'bank.done': { en: 'Done', fr: 'Terminé' },

  'bank.columns.title': { en: 'Which column is which?', fr: 'Quelle colonne contient quoi\u202f?' },
  'bank.columns.about': {
    en: 'The names of this file’s columns are not known. Choose them once; the first rows help.',
    fr: 'Les noms des colonnes de ce fichier ne sont pas connus. Indiquez-les\u202f; les premières lignes vous y aident.',
  },
  'bank.columns.none': { en: 'None', fr: 'Aucune' },
  'bank.columns.unnamed': { en: 'Column {place}', fr: 'Colonne {place}' },
  'bank.columns.date': { en: 'Date', fr: 'Date' },
  'bank.columns.amount': { en: 'Amount', fr: 'Montant' },
  'bank.columns.amount.hint': {
    en: 'With its sign; or choose debit and credit instead.',
    fr: 'Avec son signe\u202f; ou choisissez plutôt débit et crédit.',
  },
  'bank.columns.debit': { en: 'Debit (money out)', fr: 'Débit (sortie)' },
  'bank.columns.credit': { en: 'Credit (money in)', fr: 'Crédit (entrée)' },
  'bank.columns.label': { en: 'Text', fr: 'Libellé' },
  'bank.columns.reference': { en: 'Reference', fr: 'Référence' },
  'bank.columns.counterparty': { en: 'Payer', fr: 'Donneur d’ordre' },
  'bank.columns.iban': { en: 'IBAN of the payer', fr: 'IBAN du donneur d’ordre' },
  'bank.columns.missing': {
    en: 'Choose the column that holds it.',
    fr: 'Choisissez la colonne qui le contient.',
  },
  'bank.columns.read': { en: 'Read statement', fr: 'Lire le relevé' },
  'bank.columns.sample': { en: 'First rows of the file', fr: 'Premières lignes du fichier' },
  'bank.refused.read': {
    en: 'This file was read already. Its lines are on the statement’s page.',
    fr: 'Ce fichier a déjà été lu. Ses lignes sont sur la page du relevé.',
  },

  'bank.date': { en: 'Date', fr: 'Date' },
  'bank.amount': { en: 'Amount', fr: 'Montant' },
  'bank.amount_in': { en: 'Amount, {sign}', fr: 'Montant, {sign}' },
  'bank.amount.of': { en: 'of {amount}', fr: 'sur {amount}' },
  'bank.tick': {
    en: 'Confirm the line of {booked_date}, {line_money}',
    fr: 'Confirmer la ligne du {booked_date}, {line_money}',
  },
  'bank.part': { en: '{number} {part_money}', fr: '{number} {part_money}' },
  'bank.part.rest': {
    en: '{number} {part_money} of {open_money}',
    fr: '{number} {part_money} sur {open_money}',
  },
  'bank.option': {
    en: '{parts} · {customer}{left, select, none {} other { · {left_money} left over}}',
    fr: '{parts} · {customer}{left, select, none {} other { · {left_money} non affecté}}',
  },
  'bank.numbers': { en: 'Other invoices', fr: 'Autres factures' },
  'bank.numbers.of': {
    en: 'Other invoices for the line of {booked_date}, {line_money}',
    fr: 'Autres factures pour la ligne du {booked_date}, {line_money}',
  },
  'bank.choice.of': {
    en: 'What the line of {booked_date}, {line_money}, pays',
    fr: 'Ce que règle la ligne du {booked_date}, {line_money}',
  },
  'bank.numbers.about': {
    en: 'Certain lines are ticked. Check the others, tick what is right, or type the numbers of other invoices, parted by spaces: they are filled in that order.',
    fr: 'Les lignes certaines sont cochées. Vérifiez les autres, cochez ce qui est juste, ou saisissez les numéros d’autres factures, séparés par des espaces\u00a0: elles sont réglées dans cet ordre.',
  },
  'bank.confidence.certain': { en: 'Certain', fr: 'Certain' },
  'bank.confidence.likely': { en: 'Likely', fr: 'Probable' },
  'bank.confidence.possible': { en: 'Possible', fr: 'Possible' },
  'bank.confidence.none': { en: 'Nothing found', fr: 'Rien trouvé' },
  'bank.reason.number_exact': {
    en: 'The number is in the text, and the amount is what is open.',
    fr: 'Le numéro figure dans le libellé, et le montant est le solde dû.',
  },
  'bank.reason.number_part': {
    en: 'The number is in the text; the amount is less than what is open.',
    fr: 'Le numéro figure dans le libellé\u202f; le montant est inférieur au solde dû.',
  },
  'bank.reason.number_over': {
    en: 'The number is in the text; the amount is more than what is open.',
    fr: 'Le numéro figure dans le libellé\u202f; le montant est supérieur au solde dû.',
  },
  'bank.reason.short_number': {
    en: 'The end of the number is in the text, and the amount is what is open.',
    fr: 'La fin du numéro figure dans le libellé, et le montant est le solde dû.',
  },
  'bank.reason.customer_exact': {
    en: 'It comes from this customer, and the amount is what is open on one invoice.',
    fr: 'Elle vient de ce client, et le montant est le solde dû d’une facture.',
  },
  'bank.reason.customer_all': {
    en: 'It comes from this customer, and the amount is all that is open.',
    fr: 'Elle vient de ce client, et le montant est tout ce qui est dû.',
  },
  'bank.reason.customer_several': {
    en: 'It comes from this customer, and several invoices come to the amount.',
    fr: 'Elle vient de ce client, et plusieurs factures font ce montant.',
  },
  'bank.reason.customer_oldest': {
    en: 'It comes from this customer; no invoice has this amount, so the oldest come first.',
    fr: 'Elle vient de ce client\u202f; aucune facture n’a ce montant, les plus anciennes viennent donc d’abord.',
  },
  'bank.reason.amount_only': {
    en: 'Only the amount fits: it is what is open on this invoice.',
    fr: 'Seul le montant correspond\u00a0: c’est le solde dû de cette facture.',
  },
  'bank.settled': {
    en: 'The text names {numbers}, on which nothing is open: it may have been paid twice.',
    fr: 'Le libellé cite {numbers}, dont plus rien n’est dû\u00a0: il s’agit peut-être d’un double paiement.',
  },
  'bank.nothing': {
    en: 'No open invoice fits its text or its amount.',
    fr: 'Aucune facture à régler ne correspond à son libellé ni à son montant.',
  },
  'bank.confirm': { en: 'Enter payments', fr: 'Enregistrer les paiements' },
  'bank.confirm.about': {
    en: 'What is ticked is entered as payments.',
    fr: 'Ce qui est coché est enregistré comme paiements.',
  },
  'bank.none_ticked': {
    en: 'Tick the lines that you confirm.',
    fr: 'Cochez les lignes que vous confirmez.',
  },
  'bank.number.unknown': {
    en: 'No issued invoice of this organisation has the number {number}.',
    fr: 'Aucune facture émise de cette organisation ne porte le numéro {number}.',
  },
  'bank.line.dismissed': {
    en: 'Somebody set this line aside meanwhile.',
    fr: 'Quelqu’un a écarté cette ligne entre-temps.',
  },
  'bank.line.matched': {
    en: 'This line is entered as payments already.',
    fr: 'Cette ligne est déjà enregistrée comme paiements.',
  },
  'bank.currency': {
    en: '{number} is in {currency}: enter it by hand on its page, at the amount that came in.',
    fr: '{number} est en {currency}\u00a0: saisissez le paiement à la main sur sa page, pour le montant reçu.',
  },
  'bank.nothing_open': {
    en: 'Nothing is open on {number}. Choose another invoice.',
    fr: 'Plus rien n’est dû sur {number}. Choisissez une autre facture.',
  },
  'bank.changed': {
    en: 'What is open on {number} has changed meanwhile. Check the new proposal and tick it again.',
    fr: 'Le solde dû de {number} a changé entre-temps. Vérifiez la nouvelle proposition et cochez-la à nouveau.',
  },
  'bank.nothing_chosen': {
    en: 'Choose what the line pays, or type the numbers of invoices.',
    fr: 'Choisissez ce que la ligne règle, ou saisissez des numéros de factures.',
  },

  'bank.settled_lines': { en: 'Matched and set aside', fr: 'Rapprochées et écartées' },
  'bank.state.matched': { en: 'Matched', fr: 'Rapprochée' },
  'bank.state.partly': { en: 'Partly matched', fr: 'Rapprochée en partie' },
  'bank.state.dismissed': { en: 'Set aside', fr: 'Écartée' },
  'bank.state.out': { en: 'Money that left the account', fr: 'Sortie du compte' },
  'bank.dismiss': { en: 'Set aside', fr: 'Écarter' },
  'bank.dismiss.of': {
    en: 'Set aside the line of {booked_date}, {line_money}',
    fr: 'Écarter la ligne du {booked_date}, {line_money}',
  },
  'bank.take_back': { en: 'Take back', fr: 'Reprendre' },
  'bank.dismiss.title': { en: 'Set this line aside?', fr: 'Écarter cette ligne\u202f?' },
  'bank.dismiss.what': {
    en: 'The line of {booked_date}, {line_money}, “{label}”, is not entered as a payment and waits no longer. It can be taken back.',
    fr: 'La ligne du {booked_date}, {line_money}, «\u00a0{label}\u00a0», n’est pas enregistrée comme paiement et n’attend plus. Elle peut être reprise.',
  },
  'bank.dismiss.reason_hint': {
    en: 'Such as “interest” or “not a customer”.',
    fr: 'Par exemple «\u00a0intérêts\u00a0» ou «\u00a0pas un client\u00a0».',
  },
  'bank.dismiss.verb': { en: 'Set line aside', fr: 'Écarter la ligne' },
  'bank.reason': { en: 'Reason', fr: 'Motif' },
  'bank.reason.missing': {
    en: 'Say why the line is set aside.',
    fr: 'Indiquez pourquoi la ligne est écartée.',
  },
  'bank.dismissed': { en: 'The line is set aside.', fr: 'La ligne est écartée.' },
  'bank.taken_back': {
    en: 'The line waits to be matched again.',
    fr: 'La ligne est de nouveau à rapprocher.',
  },

  'bank.receipt': { en: 'Receipt', fr: 'Reçu' },
  'bank.receipt.title': {
    en: '{count, plural, one {# payment} other {# payments}} entered',
    fr: '{count, plural, one {# paiement enregistré} other {# paiements enregistrés}}',
  },
  'bank.receipt.go_on': { en: 'Match further lines', fr: 'Rapprocher d’autres lignes' },
  'bank.receipt.invoice': { en: 'Invoice', fr: 'Facture' },
  'bank.receipt.customer': { en: 'Customer', fr: 'Client' },
  'bank.receipt.open': { en: 'Open now', fr: 'Solde dû à présent' },
  'bank.receipt.undone': { en: 'undone since', fr: 'annulé depuis' },
} as const satisfies Sentences
