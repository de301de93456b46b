import type { Sentences } from './sentences.ts'

/** Tax rates, treatments and payment terms. */
export const settings = {
  'settings.title': { en: 'Settings', fr: 'Réglages' },
  'settings.tax_rates.about': {
    en: 'Rates with their validity, their successor and what is printed where none is charged.',
    fr: 'Les taux, leur validité, leur successeur et la mention imprimée en cas d’exonération.',
  },
  'settings.tax_treatments.about': {
    en: 'What an account’s treatment makes of a product’s rate, for goods and for services.',
    fr: 'Ce que le régime d’un compte fait du taux d’un produit, pour les biens et pour les services.',
  },
  'settings.payment_terms.about': {
    en: 'When invoices fall due, and the text printed on them.',
    fr: 'Quand les factures arrivent à échéance, et le texte imprimé.',
  },
  'settings.organisations.about': {
    en: 'The companies that sell: address, identifiers, bank details, logo, presets.',
    fr: 'Les sociétés qui vendent\u00a0: adresse, identifiants, banque, logo, valeurs par défaut.',
  },
  'settings.users.about': {
    en: 'Who may sign in, as what, and in which organisations.',
    fr: 'Qui peut se connecter, à quel titre et dans quelles organisations.',
  },

  'tax_rates.title': { en: 'Tax rates', fr: 'Taux de taxe' },
  'tax_rates.new': { en: 'New tax rate', fr: 'Nouveau taux' },
  'tax_rates.create': { en: 'Create tax rate', fr: 'Créer le taux' },
  'tax_rates.save': { en: 'Save tax rate', fr: 'Enregistrer le taux' },
  'tax_rates.edit': { en: 'Edit {name}', fr: 'Modifier {name}' },
  'tax_rates.count': {
    en: '{count, plural, one {# rate} other {# rates}}',
    fr: '{count, plural, one {# taux} other {# taux}}',
  },
  'tax_rates.empty': {
    en: 'Tax rates are what products and lines are taxed at. Make the standard rate of your country first.',
    fr: 'Les produits et les lignes sont taxés à ces taux. Créez d’abord le taux normal de votre pays.',
  },
  'tax_rates.no_match': { en: 'No rate is archived.', fr: 'Aucun taux n’est archivé.' },
  'tax_rates.category': { en: 'Category', fr: 'Catégorie' },
  'tax_rates.category.hint': {
    en: 'Of electronic invoices (EN 16931): it says why a rate is what it is.',
    fr: 'Des factures électroniques (EN 16931)\u00a0: elle dit pourquoi le taux est ce qu’il est.',
  },
  'tax_rates.category.S': { en: 'S: standard or reduced rate', fr: 'S\u00a0: taux normal ou réduit' },
  'tax_rates.category.Z': { en: 'Z: zero rate', fr: 'Z\u00a0: taux zéro' },
  'tax_rates.category.E': { en: 'E: exempt', fr: 'E\u00a0: exonéré' },
  'tax_rates.category.AE': { en: 'AE: reverse charge', fr: 'AE\u00a0: autoliquidation' },
  'tax_rates.category.K': { en: 'K: intra-community supply', fr: 'K\u00a0: livraison intracommunautaire' },
  'tax_rates.category.G': { en: 'G: export outside the EU', fr: 'G\u00a0: exportation hors UE' },
  'tax_rates.category.O': { en: 'O: outside the scope of VAT', fr: 'O\u00a0: hors du champ de la TVA' },
  'tax_rates.rate': { en: 'Rate', fr: 'Taux' },
  'tax_rates.rate.hint': {
    en: 'In per cent; zero in every category but S.',
    fr: 'En pour cent\u202f; zéro dans toutes les catégories sauf S.',
  },
  'tax_rates.rate.standard': {
    en: 'Enter a rate above 0 and up to 100, such as 20: category S needs one. For zero choose Z.',
    fr: 'Saisissez un taux supérieur à 0 et d’au plus 100, par exemple 20\u00a0: la catégorie S en exige un. Pour zéro, choisissez Z.',
  },
  'tax_rates.rate.zero': {
    en: 'Enter 0 or leave this empty: category {category} charges no tax.',
    fr: 'Saisissez 0 ou laissez vide\u00a0: la catégorie {category} ne porte pas de taxe.',
  },
  'tax_rates.exemption_text': { en: 'Exemption text', fr: 'Mention d’exonération' },
  'tax_rates.exemption_text.hint': {
    en: 'Printed on documents. Needed in the categories E, AE, K, G and O; empty in S and Z.',
    fr: 'Imprimée sur les documents. Nécessaire dans les catégories E, AE, K, G et O\u202f; vide en S et Z.',
  },
  'tax_rates.exemption_text.missing': {
    en: 'Enter why no tax is charged, such as “Reverse charge”: category {category} needs it.',
    fr: 'Indiquez pourquoi aucune taxe n’est due, par exemple «\u00a0Autoliquidation\u00a0»\u00a0: la catégorie {category} l’exige.',
  },
  'tax_rates.exemption_text.surplus': {
    en: 'Empty the exemption text and its code: category {category} is not exempt.',
    fr: 'Videz la mention et son code\u00a0: la catégorie {category} n’est pas exonérée.',
  },
  'tax_rates.exemption_code': { en: 'VATEX code', fr: 'Code VATEX' },
  'tax_rates.exemption_code.hint': {
    en: 'The reason for electronic invoices. Left empty: VATEX-EU-AE, -IC, -G or -O for AE, K, G and O; in category E such as VATEX-EU-132.',
    fr: 'Le motif pour les factures électroniques. Si vide\u00a0: VATEX-EU-AE, -IC, -G ou -O pour AE, K, G et O\u202f; en catégorie E par exemple VATEX-EU-132 ou VATEX-FR-FRANCHISE.',
  },
  'tax_rates.exemption_code.wrong': {
    en: 'Enter a code such as VATEX-EU-132: “{typed}” is none.',
    fr: 'Saisissez un code tel que VATEX-EU-132\u00a0: «\u00a0{typed}\u00a0» n’en est pas un.',
  },
  'tax_rates.exemption_code.other_category': {
    en: 'Choose another code, or category {category}: {code} belongs to that one.',
    fr: 'Choisissez un autre code, ou la catégorie {category}\u00a0: {code} lui appartient.',
  },
  'tax_rates.valid_from': { en: 'First day', fr: 'Premier jour' },
  'tax_rates.valid_to': { en: 'Last day', fr: 'Dernier jour' },
  'tax_rates.validity': { en: 'Valid', fr: 'Validité' },
  'tax_rates.validity.hint': {
    en: 'Empty: no limit. A document takes the rate of its date: an ended one is replaced by its successor.',
    fr: 'Vide\u00a0: sans limite. Un document prend le taux de sa date\u00a0: un taux terminé est remplacé par son successeur.',
  },
  'tax_rates.valid_to.before': {
    en: 'The last day is before the first, {valid_from_date}. Choose a later one or leave it empty.',
    fr: 'Le dernier jour précède le premier, le {valid_from_date}. Choisissez un jour ultérieur ou laissez vide.',
  },
  'tax_rates.from_to': { en: '{from_date} to {to_date}', fr: 'du {from_date} au {to_date}' },
  'tax_rates.from': { en: 'from {from_date}', fr: 'à partir du {from_date}' },
  'tax_rates.to': { en: 'until {to_date}', fr: 'jusqu’au {to_date}' },
  'tax_rates.ended': { en: 'Ended', fr: 'Terminé' },
  'tax_rates.successor': { en: 'Successor', fr: 'Successeur' },
  'tax_rates.successor.none': { en: 'none', fr: 'aucun' },
  'tax_rates.successor.unknown': {
    en: 'Choose a successor that exists.',
    fr: 'Choisissez un successeur existant.',
  },
  'tax_rates.successor.no_end': {
    en: 'Enter the last day of this rate: only then does the successor take over.',
    fr: 'Indiquez le dernier jour de ce taux\u00a0: ce n’est qu’ensuite que le successeur prend la suite.',
  },
  'tax_rates.successor.gap': {
    en: '{name} begins on {from_date} only: between the two there would be days without a rate. Change one of the days.',
    fr: '{name} ne commence que le {from_date}\u00a0: des jours resteraient sans taux entre les deux. Modifiez l’une des dates.',
  },
  'tax_rates.successor.ended': {
    en: 'Choose a successor that goes on after {to_date}: {name} ends before.',
    fr: 'Choisissez un successeur valable après le {to_date}\u00a0: {name} se termine avant.',
  },
  'tax_rates.successor.circle': {
    en: 'Choose another successor: {name} leads back to this rate.',
    fr: 'Choisissez un autre successeur\u00a0: {name} ramène à ce taux.',
  },
  'tax_rates.used': {
    en: 'Documents use this rate: its figure and category stay. When the law changes, enter its last day and name a new rate as its successor.',
    fr: 'Des documents utilisent ce taux\u00a0: sa valeur et sa catégorie restent. Quand la loi change, indiquez son dernier jour et nommez un nouveau taux comme successeur.',
  },
  'tax_rates.archive.products': {
    en: '{count, plural, one {One product has} other {# products have}} this rate: give {count, plural, one {it} other {them}} another one first.',
    fr: '{count, plural, one {Un produit porte} other {# produits portent}} ce taux\u00a0: donnez-{count, plural, one {lui} other {leur}} d’abord un autre taux.',
  },
  'tax_rates.archive.organisations': {
    en: '{count, plural, one {An organisation presets} other {# organisations preset}} this rate: change that first.',
    fr: '{count, plural, one {Une organisation propose} other {# organisations proposent}} ce taux par défaut\u00a0: changez-le d’abord.',
  },
  'tax_rates.archive.treatments': {
    en: 'Tax treatments lead to this rate: change that first.',
    fr: 'Des régimes de taxe mènent à ce taux\u00a0: changez-les d’abord.',
  },

  'tax_treatments.title': { en: 'Tax treatments', fr: 'Régimes de taxe' },
  'tax_treatments.save': { en: 'Save treatments', fr: 'Enregistrer les régimes' },
  'tax_treatments.saved': {
    en: 'The tax treatments are saved.',
    fr: 'Les régimes de taxe sont enregistrés.',
  },
  'tax_treatments.sentence': {
    en: 'Domestic and private accounts pay a product’s own rate. For the others choose what applies instead. Orders keep what they have; new lines follow.',
    fr: 'Les comptes nationaux et les particuliers paient le taux du produit. Pour les autres, choisissez celui qui s’applique. Les commandes gardent le leur\u202f; les nouvelles lignes suivent.',
  },
  'tax_treatments.own': { en: 'The product’s own rate', fr: 'Le taux du produit' },
  'tax_treatments.eu_business': { en: 'EU business', fr: 'Entreprise de l’UE' },
  'tax_treatments.export': { en: 'Export', fr: 'Exportation' },
  'tax_treatments.exempt': { en: 'Exempt', fr: 'Exonéré' },
  'tax_treatments.goods': { en: 'Goods', fr: 'Biens' },
  'tax_treatments.service': { en: 'Services', fr: 'Services' },
  'tax_treatments.eu_goods.hint': {
    en: 'Usually the intra-community supply (K).',
    fr: 'En général la livraison intracommunautaire (K).',
  },
  'tax_treatments.eu_service.hint': {
    en: 'Usually the reverse charge (AE).',
    fr: 'En général l’autoliquidation (AE).',
  },

  'payment_terms.title': { en: 'Payment terms', fr: 'Conditions de paiement' },
  'payment_terms.new': { en: 'New payment term', fr: 'Nouvelle condition' },
  'payment_terms.create': { en: 'Create payment term', fr: 'Créer la condition' },
  'payment_terms.save': { en: 'Save payment term', fr: 'Enregistrer la condition' },
  'payment_terms.edit': { en: 'Edit {name}', fr: 'Modifier {name}' },
  'payment_terms.count': {
    en: '{count, plural, one {# term} other {# terms}}',
    fr: '{count, plural, one {# condition} other {# conditions}}',
  },
  'payment_terms.empty': {
    en: 'A payment term says when an invoice falls due. Make the one you grant most.',
    fr: 'Une condition de paiement dit quand une facture arrive à échéance. Créez la plus courante.',
  },
  'payment_terms.no_match': { en: 'No term is archived.', fr: 'Aucune condition n’est archivée.' },
  'payment_terms.rule': { en: 'Rule', fr: 'Règle' },
  'payment_terms.days': { en: 'Days', fr: 'Jours' },
  'payment_terms.days.missing': {
    en: 'Enter the days as a whole number, 0 for payment on receipt.',
    fr: 'Saisissez le nombre de jours, 0 pour un paiement à réception.',
  },
  'payment_terms.end_of_month': { en: 'End of month', fr: 'Fin de mois' },
  'payment_terms.end_of_month.none': { en: 'No', fr: 'Non' },
  'payment_terms.end_of_month.after': {
    en: 'Add the days, then go to the end of that month',
    fr: 'Ajouter les jours, puis aller à la fin de ce mois',
  },
  'payment_terms.end_of_month.before': {
    en: 'Go to the end of the month, then add the days',
    fr: 'Aller à la fin du mois, puis ajouter les jours',
  },
  'payment_terms.day_of_month': { en: 'Then the next', fr: 'Puis le prochain' },
  'payment_terms.day_of_month.hint': {
    en: 'A day of the month, 1 to 31, that day included; the last one in shorter months. Empty: none.',
    fr: 'Un jour du mois, de 1 à 31, ce jour compris\u202f; le dernier des mois plus courts. Vide\u00a0: aucun.',
  },
  'payment_terms.text_en': { en: 'Text printed in English', fr: 'Texte imprimé en anglais' },
  'payment_terms.text_fr': { en: 'Text printed in French', fr: 'Texte imprimé en français' },
  'payment_terms.text.hint': {
    en: 'In the customer’s language. Empty: the term’s name.',
    fr: 'Dans la langue du client. Vide\u00a0: le nom de la condition.',
  },
  'payment_terms.printed': { en: 'Printed', fr: 'Imprimé' },
  'payment_terms.example': {
    en: 'An invoice of today, {document_date}, falls due on {due_date}.',
    fr: 'Une facture d’aujourd’hui, le {document_date}, arrive à échéance le {due_date}.',
  },
  'payment_terms.example.title': { en: 'Example', fr: 'Exemple' },
  'payment_terms.example.wrong': {
    en: 'The example appears once the days are whole numbers.',
    fr: 'L’exemple apparaît dès que les jours sont des nombres entiers.',
  },
  'payment_terms.recalculate': { en: 'Recalculate example', fr: 'Recalculer l’exemple' },
  'payment_terms.cap': {
    en: 'Between companies in France the law allows at most 60 days from the invoice, or 45 days end of month (Code de commerce, L441-10). This term can exceed that; customers abroad or a branch agreement may justify it.',
    fr: 'Entre entreprises en France, la loi admet au plus 60 jours après la facture, ou 45 jours fin de mois (Code de commerce, art. L441-10). Cette condition peut les dépasser\u202f; un client étranger ou un accord de branche peut le justifier.',
  },
  'payment_terms.cap.short': { en: 'Above the legal cap', fr: 'Au-delà du plafond légal' },
  'payment_terms.rule.none': {
    en: '{days, plural, =0 {on receipt} one {# day} other {# days}}',
    fr: '{days, plural, =0 {à réception} one {# jour} other {# jours}}',
  },
  'payment_terms.rule.after': {
    en: '{days, plural, =0 {end of month} one {# day, end of month} other {# days, end of month}}',
    fr: '{days, plural, =0 {fin de mois} one {# jour fin de mois} other {# jours fin de mois}}',
  },
  'payment_terms.rule.before': {
    en: '{days, plural, =0 {end of month} one {end of month plus # day} other {end of month plus # days}}',
    fr: '{days, plural, =0 {fin de mois} one {fin de mois plus # jour} other {fin de mois plus # jours}}',
  },
  'payment_terms.rule.on_day': { en: '{rule}, then the next {day}', fr: '{rule}, puis le prochain {day}' },
  'payment_terms.archive.organisations': {
    en: '{count, plural, one {An organisation presets} other {# organisations preset}} this term: change that first.',
    fr: '{count, plural, one {Une organisation propose} other {# organisations proposent}} cette condition par défaut\u00a0: changez-la d’abord.',
  },
} as const satisfies Sentences
