import type { Supply } from '../../src/lib/vocabulary.ts'

export type SupplierSpec = {
  code: string
  name: string
  contact: string
  title: string
  street: string
  postal_code: string
  city: string
  country: string
  language: string
}

export const suppliers: readonly SupplierSpec[] = [
  supplier(
    'ALPES-FILTR',
    'Alpes Filtration',
    'Vincent Jourdan',
    'Technico-commercial',
    '17 rue de la Chimie',
    '38800',
    'Le Pont-de-Claix',
  ),
  supplier(
    'BUROPLUS',
    'Bureau Plus Rhône',
    'Céline Aubert',
    'Service clients',
    '210 route de Genas',
    '69500',
    'Bron',
  ),
  supplier(
    'CHAUFFEX',
    'Chauffex Distribution',
    'Rémi Poncet',
    'Agence de Lyon',
    '5 rue du Dauphiné',
    '69800',
    'Saint-Priest',
  ),
  supplier(
    'EAUCLAIRE',
    'Eau Claire Sanitaire',
    'Monique Fabre',
    'Ventes',
    '42 avenue Jean-Jaurès',
    '42100',
    'Saint-Étienne',
  ),
  supplier(
    'HYGIPRO',
    'Hygipro',
    'Alexandre Nuñez',
    'Grands comptes',
    '9 rue des Lilas',
    '69120',
    'Vaulx-en-Velin',
  ),
  supplier(
    'LUMIBAT',
    'Lumibat Éclairage',
    'Anaïs Thévenet',
    'Chargée d’affaires',
    '33 rue Édison',
    '63100',
    'Clermont-Ferrand',
  ),
  supplier(
    'QUINCAIL',
    'Quincaillerie Générale du Forez',
    'Bruno Massard',
    'Comptoir',
    '11 place Carnot',
    '42600',
    'Montbrison',
  ),
  supplier(
    'SECURIS',
    'Sécuris Équipements',
    'Leïla Haddad',
    'Ventes',
    '60 rue de Bourgogne',
    '69009',
    'Lyon',
  ),
  supplier(
    'TORREF',
    'Torréfaction des Traboules',
    'Mathilde Gros',
    'Commandes',
    '14 montée du Gourguillon',
    '69005',
    'Lyon',
  ),
  supplier(
    'KLIMAT',
    'Klimatechnik Oberrhein GmbH',
    'Jürgen Scholl',
    'Vertrieb',
    'Industriestraße 41',
    '77652',
    'Offenburg',
    'DE',
    'de-DE',
  ),
  supplier(
    'VALVOLE',
    'Valvole Padane S.p.A.',
    'Giulia Conti',
    'Ufficio vendite',
    'Via Emilia 305',
    '41126',
    'Modena',
    'IT',
    'it-IT',
  ),
  supplier(
    'WERKGOED',
    'Werkgoed Textiel B.V.',
    'Sanne de Boer',
    'Verkoop',
    'Spinnerijstraat 8',
    '7511 AA',
    'Enschede',
    'NL',
    'nl-NL',
  ),
]

function supplier(
  code: string,
  name: string,
  contact: string,
  title: string,
  street: string,
  postal_code: string,
  city: string,
  country = 'FR',
  language = 'fr-FR',
): SupplierSpec {
  return { code, name, contact, title, street, postal_code, city, country, language }
}

export type ProductSpec = {
  code: string
  name: string
  kind: Supply
  unit: string
  price: string
  /** Of a tax rate. */
  rate: 'FR-20' | 'FR-10' | 'FR-5.5' | 'FR-2.1'
  category: string
  /** The preferred one first. */
  suppliers: readonly string[]
  /** Which organisation sells it. */
  of: 'VM' | 'VF'
}

export const products: readonly ProductSpec[] = [
  ...family(
    'VM',
    'service',
    'Entretien',
    [],
    [
      ['ENT-MULTI', 'Entretien multitechnique, forfait mensuel', 'MON', '480', 'FR-20'],
      ['ENT-CLIM', 'Entretien de climatisation, par appareil', 'C62', '92.50', 'FR-20'],
      ['ENT-CHAUD', 'Entretien de chaudière, visite annuelle', 'C62', '185', 'FR-20'],
      ['ENT-CHAUD-HAB', 'Entretien de chaudière, logement de plus de deux ans', 'C62', '148', 'FR-10'],
      ['ENT-ASC', 'Entretien d’ascenseur, par appareil et par mois', 'MON', '165', 'FR-20'],
      ['ENT-PORTE', 'Entretien de porte automatique', 'C62', '74', 'FR-20'],
      ['ENT-VMC', 'Nettoyage de ventilation', 'C62', '58.90', 'FR-20'],
      ['ENT-ESPV', 'Entretien d’espaces verts, passage', 'C62', '210', 'FR-20'],
      ['ENT-VITRE', 'Nettoyage de vitrerie', 'MTK', '1.85', 'FR-20'],
      ['ENT-BUREAU', 'Nettoyage de bureaux', 'HUR', '27.40', 'FR-20'],
    ],
  ),
  ...family(
    'VM',
    'service',
    'Intervention',
    [],
    [
      ['INT-TECH', 'Technicien, heure d’intervention', 'HUR', '62', 'FR-20'],
      ['INT-TECH-HAB', 'Technicien, heure d’intervention, logement', 'HUR', '62', 'FR-10'],
      ['INT-NUIT', 'Technicien, heure de nuit ou de week-end', 'HUR', '118', 'FR-20'],
      ['INT-DEPL', 'Déplacement, zone 1', 'C62', '39', 'FR-20'],
      ['INT-DEPL2', 'Déplacement, zone 2', 'C62', '68', 'FR-20'],
      ['INT-ASTR', 'Astreinte, 24 heures sur 24', 'MON', '240', 'FR-20'],
      ['INT-DIAG', 'Diagnostic technique d’un bâtiment', 'DAY', '690', 'FR-20'],
      ['INT-ISOL', 'Pose d’isolant, rénovation énergétique d’un logement', 'MTK', '34.60', 'FR-5.5'],
    ],
  ),
  ...family(
    'VM',
    'service',
    'Contrôle',
    [],
    [
      ['CTR-ELEC', 'Vérification d’installation électrique', 'DAY', '540', 'FR-20'],
      ['CTR-INC', 'Vérification d’extincteurs, par appareil', 'C62', '8.75', 'FR-20'],
      ['CTR-LEGIO', 'Analyse de légionelles, par point', 'C62', '64', 'FR-20'],
      ['CTR-GTB', 'Supervision à distance du bâtiment', 'MON', '129', 'FR-20'],
      ['CTR-RAPPORT', 'Rapport annuel d’exploitation', 'C62', '450', 'FR-20'],
    ],
  ),
  ...family(
    'VM',
    'service',
    'Formation',
    [],
    [
      ['FOR-INC', 'Formation à l’évacuation, demi-journée', 'C62', '620', 'FR-20'],
      ['FOR-HAB', 'Habilitation électrique, par personne', 'C62', '195', 'FR-20'],
    ],
  ),
  ...family(
    'VM',
    'goods',
    'Pièces',
    ['CHAUFFEX', 'KLIMAT', 'VALVOLE'],
    [
      ['PCE-FILTRE', 'Filtre à air G4, 592 × 592', 'C62', '14.20', 'FR-20'],
      ['PCE-COURR', 'Courroie trapézoïdale', 'C62', '11.80', 'FR-20'],
      ['PCE-VANNE', 'Vanne deux voies DN 25', 'C62', '86', 'FR-20'],
      ['PCE-CIRC', 'Circulateur à haut rendement', 'C62', '412', 'FR-20'],
      ['PCE-GLYCOL', 'Glycol alimentaire', 'LTR', '4.35', 'FR-20'],
      ['PCE-THERM', 'Thermostat d’ambiance connecté', 'C62', '119', 'FR-20'],
    ],
  ),
  ...family(
    'VF',
    'goods',
    'Hygiène',
    ['HYGIPRO', 'EAUCLAIRE'],
    [
      ['HYG-SAVON', 'Savon liquide, bidon de 5 litres', 'C62', '17.90', 'FR-20'],
      ['HYG-ESSUIE', 'Essuie-mains pliés, carton de 3 000', 'XCT', '31.50', 'FR-20'],
      ['HYG-PAPIER', 'Papier toilette, colis de 48 rouleaux', 'XPK', '22.40', 'FR-20'],
      ['HYG-GANTS', 'Gants nitrile, boîte de 100', 'XBX', '8.95', 'FR-20'],
      ['HYG-DESINF', 'Désinfectant de surfaces', 'LTR', '6.20', 'FR-20'],
      ['HYG-SACS', 'Sacs à déchets 110 litres, rouleau', 'XRO', '5.75', 'FR-20'],
      ['HYG-LESSIVE', 'Lessive professionnelle', 'KGM', '3.18', 'FR-20'],
    ],
  ),
  ...family(
    'VF',
    'goods',
    'Accueil',
    ['TORREF', 'BUROPLUS'],
    [
      ['ACC-CAFE', 'Café en grains des Traboules', 'KGM', '16.80', 'FR-5.5'],
      ['ACC-THE', 'Thé vert, boîte de 100 sachets', 'XBX', '9.40', 'FR-5.5'],
      ['ACC-EAU', 'Eau de source, fontaine de 18 litres', 'C62', '6.90', 'FR-5.5'],
      ['ACC-SUCRE', 'Sucre en bûchettes', 'KGM', '4.15', 'FR-5.5'],
      ['ACC-PLATEAU', 'Plateau-repas, livré', 'C62', '18.50', 'FR-10'],
      ['ACC-REVUE', 'La Revue du bâtiment, abonnement', 'ANN', '84', 'FR-2.1'],
    ],
  ),
  ...family(
    'VF',
    'goods',
    'Éclairage',
    ['LUMIBAT', 'QUINCAIL'],
    [
      ['ECL-DALLE', 'Dalle LED 600 × 600, 36 W', 'C62', '38.90', 'FR-20'],
      ['ECL-TUBE', 'Tube LED 1 500 mm', 'C62', '12.60', 'FR-20'],
      ['ECL-SECOURS', 'Bloc de secours', 'C62', '46', 'FR-20'],
      ['ECL-CABLE', 'Câble électrique 3 × 2,5 mm²', 'MTR', '1.24', 'FR-20'],
    ],
  ),
  ...family(
    'VF',
    'goods',
    'Sécurité',
    ['SECURIS', 'WERKGOED'],
    [
      ['SEC-EXTINCT', 'Extincteur à eau pulvérisée, 6 litres', 'C62', '69', 'FR-20'],
      ['SEC-CASQUE', 'Casque de chantier', 'C62', '15.30', 'FR-20'],
      ['SEC-CHAUSS', 'Chaussures de sécurité', 'PR', '54.90', 'FR-20'],
      ['SEC-GILET', 'Gilet haute visibilité', 'C62', '7.10', 'FR-20'],
      ['SEC-TROUSSE', 'Trousse de premiers secours', 'C62', '42.50', 'FR-20'],
    ],
  ),
  ...family(
    'VF',
    'service',
    'Location',
    [],
    [
      ['LOC-NACELLE', 'Location de nacelle élévatrice', 'DAY', '165', 'FR-20'],
      ['LOC-ECHAF', 'Location d’échafaudage roulant', 'WEE', '98', 'FR-20'],
      ['LOC-FONT', 'Location de fontaine à eau', 'MON', '24.90', 'FR-20'],
      ['LOC-TAPIS', 'Location et échange de tapis', 'MON', '31', 'FR-20'],
      ['LOC-VETEM', 'Location et lavage de vêtements de travail, par personne', 'MON', '18.40', 'FR-20'],
      ['LOC-CAFE', 'Location de machine à café', 'MON', '45', 'FR-20'],
      ['LIV-STD', 'Livraison', 'C62', '12', 'FR-20'],
    ],
  ),
]

type ProductRow = readonly [
  code: string,
  name: string,
  unit: string,
  price: string,
  rate: ProductSpec['rate'],
]

function family(
  of: ProductSpec['of'],
  kind: Supply,
  category: string,
  suppliers: readonly string[],
  rows: readonly ProductRow[],
): ProductSpec[] {
  return rows.map(([code, name, unit, price, rate]) => ({
    code,
    name,
    kind,
    unit,
    price,
    rate,
    category,
    suppliers,
    of,
  }))
}
