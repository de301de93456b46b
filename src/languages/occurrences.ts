import type { Sentences } from './sentences.ts'

/** The periods of a recurring order: their evidence, and what is decided about each. */
export const occurrences = {
  'occurrence.title': { en: '{period} of {number}', fr: 'Période {period} de {number}' },
  'occurrence.list': { en: 'Periods of {number}', fr: 'Périodes de {number}' },
  'occurrence.list.tab': { en: 'Periods', fr: 'Périodes' },
  'occurrence.list.empty': {
    en: 'No period has come yet. The first runs on the day that the recurrence begins.',
    fr: 'Aucune période n’est encore échue. La première s’exécute au début de la récurrence.',
  },
  'occurrence.list.more': {
    en: '{count, plural, one {# further missed period is not listed.} other {# further missed periods are not listed.}}',
    fr: '{count, plural, one {# autre période manquée n’est pas listée.} other {# autres périodes manquées ne sont pas listées.}}',
  },
  'occurrence.list.count': {
    en: '{count, plural, one {# period} other {# periods}}',
    fr: '{count, plural, one {# période} other {# périodes}}',
  },
  'occurrence.period': { en: 'Period', fr: 'Période' },
  'occurrence.run_date': { en: 'Run date', fr: 'Date d’exécution' },
  'occurrence.state': { en: 'State', fr: 'État' },
  'occurrence.invoice': { en: 'Invoice', fr: 'Facture' },
  'occurrence.invoice.draft': { en: 'Draft', fr: 'Brouillon' },
  'occurrence.state.planned': { en: 'Planned', fr: 'Planifiée' },
  'occurrence.state.due': { en: 'Due', fr: 'À facturer' },
  'occurrence.state.missing': { en: 'Missing', fr: 'Manquante' },
  'occurrence.state.invoiced': { en: 'Invoiced', fr: 'Facturée' },
  'occurrence.state.skipped': { en: 'Skipped', fr: 'Ignorée' },
  'occurrence.state.held': { en: 'Held', fr: 'En attente de décision' },
  'occurrence.state.failed': { en: 'Failed', fr: 'En échec' },
  'occurrence.state.credited': { en: 'Credited', fr: 'Créditée' },
  'occurrence.state.off': { en: 'Not billed', fr: 'Non facturée' },
  'occurrence.sentence.planned': { en: 'It runs on {run_date}.', fr: 'Elle s’exécute le {run_date}.' },
  'occurrence.sentence.due': {
    en: 'The next run makes its invoice.',
    fr: 'La prochaine exécution crée sa facture.',
  },
  'occurrence.sentence.missing': {
    en: 'It should have run on {run_date} and has no invoice yet. The next run makes it.',
    fr: 'Elle aurait dû s’exécuter le {run_date} et n’a pas encore de facture. La prochaine exécution la crée.',
  },
  'occurrence.sentence.invoiced': { en: 'Its invoice is made.', fr: 'Sa facture est créée.' },
  'occurrence.sentence.credited': {
    en: 'Its invoice is credited, and it is not billed again.',
    fr: 'Sa facture est créditée et elle n’est plus facturée.',
  },
  'occurrence.sentence.off': {
    en: 'The recurrence is off, so nothing is billed.',
    fr: 'La récurrence est désactivée\u00a0: rien n’est facturé.',
  },
  'occurrence.sentence.paused': {
    en: 'It fell into a pause of the recurrence and was left out.',
    fr: 'Elle tombe dans une pause de la récurrence et n’est pas facturée.',
  },
  'occurrence.plan': { en: 'Plan', fr: 'Plan' },
  'occurrence.plan.note': {
    en: 'As the settings and the order are now; an invoice keeps what it was made with.',
    fr: 'D’après les réglages et la commande actuels\u202f; une facture garde ce avec quoi elle a été créée.',
  },
  'occurrence.service': { en: 'Service', fr: 'Service' },
  'occurrence.document_date': { en: 'Document date', fr: 'Date du document' },
  'occurrence.due_date': { en: 'Due date', fr: 'Échéance' },
  'occurrence.subject': { en: 'Subject', fr: 'Objet' },
  'occurrence.net': { en: 'Net of the order now', fr: 'HT de la commande aujourd’hui' },
  'occurrence.settings': { en: 'Settings', fr: 'Réglages' },
  'occurrence.made': { en: 'What was made', fr: 'Ce qui a été créé' },
  'occurrence.made.none': { en: 'No invoice.', fr: 'Aucune facture.' },
  'occurrence.made.net': { en: 'Net', fr: 'HT' },
  'occurrence.made.attempts': { en: 'Attempts', fr: 'Tentatives' },
  'occurrence.run': { en: 'Run', fr: 'Exécution' },
  'occurrence.run.at': {
    en: '{started}, {trigger, select, schedule {by schedule} person {by hand} other {by command}}',
    fr: '{started}, {trigger, select, schedule {planifiée} person {à la main} other {par commande}}',
  },
  'occurrence.overlap_accepted': { en: 'Overlap accepted by', fr: 'Recoupement accepté par' },
  'occurrence.decided_by': { en: 'Decided by', fr: 'Décidée par' },
  'occurrence.history': { en: 'History', fr: 'Historique' },
  'occurrence.history.skipped': { en: 'Skipped', fr: 'Ignorée' },
  'occurrence.history.held': { en: 'Held', fr: 'Mise en attente' },
  'occurrence.history.made_due': { en: 'Made due', fr: 'Remise à facturer' },
  'occurrence.history.overlap_accepted': {
    en: 'Made due in spite of the overlap',
    fr: 'Remise à facturer malgré le recoupement',
  },
  'occurrence.history.reason': { en: 'Reason', fr: 'Motif' },
  'occurrence.skip': { en: 'Skip this period', fr: 'Ignorer cette période' },
  'occurrence.hold': { en: 'Hold this period', fr: 'Mettre cette période en attente' },
  'occurrence.bill': { en: 'Bill this period', fr: 'Facturer cette période' },
  'occurrence.retry': { en: 'Try again', fr: 'Réessayer' },
  'occurrence.bill_anyway': { en: 'Bill it anyway', fr: 'Facturer quand même' },
  'occurrence.decide': { en: 'Decide', fr: 'Décider' },
  'occurrence.why': { en: 'Reason', fr: 'Motif' },
  'occurrence.why.hint': {
    en: 'Why this period is skipped, or what it waits for. It stays in the history.',
    fr: 'Pourquoi cette période est ignorée, ou ce qu’elle attend. Le motif reste dans l’historique.',
  },
  'occurrence.why.missing': {
    en: 'Enter a reason: it is what others will read here.',
    fr: 'Indiquez un motif\u00a0: c’est ce que les autres liront ici.',
  },
  'occurrence.done.skipped': {
    en: '{period} is skipped: no run bills it.',
    fr: 'La période {period} est ignorée\u00a0: aucune exécution ne la facture.',
  },
  'occurrence.done.held': {
    en: '{period} is held: no run bills it until you decide.',
    fr: 'La période {period} est en attente\u00a0: aucune exécution ne la facture avant votre décision.',
  },
  'occurrence.done.due': {
    en: '{period} is due: the next run makes its invoice.',
    fr: 'La période {period} est à facturer\u00a0: la prochaine exécution crée sa facture.',
  },
  'occurrence.refused.invoiced': {
    en: 'This period has its invoice already. Delete the draft or credit the invoice first.',
    fr: 'Cette période a déjà sa facture. Supprimez le brouillon ou créez d’abord un avoir.',
  },
  'occurrence.refused.credited': {
    en: 'The invoice of this period was credited for good. Bill it by hand from the order.',
    fr: 'La facture de cette période a été créditée définitivement. Facturez-la à la main depuis la commande.',
  },
  'occurrence.refused.not_yet': {
    en: 'This period runs on {run_date}. It cannot be billed before.',
    fr: 'Cette période s’exécute le {run_date}. Elle ne peut pas être facturée avant.',
  },
  'occurrence.refused.off': {
    en: 'The recurrence is off. Switch it on first.',
    fr: 'La récurrence est désactivée. Activez-la d’abord.',
  },
  'occurrence.refused.skipped': {
    en: 'This period is skipped already.',
    fr: 'Cette période est déjà ignorée.',
  },
  'occurrence.refused.held': { en: 'This period is held already.', fr: 'Cette période est déjà en attente.' },
  'occurrence.refused.due': {
    en: 'This period is due already: the next run makes its invoice.',
    fr: 'Cette période est déjà à facturer\u00a0: la prochaine exécution crée sa facture.',
  },
} as const satisfies Sentences
