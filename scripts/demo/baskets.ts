import type { Frequency } from '../../src/lib/vocabulary.ts'

/** The languages in which the demo words its subjects; any other customer reads English. */
export type Wording = { fr: string; en: string; de?: string }

export type BasketLine =
  | { section: Wording }
  | { comment: Wording }
  | { product: string; least: number; most: number; discount?: string }
  | { text: Wording; quantity: string; price: string }

/** What is ordered together; `of` is the organisation that sells it. */
export type Basket = {
  of: 'VM' | 'VF'
  subject: Wording
  lines: readonly BasketLine[]
  /** For the baskets that recur: how their invoices are called, and how often they come. */
  invoice?: Wording
  every?: readonly Frequency[]
  /** For whom alone it makes sense. */
  for?: 'home' | 'business'
}

const item = (product: string, least: number, most = least, discount?: string): BasketLine =>
  discount === undefined ? { product, least, most } : { product, least, most, discount }
const section = (fr: string, en: string): BasketLine => ({ section: { fr, en } })
const comment = (fr: string, en: string): BasketLine => ({ comment: { fr, en } })

export const oneOffBaskets: readonly Basket[] = [
  {
    of: 'VM',
    subject: { fr: 'Remplacement des filtres à air', en: 'Replacement of air filters' },
    lines: [item('PCE-FILTRE', 6, 48, '5'), item('INT-TECH', 3, 9), item('INT-DEPL', 1)],
    for: 'business',
  },
  {
    of: 'VM',
    subject: { fr: 'Remise en service de la chaufferie', en: 'Boiler room back into service' },
    lines: [
      section('Fournitures', 'Parts'),
      item('PCE-CIRC', 1, 2),
      item('PCE-VANNE', 2, 6),
      item('PCE-GLYCOL', 20, 80),
      section('Main-d’œuvre', 'Labour'),
      item('INT-TECH', 6, 16),
      item('INT-DEPL2', 1, 2),
      comment('Essais et mise en service compris.', 'Tests and commissioning included.'),
    ],
    for: 'business',
  },
  {
    of: 'VM',
    subject: {
      fr: 'Vérification annuelle des installations électriques',
      en: 'Annual inspection of electrical installations',
    },
    lines: [item('CTR-ELEC', 1, 3), item('CTR-RAPPORT', 1), item('INT-DEPL', 1)],
    for: 'business',
  },
  {
    of: 'VM',
    subject: { fr: 'Formation du personnel à l’évacuation', en: 'Evacuation training for staff' },
    lines: [item('FOR-INC', 1, 2), item('FOR-HAB', 2, 8, '10')],
    for: 'business',
  },
  {
    of: 'VM',
    subject: { fr: 'Dépannage de la climatisation', en: 'Repair of the air conditioning' },
    lines: [item('INT-TECH', 2, 6), item('INT-NUIT', 1, 3), item('PCE-COURR', 1, 4), item('INT-DEPL', 1)],
    for: 'business',
  },
  {
    of: 'VM',
    subject: { fr: 'Analyses de légionelles', en: 'Legionella analyses' },
    lines: [item('CTR-LEGIO', 4, 22, '7.5'), item('INT-DEPL', 1)],
    for: 'business',
  },
  {
    of: 'VM',
    subject: { fr: 'Isolation des combles', en: 'Loft insulation' },
    lines: [
      item('INT-ISOL', 60, 130),
      { text: { fr: 'Évacuation des gravats', en: 'Removal of rubble' }, quantity: '1', price: '180' },
      item('INT-DEPL', 1),
    ],
    for: 'home',
  },
  {
    of: 'VM',
    subject: { fr: 'Entretien de la chaudière', en: 'Boiler servicing' },
    lines: [item('ENT-CHAUD-HAB', 1), item('INT-TECH-HAB', 1, 2)],
    for: 'home',
  },
  {
    of: 'VF',
    subject: { fr: 'Réassort de produits d’hygiène', en: 'Hygiene products, restocking' },
    lines: [
      item('HYG-SAVON', 4, 24),
      item('HYG-ESSUIE', 3, 20),
      item('HYG-PAPIER', 5, 30, '4'),
      item('HYG-DESINF', 10, 60),
      item('LIV-STD', 1),
    ],
    for: 'business',
  },
  {
    of: 'VF',
    subject: { fr: 'Passage à l’éclairage LED', en: 'Change to LED lighting' },
    lines: [
      section('Bureaux', 'Offices'),
      item('ECL-DALLE', 12, 80, '12'),
      section('Circulations', 'Corridors'),
      item('ECL-TUBE', 20, 120, '12'),
      item('ECL-SECOURS', 4, 18),
      item('ECL-CABLE', 100, 400),
    ],
    for: 'business',
  },
  {
    of: 'VF',
    subject: { fr: 'Équipements de protection', en: 'Protective equipment' },
    lines: [
      item('SEC-CHAUSS', 4, 30),
      item('SEC-CASQUE', 4, 30),
      item('SEC-GILET', 10, 60),
      item('HYG-GANTS', 10, 40),
    ],
    for: 'business',
  },
  {
    of: 'VF',
    subject: { fr: 'Accueil du séminaire', en: 'Catering for the seminar' },
    lines: [
      item('ACC-PLATEAU', 12, 60),
      item('ACC-CAFE', 2, 6),
      item('ACC-THE', 1, 4),
      item('ACC-EAU', 4, 12),
      item('LIV-STD', 1),
    ],
    for: 'business',
  },
  {
    of: 'VF',
    subject: { fr: 'Extincteurs et premiers secours', en: 'Fire extinguishers and first aid' },
    lines: [item('SEC-EXTINCT', 3, 25), item('SEC-TROUSSE', 1, 8), item('LIV-STD', 1)],
    for: 'business',
  },
]

export const recurringBaskets: readonly Basket[] = [
  {
    of: 'VM',
    subject: {
      fr: 'Contrat d’entretien multitechnique',
      en: 'Building maintenance contract',
      de: 'Wartungsvertrag Gebäudetechnik',
    },
    invoice: {
      fr: 'Entretien multitechnique – {MMM} {YYYY}',
      en: 'Building maintenance, {MMM} {YYYY}',
      de: 'Wartung Gebäudetechnik {MMM} {YYYY}',
    },
    every: ['monthly', 'quarterly'],
    lines: [item('ENT-MULTI', 1, 3), item('INT-ASTR', 1), item('CTR-GTB', 1, 2)],
  },
  {
    of: 'VM',
    subject: { fr: 'Nettoyage des bureaux', en: 'Office cleaning', de: 'Büroreinigung' },
    invoice: {
      fr: 'Nettoyage des bureaux – {MMM} {YYYY}',
      en: 'Office cleaning, {MMM} {YYYY}',
      de: 'Büroreinigung {MMM} {YYYY}',
    },
    every: ['monthly'],
    lines: [item('ENT-BUREAU', 22, 130, '3'), item('ENT-VITRE', 40, 180)],
  },
  {
    of: 'VM',
    subject: { fr: 'Entretien des ascenseurs', en: 'Lift maintenance', de: 'Wartung der Aufzüge' },
    invoice: {
      fr: 'Ascenseurs – T{Q} {YYYY}',
      en: 'Lifts, Q{Q} {YYYY}',
      de: 'Aufzüge Q{Q} {YYYY}',
    },
    every: ['quarterly', 'monthly'],
    lines: [item('ENT-ASC', 3, 12), item('ENT-PORTE', 1, 4)],
  },
  {
    of: 'VM',
    subject: {
      fr: 'Vérification des extincteurs',
      en: 'Inspection of fire extinguishers',
      de: 'Prüfung der Feuerlöscher',
    },
    invoice: {
      fr: 'Vérification des extincteurs {YYYY}',
      en: 'Fire extinguishers {YYYY}',
      de: 'Feuerlöscher {YYYY}',
    },
    every: ['annual', 'semiannual'],
    lines: [item('CTR-INC', 18, 90), item('INT-DEPL', 1)],
  },
  {
    of: 'VM',
    subject: {
      fr: 'Entretien des climatisations',
      en: 'Air conditioning maintenance',
      de: 'Wartung der Klimaanlagen',
    },
    invoice: {
      fr: 'Climatisation – {MM}/{YYYY}',
      en: 'Air conditioning, {MM}/{YYYY}',
      de: 'Klimaanlagen {MM}/{YYYY}',
    },
    every: ['semiannual', 'quarterly', 'annual'],
    lines: [item('ENT-CLIM', 3, 18), item('PCE-FILTRE', 3, 18), item('INT-DEPL', 1)],
  },
  {
    of: 'VF',
    subject: {
      fr: 'Location de fontaines à eau',
      en: 'Water dispensers, rental',
      de: 'Miete Wasserspender',
    },
    invoice: {
      fr: 'Fontaines à eau – {MMM} {YYYY}',
      en: 'Water dispensers, {MMM} {YYYY}',
      de: 'Wasserspender {MMM} {YYYY}',
    },
    every: ['monthly', 'quarterly'],
    lines: [item('LOC-FONT', 1, 8), item('ACC-EAU', 4, 40)],
  },
  {
    of: 'VF',
    subject: {
      fr: 'Vêtements de travail, location et lavage',
      en: 'Workwear, rental and laundry',
      de: 'Arbeitskleidung, Miete und Reinigung',
    },
    invoice: {
      fr: 'Vêtements de travail – {MMM} {YY}',
      en: 'Workwear, {MMM} {YY}',
      de: 'Arbeitskleidung {MMM} {YY}',
    },
    every: ['monthly'],
    lines: [item('LOC-VETEM', 6, 45), item('LOC-TAPIS', 1, 6)],
  },
  {
    of: 'VF',
    subject: {
      fr: 'Café et accueil, livraison hebdomadaire',
      en: 'Coffee and refreshments, weekly delivery',
      de: 'Kaffee, wöchentliche Lieferung',
    },
    invoice: {
      fr: 'Livraison du {DD}/{MM}/{YYYY}',
      en: 'Delivery of {DD}/{MM}/{YYYY}',
      de: 'Lieferung vom {DD}.{MM}.{YYYY}',
    },
    every: ['weekly', 'daily'],
    lines: [item('ACC-CAFE', 1, 5), item('ACC-SUCRE', 1, 3), item('ACC-THE', 1, 3)],
  },
  {
    of: 'VF',
    subject: {
      fr: 'Machines à café, location',
      en: 'Coffee machines, rental',
      de: 'Miete Kaffeemaschinen',
    },
    invoice: {
      fr: 'Machines à café – {MMM} {YYYY}',
      en: 'Coffee machines, {MMM} {YYYY} {lang_en_gb}',
      de: 'Kaffeemaschinen {MMM} {YYYY}',
    },
    every: ['monthly', 'quarterly'],
    lines: [item('LOC-CAFE', 1, 4), item('ACC-CAFE', 3, 12)],
  },
  {
    of: 'VF',
    subject: {
      fr: 'Abonnement à La Revue du bâtiment',
      en: 'Subscription to La Revue du bâtiment',
      de: 'Abonnement La Revue du bâtiment',
    },
    invoice: {
      fr: 'Abonnement {YYYY}',
      en: 'Subscription {YYYY}',
      de: 'Abonnement {YYYY}',
    },
    every: ['annual'],
    lines: [item('ACC-REVUE', 1, 6)],
  },
]
