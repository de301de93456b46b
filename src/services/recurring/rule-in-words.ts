import type { Message } from '../../languages/catalog.ts'
import { monthOf, weekdayOf } from '../../lib/dates.ts'
import type { Schedule } from './periods.ts'

/**
 * A schedule in words, in three parts to be joined by commas: when it runs, from when, until when.
 *
 *     Every month on the 31st, on the last day of shorter months · from 31 Jan 2026 · no end
 */
export function ruleInWords(schedule: Schedule): readonly Message[] {
  const { start_date, end_date, bill_from } = schedule
  const parts: Message[] = [rhythm(schedule), { key: 'recurrence.rule.from', params: { start_date } }]
  if (bill_from !== null && bill_from > start_date) {
    parts.push({ key: 'recurrence.rule.bill_from', params: { bill_from_date: bill_from } })
  }
  if (end_date === null) parts.push({ key: 'recurrence.rule.no_end' })
  else parts.push({ key: 'recurrence.rule.until', params: { end_date } })
  return parts
}

function rhythm(schedule: Schedule): Message {
  const { frequency, start_date, last_day } = schedule
  const day = Number(start_date.slice(8))
  const month = monthOf(start_date)
  switch (frequency) {
    case 'daily':
      return { key: 'recurrence.rule.daily' }
    case 'weekly':
      return { key: 'recurrence.rule.weekly', params: { weekday: weekdayOf(start_date) } }
    case 'annual':
      if (last_day) return { key: 'recurrence.rule.annual_last_day', params: { month } }
      // Only 29 February is missing in some years.
      return month === 2 && day === 29
        ? { key: 'recurrence.rule.annual_leap_day' }
        : { key: 'recurrence.rule.annual', params: { day, month } }
    default: {
      const months = frequency === 'monthly' ? 1 : frequency === 'quarterly' ? 3 : 6
      if (last_day) return { key: 'recurrence.rule.last_day', params: { months } }
      if (day > 28) return { key: 'recurrence.rule.late_day', params: { months, day } }
      return { key: 'recurrence.rule.day', params: { months, day } }
    }
  }
}
