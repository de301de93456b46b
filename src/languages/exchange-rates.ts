import type { Sentences } from './sentences.ts'

/** Exchange rates: typed, and from a file. */
export const exchangeRates = {
  'exchange.title': { en: 'Exchange rates', fr: 'Taux de change' },
  'exchange.about': {
    en: 'What the tax of an invoice in a foreign currency is in your own: typed, or from the ECB’s file.',
    fr: 'Pour exprimer dans votre monnaie la taxe d’une facture en devise\u00a0: saisis, ou du fichier de la BCE.',
  },
  'exchange.intro': {
    en: 'An invoice in a foreign currency is issued with the newest rate on or before its date, at most seven days old, and keeps it. The opposite pair serves too.',
    fr: 'Une facture en devise est émise au taux le plus récent à sa date, vieux de sept jours au plus, et le conserve. La paire inverse sert aussi.',
  },
  'exchange.new': { en: 'New exchange rate', fr: 'Nouveau taux de change' },
  'exchange.create': { en: 'Enter rate', fr: 'Saisir le taux' },
  'exchange.created': { en: '{sentence}, on {rate_date}.', fr: '{sentence}, au {rate_date}.' },
  'exchange.from': { en: 'One unit of', fr: 'Une unité de' },
  'exchange.to': { en: 'is so many', fr: 'vaut en' },
  'exchange.rate': { en: 'Rate', fr: 'Taux' },
  'exchange.rate.hint': { en: 'Up to nine decimals.', fr: 'Neuf décimales au plus.' },
  'exchange.rate.missing': {
    en: 'Enter the rate, such as 0.92.',
    fr: 'Saisissez le taux, par exemple 0,92.',
  },
  'exchange.rate.wrong': {
    en: 'Enter the rate as a number above zero with nine decimals at most, such as 0.92.',
    fr: 'Saisissez le taux en chiffres, supérieur à zéro et avec neuf décimales au plus, par exemple 0,92.',
  },
  'exchange.date': { en: 'Day', fr: 'Jour' },
  'exchange.date.missing': { en: 'Enter the day of the rate.', fr: 'Indiquez le jour du taux.' },
  'exchange.date.future': {
    en: 'Choose {today_date} or an earlier day: a rate of the future is not known.',
    fr: 'Choisissez le {today_date} ou un jour antérieur\u00a0: un taux futur n’est pas connu.',
  },
  'exchange.currency.unknown': {
    en: '“{typed}” is not a currency. Write its three letters, such as USD.',
    fr: '«\u00a0{typed}\u00a0» n’est pas une devise. Écrivez ses trois lettres, par exemple USD.',
  },
  'exchange.currency.same': {
    en: 'Choose another currency than the first.',
    fr: 'Choisissez une autre devise que la première.',
  },
  'exchange.taken': {
    en: 'A rate of {from} in {to} on {rate_date} is there already. Delete it first, or choose another day.',
    fr: 'Un taux de {from} en {to} au {rate_date} existe déjà. Supprimez-le d’abord, ou choisissez un autre jour.',
  },
  'exchange.sentence': {
    en: '1 {from} = {rate} {to}, so 1 {to} = {inverse} {from}',
    fr: '1 {from} = {rate} {to}, soit 1 {to} = {inverse} {from}',
  },
  'exchange.sentence.wrong': {
    en: 'Here it will read how both currencies stand to each other.',
    fr: 'Ici s’affichera le rapport entre les deux devises.',
  },
  'exchange.recalculate': { en: 'Check the sentence', fr: 'Vérifier la phrase' },
  'exchange.pair': { en: 'Rate', fr: 'Taux' },
  'exchange.source': { en: 'From', fr: 'Origine' },
  'exchange.typed_by': { en: 'typed by {name}', fr: 'saisi par {name}' },
  'exchange.count': {
    en: '{count, plural, one {# rate} other {# rates}}',
    fr: '{count, plural, one {# taux} other {# taux}}',
  },
  'exchange.currency': { en: 'Currency', fr: 'Devise' },
  'exchange.from_date': { en: 'From', fr: 'Du' },
  'exchange.to_date': { en: 'To', fr: 'Au' },
  'exchange.backwards': {
    en: 'Choose a day on or after {from_date}.',
    fr: 'Choisissez un jour à partir du {from_date}.',
  },
  'exchange.no_match': {
    en: 'No rate matches: {filters}.',
    fr: 'Aucun taux ne correspond\u00a0: {filters}.',
  },
  'exchange.empty': {
    en: 'No exchange rate is entered. They are needed for invoices in a foreign currency alone.',
    fr: 'Aucun taux de change n’est saisi. Ils ne servent qu’aux factures en devise.',
  },
  'exchange.delete': { en: 'Delete', fr: 'Supprimer' },
  'exchange.delete_of': { en: 'Delete {pair}, {rate_date}', fr: 'Supprimer {pair}, {rate_date}' },
  'exchange.deletion.title': { en: 'Delete this exchange rate?', fr: 'Supprimer ce taux de change\u202f?' },
  'exchange.deletion.what': { en: '{sentence}, on {rate_date}.', fr: '{sentence}, au {rate_date}.' },
  'exchange.deletion.harmless': {
    en: 'Issued invoices keep their own copy of the rate: nothing issued changes. Drafts take the next one that serves, or wait.',
    fr: 'Les factures émises gardent leur propre copie du taux\u00a0: rien d’émis ne change. Les brouillons prennent le taux suivant qui convient, ou attendent.',
  },
  'exchange.deletion.verb': { en: 'Delete rate', fr: 'Supprimer le taux' },
  'exchange.deletion.done': {
    en: 'Deleted: {sentence}, on {rate_date}.',
    fr: 'Supprimé\u00a0: {sentence}, au {rate_date}.',
  },
  'exchange.import': { en: 'Import rates', fr: 'Importer des taux' },
  'exchange.import.about': {
    en: 'The European Central Bank publishes its reference rates as a file (eurofxref-hist.csv, one line a day, one euro in each currency). A file of your own has the columns date, from, to, rate.',
    fr: 'La Banque centrale européenne publie ses taux de référence dans un fichier (eurofxref-hist.csv, une ligne par jour, un euro dans chaque devise). Votre propre fichier a les colonnes date, from, to, rate.',
  },
  'exchange.import.replaces': {
    en: 'A rate that is there already is replaced where the file says another one. A file with mistakes is not taken at all.',
    fr: 'Un taux déjà présent est remplacé si le fichier en donne un autre. Un fichier contenant des erreurs n’est pas repris du tout.',
  },
  'exchange.import.file': { en: 'CSV file', fr: 'Fichier CSV' },
  'exchange.import.file.hint': { en: 'At most {max} MB.', fr: '{max} Mo au plus.' },
  'exchange.import.file.again': { en: 'Choose the file again.', fr: 'Choisissez à nouveau le fichier.' },
  'exchange.import.file.missing': { en: 'Choose the file.', fr: 'Choisissez le fichier.' },
  'exchange.import.file.too_large': {
    en: 'Choose a file of at most {max} MB.',
    fr: 'Choisissez un fichier de {max} Mo au plus.',
  },
  'exchange.import.since': { en: 'Only from this day on', fr: 'Seulement à partir de ce jour' },
  'exchange.import.since.hint': {
    en: 'Empty takes the whole file; the ECB’s goes back to 1999.',
    fr: 'Vide\u00a0: tout le fichier\u202f; celui de la BCE remonte à 1999.',
  },
  'exchange.import.verb': { en: 'Import rates', fr: 'Importer les taux' },
  'exchange.import.columns': {
    en: 'The file has neither the columns of the ECB (Date, USD, JPY …) nor date, from, to, rate.',
    fr: 'Le fichier n’a ni les colonnes de la BCE (Date, USD, JPY …) ni date, from, to, rate.',
  },
  'exchange.import.at': {
    en: 'Line {line}{column, select, none {} other {, column {column}}}: {sentence}',
    fr: 'Ligne {line}{column, select, none {} other {, colonne {column}}}\u00a0: {sentence}',
  },
  'exchange.import.more': {
    en: '{count, plural, one {# more mistake} other {# more mistakes}} like these.',
    fr: '{count, plural, one {# autre erreur} other {# autres erreurs}} de ce genre.',
  },
  'exchange.import.empty': {
    en: 'The file holds no rate from that day on.',
    fr: 'Le fichier ne contient aucun taux à partir de ce jour.',
  },
  'exchange.import.done': {
    en: '{created, plural, =0 {No rate is} one {# rate is} other {# rates are}} new, {changed} replaced, {known} known before.{unknown, select, none {} other { Left out, since no longer in use: {unknown}.}}',
    fr: '{created, plural, =0 {Aucun nouveau taux} one {# nouveau taux} other {# nouveaux taux}}, {changed} remplacés, {known} déjà connus.{unknown, select, none {} other { Laissées de côté, n’ayant plus cours\u00a0: {unknown}.}}',
  },
} as const satisfies Sentences
