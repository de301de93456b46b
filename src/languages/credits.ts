import type { Sentences } from './sentences.ts'

/** Credit notes. */
export const credits = {
  'credits.nothing': {
    en: 'Choose what to credit: nothing of it is left, or no quantity is entered.',
    fr: 'Choisissez quoi créditer\u00a0: il n’en reste rien, ou aucune quantité n’est saisie.',
  },
  'credits.quantity.unknown': {
    en: 'This line is not on the invoice.',
    fr: 'Cette ligne n’est pas sur la facture.',
  },
  'credits.quantity.none': {
    en: 'Leave this empty: the line is credited whole.',
    fr: 'Laissez vide\u00a0: la ligne est entièrement créditée.',
  },
  'credits.quantity.wrong': {
    en: 'Enter the quantity as a number, such as 2.5.',
    fr: 'Saisissez la quantité en chiffres, par exemple 2,5.',
  },
  'credits.quantity.too_much': {
    en: '{left} can still be credited, {typed} was entered. Enter {left} or less.',
    fr: '{left} peuvent encore être crédités, vous avez saisi {typed}. Saisissez {left} au plus.',
  },
  'credits.amount.missing': {
    en: 'Enter a net amount above zero.',
    fr: 'Saisissez un montant HT supérieur à zéro.',
  },
  'credits.amount.none': {
    en: 'No net amount is left to credit. Choose the whole invoice, or lines.',
    fr: 'Il ne reste aucun montant HT à créditer. Choisissez toute la facture, ou des lignes.',
  },
  'credits.amount.too_much': {
    en: 'Enter {left_money} or less: no more is left before tax.',
    fr: 'Saisissez {left_money} au plus\u00a0: il ne reste pas davantage hors taxe.',
  },
  'credits.tax.too_much': {
    en: 'Choose less: of what is taxed at {rate} %, {left_money} is left before tax. An amount was credited before, or a line below zero must be credited with it.',
    fr: 'Choisissez moins\u00a0: de ce qui est taxé à {rate} %, il reste {left_money} hors taxe. Un montant a déjà été crédité, ou une ligne négative est à créditer avec.',
  },
  'credits.too_much': {
    en: 'Choose less: {left_money} is left of the invoice.',
    fr: 'Choisissez moins\u00a0: il reste {left_money} de la facture.',
  },
  'credits.refused.draft': {
    en: 'A draft is not credited: edit or delete it.',
    fr: 'Un brouillon ne se crédite pas\u00a0: modifiez-le ou supprimez-le.',
  },
  'credits.refused.credit_note': {
    en: '{number} is a credit note. What it credited wrongly is billed by a new invoice.',
    fr: '{number} est un avoir. Ce qu’il a crédité à tort se refacture par une nouvelle facture.',
  },
  'credits.refused.credited': {
    en: 'Nothing is left of {number}: it is credited whole.',
    fr: 'Il ne reste rien de {number}\u00a0: elle est entièrement créditée.',
  },
  'credits.reissue.whole': {
    en: 'Choose the whole invoice: a new draft takes the place of all of it.',
    fr: 'Choisissez toute la facture\u00a0: le nouveau brouillon la remplace en entier.',
  },
  'credits.reopen.amount': {
    en: 'Choose lines and quantities for what is to be billed again: an amount gives no quantity back.',
    fr: 'Choisissez des lignes et des quantités pour ce qui est à refacturer\u00a0: un montant ne rend aucune quantité.',
  },
  'credits.document.subject': {
    en: 'Credit note for {number}: {subject}',
    fr: 'Avoir sur {number}\u00a0: {subject}',
  },
  'credits.document.amount': { en: 'Credit on invoice {number}', fr: 'Avoir sur la facture {number}' },
  'credits.document.given_back': {
    en: 'Less what was credited as an amount before',
    fr: 'Moins ce qui a déjà été crédité en montant',
  },
} as const satisfies Sentences
