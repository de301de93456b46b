import type { Sentences } from './sentences.ts'

export const contacts = {
  'contacts.title': { en: 'Contacts', fr: 'Contacts' },
  'contacts.new': { en: 'New contact', fr: 'Nouveau contact' },
  'contacts.create': { en: 'Create contact', fr: 'Créer le contact' },
  'contacts.save': { en: 'Save contact', fr: 'Enregistrer le contact' },
  'contacts.edit': { en: 'Edit {name}', fr: 'Modifier {name}' },
  'contacts.count': {
    en: '{count, plural, one {# contact} other {# contacts}}',
    fr: '{count, plural, one {# contact} other {# contacts}}',
  },
  'contacts.empty': {
    en: 'Contacts are the people at your accounts: orders name them, and emails go to them.',
    fr: 'Les contacts sont les personnes de vos comptes\u00a0: les commandes les nomment et les e-mails leur parviennent.',
  },
  'contacts.no_match': {
    en: 'No contact matches: {filters}.',
    fr: 'Aucun contact ne correspond\u00a0: {filters}.',
  },
  'contacts.account': { en: 'Account', fr: 'Compte' },
  'contacts.title_of': { en: 'Function', fr: 'Fonction' },
  'contacts.facts': { en: 'Contact details', fr: 'Coordonnées' },
  'contacts.account.missing': {
    en: 'Choose the account this person belongs to.',
    fr: 'Choisissez le compte de cette personne.',
  },
  'contacts.account.hint': { en: 'A code or a name.', fr: 'Un code ou un nom.' },
  'contacts.account.archived': {
    en: 'Choose an account in use: {name} is archived.',
    fr: 'Choisissez un compte en usage\u00a0: {name} est archivé.',
  },
  'contacts.account.named': {
    en: 'Leave the account as it is: orders name this person there. For another account, make a new contact.',
    fr: 'Laissez le compte tel quel\u00a0: des commandes y nomment cette personne. Pour un autre compte, créez un nouveau contact.',
  },
  'contacts.deletion.consequence': {
    en: 'No order and no invoice names {name}. The contact disappears, and nothing brings it back.',
    fr: 'Aucune commande ni facture ne nomme {name}. Le contact disparaît, sans retour possible.',
  },
  'contacts.deletion.verb': { en: 'Delete contact', fr: 'Supprimer le contact' },
  'contacts.deletion.named': {
    en: 'Orders or invoices name this contact. Archive it instead.',
    fr: 'Des commandes ou factures nomment ce contact. Archivez-le plutôt.',
  },
} as const satisfies Sentences
