import { documentLanguages, isCountry } from '../lib/choices.ts'
import { mistake, text } from '../lib/form-schema.ts'
import { isCurrency } from '../lib/money.ts'

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
    if (!documentLanguages.includes(chosen)) context.addIssue(mistake('directory.language.unknown'))
    return chosen
  })
}
