import t from 'tap'
import { chance } from '../../scripts/demo/chance.ts'
import { beginningOf, daysLeftDue, type OrderPlan, planOrders } from '../../scripts/demo/orders.ts'
import { addDays, type IsoDate } from '../../src/lib/dates.ts'
import { occurrencesFrom } from '../../src/services/recurring/periods.ts'
import { subjectMistakes } from '../../src/services/recurring/subject.ts'

t.test('the demo has the same life on whatever day it is made', async (t) => {
  const seen = { fewestDue: Number.POSITIVE_INFINITY, orders: new Set<number>() }
  const wrong: string[] = []
  for (let today = '2026-01-01'; today < '2029-03-02'; today = addDays(today, 1)) {
    const plans = planOrders(today, chance(20_26))
    seen.orders.add(plans.length)
    seen.fewestDue = Math.min(seen.fewestDue, countDue(plans, today))
    wrong.push(...plans.flatMap((plan) => mistakesOf(plan, today)).map((mistake) => `${today}: ${mistake}`))
    const settings = plans.flatMap(settingsOf)
    if (!settings.some(({ start_date }) => start_date.endsWith('-31'))) wrong.push(`${today}: no 31st`)
    if (!settings.some(({ last_day }) => last_day === true)) wrong.push(`${today}: no last day`)
    if (new Set(settings.map(({ frequency }) => frequency)).size !== 6) wrong.push(`${today}: frequencies`)
  }
  t.same(wrong.slice(0, 5), [])
  t.same([...seen.orders], [120])
  t.ok(seen.fewestDue >= 15, `the first run always has enough to do, ${seen.fewestDue} at least`)
})

t.test('the same seed makes the same company', async (t) => {
  const [once, again] = [planOrders('2026-11-24', chance(1)), planOrders('2026-11-24', chance(1))]
  t.same(once, again)
  t.notSame(once, planOrders('2026-11-24', chance(2)))
})

function mistakesOf(plan: OrderPlan, today: IsoDate): string[] {
  const mistakes: string[] = []
  const dates = plan.deeds.map(({ date }) => date)
  const [created = ''] = dates
  if (plan.deeds[0]?.does !== 'create') mistakes.push('something is done before the order exists')
  if (dates.join() !== [...dates].sort().join()) mistakes.push(`${plan.subject}: deeds out of order`)
  if (created < beginningOf(today) || (dates.at(-1) ?? '') >= today)
    mistakes.push(`${plan.subject}: ${dates}`)
  if (plan.lines.length === 0) mistakes.push(`${plan.subject}: no lines`)
  for (const { invoice_subject, start_date, end_date = start_date, bill_from = start_date } of settingsOf(
    plan,
  )) {
    if (subjectMistakes(invoice_subject).length > 0) mistakes.push(`a subject is wrong: ${invoice_subject}`)
    if (end_date < start_date || bill_from < start_date)
      mistakes.push(`${plan.subject}: ${start_date} to ${end_date}`)
  }
  return mistakes
}

function settingsOf(plan: OrderPlan) {
  return plan.deeds.flatMap((deed) => (deed.does === 'recur' ? [deed.settings] : []))
}

/** What has come due since the last of the past year's runs, by the settings that each order ends with. */
function countDue(plans: readonly OrderPlan[], today: IsoDate): number {
  const from = addDays(today, 1 - daysLeftDue)
  return plans.flatMap((plan) => {
    const settings = settingsOf(plan).at(-1)
    if (settings?.enabled !== true) return []
    const { frequency, start_date, end_date = null, last_day = false, bill_from = null } = settings
    return [...occurrencesFrom({ frequency, start_date, end_date, last_day, bill_from }, from, today)]
  }).length
}
