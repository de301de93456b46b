import type { Sentences } from './sentences.ts'

/** Documents that people upload and file with an order, an invoice or an account. */
export const uploads = {
  'uploads.tab': { en: 'Documents', fr: 'Documents' },
  'uploads.document': { en: 'Document', fr: 'Document' },
  'uploads.add': { en: 'Upload documents', fr: 'Ajouter des documents' },
  'uploads.submit': { en: 'Upload documents', fr: 'Ajouter les documents' },
  'uploads.files': { en: 'Files', fr: 'Fichiers' },
  'uploads.files.hint': {
    en: 'PDF, pictures, office documents, text, CSV, emails or ZIP. Several at once: {files} files, {max} MB each and {together} MB together at most.',
    fr: 'PDF, images, documents bureautiques, texte, CSV, e-mails ou ZIP. Plusieurs à la fois\u00a0: {files} fichiers, {max}\u00a0Mo chacun et {together}\u00a0Mo en tout au plus.',
  },
  'uploads.files.again': {
    en: 'Choose all files again: none was kept.',
    fr: 'Choisissez à nouveau tous les fichiers\u00a0: aucun n’a été conservé.',
  },
  'uploads.share': { en: 'Shared with the customer', fr: 'Partagé avec le client' },
  'uploads.share.hint': {
    en: 'A mark that the customer may have them. Nothing is sent.',
    fr: 'Une marque\u00a0: le client peut les recevoir. Rien n’est envoyé.',
  },
  'uploads.name': { en: 'Name', fr: 'Nom' },
  'uploads.size': { en: 'Size', fr: 'Taille' },
  'uploads.type': { en: 'Type', fr: 'Type' },
  'uploads.uploaded': { en: 'Uploaded', fr: 'Ajouté' },
  'uploads.uploaded_by': { en: 'Uploaded by', fr: 'Ajouté par' },
  'uploads.sharing': { en: 'Customer', fr: 'Client' },
  'uploads.shared': { en: 'Shared', fr: 'Partagé' },
  'uploads.not_shared': { en: 'Not shared', fr: 'Non partagé' },
  'uploads.sha256': { en: 'SHA-256', fr: 'SHA-256' },
  'uploads.filed_with': { en: 'Filed with', fr: 'Classé avec' },
  'uploads.actions': { en: 'Actions', fr: 'Actions' },
  'uploads.actions_of': { en: 'for {name}', fr: 'pour {name}' },
  'uploads.mark_shared': { en: 'Mark as shared', fr: 'Marquer comme partagé' },
  'uploads.mark_unshared': { en: 'Mark as not shared', fr: 'Marquer comme non partagé' },
  'uploads.download': { en: 'Download', fr: 'Télécharger' },
  'uploads.remove': { en: 'Remove', fr: 'Retirer' },
  'uploads.count': {
    en: '{count, plural, one {# document} other {# documents}}',
    fr: '{count, plural, one {# document} other {# documents}}',
  },
  'uploads.empty': {
    en: 'Signed orders, plans, mails: what belongs to this is filed here. Nothing is yet.',
    fr: 'Commandes signées, plans, e-mails\u00a0: ce qui s’y rapporte se classe ici. Rien pour l’instant.',
  },
  'uploads.done': {
    en: '{added, plural, =0 {} one {{name} is uploaded. } other {# documents are uploaded. }}{known, plural, =0 {} one {One was here already and stays as it is.} other {# were here already and stay as they are.}}',
    fr: '{added, plural, =0 {} one {{name}\u00a0: ajouté. } other {# documents ajoutés. }}{known, plural, =0 {} one {Un autre était déjà là et reste tel quel.} other {# étaient déjà là et restent tels quels.}}',
  },
  'uploads.known': {
    en: '{count, plural, one {{name} is here already, with the same content} other {All # documents are here already, with the same content}}: nothing was added.',
    fr: '{count, plural, one {{name} est déjà là, avec le même contenu} other {Les # documents sont déjà là, avec le même contenu}}\u00a0: rien n’a été ajouté.',
  },
  'uploads.marked_shared': {
    en: '{name} is marked as shared with the customer.',
    fr: '{name} est marqué comme partagé avec le client.',
  },
  'uploads.marked_unshared': {
    en: '{name} is not shared with the customer any more.',
    fr: '{name} n’est plus partagé avec le client.',
  },
  'uploads.missing': { en: 'Choose a file.', fr: 'Choisissez un fichier.' },
  'uploads.too_many': {
    en: 'Choose {max} files at most: these were {count}. Upload the others afterwards.',
    fr: 'Choisissez au plus {max} fichiers\u00a0: il y en avait {count}. Ajoutez les autres ensuite.',
  },
  'uploads.too_large': {
    en: '{name} is larger than {max} MB. Choose a smaller file, such as a PDF with fewer or coarser pictures.',
    fr: '{name} dépasse {max}\u00a0Mo. Choisissez un fichier plus petit, tel un PDF avec moins d’images ou des images moins fines.',
  },
  'uploads.too_much': {
    en: '{name} is too much at once: together the files are larger than {max} MB. Upload it afterwards.',
    fr: '{name} est de trop\u00a0: ensemble, les fichiers dépassent {max}\u00a0Mo. Ajoutez-le ensuite.',
  },
  'uploads.empty_file': {
    en: '{name} is empty. Choose the file that has a content.',
    fr: '{name} est vide. Choisissez le fichier qui a un contenu.',
  },
  'uploads.unknown': {
    en: '{name} is by its content no PDF, picture, office document without macros, text, CSV, email or ZIP. Put it into a ZIP, or choose another file.',
    fr: '{name} n’est, par son contenu, ni un PDF, ni une image, ni un document bureautique sans macro, ni un texte, un CSV, un e-mail ou un ZIP. Mettez-le dans un ZIP, ou choisissez un autre fichier.',
  },
  'uploads.removal.title': { en: 'Remove {name}?', fr: 'Retirer {name}\u202f?' },
  'uploads.removal.what': {
    en: '{name} ({size}), uploaded by {who} on {uploaded_date}, is no longer found here.',
    fr: '{name} ({size}), ajouté par {who} le {uploaded_date}, ne se trouvera plus ici.',
  },
  'uploads.removal.shared': {
    en: 'It is marked as shared with the customer.',
    fr: 'Il est marqué comme partagé avec le client.',
  },
  'uploads.removal.kept': {
    en: 'The history keeps that it was here and who removed it; its content stays in the archive of files, under its SHA-256.',
    fr: 'L’historique garde qu’il était là et qui l’a retiré\u202f; son contenu reste dans l’archive des fichiers, sous son SHA-256.',
  },
  'uploads.removal.verb': { en: 'Remove document', fr: 'Retirer le document' },
  'uploads.removal.done': { en: '{name} is removed.', fr: '{name}\u00a0: retiré.' },
  'uploads.history.uploaded': {
    en: 'Document uploaded: {name}{shared, select, true { (shared with the customer)} other {}}',
    fr: 'Document ajouté\u00a0: {name}{shared, select, true { (partagé avec le client)} other {}}',
  },
  'uploads.history.shared': {
    en: 'Document marked as shared with the customer: {name}',
    fr: 'Document marqué comme partagé avec le client\u00a0: {name}',
  },
  'uploads.history.unshared': {
    en: 'Document not shared any more: {name}',
    fr: 'Document plus partagé\u00a0: {name}',
  },
  'uploads.history.removed': { en: 'Document removed: {name}', fr: 'Document retiré\u00a0: {name}' },
  'uploads.kept.documents': {
    en: '{count, plural, one {A document is} other {# documents are}} filed here. Remove {count, plural, one {it} other {them}} first.',
    fr: '{count, plural, one {Un document est classé} other {# documents sont classés}} ici. Retirez-{count, plural, one {le} other {les}} d’abord.',
  },
  'uploads.kept.activities': {
    en: '{count, plural, one {There is an activity} other {There are # activities}} here. Delete {count, plural, one {it} other {them}} first.',
    fr: '{count, plural, one {Une activité s’y rapporte} other {# activités s’y rapportent}}. Supprimez-{count, plural, one {la} other {les}} d’abord.',
  },
} as const satisfies Sentences
