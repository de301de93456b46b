import type { Row } from '../data/tables.ts'
import { isCountry, isDocumentLanguage } from '../lib/choices.ts'
import { isCurrency } from '../lib/currencies.ts'
import { mistake, text } from '../lib/form-schema.ts'
import { compactIdentifier, compactVatNumber } from '../lib/identifiers.ts'

/** Form fields that several records of the directory share; spread them into a zod object. */

export const code = text({ max: 40, missing: 'directory.code.missing' })
export const name = text({ max: 200, missing: 'directory.name.missing' })

export const postalFields = {
  street: text({ max: 200 }),
  street_2: text({ max: 200 }),
  street_3: text({ max: 200 }),
  postal_code: text({ max: 20 }),
  city: text({ max: 100 }),
  region: text({ max: 100 }),
  country: text({ max: 2, missing: 'directory.country.missing' }).transform((typed, context) => {
    const country = typed.toUpperCase()
    if (country !== '' && !isCountry(country)) context.addIssue(mistake('directory.country.unknown'))
    return country
  }),
}

/** '' means the preset. */
export function currency(preset: string) {
  return text({ max: 10 }).transform((typed, context) => {
    const chosen = typed === '' ? preset : typed.toUpperCase()
    if (!isCurrency(chosen)) context.addIssue(mistake('directory.currency.unknown'))
    return chosen
  })
}

export function documentLanguage(preset: string) {
  return text({ max: 20 }).transform((typed, context) => {
    const chosen = typed === '' ? preset : typed
    if (!isDocumentLanguage(chosen)) context.addIssue(mistake('directory.language.unknown'))
    return chosen
  })
}

/** SIREN, SIRET: what a person types between their digits is taken out. */
export function identifier(max: number) {
  return compacted(max, compactIdentifier)
}

export function vatNumber() {
  return compacted(20, compactVatNumber)
}

function compacted(max: number, compact: (typed: string) => string) {
  return text({ max: max + 20 }).transform((typed, context) => {
    const value = compact(typed)
    if ([...value].length > max) context.addIssue(mistake('form.too_long', { max }))
    return value
  })
}

/** A web address; `https://` goes without saying. */
export function website() {
  return text({ max: 200 }).transform((typed, context) => {
    const full = /^https?:\/\//i.test(typed) || typed === '' ? typed : `https://${typed}`
    if (full !== '' && !(URL.canParse(full) && new URL(full).hostname.includes('.')))
      context.addIssue(mistake('directory.website.wrong', { typed: typed.slice(0, 80) }))
    return full
  })
}

/** What a new record of the directory takes from the home organisation of whoever makes it. */
export type DirectoryPresets = { language: string; currency: string; country: string }

export function presetsOf(organisation: Row<'organisations'> | undefined): DirectoryPresets {
  return {
    language: organisation?.language === 'en' ? 'en-GB' : 'fr-FR',
    currency: organisation?.currency ?? 'EUR',
    country: organisation?.country ?? 'FR',
  }
}
