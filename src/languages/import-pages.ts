import type { Sentences } from './sentences.ts'

/** The pages of imports; what is wrong with a file is said in imports.ts. */
export const importPages = {
  // The list and its states.
  'imports.title': { en: 'Imports', fr: 'Imports' },
  'imports.new': { en: 'Import a file', fr: 'Importer un fichier' },
  'imports.list.empty': {
    en: 'Bring in the customers, suppliers, products, users and orders you have, each from a CSV file that is checked before anything is taken.',
    fr: 'Reprenez vos clients, fournisseurs, produits, utilisateurs et commandes, chacun depuis un fichier CSV vérifié avant toute reprise.',
  },
  'imports.count': {
    en: '{count, plural, one {# import} other {# imports}}',
    fr: '{count, plural, one {# import} other {# imports}}',
  },
  'imports.file': { en: 'File', fr: 'Fichier' },
  'imports.kind': { en: 'What it holds', fr: 'Ce qu’il contient' },
  'imports.when': { en: 'When', fr: 'Quand' },
  'imports.who': { en: 'Who', fr: 'Qui' },
  'imports.who.command': { en: 'the command “import”', fr: 'la commande «\u00a0import\u00a0»' },
  'imports.state': { en: 'State', fr: 'État' },
  'imports.created': { en: 'Created', fr: 'Créés' },
  'imports.known': { en: 'Known already', fr: 'Déjà connus' },
  'imports.outcome': {
    en: '{created, number} created, {known, number} known',
    fr: '{created, number} créés, {known, number} connus',
  },
  'imports.organisation': { en: 'Organisation', fr: 'Organisation' },
  'imports.state.checking': { en: 'Being checked', fr: 'En vérification' },
  'imports.state.refused': { en: 'Mistakes', fr: 'Erreurs' },
  'imports.state.checked': { en: 'Checked', fr: 'Vérifié' },
  'imports.state.running': { en: 'Being imported', fr: 'Import en cours' },
  'imports.state.interrupted': { en: 'Interrupted', fr: 'Interrompu' },
  'imports.state.failed': { en: 'Failed', fr: 'Échec' },
  'imports.state.imported': { en: 'Imported', fr: 'Importé' },
  'imports.state.undone': { en: 'Undone', fr: 'Annulé' },
  'imports.kind.customers': { en: 'Customers', fr: 'Clients' },
  'imports.kind.suppliers': { en: 'Suppliers', fr: 'Fournisseurs' },
  'imports.kind.products': { en: 'Products', fr: 'Produits' },
  'imports.kind.users': { en: 'Users', fr: 'Utilisateurs' },
  'imports.kind.orders': { en: 'Orders with their lines', fr: 'Commandes avec leurs lignes' },
  'imports.hint.customers': {
    en: 'Accounts, each with its contact. Required columns: {columns}.',
    fr: 'Des comptes, chacun avec son contact. Colonnes obligatoires\u00a0: {columns}.',
  },
  'imports.hint.suppliers': {
    en: 'Required columns: {columns}.',
    fr: 'Colonnes obligatoires\u00a0: {columns}.',
  },
  'imports.hint.products': {
    en: 'Suppliers that they name must be there already. Required columns: {columns}.',
    fr: 'Les fournisseurs qu’ils nomment doivent déjà exister. Colonnes obligatoires\u00a0: {columns}.',
  },
  'imports.hint.users': {
    en: 'Without a password: nobody signs in before you set one. Required columns: {columns}.',
    fr: 'Sans mot de passe\u00a0: personne ne se connecte avant que vous en donniez un. Colonnes obligatoires\u00a0: {columns}.',
  },
  'imports.hint.orders': {
    en: 'Two files. Customers, products and users that they name must be there already. Required columns: {columns}; of the lines: {lines}.',
    fr: 'Deux fichiers. Les clients, produits et utilisateurs qu’ils nomment doivent déjà exister. Colonnes obligatoires\u00a0: {columns}\u202f; des lignes\u00a0: {lines}.',
  },

  // The form.
  'imports.kind.missing': { en: 'Choose what the file holds.', fr: 'Choisissez ce que contient le fichier.' },
  'imports.organisation.missing': { en: 'Choose an organisation.', fr: 'Choisissez une organisation.' },
  'imports.organisation.hint': {
    en: 'Its currency and its tax rate are taken where the file names none.',
    fr: 'Sa devise et son taux de TVA s’appliquent là où le fichier n’en donne pas.',
  },
  'imports.file.label': { en: 'CSV file', fr: 'Fichier CSV' },
  'imports.file.lines_label': { en: 'CSV file of the order lines', fr: 'Fichier CSV des lignes de commande' },
  'imports.file.hint': {
    en: 'At most {max}\u00a0MB. Its first line names the columns, separated by commas, semicolons or tabs.',
    fr: '{max}\u00a0Mo au plus. Sa première ligne nomme les colonnes, séparées par des virgules, des points-virgules ou des tabulations.',
  },
  'imports.file.lines_hint': {
    en: 'Only with orders, at most {max}\u00a0MB: a line of it for each line of an order.',
    fr: 'Seulement avec des commandes, {max}\u00a0Mo au plus\u00a0: une ligne par ligne de commande.',
  },
  'imports.file.again': {
    en: 'The file must be chosen again: browsers do not keep it.',
    fr: 'Le fichier est à choisir de nouveau\u00a0: les navigateurs ne le gardent pas.',
  },
  'imports.file.missing': { en: 'Choose a file.', fr: 'Choisissez un fichier.' },
  'imports.file.lines_missing': {
    en: 'Choose the file with the lines of the orders.',
    fr: 'Choisissez le fichier des lignes de commande.',
  },
  'imports.file.too_large': {
    en: '“{name}” is larger than {max}\u00a0MB. Split it into several files and import one after the other.',
    fr: '«\u00a0{name}\u00a0» dépasse {max}\u00a0Mo. Partagez-le en plusieurs fichiers et importez-les l’un après l’autre.',
  },
  'imports.check': { en: 'Check the file', fr: 'Vérifier le fichier' },
  'imports.check.nothing_taken': {
    en: 'Nothing is taken before you have seen the check.',
    fr: 'Rien n’est repris avant que vous ayez vu la vérification.',
  },
  'imports.columns': { en: 'Columns of the files', fr: 'Colonnes des fichiers' },
  'imports.columns.about': {
    en: 'Names count in any case and in any order. Other columns are not taken, and the check says so.',
    fr: 'L’ordre et la casse des noms sont indifférents. Les autres colonnes ne sont pas reprises, et la vérification le dit.',
  },
  'imports.columns.required': { en: 'Required:', fr: 'Obligatoires\u00a0:' },
  'imports.columns.optional': { en: 'Optional:', fr: 'Facultatives\u00a0:' },
  'imports.columns.orders': { en: 'Orders', fr: 'Commandes' },
  'imports.size': { en: '{size} kB', fr: '{size}\u00a0ko' },
  'imports.columns.order_lines': { en: 'Order lines', fr: 'Lignes de commande' },
  'imports.template': { en: 'Empty file with these columns', fr: 'Fichier vide avec ces colonnes' },

  // The check.
  'imports.progress': { en: 'Progress', fr: 'Avancement' },
  'imports.progress.of': { en: '{done} of {total}', fr: '{done} sur {total}' },
  'imports.progress.reading': { en: 'reading the file…', fr: 'lecture du fichier…' },
  'imports.refresh': { en: 'Refresh', fr: 'Actualiser' },
  'imports.checking': {
    en: 'The file is being checked. You may leave this page: it goes on.',
    fr: 'Le fichier est en cours de vérification. Vous pouvez quitter cette page\u00a0: elle continue.',
  },
  'imports.running': {
    en: 'The import runs. You may leave this page: it goes on, and all of it is taken or nothing.',
    fr: 'L’import est en cours. Vous pouvez quitter cette page\u00a0: il continue, et tout est repris ou rien.',
  },
  'imports.checked.result': {
    en: '{created, plural, =0 {Nothing new} other {# would be made}}, {known, plural, =0 {none is known already} one {# is known already and stays as it is} other {# are known already and stay as they are}}.',
    fr: '{created, plural, =0 {Rien de nouveau} one {# serait créé} other {# seraient créés}}, {known, plural, =0 {aucun n’est déjà connu} one {# est déjà connu et reste tel quel} other {# sont déjà connus et restent tels quels}}.',
  },
  'imports.checked.title': { en: 'No mistakes.', fr: 'Aucune erreur.' },
  'imports.take.customers': {
    en: 'Import {count, plural, one {# customer} other {# customers}}',
    fr: 'Importer {count, plural, one {# client} other {# clients}}',
  },
  'imports.take.suppliers': {
    en: 'Import {count, plural, one {# supplier} other {# suppliers}}',
    fr: 'Importer {count, plural, one {# fournisseur} other {# fournisseurs}}',
  },
  'imports.take.products': {
    en: 'Import {count, plural, one {# product} other {# products}}',
    fr: 'Importer {count, plural, one {# produit} other {# produits}}',
  },
  'imports.take.users': {
    en: 'Import {count, plural, one {# user} other {# users}}',
    fr: 'Importer {count, plural, one {# utilisateur} other {# utilisateurs}}',
  },
  'imports.take.orders': {
    en: 'Import {count, plural, one {# order} other {# orders}}',
    fr: 'Importer {count, plural, one {# commande} other {# commandes}}',
  },
  'imports.take.nothing': { en: 'Import', fr: 'Importer' },
  'imports.take.again': { en: 'Run again', fr: 'Relancer' },
  'imports.check.again': { en: 'Check again', fr: 'Vérifier de nouveau' },
  'imports.refused.already': {
    en: 'It is imported already, or runs.',
    fr: 'L’import est déjà fait, ou en cours.',
  },
  'imports.refused.mistakes': {
    en: 'The file has mistakes: choose the corrected file.',
    fr: 'Le fichier contient des erreurs\u00a0: choisissez le fichier corrigé.',
  },
  'imports.refused.not_checked': {
    en: 'The file is not checked yet.',
    fr: 'Le fichier n’est pas encore vérifié.',
  },
  'imports.refused.nothing_new': {
    en: 'Everything in the file is known already.',
    fr: 'Tout ce que contient le fichier est déjà connu.',
  },
  'imports.refused.imported': {
    en: 'What was imported stays as it was: start another import.',
    fr: 'Ce qui est importé reste tel quel\u00a0: lancez un autre import.',
  },
  'imports.refused.under_way': {
    en: 'It is being worked on: wait until it has ended.',
    fr: 'Un traitement est en cours\u00a0: attendez qu’il soit terminé.',
  },
  'imports.interrupted.check': {
    en: 'The check was interrupted: the process that made it has ended. Nothing was taken.',
    fr: 'La vérification a été interrompue\u00a0: le processus qui la faisait s’est arrêté. Rien n’a été repris.',
  },
  'imports.interrupted.run': {
    en: 'The import was interrupted: the process that made it has ended. Nothing of it was kept.',
    fr: 'L’import a été interrompu\u00a0: le processus qui le faisait s’est arrêté. Rien n’en a été gardé.',
  },
  'imports.failed': {
    en: 'It failed, and nothing of it was kept: {detail}',
    fr: 'Échec, rien n’en a été gardé\u00a0: {detail}',
  },
  'imports.discard': { en: 'Throw this upload away', fr: 'Jeter ce fichier' },
  'imports.discard.done': { en: 'The upload is thrown away.', fr: 'Le fichier est jeté.' },
  'imports.part.main': { en: 'File', fr: 'Fichier' },
  'imports.part.lines': { en: 'Order lines', fr: 'Lignes de commande' },
  'imports.read_as': {
    en: '{rows, plural, =0 {No row} one {# row} other {# rows}}, {encoding}, separated by {delimiter, select, comma {commas} semicolon {semicolons} other {tabs}}',
    fr: '{rows, plural, =0 {Aucune ligne} one {# ligne} other {# lignes}}, {encoding}, valeurs séparées par des {delimiter, select, comma {virgules} semicolon {points-virgules} other {tabulations}}',
  },
  'imports.columns.taken': { en: 'Taken', fr: 'Reprises' },
  'imports.columns.left': { en: 'Not taken', fr: 'Non reprises' },
  'imports.columns.missing': { en: 'Missing, and required', fr: 'Manquantes, et obligatoires' },
  'imports.columns.meant': {
    en: '{name} (meant for {meant}? Name it so.)',
    fr: '{name} (pour {meant}\u202f? Nommez-la ainsi.)',
  },
  'imports.column.not_taken': { en: '(not taken)', fr: '(non reprise)' },
  'imports.preview': { en: 'First rows', fr: 'Premières lignes' },
  'imports.line': { en: 'Line', fr: 'Ligne' },
  'imports.column': { en: 'Column', fr: 'Colonne' },
  'imports.value': { en: 'Value', fr: 'Valeur' },
  'imports.reason': { en: 'What is wrong', fr: 'Ce qui ne va pas' },
  'imports.mistakes': {
    en: '{count, plural, one {# mistake} other {# mistakes}}: nothing can be imported',
    fr: '{count, plural, one {# erreur} other {# erreurs}}\u00a0: rien ne peut être importé',
  },
  'imports.mistakes.first': {
    en: 'The first {shown, number} of {count, number} mistakes. The file to correct has them all.',
    fr: 'Les {shown, number} premières erreurs sur {count, number}. Le fichier à corriger les contient toutes.',
  },
  'imports.mistakes.download': {
    en: 'Download “{name}” with its mistakes',
    fr: 'Télécharger «\u00a0{name}\u00a0» avec ses erreurs',
  },
  'imports.mistakes.how': {
    en: 'Its first column, “error”, says what is wrong with each line. Correct the file in a spreadsheet and choose it below; the column may stay.',
    fr: 'Sa première colonne, «\u00a0error\u00a0», dit ce qui ne va pas sur chaque ligne. Corrigez le fichier dans un tableur et choisissez-le ci-dessous\u202f; la colonne peut rester.',
  },
  'imports.corrected': { en: 'Choose the corrected file', fr: 'Choisir le fichier corrigé' },
  'imports.corrected.orders': {
    en: 'Choose the corrected file of the orders',
    fr: 'Choisir le fichier corrigé des commandes',
  },
  'imports.corrected.lines': {
    en: 'Choose the corrected file of the lines',
    fr: 'Choisir le fichier corrigé des lignes',
  },
  'imports.corrected.check': { en: 'Check the corrected file', fr: 'Vérifier le fichier corrigé' },
  'imports.corrected.either': {
    en: 'A file that you do not choose stays as it was.',
    fr: 'Un fichier que vous ne choisissez pas reste tel quel.',
  },
  'imports.windows_1252': {
    en: 'Excel in Western Europe saves “CSV” in the encoding Windows-1252. Read it so, and look at the names before you import.',
    fr: 'En Europe de l’Ouest, Excel enregistre le «\u00a0CSV\u00a0» dans l’encodage Windows-1252. Lisez-le ainsi, et regardez les noms avant d’importer.',
  },
  'imports.windows_1252.read': { en: 'Read as Windows-1252', fr: 'Lire en Windows-1252' },

  // The receipt.
  'imports.receipt': {
    en: '{created, plural, one {# was made} other {# were made}}, {known, plural, =0 {none was known already} one {# was known already and stayed as it was} other {# were known already and stayed as they were}}.',
    fr: '{created, plural, one {# a été créé} other {# ont été créés}}, {known, plural, =0 {aucun n’était déjà connu} one {# était déjà connu et est resté tel quel} other {# étaient déjà connus et sont restés tels quels}}.',
  },
  'imports.uploaded_by': { en: 'Uploaded', fr: 'Envoyé' },
  'imports.imported_by': { en: 'Imported', fr: 'Importé' },
  'imports.undone_by': { en: 'Undone', fr: 'Annulé' },
  'imports.by': { en: '{name}, {at}', fr: '{name}, {at}' },
  'imports.made': { en: 'What was made', fr: 'Ce qui a été créé' },
  'imports.made.code': { en: 'Code', fr: 'Code' },
  'imports.made.number': { en: 'Number', fr: 'Numéro' },
  'imports.made.name': { en: 'Name', fr: 'Nom' },
  'imports.made.subject': { en: 'Subject', fr: 'Objet' },
  'imports.made.deleted': { en: 'deleted since', fr: 'supprimé depuis' },

  // Undoing.
  'imports.undo': { en: 'Undo', fr: 'Annuler l’import' },
  'imports.undo.refused': {
    en: 'The import of “{name}” cannot be undone',
    fr: 'L’import de «\u00a0{name}\u00a0» ne peut pas être annulé',
  },
  'imports.undo.title': {
    en: 'Undo the import of “{name}”?',
    fr: 'Annuler l’import de «\u00a0{name}\u00a0»\u202f?',
  },
  'imports.undo.consequence.customers': {
    en: 'Removed for good: {count, plural, one {# customer} other {# customers}} and {contacts, plural, one {# contact} other {# contacts}} that this import made.',
    fr: 'Supprimés définitivement\u00a0: {count, plural, one {# client} other {# clients}} et {contacts, plural, one {# contact} other {# contacts}} créés par cet import.',
  },
  'imports.undo.consequence.suppliers': {
    en: 'Removed for good: {count, plural, one {# supplier} other {# suppliers}} that this import made.',
    fr: 'Supprimés définitivement\u00a0: {count, plural, one {# fournisseur créé} other {# fournisseurs créés}} par cet import.',
  },
  'imports.undo.consequence.products': {
    en: 'Removed for good: {count, plural, one {# product} other {# products}} that this import made.',
    fr: 'Supprimés définitivement\u00a0: {count, plural, one {# produit créé} other {# produits créés}} par cet import.',
  },
  'imports.undo.consequence.users': {
    en: 'Removed for good: {count, plural, one {# user} other {# users}} that this import made.',
    fr: 'Supprimés définitivement\u00a0: {count, plural, one {# utilisateur créé} other {# utilisateurs créés}} par cet import.',
  },
  'imports.undo.consequence.orders': {
    en: 'Removed for good: {count, plural, one {# order} other {# orders}} with their lines that this import made.',
    fr: 'Supprimées définitivement\u00a0: {count, plural, one {# commande créée} other {# commandes créées}} par cet import, avec leurs lignes.',
  },
  'imports.undo.kept': {
    en: 'What was known already stays. The file and this receipt stay too.',
    fr: 'Ce qui était déjà connu reste. Le fichier et ce reçu restent aussi.',
  },
  'imports.undo.verb': { en: 'Undo the import', fr: 'Annuler l’import' },
  'imports.undo.done': {
    en: 'The import of “{name}” is undone.',
    fr: 'L’import de «\u00a0{name}\u00a0» est annulé.',
  },
  'imports.undone.sentence': {
    en: 'This import was undone: what it had made is removed.',
    fr: 'Cet import a été annulé\u00a0: ce qu’il avait créé est supprimé.',
  },
  'imports.undo.already': { en: 'It is undone already.', fr: 'Il est déjà annulé.' },
  'imports.undo.not_imported': { en: 'Nothing was imported yet.', fr: 'Rien n’a encore été importé.' },
  'imports.undo.in_use': {
    en: 'Something else names what was imported. Remove that first.',
    fr: 'Autre chose se rapporte à ce qui a été importé. Supprimez-le d’abord.',
  },
  'imports.undo.customers.orders': {
    en: '{count, plural, one {# customer has orders} other {# customers have orders}}: {names}{more, plural, =0 {} other { and # more}}. Undo the import of those orders, or delete them, first.',
    fr: '{count, plural, one {# client a des commandes} other {# clients ont des commandes}}\u00a0: {names}{more, plural, =0 {} one { et # autre} other { et # autres}}. Annulez d’abord l’import de ces commandes, ou supprimez-les.',
  },
  'imports.undo.customers.invoices': {
    en: '{count, plural, one {# customer has invoices} other {# customers have invoices}}: {names}{more, plural, =0 {} other { and # more}}. Delete their drafts first; what is issued stays.',
    fr: '{count, plural, one {# client a des factures} other {# clients ont des factures}}\u00a0: {names}{more, plural, =0 {} one { et # autre} other { et # autres}}. Supprimez d’abord leurs brouillons\u202f; ce qui est émis reste.',
  },
  'imports.undo.customers.contacts': {
    en: '{count, plural, one {# customer has further contacts} other {# customers have further contacts}}: {names}{more, plural, =0 {} other { and # more}}. Delete these contacts first.',
    fr: '{count, plural, one {# client a d’autres contacts} other {# clients ont d’autres contacts}}\u00a0: {names}{more, plural, =0 {} one { et # autre} other { et # autres}}. Supprimez d’abord ces contacts.',
  },
  'imports.undo.customers.children': {
    en: '{count, plural, one {# customer is the parent of others} other {# customers are parents of others}}: {names}{more, plural, =0 {} other { and # more}}. Give those another parent first.',
    fr: '{count, plural, one {# client est le parent d’autres} other {# clients sont parents d’autres}}\u00a0: {names}{more, plural, =0 {} one { et # autre} other { et # autres}}. Donnez-leur d’abord un autre parent.',
  },
  'imports.undo.suppliers.products': {
    en: '{count, plural, one {# supplier is named by products} other {# suppliers are named by products}}: {names}{more, plural, =0 {} other { and # more}}. Undo the import of those products, or take the supplier off them, first.',
    fr: '{count, plural, one {# fournisseur est nommé par des produits} other {# fournisseurs sont nommés par des produits}}\u00a0: {names}{more, plural, =0 {} one { et # autre} other { et # autres}}. Annulez d’abord l’import de ces produits, ou retirez-en le fournisseur.',
  },
  'imports.undo.products.orders': {
    en: '{count, plural, one {# product stands in orders} other {# products stand in orders}}: {names}{more, plural, =0 {} other { and # more}}. Undo the import of those orders, or delete them, first.',
    fr: '{count, plural, one {# produit figure dans des commandes} other {# produits figurent dans des commandes}}\u00a0: {names}{more, plural, =0 {} one { et # autre} other { et # autres}}. Annulez d’abord l’import de ces commandes, ou supprimez-les.',
  },
  'imports.undo.products.invoices': {
    en: '{count, plural, one {# product stands in invoices} other {# products stand in invoices}}: {names}{more, plural, =0 {} other { and # more}}. Delete their drafts first; what is issued stays.',
    fr: '{count, plural, one {# produit figure dans des factures} other {# produits figurent dans des factures}}\u00a0: {names}{more, plural, =0 {} one { et # autre} other { et # autres}}. Supprimez d’abord les brouillons\u202f; ce qui est émis reste.',
  },
  'imports.undo.users.signed_in': {
    en: '{count, plural, one {# user can sign in} other {# users can sign in}}: {names}{more, plural, =0 {} other { and # more}}. Archive them instead.',
    fr: '{count, plural, one {# utilisateur peut se connecter} other {# utilisateurs peuvent se connecter}}\u00a0: {names}{more, plural, =0 {} one { et # autre} other { et # autres}}. Archivez-les plutôt.',
  },
  'imports.undo.users.assigned': {
    en: '{count, plural, one {# user looks after orders} other {# users look after orders}}: {names}{more, plural, =0 {} other { and # more}}. Undo the import of those orders, or assign them to others, first.',
    fr: '{count, plural, one {# utilisateur suit des commandes} other {# utilisateurs suivent des commandes}}\u00a0: {names}{more, plural, =0 {} one { et # autre} other { et # autres}}. Annulez d’abord l’import de ces commandes, ou confiez-les à d’autres.',
  },
  'imports.undo.orders.finalized': {
    en: '{count, plural, one {# order is finalized} other {# orders are finalized}}: {names}{more, plural, =0 {} other { and # more}}. A finalized order stays.',
    fr: '{count, plural, one {# commande est finalisée} other {# commandes sont finalisées}}\u00a0: {names}{more, plural, =0 {} one { et # autre} other { et # autres}}. Une commande finalisée reste.',
  },
  'imports.undo.orders.invoices': {
    en: '{count, plural, one {# order has invoices} other {# orders have invoices}}: {names}{more, plural, =0 {} other { and # more}}. Delete their drafts first; what is issued stays.',
    fr: '{count, plural, one {# commande a des factures} other {# commandes ont des factures}}\u00a0: {names}{more, plural, =0 {} one { et # autre} other { et # autres}}. Supprimez d’abord leurs brouillons\u202f; ce qui est émis reste.',
  },
  'imports.undo.orders.recurring': {
    en: '{count, plural, one {# order is billed again and again} other {# orders are billed again and again}}: {names}{more, plural, =0 {} other { and # more}}. Delete these orders one by one, where that is possible.',
    fr: '{count, plural, one {# commande est récurrente} other {# commandes sont récurrentes}}\u00a0: {names}{more, plural, =0 {} one { et # autre} other { et # autres}}. Supprimez ces commandes une à une, là où c’est possible.',
  },
  'imports.undo.customers.documents': {
    en: 'Documents are filed with {count, plural, one {# customer} other {# customers}}: {names}{more, plural, =0 {} other { and # more}}. Remove them first.',
    fr: 'Des documents sont classés avec {count, plural, one {# client} other {# clients}}\u00a0: {names}{more, plural, =0 {} one { et # autre} other { et # autres}}. Retirez-les d’abord.',
  },
  'imports.undo.customers.activities': {
    en: 'There are activities about {count, plural, one {# customer} other {# customers}}: {names}{more, plural, =0 {} other { and # more}}. Delete them first.',
    fr: 'Des activités concernent {count, plural, one {# client} other {# clients}}\u00a0: {names}{more, plural, =0 {} one { et # autre} other { et # autres}}. Supprimez-les d’abord.',
  },
  'imports.undo.customers.changed': {
    en: '{known, select, yes {{by} changed} other {Somebody changed}} {count, plural, one {# customer} other {# customers}} since: {names}{more, plural, =0 {} other { and # more}}. Delete the others one by one.',
    fr: '{count, plural, one {# client a été modifié} other {# clients ont été modifiés}} depuis{known, select, yes { par {by}} other {}}\u00a0: {names}{more, plural, =0 {} one { et # autre} other { et # autres}}. Supprimez les autres un par un.',
  },
  'imports.undo.suppliers.changed': {
    en: '{known, select, yes {{by} changed} other {Somebody changed}} {count, plural, one {# supplier} other {# suppliers}} since: {names}{more, plural, =0 {} other { and # more}}. Delete the others one by one.',
    fr: '{count, plural, one {# fournisseur a été modifié} other {# fournisseurs ont été modifiés}} depuis{known, select, yes { par {by}} other {}}\u00a0: {names}{more, plural, =0 {} one { et # autre} other { et # autres}}. Supprimez les autres un par un.',
  },
  'imports.undo.products.changed': {
    en: '{known, select, yes {{by} changed} other {Somebody changed}} {count, plural, one {# product} other {# products}} since: {names}{more, plural, =0 {} other { and # more}}. Delete the others one by one.',
    fr: '{count, plural, one {# produit a été modifié} other {# produits ont été modifiés}} depuis{known, select, yes { par {by}} other {}}\u00a0: {names}{more, plural, =0 {} one { et # autre} other { et # autres}}. Supprimez les autres un par un.',
  },
  'imports.undo.users.changed': {
    en: '{known, select, yes {{by} changed} other {Somebody changed}} {count, plural, one {# user} other {# users}} since: {names}{more, plural, =0 {} other { and # more}}. Delete the others one by one.',
    fr: '{count, plural, one {# utilisateur a été modifié} other {# utilisateurs ont été modifiés}} depuis{known, select, yes { par {by}} other {}}\u00a0: {names}{more, plural, =0 {} one { et # autre} other { et # autres}}. Supprimez les autres un par un.',
  },
  'imports.undo.orders.documents': {
    en: 'Documents are filed with {count, plural, one {# order} other {# orders}}: {names}{more, plural, =0 {} other { and # more}}. Remove them first.',
    fr: 'Des documents sont classés avec {count, plural, one {# commande} other {# commandes}}\u00a0: {names}{more, plural, =0 {} one { et # autre} other { et # autres}}. Retirez-les d’abord.',
  },
  'imports.undo.orders.activities': {
    en: 'There are activities about {count, plural, one {# order} other {# orders}}: {names}{more, plural, =0 {} other { and # more}}. Delete them first.',
    fr: 'Des activités concernent {count, plural, one {# commande} other {# commandes}}\u00a0: {names}{more, plural, =0 {} one { et # autre} other { et # autres}}. Supprimez-les d’abord.',
  },
  'imports.undo.orders.changed': {
    en: '{known, select, yes {{by} changed} other {Somebody changed}} {count, plural, one {# order} other {# orders}} since: {names}{more, plural, =0 {} other { and # more}}. Delete the others one by one.',
    fr: '{count, plural, one {# commande a été modifiée} other {# commandes ont été modifiées}} depuis{known, select, yes { par {by}} other {}}\u00a0: {names}{more, plural, =0 {} one { et # autre} other { et # autres}}. Supprimez les autres une par une.',
  },
} as const satisfies Sentences
