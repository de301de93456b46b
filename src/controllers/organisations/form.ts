import type { FastifyReply, FastifyRequest } from 'fastify'
import { fileTypeFromBuffer } from 'file-type'
import { z } from 'zod'
import { listCurrencyCodes } from '../../data/currencies.ts'
import { findOrganisation } from '../../data/organisations.ts'
import { listOfferedPaymentTerms } from '../../data/payment-terms.ts'
import type { Row } from '../../data/tables.ts'
import { listOfferedTaxRates } from '../../data/tax-rates.ts'
import { InvalidForm } from '../../errors.ts'
import type { FieldError } from '../../languages/catalog.ts'
import { translator } from '../../languages/translate.ts'
import { countryChoices, currencyChoices, ownLanguages } from '../../lib/choices.ts'
import { isTimeZone, todayIn } from '../../lib/dates.ts'
import type { Fields } from '../../lib/fields.ts'
import { checkbox, choice, email, mistake, parseFields, reference, text } from '../../lib/form-schema.ts'
import { pictureSize } from '../../lib/picture-size.ts'
import { sayErrors, valid } from '../../plugins/answers.ts'
import type { Merged } from '../../plugins/conflicts.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { electronicAddressSchemes } from '../../services/accounts/electronic-addresses.ts'
import { presetNotes } from '../../services/organisations/legal-notes.ts'
import type { OrganisationForm } from '../../services/organisations/organisation-form.ts'
import { mistakesOfOrganisation } from '../../services/organisations/organisation-form.ts'
import type { LogoChange } from '../../services/organisations/save-organisation.ts'
import { currency, identifier, name, postalFields, website } from '../directory-fields.ts'
import { withVersion } from '../record-forms.ts'
import { taxRateLabel } from '../tax-rate-label.ts'
import { timeZoneChoices } from '../time-zones.ts'
import { organisationTexts } from './json.ts'

export async function parseOrganisation(
  request: FastifyRequest,
  fields: Fields,
  organisation: Row<'organisations'> | undefined,
): Promise<{ form: OrganisationForm; logo: LogoChange }> {
  const parsed = parseFields(schema, fields)
  const logo = await logoOf(request, fields)
  const errors = [...(parsed.ok ? mistakesOfOrganisation(parsed.value) : parsed.errors), ...logo.errors]
  if (errors.length > 0) throw new InvalidForm(errors)
  const form = withKept(valid(parsed), organisation)
  // A program that leaves the legal notes out gets the country's; the form shows them.
  if (organisation !== undefined || fields.has('note_penalties')) return { form, logo: logo.change }
  return { form: { ...form, ...presetNotes(form.country, form.language) }, logo: logo.change }
}

/** What a program does not name stays, and is at first as the database has it. */
function withKept(
  read: z.output<typeof schema>,
  organisation: Row<'organisations'> | undefined,
): OrganisationForm {
  const { recurring_series, late_dates, ...form } = read
  return {
    ...form,
    recurring_series:
      recurring_series === '' ? (organisation?.recurring_series ?? true) : recurring_series !== 'false',
    late_dates: late_dates === '' ? (organisation?.late_dates ?? 'redate') : late_dates,
  }
}

const note = text({ max: 1000, multiline: true })

const schema = z.object({
  code: text({ max: 20, missing: 'directory.code.missing' }).transform((typed, context) => {
    const code = typed.toUpperCase()
    if (code !== '' && !/^[A-Z0-9-]{1,20}$/.test(code)) context.addIssue(mistake('organisations.code.wrong'))
    return code
  }),
  name,
  legal_name: text({ max: 200 }),
  legal_form: text({ max: 60 }),
  share_capital: text({ max: 60 }),
  siren: identifier(20),
  siret: identifier(20),
  vat_number: identifier(20),
  tax_number: text({ max: 40 }),
  register_text: text({ max: 200 }),
  contact_name: text({ max: 200 }),
  phone: text({ max: 40 }),
  email: email(),
  website: website(),
  electronic_address: text({ max: 200 }),
  electronic_address_scheme: choice(electronicAddressSchemes, { preset: '' }),
  vat_on_debits: checkbox(),
  iban: identifier(34),
  bic: identifier(11),
  bank_name: text({ max: 100 }),
  note_penalties: note,
  note_indemnity: note,
  note_discount: note,
  note_register: note,
  note_tax: note,
  time_zone: text({ max: 60, missing: 'organisations.time_zone.wrong' }).transform((typed, context) => {
    if (typed !== '' && !isTimeZone(typed)) context.addIssue(mistake('organisations.time_zone.wrong'))
    return typed
  }),
  language: choice(['en', 'fr'], { preset: 'fr' }),
  currency: currency('EUR'),
  default_tax_rate_id: reference(),
  default_payment_term_id: reference(),
  // A program says yes as a tick box does.
  recurring_series: choice(['true', 'on', 'false', ''], { preset: '' }),
  late_dates: choice(['redate', 'keep', ''], { preset: '' }),
  ...postalFields,
})

/** A logo's longer side: more is no better on paper, and whoever unpacks a billion pixels has no memory left. */
const mostPixels = 4000

/** The picture that was sent, by what it is and not by its name. */
async function logoOf(
  request: FastifyRequest,
  fields: Fields,
): Promise<{ change: LogoChange; errors: FieldError[] }> {
  const upload = request.uploads.get('logo')
  if (upload === undefined)
    return { change: fields.text('remove_logo') === 'on' ? 'remove' : 'keep', errors: [] }
  const params = { name: upload.filename.slice(0, 100), max: mostPixels }
  const refuse = (key: `organisations.logo.${'too_large' | 'too_many_pixels' | 'wrong'}`) => ({
    change: 'keep' as const,
    errors: [{ field: 'logo', message: { key, params } }],
  })
  if (upload.tooLarge) return refuse('organisations.logo.too_large')
  const type = await fileTypeFromBuffer(upload.content)
  const size = pictureSize(upload.content)
  if ((type?.mime !== 'image/png' && type?.mime !== 'image/jpeg') || size === undefined)
    return refuse('organisations.logo.wrong')
  if (Math.max(size.width, size.height) > mostPixels) return refuse('organisations.logo.too_many_pixels')
  return { change: { media_type: type.mime, content: upload.content }, errors: [] }
}

/** What a new organisation starts with: the viewer's home country and habits, and the notes that its law wants. */
export async function presetsOfOrganisation(request: FastifyRequest): Promise<Record<string, string>> {
  const home = await findOrganisation(request.server.db, viewerOf(request).organisation_id)
  const language = home?.language ?? request.language
  const country = home?.country ?? ''
  return {
    country,
    language,
    time_zone: home?.time_zone ?? '',
    currency: home?.currency ?? 'EUR',
    default_tax_rate_id: home?.default_tax_rate_id ?? '',
    default_payment_term_id: home?.default_payment_term_id ?? '',
    recurring_series: 'true',
    late_dates: 'redate',
    ...presetNotes(country, language),
  }
}

export function valuesOfOrganisation(organisation: Row<'organisations'>): Record<string, string> {
  return {
    ...Object.fromEntries(organisationTexts.map((column) => [column, organisation[column]])),
    vat_on_debits: organisation.vat_on_debits ? 'on' : '',
    default_tax_rate_id: organisation.default_tax_rate_id ?? '',
    default_payment_term_id: organisation.default_payment_term_id ?? '',
    recurring_series: String(organisation.recurring_series),
    late_dates: organisation.late_dates,
  }
}

export async function organisationFormPage(
  request: FastifyRequest,
  reply: FastifyReply,
  form: {
    organisation: Row<'organisations'> | undefined
    values: Record<string, string>
    errors: readonly FieldError[]
    merged?: Merged | undefined
  },
) {
  const { db } = request.server
  const { language } = request
  const t = translator(language)
  const { organisation, values } = form
  const today = todayIn(viewerOf(request).time_zone, new Date())
  const rates = await listOfferedTaxRates(db, today, [organisation?.default_tax_rate_id])
  const terms = await listOfferedPaymentTerms(db, organisation?.default_payment_term_id)
  return reply.page({
    view: 'organisations/form',
    title:
      organisation === undefined
        ? t('organisations.new')
        : t('organisations.edit', { name: organisation.name }),
    model: {
      organisation,
      values: withVersion(values, organisation),
      merged: form.merged,
      errors: sayErrors(request, form.errors),
      logoAgain: request.uploads.has('logo'),
      choices: {
        countries: countryChoices(language),
        currencies: currencyChoices(language, await listCurrencyCodes(db)),
        languages: ownLanguages,
        zones: timeZoneChoices(),
        schemes: electronicAddressSchemes.flatMap((value) =>
          value === '' ? [] : [{ value, label: t(`accounts.scheme.${value}`) }],
        ),
        rates: rates.map((rate) => ({ value: rate.id, label: taxRateLabel(language, rate) })),
        terms: terms.map((term) => ({ value: term.id, label: term.name })),
        recurringSeries: [
          {
            value: 'true',
            label: t('numbering.recurring_series.own'),
            hint: t('numbering.recurring_series.own.hint'),
          },
          { value: 'false', label: t('numbering.recurring_series.shared') },
        ],
        lateDates: (['redate', 'keep'] as const).map((value) => ({
          value,
          label: t(`numbering.late_dates.${value}`),
          hint: t(`numbering.late_dates.${value}.hint`),
        })),
      },
    },
  })
}
