import type { Sentences } from './sentences.ts'

export const organisations = {
  'organisations.title': { en: 'Organisations', fr: 'Organisations' },
  'organisations.new': { en: 'New organisation', fr: 'Nouvelle organisation' },
  'organisations.create': { en: 'Create organisation', fr: 'Créer l’organisation' },
  'organisations.save': { en: 'Save organisation', fr: 'Enregistrer l’organisation' },
  'organisations.edit': { en: 'Edit {name}', fr: 'Modifier {name}' },
  'organisations.count': {
    en: '{count, plural, one {# organisation} other {# organisations}}',
    fr: '{count, plural, one {# organisation} other {# organisations}}',
  },
  'organisations.empty': {
    en: 'Organisations are the companies that sell: every document belongs to one.',
    fr: 'Les organisations sont les sociétés qui vendent\u00a0: chaque document appartient à l’une d’elles.',
  },
  'organisations.no_match': { en: 'No organisation matches.', fr: 'Aucune organisation ne correspond.' },
  'organisations.code.hint': {
    en: 'Up to 20 capitals, digits and hyphens.',
    fr: 'Jusqu’à 20 majuscules, chiffres et traits d’union.',
  },
  'organisations.code.wrong': {
    en: 'Enter a code of up to 20 capitals, digits and hyphens, such as ATELIER-NORD.',
    fr: 'Saisissez un code d’au plus 20 majuscules, chiffres et traits d’union, par exemple ATELIER-NORD.',
  },
  'organisations.legal_form': { en: 'Legal form', fr: 'Forme juridique' },
  'organisations.legal_form.hint': { en: 'Such as SAS, GmbH, Ltd.', fr: 'Par exemple SAS, SARL.' },
  'organisations.share_capital': { en: 'Share capital', fr: 'Capital social' },
  'organisations.tax_number': { en: 'Tax number', fr: 'Numéro fiscal' },
  'organisations.tax_number.hint': {
    en: 'Where there is no VAT number.',
    fr: 'Là où il n’y a pas de numéro de TVA.',
  },
  'organisations.register_text': { en: 'Register', fr: 'Immatriculation' },
  'organisations.register_text.hint': {
    en: 'As printed, such as “RCS Paris 732\u00a0829\u00a0320”.',
    fr: 'Tel qu’imprimé, par exemple «\u00a0RCS Paris 732\u00a0829\u00a0320\u00a0».',
  },
  'organisations.contact_name': { en: 'Contact for customers', fr: 'Contact pour les clients' },
  'organisations.vat_on_debits': {
    en: 'VAT is due on debits (on issue, not on payment)',
    fr: 'TVA acquittée sur les débits (à l’émission, non au paiement)',
  },
  'organisations.bank': { en: 'Bank details', fr: 'Coordonnées bancaires' },
  'organisations.iban': { en: 'IBAN', fr: 'IBAN' },
  'organisations.bic': { en: 'BIC', fr: 'BIC' },
  'organisations.bank_name': { en: 'Bank', fr: 'Banque' },
  'organisations.iban.wrong': {
    en: 'Check the IBAN: “{typed}” has not the length of its country, or its check digits do not fit.',
    fr: 'Vérifiez l’IBAN\u00a0: «\u00a0{typed}\u00a0» n’a pas la longueur de son pays, ou sa clé ne correspond pas.',
  },
  'organisations.bic.wrong': {
    en: 'Enter a BIC of 8 or 11 signs, such as BNPAFRPP: “{typed}” is none.',
    fr: 'Saisissez un BIC de 8 ou 11 signes, par exemple BNPAFRPP\u00a0: «\u00a0{typed}\u00a0» n’en est pas un.',
  },
  'organisations.vat_number.check_digits': {
    en: 'Check the VAT number: the check digits of {vat_number} do not fit.',
    fr: 'Vérifiez le numéro de TVA\u00a0: la clé de {vat_number} ne correspond pas.',
  },
  'organisations.vat_number.other_siren': {
    en: 'Check both: {vat_number} belongs to another SIREN than {siren}.',
    fr: 'Vérifiez les deux\u00a0: {vat_number} correspond à un autre SIREN que {siren}.',
  },
  'organisations.notes': { en: 'Notes on every invoice', fr: 'Mentions sur chaque facture' },
  'organisations.note_penalties': { en: 'Late payment (PMD)', fr: 'Pénalités de retard (PMD)' },
  'organisations.note_indemnity': { en: 'Recovery costs (PMT)', fr: 'Frais de recouvrement (PMT)' },
  'organisations.note_discount': { en: 'Early payment (AAB)', fr: 'Escompte (AAB)' },
  'organisations.note_penalties.hint': {
    en: 'Usual in France: “En cas de retard de paiement, pénalités au taux de la BCE majoré de 10 points.”',
    fr: 'Usuel\u00a0: «\u00a0En cas de retard de paiement, pénalités au taux de la BCE majoré de 10 points.\u00a0»',
  },
  'organisations.note_indemnity.hint': {
    en: 'Usual in France: “Indemnité forfaitaire pour frais de recouvrement\u00a0: 40\u00a0€.”',
    fr: 'Usuel\u00a0: «\u00a0Indemnité forfaitaire pour frais de recouvrement\u00a0: 40\u00a0€.\u00a0»',
  },
  'organisations.note_discount.hint': {
    en: 'Usual in France: “Pas d’escompte pour paiement anticipé.”',
    fr: 'Usuel\u00a0: «\u00a0Pas d’escompte pour paiement anticipé.\u00a0»',
  },
  'organisations.note_register': { en: 'Register (REG)', fr: 'Immatriculation (REG)' },
  'organisations.note_tax': { en: 'Tax (TXD)', fr: 'Fiscalité (TXD)' },
  'organisations.notes.hint': {
    en: 'In France the first three are compulsory between companies.',
    fr: 'En France, les trois premières sont obligatoires entre entreprises.',
  },
  'organisations.logo': { en: 'Logo', fr: 'Logo' },
  'organisations.logo.of': { en: 'Logo of {name}', fr: 'Logo de {name}' },
  'organisations.logo.hint': { en: 'PNG or JPEG, 1 MB at most.', fr: 'PNG ou JPEG, 1 Mo au plus.' },
  'organisations.logo.again': {
    en: 'Choose the file again: browsers do not send it back with the form. PNG or JPEG, 1 MB at most.',
    fr: 'Choisissez de nouveau le fichier\u00a0: le formulaire ne peut pas le garder. PNG ou JPEG, 1 Mo au plus.',
  },
  'organisations.logo.remove': { en: 'Remove the logo', fr: 'Retirer le logo' },
  'organisations.logo.too_large': {
    en: 'Choose a smaller file: “{name}” has more than 1 MB.',
    fr: 'Choisissez un fichier plus petit\u00a0: «\u00a0{name}\u00a0» dépasse 1 Mo.',
  },
  'organisations.logo.too_many_pixels': {
    en: 'Choose a smaller picture: “{name}” is wider or higher than {max, number} pixels.',
    fr: 'Choisissez une image plus petite\u00a0: «\u00a0{name}\u00a0» dépasse {max, number} pixels en largeur ou en hauteur.',
  },
  'organisations.logo.wrong': {
    en: 'Choose a whole PNG or JPEG picture: “{name}” is neither, whatever its name says.',
    fr: 'Choisissez une image PNG ou JPEG entière\u00a0: «\u00a0{name}\u00a0» n’en est pas une, quel que soit son nom.',
  },
  'organisations.presets': { en: 'Presets of new documents', fr: 'Valeurs par défaut des documents' },
  'organisations.time_zone': { en: 'Time zone', fr: 'Fuseau horaire' },
  'organisations.time_zone.hint': {
    en: 'It says what “today” is for orders, invoices and runs.',
    fr: 'Il dit quel jour est «\u00a0aujourd’hui\u00a0» pour les commandes, les factures et les traitements.',
  },
  'organisations.time_zone.wrong': {
    en: 'Choose a time zone of the list.',
    fr: 'Choisissez un fuseau horaire de la liste.',
  },
  'organisations.language': { en: 'Language', fr: 'Langue' },
  'organisations.default_tax_rate': { en: 'Tax rate', fr: 'Taux de taxe' },
  'organisations.default_payment_term': { en: 'Payment term', fr: 'Condition de paiement' },
  'organisations.closing_date': { en: 'Closed until', fr: 'Clôturé jusqu’au' },
  'organisations.archive.users': {
    en: '{count, plural, one {One user has} other {# users have}} it as home organisation: give {count, plural, one {that user} other {them}} another one first.',
    fr: '{count, plural, one {Un utilisateur l’a} other {# utilisateurs l’ont}} pour organisation principale\u00a0: donnez-{count, plural, one {lui} other {leur}} d’abord une autre.',
  },
  'organisations.archive.recurrences': {
    en: '{count, plural, one {One order is} other {# orders are}} billed by it again and again: end {count, plural, one {that recurrence} other {those recurrences}} first.',
    fr: '{count, plural, one {Une commande est facturée} other {# commandes sont facturées}} par elle périodiquement\u00a0: arrêtez d’abord {count, plural, one {cette récurrence} other {ces récurrences}}.',
  },
  'organisations.missing': {
    en: 'Before the first invoice, these are still missing:',
    fr: 'Avant la première facture, il manque encore\u00a0:',
  },
} as const satisfies Sentences
