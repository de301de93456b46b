/** How an account's sales are taxed: together with goods or service this turns a product's rate into the one that applies. */
export const taxTreatments = ['domestic', 'eu_business', 'export', 'exempt', 'private'] as const

export const accountKinds = ['business', 'public_body', 'private_person'] as const
