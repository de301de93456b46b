import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { listOfferedTaxRates, listTreatmentRates, type TreatmentRate } from '../../data/tax-rates.ts'
import type { FieldError } from '../../languages/catalog.ts'
import { translator } from '../../languages/translate.ts'
import { todayIn } from '../../lib/dates.ts'
import type { Fields } from '../../lib/fields.ts'
import { parseFields, reference } from '../../lib/form-schema.ts'
import { keptFields, sayErrors, sendJson, submit, valid, wantsJson } from '../../plugins/answers.ts'
import { fieldsOf } from '../../plugins/forms.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { pairOf, saveTreatments } from '../../services/tax-rates/save-treatments.ts'
import { taxRateLabel } from '../tax-rate-label.ts'

const treatments = ['eu_business', 'export', 'exempt'] as const
const supplies = ['goods', 'service'] as const

/** What an account's treatment makes of a product's rate: three treatments by goods and services, in one form. */
export async function edit(request: FastifyRequest, reply: FastifyReply) {
  const rates = await listTreatmentRates(request.server.db)
  const chosen = Object.fromEntries(rates.map((rate) => [pairOf(rate), rate.tax_rate_id]))
  if (wantsJson(request)) {
    const pairs = everyPair().map((pair) => [pairOf(pair), chosen[pairOf(pair)] ?? null])
    return sendJson(reply, Object.fromEntries(pairs))
  }
  const kept = await keptFields(request)
  return formPage(request, reply, kept?.values() ?? chosen, [])
}

export async function update(request: FastifyRequest, reply: FastifyReply) {
  const fields = fieldsOf(request)
  return submit(request, reply, {
    act: async () => {
      await saveTreatments(request.server.db, viewerOf(request).id, parseTreatments(fields))
      return {
        location: '/settings/tax-treatments',
        flash: { message: { key: 'tax_treatments.saved' } },
      }
    },
    page: (errors) => formPage(request, reply, fields.values(), errors),
  })
}

function everyPair() {
  return treatments.flatMap((treatment) => supplies.map((supply) => ({ treatment, supply })))
}

function parseTreatments(fields: Fields): TreatmentRate[] {
  const shape = Object.fromEntries(everyPair().map((pair) => [pairOf(pair), reference()]))
  const chosen = valid(parseFields(z.object(shape), fields))
  return everyPair().flatMap((pair) => {
    const id = chosen[pairOf(pair)]
    return typeof id === 'string' ? [{ ...pair, tax_rate_id: id }] : []
  })
}

async function formPage(
  request: FastifyRequest,
  reply: FastifyReply,
  values: Record<string, string>,
  errors: readonly FieldError[],
) {
  const { language } = request
  const today = todayIn(viewerOf(request).time_zone, new Date())
  const chosen = everyPair().map((pair) => values[pairOf(pair)])
  const known = chosen.filter((id) => id !== undefined && /^[0-9a-f-]{36}$/i.test(id))
  const rates = await listOfferedTaxRates(request.server.db, today, known)
  return reply.page({
    view: 'settings/tax-treatments/form',
    title: translator(language)('tax_treatments.title'),
    model: {
      treatments,
      supplies,
      values,
      errors: sayErrors(request, errors),
      rates: rates.map((rate) => ({
        value: rate.id,
        label: `${taxRateLabel(language, rate)} – ${rate.category}`,
      })),
    },
  })
}
