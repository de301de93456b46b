import { setTimeout as pause } from 'node:timers/promises'
import type { Claim } from '../../data/billing-runs.ts'
import type { Database } from '../../data/database.ts'
import { isLockTimeout, isPassing } from '../../data/failures.ts'
import { countOrdersLeft, estimateDue, listOrganisationZones } from '../../data/occurrences.ts'
import { type IsoDate, todayIn } from '../../lib/dates.ts'
import { type BatchFigures, BatchOvertaken, generateBatch } from './generate-batch.ts'
import type { Reason } from './plan-batch.ts'

export type GenerateOptions = {
  /** The row of job_runs that this is. */
  run_id: string
  /** When the run began, by the database's clock: what has failed since is not tried again. */
  started_at: string
  /** The run's "today" for every organisation; each one's own where it is absent. */
  as_of?: IsoDate | undefined
  now?: Date
  onProgress?: (done: number, total: number) => void
  /** An orderly stop: the batch under way is finished, nothing further is begun. */
  signal?: AbortSignal
}

/** What a run did; due = invoices + skipped + held + failed. */
export type GenerateFigures = {
  orders: number
  due: number
  invoices: number
  skipped: number
  held: number
  failed: number
  /** Those of the failed that had failed before, whatever the run: nothing new about them. */
  failed_again: number
  /** Orders with periods that are due and that this run could not reach: somebody held them, or it was stopped. */
  unfinished: number
}

const ordersInBatch = 500
const attempts = 6

/**
 * Makes a draft invoice for every occurrence that is due and has none, however long nothing ran (docs/rules/recurring-runs.md).
 *
 * Any number of runs at once share the work: each batch is claimed in the database, written in one transaction and committed, so
 * that a kill loses only the batch under way and the next run completes it. An order that cannot be billed is parked with its
 * reason. Throws where the database cannot be reached, or an order can be neither billed nor parked.
 */
export async function generateDueInvoices(db: Database, options: GenerateOptions): Promise<GenerateFigures> {
  const now = options.now ?? new Date()
  const organisations = (await listOrganisationZones(db)).map(({ id, time_zone }) => ({
    id,
    today: options.as_of ?? todayIn(time_zone, now),
  }))
  const run = new Run(db, options)
  for (const { id, today } of organisations) run.total += await estimateDue(db, id, today)
  run.report()
  // First what is free, in all organisations; then a pass that waits for what others hold, such as a killed run's server process
  // to the end of its statement.
  for (const wait of [false, true]) {
    for (const { id, today } of organisations) {
      await run.work({ organisation_id: id, today, work: 'stored', wait })
      await run.work({ organisation_id: id, today, work: 'planned', wait })
    }
  }
  let unfinished = 0
  for (const { id, today } of organisations) unfinished += await countOrdersLeft(db, id, today)
  run.throwProblems()
  return { ...run.figures(), unfinished }
}

type Work = Pick<Claim, 'organisation_id' | 'today' | 'work' | 'wait'>

class Run {
  total = 0
  readonly #db: Database
  readonly #options: GenerateOptions
  readonly #orders = new Set<string>()
  readonly #counts = { invoices: 0, skipped: 0, held: 0, failed: 0, failed_again: 0 }
  /** Orders that could be neither billed nor parked, with what the database said. */
  readonly #problems = new Map<string, unknown>()

  constructor(db: Database, options: GenerateOptions) {
    this.#db = db
    this.#options = options
  }

  /** Batch after batch, until nothing more can be claimed. */
  async work(work: Work): Promise<void> {
    while (this.#options.signal?.aborted !== true) {
      const claimed: string[] = []
      try {
        if (!(await this.#batch({ ...work, limit: ordersInBatch }, claimed))) return
      } catch (error) {
        if (isLockTimeout(error)) return
        if (isPassing(error)) throw error
        for (const id of claimed) await this.#alone(work, id)
      }
    }
  }

  report(): void {
    const { due } = this.figures()
    this.#options.onProgress?.(due, Math.max(due, this.total))
  }

  figures() {
    const { invoices, skipped, held, failed, failed_again } = this.#counts
    const due = invoices + skipped + held + failed
    return { orders: this.#orders.size, due, invoices, skipped, held, failed, failed_again }
  }

  throwProblems(): void {
    const [problem] = this.#problems
    if (problem === undefined) return
    const [id, error] = problem
    const count = this.#problems.size
    throw new Error(
      `${count} ${count === 1 ? 'order' : 'orders'} could be neither billed nor parked, such as ${id}: ${wordsOf(error)}`,
      {
        cause: error,
      },
    )
  }

  /** One order of a batch that failed: all it has, else occurrence by occurrence, and the one that cannot be written is parked. */
  async #alone(work: Work, only: string): Promise<void> {
    const claim = { ...work, only, limit: 1 }
    try {
      await this.#batch(claim, [])
      return
    } catch (error) {
      if (isLockTimeout(error)) return
      if (isPassing(error)) throw error
    }
    while (this.#options.signal?.aborted !== true) {
      try {
        if (!(await this.#batch(claim, [], 1))) return
      } catch (error) {
        if (isLockTimeout(error)) return
        if (isPassing(error)) throw error
        const reason: Reason = { code: 'cannot_write', params: { detail: wordsOf(error) } }
        const parked = await this.#batch(claim, [], 1, reason).catch((failure: unknown) => {
          this.#problems.set(only, failure)
          return false
        })
        if (!parked) return
      }
    }
  }

  /** One transaction, tried again where the failure is one that passes. Answers whether there was anything to do. */
  async #batch(
    claim: Work & Pick<Claim, 'only' | 'limit'>,
    claimed: string[],
    occurrences?: number,
    park?: Reason,
  ): Promise<boolean> {
    const { run_id, started_at } = this.#options
    for (let attempt = 1; ; attempt += 1) {
      try {
        const figures = await generateBatch(
          this.#db,
          { ...claim, started_at, except: [...this.#problems.keys()] },
          {
            run_id,
            onClaimed: (ids) => claimed.splice(0, claimed.length, ...ids),
            ...(occurrences === undefined ? {} : { occurrences }),
            ...(park === undefined ? {} : { park }),
          },
        )
        if (claimed.length === 0) return false
        this.#add(figures)
        return true
      } catch (error) {
        if (!(isPassing(error) || error instanceof BatchOvertaken) || attempt === attempts) throw error
        await pause(50 * 2 ** attempt * (0.5 + Math.random()))
      }
    }
  }

  #add(figures: BatchFigures): void {
    for (const id of figures.orders) this.#orders.add(id)
    this.#counts.invoices += figures.invoices
    this.#counts.skipped += figures.skipped
    this.#counts.held += figures.held
    this.#counts.failed += figures.failed
    this.#counts.failed_again += figures.failed_again
    this.report()
  }
}

/** PostgreSQL's own words, as a sentence. */
function wordsOf(error: unknown): string {
  const words = (error instanceof Error ? error.message : String(error)).trim()
  return /[.!?]$/.test(words) ? words : `${words}.`
}
