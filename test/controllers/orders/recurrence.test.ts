import t from 'tap'
import { addMonths, firstDayOfMonth, lastDayOfMonth, todayIn } from '../../../src/lib/dates.ts'
import { testDatabase } from '../../support/database.ts'
import { insertOrder } from '../../support/documents.ts'
import { runOn } from '../../support/runs.ts'
import { makeRecurringOrder, makeShop } from '../../support/shop.ts'
import { testApp, Visitor } from '../../support/web.ts'

// Pages have no clock to set: dates are told from today's, in the organisation's zone.
const today = todayIn('Europe/Paris', new Date())
const monthsAgo = (count: number) => firstDayOfMonth(addMonths(today, -count))

async function shopWithOrder(t: { teardown(end: () => unknown): unknown }) {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const app = await testApp(db)
  t.teardown(() => app.close())
  const order = await insertOrder(db, shop)
  const visitor = await Visitor.signedIn(app, shop.admin_id)
  return { db, shop, app, order, visitor, at: `/orders/${order}/recurrence` }
}

t.test('the settings are proposed, saved and answered under the form’s names', async (t) => {
  const { visitor, at, shop, order } = await shopWithOrder(t)
  t.match(await visitor.json(at), {
    status: 200,
    body: { enabled: false, frequency: 'monthly', start_date: today, next_run_date: null, version: 0 },
  })
  const page = await visitor.get(at)
  t.equal(page.status, 200)
  for (const name of ['enabled', 'frequency', 'start_date', 'end_date', 'payment_term_id'])
    t.match(page.body, `name="${name}"`)
  t.notMatch(page.body, 'name="usage_scope"')
  t.notMatch(page.body, 'name="bill_parent"')
  const saved = await visitor.post(at, {
    enabled: 'on',
    frequency: 'quarterly',
    start_date: monthsAgo(2),
    payment_term_id: '',
    invoice_subject: 'Maintenance Q{Q} {YYYY}',
    recipients: 'a@chop.test; b@chop.test',
    usage_scope: 'none',
    usage_aggregation: 'period',
    version: '0',
  })
  t.match(saved, { status: 303, location: at })
  t.match((await visitor.get(at)).body, 'The next run catches up from')
  t.match((await visitor.json(at)).body, {
    enabled: true,
    frequency: 'quarterly',
    start_date: monthsAgo(2),
    bill_from: monthsAgo(2),
    payment_term_id: shop.term_id,
    initial_invoice_status: 'created',
    document_date_preference: 'date_created',
    service_period: 'calendar',
    recipients: ['a@chop.test', 'b@chop.test'],
    usage_scope: 'none',
    usage_filter_id: null,
    bill_parent: false,
    next_run_date: monthsAgo(2),
    next_document_date: today,
    version: 1,
  })
  t.match((await visitor.json(`/orders/${order}`)).body, { recurrence: { enabled: true } })
})

t.test(
  'invoices that a catch-up dates alike are said to be, and a change is told setting by setting',
  async (t) => {
    const { visitor, at, order } = await shopWithOrder(t)
    const settings = {
      enabled: 'on',
      frequency: 'monthly',
      start_date: monthsAgo(2),
      payment_term_id: '',
      invoice_subject: 'Maintenance',
      version: '0',
    }
    const preview = (changes: Record<string, string>) =>
      visitor.get(`${at}/preview?${new URLSearchParams({ ...settings, ...changes })}`)
    t.match((await preview({})).body, /All are dated .* with the subject “Maintenance”\./)
    for (const apart of [{ invoice_subject: '{MM}', document_date_preference: 'last_day_current_period' }])
      t.notMatch((await preview(apart)).body, 'All are dated')
    await visitor.post(at, settings)
    await visitor.post(at, { ...settings, frequency: 'quarterly', last_day: 'on', version: '1' })
    const { body } = await visitor.get(`/orders/${order}/history`)
    t.match(body, /Recurrence changed[\s\S]*Frequency: <del>Monthly<\/del>[\s\S]*<ins>Quarterly<\/ins>/)
    t.match(body, /Always on the month’s last day: <del>No<\/del>[\s\S]*<ins>Yes<\/ins>/)
  },
)

t.test('mistakes come back with everything typed, also as JSON', async (t) => {
  const { visitor, at } = await shopWithOrder(t)
  const typed = {
    enabled: 'on',
    start_date: '31.02.2026',
    invoice_subject: 'For {MOIS}',
    recipients: 'nobody',
  }
  const answer = await visitor.post(at, typed)
  t.equal(answer.status, 422)
  t.match(answer.body, 'value="31.02.2026"')
  t.match(answer.body, 'value="For {MOIS}"')
  t.match(answer.body, 'The dates cannot be shown yet')
  const json = await visitor.post(at, typed, { accept: 'application/json' })
  t.match(JSON.parse(json.body), {
    errors: [{ field: 'start_date' }, { field: 'invoice_subject' }, { field: 'recipients' }],
  })
  const subject = await visitor.post(at, { invoice_subject: 'For {MOIS}' }, { accept: 'application/json' })
  t.match(JSON.parse(subject.body), { errors: [{ field: 'invoice_subject', message: /^\{MOIS\} is not/ }] })
})

t.test('a mistyped year is asked about with its sum, and the box to tick stands beside it', async (t) => {
  const { visitor, at } = await shopWithOrder(t)
  const typed = {
    enabled: 'on',
    frequency: 'monthly',
    start_date: monthsAgo(14),
    end_date: lastDayOfMonth(monthsAgo(1)),
  }
  const answer = await visitor.post(at, typed)
  t.equal(answer.status, 422)
  t.match(answer.body, 'Yes, bill 14 missed periods, €3,556.00 in all')
  t.match(answer.body, 'name="confirm_catch_up"')
  t.equal((await visitor.post(at, { ...typed, confirm_catch_up: 'on' })).status, 303)
})

t.test('the preview says what will happen and saves nothing', async (t) => {
  const { visitor, at, db } = await shopWithOrder(t)
  const start = lastDayOfMonth(monthsAgo(3))
  const query = new URLSearchParams({
    enabled: 'on',
    frequency: 'monthly',
    start_date: start,
    last_day: 'on',
    document_date_preference: 'last_day_current_period',
    invoice_subject: 'Support {MM}/{YYYY}',
    _csrf: 'x',
  })
  const token = await visitor.get(`${at}/preview?${query}`)
  t.equal(token.status, 303, 'the token does not stay in the address')
  t.notMatch(token.location, '_csrf')
  const page = await visitor.get(token.location)
  t.equal(page.status, 200)
  t.match(page.body, 'Every month on the month’s last day')
  t.match(page.body, /The next run will catch up 3 missed periods: .*, €762\.00\./)
  t.match(page.body, `value="Support {MM}/{YYYY}"`, 'what was typed is still there')
  const part = await visitor.get(`${token.location}&part=preview`)
  t.notMatch(part.body, '<html')
  t.match(part.body, 'data-status="Next run')
  const { body } = await visitor.json(token.location)
  t.match(body, {
    next_run_date: start,
    missed: { count: 3, sum: '762.00' },
    needs_confirmation: false,
    coming: { length: 12 },
  })
  t.equal((await db.selectFrom('recurrences').selectAll().execute()).length, 0)
  const wrong = `${at}/preview?enabled=on&start_date=`
  t.equal((await visitor.get(wrong)).status, 422)
  t.match(await visitor.json(wrong), { status: 422, body: { errors: [{ field: 'start_date' }] } })
})

t.test('an order of another organisation, or none, has no recurrence', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const app = await testApp(db)
  t.teardown(() => app.close())
  const order = await makeRecurringOrder(db, shop, {
    organisation_id: shop.other_organisation_id,
    recurrence: { start_date: '2026-01-31' },
  })
  const visitor = await Visitor.signedIn(app, shop.user_id)
  for (const path of ['recurrence', 'recurrence/preview', 'occurrences', 'occurrences/monthly/2026-01-01']) {
    t.equal((await visitor.get(`/orders/${order}/${path}`)).status, 404, path)
  }
  t.equal((await visitor.post(`/orders/${order}/recurrence`, { enabled: 'on' })).status, 404)
  const skip = `/orders/${order}/occurrences/monthly/2026-01-01/skip`
  t.equal((await visitor.post(skip, { reason: 'No' })).status, 404)
})

t.test('a cancelled order says why it cannot recur', async (t) => {
  const { visitor, at, db, order } = await shopWithOrder(t)
  await db
    .updateTable('customer_orders')
    .set({ status: 'cancelled', status_before_cancel: 'created' })
    .where('id', '=', order)
    .execute()
  t.match((await visitor.get(at)).body, 'is cancelled and bills nothing')
  const answer = await visitor.post(at, { start_date: 'nonsense' }, { accept: 'application/json' })
  t.match([answer.status, JSON.parse(answer.body)], [409, { refusals: [{ code: 'order_cancelled' }] }])
})

t.test(
  'periods are listed with what became of them, and each has its evidence and its mending',
  async (t) => {
    const { visitor, db, shop } = await shopWithOrder(t)
    const order = await makeRecurringOrder(db, shop, { recurrence: { start_date: monthsAgo(3) } })
    await runOn(db, monthsAgo(2))
    const list = await visitor.json(`/orders/${order}/occurrences`)
    // This month's period runs on its first day: it is missing from the second on.
    const sinceThen =
      today === firstDayOfMonth(today) ? [] : [{ period_start: monthsAgo(0), state: 'missing' }]
    t.match(list.body, {
      items: [
        ...sinceThen,
        { period_start: monthsAgo(1), state: 'missing', invoice: null },
        { period_start: monthsAgo(2), state: 'invoiced', net: '100.00' },
        { period_start: monthsAgo(3), state: 'invoiced' },
      ],
      total: 3 + sinceThen.length,
    })
    t.match((await visitor.get(`/orders/${order}/occurrences?format=csv`)).body, 'period_start')
    t.equal((await visitor.get(`/orders/${order}/occurrences`)).status, 200)

    const at = `/orders/${order}/occurrences/monthly/${monthsAgo(1)}`
    t.match((await visitor.get(at)).body, 'It should have run on')
    t.equal((await visitor.post(`${at}/skip`, { reason: '' })).status, 422)
    t.match(await visitor.post(`${at}/hold`, { reason: 'Asked for a new price' }), {
      status: 303,
      location: at,
    })
    const held = await visitor.get(at)
    t.match(held.body, 'Held: Asked for a new price')
    t.match(await visitor.post(`${at}/invoice`, {}), { status: 303, location: at })
    await runOn(db, today)
    const billed = await visitor.json(at)
    t.match(billed.body, {
      state: 'invoiced',
      net: '100.00',
      run: { trigger: 'command' },
      history: [{ action: 'made_due' }, { action: 'held', reason: 'Asked for a new price' }],
    })
    t.match((await visitor.get(at)).body, 'This period has its invoice already')
    t.equal((await visitor.post(`${at}/skip`, { reason: 'Too late' })).status, 409)
    for (const wrong of ['hourly/2026-01-01', 'monthly/2026-02-30', `monthly/${today.slice(0, 8)}17`])
      t.equal((await visitor.get(`/orders/${order}/occurrences/${wrong}`)).status, 404, wrong)
  },
)

t.test('every page of it speaks French', async (t) => {
  const { visitor, at, db, shop } = await shopWithOrder(t)
  await db.updateTable('users').set({ language: 'fr' }).execute()
  const order = await makeRecurringOrder(db, shop, { recurrence: { start_date: monthsAgo(3) } })
  t.match((await visitor.get(at)).body, 'Enregistrer la récurrence')
  t.match((await visitor.get(`/orders/${order}/recurrence`)).body, 'rattrapera')
  t.match((await visitor.get(`/orders/${order}/occurrences/monthly/${monthsAgo(2)}`)).body, 'Manquante')
})
