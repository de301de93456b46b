import type { Sentences } from './sentences.ts'

export const products = {
  'products.title': { en: 'Products', fr: 'Produits' },
  'products.new': { en: 'New product', fr: 'Nouveau produit' },
  'products.create': { en: 'Create product', fr: 'Créer le produit' },
  'products.save': { en: 'Save product', fr: 'Enregistrer le produit' },
  'products.edit': { en: 'Edit {name}', fr: 'Modifier {name}' },
  'products.count': {
    en: '{count, plural, one {# product} other {# products}}',
    fr: '{count, plural, one {# produit} other {# produits}}',
  },
  'products.empty': {
    en: 'Products are what you sell, goods and services: an order’s line takes its text, unit, price and tax from here.',
    fr: 'Les produits sont ce que vous vendez, biens et services\u00a0: une ligne de commande reprend leur texte, leur unité, leur prix et leur taxe.',
  },
  'products.no_match': { en: 'No product matches.', fr: 'Aucun produit ne correspond.' },
  'products.kind': { en: 'Kind', fr: 'Nature' },
  'products.kind.all': { en: 'Goods and services', fr: 'Biens et services' },
  'products.kind.goods': { en: 'Goods', fr: 'Bien' },
  'products.kind.service': { en: 'Service', fr: 'Service' },
  'products.description': { en: 'Description on documents', fr: 'Description sur les documents' },
  'products.description.hint': {
    en: 'The text of a new line; the name where this is empty.',
    fr: 'Le texte d’une nouvelle ligne\u202f; le nom si ce champ est vide.',
  },
  'products.unit': { en: 'Unit', fr: 'Unité' },
  'products.unit_price': { en: 'Unit price', fr: 'Prix unitaire' },
  'products.unit_price.hint': {
    en: 'Without tax; up to six decimals. Below zero for a rebate.',
    fr: 'Hors taxe, six décimales au plus. Négatif pour une remise.',
  },
  'products.unit_price.missing': {
    en: 'Enter the unit price as a number, such as 18.00.',
    fr: 'Saisissez le prix unitaire en chiffres, par exemple 18,00.',
  },
  'products.tax_rate': { en: 'Tax rate', fr: 'Taux de taxe' },
  'products.tax_rate.hint': {
    en: 'At home; an account’s tax treatment turns it into the one that applies.',
    fr: 'Sur le marché intérieur\u202f; le régime du compte le remplace par celui qui s’applique.',
  },
  'products.tax_rate.missing': { en: 'Choose a tax rate.', fr: 'Choisissez un taux de taxe.' },
  'products.category': { en: 'Category', fr: 'Catégorie' },
  'products.packaging': { en: 'Packaging', fr: 'Conditionnement' },
  'products.gtin': { en: 'GTIN (EAN)', fr: 'GTIN (EAN)' },
  'products.gtin.hint': {
    en: 'The number below the bar code: 8, 12, 13 or 14 digits.',
    fr: 'Le numéro sous le code-barres\u00a0: 8, 12, 13 ou 14 chiffres.',
  },
  'products.gtin.wrong': {
    en: 'Check the GTIN: “{typed}” has not 8, 12, 13 or 14 digits, or its last digit does not fit the others.',
    fr: 'Vérifiez le GTIN\u00a0: «\u00a0{typed}\u00a0» n’a pas 8, 12, 13 ou 14 chiffres, ou son dernier chiffre ne correspond pas aux autres.',
  },
  'products.commodity_code': { en: 'Commodity code', fr: 'Code douanier' },
  'products.commodity_code.hint': {
    en: 'Combined nomenclature, up to 10 digits.',
    fr: 'Nomenclature combinée, 10 chiffres au plus.',
  },
  'products.commodity_code.wrong': {
    en: 'Enter 4 to 10 digits, such as 09024000.',
    fr: 'Saisissez 4 à 10 chiffres, par exemple 09024000.',
  },
  'products.origin_country': { en: 'Country of origin', fr: 'Pays d’origine' },
  'products.pricing': { en: 'Price and tax', fr: 'Prix et taxe' },
  'products.details': { en: 'Details', fr: 'Précisions' },
  'products.suppliers': { en: 'Suppliers', fr: 'Fournisseurs' },
  'products.suppliers.hint': {
    en: 'Who you buy this from. A row without supplier is left out.',
    fr: 'Chez qui vous l’achetez. Une ligne sans fournisseur est ignorée.',
  },
  'products.suppliers.none': {
    en: 'No supplier is named yet: edit the product to add one.',
    fr: 'Aucun fournisseur n’est encore nommé\u00a0: modifiez le produit pour en ajouter un.',
  },
  'products.supplier': { en: 'Supplier', fr: 'Fournisseur' },
  'products.supplier.row': { en: 'Supplier {row}', fr: 'Fournisseur {row}' },
  'products.supplier_code': { en: 'Their code', fr: 'Leur référence' },
  'products.purchase_price': { en: 'Purchase price', fr: 'Prix d’achat' },
  'products.preferred': { en: 'Preferred', fr: 'Préféré' },
  'products.supplier.missing': {
    en: 'Supplier row {row}: choose the supplier, or empty the row.',
    fr: 'Ligne de fournisseur {row}\u00a0: choisissez le fournisseur ou videz la ligne.',
  },
  'products.supplier.unknown': {
    en: 'Supplier row {row}: choose a supplier that exists.',
    fr: 'Ligne de fournisseur {row}\u00a0: choisissez un fournisseur existant.',
  },
  'products.supplier.twice': {
    en: 'Supplier row {row}: this supplier stands in row {first} already. Keep one of the two.',
    fr: 'Ligne de fournisseur {row}\u00a0: ce fournisseur figure déjà à la ligne {first}. Gardez une seule des deux.',
  },
  'products.purchase_price.negative': {
    en: 'Supplier row {row}: enter a purchase price of zero or more.',
    fr: 'Ligne de fournisseur {row}\u00a0: saisissez un prix d’achat positif ou nul.',
  },
  'products.used': {
    en: 'Documents name this product. Archive it instead: it is then no longer offered.',
    fr: 'Des documents nomment ce produit. Archivez-le plutôt\u00a0: il n’est alors plus proposé.',
  },
  'products.delete': { en: 'Delete…', fr: 'Supprimer…' },
  'products.delete.title': { en: 'Delete {name}?', fr: 'Supprimer {name}\u202f?' },
  'products.delete.consequence': {
    en: 'No document names {name}. It disappears with its suppliers’ prices, and nothing brings it back.',
    fr: 'Aucun document ne nomme {name}. Il disparaît avec les prix de ses fournisseurs, sans retour possible.',
  },
  'products.delete.verb': { en: 'Delete product {code}', fr: 'Supprimer le produit {code}' },
  'products.deleted': { en: '{name} is deleted.', fr: '{name}\u00a0: supprimé.' },
  'products.archive.title': { en: 'Archive {name}?', fr: 'Archiver {name}\u202f?' },
  'products.archive.recurring': {
    en: '{count, plural, one {One order bills} other {# orders bill}} this product again and again, and will go on doing so: archiving only takes it off the lists that forms offer. Change or end the recurrence where that is not wanted.',
    fr: '{count, plural, one {Une commande facture} other {# commandes facturent}} ce produit périodiquement et continueront\u00a0: l’archivage le retire seulement des listes proposées. Modifiez ou arrêtez la récurrence si ce n’est pas voulu.',
  },
  'products.archive.order': {
    en: '{number}, {subject}: next on {next_date}',
    fr: '{number}, {subject}\u00a0: prochaine le {next_date}',
  },
  'products.archive.order_ended': { en: '{number}, {subject}', fr: '{number}, {subject}' },
  'products.archive.elsewhere': {
    en: '{count, plural, one {One more order} other {# more orders}} of an organisation that you do not work in.',
    fr: '{count, plural, one {Une autre commande} other {# autres commandes}} d’une organisation où vous ne travaillez pas.',
  },
  'products.archive.verb': { en: 'Archive product {code}', fr: 'Archiver le produit {code}' },
  'products.archive.unconfirmed': {
    en: 'Orders with an active recurrence bill this product. Confirm that it is to be archived all the same.',
    fr: 'Des commandes à récurrence active facturent ce produit. Confirmez qu’il faut l’archiver malgré tout.',
  },
} as const satisfies Sentences
