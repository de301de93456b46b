/**
 * When the schedule's line is due: minute, hour, day of month, month and day of week in UTC. Understood are a number or `*` for
 * minute and hour; the rest is `*`. Both answers are whole minutes.
 *
 *     * * * * *     14:20 → next 14:21, previous 14:20
 *     0 * * * *     14:20 → next 15:00, previous 14:00
 *     40 2 * * *    14:20 → next 02:40 tomorrow, previous 02:40 today
 */
export function nextTick(cron: string, after: Date): Date {
  const { minute, step } = read(cron)
  const base = Math.floor((after.getTime() - minute) / step) * step + minute
  return new Date(base + step)
}

/** The last tick at or before an instant. */
export function previousTick(cron: string, at: Date): Date {
  return new Date(nextTick(cron, at).getTime() - read(cron).step)
}

/** The schedule of what is looked for every minute. */
export const everyMinute = '* * * * *'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** Milliseconds between ticks, and from the beginning of such a step to its tick. */
function read(cron: string): { minute: number; step: number } {
  if (cron === everyMinute) return { minute: 0, step: minuteMs }
  const match = /^(\d{1,2}) (\d{1,2}|\*) \* \* \*$/.exec(cron)
  const [minute, hour] = [Number(match?.[1]), match?.[2]]
  if (match === null || minute > 59 || (hour !== '*' && Number(hour) > 23)) {
    throw new RangeError(`${cron} is not a schedule that is understood here`)
  }
  return hour === '*'
    ? { minute: minute * minuteMs, step: hourMs }
    : { minute: Number(hour) * hourMs + minute * minuteMs, step: dayMs }
}
