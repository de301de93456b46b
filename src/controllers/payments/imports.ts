import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { listSettledLines, sumLeftLines } from '../../data/bank-lines.ts'
import {
  type BankStatement,
  findBankStatement,
  findContentOfStatement,
  listBankStatements,
} from '../../data/bank-statements.ts'
import { listCurrencyCodes } from '../../data/currencies.ts'
import { listOrganisationNames } from '../../data/order-lists.ts'
import { findOrganisation } from '../../data/organisations.ts'
import { InvalidForm, NotFound } from '../../errors.ts'
import type { FieldError } from '../../languages/catalog.ts'
import { translator } from '../../languages/translate.ts'
import { currencyChoices } from '../../lib/choices.ts'
import type { Fields } from '../../lib/fields.ts'
import { parseFields, reference, text } from '../../lib/form-schema.ts'
import { formatsIn } from '../../lib/format.ts'
import { keptFields, sayErrors, sendJson, submit, valid, wantsJson } from '../../plugins/answers.ts'
import { fieldsOf } from '../../plugins/forms.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { readStatement } from '../../services/payments/read-statement.ts'
import { type StatementColumns, statementRoles } from '../../services/payments/statement-columns.ts'
import { readByColumns, takeStatement } from '../../services/payments/take-statement.ts'
import { idOf } from '../params.ts'
import { leftLinesPage, lineJson } from './left-lines.ts'

const mostStatements = 100
const mostSettled = 500

/** The statements taken in, the newest first, and what of all of them is left over. */
export async function list(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const { organisation_ids } = viewerOf(request)
  const t = translator(request.language)
  const formats = formatsIn(request.language)
  const statements = await listBankStatements(db, organisation_ids, mostStatements)
  if (wantsJson(request))
    return sendJson(reply, { items: statements.map(statementJson), next: null, total: statements.length })
  const left = await sumLeftLines(db, organisation_ids)
  return reply.page({
    view: 'payments/imports',
    title: t('bank.title'),
    model: {
      statements,
      severalOrganisations: organisation_ids.length > 1,
      left: {
        count: left.count,
        sums: left.sums.map(({ currency, amount }) => formats.money(amount, currency)).join(' + '),
      },
    },
  })
}

export async function add(request: FastifyRequest, reply: FastifyReply) {
  const kept = await keptFields(request)
  const organisation = await findOrganisation(request.server.db, viewerOf(request).organisation_id)
  const presets = { organisation_id: organisation?.id ?? '', currency: organisation?.currency ?? '' }
  return uploadPage(request, reply, { values: kept?.values() ?? presets, errors: [] })
}

export async function create(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const viewer = viewerOf(request)
  const fields = fieldsOf(request)
  return submit(request, reply, {
    once: (id) => `/payments/imports/${id}`,
    act: async (sent) => {
      const upload = await parseUpload(request, fields)
      const { id, read } = await takeStatement(db, viewer, { ...upload, sent })
      return { location: `/payments/imports/${id}`, ...(read ? await takenFlash(request, id) : {}) }
    },
    page: (errors) => uploadPage(request, reply, { values: fields.values(), errors }),
  })
}

/** A statement: which column is which, or its lines with what they are held to pay. */
export async function show(request: FastifyRequest, reply: FastifyReply) {
  const statement = await getStatement(request)
  if (statement.unread) return columnsPage(request, reply, statement, { values: undefined, errors: [] })
  return leftLinesPage(request, reply, {
    statement,
    settled: await listSettledLines(request.server.db, statement.id, mostSettled),
    json: (lines) => ({ ...statementJson(statement), items: lines.map(lineJson) }),
    errors: [],
  })
}

export async function chooseColumns(request: FastifyRequest, reply: FastifyReply) {
  const statement = await getStatement(request)
  const fields = fieldsOf(request)
  return submit(request, reply, {
    act: async () => {
      await readByColumns(request.server.db, viewerOf(request), statement.id, columnsOf(fields))
      return {
        location: `/payments/imports/${statement.id}`,
        ...(await takenFlash(request, statement.id)),
      }
    },
    page: (errors) => columnsPage(request, reply, statement, { values: fields.values(), errors }),
  })
}

async function getStatement(request: FastifyRequest): Promise<BankStatement> {
  const { organisation_ids } = viewerOf(request)
  const statement = await findBankStatement(request.server.db, idOf(request), organisation_ids)
  if (statement === undefined) throw new NotFound()
  return statement
}

async function takenFlash(request: FastifyRequest, id: string) {
  const statement = await findBankStatement(request.server.db, id, viewerOf(request).organisation_ids)
  const params = { taken: statement?.taken ?? 0, known: statement?.known ?? 0 }
  return { flash: { message: { key: 'bank.taken' as const, params } } }
}

function statementJson(statement: BankStatement) {
  return {
    id: statement.id,
    name: statement.name,
    organisation: { id: statement.organisation_id, name: statement.organisation_name },
    currency: statement.currency,
    first_date: statement.first_date,
    last_date: statement.last_date,
    lines: statement.lines,
    known: statement.known,
    left: statement.left,
    unread: statement.unread,
    created_at: statement.created_at,
    created_by: statement.created_by_name,
  }
}

const uploadSchema = z.object({ organisation_id: reference(), currency: text({ max: 3 }) })

async function parseUpload(request: FastifyRequest, fields: Fields) {
  const { db } = request.server
  const viewer = viewerOf(request)
  const form = valid(parseFields(uploadSchema, fields))
  const errors: FieldError[] = []
  const organisation_id = form.organisation_id ?? viewer.organisation_id
  if (!viewer.organisation_ids.includes(organisation_id))
    errors.push({ field: 'organisation_id', message: { key: 'bank.organisation.missing' } })
  const organisation = await findOrganisation(db, organisation_id)
  const currency = form.currency === '' ? (organisation?.currency ?? '') : form.currency
  if (!(await listCurrencyCodes(db)).includes(currency))
    errors.push({ field: 'currency', message: { key: 'bank.currency.unknown' } })
  const file = request.uploads.get('file')
  // Some browsers send the folders too; a control character has no place in a name.
  const name = (file?.filename ?? '')
    .replace(/^.*[\\/]/, '')
    .replace(/\p{Cc}/gu, '')
    .slice(0, 200)
  if (file === undefined) errors.push({ field: 'file', message: { key: 'bank.file.missing' } })
  else if (file.tooLarge)
    errors.push({ field: 'file', message: { key: 'bank.file.too_large', params: { name } } })
  if (errors.length > 0 || file === undefined) throw new InvalidForm(errors)
  return { organisation_id, currency, name: name === '' ? 'bank.csv' : name, content: file.content }
}

async function uploadPage(
  request: FastifyRequest,
  reply: FastifyReply,
  form: { values: Record<string, string>; errors: readonly FieldError[] },
) {
  const { db } = request.server
  const t = translator(request.language)
  const organisations = await listOrganisationNames(db, viewerOf(request).organisation_ids)
  return reply.page({
    view: 'payments/import-new',
    title: t('bank.new'),
    model: {
      values: form.values,
      errors: sayErrors(request, form.errors),
      key: form.values['idempotency_key'] ?? randomUUID(),
      again: form.errors.length > 0,
      organisations:
        organisations.length > 1 ? organisations.map(({ id, name }) => ({ value: id, label: name })) : [],
      currencies: currencyChoices(request.language, await listCurrencyCodes(db)),
    },
  })
}

/** Places of columns as the form has them: 0 is the first, '' none. */
function columnsOf(fields: Fields): StatementColumns {
  return Object.fromEntries(
    statementRoles.flatMap((role): [string, number][] => {
      const typed = fields.text(role)
      return /^\d{1,3}$/.test(typed) ? [[role, Number(typed)]] : []
    }),
  )
}

async function columnsPage(
  request: FastifyRequest,
  reply: FastifyReply,
  statement: BankStatement,
  form: { values: Record<string, string> | undefined; errors: readonly FieldError[] },
) {
  const t = translator(request.language)
  const content = await findContentOfStatement(request.server.db, statement.id)
  if (content === undefined) throw new NotFound()
  const { head, sample, columns } = readStatement({ name: statement.name, content }, statement.currency)
  const names = head.map((name, at) => (name === '' ? t('bank.columns.unnamed', { place: at + 1 }) : name))
  if (wantsJson(request)) return sendJson(reply, { ...statementJson(statement), head: names, items: [] })
  return reply.page({
    view: 'payments/import-columns',
    title: t('bank.columns.title'),
    model: {
      statement,
      names,
      sample,
      roles: statementRoles.map((role) => ({
        name: role,
        label: t(`bank.columns.${role}`),
        hint: role === 'amount' ? t('bank.columns.amount.hint') : undefined,
      })),
      columns: names.map((label, at) => ({ value: String(at), label })),
      values:
        form.values ?? Object.fromEntries(Object.entries(columns).map(([role, at]) => [role, String(at)])),
      errors: sayErrors(request, form.errors),
    },
  })
}
