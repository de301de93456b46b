import { differences, insertAudit } from '../../data/audit.ts'
import type { Database, Trx } from '../../data/database.ts'
import {
  insertOccurrences,
  insertRecurrence,
  lockRecurrence,
  lockRecurringOrder,
  type Recurrence,
  type RecurringOrder,
  updateRecurrence,
} from '../../data/recurrences.ts'
import { InvalidForm, NotFound, Refused } from '../../errors.ts'
import type { IsoDate } from '../../lib/dates.ts'
import { refuseSaveOverAnother } from '../saved-by-another.ts'
import { pausedOccurrences } from './catch-up.ts'
import { type RecurrenceForm, valuesOf } from './recurrence-form.ts'
import { type Outlook, outlookOf, refusalsToRecur } from './recurrence-outlook.ts'

export type SavedRecurrence = { enabled: boolean; next_run_date: IsoDate | null; paused: number }

/**
 * Saves an order's recurrence, also a finalized one's, and plans its next run anew. Periods that have their row stay as they are;
 * those that fell into a pause become skipped unless `bill_paused` says otherwise.
 * @throws NotFound; Refused on a cancelled order; InvalidForm where somebody saved since `version` was read, where a choice is not
 * one (any more), or where more than twelve missed periods would be billed without `confirm_catch_up`
 */
export async function saveRecurrence(
  db: Database,
  viewer: { id: string; organisation_ids: readonly string[] },
  orderId: string,
  form: RecurrenceForm,
  now: Date,
): Promise<SavedRecurrence> {
  return db.transaction().execute(async (trx) => {
    const order = await lockRecurringOrder(trx, orderId, viewer.organisation_ids)
    if (order === undefined) throw new NotFound()
    const refusals = refusalsToRecur(order)
    if (refusals.length > 0) throw new Refused(refusals)
    const before = await lockRecurrence(trx, orderId)
    if (before !== undefined) await refuseOvertaken(trx, before, form)
    const outlook = await outlookOf(trx, order, before, form, now)
    if (outlook.errors.length > 0 || !('foresight' in outlook)) throw new InvalidForm(outlook.errors)
    const paused = await skipPaused(trx, viewer.id, order, outlook)
    await write(trx, viewer.id, order, before, form, outlook, now)
    return { enabled: form.enabled, next_run_date: outlook.foresight.next_run_date, paused }
  })
}

/** Compared as the form shows them, so that a box is a box and what follows from another field is no difference. */
async function refuseOvertaken(trx: Trx, before: Recurrence, form: RecurrenceForm): Promise<void> {
  const { version, updated_at } = before
  const { version: _, ...shown } = valuesOf(before)
  const subject = { type: 'recurrence', id: before.order_id } as const
  await refuseSaveOverAnother(
    trx,
    subject,
    { ...shown, version, updated_at },
    { version: form.version, form: shown },
  )
}

async function skipPaused(
  trx: Trx,
  userId: string,
  order: RecurringOrder,
  { settings, circumstances }: Outlook,
): Promise<number> {
  const paused = pausedOccurrences(settings, circumstances)
  await insertOccurrences(
    trx,
    order,
    paused.map((each) => ({ ...each, frequency: settings.frequency })),
    { state: 'skipped', reason_code: 'paused', reason_text: '', decided_by: userId },
  )
  return paused.length
}

async function write(
  trx: Trx,
  userId: string,
  order: RecurringOrder,
  before: Recurrence | undefined,
  form: RecurrenceForm,
  outlook: Outlook,
  now: Date,
): Promise<void> {
  const settings = {
    enabled: form.enabled,
    frequency: form.frequency,
    start_date: form.start_date,
    end_date: form.end_date,
    last_day: form.last_day,
    bill_from: form.bill_from,
    service_period: form.service_period,
    payment_term_id: outlook.payment_term.id,
    initial_invoice_status: form.initial_invoice_status,
    invoice_subject: form.invoice_subject,
    document_date_preference: form.document_date_preference,
    recipients: form.recipients,
    responsible_id: form.responsible_id,
  }
  const planned = {
    next_run_date: outlook.foresight.next_run_date,
    disabled_at: form.enabled ? null : (before?.disabled_at ?? now.toISOString()),
    updated_by: userId,
  }
  if (before === undefined) {
    await insertRecurrence(trx, {
      ...settings,
      ...planned,
      order_id: order.id,
      organisation_id: order.organisation_id,
    })
  } else {
    await updateRecurrence(trx, order.id, { ...settings, ...planned })
  }
  await insertAudit(trx, {
    by: { user_id: userId },
    action: actionOf(before, form),
    subject_type: 'recurrence',
    subject_id: order.id,
    organisation_id: order.organisation_id,
    changes: differences(before ?? {}, settings),
  })
}

function actionOf(before: Recurrence | undefined, form: RecurrenceForm): string {
  if (before === undefined) return 'created'
  if (before.enabled === form.enabled) return 'updated'
  return form.enabled ? 'enabled' : 'disabled'
}
