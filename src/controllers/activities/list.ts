import type { FastifyReply, FastifyRequest } from 'fastify'
import { activitySortKeys, countActivities, listActivities } from '../../data/activities.ts'
import { translator } from '../../languages/translate.ts'
import { formatsIn } from '../../lib/format.ts'
import { activityKinds } from '../../lib/vocabulary.ts'
import { sayErrors, sendJson, wantsJson } from '../../plugins/answers.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { refuseWrongFilters } from '../filter-reader.ts'
import { pagination, readList, sendCsv, sortHead, wantsCsv } from '../lists.ts'
import { viewTabs } from '../view-tabs.ts'
import { activitySorts, readActivityFilters } from './filters.ts'
import { activityCells, activityColumns, activityJson } from './json.ts'
import { activityRow } from './row.ts'

/** Calls, meetings and tasks: what is open first, by the day it is due. */
export async function list(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const t = translator(request.language)
  const state = readList(request, activitySorts, 'due_date', activitySortKeys)
  const words = { t, date: formatsIn(request.language).date }
  const read = await readActivityFilters(db, viewerOf(request), state.filters, words)
  const { filters, values, set, errors } = read
  refuseWrongFilters(request, errors)
  const { today } = filters
  const sort = { by: state.sort, direction: state.direction }
  if (wantsCsv(request)) {
    return sendCsv(request, reply, {
      file: 'activities',
      columns: activityColumns,
      figures: [],
      keys: activitySortKeys,
      page: (page) => listActivities(db, filters, sort, page),
      row: (activity) => activityCells(activity, today),
    })
  }
  const page = await listActivities(db, filters, sort, state)
  const total = await countActivities(db, filters)
  if (wantsJson(request)) {
    const items = page.rows.map((activity) => activityJson(activity, today))
    return sendJson(reply, { items, next: page.next, total })
  }
  return reply.page({
    view: 'activities/list',
    title: t('activities.title'),
    model: {
      viewTabs: await viewTabs(request, 'activities', state.query),
      activities: page.rows.map((activity) => activityRow(t, activity, today)),
      total,
      state,
      chips: set.map(({ name, value, parameters }) => {
        const without = Object.fromEntries(parameters.map((parameter) => [parameter, null]))
        return { name, value, remove: state.address(without) }
      }),
      keep: sortToKeep(state),
      values,
      errors: sayErrors(request, errors),
      choices: {
        kinds: activityKinds.map((value) => ({ value, label: t(`activities.kind.${value}`) })),
        states: (['open', 'late', 'done'] as const).map((value) => ({
          value,
          label: t(`activities.state.${value}`),
        })),
        assignees: [
          { value: 'nobody', label: t('activities.nobody') },
          ...read.assignees.map(({ id, name }) => ({ value: id, label: name })),
        ],
        organisations:
          read.organisations.length > 1
            ? read.organisations.map(({ id, name }) => ({ value: id, label: name }))
            : [],
      },
      heads: {
        due_date: sortHead(state, 'due_date', activitySorts.due_date),
        subject: sortHead(state, 'subject', activitySorts.subject),
        assigned_to: sortHead(state, 'assigned_to', activitySorts.assigned_to),
      },
      pagination: pagination(state, page),
    },
  })
}

/** The sort that the filters' form hands on. */
function sortToKeep({ sort, direction }: { sort: string; direction: 'asc' | 'desc' }) {
  if (sort === 'due_date' && direction === 'asc') return {}
  return { sort: direction === 'desc' ? `-${sort}` : sort }
}
