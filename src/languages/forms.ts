import type { Sentences } from './sentences.ts'

export const forms = {
  'form.sent_before': {
    en: 'This form was sent before, with other values, and its record was made. Open it to change it, or begin a new form.',
    fr: 'Ce formulaire a déjà été envoyé, avec d’autres valeurs, et sa fiche existe. Ouvrez-la pour la modifier, ou commencez un nouveau formulaire.',
  },
  'form.too_long': {
    en: 'Shorten this to {max} characters at most.',
    fr: 'Raccourcissez à {max} caractères au plus.',
  },
  'form.too_many_fields': {
    en: 'Send this in parts: a form may have {max, number} fields at most.',
    fr: 'Envoyez ceci en plusieurs fois\u00a0: un formulaire compte {max, number} champs au plus.',
  },
  'form.too_many_rows': {
    en: 'Send this in parts: a form may have {max, number} lines at most.',
    fr: 'Envoyez ceci en plusieurs fois\u00a0: un formulaire compte {max, number} lignes au plus.',
  },
  'form.nul': {
    en: 'Remove the invisible character (NUL) from this field: it cannot be stored.',
    fr: 'Supprimez le caractère invisible (NUL) de ce champ\u00a0: il ne peut pas être enregistré.',
  },
  'form.saved_by': {
    en: '{name} saved this while you were writing. Nothing you typed is lost: see below what differs, then save again.',
    fr: '{name} a enregistré ceci pendant votre saisie. Rien n’en est perdu\u00a0: voyez ci-dessous ce qui diffère, puis enregistrez de nouveau.',
  },
  'form.saved_by.title': {
    en: '{name} saved this on {at}.',
    fr: '{name} a enregistré ceci le {at}.',
  },
  'form.saved_by.differs': { en: 'What differs', fr: 'Ce qui diffère' },
  'form.saved_by.conflicts': {
    en: 'Both of you changed these. Yours stands in the form; saving again keeps it.',
    fr: 'Vous avez tous deux modifié ces champs. Votre saisie reste dans le formulaire\u202f; enregistrer de nouveau la garde.',
  },
  'form.saved_by.taken': {
    en: 'You had not touched these: the form now holds the new text.',
    fr: 'Vous n’aviez pas touché à ces champs\u00a0: le formulaire contient le nouveau texte.',
  },
  'form.saved_by.same': {
    en: 'Nothing of it differs from what you typed.',
    fr: 'Rien n’y diffère de votre saisie.',
  },
  'form.saved_by.field': { en: 'Field', fr: 'Champ' },
  'form.saved_by.theirs': { en: 'Saved by {name}', fr: 'Enregistré par {name}' },
  'form.saved_by.yours': { en: 'Yours', fr: 'Votre saisie' },
  'form.wrong': {
    en: 'Enter a value that fits this field.',
    fr: 'Saisissez une valeur qui convient à ce champ.',
  },
  'form.choice.missing': { en: 'Choose one of: {choices}.', fr: 'Choisissez parmi\u00a0: {choices}.' },
  'form.choice.unknown': { en: 'Choose one of: {choices}.', fr: 'Choisissez parmi\u00a0: {choices}.' },
  'form.reference.unknown': {
    en: 'Choose one that exists: this one does not, or is archived.',
    fr: 'Choisissez un élément existant\u00a0: celui-ci n’existe pas ou est archivé.',
  },
  'form.date.wrong': {
    en: 'Enter a date that exists, such as 2026-03-31: “{typed}” is none.',
    fr: 'Saisissez une date qui existe, par exemple 31/03/2026\u00a0: «\u00a0{typed}\u00a0» n’en est pas une.',
  },
  'form.decimal.wrong': { en: 'Enter a number, such as 2.5.', fr: 'Saisissez un nombre, par exemple 2,5.' },
  'form.decimal.too_many_decimals': {
    en: 'Enter at most {decimals, plural, =0 {whole numbers: no decimals} one {# decimal} other {# decimals}}.',
    fr: 'Saisissez au plus {decimals, plural, =0 {un nombre entier, sans décimale} one {# décimale} other {# décimales}}.',
  },
  'form.decimal.too_large': {
    en: 'Enter a smaller number: at most 12 digits before the decimal point.',
    fr: 'Saisissez un nombre plus petit\u00a0: 12 chiffres au plus avant la virgule.',
  },
  'form.whole_number.wrong': {
    en: 'Enter a whole number from {min, number} to {max, number}.',
    fr: 'Saisissez un nombre entier de {min, number} à {max, number}.',
  },
  'form.email.wrong': {
    en: 'Enter an email address such as name@example.com: “{typed}” is none.',
    fr: 'Saisissez une adresse e-mail telle que nom@exemple.fr\u00a0: «\u00a0{typed}\u00a0» n’en est pas une.',
  },
} as const satisfies Sentences
