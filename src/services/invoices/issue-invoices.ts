import { setTimeout as pause } from 'node:timers/promises'
import type { Actor } from '../../data/audit.ts'
import { listDays } from '../../data/billing-states.ts'
import type { Database, Trx } from '../../data/database.ts'
import { isLockTimeout, isPassing } from '../../data/failures.ts'
import { findIssuedNumbers, listDraftsToIssue } from '../../data/issuing.ts'
import type { IsoDate } from '../../lib/dates.ts'
import { type BatchOutcome, type IssueBatch, issueBatch } from './issue-batch.ts'
import type { IssueOutcome, RefusalsToIssue } from './issuing.ts'

export type IssueRequest = {
  by: Actor
  /** Others' invoices do not exist for whoever asks. */
  organisation_ids: readonly string[]
  /** Absent: every draft that is marked to be issued and whose date has come. */
  ids?: readonly string[]
  /** The day of issue for all; each organisation's own today where it is absent. One that lies ahead issues nothing. */
  as_of?: IsoDate | undefined
  now?: Date
  /** What becomes of a date that lies ahead: the draft waits (unless told), or takes the day of issue. */
  ahead?: 'wait' | 'today'
  /** What becomes of a date behind the last one of its series, in the place of the organisation's setting. */
  late_dates?: 'redate' | 'keep' | undefined
  /** Says what the law lacks on a draft. */
  lacks: RefusalsToIssue
  /** Called in the transaction of each batch, before it ends, with what it comes to: for a receipt. */
  settle?: (trx: Trx, outcomes: readonly IssueOutcome[]) => Promise<void>
  onProgress?: (done: number, total: number) => void
  /** An orderly stop: the batch under way is finished, nothing further is begun. */
  signal?: AbortSignal | undefined
}

export type IssueResult = {
  issued: number
  /** What became of each draft asked for; where none is named, of those that were not issued. */
  outcomes: IssueOutcome[]
}

const draftsInBatch = 500
const draftsAtOnce = 20_000
const attempts = 6

/**
 * Issues drafts: one, many, or all that a run has marked (docs/rules/numbers.md). Each batch is a transaction: numbers without gap
 * in the order of document date and order number, everything frozen, the mail queued; no PDF is made and nothing is sent here.
 *
 * Any number of calls at once share the work, and a kill loses only the batch under way. What cannot be issued stays a draft, with
 * the reasons; it holds up no other. Throws where the database cannot be reached.
 */
export async function issueInvoices(db: Database, request: IssueRequest): Promise<IssueResult> {
  const days = await listDays(db, request.organisation_ids, request.now ?? new Date())
  const run = new IssueRun(db, request)
  for (const { id, today } of days) {
    const day = request.as_of ?? today
    if (day <= today) await run.work(id, day)
  }
  await run.nameGone()
  return run.result()
}

class IssueRun {
  readonly #db: Database
  readonly #request: IssueRequest
  readonly #outcomes: IssueOutcome[] = []
  #issued = 0
  #done = 0
  #total = 0

  constructor(db: Database, request: IssueRequest) {
    this.#db = db
    this.#request = request
  }

  result(): IssueResult {
    return { issued: this.#issued, outcomes: this.#outcomes }
  }

  /** In order, and last those that take the day of issue: after it, no earlier date could be numbered. */
  async work(organisation_id: string, today: IsoDate): Promise<void> {
    const seen = new Set<string>()
    const deferred: string[] = []
    for (;;) {
      const ids = await listDraftsToIssue(this.#db, {
        organisation_id,
        today,
        ids: this.#request.ids ?? null,
        except: [...seen],
        limit: draftsAtOnce,
      })
      this.#total += ids.length
      const isAll = ids.length <= draftsInBatch && seen.size === 0
      for (let from = 0; from < ids.length; from += draftsInBatch) {
        if (this.#request.signal?.aborted === true) return
        const some = ids.slice(from, from + draftsInBatch)
        deferred.push(...(await this.#batch({ organisation_id, today, ids: some, deferRedated: !isAll })))
        for (const id of some) seen.add(id)
      }
      if (ids.length < draftsAtOnce) break
    }
    for (let from = 0; from < deferred.length; from += draftsInBatch) {
      if (this.#request.signal?.aborted === true) return
      await this.#batch({ organisation_id, today, ids: deferred.slice(from, from + draftsInBatch) })
    }
  }

  /** Those asked for that are no drafts: issued before, deleted, or never there. */
  async nameGone(): Promise<void> {
    const { ids, organisation_ids, signal } = this.#request
    if (ids === undefined || signal?.aborted === true) return
    const told = new Set(this.#outcomes.map(({ id }) => id))
    const gone = ids.filter((id) => !told.has(id))
    if (gone.length === 0) return
    const numbers = await findIssuedNumbers(this.#db, organisation_ids, gone)
    for (const id of gone) this.#outcomes.push({ result: 'gone', id, number: numbers.get(id) ?? null })
  }

  /** A batch that fails is tried draft by draft: the one that cannot be written costs only itself. Answers what is deferred. */
  async #batch(part: Part): Promise<string[]> {
    try {
      return this.#settle(await this.#patiently(part))
    } catch (error) {
      if (isPassing(error)) throw error
      if (part.ids.length === 1) {
        this.#settle({ outcomes: part.ids.map((id) => refusedBy(error, id)), deferred: [] })
        return []
      }
    }
    const deferred: string[] = []
    for (const id of part.ids) {
      if (this.#request.signal?.aborted === true) break
      deferred.push(...(await this.#batch({ ...part, ids: [id] })))
    }
    return deferred
  }

  async #patiently(part: Part): Promise<BatchOutcome> {
    const { by, ids, ahead = 'wait', late_dates, lacks, settle } = this.#request
    const marked = ids === undefined
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await issueBatch(this.#db, { ...part, by, marked, ahead, late_dates, lacks, settle })
      } catch (error) {
        if (!isPassing(error) || attempt === attempts) throw error
        await pause(50 * 2 ** attempt * (0.5 + Math.random()))
      }
    }
  }

  #settle({ outcomes, deferred }: BatchOutcome): string[] {
    const issued = outcomes.filter(({ result }) => result === 'issued')
    this.#issued += issued.length
    this.#done += outcomes.length
    this.#outcomes.push(
      ...(this.#request.ids === undefined
        ? outcomes.filter(({ result }) => result === 'waits' || result === 'refused')
        : outcomes),
    )
    this.#request.onProgress?.(this.#done, Math.max(this.#done, this.#total))
    return deferred
  }
}

type Part = Pick<IssueBatch, 'organisation_id' | 'today' | 'ids' | 'deferRedated'>

function refusedBy(error: unknown, id: string): IssueOutcome {
  if (isLockTimeout(error))
    return { result: 'refused', id, refusals: [{ code: 'busy', message: { key: 'issuing.refused.busy' } }] }
  const detail = error instanceof Error ? error.message : String(error)
  const message = { key: 'issuing.refused.cannot_write', params: { detail } } as const
  return { result: 'refused', id, refusals: [{ code: 'cannot_write', message }] }
}
