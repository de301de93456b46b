import type { Database } from '../../data/database.ts'
import { countMadeSince } from '../../data/issuing.ts'
import { listOrganisationZones } from '../../data/occurrences.ts'
import type { IsoDate } from '../../lib/dates.ts'
import { issueInvoices } from './issue-invoices.ts'
import { refusalsToIssue } from './legal-mentions.ts'

export type MarkedFigures = {
  issued: number
  /** Drafts whose date has come and that something is missing on: they stay until it is there. */
  waiting: number
  /** Those of the waiting that this run has made: nobody knows of them yet. */
  waiting_new: number
}

/** Issues, in all organisations, the drafts that runs have marked and whose date has come, those of earlier runs too. */
export async function issueMarkedInvoices(
  db: Database,
  run: {
    started_at: string
    as_of: IsoDate | null
    signal?: AbortSignal
    onProgress: (done: number, total: number) => void
  },
): Promise<MarkedFigures> {
  const organisations = await listOrganisationZones(db)
  const { issued, outcomes } = await issueInvoices(db, {
    by: { actor: 'recurring-invoices' },
    organisation_ids: organisations.map(({ id }) => id),
    as_of: run.as_of ?? undefined,
    lacks: refusalsToIssue,
    onProgress: run.onProgress,
    signal: run.signal,
  })
  const ids = outcomes.map(({ id }) => id)
  return { issued, waiting: ids.length, waiting_new: await countMadeSince(db, ids, run.started_at) }
}
