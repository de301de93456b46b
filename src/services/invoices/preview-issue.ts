import { listTaxRateEnds } from '../../data/billing-runs.ts'
import type { Database, Trx } from '../../data/database.ts'
import { type DraftFacts, listDraftFacts, mapExchangeRates } from '../../data/issuing.ts'
import { holdIssuingOrganisation, mapBuyers } from '../../data/issuing-parties.ts'
import { findDistinguishingCode } from '../../data/number-series.ts'
import { listSeries } from '../../data/series-settings.ts'
import type { Refusal } from '../../errors.ts'
import { type IsoDate, todayIn, yearOf } from '../../lib/dates.ts'
import { firstFormat, seriesKindOf } from '../numbers/series.ts'
import { nearestFormat } from './counters.ts'
import { issueDate } from './issue-date.ts'
import {
  type DatedDraft,
  datedDraft,
  engineRefusals,
  factsOf,
  type Organisation,
  replacedRates,
} from './issue-facts.ts'
import type { BuyingParty, SellingParty, StandingNotes } from './issuing.ts'
import { type MentionTask, mentionTasks } from './legal-mentions.ts'

/** What issuing a draft by hand would come to now, for the page that asks before it is done. */
export type IssuePreview = {
  today: IsoDate
  /** Its date lies ahead: issued by hand it takes today's. */
  ahead: boolean
  /** Its date lies behind the last one of its series, and either may be chosen; null where the date stands or must move. */
  late: { last_date: IsoDate; preset: 'redate' | 'keep'; kept: DatesOfDraft; redated: DatesOfDraft } | null
  /** With what it would be issued, as the organisation's settings decide. */
  dates: DatesOfDraft
  /** Why its date moves to today though it does not lie ahead: the books of its date are closed, or the series stands after it. */
  moved: 'closed' | 'late' | null
  /** The format of its series, with the year; the counter is taken only when it is issued. */
  format: string
  seller_name: string
  buyer_name: string
  tasks: readonly MentionTask[]
  /** What else stands in the way: closed books, rates that do not apply or are not known. */
  refusals: readonly Refusal[]
  /** What issuing replaces on it, in the words that it will bear. */
  replaced: readonly string[]
  gross: string
}

export type DatesOfDraft = { document_date: IsoDate; due_date: IsoDate }

/** Undefined where it is no draft any more. */
export async function previewIssue(
  db: Database,
  invoice: { id: string; organisation_id: string; time_zone: string },
  now: Date,
): Promise<IssuePreview | undefined> {
  return db.transaction().execute(async (trx) => {
    const [draft] = await listDraftFacts(trx, [invoice.id])
    const organisation = await holdIssuingOrganisation<SellingParty, StandingNotes>(
      trx,
      invoice.organisation_id,
    )
    if (draft === undefined || organisation === undefined) return undefined
    return previewOf(trx, draft, organisation, todayIn(invoice.time_zone, now))
  })
}

async function previewOf(
  trx: Trx,
  draft: DraftFacts,
  organisation: Organisation,
  today: IsoDate,
): Promise<IssuePreview> {
  const kind = seriesKindOf(draft, organisation)
  const series = await listSeries(trx, organisation.id)
  const lastDateOf = (year: number) =>
    series.find((each) => each.kind === kind && each.year === year)?.last_date ?? null
  const { closing_date, late_dates } = organisation
  const decide = (late: 'redate' | 'keep') =>
    issueDate(draft.document_date, { today, closing_date, late_dates: late, ahead: 'today', lastDateOf })
  const dated = (late: 'redate' | 'keep') => {
    const decision = decide(late)
    const onToday = { date: today, redated_from: draft.document_date, kept_late: false }
    return datedDraft(draft, decision.result === 'dated' ? decision : onToday)
  }
  const decision = decide(late_dates)
  const document = dated(late_dates)
  const [kept, redated] = [dated('keep'), dated('redate')]
  const last_date = lastDateOf(yearOf(draft.document_date))
  const isLate = last_date !== null && kept.kept_late && kept.date !== redated.date
  const ahead = draft.document_date > today
  const buyers = await mapBuyers<BuyingParty>(trx, [draft.account_id])
  const buyer = buyers.get(draft.account_id)
  if (buyer === undefined) throw new Error(`There is no account ${draft.account_id}.`)
  const rates = await knownRates(trx, document, organisation)
  const facts = factsOf(document, { organisation, buyer, rates, today })
  const tasks = mentionTasks(facts)
  const told = new Set(tasks.flatMap(({ missing }) => missing.map(({ code }) => code)))
  return {
    today,
    ahead,
    late: isLate ? { last_date, preset: late_dates, kept: datesOf(kept), redated: datesOf(redated) } : null,
    dates: datesOf(document),
    moved: ahead || document.redated_from === null ? null : isLate ? 'late' : 'closed',
    format: await formatOf(trx, series, { organisation, kind, date: document.date }),
    seller_name: organisation.seller.name,
    buyer_name: buyer.name,
    tasks,
    refusals: [
      ...(decision.result === 'refused' ? [decision.refusal] : []),
      ...engineRefusals(document, { organisation, rates }).filter(({ code }) => !told.has(code)),
    ],
    replaced: replacedRates(document, rates.tax).map(({ note }) => note),
    gross: draft.gross,
  }
}

function datesOf({ date, due_date }: DatedDraft): DatesOfDraft {
  return { document_date: date, due_date }
}

async function knownRates(trx: Trx, { draft, date }: DatedDraft, { currency }: Organisation) {
  const days = draft.currency === currency ? [] : [{ currency: draft.currency, date }]
  const tax = await listTaxRateEnds(trx)
  return {
    exchange: await mapExchangeRates(trx, currency, days),
    tax: new Map(tax.map((rate) => [rate.id, rate])),
  }
}

async function formatOf(
  trx: Trx,
  series: Awaited<ReturnType<typeof listSeries>>,
  of: { organisation: Organisation; kind: ReturnType<typeof seriesKindOf>; date: IsoDate },
): Promise<string> {
  const { organisation, kind, date } = of
  const year = yearOf(date)
  const issued = series.filter((each) => each.kind !== 'order')
  const others = issued.filter((each) => each.kind !== kind).map(({ format }) => format)
  const format =
    nearestFormat(issued, { kind, year }) ??
    firstFormat(kind, await findDistinguishingCode(trx, organisation.id), others)
  return format.replaceAll('{YYYY}', String(year)).replaceAll('{number}', '…')
}
