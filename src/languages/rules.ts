import type { Sentences } from './sentences.ts'

/** What the rules of money, dates and schedules have to say, on forms and on the command line. */
export const rules = {
  'rules.line.empty': {
    en: 'This line is empty. Write one JSON object a line.',
    fr: 'Cette ligne est vide. Écrivez un objet JSON par ligne.',
  },
  'rules.line.not_json': {
    en: 'This line is not JSON. Write one JSON object a line.',
    fr: 'Cette ligne n’est pas du JSON. Écrivez un objet JSON par ligne.',
  },
  'rules.line.not_object': {
    en: 'This line is not a JSON object. Write one JSON object a line.',
    fr: 'Cette ligne n’est pas un objet JSON. Écrivez un objet JSON par ligne.',
  },

  'rules.choice': { en: 'Choose one of: {choices}.', fr: 'Choisissez parmi\u00a0: {choices}.' },
  'rules.text': { en: 'Enter a text, in quotes.', fr: 'Indiquez un texte, entre guillemets.' },
  'rules.yes_or_no': { en: 'Write true or false.', fr: 'Écrivez true ou false.' },
  'rules.list': {
    en: 'Give a list of lines, each an object.',
    fr: 'Donnez une liste de lignes, chacune un objet.',
  },
  'rules.price_line': {
    en: 'Give the line as an object with quantity, unit_price, discount_percent and tax_rate.',
    fr: 'Donnez la ligne comme objet avec quantity, unit_price, discount_percent et tax_rate.',
  },
  'rules.payment_term': {
    en: 'Give the payment term as an object with days and end_of_month.',
    fr: 'Donnez la condition de paiement comme objet avec days et end_of_month.',
  },

  'rules.date': {
    en: 'Enter a day that exists, of the years 1900 to 2999, such as 2026-12-31.',
    fr: 'Indiquez un jour qui existe, des années 1900 à 2999, par exemple 2026-12-31.',
  },
  'rules.end_before_start': {
    en: 'The end date is before the start, {start_date}. Choose a later date or leave it empty.',
    fr: 'La date de fin précède le début, le {start_date}. Choisissez une date ultérieure ou laissez vide.',
  },
  'rules.last_day_needs_months': {
    en: 'Daily and weekly invoices cannot run on the month’s last day. Choose another frequency or switch it off.',
    fr: 'Les factures quotidiennes et hebdomadaires ne peuvent pas suivre le dernier jour du mois. Choisissez une autre fréquence ou désactivez cette option.',
  },
  'rules.days': {
    en: 'Enter the days as a whole number from 0 to {most}.',
    fr: 'Indiquez les jours en nombre entier de 0 à {most}.',
  },
  'rules.day_of_month': {
    en: 'Enter the day of the month as a whole number from 1 to 31, or leave it empty.',
    fr: 'Indiquez le jour du mois en nombre entier de 1 à 31, ou laissez vide.',
  },

  'rules.language': {
    en: 'Enter a language that exists, such as en-US or fr-FR.',
    fr: 'Indiquez une langue qui existe, par exemple en-US ou fr-FR.',
  },
  'rules.subject.missing': {
    en: 'Enter a subject.',
    fr: 'Indiquez un objet.',
  },
  'rules.subject.unknown_variable': {
    en: "{variable} is not a variable. Use '{YYYY}', '{YY}', '{MM}', '{MMM}', '{DD}' or '{Q}'.",
    fr: "{variable} n’est pas une variable. Utilisez '{YYYY}', '{YY}', '{MM}', '{MMM}', '{DD}' ou '{Q}'.",
  },
  'rules.subject.unknown_language': {
    en: "{variable} is not a language. Use '{lang_en_us}', '{lang_en_gb}', '{lang_fr_fr}', '{lang_de_de}', '{lang_es_es}', '{lang_it_it}', '{lang_nl_nl}', '{lang_pt_pt}', or the ISO codes of any other language and country.",
    fr: "{variable} n’est pas une langue. Utilisez '{lang_fr_fr}', '{lang_en_us}', '{lang_en_gb}', '{lang_de_de}', '{lang_es_es}', '{lang_it_it}', '{lang_nl_nl}', '{lang_pt_pt}', ou les codes ISO d’une autre langue et d’un autre pays.",
  },
  'rules.subject.two_languages': {
    en: 'The subject names two languages. Keep one.',
    fr: 'L’objet nomme deux langues. Gardez-en une.',
  },
  'rules.subject.lone_brace': {
    en: "A brace stands alone. Write variables whole, such as '{MMM}', or remove the brace.",
    fr: "Une accolade est isolée. Écrivez les variables en entier, par exemple '{MMM}', ou retirez l’accolade.",
  },

  'rules.currency': {
    en: 'Enter the currency as its ISO code, such as EUR.',
    fr: 'Indiquez la devise par son code ISO, par exemple EUR.',
  },
  'rules.decimal.plain': {
    en: 'Enter the number as text in quotes, with digits and a point alone, such as "2.5".',
    fr: 'Indiquez le nombre comme texte entre guillemets, en chiffres avec un point, par exemple "2.5".',
  },
  'rules.decimal.too_many_decimals': {
    en: '{decimals, plural, =0 {Enter a whole number, without decimals.} one {Enter at most one decimal.} other {Enter at most # decimals.}}',
    fr: '{decimals, plural, =0 {Saisissez un nombre entier, sans décimales.} one {Saisissez une décimale au plus.} other {Saisissez # décimales au plus.}}',
  },
  'rules.decimal.too_large': {
    en: 'Enter a smaller number, of at most 12 digits before the point.',
    fr: 'Saisissez un nombre plus petit, de 12 chiffres au plus avant la virgule.',
  },
  'rules.percent': { en: 'Enter a percentage from 0 to 100.', fr: 'Indiquez un pourcentage de 0 à 100.' },
} as const satisfies Sentences
