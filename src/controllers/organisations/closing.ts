import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { countDraftsUntil, findOrganisation } from '../../data/organisations.ts'
import type { Row } from '../../data/tables.ts'
import { NotFound } from '../../errors.ts'
import type { FieldError } from '../../languages/catalog.ts'
import { translator } from '../../languages/translate.ts'
import { addDays, firstDayOfMonth, isIsoDate, todayIn } from '../../lib/dates.ts'
import { date, parseFields } from '../../lib/form-schema.ts'
import { keptFields, sayErrors, sendJson, submit, valid, wantsJson } from '../../plugins/answers.ts'
import { fieldsOf } from '../../plugins/forms.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { closePeriod } from '../../services/organisations/close-period.ts'
import { idOf } from '../params.ts'

/** Says what closing means, and asks up to which day. */
export async function show(request: FastifyRequest, reply: FastifyReply) {
  const organisation = await getOrganisation(request)
  const { id, closing_date } = organisation
  if (wantsJson(request)) return sendJson(reply, { id, closing_date })
  const kept = await keptFields(request)
  return closingPage(request, reply, organisation, {
    values: kept?.values() ?? preset(organisation),
    errors: [],
  })
}

export async function update(request: FastifyRequest, reply: FastifyReply) {
  const organisation = await getOrganisation(request)
  const { id, name } = organisation
  const fields = fieldsOf(request)
  return submit(request, reply, {
    act: async () => {
      const closing_date = valid(parseFields(schema, fields)).closing_date ?? ''
      await closePeriod(request.server.db, viewerOf(request).id, id, closing_date, new Date())
      return {
        location: `/organisations/${id}`,
        flash: { message: { key: 'closing.done', params: { name, closing_date } } },
      }
    },
    page: (errors) => closingPage(request, reply, organisation, { values: fields.values(), errors }),
  })
}

const schema = z.object({ closing_date: date({ missing: 'closing.missing' }) })

/** The last day of the month before, where that is not closed yet. */
function preset({ closing_date, time_zone }: Row<'organisations'>): Record<string, string> {
  const lastDay = addDays(firstDayOfMonth(todayIn(time_zone, new Date())), -1)
  return { closing_date: closing_date !== null && lastDay <= closing_date ? '' : lastDay }
}

async function closingPage(
  request: FastifyRequest,
  reply: FastifyReply,
  organisation: Row<'organisations'>,
  form: { values: Record<string, string>; errors: readonly FieldError[] },
) {
  const t = translator(request.language)
  const { id, name, closing_date } = organisation
  const asked = form.values['closing_date'] ?? ''
  const drafts = isIsoDate(asked) ? await countDraftsUntil(request.server.db, id, asked) : 0
  return reply.page({
    view: 'organisations/closing',
    title: t('closing.title', { name }),
    model: {
      crumbs: [
        { label: t('organisations.title'), href: '/organisations' },
        { label: name, href: `/organisations/${id}` },
      ],
      values: form.values,
      errors: sayErrors(request, form.errors),
      confirm: {
        consequences: [
          closing_date === null ? t('closing.now_none') : t('closing.now', { closing_date }),
          t('closing.what', { name }),
          t('closing.final'),
        ],
        warnings: drafts === 0 ? [] : [t('closing.drafts', { count: drafts, closing_date: asked })],
        inputs: [{ name: 'closing_date', type: 'date', label: t('closing.date'), required: true }],
        post: `/organisations/${id}/closing`,
        verb: t('closing.verb'),
        danger: true,
        back: `/organisations/${id}`,
      },
    },
  })
}

async function getOrganisation(request: FastifyRequest): Promise<Row<'organisations'>> {
  const organisation = await findOrganisation(request.server.db, idOf(request))
  if (organisation === undefined) throw new NotFound()
  return organisation
}
