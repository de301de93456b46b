import type { Sentences } from './sentences.ts'

export const signIn = {
  'sign_in.title': { en: 'Sign in', fr: 'Se connecter' },
  'sign_in.email': { en: 'Email', fr: 'E-mail' },
  'sign_in.password': { en: 'Password', fr: 'Mot de passe' },
  'sign_in.submit': { en: 'Sign in', fr: 'Se connecter' },
  'sign_in.wrong': {
    en: 'Check both: this email and password do not belong together, or may not sign in.',
    fr: 'Vérifiez les deux\u00a0: cet e-mail et ce mot de passe ne vont pas ensemble, ou ne donnent pas accès.',
  },
  'sign_in.email.missing': { en: 'Enter your email address.', fr: 'Saisissez votre adresse e-mail.' },
  'sign_in.password.missing': { en: 'Enter your password.', fr: 'Saisissez votre mot de passe.' },
  'sign_in.too_many': {
    en: 'Wait {minutes, plural, one {a minute} other {# minutes}}: there were too many attempts. Then try again.',
    fr: 'Attendez {minutes, plural, one {une minute} other {# minutes}}\u00a0: il y a eu trop de tentatives. Puis réessayez.',
  },
  'sign_in.kept': {
    en: 'You were signed out. Sign in: what you typed is still here.',
    fr: 'Votre session a pris fin. Connectez-vous\u00a0: votre saisie est conservée.',
  },
  'sign_in.kept_again': {
    en: 'You are signed in again. What you had typed is below; nothing of it is saved yet.',
    fr: 'La session est rouverte. Votre saisie est ci-dessous\u202f; rien n’en est encore enregistré.',
  },
  'sign_in.kept_fields': { en: 'What you had typed', fr: 'Votre saisie' },
  'sign_in.expired_form': {
    en: 'This form was not sent from a page of your session. Open the page again and send it from there.',
    fr: 'Ce formulaire ne vient pas d’une page de votre session. Rouvrez la page et envoyez-le de là.',
  },
} as const satisfies Sentences
