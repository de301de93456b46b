import { setTimeout as pause } from 'node:timers/promises'
import { insertAudit } from '../../data/audit.ts'
import { limitWaiting, readByKey } from '../../data/billing-runs.ts'
import type { Database, Trx } from '../../data/database.ts'
import { isLockTimeout, isPassing } from '../../data/failures.ts'
import {
  readStatusOfInvoice,
  type StatusOfInvoice,
  setDraftDates,
  takeOutOfMail,
} from '../../data/invoice-status.ts'
import { lockDrafts, takeTurnToIssue } from '../../data/issuing.ts'
import { holdIssuingOrganisation } from '../../data/issuing-parties.ts'
import { InvalidForm, NotFound, Refused } from '../../errors.ts'
import { type IsoDate, laterOf, todayIn } from '../../lib/dates.ts'
import { dueDate } from '../payment-terms/due-date.ts'
import { issueWithin } from './issue-batch.ts'
import type { IssueOutcome } from './issuing.ts'
import { refusalsToIssue } from './legal-mentions.ts'
import { isDraft } from './statuses.ts'

export type IssueByHand = {
  /** `sent`: issued, and sent in another way than by mail from here. */
  as: 'approved' | 'sent'
  /** In the place of the draft's own date; one that lies ahead asks for it. Null: the draft's own. */
  document_date: IsoDate | null
  /** What becomes of a date behind the last one of its series; null: as the organisation's settings say. */
  late_dates: 'redate' | 'keep' | null
  /** The version that the person saw; null is not compared. */
  version: number | null
  now: Date
}

export type IssuedByHand = { number: string; document_date: IsoDate; redated_from: IsoDate | null }

const waitSeconds = 5
const attempts = 5

/**
 * Issues one draft, in the same step as runs do (docs/rules/numbers.md). One that was issued before answers its number: a second
 * click takes no second one.
 * @throws NotFound; InvalidForm where its date lies ahead and no other is chosen, or somebody changed it since `version` was read;
 * Refused with all that is missing
 */
export async function issueDraft(
  db: Database,
  user: { id: string; organisation_ids: readonly string[] },
  id: string,
  wish: IssueByHand,
): Promise<IssuedByHand> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().execute((trx) => issueDraftWithin(trx, user, id, wish))
    } catch (error) {
      if (isLockTimeout(error))
        throw new Refused([{ code: 'busy', message: { key: 'issuing.refused.busy' } }])
      if (!isPassing(error) || attempt === attempts) throw error
      await pause(50 * 2 ** attempt * (0.5 + Math.random()))
    }
  }
}

async function issueDraftWithin(
  trx: Trx,
  user: { id: string; organisation_ids: readonly string[] },
  id: string,
  wish: IssueByHand,
): Promise<IssuedByHand> {
  const seen = await readStatusOfInvoice(trx, id, user.organisation_ids)
  if (seen === undefined) throw new NotFound()
  const { organisation_id } = seen
  await takeTurnToIssue(trx, organisation_id, { wait: true })
  await limitWaiting(trx, waitSeconds)
  await readByKey(trx)
  await holdIssuingOrganisation(trx, organisation_id)
  await lockDrafts(trx, organisation_id, [id], { marked: false })
  const invoice = await readStatusOfInvoice(trx, id, user.organisation_ids)
  if (invoice === undefined) throw new NotFound()
  if (!isDraft(invoice.status)) return issuedBefore(invoice)
  const today = todayIn(invoice.time_zone, wish.now)
  refuseWrongWishes(invoice, wish, today)
  if (wish.document_date !== null) await moveTo(trx, user.id, invoice, wish.document_date, today)
  if (wish.as === 'sent') await takeOutOfMail(trx, id)
  const { outcomes } = await issueWithin(trx, {
    by: { user_id: user.id },
    organisation_id,
    ids: [id],
    marked: false,
    today,
    ahead: wish.document_date === null ? 'wait' : 'today',
    late_dates: wish.late_dates ?? undefined,
    lacks: refusalsToIssue,
  })
  return issuedOf(outcomes[0])
}

function issuedBefore({ number, document_date }: StatusOfInvoice): IssuedByHand {
  if (number === null) throw new Error('An issued invoice has no number.')
  return { number, document_date, redated_from: null }
}

function refuseWrongWishes(invoice: StatusOfInvoice, wish: IssueByHand, today: IsoDate): void {
  const { document_date } = invoice
  if (wish.version !== null && wish.version !== invoice.version)
    throw new InvalidForm([{ field: 'version', message: { key: 'invoices.issue.changed' } }])
  const date = wish.document_date ?? document_date
  if (date <= today) return
  const message =
    wish.document_date === null
      ? ({ key: 'invoices.issue.ahead', params: { document_date, today_date: today } } as const)
      : ({ key: 'invoices.issue.date_ahead', params: { today_date: today } } as const)
  throw new InvalidForm([{ field: 'document_date', message }])
}

/** A date ahead that becomes today's is moved by the step itself, which keeps where it came from. */
async function moveTo(
  trx: Trx,
  userId: string,
  invoice: StatusOfInvoice,
  date: IsoDate,
  today: IsoDate,
): Promise<void> {
  const { id, document_date, due_date, term, version, organisation_id } = invoice
  if (date === document_date || (document_date > today && date === today)) return
  const due = term === null ? laterOf(due_date, date) : dueDate(date, term)
  await setDraftDates(trx, id, { document_date: date, due_date: due, by: userId })
  await insertAudit(trx, {
    by: { user_id: userId },
    action: 'updated',
    subject_type: 'invoice',
    subject_id: id,
    organisation_id,
    changes: {
      version: { from: version, to: version + 1 },
      document_date: { from: document_date, to: date },
      ...(due === due_date ? {} : { due_date: { from: due_date, to: due } }),
    },
  })
}

function issuedOf(outcome: IssueOutcome | undefined): IssuedByHand {
  if (outcome?.result === 'issued') return outcome
  if (outcome?.result === 'refused') throw new Refused(outcome.refusals)
  throw new Error(`The draft was locked, and issuing it ended as ${outcome?.result ?? 'nothing'}.`)
}
