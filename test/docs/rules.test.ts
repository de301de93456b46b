import { readFile } from 'node:fs/promises'
import t from 'tap'
import type { Language } from '../../src/languages/sentences.ts'
import { parseDecimalText } from '../../src/lib/decimal-text.ts'
import { lineNet, totals } from '../../src/lib/money.ts'
import { documentDatePreferences, endOfMonthRules, frequencies } from '../../src/lib/vocabulary.ts'
import { issueDate } from '../../src/services/invoices/issue-date.ts'
import { formatsCollide } from '../../src/services/numbers/number-format.ts'
import { dueDate } from '../../src/services/payment-terms/due-date.ts'
import { documentDate } from '../../src/services/recurring/document-dates.ts'
import { lastDayOf, periodOf, runDate } from '../../src/services/recurring/periods.ts'
import { subjectOn } from '../../src/services/recurring/subject.ts'

/** The rows of the table below a head line, cell by cell, without code marks. Throws where there is none. */
async function tableIn(page: string, head: string): Promise<readonly (readonly string[])[]> {
  const file = new URL(`../../docs/rules/${page}.md`, import.meta.url)
  const lines = (await readFile(file, 'utf8')).split('\n')
  const at = lines.findIndex((line) => line.split('|')[1]?.trim() === head)
  const rows = lines.slice(at + 2)
  const end = rows.findIndex((line) => !line.startsWith('|'))
  if (at < 0 || end < 1) throw new Error(`${page} has no table ${head}`)
  return rows.slice(0, end).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replace(/^`(.*)`$/, '$1')),
  )
}

/** The documented word as one of those that the code knows. */
function known<Word extends string>(words: readonly Word[], text: string): Word {
  const word = words.find((each) => each === text)
  if (word === undefined) throw new Error(`${text} is none of ${words.join(', ')}`)
  return word
}

t.test('run dates are as documented', async (t) => {
  for (const [start = '', frequency = '', lastDay, dates = ''] of await tableIn('schedules', 'start')) {
    const wanted = dates.split(', ')
    const found = wanted.map((_, k) => runDate(start, known(frequencies, frequency), k, lastDay === 'yes'))
    t.strictSame(found, wanted)
  }
})

t.test('periods are as documented', async (t) => {
  for (const [name = '', date = '', first, last] of await tableIn('schedules', 'frequency')) {
    const period = periodOf(known(frequencies, name), date)
    t.strictSame([period.start, lastDayOf(period)], [first, last])
  }
})

t.test('document dates are as documented', async (t) => {
  const rows = await tableIn('schedules', 'preference')
  t.strictSame(
    rows.map(([preference]) => preference),
    documentDatePreferences,
  )
  for (const [name = '', monthly, weekly] of rows) {
    const preference = known(documentDatePreferences, name)
    t.equal(documentDate(preference, 'monthly', '2026-04-10', '2026-04-20'), monthly)
    t.equal(documentDate(preference, 'weekly', '2025-12-31', '2026-01-15'), weekly)
  }
})

t.test('due dates are as documented', async (t) => {
  for (const [date = '', days, rule = '', day, due] of await tableIn('schedules', 'document date')) {
    const end_of_month = known(endOfMonthRules, rule)
    const term = { days: Number(days), end_of_month, day_of_month: day === '–' ? null : Number(day) }
    t.equal(dueDate(date, term), due)
  }
})

t.test('subjects are as documented', async (t) => {
  for (const [subject = '', date = '', language = '', reads] of await tableIn('schedules', 'subject')) {
    t.equal(subjectOn(subject, date, language), reads)
  }
})

t.test('nets are as documented', async (t) => {
  for (const [quantity = '', price = '', discount = '', currency = '', net] of await tableIn(
    'prices',
    'quantity',
  )) {
    t.equal(lineNet({ quantity, unit_price: price, discount_percent: discount }, currency), net)
  }
})

t.test('taxes and totals are as documented', async (t) => {
  for (const [nets = '', rate = '', base, tax, gross] of await tableIn('prices', 'nets')) {
    const lines = nets.split(', ').map((net) => ({ net, category: 'S', rate }))
    const found = totals(lines, 'EUR')
    t.strictSame(found.taxes, [{ category: 'S', rate, base, amount: tax }])
    t.equal(found.gross, gross)
  }
})

t.test('typed numbers are read as documented', async (t) => {
  const read = (text: string, language: Language) => {
    const answer = parseDecimalText(text, { language, decimals: 6, currency: 'EUR' })
    return answer.ok ? answer.value : answer.mistake.replaceAll('_', ' ')
  }
  for (const [typed = '', english, french] of await tableIn('prices', 'typed')) {
    t.equal(read(typed, 'en'), english, typed)
    t.equal(read(typed, 'fr'), french, typed)
  }
})

t.test('dates of issue and formats that meet are as documented', async (t) => {
  for (const [date = '', closed, late, wanted, words = ''] of await tableIn('numbers', 'draft’s date')) {
    const decision = issueDate(date, {
      today: '2026-04-10',
      closing_date: closed === '' ? null : (closed ?? null),
      late_dates: known(['redate', 'keep'], late ?? ''),
      ahead: 'wait',
      lastDateOf: (year) => (year === 2026 ? '2026-03-31' : '2025-12-15'),
    })
    const found = decision.result === 'dated' ? decision.date : decision.result
    t.equal(found, wanted, `${date}: ${words}`)
    if (decision.result === 'dated') t.equal(decision.kept_late, words.includes('kept'), date)
  }
  for (const [one = '', other = '', meet = ''] of await tableIn('numbers', 'one format'))
    t.equal(formatsCollide(one, other), meet.startsWith('yes'), `${one} and ${other}`)
})
