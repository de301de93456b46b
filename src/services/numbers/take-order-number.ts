import type { Trx } from '../../data/database.ts'
import {
  findDistinguishingCode,
  findSeriesFormat,
  insertSeries,
  isOrderNumberTaken,
  takeNextNumber,
} from '../../data/number-series.ts'
import { type IsoDate, yearOf } from '../../lib/dates.ts'
import { formatNumber, presetFormat } from './number-format.ts'

/**
 * The next order number of the organisation's series of the order date's year, inside the transaction that makes the order: its
 * row stays locked until then. A new year takes the format of the year before; the first series is `SO-{YYYY}-{number}`, with the
 * organisation's code in it where there are several. Numbers that an import brought are passed over.
 */
export async function takeOrderNumberWithin(
  trx: Trx,
  order: { organisation_id: string; order_date: IsoDate },
): Promise<string> {
  const { organisation_id, order_date } = order
  const series = { organisation_id, kind: 'order', year: yearOf(order_date) } as const
  for (;;) {
    const taken = await takeNextNumber(trx, series, order_date)
    if (taken === undefined) {
      const format =
        (await findSeriesFormat(trx, series)) ??
        presetFormat('SO', await findDistinguishingCode(trx, organisation_id))
      await insertSeries(trx, series, format)
      continue
    }
    const number = formatNumber(taken.format, series.year, taken.number)
    if (!(await isOrderNumberTaken(trx, organisation_id, number))) return number
  }
}
