import { differences, insertAudit } from '../../data/audit.ts'
import type { Database } from '../../data/database.ts'
import { findDistinguishingCode } from '../../data/number-series.ts'
import { lockOrganisation } from '../../data/organisations.ts'
import { lockSeriesOf, upsertSeries } from '../../data/series-settings.ts'
import { InvalidForm, NotFound, Refused } from '../../errors.ts'
import { mistakesOfSeries, type NumberKind, type SeriesForm, seriesAt } from './series-form.ts'

/**
 * Sets the format and the first number of a series that has not been used. The organisation is locked, so that of two who set
 * formats that collide the second is told.
 * @throws NotFound; Refused where a number was taken; InvalidForm
 */
export async function saveSeries(
  db: Database,
  userId: string,
  series: { organisation_id: string; kind: NumberKind; year: number },
  form: SeriesForm,
): Promise<void> {
  const { organisation_id, kind, year } = series
  await db.transaction().execute(async (trx) => {
    const organisation = await lockOrganisation(trx, organisation_id)
    if (organisation === undefined) throw new NotFound()
    const stored = await lockSeriesOf(trx, organisation_id)
    const before = seriesAt(stored, await findDistinguishingCode(trx, organisation_id), series)
    if (before.last_date !== null)
      throw new Refused([
        { code: 'series_used', message: { key: 'numbering.used', params: { format: before.format } } },
      ])
    const mistakes = mistakesOfSeries(form, series, stored)
    if (mistakes.length > 0) throw new InvalidForm(mistakes)
    await upsertSeries(trx, { organisation_id, kind, year, ...form })
    await insertAudit(trx, {
      by: { user_id: userId },
      action: before.proposed ? 'created' : 'updated',
      subject_type: 'number_series',
      subject_id: organisation_id,
      organisation_id,
      changes: { kind, year, ...differences(before, form) },
    })
  })
}
