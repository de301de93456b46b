import type { Sentences } from './sentences.ts'

/** Users, one's own profile, and the first set-up. */
export const users = {
  'users.title': { en: 'Users', fr: 'Utilisateurs' },
  'users.new': { en: 'New user', fr: 'Nouvel utilisateur' },
  'users.create': { en: 'Create user', fr: 'Créer l’utilisateur' },
  'users.save': { en: 'Save user', fr: 'Enregistrer l’utilisateur' },
  'users.edit': { en: 'Edit {name}', fr: 'Modifier {name}' },
  'users.count': {
    en: '{count, plural, one {# user} other {# users}}',
    fr: '{count, plural, one {# utilisateur} other {# utilisateurs}}',
  },
  'users.empty': { en: 'Users may sign in here.', fr: 'Les utilisateurs peuvent se connecter ici.' },
  'users.no_match': { en: 'No user matches.', fr: 'Aucun utilisateur ne correspond.' },
  'users.job_title': { en: 'Function', fr: 'Fonction' },
  'users.role': { en: 'Role', fr: 'Rôle' },
  'users.role.user': { en: 'User', fr: 'Utilisateur' },
  'users.role.admin': { en: 'Admin', fr: 'Administrateur' },
  'users.role.user.hint': {
    en: 'Orders, invoices, directory of the organisations below.',
    fr: 'Commandes, factures et répertoire des organisations ci-dessous.',
  },
  'users.role.admin.hint': {
    en: 'In addition settings, users, organisations and jobs.',
    fr: 'En plus les réglages, les utilisateurs, les organisations et les tâches.',
  },
  'users.home': { en: 'Home organisation', fr: 'Organisation principale' },
  'users.home.hint': {
    en: 'Preset on new documents.',
    fr: 'Proposée par défaut sur les nouveaux documents.',
  },
  'users.home.missing': { en: 'Choose a home organisation.', fr: 'Choisissez une organisation principale.' },
  'users.organisations': { en: 'Works in', fr: 'Travaille dans' },
  'users.organisations.hint': {
    en: 'Documents of the others do not exist for this user. The home organisation is always one of them.',
    fr: 'Les documents des autres n’existent pas pour cet utilisateur. L’organisation principale en fait toujours partie.',
  },
  'users.organisations.unknown': {
    en: 'Choose organisations that exist.',
    fr: 'Choisissez des organisations existantes.',
  },
  'users.language': { en: 'Language of the pages', fr: 'Langue des pages' },
  'users.email.hint': {
    en: 'To sign in with. Without it nobody signs in as this user.',
    fr: 'Pour se connecter. Sans lui, personne ne se connecte à ce nom.',
  },
  'users.email.taken': {
    en: 'Enter another email: {email} belongs to a user already.',
    fr: 'Saisissez un autre e-mail\u00a0: {email} appartient déjà à un utilisateur.',
  },
  'users.email.missing': {
    en: 'Enter the email to sign in with: a password needs one.',
    fr: 'Saisissez l’e-mail de connexion\u00a0: un mot de passe en exige un.',
  },
  'users.access': { en: 'Access', fr: 'Accès' },
  'users.access.none': { en: 'cannot sign in', fr: 'ne peut pas se connecter' },
  'users.password': { en: 'Password', fr: 'Mot de passe' },
  'users.password.first': { en: 'First password', fr: 'Premier mot de passe' },
  'users.password.new': { en: 'New password', fr: 'Nouveau mot de passe' },
  'users.password.hint': { en: 'At least {min} characters.', fr: 'Au moins {min} caractères.' },
  'users.password.first.hint': {
    en: 'At least {min} characters; tell it to the user, who can change it. Empty: no access yet.',
    fr: 'Au moins {min} caractères\u202f; communiquez-le à l’utilisateur, qui peut le changer. Vide\u00a0: pas encore d’accès.',
  },
  'users.password.new.hint': {
    en: 'Only if it is to be replaced: at least {min} characters. It signs the user out everywhere.',
    fr: 'Seulement s’il faut le remplacer\u00a0: au moins {min} caractères. L’utilisateur est alors déconnecté partout.',
  },
  'users.password.again': { en: 'The same once more', fr: 'Le même une seconde fois' },
  'users.password.short': {
    en: 'Enter a password of {min} to {max} characters.',
    fr: 'Saisissez un mot de passe de {min} à {max} caractères.',
  },
  'users.password.differs': {
    en: 'Enter the same password twice: the two differ.',
    fr: 'Saisissez deux fois le même mot de passe\u00a0: ils diffèrent.',
  },
  'users.password.old': { en: 'Present password', fr: 'Mot de passe actuel' },
  'users.password.old.wrong': {
    en: 'Enter your present password: this is not it.',
    fr: 'Saisissez votre mot de passe actuel\u00a0: ce n’est pas celui-ci.',
  },
  'users.last_admin': {
    en: 'This is the last admin: make somebody else an admin first.',
    fr: 'C’est le dernier administrateur\u00a0: nommez d’abord quelqu’un d’autre administrateur.',
  },
  'users.yourself': {
    en: 'You cannot archive yourself: another admin can.',
    fr: 'Vous ne pouvez pas vous archiver vous-même\u00a0: un autre administrateur le peut.',
  },
  'users.archived.done': {
    en: '{name} is archived and signed out everywhere.',
    fr: '{name}\u00a0: archivé et déconnecté partout.',
  },
  'users.archive': { en: 'Archive and sign out', fr: 'Archiver et déconnecter' },
  'users.you': { en: '(you)', fr: '(vous)' },

  'profile.title': { en: 'Your profile', fr: 'Votre profil' },
  'profile.save': { en: 'Save profile', fr: 'Enregistrer le profil' },
  'profile.saved': { en: 'Your profile is saved.', fr: 'Votre profil est enregistré.' },
  'profile.password': { en: 'Change password', fr: 'Changer de mot de passe' },
  'profile.password.submit': { en: 'Change password', fr: 'Changer le mot de passe' },
  'profile.password.done': {
    en: 'Your password is changed, and you are signed out everywhere else.',
    fr: 'Votre mot de passe est changé, et vous êtes déconnecté partout ailleurs.',
  },

  'setup.title': { en: 'Set up Comptoir', fr: 'Installer Comptoir' },
  'setup.intro': {
    en: 'Nothing is here yet. Name the company that sells and the first admin; everything can be changed and added to later.',
    fr: 'Tout est encore vide. Indiquez la société qui vend et le premier administrateur\u202f; tout peut être modifié et complété ensuite.',
  },
  'setup.organisation': { en: 'Your company', fr: 'Votre société' },
  'setup.admin': { en: 'First admin', fr: 'Premier administrateur' },
  'setup.country.hint': {
    en: 'It brings its VAT rates, currency and time zone.',
    fr: 'Il apporte ses taux de TVA, sa devise et son fuseau horaire.',
  },
  'setup.by_country': { en: 'By country', fr: 'Selon le pays' },
  'setup.standard_rate': { en: 'Standard VAT rate', fr: 'Taux normal de TVA' },
  'setup.standard_rate.hint': {
    en: 'Only outside the European Union, the United Kingdom, Switzerland and Norway, whose rates come by themselves. Empty elsewhere: no tax.',
    fr: 'Seulement hors de l’Union européenne, du Royaume-Uni, de la Suisse et de la Norvège, dont les taux viennent d’eux-mêmes. Vide ailleurs\u00a0: pas de taxe.',
  },
  'setup.standard_rate.wrong': {
    en: 'Enter a rate above 0 and up to 100, or leave it empty.',
    fr: 'Saisissez un taux supérieur à 0 et d’au plus 100, ou laissez vide.',
  },
  'setup.time_zone.missing': {
    en: 'Choose a time zone: this country has none of its own here.',
    fr: 'Choisissez un fuseau horaire\u00a0: aucun n’est connu ici pour ce pays.',
  },
  'setup.currency.missing': {
    en: 'Choose a currency: this country has none of its own here.',
    fr: 'Choisissez une devise\u00a0: aucune n’est connue ici pour ce pays.',
  },
  'setup.user_name': { en: 'Your name', fr: 'Votre nom' },
  'setup.user_name.missing': { en: 'Enter your name.', fr: 'Saisissez votre nom.' },
  'setup.submit': { en: 'Set up and sign in', fr: 'Installer et se connecter' },
  'setup.done': {
    en: '{name} is set up, with the VAT rates and payment terms of its country.',
    fr: '{name}\u00a0: installation terminée, avec les taux de TVA et les conditions de paiement de son pays.',
  },
  'setup.already': {
    en: 'Somebody set this up a moment ago. Sign in with what they gave you.',
    fr: 'Quelqu’un vient de terminer l’installation. Connectez-vous avec l’accès qu’il vous a donné.',
  },
} as const satisfies Sentences
