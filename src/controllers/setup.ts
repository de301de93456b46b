import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { listCurrencyCodes } from '../data/currencies.ts'
import { hasOrganisation } from '../data/organisations.ts'
import { InvalidForm, NotFound } from '../errors.ts'
import type { FieldError } from '../languages/catalog.ts'
import { translator } from '../languages/translate.ts'
import { countryChoices, currencyChoices, ownLanguages } from '../lib/choices.ts'
import { isCurrency } from '../lib/currencies.ts'
import { isTimeZone } from '../lib/dates.ts'
import type { Fields } from '../lib/fields.ts'
import { choice, decimal, email, mistake, parseFields, text } from '../lib/form-schema.ts'
import { compare } from '../lib/money.ts'
import { sayErrors, submit } from '../plugins/answers.ts'
import { fieldsOf } from '../plugins/forms.ts'
import { signIn } from '../plugins/sessions.ts'
import { presetCurrency, presetTimeZone } from '../services/setup/country-presets.ts'
import { type SetupForm, setUpShop } from '../services/setup/set-up-shop.ts'
import { knowsVatOf } from '../services/setup/vat-rates.ts'
import { mistakesOfPassword } from '../services/users/password-form.ts'
import { shortestPassword } from '../services/users/passwords.ts'
import { identifier, name, postalFields } from './directory-fields.ts'
import { withoutSecrets } from './password-fields.ts'
import { timeZoneChoices } from './time-zones.ts'

/** The one page of an empty installation; it does not exist afterwards. */
export async function show(request: FastifyRequest, reply: FastifyReply) {
  await refuseWhenDone(request)
  const french = request.language === 'fr'
  return setupPage(request, reply, { language: request.language, country: french ? 'FR' : '' }, [])
}

export async function create(request: FastifyRequest, reply: FastifyReply) {
  await refuseWhenDone(request)
  const fields = fieldsOf(request)
  return submit(request, reply, {
    act: async () => {
      const form = parseSetup(request, fields)
      const { organisationId, userId } = await setUpShop(request.server.db, form)
      const flash = { message: { key: 'setup.done', params: { name: form.organisation.name } } } as const
      await signIn(request, reply, userId, flash)
      return { location: `/organisations/${organisationId}` }
    },
    page: (errors) => setupPage(request, reply, withoutSecrets(fields), errors),
  })
}

async function refuseWhenDone(request: FastifyRequest): Promise<void> {
  if (await hasOrganisation(request.server.db)) throw new NotFound()
}

function schemaIn(language: 'en' | 'fr') {
  return z.object({
    name,
    legal_name: text({ max: 200 }),
    siren: identifier(20),
    vat_number: identifier(20),
    time_zone: text({ max: 60 }).transform((typed, context) => {
      if (typed !== '' && !isTimeZone(typed)) context.addIssue(mistake('organisations.time_zone.wrong'))
      return typed
    }),
    language: choice(['en', 'fr'], { preset: language }),
    currency: text({ max: 10 }).transform((typed, context) => {
      const code = typed.toUpperCase()
      if (code !== '' && !isCurrency(code)) context.addIssue(mistake('directory.currency.unknown'))
      return code
    }),
    ...postalFields,
    standard_rate: decimal({ language, decimals: 4 }).transform((rate, context) => {
      if (rate !== null && !(compare(rate, '0') > 0 && compare(rate, '100') <= 0))
        context.addIssue(mistake('setup.standard_rate.wrong'))
      return rate
    }),
    user_name: text({ max: 200, missing: 'setup.user_name.missing' }),
    email: email({ missing: 'sign_in.email.missing' }),
  })
}

function parseSetup(request: FastifyRequest, fields: Fields): SetupForm {
  const parsed = parseFields(schemaIn(request.language), fields)
  const password = fields.text('password')
  const again = fields.has('password_again') ? fields.text('password_again') : undefined
  const country = fields.text('country').trim().toUpperCase()
  const errors: FieldError[] = parsed.ok ? [] : [...parsed.errors]
  const time_zone = (parsed.ok ? parsed.value.time_zone : '') || (presetTimeZone(country) ?? '')
  const currency = (parsed.ok ? parsed.value.currency : '') || (presetCurrency(country) ?? '')
  if (parsed.ok && time_zone === '')
    errors.push({ field: 'time_zone', message: { key: 'setup.time_zone.missing' } })
  if (parsed.ok && currency === '')
    errors.push({ field: 'currency', message: { key: 'setup.currency.missing' } })
  errors.push(...mistakesOfPassword(password, again))
  if (!parsed.ok || errors.length > 0) throw new InvalidForm(errors)
  const { user_name, email, standard_rate, ...organisation } = parsed.value
  return {
    organisation: { ...organisation, time_zone, currency },
    standardRate: knowsVatOf(country) ? null : standard_rate,
    admin: { name: user_name, email, password },
  }
}

async function setupPage(
  request: FastifyRequest,
  reply: FastifyReply,
  values: Record<string, string>,
  errors: readonly FieldError[],
) {
  const { language } = request
  return reply.page({
    view: 'setup/show',
    layout: 'sign-in',
    title: translator(language)('setup.title'),
    model: {
      values,
      errors: sayErrors(request, errors),
      shortestPassword,
      choices: {
        countries: countryChoices(language),
        currencies: currencyChoices(language, await listCurrencyCodes(request.server.db)),
        zones: timeZoneChoices(),
        languages: ownLanguages,
      },
    },
  })
}
