import type { FieldError, Message } from './languages/catalog.ts'

/** The page does not exist, or this person may not know that it does: both look the same. */
export class NotFound extends Error {
  constructor() {
    super('not found')
    this.name = 'NotFound'
  }
}

/** Why something is impossible whatever is typed: a stable code, and the sentence with its way out. */
export type Refusal = { readonly code: string; readonly message: Message }

export type RefusedAbout = {
  /** What cannot be done to which record; the page says so in general where this is absent. */
  readonly title?: Message
  /** The address of what stands in the way, where the person should go there rather than back. */
  readonly leadsTo?: string
}

/** 409: all reasons at once. */
export class Refused extends Error {
  readonly refusals: readonly Refusal[]
  readonly about: RefusedAbout

  constructor(refusals: readonly Refusal[], about: RefusedAbout = {}) {
    super(refusals.map((refusal) => refusal.code).join(', '))
    this.name = 'Refused'
    this.refusals = refusals
    this.about = about
  }
}

/** 422: what was typed cannot be taken; the same form comes back with each mistake beside its field. */
export class InvalidForm extends Error {
  readonly errors: readonly FieldError[]

  constructor(errors: readonly FieldError[]) {
    super(errors.map((error) => `${error.field}: ${error.message.key}`).join(', '))
    this.name = 'InvalidForm'
    this.errors = errors
  }
}

/** What somebody else saved between the reading of a form and its sending. */
export type SaveConflict = {
  /** The record's version now: sent with the form, it saves over theirs. */
  version: number
  by: string
  /** An instant. */
  at: string
  /** Field by field, from what was shown (absent where nobody knows any more) to what stands there now. */
  changes: readonly { field: string; from?: unknown; to: unknown }[]
}

/** 422: somebody saved the record meanwhile; the form comes back with both texts. */
export class SavedByAnother extends InvalidForm {
  readonly conflict: SaveConflict

  constructor(conflict: SaveConflict) {
    super([{ field: 'version', message: { key: 'form.saved_by', params: { name: conflict.by } } }])
    this.name = 'SavedByAnother'
    this.conflict = conflict
  }
}
