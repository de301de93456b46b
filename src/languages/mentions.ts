import type { Sentences } from './sentences.ts'

/** What the law asks of an invoice, and what a draft lacks of it. */
export const mentions = {
  'mentions.seller_name': {
    en: 'Your organisation has no name. Enter its legal name.',
    fr: 'Votre organisation n’a pas de nom. Indiquez sa raison sociale.',
  },
  'mentions.seller_address': {
    en: 'Your organisation’s address lacks its street or its city. Enter them.',
    fr: 'L’adresse de votre organisation n’a pas de rue ou de ville. Indiquez-les.',
  },
  'mentions.seller_country': {
    en: 'Your organisation has no country. Choose it.',
    fr: 'Votre organisation n’a pas de pays. Choisissez-le.',
  },
  'mentions.seller_siren': {
    en: 'Your organisation’s SIREN is missing. Enter it.',
    fr: 'Le SIREN de votre organisation manque. Indiquez-le.',
  },
  'mentions.seller_legal_form': {
    en: 'Your organisation’s legal form is not entered. Companies state theirs, sole traders “EI”.',
    fr: 'La forme juridique de votre organisation n’est pas indiquée. Une société indique la sienne, un entrepreneur individuel «\u00a0EI\u00a0».',
  },
  'mentions.seller_share_capital': {
    en: 'A company of the form {form} states its capital. Enter it.',
    fr: 'Une société de forme {form} indique son capital. Indiquez-le.',
  },
  'mentions.seller_register': {
    en: 'A company of the form {form} states its register, such as “RCS Lyon”. Enter it.',
    fr: 'Une société de forme {form} indique son registre, par exemple «\u00a0RCS Lyon\u00a0». Indiquez-le.',
  },
  'mentions.seller_electronic_address': {
    en: 'Your organisation has no electronic address yet: the invoice cannot be sent through a platform.',
    fr: 'Votre organisation n’a pas encore d’adresse électronique\u00a0: la facture ne peut pas passer par une plateforme.',
  },
  'mentions.seller_vat_number': {
    en: 'A supply to another member state names your organisation’s VAT number. Enter it.',
    fr: 'Une livraison intracommunautaire porte le numéro de TVA de votre organisation. Indiquez-le.',
  },
  'mentions.seller_tax_number': {
    en: 'Your organisation has neither a VAT number nor a tax number. Enter one of them.',
    fr: 'Votre organisation n’a ni numéro de TVA ni numéro fiscal. Indiquez l’un des deux.',
  },
  'mentions.buyer_name': {
    en: 'The customer has no name. Enter it on the account.',
    fr: 'Le client n’a pas de nom. Indiquez-le sur le compte.',
  },
  'mentions.buyer_address': {
    en: 'The address of {name} lacks its street or its city. Enter them on the account.',
    fr: 'L’adresse de {name} n’a pas de rue ou de ville. Indiquez-les sur le compte.',
  },
  'mentions.buyer_country': {
    en: 'The address of {name} has no country. Choose it on the account.',
    fr: 'L’adresse de {name} n’a pas de pays. Choisissez-le sur le compte.',
  },
  'mentions.buyer_siren': {
    en: 'The SIREN of {name} is missing: invoices between French companies name it. Enter it on the account.',
    fr: 'Le SIREN de {name} manque\u00a0: une facture entre entreprises françaises le porte. Indiquez-le sur le compte.',
  },
  'mentions.buyer_public_siren': {
    en: '{name} has no SIREN. Public bodies are found by it.',
    fr: '{name} n’a pas de SIREN. Il sert à identifier un organisme public.',
  },
  'mentions.buyer_vat_number': {
    en: 'The VAT number of {name} is missing: no VAT is charged to a business abroad without it. Enter it on the account.',
    fr: 'Le numéro de TVA de {name} manque\u00a0: sans lui, la TVA reste due. Indiquez-le sur le compte.',
  },
  'mentions.buyer_electronic_address': {
    en: '{name} has no electronic address yet: the invoice cannot be sent through a platform.',
    fr: '{name} n’a pas encore d’adresse électronique\u00a0: la facture ne peut pas passer par une plateforme.',
  },
  'mentions.due_date': {
    en: 'It would be due on {due_date}, before its own date, {document_date}. Choose a later due date.',
    fr: 'L’échéance, le {due_date}, précéderait la date de la facture, le {document_date}. Choisissez une échéance ultérieure.',
  },
  'mentions.due_date_past': {
    en: 'It is due on {due_date}, which has passed: it will be overdue at once.',
    fr: 'L’échéance du {due_date} est passée\u00a0: la facture sera aussitôt en retard.',
  },
  'mentions.due_date_cap': {
    en: 'It is due on {due_date}; the law lets French businesses agree on {cap_date} at the latest.',
    fr: 'L’échéance est le {due_date}\u202f; entre entreprises françaises, la loi la limite au {cap_date}.',
  },
  'mentions.delivery_date': {
    en: 'A supply to another member state names the day of delivery. Enter it on the draft.',
    fr: 'Une livraison intracommunautaire porte la date de livraison. Indiquez-la sur le brouillon.',
  },
  'mentions.delivery_country': {
    en: 'A supply to another member state names the country of delivery. Enter the shipping address on the order.',
    fr: 'Une livraison intracommunautaire porte le pays de livraison. Indiquez l’adresse de livraison sur la commande.',
  },
  'mentions.lines': {
    en: 'The draft has no line. Add one, or delete the draft.',
    fr: 'Le brouillon n’a pas de ligne. Ajoutez-en une, ou supprimez le brouillon.',
  },
  'mentions.exemption_text': {
    en: 'A tax without rate does not say why. An admin enters the exemption text of the tax rate in the settings.',
    fr: 'Une taxe à taux nul n’en donne pas le motif. Un administrateur l’indique sur le taux, dans les réglages.',
  },
  'mentions.note_penalties': {
    en: 'The note on penalties for late payment (PMD) is missing. Enter it in the organisation.',
    fr: 'La mention des pénalités de retard (PMD) manque. Indiquez-la dans l’organisation.',
  },
  'mentions.note_indemnity': {
    en: 'The note on the indemnity of €40 for recovery (PMT) is missing. Enter it in the organisation.',
    fr: 'La mention de l’indemnité de recouvrement de 40\u00a0€ (PMT) manque. Indiquez-la dans l’organisation.',
  },
  'mentions.note_discount': {
    en: 'The note on discount for early payment (AAB) is missing. Enter it in the organisation.',
    fr: 'La mention de l’escompte (AAB) manque. Indiquez-la dans l’organisation.',
  },
  'mentions.preceding_invoice': {
    en: 'The credit note names no invoice. Make it from the invoice that it corrects.',
    fr: 'L’avoir ne cite aucune facture. Créez-le depuis la facture qu’il corrige.',
  },
  'mentions.task.seller': { en: 'Your organisation', fr: 'Votre organisation' },
  'mentions.task.seller_tax': { en: 'Your tax numbers', fr: 'Vos numéros fiscaux' },
  'mentions.task.buyer': { en: 'The customer', fr: 'Le client' },
  'mentions.task.dates': { en: 'Dates', fr: 'Dates' },
  'mentions.task.lines': { en: 'Lines', fr: 'Lignes' },
  'mentions.task.taxes': { en: 'Taxes and their reasons', fr: 'Taxes et leurs motifs' },
  'mentions.task.currency': { en: 'Tax in your currency', fr: 'Taxe dans votre devise' },
  'mentions.task.notes': { en: 'Notes the law asks for', fr: 'Mentions légales' },
  'mentions.task.reference': { en: 'The invoice it corrects', fr: 'La facture corrigée' },
  'mentions.done': { en: 'Complete', fr: 'Complet' },
  'mentions.doubtful': { en: 'To check', fr: 'À vérifier' },
  'mentions.missing': { en: 'Missing', fr: 'À compléter' },
  'mentions.mend.organisation': { en: 'Mend in the organisation', fr: 'Compléter l’organisation' },
  'mentions.mend.account': { en: 'Mend on the account', fr: 'Compléter le compte' },
  'mentions.mend.draft': { en: 'Edit the draft', fr: 'Modifier le brouillon' },
  'mentions.mend.tax_rates': { en: 'Tax rates', fr: 'Taux de taxe' },
  'mentions.mend.exchange_rates': { en: 'Exchange rates', fr: 'Cours de change' },
} as const satisfies Sentences
