import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type Activity, findActivity } from '../../data/activities.ts'
import { ownerOf } from '../../data/owners.ts'
import { NotFound } from '../../errors.ts'
import { translator } from '../../languages/translate.ts'
import { todayIn } from '../../lib/dates.ts'
import { checkbox, parseFields } from '../../lib/form-schema.ts'
import { localAddress } from '../../lib/local-address.ts'
import { sendJson, submit, valid, wantsJson } from '../../plugins/answers.ts'
import { fieldsOf } from '../../plugins/forms.ts'
import { listQuery } from '../../plugins/pages.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { completeActivity } from '../../services/activities/complete-activity.ts'
import { deleteActivity } from '../../services/activities/delete-activity.ts'
import { cameFromList } from '../list-trail.ts'
import { ownerAddress, ownerLabel } from '../owner-json.ts'
import { idOf } from '../params.ts'
import { activityJson } from './json.ts'
import { activityRow } from './row.ts'

/** The activity of the address. @throws NotFound, also where it is about what belongs to an organisation of others */
export async function getActivity(request: FastifyRequest): Promise<Activity> {
  const { organisation_ids } = viewerOf(request)
  const activity = await findActivity(request.server.db, idOf(request), organisation_ids)
  if (activity === undefined) throw new NotFound()
  return activity
}

export async function show(request: FastifyRequest, reply: FastifyReply) {
  const activity = await getActivity(request)
  const today = todayIn(viewerOf(request).time_zone, new Date())
  if (wantsJson(request)) return sendJson(reply, activityJson(activity, today))
  const t = translator(request.language)
  return reply.page({
    view: 'activities/show',
    title: activity.subject,
    model: {
      activity,
      row: activityRow(t, activity, today),
      crumbs: activityCrumbs(request, activity, false),
      at: addressOf(request, activity.id),
    },
  })
}

/** Marks it as done, or opens it again. */
export async function complete(request: FastifyRequest, reply: FastifyReply) {
  const { id } = await getActivity(request)
  const fields = fieldsOf(request)
  return submit(request, reply, {
    act: async () => {
      const { done } = valid(parseFields(schema, fields))
      const { subject } = await completeActivity(request.server.db, viewerOf(request), id, done)
      const back = fields.text('back')
      return {
        location: back === '' ? `/activities/${id}` : localAddress(back),
        flash: {
          message: { key: done ? 'activities.completed' : 'activities.reopened', params: { subject } },
        },
      }
    },
    page: () => show(request, reply),
  })
}

const schema = z.object({ done: checkbox() })

export async function confirmDeletion(request: FastifyRequest, reply: FastifyReply) {
  const activity = await getActivity(request)
  const t = translator(request.language)
  const { kind, subject } = activity
  const at = addressOf(request, activity.id)
  return reply.page({
    view: 'activities/deletion',
    title: t('activities.deletion.title', { subject }),
    model: {
      crumbs: activityCrumbs(request, activity, true),
      confirm: {
        consequences: [t('activities.deletion.what', { kind, subject })],
        post: at('/deletion'),
        verb: t('activities.delete'),
        danger: true,
        back: at(''),
      },
    },
  })
}

export async function remove(request: FastifyRequest, reply: FastifyReply) {
  const activity = await getActivity(request)
  return submit(request, reply, {
    act: async () => {
      const { subject } = await deleteActivity(request.server.db, viewerOf(request), activity.id)
      return {
        location: cameFromList(request)
          ? listAddress(request)
          : `${ownerAddress(ownerOf(activity))}/activities`,
        flash: { message: { key: 'activities.deleted', params: { subject } } },
      }
    },
    page: () => confirmDeletion(request, reply),
  })
}

/** Back to the list where one came from there, else to the tab of what it is about. */
export function activityCrumbs(request: FastifyRequest, activity: Activity, below: boolean) {
  const t = translator(request.language)
  const owner = ownerOf(activity)
  const address = ownerAddress(owner)
  const trail = cameFromList(request)
    ? [{ label: t('activities.title'), href: listAddress(request) }]
    : [
        { label: ownerLabel(t, owner, activity), href: address },
        { label: t('activities.title'), href: `${address}/activities` },
      ]
  const self = { label: activity.subject }
  return [...trail, below ? { ...self, href: addressOf(request, activity.id)('') } : self]
}

/** An activity's addresses, each with the query of the list one came from. */
export function addressOf(request: FastifyRequest, id: string): (path: string) => string {
  const suffix = cameFromList(request) ? `?list=${encodeURIComponent(listQuery(request))}` : ''
  return (path) => `/activities/${id}${path}${suffix}`
}

function listAddress(request: FastifyRequest): string {
  const list = listQuery(request)
  return list === '' ? '/activities' : `/activities?${list}`
}
