import type { Sentences } from './sentences.ts'

/** What the keys do, and whether single ones act. */
export const keyboard = {
  'keyboard.title': { en: 'Keyboard shortcuts', fr: 'Raccourcis clavier' },
  'keyboard.single': { en: 'Single-key shortcuts', fr: 'Raccourcis à une touche' },
  'keyboard.single.hint': {
    en: 'Keys such as n or j act while no field is being typed in. Switch them off if you dictate to the computer or press keys by accident.',
    fr: 'Des touches comme n ou j agissent hors des champs de saisie. Désactivez-les si vous dictez à l’ordinateur ou si vous pressez des touches sans le vouloir.',
  },
  'keyboard.switch_off': { en: 'Switch single keys off', fr: 'Désactiver les touches seules' },
  'keyboard.switch_on': { en: 'Switch single keys on', fr: 'Activer les touches seules' },
  'keyboard.on': {
    en: 'Single keys act while no field is being typed in. They can be switched off in the menu with your name, or in',
    fr: 'Les touches seules agissent hors des champs de saisie. Elles se désactivent dans le menu à votre nom, ou dans',
  },
  'keyboard.off': {
    en: 'Single keys are switched off for you: of these, only those of forms and lines act. Switch them on in the menu with your name, or in',
    fr: 'Les touches seules sont désactivées pour vous\u00a0: seules agissent celles des formulaires et des lignes. Activez-les dans le menu à votre nom, ou dans',
  },
  'keyboard.close': { en: 'Close the list', fr: 'Fermer la liste' },
  'keyboard.keys': { en: 'Keys', fr: 'Touches' },
  'keyboard.does': { en: 'What they do', fr: 'Effet' },
  'keyboard.then': { en: 'then', fr: 'puis' },
  'keyboard.everywhere': { en: 'Everywhere', fr: 'Partout' },
  'keyboard.search': { en: 'Search everything', fr: 'Rechercher partout' },
  'keyboard.go': { en: 'Go to {place}', fr: 'Aller à\u00a0: {place}' },
  'keyboard.new': {
    en: 'New: what the page offers, or the Create menu',
    fr: 'Nouveau\u00a0: ce que propose la page, ou le menu Créer',
  },
  'keyboard.edit': { en: 'Edit what the page shows', fr: 'Modifier ce que montre la page' },
  'keyboard.help': { en: 'This list', fr: 'Cette liste' },
  'keyboard.key.Enter': { en: 'Enter', fr: 'Entrée' },
  'keyboard.key.Esc': { en: 'Esc', fr: 'Échap' },
  'keyboard.key.Delete': { en: 'Delete', fr: 'Suppr' },
  'keyboard.key.Shift': { en: 'Shift', fr: 'Maj' },
  'keyboard.escape': { en: 'Close this list or a menu', fr: 'Fermer cette liste ou un menu' },
  'keyboard.lists': { en: 'In lists', fr: 'Dans les listes' },
  'keyboard.next': { en: 'Next row', fr: 'Ligne suivante' },
  'keyboard.previous': { en: 'Previous row', fr: 'Ligne précédente' },
  'keyboard.open': { en: 'Open the row', fr: 'Ouvrir la ligne' },
  'keyboard.tick': { en: 'Tick the row', fr: 'Cocher la ligne' },
  'keyboard.forms': { en: 'In forms', fr: 'Dans les formulaires' },
  'keyboard.save': { en: 'Save (⌘ instead of Ctrl on a Mac)', fr: 'Enregistrer (⌘ au lieu de Ctrl sur Mac)' },
  'keyboard.choices': {
    en: 'Close a list of choices, never the form',
    fr: 'Fermer une liste de choix, jamais le formulaire',
  },
  'keyboard.lines': { en: 'In the lines of an order', fr: 'Dans les lignes d’une commande' },
  'keyboard.onward': {
    en: 'From the product to its quantity, from a later field to the next line, made if it is the last',
    fr: 'Du produit à sa quantité, d’un champ suivant à la ligne d’après, créée si c’est la dernière',
  },
  'keyboard.fields': { en: 'Every field, forwards and back', fr: 'Chaque champ, vers l’avant et l’arrière' },
  'keyboard.move': { en: 'Move the line up or down', fr: 'Déplacer la ligne vers le haut ou le bas' },
  'keyboard.remove': {
    en: 'Remove the line, with Undo',
    fr: 'Supprimer la ligne, avec possibilité d’annuler',
  },
} as const satisfies Sentences
