import { type IsoDate, laterOf } from '../../lib/dates.ts'
import type { DocumentDatePreference, Frequency } from '../../lib/vocabulary.ts'
import { lastDayOf, periodAfter, periodBefore, periodOf } from './periods.ts'

/**
 * The date that an occurrence's invoice bears. `today` is the day of generation in the organisation's time zone, also
 * for periods that are caught up; an occurrence still to come will be generated on its run date. "Current" is the
 * calendar period that holds the run date.
 *
 *     monthly, run date 2026-04-10, generated on 2026-04-20
 *       date_created               2026-04-20
 *       last_day_previous_period   2026-03-31
 *       first_day_current_period   2026-04-01
 *       last_day_current_period    2026-04-30
 *       first_day_next_period      2026-05-01
 *       last_day_next_period       2026-05-31
 */
export function documentDate(
  preference: DocumentDatePreference,
  frequency: Frequency,
  runDate: IsoDate,
  today: IsoDate,
): IsoDate {
  if (preference === 'date_created') return laterOf(today, runDate)
  const current = periodOf(frequency, runDate)
  switch (preference) {
    case 'last_day_previous_period':
      return lastDayOf(periodBefore(frequency, current))
    case 'first_day_current_period':
      return current.start
    case 'last_day_current_period':
      return lastDayOf(current)
    case 'first_day_next_period':
      return current.until
    case 'last_day_next_period':
      return lastDayOf(periodAfter(frequency, current))
  }
}
