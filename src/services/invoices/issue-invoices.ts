import { setTimeout as pause } from 'node:timers/promises'
import type { Actor } from '../../data/audit.ts'
import { listDays } from '../../data/billing-states.ts'
import type { Database, Trx } from '../../data/database.ts'
import { isLockTimeout, isPassing } from '../../data/failures.ts'
import { findIssuedNumbers, listDraftsToIssue } from '../../data/issuing.ts'
import type { IsoDate } from '../../lib/dates.ts'
import { type BatchOutcome, issueBatch, type Turn } from './issue-batch.ts'
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
  const open = days
    .map(({ id, today }) => ({ id, day: request.as_of ?? today, today }))
    .filter(({ day, today }) => day <= today)
    .map(({ id, day }) => new Work(id, day))
  // Where several runs meet, each goes on with an organisation that is free, and waits only when none is.
  for (let wait = open.length === 1; open.length > 0; ) {
    const before = run.done
    for (const work of [...open]) {
      if (await run.workOn(work, wait)) open.splice(open.indexOf(work), 1)
    }
    wait = open.length === 1 || run.done === before
  }
  await run.nameGone()
  return run.result()
}

/** An organisation's drafts, as far as they are listed. */
class Work {
  readonly organisation_id: string
  readonly today: IsoDate
  /** In the order of their numbers; undefined where they are to be listed anew. */
  listed: string[] | undefined
  /** None of them is tried twice. */
  readonly seen = new Set<string>()
  /** Those that take the day of issue: after it, no earlier date could be numbered. */
  readonly deferred: string[] = []
  /** Whether only the deferred are left. */
  isListed = false

  constructor(organisationId: string, today: IsoDate) {
    this.organisation_id = organisationId
    this.today = today
  }
}

class IssueRun {
  done = 0
  readonly #db: Database
  readonly #request: IssueRequest
  readonly #outcomes: IssueOutcome[] = []
  #issued = 0
  #total = 0

  constructor(db: Database, request: IssueRequest) {
    this.#db = db
    this.#request = request
  }

  result(): IssueResult {
    return { issued: this.#issued, outcomes: this.#outcomes }
  }

  /** Batch after batch in order, and last what takes the day of issue. False where somebody else is at it, and it did not wait. */
  async workOn(work: Work, wait: boolean): Promise<boolean> {
    for (;;) {
      if (this.#request.signal?.aborted === true) return true
      const ids = await this.#next(work)
      if (ids === undefined) return true
      const isAll = ids.length <= draftsInBatch && work.seen.size === 0
      const turn = { wait, most: draftsInBatch }
      const taken = await this.#batch(work, ids, { ...turn, deferRedated: !isAll && !work.isListed })
      if (taken === undefined) return false
      for (const id of taken) work.seen.add(id)
      // What came before the last one taken and was not, others have issued.
      const last = taken.at(-1)
      ids.splice(0, last === undefined ? ids.length : ids.indexOf(last) + 1)
    }
  }

  /** What is left of the list, the list anew, or the deferred; undefined when all is done. */
  async #next(work: Work): Promise<string[] | undefined> {
    if (work.listed !== undefined && work.listed.length > 0) return work.listed
    if (work.isListed) return undefined
    const { organisation_id, today, seen } = work
    const ids = this.#request.ids ?? null
    const found = await listDraftsToIssue(this.#db, {
      organisation_id,
      today,
      ids,
      except: [...seen],
      limit: draftsAtOnce,
    })
    this.#total += found.length
    if (found.length === 0) work.isListed = true
    work.listed = found.length > 0 ? found : work.deferred
    return work.listed.length > 0 ? work.listed : undefined
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

  /** A batch that fails is tried draft by draft: the one that cannot be written costs only itself. Answers what it has tried. */
  async #batch(
    work: Work,
    ids: readonly string[],
    turn: Turn & { deferRedated: boolean },
  ): Promise<readonly string[] | undefined> {
    try {
      const batch = await this.#patiently(work, ids, turn)
      if (batch === undefined) return undefined
      this.#settle(batch)
      work.deferred.push(...batch.deferred)
      return batch.taken
    } catch (error) {
      if (isPassing(error)) throw error
      const [id] = ids
      if (ids.length === 1 && id !== undefined) {
        this.#settle({ outcomes: [refusedBy(error, id)] })
        return ids
      }
    }
    const tried = ids.slice(0, turn.most)
    for (const id of tried) {
      if (this.#request.signal?.aborted === true) break
      await this.#batch(work, [id], { ...turn, wait: true })
    }
    return tried
  }

  async #patiently(
    work: Work,
    ids: readonly string[],
    { deferRedated, ...turn }: Turn & { deferRedated: boolean },
  ) {
    const { organisation_id, today } = work
    const { by, ahead = 'wait', late_dates, lacks, settle } = this.#request
    const marked = this.#request.ids === undefined
    const batch = { organisation_id, today, ids, by, marked, ahead, late_dates, lacks, settle, deferRedated }
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await issueBatch(this.#db, batch, turn)
      } catch (error) {
        if (!isPassing(error) || attempt === attempts) throw error
        await pause(50 * 2 ** attempt * (0.5 + Math.random()))
      }
    }
  }

  #settle({ outcomes }: Pick<BatchOutcome, 'outcomes'>): void {
    this.#issued += outcomes.filter(({ result }) => result === 'issued').length
    this.done += outcomes.length
    this.#outcomes.push(
      ...(this.#request.ids === undefined
        ? outcomes.filter(({ result }) => result === 'waits' || result === 'refused')
        : outcomes),
    )
    this.#request.onProgress?.(this.done, Math.max(this.done, this.#total))
  }
}

function refusedBy(error: unknown, id: string): IssueOutcome {
  if (isLockTimeout(error))
    return { result: 'refused', id, refusals: [{ code: 'busy', message: { key: 'issuing.refused.busy' } }] }
  const detail = error instanceof Error ? error.message : String(error)
  const message = { key: 'issuing.refused.cannot_write', params: { detail } } as const
  return { result: 'refused', id, refusals: [{ code: 'cannot_write', message }] }
}
