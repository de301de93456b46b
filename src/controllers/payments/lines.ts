import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { findBankLine, listSettledLines } from '../../data/bank-lines.ts'
import { findBankStatement } from '../../data/bank-statements.ts'
import { InvalidForm, NotFound } from '../../errors.ts'
import type { FieldError } from '../../languages/catalog.ts'
import { translator } from '../../languages/translate.ts'
import type { Fields } from '../../lib/fields.ts'
import { checkbox, isUuid, parseFields, text } from '../../lib/form-schema.ts'
import { isDecimal, moneyText } from '../../lib/money.ts'
import { sayErrors, submit, valid } from '../../plugins/answers.ts'
import { fieldsOf } from '../../plugins/forms.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { type ConfirmedLine, confirmLines, fieldOf } from '../../services/payments/confirm-lines.ts'
import { dismissLine } from '../../services/payments/dismiss-line.ts'
import { idOf } from '../params.ts'
import { leftLinesPage, lineJson } from './left-lines.ts'

/** The lines of all statements that wait to be matched. */
export async function list(request: FastifyRequest, reply: FastifyReply) {
  return leftLinesPage(request, reply, {
    statement: undefined,
    settled: [],
    json: (lines) => ({ items: lines.map(lineJson), next: null, total: null }),
    errors: [],
  })
}

/** Enters what is ticked as payments, all or nothing. */
export async function create(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const viewer = viewerOf(request)
  const fields = fieldsOf(request)
  return submit(request, reply, {
    once: (id) => `/payments/receipts/${id}`,
    act: async (sent) => {
      const lines = parseConfirmation(fields)
      const id = await confirmLines(db, viewer, { lines, now: new Date(), sent })
      return { location: `/payments/receipts/${id}` }
    },
    page: (errors) => pageAgain(request, reply, fields, errors),
  })
}

/** The page that the form was on, as it was filled in, with new proposals beside what has changed. */
async function pageAgain(
  request: FastifyRequest,
  reply: FastifyReply,
  fields: Fields,
  errors: readonly FieldError[],
) {
  const { db } = request.server
  const id = fields.text('statement_id')
  const { organisation_ids } = viewerOf(request)
  const statement = isUuid(id) ? await findBankStatement(db, id, organisation_ids) : undefined
  return leftLinesPage(request, reply, {
    statement,
    settled: statement === undefined ? [] : await listSettledLines(db, statement.id, 500),
    json: (lines) => ({ items: lines.map(lineJson), next: null, total: null }),
    errors,
    typed: {
      ticked: new Set(fields.all('ids[]')),
      choices: fields.group('choices'),
      numbers: fields.group('numbers'),
      key: fields.text('idempotency_key'),
    },
  })
}

function parseConfirmation(fields: Fields): ConfirmedLine[] {
  const [choices, numbers] = [fields.group('choices'), fields.group('numbers')]
  const errors: FieldError[] = []
  const lines = [...new Set(fields.all('ids[]').map((id) => id.toLowerCase()))].flatMap(
    (line_id): ConfirmedLine[] => {
      if (!isUuid(line_id)) throw new NotFound()
      const typed = (numbers.get(line_id) ?? '').split(/[\s,;]+/u).filter((number) => number !== '')
      if (typed.length > 0) return [{ line_id, pays: { numbers: [...new Set(typed)] } }]
      const parts = partsOf(choices.get(line_id) ?? '')
      if (parts.length > 0) return [{ line_id, pays: { parts } }]
      errors.push({ field: fieldOf(line_id), message: { key: 'bank.nothing_chosen' } })
      return []
    },
  )
  if (errors.length > 0) throw new InvalidForm(errors)
  return lines
}

/** What the page proposed, as it was sent; anything else is no choice. */
function partsOf(choice: string): { invoice_id: string; amount: string }[] {
  const parts = choice.split(' ').map((part) => {
    const [invoice_id = '', amount = ''] = part.split(':')
    return { invoice_id: invoice_id.toLowerCase(), amount }
  })
  return parts.every(({ invoice_id, amount }) => isUuid(invoice_id) && isDecimal(amount, 3)) ? parts : []
}

/** Asks before a line is set aside. */
export async function confirmDismissal(request: FastifyRequest, reply: FastifyReply) {
  return dismissalPage(request, reply, { values: {}, errors: [] })
}

/** Sets a line aside (`dismissed` is `on`), or takes it back. */
export async function dismiss(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const fields = fieldsOf(request)
  const id = idOf(request)
  return submit(request, reply, {
    act: async () => {
      const form = valid(parseFields(dismissalSchema, fields))
      const { statement_id } = await dismissLine(db, viewerOf(request), id, form)
      return {
        location: `/payments/imports/${statement_id}`,
        flash: { message: { key: form.dismissed ? 'bank.dismissed' : 'bank.taken_back' } },
      }
    },
    page: (errors) => dismissalPage(request, reply, { values: fields.values(), errors }),
  })
}

const dismissalSchema = z.object({ dismissed: checkbox(), reason: text({ max: 500 }) })

async function dismissalPage(
  request: FastifyRequest,
  reply: FastifyReply,
  form: { values: Record<string, string>; errors: readonly FieldError[] },
) {
  const t = translator(request.language)
  const line = await findBankLine(request.server.db, idOf(request), viewerOf(request).organisation_ids)
  if (line === undefined) throw new NotFound()
  const back = `/payments/imports/${line.statement_id}`
  return reply.page({
    view: 'payments/dismissal',
    title: t('bank.dismiss.title'),
    model: {
      crumbs: [
        { label: t('bank.title'), href: '/payments/imports' },
        { label: line.statement_name, href: back },
      ],
      values: form.values,
      errors: sayErrors(request, form.errors),
      confirm: {
        consequences: [
          t('bank.dismiss.what', {
            booked_date: line.booked_date,
            line_money: `${moneyText(line.amount, line.currency)} ${line.currency}`,
            label: line.label || line.counterparty || line.reference,
          }),
        ],
        inputs: [
          {
            name: 'reason',
            label: t('bank.reason'),
            hint: t('bank.dismiss.reason_hint'),
            attrs: { maxlength: 500 },
          },
        ],
        fields: { dismissed: 'on' },
        post: `/payments/lines/${line.id}/dismissal`,
        verb: t('bank.dismiss.verb'),
        back,
      },
    },
  })
}
