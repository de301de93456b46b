import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type Activity, listPossibleAssignees } from '../../data/activities.ts'
import { findOwner, type Owner, ownerOf } from '../../data/owners.ts'
import { InvalidForm, NotFound } from '../../errors.ts'
import type { FieldError } from '../../languages/catalog.ts'
import { translator } from '../../languages/translate.ts'
import { Fields } from '../../lib/fields.ts'
import { checkbox, choice, date, parseFields, reference, text } from '../../lib/form-schema.ts'
import { activityKinds, type OwnerKind } from '../../lib/vocabulary.ts'
import { keptFields, sayErrors, submit, valid } from '../../plugins/answers.ts'
import { inWords, type Merged, valuesAfter } from '../../plugins/conflicts.ts'
import { fieldsOf } from '../../plugins/forms.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import {
  type ActivityForm,
  assigningOrganisations,
  createActivity,
  saveActivity,
} from '../../services/activities/save-activity.ts'
import { ownerAddress } from '../owner-json.ts'
import { getOwnerPage } from '../owner-page.ts'
import { textsOfRecord, versionOf, withVersion } from '../record-forms.ts'
import { activityCrumbs, addressOf, getActivity } from './activity.ts'
import { type PickedOwner, pickOwner } from './picked-owner.ts'

/** The form of a new one about anything; what the address names is filled in: `/activities/new?order_id=…`. */
export async function add(request: FastifyRequest, reply: FastifyReply) {
  const kept = await keptFields(request)
  const asked = Fields.parse(request.url.split('?')[1] ?? '')
  const named = ['order_id', 'invoice_id', 'account_id'].some((name) => asked.text(name) !== '')
  const owner = named ? (await pickOwner(request, asked)).owner : undefined
  return newPage(request, reply, { owner, values: kept?.values() ?? presets(request), errors: [] })
}

/** The form of a new one about the order, the invoice or the account of the address. */
export function addUnder(kind: OwnerKind) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const { owner } = await getOwnerPage(request, kind)
    const kept = await keptFields(request)
    return newPage(request, reply, { owner, values: kept?.values() ?? presets(request), errors: [] })
  }
}

export async function create(request: FastifyRequest, reply: FastifyReply) {
  const fields = fieldsOf(request)
  const picked = await pickOwner(request, fields)
  return createFrom(request, reply, picked)
}

export function createUnder(kind: OwnerKind) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const { owner } = await getOwnerPage(request, kind)
    return createFrom(request, reply, { owner, errors: [], choices: {} }, owner)
  }
}

export async function edit(request: FastifyRequest, reply: FastifyReply) {
  const activity = await getActivity(request)
  const kept = await keptFields(request)
  return editPage(request, reply, {
    activity,
    values: kept?.values() ?? textsOfRecord(activity),
    errors: [],
  })
}

export async function update(request: FastifyRequest, reply: FastifyReply) {
  const fields = fieldsOf(request)
  const before = await getActivity(request)
  return submit(request, reply, {
    act: async () => {
      const { form } = parseActivity(fields, before)
      const change = { form, version: versionOf(fields) }
      await saveActivity(request.server.db, viewerOf(request), before.id, change)
      return {
        location: addressOf(request, before.id)(''),
        flash: { message: { key: 'activities.saved', params: { subject: form.subject } } },
      }
    },
    page: async (errors, merged) => {
      const activity = await getActivity(request)
      return editPage(request, reply, { activity, values: valuesAfter(fields, merged), errors, merged })
    },
  })
}

const schema = z.object({
  kind: choice(activityKinds, { preset: 'task' }),
  subject: text({ max: 200, missing: 'activities.subject.missing' }),
  notes: text({ max: 10_000, multiline: true }),
  due_date: date(),
  assigned_to_id: reference(),
  done: checkbox(),
})

/** Fields that a program leaves out keep what `absent` has. @throws InvalidForm */
function parseActivity(
  fields: Fields,
  absent: Readonly<Record<string, unknown>>,
): { form: ActivityForm; done: boolean } {
  const added = Object.keys(schema.shape).flatMap((name): [string, string][] => {
    const value = absent[name]
    return fields.has(name) || typeof value !== 'string' ? [] : [[name, value]]
  })
  const { done, ...form } = valid(parseFields(schema, new Fields([...fields.entries, ...added])))
  return { form, done }
}

function presets(request: FastifyRequest): Record<string, string> {
  return { kind: 'task', assigned_to_id: viewerOf(request).id }
}

async function createFrom(request: FastifyRequest, reply: FastifyReply, picked: PickedOwner, under?: Owner) {
  const fields = fieldsOf(request)
  return submit(request, reply, {
    act: async (sent) => {
      const activity = parseNew(request, fields, picked)
      const id = await createActivity(request.server.db, viewerOf(request), activity.owner, activity, sent)
      return {
        location: `/activities/${id}`,
        flash: { message: { key: 'activities.created', params: { subject: activity.form.subject } } },
      }
    },
    once: (id) => `/activities/${id}`,
    page: (errors) =>
      newPage(request, reply, { owner: under, values: fields.values(), errors, choices: picked.choices }),
  })
}

/** @throws InvalidForm with the mistakes of the record pickers first, as they stand on the page */
function parseNew(request: FastifyRequest, fields: Fields, picked: PickedOwner) {
  const { owner, errors } = picked
  try {
    const parsed = parseActivity(fields, presets(request))
    if (owner === undefined) throw new InvalidForm([])
    return { ...parsed, owner }
  } catch (error) {
    if (!(error instanceof InvalidForm)) throw error
    throw new InvalidForm([...errors, ...error.errors])
  }
}

async function newPage(
  request: FastifyRequest,
  reply: FastifyReply,
  form: {
    /** Undefined where the form asks for it. */
    owner: Owner | undefined
    values: Record<string, string>
    errors: readonly FieldError[]
    choices?: PickedOwner['choices']
  },
) {
  const t = translator(request.language)
  const { owner, values, choices } = form
  const { organisation_ids } = viewerOf(request)
  const record = owner === undefined ? undefined : await findOwner(request.server.db, owner, organisation_ids)
  if (owner !== undefined && record === undefined) throw new NotFound()
  const address = owner === undefined ? '/activities' : `${ownerAddress(owner)}/activities`
  const label =
    record === undefined || record.kind === 'account'
      ? (record?.subject ?? '')
      : (record.number ?? t('activities.about.draft'))
  return reply.page({
    view: 'activities/form',
    title: t('activities.new'),
    model: {
      activity: undefined,
      about: record === undefined ? undefined : label,
      picked: choices ?? {},
      crumbs:
        owner === undefined
          ? [{ label: t('activities.title'), href: '/activities' }]
          : [
              { label, href: ownerAddress(owner) },
              { label: t('activities.title'), href: address },
            ],
      post: address,
      cancel: address,
      values: { ...values, idempotency_key: values.idempotency_key ?? randomUUID() },
      errors: sayErrors(request, form.errors),
      choices: await choicesOf(request, record, null),
    },
  })
}

async function editPage(
  request: FastifyRequest,
  reply: FastifyReply,
  form: {
    activity: Activity
    values: Record<string, string>
    errors: readonly FieldError[]
    merged?: Merged | undefined
  },
) {
  const t = translator(request.language)
  const { activity, values, merged } = form
  const { db } = request.server
  const record = await findOwner(db, ownerOf(activity), viewerOf(request).organisation_ids)
  if (record === undefined) throw new NotFound()
  const choices = await choicesOf(request, record, activity.assigned_to_id)
  const names = new Map(choices.assignees.map(({ value, label }) => [value, label]))
  const at = addressOf(request, activity.id)
  return reply.page({
    view: 'activities/form',
    title: t('activities.edit_title', { subject: activity.subject }),
    model: {
      activity,
      about: undefined,
      picked: {},
      crumbs: activityCrumbs(request, activity, true),
      post: at(''),
      cancel: at(''),
      values: withVersion(values, activity),
      merged: inWords(merged, 'assigned_to_id', (id) => names.get(id) ?? id),
      errors: sayErrors(request, form.errors),
      choices,
    },
  })
}

async function choicesOf(
  request: FastifyRequest,
  owner: { organisation_id: string | null } | undefined,
  chosenId: string | null,
) {
  const t = translator(request.language)
  const organisations = assigningOrganisations(viewerOf(request), owner ?? { organisation_id: null })
  const assignees = await listPossibleAssignees(request.server.db, organisations, chosenId)
  return {
    kinds: activityKinds.map((value) => ({ value, label: t(`activities.kind.${value}`) })),
    assignees: assignees.map(({ id, name }) => ({ value: id, label: name })),
  }
}
