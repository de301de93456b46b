import type { FieldError } from '../../languages/catalog.ts'
import type { IsoDate } from '../../lib/dates.ts'

/**
 * What is wrong with the last day that is to be closed: it lies after the one before, and never ahead of today.
 *
 *     closed until 2026-03-31, today 2026-05-04     2026-04-30   nothing
 *     closed until 2026-03-31, today 2026-05-04     2026-03-31   closed already
 *     nothing closed, today 2026-05-04              2026-05-05   has not passed
 */
export function mistakesOfClosingDate(
  date: IsoDate,
  organisation: { readonly closing_date: IsoDate | null; readonly today: IsoDate },
): FieldError[] {
  const { closing_date, today } = organisation
  if (closing_date !== null && date <= closing_date)
    return [{ field: 'closing_date', message: { key: 'closing.back', params: { closing_date } } }]
  if (date > today)
    return [{ field: 'closing_date', message: { key: 'closing.future', params: { today_date: today } } }]
  return []
}
