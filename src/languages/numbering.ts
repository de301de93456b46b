import type { Sentences } from './sentences.ts'

/** Number series, and what becomes of dates that lie behind. */
export const numbering = {
  'numbering.title': { en: 'Number series', fr: 'Séries de numéros' },
  'numbering.about': {
    en: 'How orders, invoices and credit notes are numbered, year by year.',
    fr: 'La numérotation des commandes, des factures et des avoirs, année par année.',
  },
  'numbering.intro': {
    en: 'Each organisation numbers its documents without a gap, a series for each kind and year of the document date. The format and the first number can be set until the first number is taken; then they stand.',
    fr: 'Chaque organisation numérote ses documents sans rupture, une série par type et par année de la date du document. Le format et le premier numéro se règlent jusqu’au premier numéro attribué\u202f; ensuite ils sont fixés.',
  },
  'numbering.kind': { en: 'Documents', fr: 'Documents' },
  'numbering.kind.order': { en: 'Customer orders', fr: 'Commandes clients' },
  'numbering.kind.invoice': { en: 'Invoices', fr: 'Factures' },
  'numbering.kind.recurring_invoice': { en: 'Recurring invoices', fr: 'Factures récurrentes' },
  'numbering.kind.credit_note': { en: 'Credit notes', fr: 'Avoirs' },
  'numbering.format': { en: 'Format', fr: 'Format' },
  'numbering.format.hint': {
    en: "Use '{YYYY}' for the year and after it '{number}' for the counter. Letters, digits and + - _ / may stand around them.",
    fr: "Utilisez '{YYYY}' pour l’année puis '{number}' pour le compteur. Lettres sans accent, chiffres et + - _ / sont admis autour.",
  },
  'numbering.next': { en: 'Next number', fr: 'Prochain numéro' },
  'numbering.first': { en: 'First number', fr: 'Premier numéro' },
  'numbering.first.hint': {
    en: 'Higher than 1 where numbering begins in the middle of a year, after another program.',
    fr: 'Plus grand que 1 si la numérotation commence en cours d’année, à la suite d’un autre logiciel.',
  },
  'numbering.first.missing': {
    en: 'Enter the first number, such as 1.',
    fr: 'Saisissez le premier numéro, par exemple 1.',
  },
  'numbering.last': { en: 'Last document date', fr: 'Dernière date' },
  'numbering.unused': { en: 'not used yet', fr: 'pas encore utilisée' },
  'numbering.see': { en: 'See', fr: 'Voir' },
  'numbering.edit': { en: '{kind}, {year}', fr: '{kind}, {year}' },
  'numbering.save': { en: 'Save series', fr: 'Enregistrer la série' },
  'numbering.saved': {
    en: 'Saved: the next number is {number}.',
    fr: 'Enregistré\u00a0: le prochain numéro est {number}.',
  },
  'numbering.preview': {
    en: 'The next numbers are {first}, {second}, {third}.',
    fr: 'Les prochains numéros sont {first}, {second}, {third}.',
  },
  'numbering.preview.wrong': {
    en: 'The next number appears here once format and first number are right.',
    fr: 'Le prochain numéro apparaît ici dès que le format et le premier numéro sont corrects.',
  },
  'numbering.recalculate': { en: 'Show the next number', fr: 'Afficher le prochain numéro' },
  'numbering.used': {
    en: 'Numbers were taken from this series: its format {format} stands for the whole year. Set another one for the next year.',
    fr: 'Des numéros de cette série sont attribués\u00a0: son format {format} vaut pour toute l’année. Réglez-en un autre pour l’année suivante.',
  },
  'numbering.format.missing': { en: 'Enter a format.', fr: 'Saisissez un format.' },
  'numbering.format.year': {
    en: "Write '{YYYY}' once: each year begins at its first number again.",
    fr: "Écrivez '{YYYY}' une fois\u00a0: chaque année recommence à son premier numéro.",
  },
  'numbering.format.number': {
    en: "Write '{number}' once: the counter stands there.",
    fr: "Écrivez '{number}' une fois\u00a0: c’est la place du compteur.",
  },
  'numbering.format.order': {
    en: "Write '{YYYY}' before '{number}'.",
    fr: "Écrivez '{YYYY}' avant '{number}'.",
  },
  'numbering.format.characters': {
    en: 'Use only letters without accents, digits and + - _ /: electronic invoices take no others.',
    fr: 'N’utilisez que des lettres sans accent, des chiffres et + - _ /\u00a0: les factures électroniques n’admettent rien d’autre.',
  },
  'numbering.format.length': {
    en: 'Shorten the format to 24 characters beside year and counter: electronic invoices take numbers of 35 at most.',
    fr: 'Raccourcissez le format à 24 caractères hors année et compteur\u00a0: les factures électroniques admettent des numéros de 35 au plus.',
  },
  'numbering.collides.order': {
    en: 'Choose another format: with {format} of the orders of {year} it could make the same number.',
    fr: 'Choisissez un autre format\u00a0: avec {format} des commandes de {year}, le même numéro pourrait revenir.',
  },
  'numbering.collides.invoice': {
    en: 'Choose another format: with {format} of the invoices of {year} it could make the same number.',
    fr: 'Choisissez un autre format\u00a0: avec {format} des factures de {year}, le même numéro pourrait revenir.',
  },
  'numbering.collides.recurring_invoice': {
    en: 'Choose another format: with {format} of the recurring invoices of {year} it could make the same number.',
    fr: 'Choisissez un autre format\u00a0: avec {format} des factures récurrentes de {year}, le même numéro pourrait revenir.',
  },
  'numbering.collides.credit_note': {
    en: 'Choose another format: with {format} of the credit notes of {year} it could make the same number.',
    fr: 'Choisissez un autre format\u00a0: avec {format} des avoirs de {year}, le même numéro pourrait revenir.',
  },
  'numbering.dates': { en: 'Numbers and dates', fr: 'Numéros et dates' },
  'numbering.recurring_series': { en: 'Recurring invoices', fr: 'Factures récurrentes' },
  'numbering.recurring_series.own': { en: 'have a series of their own', fr: 'ont leur propre série' },
  'numbering.recurring_series.own.hint': {
    en: 'A run then never stands between two invoices made by hand.',
    fr: 'Un lot ne s’intercale alors jamais entre deux factures faites à la main.',
  },
  'numbering.recurring_series.shared': {
    en: 'share the series of the invoices',
    fr: 'partagent la série des factures',
  },
  'numbering.late_dates': {
    en: 'A date behind the last one of its series',
    fr: 'Une date antérieure à la dernière de sa série',
  },
  'numbering.late_dates.redate': { en: 'becomes the day of issue', fr: 'devient le jour d’émission' },
  'numbering.late_dates.redate.hint': {
    en: 'The due date follows; subject and period stay.',
    fr: 'L’échéance suit\u202f; l’objet et la période restent.',
  },
  'numbering.late_dates.keep': { en: 'is kept, and reported', fr: 'est conservée et signalée' },
  'numbering.late_dates.keep.hint': {
    en: 'Numbers and dates are then not in the same order. A closed period is redated all the same.',
    fr: 'Les numéros et les dates ne se suivent alors plus. Une période clôturée est redatée malgré tout.',
  },
  'closing.title': { en: 'Close {name} up to a date', fr: 'Clôturer {name} jusqu’à une date' },
  'closing.change': { en: 'Move the closing date', fr: 'Avancer la date de clôture' },
  'closing.open': { en: 'nothing is closed', fr: 'rien n’est clôturé' },
  'closing.what': {
    en: 'No invoice and no credit note of {name} will be issued with a date up to and including the closing date any more. Drafts dated earlier get the day of issue.',
    fr: 'Plus aucune facture ni aucun avoir de {name} ne sera émis à une date antérieure ou égale à la date de clôture. Les brouillons datés avant prennent le jour d’émission.',
  },
  'closing.now': {
    en: 'It is closed until {closing_date} now.',
    fr: 'La clôture va actuellement jusqu’au {closing_date}.',
  },
  'closing.now_none': { en: 'Nothing is closed now.', fr: 'Rien n’est clôturé actuellement.' },
  'closing.drafts': {
    en: '{count, plural, one {# draft has} other {# drafts have}} a date up to {closing_date}: issue {count, plural, one {it} other {them}} first where the date matters.',
    fr: '{count, plural, one {# brouillon est daté} other {# brouillons sont datés}} du {closing_date} au plus tard\u00a0: émettez-{count, plural, one {le} other {les}} d’abord si la date compte.',
  },
  'closing.final': {
    en: 'The date can be moved forward again later, never back.',
    fr: 'La date pourra encore être avancée, jamais reculée.',
  },
  'closing.date': { en: 'Closed up to and including', fr: 'Clôturé jusqu’au (inclus)' },
  'closing.missing': { en: 'Enter the last day that is closed.', fr: 'Indiquez le dernier jour clôturé.' },
  'closing.future': {
    en: 'Choose {today_date} or an earlier day: what has not passed cannot be closed.',
    fr: 'Choisissez le {today_date} ou un jour antérieur\u00a0: ce qui n’est pas passé ne se clôture pas.',
  },
  'closing.back': {
    en: 'Choose a day after {closing_date}: until then it is closed already, and stays so.',
    fr: 'Choisissez un jour postérieur au {closing_date}\u00a0: jusque-là, c’est déjà clôturé et cela le reste.',
  },
  'closing.verb': { en: 'Close the period', fr: 'Clôturer la période' },
  'closing.done': {
    en: '{name} is closed until {closing_date}.',
    fr: '{name} est clôturée jusqu’au {closing_date}.',
  },
} as const satisfies Sentences
