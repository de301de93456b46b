import type { Sentences } from './sentences.ts'

export const accounts = {
  'accounts.title': { en: 'Accounts', fr: 'Comptes' },
  'accounts.new': { en: 'New account', fr: 'Nouveau compte' },
  'accounts.create': { en: 'Create account', fr: 'Créer le compte' },
  'accounts.save': { en: 'Save account', fr: 'Enregistrer le compte' },
  'accounts.edit': { en: 'Edit {name}', fr: 'Modifier {name}' },
  'accounts.count': {
    en: '{count, plural, one {# account} other {# accounts}}',
    fr: '{count, plural, one {# compte} other {# comptes}}',
  },
  'accounts.empty': {
    en: 'Accounts are those you sell to: orders and invoices take their names, addresses and taxes from here.',
    fr: 'Les comptes sont ceux à qui vous vendez\u00a0: commandes et factures en tirent noms, adresses et taxes.',
  },
  'accounts.no_match': {
    en: 'No account matches: {filters}.',
    fr: 'Aucun compte ne correspond\u00a0: {filters}.',
  },
  'accounts.parent': { en: 'Parent company', fr: 'Société mère' },
  'accounts.tax_treatment': { en: 'Tax treatment', fr: 'Régime de taxe' },
  'accounts.tax_treatment.any': { en: 'Any', fr: 'Tous' },
  'accounts.tax_treatment.domestic': { en: 'Domestic', fr: 'National' },
  'accounts.tax_treatment.eu_business': { en: 'EU business', fr: 'Entreprise de l’UE' },
  'accounts.tax_treatment.export': { en: 'Export', fr: 'Export' },
  'accounts.tax_treatment.exempt': { en: 'Exempt', fr: 'Exonéré' },
  'accounts.tax_treatment.private': { en: 'Private', fr: 'Particulier' },
  'accounts.legal_name.hint': {
    en: 'Printed on invoices; empty: the name.',
    fr: 'Imprimée sur les factures\u202f; vide\u00a0: le nom.',
  },
  'accounts.parent.hint': {
    en: 'A code or a name. Invoices can go to the parent instead.',
    fr: 'Un code ou un nom. Les factures peuvent aller à la société mère.',
  },
  'accounts.parent.itself': {
    en: 'Choose another parent: an account is not its own.',
    fr: 'Choisissez une autre société mère\u00a0: un compte n’est pas la sienne.',
  },
  'accounts.parent.archived': {
    en: 'Choose a parent in use: {name} is archived.',
    fr: 'Choisissez une société mère en usage\u00a0: {name} est archivé.',
  },
  'accounts.parent.below': {
    en: 'Choose another parent: {name} stands below this account.',
    fr: 'Choisissez une autre société mère\u00a0: {name} dépend de ce compte.',
  },
  'accounts.picked.none': {
    en: 'Enter the code or the exact name of an account: “{typed}” is none.',
    fr: 'Saisissez le code ou le nom exact d’un compte\u00a0: «\u00a0{typed}\u00a0» n’en est pas un.',
  },
  'accounts.picked.several': {
    en: 'Choose one: {count, number} accounts have this name.',
    fr: 'Choisissez\u00a0: {count, number} comptes portent ce nom.',
  },
  'accounts.kind': { en: 'Kind', fr: 'Nature' },
  'accounts.kind.business': { en: 'Business', fr: 'Entreprise' },
  'accounts.kind.public_body': { en: 'Public body', fr: 'Organisme public' },
  'accounts.kind.private_person': { en: 'Private person', fr: 'Particulier' },
  'accounts.taxes': { en: 'Taxes and identifiers', fr: 'Taxes et identifiants' },
  'accounts.tax_treatment.domestic.hint': {
    en: 'Each product’s own rate, as for any customer at home.',
    fr: 'Le taux de chaque produit, comme pour tout client national.',
  },
  'accounts.tax_treatment.eu_business.hint': {
    en: 'A business in another member state: no VAT charged, but its VAT number is needed.',
    fr: 'Une entreprise d’un autre État membre\u00a0: pas de TVA, mais son numéro est nécessaire.',
  },
  'accounts.tax_treatment.export.hint': {
    en: 'A customer outside the European Union.',
    fr: 'Un client hors de l’Union européenne.',
  },
  'accounts.tax_treatment.exempt.hint': {
    en: 'Exempt for a reason of its own, such as an embassy.',
    fr: 'Exonéré pour une raison propre, par exemple une ambassade.',
  },
  'accounts.tax_treatment.private.hint': {
    en: 'A private person: each product’s own rate.',
    fr: 'Un particulier\u00a0: le taux de chaque produit.',
  },
  'accounts.tax_treatment.needs_vat_number': {
    en: 'Enter the VAT number, or choose another treatment: an EU business without one is charged VAT, since reverse charge and intra-community supplies rest on the buyer’s number.',
    fr: 'Saisissez le numéro de TVA ou choisissez un autre régime\u00a0: sans lui, une entreprise de l’UE paie la TVA, car l’autoliquidation et la livraison intracommunautaire reposent sur le numéro de l’acheteur.',
  },
  'accounts.tax_treatment.not_eu': {
    en: 'Choose another treatment, or enter a member state’s VAT number: {vat_number} is none.',
    fr: 'Choisissez un autre régime ou saisissez le numéro de TVA d’un État membre\u00a0: {vat_number} n’en est pas un.',
  },
  'accounts.electronic_address': { en: 'Electronic address', fr: 'Adresse électronique' },
  'accounts.electronic_address.hint': {
    en: 'Where electronic invoices go, as written in the kind of address.',
    fr: 'Où vont les factures électroniques, selon le type d’adresse.',
  },
  'accounts.electronic_address.none': { en: 'None', fr: 'Aucune' },
  'accounts.electronic_address.missing': {
    en: 'Enter the electronic address, or choose no kind of address.',
    fr: 'Saisissez l’adresse électronique, ou ne choisissez aucun type d’adresse.',
  },
  'accounts.electronic_address.scheme_missing': {
    en: 'Choose the kind of electronic address.',
    fr: 'Choisissez le type d’adresse électronique.',
  },
  'accounts.electronic_address.with_scheme': { en: '{address} ({scheme})', fr: '{address} ({scheme})' },
  'accounts.electronic_address_scheme': {
    en: 'Kind of electronic address',
    fr: 'Type d’adresse électronique',
  },
  'accounts.electronic_address_scheme.hint': {
    en: 'In France the directory’s: SIREN, if need be with a suffix.',
    fr: 'En France celle de l’annuaire\u00a0: le SIREN, au besoin avec un suffixe.',
  },
  'accounts.scheme.0225': { en: '0225 – French directory (SIREN)', fr: '0225 – Annuaire français (SIREN)' },
  'accounts.scheme.EM': { en: 'EM – Email', fr: 'EM – E-mail' },
  'accounts.scheme.0002': { en: '0002 – SIREN', fr: '0002 – SIREN' },
  'accounts.scheme.0009': { en: '0009 – SIRET', fr: '0009 – SIRET' },
  'accounts.scheme.0088': { en: '0088 – GLN', fr: '0088 – GLN' },
  'accounts.scheme.0106': { en: '0106 – KvK, Netherlands', fr: '0106 – KvK, Pays-Bas' },
  'accounts.scheme.0190': { en: '0190 – OIN, Netherlands', fr: '0190 – OIN, Pays-Bas' },
  'accounts.scheme.0204': { en: '0204 – Leitweg-ID, Germany', fr: '0204 – Leitweg-ID, Allemagne' },
  'accounts.scheme.0208': {
    en: '0208 – Enterprise number, Belgium',
    fr: '0208 – Numéro d’entreprise, Belgique',
  },
  'accounts.scheme.0210': { en: '0210 – Codice fiscale, Italy', fr: '0210 – Codice fiscale, Italie' },
  'accounts.scheme.0211': { en: '0211 – Partita IVA, Italy', fr: '0211 – Partita IVA, Italie' },
  'accounts.scheme.9920': { en: '9920 – VAT number, Spain', fr: '9920 – Numéro de TVA, Espagne' },
  'accounts.scheme.9925': { en: '9925 – VAT number, Belgium', fr: '9925 – Numéro de TVA, Belgique' },
  'accounts.scheme.9930': { en: '9930 – VAT number, Germany', fr: '9930 – Numéro de TVA, Allemagne' },
  'accounts.scheme.9957': { en: '9957 – VAT number, France', fr: '9957 – Numéro de TVA, France' },
  'accounts.buyer_reference': { en: 'Buyer reference', fr: 'Référence de l’acheteur' },
  'accounts.buyer_reference.hint': {
    en: 'What the customer wants printed on every invoice, such as a service code.',
    fr: 'Ce que le client veut sur chaque facture, par exemple un code service.',
  },
  'accounts.reach': { en: 'Contact details', fr: 'Coordonnées' },
  'accounts.invoice_emails': { en: 'Emails for invoices', fr: 'E-mails pour les factures' },
  'accounts.invoice_emails.hint': {
    en: 'Several are parted by commas. Empty: the order’s contact, else the email above.',
    fr: 'Plusieurs sont séparés par des virgules. Vide\u00a0: le contact de la commande, sinon l’e-mail ci-dessus.',
  },
  'accounts.invoicing_address': { en: 'Invoicing address', fr: 'Adresse de facturation' },
  'accounts.shipping_address': { en: 'Shipping address', fr: 'Adresse de livraison' },
  'accounts.shipping.same': {
    en: 'The same as the invoicing address.',
    fr: 'Identique à l’adresse de facturation.',
  },
  'accounts.shipping.same_hint': {
    en: 'Empty: the invoicing address.',
    fr: 'Vide\u00a0: l’adresse de facturation.',
  },
  'accounts.shipping.name': { en: 'Recipient', fr: 'Destinataire' },
  'accounts.shipping.field': { en: '{label} (shipping address)', fr: '{label} (adresse de livraison)' },
  'accounts.shipping.city_missing': {
    en: 'Enter the city of the shipping address, or empty the whole address.',
    fr: 'Saisissez la ville de l’adresse de livraison, ou videz toute l’adresse.',
  },
  'accounts.unchanged_documents': {
    en: 'Orders and invoices keep the names and addresses they were made with.',
    fr: 'Commandes et factures gardent les noms et adresses de leur création.',
  },
  'accounts.doubt.vat_check_digits': {
    en: 'Compare the VAT number {vat_number} with the customer’s papers: its check digits do not fit.',
    fr: 'Comparez le numéro de TVA {vat_number} aux documents du client\u00a0: sa clé de contrôle ne correspond pas.',
  },
  'accounts.doubt.vat_siren': {
    en: 'Compare VAT number and SIREN: {vat_number} belongs to another company than {siren}.',
    fr: 'Comparez numéro de TVA et SIREN\u00a0: {vat_number} n’est pas celui de {siren}.',
  },
  'accounts.doubt.person_as_business': {
    en: 'A private person has no VAT number and is not taxed as an EU business: check the kind or the treatment.',
    fr: 'Un particulier n’a pas de numéro de TVA et n’est pas une entreprise de l’UE\u00a0: vérifiez la nature ou le régime.',
  },
  'accounts.doubt.business_as_person': {
    en: 'This account is no private person, but is taxed as one: check the kind or the treatment.',
    fr: 'Ce compte n’est pas un particulier mais en a le régime\u00a0: vérifiez la nature ou le régime.',
  },
  'accounts.doubt.export_inside_eu': {
    en: 'The treatment is Export, but the address lies in the European Union: check either.',
    fr: 'Le régime est Export, mais l’adresse est dans l’Union européenne\u00a0: vérifiez l’un ou l’autre.',
  },
  'accounts.doubt.eu_outside': {
    en: 'The treatment is EU business, but the address lies outside the European Union: check either.',
    fr: 'Le régime est Entreprise de l’UE, mais l’adresse est hors de l’Union\u00a0: vérifiez l’un ou l’autre.',
  },
  'accounts.alike.vat_number': {
    en: '{name} ({code}) has the same VAT number, {vat_number}. Are they one customer?',
    fr: '{name} ({code}) a le même numéro de TVA, {vat_number}. Est-ce le même client\u202f?',
  },
  'accounts.alike.siren': {
    en: '{name} ({code}) has the same SIREN, {siren}. Are they one customer?',
    fr: '{name} ({code}) a le même SIREN, {siren}. Est-ce le même client\u202f?',
  },
  'accounts.alike.see': { en: 'See {code}', fr: 'Voir {code}' },
  'accounts.parked.title': { en: 'This account is archived.', fr: 'Ce compte est archivé.' },
  'accounts.parked': {
    en: '{count, plural, one {Recurring order {numbers} stays on, and its occurrences are parked} other {Recurring orders {numbers} stay on, and their occurrences are parked}} until the account is back in use.',
    fr: '{count, plural, one {La commande récurrente {numbers} reste active et ses échéances sont mises de côté} other {Les commandes récurrentes {numbers} restent actives et leurs échéances sont mises de côté}} jusqu’à la remise en usage du compte.',
  },
  'accounts.parked.see': { en: 'See the orders', fr: 'Voir les commandes' },
  'accounts.tab.account': { en: 'Account', fr: 'Compte' },
  'accounts.tab.orders': { en: 'Customer orders', fr: 'Commandes clients' },
  'accounts.new_order': { en: 'New order', fr: 'Nouvelle commande' },
  'accounts.new_order.archived': {
    en: 'This account is archived. Take it back into use first.',
    fr: 'Ce compte est archivé. Remettez-le d’abord en usage.',
  },
  'accounts.orders.title': { en: 'Customer orders of {name}', fr: 'Commandes clients\u00a0: {name}' },
  'accounts.orders.subject': { en: 'Subject', fr: 'Objet' },
  'accounts.orders.reference': { en: 'Their reference: {reference}', fr: 'Sa référence\u00a0: {reference}' },
  'accounts.orders.count': {
    en: '{count, plural, one {# order} other {# orders}}',
    fr: '{count, plural, one {# commande} other {# commandes}}',
  },
  'accounts.orders.empty': {
    en: '{name} has no customer order yet.',
    fr: '{name} n’a pas encore de commande client.',
  },
  'accounts.contacts.none': {
    en: 'No contact yet: orders and emails name the people here.',
    fr: 'Aucun contact\u00a0: les commandes et les e-mails nomment les personnes d’ici.',
  },
  'accounts.children': { en: 'Subsidiaries', fr: 'Filiales' },
  'accounts.children.new': { en: 'New subsidiary', fr: 'Nouvelle filiale' },
  'accounts.children.none': {
    en: 'No account names this one as its parent company.',
    fr: 'Aucun compte ne nomme celui-ci comme société mère.',
  },
  'accounts.archival.title': { en: 'Archive {name}?', fr: 'Archiver {name}\u202f?' },
  'accounts.archival.consequence': {
    en: 'It is no longer offered for new orders. Orders, invoices and contacts stay as they are, and it can be taken back into use.',
    fr: 'Il n’est plus proposé pour de nouvelles commandes. Commandes, factures et contacts restent inchangés, et il peut être remis en usage.',
  },
  'accounts.archival.recurring': {
    en: '{count, plural, one {One order bills} other {# orders bill}} this account again and again. Left running, {count, plural, one {its invoices are} other {their invoices are}} parked: none is made until the account is back in use.',
    fr: '{count, plural, one {Une commande facture} other {# commandes facturent}} ce compte périodiquement. Laissées actives, leurs factures sont mises de côté\u00a0: aucune n’est créée avant la remise en usage du compte.',
  },
  'accounts.archival.next': { en: 'next on', fr: 'prochaine le' },
  'accounts.archival.way_out': {
    en: 'Where that is not wanted, go back and switch the recurrences off first.',
    fr: 'Sinon, revenez et désactivez d’abord les récurrences.',
  },
  'accounts.archival.others': {
    en: 'Recurring orders in organisations that you do not work in, if there are any, are parked too.',
    fr: 'Les commandes récurrentes des organisations où vous ne travaillez pas, s’il y en a, sont également mises de côté.',
  },
  'accounts.archival.verb': { en: 'Archive account', fr: 'Archiver le compte' },
  'accounts.archival.verb_running': { en: 'Archive and leave running', fr: 'Archiver sans désactiver' },
  'accounts.archival.done': {
    en: '{name} is archived: no longer offered for new orders.',
    fr: '{name}\u00a0: archivé, plus proposé pour de nouvelles commandes.',
  },
  'accounts.archival.unconfirmed': {
    en: 'Confirm that this account is to be archived: its recurring orders would be parked.',
    fr: 'Confirmez l’archivage de ce compte\u00a0: ses commandes récurrentes seraient mises de côté.',
  },
  'accounts.deletion.consequence': {
    en: 'Nothing names {name}. It disappears, and nothing brings it back.',
    fr: 'Rien ne nomme {name}. Il disparaît, sans retour possible.',
  },
  'accounts.deletion.verb': { en: 'Delete account {code}', fr: 'Supprimer le compte {code}' },
  'accounts.deletion.has_documents': {
    en: 'Orders or invoices name this account. Archive it instead.',
    fr: 'Des commandes ou factures nomment ce compte. Archivez-le plutôt.',
  },
  'accounts.deletion.has_contacts': {
    en: '{count, plural, one {One contact belongs} other {# contacts belong}} to this account. Delete {count, plural, one {it} other {them}} first, or archive the account.',
    fr: '{count, plural, one {Un contact appartient} other {# contacts appartiennent}} à ce compte. Supprimez-{count, plural, one {le} other {les}} d’abord, ou archivez le compte.',
  },
  'accounts.deletion.has_children': {
    en: '{count, plural, one {One account names} other {# accounts name}} this one as parent company. Change {count, plural, one {it} other {them}} first, or archive this account.',
    fr: '{count, plural, one {Un compte nomme} other {# comptes nomment}} celui-ci comme société mère. Modifiez-{count, plural, one {le} other {les}} d’abord, ou archivez ce compte.',
  },
} as const satisfies Sentences
