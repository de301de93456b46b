import type { Sentences } from './sentences.ts'

/** The settings of a recurrence and what they will bring. */
export const recurrence = {
  'recurrence.title': { en: 'Recurrence of {number}', fr: 'Récurrence de {number}' },
  'recurrence.save': { en: 'Save recurrence', fr: 'Enregistrer la récurrence' },
  'recurrence.saved.on': {
    en: 'The recurrence is saved. {next, select, none {Nothing is left to bill.} late {The next run catches up from {next_date}.} other {Next run: {next_date}.}}',
    fr: 'La récurrence est enregistrée. {next, select, none {Il ne reste rien à facturer.} late {La prochaine exécution rattrape depuis le {next_date}.} other {Prochaine exécution\u00a0: {next_date}.}}',
  },
  'recurrence.saved.off': {
    en: 'The recurrence is saved and switched off: nothing is billed.',
    fr: 'La récurrence est enregistrée et désactivée\u00a0: rien n’est facturé.',
  },
  'recurrence.saved.paused': {
    en: '{count, plural, one {# period of the pause is left out.} other {# periods of the pause are left out.}} {next}',
    fr: '{count, plural, one {# période de la pause n’est pas facturée.} other {# périodes de la pause ne sont pas facturées.}} {next}',
  },
  'recurrence.refused.cancelled': {
    en: 'Order {number} is cancelled and bills nothing. Reopen it first.',
    fr: 'La commande {number} est annulée et ne facture rien. Rouvrez-la d’abord.',
  },
  'recurrence.group.schedule': { en: 'When it is billed', fr: 'Quand facturer' },
  'recurrence.group.invoice': { en: 'What the invoices say', fr: 'Contenu des factures' },
  'recurrence.group.people': { en: 'Who is told', fr: 'Destinataires' },
  'recurrence.enabled': {
    en: 'Bill this order again every period',
    fr: 'Facturer cette commande à chaque période',
  },
  'recurrence.enabled.hint': {
    en: 'Unticked, nothing is billed. Invoices already made stay.',
    fr: 'Décochée, rien n’est facturé. Les factures déjà créées restent.',
  },
  'recurrence.frequency': { en: 'Frequency', fr: 'Fréquence' },
  'recurrence.frequency.daily': { en: 'Daily', fr: 'Quotidienne' },
  'recurrence.frequency.weekly': { en: 'Weekly', fr: 'Hebdomadaire' },
  'recurrence.frequency.monthly': { en: 'Monthly', fr: 'Mensuelle' },
  'recurrence.frequency.quarterly': { en: 'Quarterly', fr: 'Trimestrielle' },
  'recurrence.frequency.semiannual': { en: 'Semi-annual', fr: 'Semestrielle' },
  'recurrence.frequency.annual': { en: 'Annual', fr: 'Annuelle' },
  'recurrence.start_date': { en: 'Start', fr: 'Début' },
  'recurrence.start_date.hint': {
    en: 'The first run; the others are counted from it.',
    fr: 'La première exécution\u202f; les autres sont comptées à partir d’elle.',
  },
  'recurrence.start_date.missing': {
    en: 'Enter the start: the day of the first invoice.',
    fr: 'Indiquez le début\u00a0: le jour de la première facture.',
  },
  'recurrence.end_date': { en: 'End', fr: 'Fin' },
  'recurrence.end_date.hint': {
    en: 'The last day on which it may run.',
    fr: 'Le dernier jour où une facture peut être créée.',
  },
  'recurrence.last_day': { en: 'Always on the month’s last day', fr: 'Toujours le dernier jour du mois' },
  'recurrence.last_day.hint': {
    en: 'For a start on 28 February or on a 30th.',
    fr: 'Pour un début le 28 février ou un 30.',
  },
  'recurrence.bill_from': { en: 'Bill from', fr: 'Facturer à partir du' },
  'recurrence.bill_from.hint': {
    en: 'Keeps the start and leaves out what ran before. Empty: from the start.',
    fr: 'Conserve le début sans facturer ce qui précède. Vide\u00a0: dès le début.',
  },
  'recurrence.service_period': { en: 'Service period', fr: 'Période de service' },
  'recurrence.service_period.hint': {
    en: 'Printed on the invoice. Usual: the calendar period up to quarterly, above it from the run date.',
    fr: 'Imprimée sur la facture. Usage\u00a0: la période civile jusqu’au trimestre, au-delà à partir de l’exécution.',
  },
  'recurrence.service_period.usual': { en: 'Usual for the frequency', fr: 'Selon la fréquence' },
  'recurrence.service_period.calendar': { en: 'The calendar period', fr: 'La période civile' },
  'recurrence.service_period.from_run_date': {
    en: 'From the run date to the day before the next',
    fr: 'De l’exécution à la veille de la suivante',
  },
  'recurrence.payment_term': { en: 'Payment term', fr: 'Condition de paiement' },
  'recurrence.payment_term.preset': { en: '{name} (the preset)', fr: '{name} (par défaut)' },
  'recurrence.payment_term.no_preset': {
    en: 'Choose a payment term',
    fr: 'Choisir une condition de paiement',
  },
  'recurrence.payment_term.missing': {
    en: 'Choose a payment term: neither the account nor the organisation has one.',
    fr: 'Choisissez une condition de paiement\u00a0: ni le compte ni l’organisation n’en a.',
  },
  'recurrence.initial_invoice_status': { en: 'Invoices begin as', fr: 'Statut initial des factures' },
  'recurrence.initial_invoice_status.automatically_created': {
    en: 'Automatically created (a draft)',
    fr: 'Créée automatiquement (brouillon)',
  },
  'recurrence.initial_invoice_status.created': { en: 'Created (a draft)', fr: 'Créée (brouillon)' },
  'recurrence.initial_invoice_status.approved': { en: 'Approved (issued)', fr: 'Approuvée (émise)' },
  'recurrence.initial_invoice_status.sent': {
    en: 'Sent (issued and mailed)',
    fr: 'Envoyée (émise et expédiée)',
  },
  'recurrence.invoice_subject': { en: 'Invoice subject', fr: 'Objet de la facture' },
  'recurrence.variables': {
    en: 'Variables and their value today:',
    fr: 'Variables et leur valeur aujourd’hui\u00a0:',
  },
  'recurrence.variables.language': {
    en: 'Month names are in the customer’s language, {language}; another is forced by {variable}.',
    fr: 'Les mois sont dans la langue du client, {language}\u202f; {variable} en impose une autre.',
  },
  'recurrence.document_date_preference': { en: 'Document date', fr: 'Date du document' },
  'recurrence.document_date_preference.date_created': {
    en: 'The day it is created',
    fr: 'Le jour de sa création',
  },
  'recurrence.document_date_preference.last_day_previous_period': {
    en: 'Last day of the period before',
    fr: 'Dernier jour de la période précédente',
  },
  'recurrence.document_date_preference.first_day_current_period': {
    en: 'First day of the period',
    fr: 'Premier jour de la période',
  },
  'recurrence.document_date_preference.last_day_current_period': {
    en: 'Last day of the period',
    fr: 'Dernier jour de la période',
  },
  'recurrence.document_date_preference.first_day_next_period': {
    en: 'First day of the next period',
    fr: 'Premier jour de la période suivante',
  },
  'recurrence.document_date_preference.last_day_next_period': {
    en: 'Last day of the next period',
    fr: 'Dernier jour de la période suivante',
  },
  'recurrence.recipients': { en: 'Mail recipients', fr: 'Destinataires des e-mails' },
  'recurrence.recipients.hint': {
    en: 'Addresses separated by commas.',
    fr: 'Adresses séparées par des virgules.',
  },
  'recurrence.responsible': { en: 'Person responsible', fr: 'Responsable' },
  'recurrence.responsible.nobody': { en: 'Nobody', fr: 'Personne' },
  'recurrence.responsible.elsewhere': {
    en: 'Choose somebody who works in the order’s organisation.',
    fr: 'Choisissez quelqu’un qui travaille dans l’organisation de la commande.',
  },
  'recurrence.usage.not_billed': {
    en: 'Leave this at its preset: recurring invoices bill the order’s lines alone.',
    fr: 'Laissez la valeur par défaut\u00a0: les factures récurrentes reprennent les seules lignes de la commande.',
  },
  'recurrence.bill_parent.not_billed': {
    en: 'Untick this: recurring invoices go to the order’s own account.',
    fr: 'Décochez cette case\u00a0: les factures récurrentes vont au compte de la commande.',
  },
  'recurrence.bill_paused': {
    en: 'Bill the paused periods too',
    fr: 'Facturer aussi les périodes de la pause',
  },
  'recurrence.confirm_catch_up': {
    en: 'Yes, bill {count} missed periods, {sum_money} in all',
    fr: 'Oui, facturer {count} périodes manquées, {sum_money} au total',
  },
  'recurrence.confirm_catch_up.missing': {
    en: 'Confirm below that {count} missed periods are to be billed, {sum_money} in all: more than {most} are never billed unasked. Or choose a later start, or “Bill from”.',
    fr: 'Confirmez ci-dessous que {count} périodes manquées sont à facturer, {sum_money} au total\u00a0: au-delà de {most}, rien n’est facturé sans accord. Sinon, choisissez un début ultérieur ou «\u00a0Facturer à partir du\u00a0».',
  },
  'recurrence.rule.daily': { en: 'Every day', fr: 'Tous les jours' },
  'recurrence.rule.weekly': {
    en: 'Every week on {weekday, select, 1 {Monday} 2 {Tuesday} 3 {Wednesday} 4 {Thursday} 5 {Friday} 6 {Saturday} other {Sunday}}',
    fr: 'Toutes les semaines le {weekday, select, 1 {lundi} 2 {mardi} 3 {mercredi} 4 {jeudi} 5 {vendredi} 6 {samedi} other {dimanche}}',
  },
  'recurrence.rule.day': {
    en: 'Every {months, plural, =1 {month} other {# months}} on the {day, selectordinal, one {#st} two {#nd} few {#rd} other {#th}}',
    fr: 'Tous les {months, plural, =1 {mois} other {# mois}} le {day, select, 1 {1er} other {{day}}}',
  },
  'recurrence.rule.late_day': {
    en: 'Every {months, plural, =1 {month} other {# months}} on the {day, selectordinal, one {#st} two {#nd} few {#rd} other {#th}}, on the last day of shorter months',
    fr: 'Tous les {months, plural, =1 {mois} other {# mois}} le {day}, le dernier jour des mois plus courts',
  },
  'recurrence.rule.last_day': {
    en: 'Every {months, plural, =1 {month} other {# months}} on the month’s last day',
    fr: 'Tous les {months, plural, =1 {mois} other {# mois}} le dernier jour du mois',
  },
  'recurrence.rule.annual': {
    en: 'Every year on {day} {month, select, 1 {January} 2 {February} 3 {March} 4 {April} 5 {May} 6 {June} 7 {July} 8 {August} 9 {September} 10 {October} 11 {November} other {December}}',
    fr: 'Tous les ans le {day, select, 1 {1er} other {{day}}} {month, select, 1 {janvier} 2 {février} 3 {mars} 4 {avril} 5 {mai} 6 {juin} 7 {juillet} 8 {août} 9 {septembre} 10 {octobre} 11 {novembre} other {décembre}}',
  },
  'recurrence.rule.annual_last_day': {
    en: 'Every year on the last day of {month, select, 1 {January} 2 {February} 3 {March} 4 {April} 5 {May} 6 {June} 7 {July} 8 {August} 9 {September} 10 {October} 11 {November} other {December}}',
    fr: 'Tous les ans le dernier jour du mois de {month, select, 1 {janvier} 2 {février} 3 {mars} 4 {avril} 5 {mai} 6 {juin} 7 {juillet} 8 {août} 9 {septembre} 10 {octobre} 11 {novembre} other {décembre}}',
  },
  'recurrence.rule.annual_leap_day': {
    en: 'Every year on 29 February, on 28 February of shorter years',
    fr: 'Tous les ans le 29 février, le 28 février des années plus courtes',
  },
  'recurrence.rule.from': { en: 'from {start_date}', fr: 'à partir du {start_date}' },
  'recurrence.rule.bill_from': {
    en: 'billed from {bill_from_date}',
    fr: 'facturé à partir du {bill_from_date}',
  },
  'recurrence.rule.until': { en: 'until {end_date}', fr: 'jusqu’au {end_date}' },
  'recurrence.rule.no_end': { en: 'no end', fr: 'sans fin' },
  'recurrence.rule.sentence': { en: '{parts}.', fr: '{parts}.' },
  'recurrence.rule.before': { en: 'Before: {rule}', fr: 'Avant\u00a0: {rule}' },
  'recurrence.preview': { en: 'What will happen', fr: 'Ce qui va se passer' },
  'recurrence.preview.show': { en: 'Show the next dates', fr: 'Afficher les prochaines dates' },
  'recurrence.preview.off': {
    en: 'The recurrence is off: nothing is billed.',
    fr: 'La récurrence est désactivée\u00a0: rien n’est facturé.',
  },
  'recurrence.preview.mistakes': {
    en: 'The dates cannot be shown yet:',
    fr: 'Les dates ne peuvent pas encore être affichées\u00a0:',
  },
  'recurrence.preview.none': {
    en: 'No date is left before the end.',
    fr: 'Aucune date ne reste avant la fin.',
  },
  'recurrence.preview.run': { en: 'Run, period', fr: 'Exécution, période' },
  'recurrence.preview.dates': { en: 'Document date, due', fr: 'Date, échéance' },
  'recurrence.preview.subject': { en: 'Subject', fr: 'Objet' },
  'recurrence.preview.due': { en: 'due {due}', fr: 'échéance {due}' },
  'recurrence.preview.status': {
    en: '{next_date, select, none {No run is left} other {Next run {next_date}}}, {count, plural, one {# date} other {# dates}}',
    fr: '{next_date, select, none {Aucune exécution} other {Prochaine exécution {next_date}}}, {count, plural, one {# date} other {# dates}}',
  },
  'recurrence.preview.caption': { en: 'The next dates', fr: 'Les prochaines dates' },
  'recurrence.preview.missed': {
    en: '{count, plural, one {The next run will catch up # missed period: {periods}, {sum_money}.} other {The next run will catch up # missed periods: {periods}, {sum_money}.}}{dated, select, alike { All are dated {document_date} with the subject “{subject}”.} other {}}',
    fr: '{count, plural, one {La prochaine exécution rattrapera # période manquée\u00a0: {periods}, {sum_money}.} other {La prochaine exécution rattrapera # périodes manquées\u00a0: {periods}, {sum_money}.}}{dated, select, alike { Toutes les factures seront datées du {document_date}, avec l’objet «\u00a0{subject}\u00a0».} other {}}',
  },
  'recurrence.preview.and_more': {
    en: '{periods} and {count, plural, one {# more} other {# more}}',
    fr: '{periods} et {count, plural, one {# autre} other {# autres}}',
  },
  'recurrence.preview.held': {
    en: '{count, plural, one {# missed period will be held, since it shares days with one of another frequency: {periods}.} other {# missed periods will be held, since they share days with those of another frequency: {periods}.}} You decide on each.',
    fr: '{count, plural, one {# période manquée sera mise en attente, car elle recoupe une période d’une autre fréquence\u00a0: {periods}.} other {# périodes manquées seront mises en attente, car elles recoupent des périodes d’une autre fréquence\u00a0: {periods}.}} Vous déciderez de chacune.',
  },
  'recurrence.preview.paused': {
    en: '{count, plural, one {# period fell into the pause: {periods}.} other {# periods fell into the pause: {periods}.}} {count, plural, one {It is} other {They are}} left out for good unless you tick the box.',
    fr: '{count, plural, one {# période tombe dans la pause\u00a0: {periods}.} other {# périodes tombent dans la pause\u00a0: {periods}.}} {count, plural, one {Elle ne sera} other {Elles ne seront}} jamais {count, plural, one {facturée} other {facturées}}, sauf si vous cochez la case.',
  },
  'recurrence.preview.waiting': {
    en: '{count, plural, one {# period waits for the next run: {periods}.} other {# periods wait for the next run: {periods}.}}',
    fr: '{count, plural, one {# période attend la prochaine exécution\u00a0: {periods}.} other {# périodes attendent la prochaine exécution\u00a0: {periods}.}}',
  },
  'recurrence.preview.old': { en: 'before:', fr: 'avant\u00a0:' },
  'recurrence.preview.added': { en: 'New', fr: 'Nouvelle' },
  'recurrence.preview.dropped': { en: 'No longer billed', fr: 'Plus facturée' },
  'recurrence.preview.today': { en: 'Today', fr: 'Aujourd’hui' },
  'recurrence.row.moved': {
    en: 'Last day: this month has no {day}.',
    fr: 'Dernier jour\u00a0: ce mois n’a pas de {day}.',
  },
  'recurrence.row.nothing_to_bill': {
    en: 'No invoice: the order comes to 0.00.',
    fr: 'Pas de facture\u00a0: la commande est à 0,00.',
  },
  'recurrence.row.below_zero': {
    en: 'Held: the order comes to less than zero.',
    fr: 'En attente\u00a0: la commande est négative.',
  },
  'recurrence.row.account_archived': {
    en: 'Parked: the account {account} is archived.',
    fr: 'Mise de côté\u00a0: le compte {account} est archivé.',
  },
  'recurrence.row.overlap': {
    en: 'Held: overlaps {period}, {state, select, invoiced {already invoiced} credited {already invoiced and credited} due {due already} other {which waits for a decision}}.',
    fr: 'En attente\u00a0: recoupe {period}, {state, select, invoiced {déjà facturée} credited {déjà facturée puis créditée} due {déjà à facturer} other {en attente de décision}}.',
  },
  'recurrence.periods': {
    en: '{count, plural, =0 {All periods} one {All periods, # of them billed} other {All periods, # of them billed}}',
    fr: '{count, plural, =0 {Toutes les périodes} one {Toutes les périodes, dont # facturée} other {Toutes les périodes, dont # facturées}}',
  },
} as const satisfies Sentences
