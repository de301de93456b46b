import { type Address, addressKeys, isSameAddress } from '../../lib/address.ts'

type AddressedAccount = Address & {
  legal_name: string
  shipping_address: Address | null
}

/** Where an account's invoices go: its legal name, else its name, at its address. */
export function invoicingAddressOf(account: AddressedAccount): Address {
  const { name, legal_name, street, street_2, street_3, postal_code, city, region, country } = account
  const called = legal_name === '' ? name : legal_name
  return { name: called, street, street_2, street_3, postal_code, city, region, country }
}

/** Where its goods go: its shipping address, else the invoicing one. */
export function shippingAddressOf(account: AddressedAccount): Address {
  const invoicing = invoicingAddressOf(account)
  if (account.shipping_address === null) return invoicing
  const { name, ...place } = account.shipping_address
  return { ...place, name: name === '' ? invoicing.name : name }
}

export type OrderAddresses = {
  invoicing_address: Address
  shipping_address: Address
  shipping_differs: boolean
}

/**
 * The order's own copies. They are taken from the account when the order is made and when its account changes, and never follow the
 * account otherwise. A shipping address counts as typed when it is neither empty nor what the form was filled with; it then stays,
 * even through a change of account.
 *
 * `typed` is null where the form said nothing of it; `filledWith` are the addresses a form may have been filled with.
 */
export function addressesOf(order: {
  account: AddressedAccount
  before: OrderAddresses | undefined
  accountChanged: boolean
  typed: Address | null
  filledWith: readonly Address[]
}): OrderAddresses {
  const { account, before, typed } = order
  const kept = before !== undefined && !order.accountChanged ? before : undefined
  const preset = shippingAddressOf(account)
  const invoicing_address = kept?.invoicing_address ?? invoicingAddressOf(account)
  const untouched = {
    invoicing_address,
    shipping_address: kept?.shipping_address ?? preset,
    shipping_differs: kept?.shipping_differs ?? false,
  }
  if (typed === null) {
    return before?.shipping_differs === true
      ? { invoicing_address, shipping_address: before.shipping_address, shipping_differs: true }
      : untouched
  }
  if (isBareCountry(typed)) return { invoicing_address, shipping_address: preset, shipping_differs: false }
  const shipping_address = {
    ...typed,
    name: typed.name === '' ? preset.name : typed.name,
    country: typed.country === '' ? preset.country : typed.country,
  }
  if (kept !== undefined && isSameAddress(shipping_address, kept.shipping_address)) return untouched
  const custom = before?.shipping_differs === true && isSameAddress(shipping_address, before.shipping_address)
  if (!custom && order.filledWith.some((filled) => isSameAddress(shipping_address, filled))) return untouched
  return { invoicing_address, shipping_address, shipping_differs: !isSameAddress(shipping_address, preset) }
}

// What a form was filled with may be left when the rest is emptied: alone it is no address.
function isBareCountry(typed: Address): boolean {
  return addressKeys.every((key) => key === 'country' || typed[key] === '')
}
