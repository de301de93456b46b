import type { Sentences } from './sentences.ts'

/** Writing an order: the form, its lines, its mistakes. */
export const orders = {
  'order_form.new': { en: 'New customer order', fr: 'Nouvelle commande client' },
  'order_form.edit': { en: 'Edit {number}', fr: 'Modifier {number}' },
  'order_form.create': { en: 'Create order', fr: 'Créer la commande' },
  'order_form.save': { en: 'Save order', fr: 'Enregistrer la commande' },
  'order_form.created': { en: 'Order {number} is created.', fr: 'La commande {number} est créée.' },
  'order_form.saved': { en: 'Order {number} is saved.', fr: 'La commande {number} est enregistrée.' },
  'order_form.saved_changed': {
    en: 'Order {number} is saved. Taxes changed with it: {changes}',
    fr: 'La commande {number} est enregistrée. Les taxes ont changé avec elle\u00a0: {changes}',
  },
  'order_form.unsaved': {
    en: 'Text of {time} was not saved.',
    fr: 'La saisie de {time} n’a pas été enregistrée.',
  },
  'order_form.unsaved.restore': { en: 'Restore', fr: 'Restaurer' },
  'order_form.unsaved.discard': { en: 'Discard', fr: 'Abandonner' },
  'order_form.general': { en: 'General', fr: 'Général' },
  'order_form.lines': { en: 'Lines', fr: 'Lignes' },
  'order_form.lines.keys': {
    en: 'Enter goes from the product to the quantity, then to the next line. Alt+↑ and Alt+↓ move a line, Alt+Delete removes it, Ctrl+Z brings it back.',
    fr: 'Entrée mène du produit à la quantité, puis à la ligne suivante. Alt+↑ et Alt+↓ déplacent une ligne, Alt+Suppr la supprime, Ctrl+Z la rétablit.',
  },
  'order_form.filter': { en: 'Show lines with', fr: 'Afficher les lignes contenant' },
  'order_form.filter.count': { en: '{shown} of {total} lines', fr: '{shown} sur {total} lignes' },
  'order_form.line.section': { en: 'Section', fr: 'Section' },
  'order_form.line.fold': { en: 'Lines of the section,', fr: 'Lignes de la section,' },
  'order_form.country.hint': {
    en: 'Its name or its code, such as Germany or DE.',
    fr: 'Son nom ou son code, par exemple Allemagne ou DE.',
  },
  'order_form.country.unknown': {
    en: 'Enter a country by its name or its code, such as Germany or DE.',
    fr: 'Indiquez un pays par son nom ou son code, par exemple Allemagne ou DE.',
  },
  'order_form.lines.no_product': {
    en: 'No product matches: Enter makes it a free line.',
    fr: 'Aucun produit ne correspond\u00a0: Entrée en fait une ligne libre.',
  },
  'order_form.addresses': { en: 'Addresses', fr: 'Adresses' },
  'order_form.invoicing_address': { en: 'Invoicing address', fr: 'Adresse de facturation' },
  'order_form.invoicing_address.later': {
    en: 'Taken from the account when the order is saved.',
    fr: 'Reprise du compte à l’enregistrement de la commande.',
  },
  'order_form.shipping.same': {
    en: 'Ship to another address',
    fr: 'Livrer à une autre adresse',
  },
  'order_form.shipping.differs': {
    en: 'Shipping address (differs from the account’s)',
    fr: 'Adresse de livraison (différente de celle du compte)',
  },
  'order_form.shipping.hint': {
    en: 'Empty fields mean the account’s own shipping address.',
    fr: 'Des champs vides signifient l’adresse de livraison du compte.',
  },
  'order_form.field.subject': { en: 'Subject', fr: 'Objet' },
  'order_form.field.account_id': { en: 'Customer account', fr: 'Compte client' },
  'order_form.field.contact_id': { en: 'Contact', fr: 'Contact' },
  'order_form.field.customer_order_number': { en: 'Their reference', fr: 'Sa référence' },
  'order_form.field.assigned_to_id': { en: 'Assigned to', fr: 'Attribuée à' },
  'order_form.field.organisation_id': { en: 'Organisation', fr: 'Organisation' },
  'order_form.field.currency': { en: 'Currency', fr: 'Devise' },
  'order_form.field.order_date': { en: 'Order date', fr: 'Date de commande' },
  'order_form.field.shipping_address': { en: 'Shipping address', fr: 'Adresse de livraison' },
  'order_form.contact.none': { en: 'No contact', fr: 'Aucun contact' },
  'order_form.assigned_to.none': { en: 'Nobody', fr: 'Personne' },
  'order_form.currency.preset': { en: 'The account’s ({currency})', fr: 'Celle du compte ({currency})' },
  'order_form.address_name': { en: 'Name', fr: 'Nom' },
  'order_form.line.number': { en: 'Line {number}', fr: 'Ligne {number}' },
  'order_form.line.heads': { en: 'No.', fr: 'N°' },
  'order_form.line_field.kind': { en: 'Kind', fr: 'Type' },
  'order_form.line_field.product_id': { en: 'Product', fr: 'Produit' },
  'order_form.line_field.description': { en: 'Description', fr: 'Désignation' },
  'order_form.line_field.quantity': { en: 'Quantity', fr: 'Quantité' },
  'order_form.line_field.unit': { en: 'Unit', fr: 'Unité' },
  'order_form.line_field.unit_price': { en: 'Unit price', fr: 'Prix unitaire' },
  'order_form.line_field.discount_percent': { en: 'Disc. %', fr: 'Rem.\u00a0%' },
  'order_form.line_field.tax_rate_id': { en: 'Tax', fr: 'Taxe' },
  'order_form.line_field.net': { en: 'Net', fr: 'HT' },
  'order_form.line_field.section': { en: 'Section heading', fr: 'Titre de section' },
  'order_form.line_field.comment': { en: 'Comment', fr: 'Commentaire' },
  'order_form.line.actions': { en: 'Move or remove', fr: 'Déplacer ou supprimer' },
  'order_form.line.up': { en: 'Move up', fr: 'Monter' },
  'order_form.line.down': { en: 'Move down', fr: 'Descendre' },
  'order_form.line.remove': { en: 'Remove', fr: 'Supprimer' },
  'order_form.line.removed': { en: 'Line {number} was removed.', fr: 'La ligne {number} est supprimée.' },
  'order_form.line.undo': { en: 'Undo', fr: 'Annuler la suppression' },
  'order_form.line.moved': { en: 'Now line {number}.', fr: 'Désormais ligne {number}.' },
  'order_form.line.free': {
    en: 'No product is called “{text}”: it stands as a description.',
    fr: 'Aucun produit ne s’appelle «\u00a0{text}\u00a0»\u00a0: c’est devenu une désignation.',
  },
  'order_form.add.item': { en: 'Add line', fr: 'Ajouter une ligne' },
  'order_form.add.section': { en: 'Add section', fr: 'Ajouter un titre' },
  'order_form.add.comment': { en: 'Add comment', fr: 'Ajouter un commentaire' },
  'order_form.recalculate': { en: 'Recalculate', fr: 'Recalculer' },
  'order_form.paste': {
    en: 'Paste rows from a spreadsheet',
    fr: 'Coller des lignes d’un tableur',
  },
  'order_form.paste.rows': { en: 'Rows', fr: 'Lignes à coller' },
  'order_form.paste.hint': {
    en: 'A row a line: code, quantity, price, with tabs or semicolons between. Without a price, the product’s is taken. Rows can also be pasted straight into a Product field.',
    fr: 'Une ligne par article\u00a0: code, quantité, prix, séparés par des tabulations ou des points-virgules. Sans prix, celui du produit est repris. Les lignes peuvent aussi être collées directement dans un champ Produit.',
  },
  'order_form.paste.add': { en: 'Add these rows', fr: 'Ajouter ces lignes' },
  'order_form.paste.done': {
    en: '{count, plural, one {# row} other {# rows}} pasted{unknown, plural, =0 {.} one {; # code is unknown: line {lines}.} other {; # codes are unknown: lines {lines}.}}',
    fr: '{count, plural, one {# ligne collée} other {# lignes collées}}{unknown, plural, =0 {.} one {\u202f; # code est inconnu\u00a0: ligne {lines}.} other {\u202f; # codes sont inconnus\u00a0: lignes {lines}.}}',
  },
  'order_form.paste.more': { en: '{count, number} more', fr: '{count, number} autres' },
  'order_form.paste.too_many': {
    en: 'Paste at most {max, number} rows at once.',
    fr: 'Collez au plus {max, number} lignes à la fois.',
  },
  'order_form.tax.other': { en: 'Another rate…', fr: 'Un autre taux…' },
  'order_form.tax.automatic': { en: 'Automatic', fr: 'Automatique' },
  'order_form.tax.automatic_is': { en: '{name} (auto)', fr: '{name} (auto)' },
  'order_form.figures': { en: 'Totals', fr: 'Totaux' },
  'order_form.figures.net': { en: 'Net', fr: 'HT' },
  'order_form.figures.gross': { en: 'Gross', fr: 'TTC' },
  'order_form.figures.checked': {
    en: 'Totals checked by the server',
    fr: 'Totaux vérifiés par le serveur',
  },
  'order_form.figures.partial': {
    en: 'Without the lines that lack a quantity or a price',
    fr: 'Sans les lignes auxquelles manque une quantité ou un prix',
  },
  'order_form.figures.checking': { en: 'Checking the totals…', fr: 'Vérification des totaux…' },
  'order_form.figures.failed': {
    en: 'The totals could not be checked: there is no connection.',
    fr: 'Les totaux n’ont pas pu être vérifiés\u00a0: la connexion est coupée.',
  },
  'order_form.taxes_changed': {
    en: 'The taxes changed with the account, the product or the date:',
    fr: 'Les taxes ont changé avec le compte, le produit ou la date\u00a0:',
  },
  'order_form.locked.title': { en: '{number} can no longer be edited', fr: '{number} n’est plus modifiable' },
  'order_form.locked': {
    en: 'Order {number} was finalized on {on_date} by {name}. Its lines, addresses and amounts never change again.',
    fr: 'La commande {number} a été finalisée le {on_date} par {name}. Ses lignes, ses adresses et ses montants ne changent plus.',
  },
  'order_form.locked.way_out': {
    en: 'Its status and its recurrence can still change. For other changes, duplicate it and edit the copy.',
    fr: 'Son statut et sa récurrence peuvent encore changer. Pour le reste, dupliquez-la et modifiez la copie.',
  },
  'order_form.locked.duplicate': { en: 'Duplicate order', fr: 'Dupliquer la commande' },
  'order_form.locked.recurrence': { en: 'Change the recurrence', fr: 'Modifier la récurrence' },
  'order_form.conflict': {
    en: '{name} saved this order at {time}. Choose what to keep below; nothing of yours is lost.',
    fr: '{name} a enregistré cette commande à {time}. Choisissez ci-dessous ce qui reste\u202f; rien de votre saisie n’est perdu.',
  },
  'order_form.conflict.merged': {
    en: '{name} saved this order at {time}. Both changes are in the form below; check it and save.',
    fr: '{name} a enregistré cette commande à {time}. Les deux modifications sont dans le formulaire ci-dessous\u202f; vérifiez et enregistrez.',
  },
  'order_form.conflict.somebody': { en: 'Somebody', fr: 'Quelqu’un' },
  'order_form.conflict.taken': { en: 'Taken over:', fr: 'Repris\u00a0:' },
  'order_form.conflict.taken_field': { en: '{label}: {theirs}', fr: '{label}\u00a0: {theirs}' },
  'order_form.conflict.taken_line': {
    en: '{change, select, added {Line added: {text}} removed {Line removed: {text}} other {{label}}}',
    fr: '{change, select, added {Ligne ajoutée\u00a0: {text}} removed {Ligne supprimée\u00a0: {text}} other {{label}}}',
  },
  'order_form.conflict.line': { en: 'Line “{text}”', fr: 'Ligne «\u00a0{text}\u00a0»' },
  'order_form.conflict.line_field': { en: 'Line {number}, {field}', fr: 'Ligne {number}, {field}' },
  'order_form.conflict.line_order': { en: 'The order of the lines', fr: 'L’ordre des lignes' },
  'order_form.conflict.removed': { en: 'the line is removed', fr: 'la ligne est supprimée' },
  'order_form.conflict.nothing': { en: 'empty', fr: 'vide' },
  'order_form.conflict.other_product': { en: 'another product', fr: 'un autre produit' },
  'order_form.conflict.both': {
    en: 'Choose: “{theirs}” was saved meanwhile, yours is “{yours}”.',
    fr: 'Choisissez\u00a0: «\u00a0{theirs}\u00a0» a été enregistré entre-temps, le vôtre est «\u00a0{yours}\u00a0».',
  },
  'order_form.conflict.field': { en: 'Field', fr: 'Champ' },
  'order_form.conflict.theirs': { en: 'Theirs', fr: 'Le sien' },
  'order_form.conflict.yours': { en: 'Yours', fr: 'Le vôtre' },
  'order_form.conflict.save': { en: 'Save with these choices', fr: 'Enregistrer avec ces choix' },
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
