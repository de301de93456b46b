/** A postal address as orders and invoices keep their copy of it; the country is an ISO 3166-1 alpha-2 code. */
export type Address = {
  name: string
  street: string
  street_2: string
  street_3: string
  postal_code: string
  city: string
  region: string
  country: string
}

export const addressKeys = [
  'name',
  'street',
  'street_2',
  'street_3',
  'postal_code',
  'city',
  'region',
  'country',
] as const satisfies readonly (keyof Address)[]

export function isSameAddress(a: Address, b: Address): boolean {
  return addressKeys.every((key) => a[key] === b[key])
}
