import type { Sentences } from './sentences.ts'

/** Saved views of lists: the tabs above them, and the page that keeps them in order. */
export const views = {
  'views.tabs': { en: 'Views of this list', fr: 'Vues de cette liste' },
  'views.all': { en: 'All', fr: 'Tout' },
  'views.to_approve': { en: 'To approve', fr: 'À approuver' },
  'views.recurring': { en: 'Recurring', fr: 'Récurrentes' },
  'views.mine': { en: 'Mine', fr: 'Les miennes' },
  'views.drafts': { en: 'Drafts', fr: 'Brouillons' },
  'views.archived': { en: 'Archived', fr: 'Archivés' },
  'views.more': {
    en: '{count, plural, one {# more view} other {# more views}}',
    fr: '{count, plural, one {# autre vue} other {# autres vues}}',
  },
  'views.save': { en: 'Save view', fr: 'Enregistrer la vue' },
  'views.save_changes': { en: 'Save changes to this view', fr: 'Enregistrer les changements' },
  'views.save.empty': {
    en: 'A view keeps filters and a sort. Set some first.',
    fr: 'Une vue garde des filtres et un tri. Choisissez-les d’abord.',
  },
  'views.manage': { en: 'Manage views', fr: 'Gérer les vues' },
  'views.title': { en: 'Saved views', fr: 'Vues enregistrées' },
  'views.new': { en: 'Save view', fr: 'Enregistrer la vue' },
  'views.edit': { en: 'Change view “{name}”', fr: 'Modifier la vue «\u00a0{name}\u00a0»' },
  'views.empty': {
    en: 'A view keeps the filters and the sort of a list under a name. Filter a list, then choose “Save view” above it.',
    fr: 'Une vue garde les filtres et le tri d’une liste sous un nom. Filtrez une liste, puis choisissez «\u00a0Enregistrer la vue\u00a0» au-dessus.',
  },
  'views.name': { en: 'Name', fr: 'Nom' },
  'views.list': { en: 'List', fr: 'Liste' },
  'views.shows': { en: 'What it shows', fr: 'Ce qu’elle affiche' },
  'views.whose': { en: 'Whose', fr: 'À qui' },
  'views.shared': { en: 'For colleagues too', fr: 'Aussi pour les collègues' },
  'views.shared.hint': {
    en: 'Whoever works in one of your organisations sees it; each sees only what they may see.',
    fr: 'Visible par quiconque travaille dans l’une de vos organisations\u202f; chacun n’y voit que ce qu’il peut voir.',
  },
  'views.yours': { en: 'Yours alone', fr: 'À vous seul' },
  'views.yours_shared': { en: 'Yours, for colleagues too', fr: 'À vous, aussi pour les collègues' },
  'views.by': { en: 'Shared by {name}', fr: 'Partagée par {name}' },
  'views.name.missing': { en: 'Enter a name for the view.', fr: 'Indiquez un nom pour la vue.' },
  'views.name.taken': {
    en: 'Enter another name: this list has a view of this name already.',
    fr: 'Indiquez un autre nom\u00a0: cette liste a déjà une vue de ce nom.',
  },
  'views.list.missing': {
    en: 'Choose the list that the view is of.',
    fr: 'Choisissez la liste que montre la vue.',
  },
  'views.everything': { en: 'The whole list', fr: 'Toute la liste' },
  'views.ascending': { en: 'by {by}, ascending', fr: 'par {by}, croissant' },
  'views.descending': { en: 'by {by}, descending', fr: 'par {by}, décroissant' },
  'views.created': { en: 'The view “{name}” is saved.', fr: 'La vue «\u00a0{name}\u00a0» est enregistrée.' },
  'views.saved': { en: 'The view “{name}” is changed.', fr: 'La vue «\u00a0{name}\u00a0» est modifiée.' },
  'views.change': { en: 'Change', fr: 'Modifier' },
  'views.delete': { en: 'Delete', fr: 'Supprimer' },
  'views.row_actions': { en: 'Actions', fr: 'Actions' },
  'views.deletion.title': { en: 'Delete view “{name}”?', fr: 'Supprimer la vue «\u00a0{name}\u00a0»\u202f?' },
  'views.deletion.verb': { en: 'Delete view “{name}”', fr: 'Supprimer la vue «\u00a0{name}\u00a0»' },
  'views.deletion.consequence': {
    en: 'The view of “{list}” goes; what it shows stays.',
    fr: 'La vue de «\u00a0{list}\u00a0» disparaît\u202f; ce qu’elle affiche reste.',
  },
  'views.deletion.consequence_shared': {
    en: 'The view of “{list}” goes, for colleagues too; what it shows stays.',
    fr: 'La vue de «\u00a0{list}\u00a0» disparaît, aussi pour les collègues\u202f; ce qu’elle affiche reste.',
  },
  'views.deleted': { en: 'The view “{name}” is deleted.', fr: 'La vue «\u00a0{name}\u00a0» est supprimée.' },
  'views.refused.not_yours': {
    en: 'This view is {name}’s: only they or an admin can change it. Save one of your own instead.',
    fr: 'Cette vue est à {name}\u00a0: seuls cette personne ou un administrateur peuvent la modifier. Enregistrez plutôt la vôtre.',
  },
} as const satisfies Sentences
