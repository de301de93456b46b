import type { FastifyReply, FastifyRequest } from 'fastify'
import { takeKeptForm } from '../data/sessions.ts'
import { type SentForm, SentMeanwhile } from '../data/submissions.ts'
import { InvalidForm, SavedByAnother } from '../errors.ts'
import type { FieldError } from '../languages/catalog.ts'
import { say } from '../languages/translate.ts'
import { Fields } from '../lib/fields.ts'
import { isUuid, type Parsed } from '../lib/form-schema.ts'
import { type Merged, mergeWithTheirs } from './conflicts.ts'
import { namesNoField } from './field-names.ts'
import { fieldsOf } from './forms.ts'
import { madeBefore, sentForm } from './sent-forms.ts'
import { type Flash, flash } from './sessions.ts'

/** HTML unless JSON is asked for by name and HTML is not. */
export function wantsJson(request: FastifyRequest): boolean {
  const accept = request.headers.accept ?? ''
  return accept.includes('application/json') && !accept.includes('text/html')
}

/** The JSON twin of a page. */
export function sendJson(reply: FastifyReply, body: unknown): FastifyReply {
  return reply.send(body)
}

/** The value of a parsed form. @throws InvalidForm with all its mistakes */
export function valid<T>(parsed: Parsed<T>): T {
  if (!parsed.ok) throw new InvalidForm(parsed.errors)
  return parsed.value
}

export type Submission = {
  /**
   * Parses and acts; returns where to go. Throws InvalidForm for what was typed, Refused for what is impossible. Where `once` is
   * given, it records `sent`, if there is any, in the transaction that makes the record.
   */
  act: (sent: SentForm | undefined) => Promise<{ location: string; flash?: Flash }>
  /** The same form again, with everything typed and its mistakes; `merged` where somebody else saved meanwhile. */
  page: (errors: readonly FieldError[], merged?: Merged) => Promise<FastifyReply>
  /** The form with its record pickers resolved, to be compared with what somebody else saved; absent: as it was posted. */
  sent?: Fields
  /** The form bears an `idempotency_key`: sent twice, it leads twice to the one record, whose address this tells. */
  once?: (madeId: string) => string
}

/** The way of every POST: 303 when it was done, 422 with the same form when something typed is wrong. */
export async function submit(
  request: FastifyRequest,
  reply: FastifyReply,
  submission: Submission,
): Promise<FastifyReply> {
  const { once } = submission
  try {
    const sent = once === undefined ? undefined : sentForm(request)
    const made = once === undefined || sent === undefined ? undefined : await madeBefore(request, sent, once)
    if (made !== undefined) return reply.redirect(made, 303)
    const done = await submission.act(sent)
    if (done.flash !== undefined) await flash(request, done.flash)
    return reply.redirect(done.location, 303)
  } catch (error) {
    if (error instanceof SentMeanwhile) return submit(request, reply, submission)
    if (!(error instanceof InvalidForm)) throw error
    reply.status(422)
    const sent = submission.sent ?? fieldsOf(request)
    const merged =
      error instanceof SavedByAnother ? mergeWithTheirs(sent, error.conflict, request.language) : undefined
    if (wantsJson(request)) return sendJson(reply, { errors: errorsJson(request, error.errors), ...merged })
    return submission.page(error.errors, merged)
  }
}

/** Mistakes for a page; those whose sentence names no field say so, and the summary puts its label in front. */
export function sayErrors(
  request: FastifyRequest,
  errors: readonly FieldError[],
): { field: string; message: string; unnamed: boolean }[] {
  return errors.map(({ field, message }) => ({
    field,
    message: say(request.language, message),
    unnamed: namesNoField(message.key),
  }))
}

/** Mistakes for JSON. */
export function errorsJson(
  request: FastifyRequest,
  errors: readonly FieldError[],
): { field: string; message: string }[] {
  return errors.map(({ field, message }) => ({ field, message: say(request.language, message) }))
}

/** What was typed before the session ended, to be shown in the form once more; see sign-in. */
export async function keptFields(request: FastifyRequest): Promise<Fields | undefined> {
  const query = request.query
  if (request.viewer === null || typeof query !== 'object' || query === null || !('kept' in query))
    return undefined
  const { kept } = query
  if (typeof kept !== 'string' || !isUuid(kept)) return undefined
  const entries = await takeKeptForm(request.server.db, request.viewer.id, kept)
  if (entries === undefined) return undefined
  request.form_kept = true
  return new Fields(entries)
}
