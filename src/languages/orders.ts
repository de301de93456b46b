import type { Sentences } from './sentences.ts'

/** Writing an order: the form, its lines, its mistakes. */
export const orders = {
  'order_form.subject.missing': { en: 'Enter a subject.', fr: 'Indiquez un objet.' },
  'order_form.account.missing': { en: 'Choose a customer account.', fr: 'Choisissez un compte client.' },
  'order_form.account.gone': {
    en: 'Choose a customer account: this one does not exist.',
    fr: 'Choisissez un compte client\u00a0: celui-ci n’existe pas.',
  },
  'order_form.account.unknown': {
    en: 'Choose a customer account: none has the code or the exact name “{typed}”.',
    fr: 'Choisissez un compte client\u00a0: aucun n’a le code ou le nom exact «\u00a0{typed}\u00a0».',
  },
  'order_form.account.several': {
    en: 'Choose which account is meant: several are called “{typed}”.',
    fr: 'Choisissez le compte voulu\u00a0: plusieurs s’appellent «\u00a0{typed}\u00a0».',
  },
  'order_form.account.archived': {
    en: 'Choose another account, or take {name} back into use: it is archived.',
    fr: 'Choisissez un autre compte, ou remettez {name} en usage\u00a0: il est archivé.',
  },
  'order_form.account.no_vat_number': {
    en: 'Add the VAT number of {name}: without it an EU business cannot be billed without tax.',
    fr: 'Ajoutez le numéro de TVA de {name}\u00a0: sans lui, une entreprise de l’UE ne peut pas être facturée sans taxe.',
  },
  'order_form.contact.elsewhere': {
    en: 'Choose one of the contacts of {name}, or none.',
    fr: 'Choisissez un contact de {name}, ou aucun.',
  },
  'order_form.contact.moved': {
    en: 'Choose the contact again: it has just been moved to another account.',
    fr: 'Choisissez de nouveau le contact\u00a0: il vient d’être rattaché à un autre compte.',
  },
  'order_form.refused.cancelled': {
    en: 'This order is cancelled. Reopen it to change it.',
    fr: 'Cette commande est annulée. Rouvrez-la pour la modifier.',
  },
  'order_form.quote.unknown': {
    en: 'Leave the quote empty: this one does not exist.',
    fr: 'Laissez le devis vide\u00a0: celui-ci n’existe pas.',
  },
  'order_form.assigned_to.elsewhere': {
    en: 'Choose a person who works in the order’s organisation.',
    fr: 'Choisissez une personne qui travaille dans l’organisation de la commande.',
  },
  'order_form.organisation.stays': {
    en: 'Keep {name}: the order has invoices or a recurrence of this organisation.',
    fr: 'Conservez {name}\u00a0: la commande a des factures ou une récurrence de cette organisation.',
  },
  'order_form.currency.unknown': {
    en: 'Choose a currency of the list.',
    fr: 'Choisissez une devise de la liste.',
  },
  'order_form.too_large': {
    en: 'Lower quantities or prices: the total has more than 15 digits.',
    fr: 'Réduisez les quantités ou les prix\u00a0: le total dépasse 15 chiffres.',
  },
  'order_form.too_many_lines': {
    en: 'Line {number}: remove this line and those after it; an order has {max, number} lines at most.',
    fr: 'Ligne {number}\u00a0: supprimez cette ligne et les suivantes\u202f; une commande compte {max, number} lignes au plus.',
  },
  'order_form.line.description': {
    en: 'Line {number}: enter a description, or choose a product.',
    fr: 'Ligne {number}\u00a0: saisissez une désignation, ou choisissez un produit.',
  },
  'order_form.line.description.too_long': {
    en: 'Line {number}: shorten the description to {max, number} characters at most.',
    fr: 'Ligne {number}\u00a0: raccourcissez la désignation à {max, number} caractères au plus.',
  },
  'order_form.line.kind': {
    en: 'Line {number}: choose item, section or comment.',
    fr: 'Ligne {number}\u00a0: choisissez article, titre ou commentaire.',
  },
  'order_form.line.quantity': {
    en: 'Line {number}: enter the quantity as a number, such as 2.5.',
    fr: 'Ligne {number}\u00a0: saisissez la quantité en chiffres, par exemple 2,5.',
  },
  'order_form.line.price': {
    en: 'Line {number}: enter the unit price as a number, such as 18.50.',
    fr: 'Ligne {number}\u00a0: saisissez le prix unitaire en chiffres, par exemple 18,50.',
  },
  'order_form.line.price_elsewhere': {
    en: 'Line {number}: enter the unit price in {currency}; {code} has its price in {other}.',
    fr: 'Ligne {number}\u00a0: saisissez le prix unitaire en {currency}\u202f; le prix de {code} est en {other}.',
  },
  'order_form.line.discount': {
    en: 'Line {number}: enter a discount from 0 to 100 %.',
    fr: 'Ligne {number}\u00a0: saisissez une remise de 0 à 100\u00a0%.',
  },
  'order_form.line.decimals': {
    en: 'Line {number}, {field, select, quantity {quantity} unit_price {unit price} other {discount}}: enter 6 decimals at most.',
    fr: 'Ligne {number}, {field, select, quantity {quantité} unit_price {prix unitaire} other {remise}}\u00a0: saisissez 6 décimales au plus.',
  },
  'order_form.line.digits': {
    en: 'Line {number}, {field, select, quantity {quantity} unit_price {unit price} other {discount}}: enter at most 12 digits before the decimal point.',
    fr: 'Ligne {number}, {field, select, quantity {quantité} unit_price {prix unitaire} other {remise}}\u00a0: saisissez 12 chiffres au plus avant la virgule.',
  },
  'order_form.line.too_large': {
    en: 'Line {number}: lower the quantity or the price; the net has more than 15 digits.',
    fr: 'Ligne {number}\u00a0: réduisez la quantité ou le prix\u202f; le montant HT dépasse 15 chiffres.',
  },
  'order_form.line.unit': {
    en: 'Line {number}: choose a unit of the list; “{typed}” is none.',
    fr: 'Ligne {number}\u00a0: choisissez une unité de la liste\u202f; «\u00a0{typed}\u00a0» n’en est pas une.',
  },
  'order_form.line.product.unknown': {
    en: 'Line {number}: choose a product, or write “{typed}” as the description; no product has this code or exact name.',
    fr: 'Ligne {number}\u00a0: choisissez un produit, ou écrivez «\u00a0{typed}\u00a0» comme désignation\u202f; aucun produit n’a ce code ou ce nom exact.',
  },
  'order_form.line.product.several': {
    en: 'Line {number}: choose which product is meant; several are called “{typed}”.',
    fr: 'Ligne {number}\u00a0: choisissez le produit voulu\u202f; plusieurs s’appellent «\u00a0{typed}\u00a0».',
  },
  'order_form.line.product.archived': {
    en: 'Line {number}: choose another product; {code} is archived.',
    fr: 'Ligne {number}\u00a0: choisissez un autre produit\u202f; {code} est archivé.',
  },
  'order_form.line.tax_rate.missing': {
    en: 'Line {number}: choose a tax rate; none comes by itself.',
    fr: 'Ligne {number}\u00a0: choisissez un taux de taxe\u202f; aucun ne s’applique de lui-même.',
  },
  'order_form.line.tax_rate.unknown': {
    en: 'Line {number}: choose a tax rate of the list.',
    fr: 'Ligne {number}\u00a0: choisissez un taux de taxe de la liste.',
  },
  'order_form.line.tax_rate.archived': {
    en: 'Line {number}: choose another tax rate; {rate} is archived.',
    fr: 'Ligne {number}\u00a0: choisissez un autre taux de taxe\u202f; {rate} est archivé.',
  },
  'order_form.line.tax_rate.ended': {
    en: 'Line {number}: choose another tax rate; {rate} ended on {on_date}.',
    fr: 'Ligne {number}\u00a0: choisissez un autre taux de taxe\u202f; {rate} a pris fin le {on_date}.',
  },
  'order_form.line.tax_rate.not_yet': {
    en: 'Line {number}: choose another tax rate; {rate} begins on {on_date}.',
    fr: 'Ligne {number}\u00a0: choisissez un autre taux de taxe\u202f; {rate} commence le {on_date}.',
  },
  'order_form.line.tax_changed': {
    en: 'Line {number}: {from} becomes {to}.',
    fr: 'Ligne {number}\u00a0: {from} devient {to}.',
  },
} as const satisfies Sentences
