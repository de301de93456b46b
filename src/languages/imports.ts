import type { Sentences } from './sentences.ts'

export const imports = {
  'imports.empty': {
    en: 'The file is empty: its first line must name the columns.',
    fr: 'Le fichier est vide\u00a0: sa première ligne doit nommer les colonnes.',
  },
  'imports.encoding': {
    en: 'Save the file as “CSV UTF-8”: these signs are in another encoding.',
    fr: 'Enregistrez le fichier en «\u00a0CSV UTF-8\u00a0»\u00a0: ces caractères sont dans un autre encodage.',
  },
  'imports.quotes': {
    en: 'Check the quotation marks: one is not closed, or stands inside a value without being doubled.',
    fr: 'Vérifiez les guillemets\u00a0: l’un n’est pas fermé, ou se trouve dans une valeur sans être doublé.',
  },
  'imports.columns_differ': {
    en: 'This line has {found, plural, one {# value} other {# values}}, the first line names {wanted, plural, one {# column} other {# columns}}.',
    fr: 'Cette ligne a {found, plural, one {# valeur} other {# valeurs}}, la première nomme {wanted, plural, one {# colonne} other {# colonnes}}.',
  },
  'imports.column_missing': { en: 'The column is missing.', fr: 'La colonne manque.' },
  'imports.column_twice': { en: 'The column stands twice.', fr: 'La colonne figure deux fois.' },
  'imports.twice': {
    en: '“{code}” stands on line {line} already.',
    fr: '«\u00a0{code}\u00a0» figure déjà à la ligne {line}.',
  },
  'imports.unknown': {
    en: '“{code}” is unknown. Import or create it first.',
    fr: '«\u00a0{code}\u00a0» est inconnu. Importez-le ou créez-le d’abord.',
  },
  'imports.country_unknown': {
    en: '“{typed}” is no country that is known. Use its ISO code, such as FR, or its English or French name.',
    fr: '«\u00a0{typed}\u00a0» n’est pas un pays connu. Utilisez son code ISO, par exemple FR, ou son nom français ou anglais.',
  },
  'imports.unit_unknown': {
    en: '“{typed}” is no unit that is known. Use a code of UN/ECE Recommendation 20, such as C62 or HUR.',
    fr: '«\u00a0{typed}\u00a0» n’est pas une unité connue. Utilisez un code de la recommandation 20 de la CEE-ONU, par exemple C62 ou HUR.',
  },
  'imports.email_taken': {
    en: '{email} belongs to another user.',
    fr: '{email} appartient à un autre utilisateur.',
  },
  'imports.number_missing': { en: 'Enter the order’s number.', fr: 'Saisissez le numéro de la commande.' },
  'imports.customer_missing': { en: 'Enter the customer’s code.', fr: 'Saisissez le code du client.' },
  'imports.date_missing': { en: 'Enter the order’s date.', fr: 'Saisissez la date de la commande.' },
  'imports.price_missing': { en: 'Enter a price.', fr: 'Saisissez un prix.' },
  'imports.price_negative': { en: 'Enter a price of zero or more.', fr: 'Saisissez un prix positif ou nul.' },
  'imports.quantity_missing': { en: 'Enter a quantity.', fr: 'Saisissez une quantité.' },
  'imports.product_missing': {
    en: 'Enter a product’s code, or a description.',
    fr: 'Saisissez le code d’un produit, ou une description.',
  },
  'imports.discount_wrong': { en: 'Enter a discount from 0 to 100.', fr: 'Saisissez une remise de 0 à 100.' },
  'imports.amount_too_large': {
    en: 'The line’s amount is too large.',
    fr: 'Le montant de la ligne est trop grand.',
  },
  'imports.no_default_rate': {
    en: 'The organisation has no default tax rate: choose one in its settings.',
    fr: 'L’organisation n’a pas de taux de TVA par défaut\u00a0: choisissez-en un dans ses réglages.',
  },
  'imports.columns_not_taken': {
    en: 'Not taken, since nothing here holds it: {columns}.',
    fr: 'Non repris, faute de place ici\u00a0: {columns}.',
  },
  'imports.freight_not_taken': {
    en: 'Freight of {sum} in all is not taken.',
    fr: 'Les frais de port, {sum} en tout, ne sont pas repris.',
  },
  'imports.mistake': { en: '{file}, line {line}: {reason}', fr: '{file}, ligne {line}\u00a0: {reason}' },
  'imports.mistake_in_column': {
    en: '{file}, line {line}, column {column}: {reason}',
    fr: '{file}, ligne {line}, colonne {column}\u00a0: {reason}',
  },
  'imports.refused': {
    en: '{count, plural, one {# mistake} other {# mistakes}}: nothing was imported.',
    fr: '{count, plural, one {# erreur} other {# erreurs}}\u00a0: rien n’a été importé.',
  },
  'imports.done': {
    en: '{created, plural, =0 {Nothing new} other {# created}}, {known, plural, =0 {none} other {#}} known already and left as they are.',
    fr: '{created, plural, =0 {Rien de nouveau} one {# créé} other {# créés}}, {known, plural, =0 {aucun} other {#}} déjà connus et laissés tels quels.',
  },
  'imports.dry_run': {
    en: 'Dry run, nothing was kept: {result}',
    fr: 'Essai, rien n’a été gardé\u00a0: {result}',
  },
} as const satisfies Sentences
