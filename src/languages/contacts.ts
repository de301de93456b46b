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
    fr: 'Les contacts sont les personnes de vos comptes : les commandes les nomment et les e-mails leur parviennent.',
  },
  'contacts.no_match': { en: 'No contact matches.', fr: 'Aucun contact ne correspond.' },
  'contacts.account': { en: 'Account', fr: 'Compte' },
  'contacts.title_of': { en: 'Function', fr: 'Fonction' },
} as const satisfies Sentences
