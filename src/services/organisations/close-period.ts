import { insertAudit } from '../../data/audit.ts'
import type { Database } from '../../data/database.ts'
import { lockOrganisation, updateOrganisation } from '../../data/organisations.ts'
import { InvalidForm, NotFound } from '../../errors.ts'
import { type IsoDate, todayIn } from '../../lib/dates.ts'
import { mistakesOfClosingDate } from './closing-date.ts'

/**
 * Closes an organisation's books up to and including a day: nothing is issued with a date in it any more. The organisation's lock
 * comes after whoever is issuing, and what is issued afterwards knows of it. @throws NotFound, InvalidForm
 */
export async function closePeriod(
  db: Database,
  userId: string,
  id: string,
  closing_date: IsoDate,
  now: Date,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const before = await lockOrganisation(trx, id)
    if (before === undefined) throw new NotFound()
    const today = todayIn(before.time_zone, now)
    const mistakes = mistakesOfClosingDate(closing_date, { closing_date: before.closing_date, today })
    if (mistakes.length > 0) throw new InvalidForm(mistakes)
    await updateOrganisation(trx, id, { closing_date })
    await insertAudit(trx, {
      by: { user_id: userId },
      action: 'closed',
      subject_type: 'organisation',
      subject_id: id,
      organisation_id: id,
      changes: {
        version: { from: before.version, to: before.version + 1 },
        closing_date: { from: before.closing_date, to: closing_date },
      },
    })
  })
}
