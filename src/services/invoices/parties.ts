/** One side of an invoice as the invoice keeps it: the legal name with its address and identifiers. */
export type Party = {
  readonly name: string
  readonly street: string
  readonly street_2: string
  readonly street_3: string
  readonly postal_code: string
  readonly city: string
  readonly region: string
  readonly country: string
  readonly siren: string
  readonly siret: string
  readonly vat_number: string
}

/** Reads a stored party; what it does not say is ''. An old invoice must stay readable, whatever was kept of its parties. */
export function partyOf(stored: unknown): Party {
  const kept = new Map<string, unknown>(
    typeof stored === 'object' && stored !== null ? Object.entries(stored) : [],
  )
  const text = (name: string) => {
    const value = kept.get(name)
    return typeof value === 'string' ? value : ''
  }
  return {
    name: text('name'),
    street: text('street'),
    street_2: text('street_2'),
    street_3: text('street_3'),
    postal_code: text('postal_code'),
    city: text('city'),
    region: text('region'),
    country: text('country'),
    siren: text('siren'),
    siret: text('siret'),
    vat_number: text('vat_number'),
  }
}
