import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { listOfferedOrganisations } from '../data/organisations.ts'
import { countUsers, findUser, listUsers, type User, userSortKeys } from '../data/users.ts'
import { InvalidForm, NotFound } from '../errors.ts'
import type { FieldError } from '../languages/catalog.ts'
import { sayAll, translator } from '../languages/translate.ts'
import { ownLanguages } from '../lib/choices.ts'
import { Fields } from '../lib/fields.ts'
import { choice, email, isUuid, parseFields, requiredReference, text } from '../lib/form-schema.ts'
import { keptFields, sayErrors, sendJson, submit, wantsJson } from '../plugins/answers.ts'
import { inWords, type Merged, takenOf, textsOf, valuesAfter } from '../plugins/conflicts.ts'
import { fieldsOf } from '../plugins/forms.ts'
import { viewerOf } from '../plugins/sessions.ts'
import { archiveUser, refusalsToArchiveUser } from '../services/users/archive-user.ts'
import { shortestPassword } from '../services/users/passwords.ts'
import { createUser, saveUser, type UserForm } from '../services/users/save-user.ts'
import { name } from './directory-fields.ts'
import { oneOf, refuseWrongFilters } from './filter-reader.ts'
import { pagination, readList, sendCsv, sortHead, wantsCsv } from './lists.ts'
import { idOf } from './params.ts'
import { passwordOf, secretFields } from './password-fields.ts'
import { archivalOf, versionOf, withVersion } from './record-forms.ts'

const sorts = { name: 'asc', email: 'asc' } as const

export async function list(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const state = readList(request, sorts, 'name', userSortKeys)
  const errors: FieldError[] = []
  const filters = {
    words: state.filters.text('q'),
    archived: oneOf(state.filters, 'archived', ['on'], errors) === 'on',
  }
  refuseWrongFilters(request, errors)
  const sort = { by: state.sort, direction: state.direction }
  if (wantsCsv(request)) {
    return sendCsv(request, reply, {
      file: 'users',
      columns: csvColumns,
      figures: [],
      keys: userSortKeys,
      page: (page) => listUsers(db, filters, sort, page),
      row: (user) => ({ ...userJson(user), organisation: user.organisation_code, organisation_ids: null }),
    })
  }
  const page = await listUsers(db, filters, sort, state)
  const total = await countUsers(db, filters)
  if (wantsJson(request)) return sendJson(reply, { items: page.rows.map(userJson), next: page.next, total })
  return reply.page({
    view: 'users/list',
    title: translator(request.language)('users.title'),
    model: {
      users: page.rows,
      viewerId: viewerOf(request).id,
      total,
      state,
      filters,
      errors: sayErrors(request, errors),
      values: { q: filters.words, archived: state.filters.text('archived') },
      heads: { name: sortHead(state, 'name', 'asc'), email: sortHead(state, 'email', 'asc') },
      pagination: pagination(state, page),
    },
  })
}

/** As JSON the user; a page of its own they have not, the form shows all of it. */
export async function show(request: FastifyRequest, reply: FastifyReply) {
  const user = await getUser(request)
  if (wantsJson(request)) return sendJson(reply, userJson(user))
  return reply.redirect(`/users/${user.id}/edit`, 303)
}

export async function add(request: FastifyRequest, reply: FastifyReply) {
  const kept = await keptFields(request)
  const { organisation_id } = viewerOf(request)
  const presets = new Fields([
    ['role', 'user'],
    ['language', request.language],
    ['organisation_id', organisation_id],
    ['organisation_ids[]', organisation_id],
  ])
  return formPage(request, reply, { user: undefined, fields: kept ?? presets, errors: [] })
}

export async function edit(request: FastifyRequest, reply: FastifyReply) {
  const user = await getUser(request)
  const kept = await keptFields(request)
  return formPage(request, reply, { user, fields: kept ?? fieldsOfUser(user), errors: [] })
}

export async function create(request: FastifyRequest, reply: FastifyReply) {
  const fields = fieldsOf(request)
  return submit(request, reply, {
    act: async () => {
      const parts = parseUser(fields)
      const id = await createUser(request.server.db, viewerOf(request).id, parts)
      return {
        location: `/users/${id}`,
        flash: { message: { key: 'directory.created', params: { name: parts.form.name } } },
      }
    },
    page: (errors) => formPage(request, reply, { user: undefined, fields, errors }),
  })
}

export async function update(request: FastifyRequest, reply: FastifyReply) {
  const fields = fieldsOf(request)
  const { id } = await getUser(request)
  return submit(request, reply, {
    sent: withOrganisations(fields),
    act: async () => {
      const parts = parseUser(fields)
      const version = versionOf(fields)
      await saveUser(request.server.db, viewerOf(request).id, id, { ...parts, version })
      return {
        location: '/users',
        flash: { message: { key: 'directory.saved', params: { name: parts.form.name } } },
      }
    },
    page: async (errors, merged) =>
      formPage(request, reply, { user: await getUser(request), fields, errors, merged }),
  })
}

export async function archive(request: FastifyRequest, reply: FastifyReply) {
  const { id, name } = await getUser(request)
  const { archived } = archivalOf(fieldsOf(request))
  return submit(request, reply, {
    act: async () => {
      await archiveUser(request.server.db, viewerOf(request).id, id, archived)
      const key = archived ? 'users.archived.done' : 'directory.restored.done'
      return { location: '/users', flash: { message: { key, params: { name } } } }
    },
    page: () => edit(request, reply),
  })
}

const userSchema = z.object({
  name,
  title: text({ max: 100 }),
  email: email(),
  role: choice(['user', 'admin'], { preset: 'user' }),
  language: choice(['en', 'fr'], { preset: 'en' }),
  organisation_id: requiredReference('users.home.missing'),
})

async function getUser(request: FastifyRequest): Promise<User> {
  const user = await findUser(request.server.db, idOf(request))
  if (user === undefined) throw new NotFound()
  return user
}

function parseUser(fields: Fields): { form: UserForm; password: string | null } {
  const parsed = parseFields(userSchema, fields)
  const password = attempt(() => passwordOf(fields))
  const ids = fields.all('organisation_ids[]').filter((id) => id !== '')
  const errors = [...(parsed.ok ? [] : parsed.errors), ...(password.ok ? [] : password.errors)]
  if (!ids.every(isUuid))
    errors.push({ field: 'organisation_ids', message: { key: 'users.organisations.unknown' } })
  if (!parsed.ok || !password.ok || errors.length > 0) throw new InvalidForm(errors)
  return {
    form: { ...parsed.value, organisation_ids: ids.map((id) => id.toLowerCase()) },
    password: password.value,
  }
}

function attempt<T>(act: () => T): { ok: true; value: T } | { ok: false; errors: readonly FieldError[] } {
  try {
    return { ok: true, value: act() }
  } catch (error) {
    if (error instanceof InvalidForm) return { ok: false, errors: error.errors }
    throw error
  }
}

/** The form with its organisations as the one text that saves are compared by: the home one is always among them. */
function withOrganisations(fields: Fields): Fields {
  const ids = [fields.text('organisation_id'), ...fields.all('organisation_ids[]')]
  const chosen = [...new Set(ids.map((id) => id.toLowerCase()).filter((id) => id !== ''))].sort()
  return new Fields([...fields.entries, ...textsOf('organisation_ids', chosen)])
}

function namesOf(ids: string, organisations: readonly { id: string; name: string }[]): string {
  return ids
    .split(', ')
    .map((id) => organisations.find((each) => each.id === id)?.name ?? id)
    .join(', ')
}

function fieldsOfUser(user: User): Fields {
  const { name, title, email, role, language, organisation_id } = user
  return new Fields([
    ...Object.entries({ name, title, email: email ?? '', role, language, organisation_id }),
    ...user.organisation_ids.map((id): [string, string] => ['organisation_ids[]', id]),
  ])
}

async function formPage(
  request: FastifyRequest,
  reply: FastifyReply,
  form: {
    user: User | undefined
    fields: Fields
    errors: readonly FieldError[]
    merged?: Merged | undefined
  },
) {
  const { db } = request.server
  const { language } = request
  const t = translator(language)
  const { user, fields, merged } = form
  const organisations = await listOfferedOrganisations(db)
  const values = valuesAfter(fields.without(...secretFields), merged)
  const yourself = user?.id === viewerOf(request).id
  const refusals =
    user === undefined || user.archived_at !== null
      ? []
      : refusalsToArchiveUser({ yourself, lastAdmin: false })
  return reply.page({
    view: 'users/form',
    title: user === undefined ? t('users.new') : t('users.edit', { name: user.name }),
    model: {
      user,
      archivalRefusal: sayAll(language, refusals),
      values: withVersion(values, user),
      merged: inWords(merged, 'organisation_ids', (ids) => namesOf(ids, organisations)),
      errors: sayErrors(request, form.errors),
      shortestPassword,
      chosen: takenOf(merged, 'organisation_ids')?.split(', ') ?? fields.all('organisation_ids[]'),
      choices: {
        organisations: organisations.map((organisation) => ({
          value: organisation.id,
          label: organisation.name,
        })),
        roles: (['user', 'admin'] as const).map((value) => ({
          value,
          label: t(`users.role.${value}`),
          hint: t(`users.role.${value}.hint`),
        })),
        languages: ownLanguages,
      },
    },
  })
}

const csvColumns = ['name', 'title', 'email', 'role', 'language', 'organisation', 'id']

function userJson(user: User) {
  return {
    id: user.id,
    name: user.name,
    title: user.title,
    email: user.email,
    role: user.role,
    language: user.language,
    organisation_id: user.organisation_id,
    organisation: { id: user.organisation_id, code: user.organisation_code, name: user.organisation_name },
    organisation_ids: user.organisation_ids,
    archived_at: user.archived_at,
    version: user.version,
  }
}
