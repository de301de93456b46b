import type { Actor } from '../../data/audit.ts'
import { checkNow, limitWaiting, listTaxRateEnds, readByKey } from '../../data/billing-runs.ts'
import type { Database, Trx } from '../../data/database.ts'
import { explainExemptions, replaceRates, writeIssued } from '../../data/issued-rows.ts'
import {
  findIssuedNumbers,
  listDraftFacts,
  lockDrafts,
  mapExchangeRates,
  pickMarkedDrafts,
  takeTurnToIssue,
} from '../../data/issuing.ts'
import { holdIssuingOrganisation, mapBuyers } from '../../data/issuing-parties.ts'
import { moveProgress } from '../../data/order-progress.ts'
import { queueIssuedMail } from '../../data/outgoing-emails.ts'
import type { Refusal } from '../../errors.ts'
import { compareDates, type IsoDate } from '../../lib/dates.ts'
import { Counters } from './counters.ts'
import { issueDate } from './issue-date.ts'
import {
  type DatedDraft,
  datedDraft,
  engineRefusals,
  factsOf,
  issuedRow,
  type KnownRates,
  type Organisation,
  replacedRates,
  standingNotes,
} from './issue-facts.ts'
import type { BuyingParty, IssueOutcome, RefusalsToIssue, SellingParty, StandingNotes } from './issuing.ts'

export type IssueBatch = {
  by: Actor
  organisation_id: string
  /** In the order of their numbers; see `listDraftsToIssue`. */
  ids: readonly string[]
  /** Only those marked to be issued: others were taken out of the run's hands meanwhile. */
  marked: boolean
  /** The day of issue. */
  today: IsoDate
  /** What becomes of a date that lies ahead. */
  ahead: 'wait' | 'today'
  /** In the place of what the organisation's settings say. */
  late_dates?: 'redate' | 'keep' | undefined
  /** Says what the law lacks. */
  lacks: RefusalsToIssue
  /** Leaves drafts whose date would move to the day of issue, so that whatever comes before them keeps its own. */
  deferRedated?: boolean | undefined
  /** Called in the transaction that issues, before it ends: for what belongs to it, such as a receipt. */
  settle?: ((trx: Trx, outcomes: readonly IssueOutcome[]) => Promise<void>) | undefined
}

export type BatchOutcome = {
  /** In the order of the ids; without what is deferred. */
  outcomes: IssueOutcome[]
  deferred: string[]
}

/** How a batch comes to its turn, and how many of its ids it takes at most. */
export type Turn = { wait: boolean; most: number }

const waitSeconds = 5

/**
 * One batch, one transaction, one organisation: nobody else issues there meanwhile (docs/rules/numbers.md). Of marked drafts it takes
 * the first that are still there. Undefined where somebody else is at it and it does not wait.
 */
export async function issueBatch(
  db: Database,
  batch: IssueBatch,
  { wait, most }: Turn,
): Promise<(BatchOutcome & { taken: readonly string[] }) | undefined> {
  return db.transaction().execute(async (trx) => {
    if (!(await takeTurnToIssue(trx, batch.organisation_id, { wait }))) return undefined
    await limitWaiting(trx, waitSeconds)
    await readByKey(trx)
    const taken = batch.marked ? await pickMarkedDrafts(trx, batch.ids, most) : batch.ids.slice(0, most)
    if (taken.length === 0) return { outcomes: [], deferred: [], taken }
    return { ...(await issueWithin(trx, { ...batch, ids: taken })), taken }
  })
}

/**
 * The same inside a transaction that makes the drafts itself, such as that of a credit note. Locks go organisation, orders,
 * invoices, counters: the caller comes with none of a later kind, but for its own new rows and invoices issued already.
 */
export async function issueWithin(trx: Trx, batch: IssueBatch): Promise<BatchOutcome> {
  const organisation = await holdIssuingOrganisation<SellingParty, StandingNotes>(trx, batch.organisation_id)
  if (organisation === undefined) throw new Error(`There is no organisation ${batch.organisation_id}.`)
  const step = new Step(trx, batch, organisation)
  await step.work()
  await batch.settle?.(trx, step.outcomes())
  return { outcomes: step.outcomes(), deferred: step.deferred }
}

/** Drafts that nothing stands in the way of, with what they are issued by. */
type Issuable = {
  drafts: readonly DatedDraft[]
  buyers: ReadonlyMap<string, BuyingParty>
  rates: KnownRates
}

class Step {
  readonly deferred: string[] = []
  readonly #trx: Trx
  readonly #batch: IssueBatch
  readonly #organisation: Organisation
  readonly #outcomes = new Map<string, IssueOutcome>()
  /** Of which the drafts bill a part. */
  #orders: readonly string[] = []

  constructor(trx: Trx, batch: IssueBatch, organisation: Organisation) {
    this.#trx = trx
    this.#batch = batch
    this.#organisation = organisation
  }

  outcomes(): IssueOutcome[] {
    return this.#batch.ids.flatMap((id) => this.#outcomes.get(id) ?? [])
  }

  async work(): Promise<void> {
    const drafts = await this.#lock()
    const counters = await Counters.lock(this.#trx, this.#organisation, drafts, this.#batch.today)
    const dated = drafts.flatMap((draft) => this.#date(draft, counters) ?? [])
    const issuable = await this.#judge(dated)
    if (issuable.drafts.length > 0) await this.#write(issuable, counters)
  }

  async #lock() {
    const { organisation_id, ids, marked } = this.#batch
    const { drafts: locked, orders } = await lockDrafts(this.#trx, organisation_id, ids, { marked })
    this.#orders = orders
    const gone = ids.filter((id) => !locked.has(id))
    if (gone.length > 0) {
      const numbers = await findIssuedNumbers(this.#trx, [organisation_id], gone)
      for (const id of gone) this.#outcomes.set(id, { result: 'gone', id, number: numbers.get(id) ?? null })
    }
    return listDraftFacts(
      this.#trx,
      ids.filter((id) => locked.has(id)),
    )
  }

  #date(draft: DatedDraft['draft'], counters: Counters): DatedDraft | undefined {
    const { today, ahead, late_dates = this.#organisation.late_dates, deferRedated } = this.#batch
    const { closing_date } = this.#organisation
    const lastDateOf = (year: number) => counters.lastDateOf(draft, year)
    const decision = issueDate(draft.document_date, { today, closing_date, late_dates, ahead, lastDateOf })
    const { id } = draft
    if (decision.result === 'waits')
      this.#outcomes.set(id, { result: 'waits', id, issues_on: decision.issues_on })
    else if (decision.result === 'refused')
      this.#outcomes.set(id, { result: 'refused', id, refusals: [decision.refusal] })
    else if (deferRedated === true && decision.redated_from !== null) this.deferred.push(id)
    else return datedDraft(draft, decision)
    return undefined
  }

  /** Asks the rules about each; those refused have their outcome then. */
  async #judge(dated: readonly DatedDraft[]): Promise<Issuable> {
    const { lacks, today } = this.#batch
    const organisation = this.#organisation
    const buyers = await mapBuyers<BuyingParty>(this.#trx, [
      ...new Set(dated.map(({ draft }) => draft.account_id)),
    ])
    const rates = await this.#rates(dated)
    const drafts = dated.filter((each) => {
      const { id } = each.draft
      const facts = factsOf(each, { organisation, buyer: buyerOf(buyers, each), rates, today })
      const refusals = distinct([...engineRefusals(each, { organisation, rates }), ...lacks(facts)])
      if (refusals.length > 0) this.#outcomes.set(id, { result: 'refused', id, refusals })
      return refusals.length === 0
    })
    return { drafts, buyers, rates }
  }

  async #rates(dated: readonly DatedDraft[]): Promise<KnownRates> {
    const { currency } = this.#organisation
    const days = dated
      .filter(({ draft }) => draft.currency !== currency)
      .map(({ draft, date }) => ({ currency: draft.currency, date }))
    const tax = await listTaxRateEnds(this.#trx)
    return {
      exchange: await mapExchangeRates(this.#trx, currency, days),
      tax: new Map(tax.map((rate) => [rate.id, rate])),
    }
  }

  async #write({ drafts, buyers, rates }: Issuable, counters: Counters): Promise<void> {
    const trx = this.#trx
    const organisation = this.#organisation
    // The day of issue comes after every earlier date; else the order of the drafts stands.
    const inOrder = drafts.toSorted((a, b) => compareDates(a.date, b.date))
    await counters.begin(trx, inOrder)
    const rows = inOrder.map((each) => {
      const number = counters.take(each.draft, each.date, { late: each.kept_late })
      return issuedRow(each, { organisation, buyer: buyerOf(buyers, each), rates, number })
    })
    await replaceRates(
      trx,
      inOrder.flatMap((each) => replacedRates(each, rates.tax)),
    )
    await explainExemptions(trx, inOrder.filter(({ draft }) => draft.lacks_reason).map(idOf))
    const written = await writeIssued(trx, {
      organisation_id: organisation.id,
      home_currency: organisation.currency,
      by: this.#batch.by,
      seller: JSON.stringify(organisation.seller),
      buyers: new Map([...buyers].map(([id, buyer]) => [id, JSON.stringify(buyer)])),
      notes: standingNotes(organisation),
      rows,
    })
    if (written !== rows.length) throw new Error(`${written} of ${rows.length} drafts were issued.`)
    await counters.advance(trx)
    await moveProgress(trx, this.#orders)
    await checkNow(trx)
    const toSend = inOrder.filter(({ draft }) => draft.issue_as === 'sent').map(idOf)
    await queueIssuedMail(trx, toSend)
    for (const { id, number, document_date, draft_date, kept_late } of rows) {
      const redated_from = document_date === draft_date ? null : draft_date
      this.#outcomes.set(id, { result: 'issued', id, number, document_date, redated_from, kept_late })
    }
  }
}

function idOf({ draft }: DatedDraft): string {
  return draft.id
}

function buyerOf(buyers: ReadonlyMap<string, BuyingParty>, { draft }: DatedDraft): BuyingParty {
  const buyer = buyers.get(draft.account_id)
  if (buyer === undefined) throw new Error(`There is no account ${draft.account_id}.`)
  return buyer
}

function distinct(refusals: readonly Refusal[]): Refusal[] {
  const seen = new Set<string>()
  return refusals.filter(({ code }) => !seen.has(code) && seen.add(code).size > 0)
}
