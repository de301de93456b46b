import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { listCurrencyCodes } from '../../data/currencies.ts'
import {
  countExchangeRates,
  exchangeRateSortKeys,
  findExchangeRate,
  listExchangeRates,
} from '../../data/exchange-rates.ts'
import { findOrganisation } from '../../data/organisations.ts'
import type { Row } from '../../data/tables.ts'
import { NotFound } from '../../errors.ts'
import type { FieldError } from '../../languages/catalog.ts'
import type { Language } from '../../languages/sentences.ts'
import { translator } from '../../languages/translate.ts'
import { currencyChoices } from '../../lib/choices.ts'
import { isCurrency } from '../../lib/currencies.ts'
import { todayIn } from '../../lib/dates.ts'
import { decimalText, parseDecimalText } from '../../lib/decimal-text.ts'
import { date, decimal, parseFields, text } from '../../lib/form-schema.ts'
import { formatsIn } from '../../lib/format.ts'
import { compare, inverse, plainDecimal } from '../../lib/money.ts'
import { keptFields, sayErrors, sendJson, submit, valid, wantsJson } from '../../plugins/answers.ts'
import { fieldsOf } from '../../plugins/forms.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { enterExchangeRate } from '../../services/exchange-rates/enter-exchange-rate.ts'
import { removeExchangeRate } from '../../services/exchange-rates/remove-exchange-rate.ts'
import { FilterReader, refuseWrongFilters } from '../filter-reader.ts'
import { pagination, readList, sendCsv, sortHead, wantsCsv } from '../lists.ts'
import { idOf } from '../params.ts'

export async function list(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const { language } = request
  const t = translator(language)
  const formats = formatsIn(language)
  const state = readList(request, { rate_date: 'desc' }, 'rate_date', exchangeRateSortKeys)
  const currencies = currencyChoices(language, await listCurrencyCodes(db))
  const reader = new FilterReader(state.filters, { t, date: formats.date })
  const filters = {
    currency: reader.choice('currency', t('exchange.currency'), currencies)?.value,
    ...reader.days({
      from: t('exchange.from_date'),
      to: t('exchange.to_date'),
      backwards: 'exchange.backwards',
    }),
  }
  refuseWrongFilters(request, reader.errors)
  if (wantsCsv(request)) {
    return sendCsv(request, reply, {
      file: 'exchange-rates',
      columns: ['rate_date', 'from_currency', 'to_currency', 'rate', 'source', 'id'],
      figures: ['rate'],
      keys: exchangeRateSortKeys,
      page: (page) => listExchangeRates(db, filters, state.direction, page),
      row: rateJson,
    })
  }
  const page = await listExchangeRates(db, filters, state.direction, state)
  const total = await countExchangeRates(db, filters)
  if (wantsJson(request)) return sendJson(reply, { items: page.rows.map(rateJson), next: page.next, total })
  return reply.page({
    view: 'settings/exchange-rates/list',
    title: t('exchange.title'),
    model: {
      rates: page.rows.map((rate) => ({
        ...rate,
        sentence: sentenceOf(language, rate),
        pair: `${rate.from_currency} ${rate.to_currency}`,
      })),
      total,
      csv: state.address({ format: 'csv' }),
      heads: { rate_date: sortHead(state, 'rate_date', 'desc') },
      chips: reader.set.map(({ name, value, parameters }) => ({
        ...(name === undefined ? {} : { name }),
        value,
        remove: state.address(Object.fromEntries(parameters.map((parameter) => [parameter, null]))),
      })),
      values: Object.fromEntries(['currency', 'from', 'to'].map((name) => [name, state.filters.text(name)])),
      errors: sayErrors(request, reader.errors),
      currencies,
      pagination: pagination(state, page),
    },
  })
}

/** As JSON the rate; as a page the question whether it is to be deleted, since nothing else can be done with it. */
export async function show(request: FastifyRequest, reply: FastifyReply) {
  const rate = await getRate(request)
  if (wantsJson(request)) return sendJson(reply, rateJson(rate))
  return reply.redirect(`/settings/exchange-rates/${rate.id}/deletion`, 303)
}

export async function add(request: FastifyRequest, reply: FastifyReply) {
  const kept = await keptFields(request)
  const home = await findOrganisation(request.server.db, viewerOf(request).organisation_id)
  const values = kept?.values() ?? { to_currency: home?.currency ?? '', rate_date: todayOf(request) }
  return formPage(request, reply, { values, errors: [] })
}

/** The form with the sentence that what is typed says; nothing is saved. As JSON the sentence alone. */
export async function example(request: FastifyRequest, reply: FastifyReply) {
  const values = fieldsOf(request).values()
  if (wantsJson(request)) return sendJson(reply, { sentence: exampleOf(request, values), warning: '' })
  return formPage(request, reply, { values, errors: [] })
}

export async function create(request: FastifyRequest, reply: FastifyReply) {
  const fields = fieldsOf(request)
  return submit(request, reply, {
    act: async () => {
      const read = valid(parseFields(schemaIn(request.language), fields))
      const form = { ...read, rate: read.rate ?? '0', rate_date: read.rate_date ?? '' }
      await enterExchangeRate(request.server.db, viewerOf(request).id, form, todayOf(request))
      const params = { sentence: sentenceOf(request.language, form), rate_date: form.rate_date }
      return {
        location: '/settings/exchange-rates',
        flash: { message: { key: 'exchange.created', params } },
      }
    },
    page: (errors) => formPage(request, reply, { values: fields.values(), errors }),
  })
}

export async function confirmDeletion(request: FastifyRequest, reply: FastifyReply) {
  const rate = await getRate(request)
  const t = translator(request.language)
  const params = { sentence: sentenceOf(request.language, rate), rate_date: rate.rate_date }
  return reply.page({
    view: 'settings/exchange-rates/deletion',
    title: t('exchange.deletion.title'),
    model: {
      crumbs: [
        { label: t('settings.title'), href: '/settings' },
        { label: t('exchange.title'), href: '/settings/exchange-rates' },
      ],
      values: {},
      errors: [],
      confirm: {
        consequences: [t('exchange.deletion.what', params), t('exchange.deletion.harmless')],
        post: `/settings/exchange-rates/${rate.id}/deletion`,
        verb: t('exchange.deletion.verb'),
        danger: true,
        back: '/settings/exchange-rates',
      },
    },
  })
}

export async function remove(request: FastifyRequest, reply: FastifyReply) {
  const rate = await getRate(request)
  return submit(request, reply, {
    act: async () => {
      await removeExchangeRate(request.server.db, viewerOf(request).id, rate.id)
      const params = { sentence: sentenceOf(request.language, rate), rate_date: rate.rate_date }
      return {
        location: '/settings/exchange-rates',
        flash: { message: { key: 'exchange.deletion.done', params } },
      }
    },
    page: () => confirmDeletion(request, reply),
  })
}

function schemaIn(language: Language) {
  const code = text({ max: 10 }).transform((typed) => typed.toUpperCase())
  return z.object({
    from_currency: code,
    to_currency: code,
    rate: decimal({ language, decimals: 9, missing: 'exchange.rate.missing', wrong: 'exchange.rate.wrong' }),
    rate_date: date({ missing: 'exchange.date.missing' }),
  })
}

async function getRate(request: FastifyRequest): Promise<Row<'exchange_rates'>> {
  const rate = await findExchangeRate(request.server.db, idOf(request))
  if (rate === undefined) throw new NotFound()
  return rate
}

/** The day at the viewer's home: rates are no organisation's own. */
function todayOf(request: FastifyRequest): string {
  return todayIn(viewerOf(request).time_zone, new Date())
}

function sentenceOf(
  language: Language,
  rate: { from_currency: string; to_currency: string; rate: string },
): string {
  const number = (value: string) => decimalText(plainDecimal(value), language)
  return translator(language)('exchange.sentence', {
    from: rate.from_currency,
    to: rate.to_currency,
    rate: number(rate.rate),
    inverse: number(inverse(rate.rate)),
  })
}

function exampleOf(request: FastifyRequest, values: Readonly<Record<string, string>>): string {
  const { language } = request
  const [from_currency, to_currency] = [values['from_currency'] ?? '', values['to_currency'] ?? '']
  const rate = parseDecimalText(values['rate'] ?? '', { language, decimals: 9 })
  const readable =
    rate.ok && compare(rate.value, '0') > 0 && isCurrency(from_currency) && isCurrency(to_currency)
  return readable
    ? sentenceOf(language, { from_currency, to_currency, rate: rate.value })
    : translator(language)('exchange.sentence.wrong')
}

async function formPage(
  request: FastifyRequest,
  reply: FastifyReply,
  form: { values: Record<string, string>; errors: readonly FieldError[] },
) {
  return reply.page({
    view: 'settings/exchange-rates/form',
    title: translator(request.language)('exchange.new'),
    model: {
      values: form.values,
      errors: sayErrors(request, form.errors),
      example: exampleOf(request, form.values),
      currencies: currencyChoices(request.language, await listCurrencyCodes(request.server.db)),
    },
  })
}

function rateJson(rate: Row<'exchange_rates'>) {
  return {
    id: rate.id,
    rate_date: rate.rate_date,
    from_currency: rate.from_currency,
    to_currency: rate.to_currency,
    rate: plainDecimal(rate.rate),
    source: rate.source,
  }
}
