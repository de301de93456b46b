/** What columns of a bank's file may hold. An amount stands in one column with its sign, or in one for each side. */
export const statementRoles = [
  'date',
  'amount',
  'debit',
  'credit',
  'label',
  'reference',
  'counterparty',
  'iban',
] as const

export type StatementRole = (typeof statementRoles)[number]

/** The column of each role, by its place in the file; a role that no column has is not there. */
export type StatementColumns = Readonly<Partial<Record<StatementRole, number>>>

/**
 * Which column is which, by what English and French banks call them; what is known of each, also where it is not enough to read the file.
 *
 *     Date opération; Libellé; Débit euros; Crédit euros      date label debit credit
 *     Booking date, Description, Amount (EUR), Payer, IBAN    date label amount counterparty iban
 */
export function recogniseColumns(head: readonly string[]): StatementColumns {
  const names = head.map(plainName)
  const found: Partial<Record<StatementRole, number>> = {}
  const taken = new Set<number>()
  for (const role of statementRoles) {
    // The first word of the list that the file has: an operation's date comes before its value's.
    const at = words[role]
      .map((word) => names.indexOf(word))
      .find((place) => place !== -1 && !taken.has(place))
    if (at === undefined) continue
    found[role] = at
    taken.add(at)
  }
  return found
}

/** What a file cannot be read without. */
export function lackingRoles(columns: StatementColumns): StatementRole[] {
  const { date, amount, debit, credit, label, reference, counterparty } = columns
  return [
    ...(date === undefined ? (['date'] as const) : []),
    ...(amount === undefined && credit === undefined && debit === undefined ? (['amount'] as const) : []),
    ...(label === undefined && reference === undefined && counterparty === undefined
      ? (['label'] as const)
      : []),
  ]
}

/** Letters alone, without accents, brackets and currencies: "Débit (EUR)" and "Débit euros" are debit, "Débiteur" is not. */
function plainName(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\([^)]*\)|\[[^\]]*\]/g, ' ')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && !currencyWords.has(word) && !smallWords.has(word))
    .join('')
}

const currencyWords = new Set(['eur', 'euro', 'euros', 'gbp', 'usd', 'chf'])
const smallWords = new Set(['d', 'de', 'du', 'des', 'l', 'la', 'le', 'en', 'of', 'the', 'no', 'n'])

const words: Readonly<Record<StatementRole, readonly string[]>> = {
  date: [
    'dateoperation',
    'datecomptable',
    'datecomptabilisation',
    'dateecriture',
    'bookingdate',
    'bookeddate',
    'transactiondate',
    'operationdate',
    'posteddate',
    'completeddate',
    'date',
    'datevaleur',
    'valuedate',
  ],
  amount: [
    'montant',
    'amount',
    'montantoperation',
    'montanttransaction',
    'transactionamount',
    'somme',
    'sum',
  ],
  debit: [
    'debit',
    'montantdebit',
    'debitamount',
    'paidout',
    'moneyout',
    'withdrawal',
    'withdrawals',
    'sortie',
  ],
  credit: ['credit', 'montantcredit', 'creditamount', 'paidin', 'moneyin', 'deposit', 'deposits', 'entree'],
  label: [
    'libelle',
    'libelleoperation',
    'libellecomplet',
    'libellesimplifie',
    'label',
    'description',
    'details',
    'detail',
    'designation',
    'narrative',
    'wording',
    'memo',
    'motif',
    'communication',
    'paymentdetails',
    'remittanceinformation',
    'transactiondescription',
    'operation',
    'nature',
    'text',
  ],
  reference: [
    'reference',
    'referenceoperation',
    'referenceclient',
    'ref',
    'paymentreference',
    'transactionreference',
    'endtoendid',
    'informationscomplementaires',
    'numerooperation',
    'numerocheque',
    'chequenumber',
  ],
  counterparty: [
    'contrepartie',
    'nomcontrepartie',
    'counterparty',
    'counterpartyname',
    'partnername',
    'tiers',
    'nomtiers',
    'donneurordre',
    'emetteur',
    'nomemetteur',
    'debiteur',
    'debtor',
    'payer',
    'payername',
    'remitter',
    'sender',
    'from',
    'nom',
    'name',
    'beneficiaire',
    'payee',
  ],
  iban: [
    'ibancontrepartie',
    'counterpartyiban',
    'partneriban',
    'ibanemetteur',
    'ibantiers',
    'ibandebiteur',
    'payeriban',
    'debtoriban',
    'iban',
  ],
}
