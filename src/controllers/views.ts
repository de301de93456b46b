import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { findSavedView, listSavedViews, type SavedView } from '../data/saved-views.ts'
import { NotFound, Refused } from '../errors.ts'
import type { FieldError } from '../languages/catalog.ts'
import { sayAll, translator } from '../languages/translate.ts'
import { Fields } from '../lib/fields.ts'
import { checkbox, choice, parseFields, text } from '../lib/form-schema.ts'
import { savedLists } from '../lib/vocabulary.ts'
import { keptFields, sayErrors, sendJson, submit, valid, wantsJson } from '../plugins/answers.ts'
import { fieldsOf } from '../plugins/forms.ts'
import { viewerOf } from '../plugins/sessions.ts'
import { deleteView } from '../services/saved-views/delete-view.ts'
import { createView, saveView } from '../services/saved-views/save-view.ts'
import { viewQuery } from '../services/saved-views/view-query.ts'
import { refusalsToChangeView } from '../services/saved-views/view-refusals.ts'
import { sendCsv, wantsCsv } from './lists.ts'
import { idOf } from './params.ts'
import { queryInWords, savedListKinds, viewAddress } from './saved-lists.ts'

const name = text({ max: 60, missing: 'views.name.missing' })
const longestQuery = 2000
const newSchema = z.object({
  list: choice(savedLists, { missing: 'views.list.missing' }),
  name,
  query: text({ max: longestQuery }),
  shared: checkbox(),
})
const changeSchema = z.object({ name, shared: checkbox() })
const csvColumns = ['id', 'list', 'name', 'query', 'shared', 'owner'] as const

/** Every view that one has or that colleagues share, list by list. */
export async function list(request: FastifyRequest, reply: FastifyReply) {
  const viewer = viewerOf(request)
  const t = translator(request.language)
  const wanted = new URL(request.url, 'http://list').searchParams.get('list')
  const only = savedLists.find((known) => known === wanted)
  const views = await listSavedViews(request.server.db, viewer, only)
  if (wantsCsv(request)) {
    return sendCsv(request, reply, {
      file: 'views',
      columns: csvColumns,
      figures: [],
      keys: 1,
      page: async () => ({ rows: views, next: null, previous: null }),
      row: ({ user_name, ...view }) => ({
        id: view.id,
        list: view.list,
        name: view.name,
        query: view.query,
        shared: view.shared,
        owner: user_name,
      }),
    })
  }
  if (wantsJson(request))
    return sendJson(reply, { items: views.map(viewJson), next: null, total: views.length })
  const rows = []
  for (const view of views) {
    rows.push({
      name: view.name,
      href: viewAddress(view),
      list: t(savedListKinds[view.list].title),
      words: await queryInWords(request, view.list, view.query),
      whose: whoseOf(request, view),
      edit: `/views/${view.id}/edit`,
      deletion: `/views/${view.id}/deletion`,
      refusal: sayAll(request.language, refusalsToChangeView(view, viewer)),
    })
  }
  return reply.page({ view: 'saved-views/list', title: t('views.title'), model: { rows } })
}

/** The form of a new view, of a list's query. */
export async function add(request: FastifyRequest, reply: FastifyReply) {
  const kept = await keptFields(request)
  const fields = kept ?? Fields.parse(new URL(request.url, 'http://list').search)
  return newPage(request, reply, fields, [])
}

export async function create(request: FastifyRequest, reply: FastifyReply) {
  const fields = fieldsOf(request)
  return submit(request, reply, {
    act: async () => {
      const form = valid(parseFields(newSchema, fields))
      const view = { ...form, query: viewQuery(form.query, savedListKinds[form.list]) }
      const id = await createView(request.server.db, viewerOf(request), view)
      return {
        location: viewAddress({ id, ...view }),
        flash: { message: { key: 'views.created', params: { name: view.name } } },
      }
    },
    page: (errors) => newPage(request, reply, fields, errors),
  })
}

export async function edit(request: FastifyRequest, reply: FastifyReply) {
  const view = await getChangeable(request)
  if (wantsJson(request)) return sendJson(reply, viewJson(view))
  const kept = await keptFields(request)
  return editPage(request, reply, view, kept ?? fieldsOfView(view), [])
}

/** A name with whether it is shared, from its form; or a query, from a list that was changed under the view. */
export async function update(request: FastifyRequest, reply: FastifyReply) {
  const view = await getChangeable(request)
  const fields = fieldsOf(request)
  return submit(request, reply, {
    act: async () => {
      const named = fields.has('name') ? valid(parseFields(changeSchema, fields)) : {}
      const query = fields.text('query').slice(0, longestQuery)
      const queried = fields.has('query') ? { query: viewQuery(query, savedListKinds[view.list]) } : {}
      const saved = await saveView(request.server.db, viewerOf(request), view.id, { ...named, ...queried })
      return {
        location: fields.has('query') ? viewAddress(saved) : '/views',
        flash: { message: { key: 'views.saved', params: { name: saved.name } } },
      }
    },
    page: (errors) => editPage(request, reply, view, fields, errors),
  })
}

export async function confirmDeletion(request: FastifyRequest, reply: FastifyReply) {
  const view = await getChangeable(request)
  const t = translator(request.language)
  return reply.page({
    view: 'saved-views/deletion',
    title: t('views.deletion.title', { name: view.name }),
    model: {
      crumbs: [{ label: t('views.title'), href: '/views' }, { label: view.name }],
      confirm: {
        consequences: [
          t(view.shared ? 'views.deletion.consequence_shared' : 'views.deletion.consequence', {
            list: t(savedListKinds[view.list].title),
          }),
          await queryInWords(request, view.list, view.query),
        ],
        post: `/views/${view.id}/deletion`,
        verb: t('views.deletion.verb', { name: view.name }),
        danger: true,
        back: '/views',
      },
    },
  })
}

export async function remove(request: FastifyRequest, reply: FastifyReply) {
  const id = idOf(request)
  return submit(request, reply, {
    act: async () => {
      const view = await deleteView(request.server.db, viewerOf(request), id)
      return {
        location: '/views',
        flash: { message: { key: 'views.deleted', params: { name: view.name } } },
      }
    },
    page: () => confirmDeletion(request, reply),
  })
}

/** @throws NotFound where the viewer does not see it; Refused where it is a colleague's */
async function getChangeable(request: FastifyRequest): Promise<SavedView> {
  const viewer = viewerOf(request)
  const view = await findSavedView(request.server.db, viewer, idOf(request))
  if (view === undefined) throw new NotFound()
  const refusals = refusalsToChangeView(view, viewer)
  if (refusals.length > 0) throw new Refused(refusals)
  return view
}

async function newPage(
  request: FastifyRequest,
  reply: FastifyReply,
  fields: Fields,
  errors: readonly FieldError[],
) {
  const t = translator(request.language)
  const known = savedLists.find((each) => each === fields.text('list')) ?? 'orders'
  const kind = savedListKinds[known]
  const query = viewQuery(fields.text('query').slice(0, longestQuery), kind)
  const back = query === '' ? kind.path : `${kind.path}?${query}`
  return reply.page({
    view: 'saved-views/form',
    title: t('views.new'),
    model: {
      crumbs: [{ label: t(kind.title), href: back }, { label: t('views.new') }],
      action: '/views',
      hidden: { list: known, query },
      words: await queryInWords(request, known, query),
      list: t(kind.title),
      values: { name: fields.text('name'), shared: fields.text('shared') },
      errors: sayErrors(request, errors),
      cancel: back,
    },
  })
}

async function editPage(
  request: FastifyRequest,
  reply: FastifyReply,
  view: SavedView,
  fields: Fields,
  errors: readonly FieldError[],
) {
  const t = translator(request.language)
  return reply.page({
    view: 'saved-views/form',
    title: t('views.edit', { name: view.name }),
    model: {
      crumbs: [{ label: t('views.title'), href: '/views' }, { label: view.name }],
      action: `/views/${view.id}`,
      hidden: {},
      words: await queryInWords(request, view.list, view.query),
      list: t(savedListKinds[view.list].title),
      values: { name: fields.text('name'), shared: fields.text('shared') },
      errors: sayErrors(request, errors),
      cancel: '/views',
    },
  })
}

function fieldsOfView(view: SavedView): Fields {
  return new Fields([
    ['name', view.name],
    ['shared', view.shared ? 'on' : ''],
  ])
}

function whoseOf(request: FastifyRequest, view: SavedView): string {
  const t = translator(request.language)
  if (view.user_id !== viewerOf(request).id) return t('views.by', { name: view.user_name })
  return t(view.shared ? 'views.yours_shared' : 'views.yours')
}

function viewJson(view: SavedView) {
  return {
    id: view.id,
    list: view.list,
    name: view.name,
    query: view.query,
    shared: view.shared,
    owner: { id: view.user_id, name: view.user_name },
  }
}
