import type { Sentences } from './sentences.ts'

export const suppliers = {
  'suppliers.title': { en: 'Suppliers', fr: 'Fournisseurs' },
  'suppliers.new': { en: 'New supplier', fr: 'Nouveau fournisseur' },
  'suppliers.create': { en: 'Create supplier', fr: 'Créer le fournisseur' },
  'suppliers.save': { en: 'Save supplier', fr: 'Enregistrer le fournisseur' },
  'suppliers.edit': { en: 'Edit {name}', fr: 'Modifier {name}' },
  'suppliers.count': {
    en: '{count, plural, one {# supplier} other {# suppliers}}',
    fr: '{count, plural, one {# fournisseur} other {# fournisseurs}}',
  },
  'suppliers.empty': {
    en: 'Suppliers are those you buy from: products name them with their purchase prices.',
    fr: 'Les fournisseurs sont ceux à qui vous achetez\u00a0: les produits les nomment avec leurs prix d’achat.',
  },
  'suppliers.no_match': {
    en: 'No supplier matches: {filters}.',
    fr: 'Aucun fournisseur ne correspond\u00a0: {filters}.',
  },
  'suppliers.contact': { en: 'Contact', fr: 'Contact' },
  'suppliers.contact_name': { en: 'Contact’s name', fr: 'Nom du contact' },
  'suppliers.contact_title': { en: 'Contact’s function', fr: 'Fonction du contact' },
  'suppliers.products': { en: 'Products bought here', fr: 'Produits achetés ici' },
  'suppliers.products.none': {
    en: 'No product names this supplier yet.',
    fr: 'Aucun produit ne nomme encore ce fournisseur.',
  },
  'suppliers.purchase_price': { en: 'Purchase price', fr: 'Prix d’achat' },
  'suppliers.preferred': { en: 'Preferred', fr: 'Préféré' },
  'suppliers.deletion.consequence': {
    en: 'No product names {name}. The supplier disappears, and nothing brings it back.',
    fr: 'Aucun produit ne nomme {name}. Le fournisseur disparaît, sans retour possible.',
  },
  'suppliers.deletion.verb': { en: 'Delete supplier {code}', fr: 'Supprimer le fournisseur {code}' },
  'suppliers.deletion.named': {
    en: '{count, plural, one {One product names} other {# products name}} this supplier. Archive it instead.',
    fr: '{count, plural, one {Un produit nomme} other {# produits nomment}} ce fournisseur. Archivez-le plutôt.',
  },
} as const satisfies Sentences
