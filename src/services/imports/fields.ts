import { z } from 'zod'
import { countryNamed, isDocumentLanguage, languageOfCountry } from '../../lib/choices.ts'
import { isCurrency } from '../../lib/currencies.ts'
import { mistake, text } from '../../lib/form-schema.ts'
import { compactIdentifier } from '../../lib/identifiers.ts'

/** Columns that several kinds share. */

export const code = text({ max: 40, missing: 'directory.code.missing' })
export const name = text({ max: 200, missing: 'directory.name.missing' })

/** What people write between the digits of a VAT number, SIREN or SIRET is taken out. */
export const identifier = text({ max: 40 }).transform(compactIdentifier)

/** A country by its ISO code or its name in English or French, as the ISO code; '' stays ''. */
export function country(options: { required: boolean }) {
  return text({ max: 80 }).transform((typed, context) => {
    if (typed === '' && !options.required) return ''
    const found = countryNamed(typed)
    if (found === undefined) {
      context.addIssue(
        typed === '' ? mistake('directory.country.missing') : mistake('imports.country_unknown', { typed }),
      )
      return z.NEVER
    }
    return found
  })
}

export const postal = {
  street: text({ max: 200 }),
  street_2: text({ max: 200 }),
  street_3: text({ max: 200 }),
  postal_code: text({ max: 20 }),
  city: text({ max: 100 }),
  region: text({ max: 100 }),
  country: country({ required: true }),
}

/** '' is left for the preset. */
export const currency = text({ max: 3 }).transform((typed, context) => {
  if (typed !== '' && !isCurrency(typed.toUpperCase()))
    context.addIssue(mistake('directory.currency.unknown'))
  return typed.toUpperCase()
})

export const language = text({ max: 20 }).transform((typed, context) => {
  if (typed !== '' && !isDocumentLanguage(typed)) context.addIssue(mistake('directory.language.unknown'))
  return typed
})

/** The language of the file, else the one mostly spoken in the country, else English. */
export function languageFor(typed: string, countryCode: string): string {
  return typed === '' ? languageOfCountry(countryCode) : typed
}
