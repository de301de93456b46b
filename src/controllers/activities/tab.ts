import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  type ActivityFilters,
  activitySortKeys,
  countActivities,
  everyActivity,
  listActivities,
} from '../../data/activities.ts'
import { translator } from '../../languages/translate.ts'
import { todayIn } from '../../lib/dates.ts'
import type { OwnerKind } from '../../lib/vocabulary.ts'
import { sendJson, wantsJson } from '../../plugins/answers.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { pagination, readList, sendCsv, wantsCsv } from '../lists.ts'
import { getOwnerPage } from '../owner-page.ts'
import { activitySorts } from './filters.ts'
import { activityCells, activityColumns, activityJson } from './json.ts'
import { activityRow } from './row.ts'

/** The tab Activities of an order, an invoice or an account. */
export function list(kind: OwnerKind) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const { db } = request.server
    const { organisation_ids, time_zone } = viewerOf(request)
    const { owner, file, at, head: headOf } = await getOwnerPage(request, kind)
    const today = todayIn(time_zone, new Date())
    const filters: ActivityFilters = { ...everyActivity, organisation_ids, today, owner }
    const state = readList(request, activitySorts, 'due_date', activitySortKeys)
    const sort = { by: state.sort, direction: state.direction }
    if (wantsCsv(request)) {
      return sendCsv(request, reply, {
        file: `activities-${file.replace(/[^\w-]/g, '')}`,
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
    const t = translator(request.language)
    const head = await headOf('activities')
    return reply.page({
      view: 'activities/tab',
      title: head.title,
      model: {
        head,
        activities: page.rows.map((activity) => activityRow(t, activity, today)),
        address: at('/activities'),
        form: at('/activities/new'),
        bar: {
          parts: [t('activities.count', { count: total })],
          csv: state.address({ format: 'csv', list: null }),
          rows: total,
        },
        pagination: pagination(state, page),
      },
    })
  }
}
