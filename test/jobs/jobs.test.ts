import { sql } from 'kysely'
import t from 'tap'
import { findJobRun, insertJobRun, listJobRuns } from '../../src/data/job-runs.ts'
import { startScheduler } from '../../src/jobs/schedule.ts'
import { say } from '../../src/languages/translate.ts'
import { addDays, todayIn } from '../../src/lib/dates.ts'
import { figuresSentence, heartbeat, parkedUnchangedSince } from '../../src/services/jobs/heartbeat.ts'
import { jobs } from '../../src/services/jobs/jobs.ts'
import { runJob } from '../../src/services/jobs/run-job.ts'
import { nextTick, previousTick } from '../../src/services/jobs/ticks.ts'
import { testDatabase } from '../support/database.ts'
import { occurrencesOf } from '../support/runs.ts'
import { makeLawful, makeRecurringOrder, makeShop } from '../support/shop.ts'
import { testApp, Visitor } from '../support/web.ts'

const at = (time: string) => new Date(`2026-03-12T${time}Z`)

t.test('ticks of the schedule, in UTC', async (t) => {
  for (const [cron, when, previous, next] of [
    ['0 * * * *', '14:20:00', '14:00:00', '15:00:00'],
    ['0 * * * *', '14:00:00', '14:00:00', '15:00:00'],
    ['5 * * * *', '14:04:59.999', '13:05:00', '14:05:00'],
    ['40 14 * * *', '14:41:00', '14:40:00', null],
  ] as const) {
    t.same(previousTick(cron, at(when)), at(previous), `${cron} before ${when}`)
    if (next !== null) t.same(nextTick(cron, at(when)), at(next), `${cron} after ${when}`)
  }
  t.same(nextTick('40 2 * * *', at('14:20:00')), new Date('2026-03-13T02:40:00Z'))
  t.throws(() => nextTick('*/5 * * * *', at('14:20:00')), /not a schedule/)
  for (const job of jobs) t.ok(nextTick(job.cron, at('00:00:00')) > at('00:00:00'), job.name)
})

t.test('a job is overdue once a tick has passed without a run', async (t) => {
  const run = (state: 'succeeded' | 'failed' | 'lost' | 'running', started: string) => ({
    state,
    started_at: at(started).toISOString(),
    figures: {},
  })
  const beat = (last: ReturnType<typeof run> | undefined, now: string, since = '00:00:00') =>
    heartbeat('0 * * * *', last, at(since), at(now)).state
  t.equal(beat(run('succeeded', '14:00:01'), '14:59:00'), 'succeeded')
  t.equal(beat(run('succeeded', '14:00:01'), '15:05:00'), 'succeeded', 'a thread may take a while to start')
  t.equal(beat(run('succeeded', '14:00:01'), '15:11:00'), 'overdue')
  t.equal(beat(run('failed', '14:30:00'), '14:59:00'), 'failed')
  t.equal(beat(run('lost', '14:30:00'), '14:59:00'), 'lost')
  t.equal(beat(run('running', '12:00:00'), '14:59:00'), 'running')
  t.equal(beat(undefined, '14:59:00'), 'overdue')
  t.equal(beat(undefined, '14:59:00', '14:10:00'), 'never', 'a shop younger than the tick owes none')
  t.same(
    heartbeat('0 * * * *', run('succeeded', '11:00:01'), at('00:00:00'), at('14:20:00')).overdue_since,
    at('12:00:00'),
    'since the first tick that was missed',
  )
})

t.test('figures are told in the business’s words', async (t) => {
  const figures = { due: 1412, invoices: 1408, skipped: 1, held: 2, failed: 1, unfinished: 0 }
  t.equal(
    say('en', figuresSentence('recurring-invoices', figures)),
    '1,412 due, 1,408 made, 1 skipped, 3 parked with reasons, 0 unexplained.',
  )
  t.equal(
    say('fr', figuresSentence('recurring-invoices', { ...figures, unfinished: 2 })).replace(/\s/gu, ' '),
    '1 412 échues, 1 408 créées, 1 passée, 3 mises de côté avec motif, 0 sans explication. 2 commandes laissées à la prochaine exécution.',
  )
})

t.test(
  'a run is recorded from its start to its end, and one that made nothing of what was due has failed',
  async (t) => {
    const { db } = await testDatabase(t)
    const shop = await makeShop(db)
    await makeRecurringOrder(db, shop, { recurrence: { start_date: '2026-01-01' } })
    const done = await runJob(db, { job: 'recurring-invoices', trigger: 'command', as_of: '2026-02-01' })
    t.match(done, {
      error: null,
      figures: { orders: 1, due: 2, invoices: 2, skipped: 0, held: 0, failed: 0, unfinished: 0, issued: 0 },
    })
    const [run] = await listJobRuns(db, 'recurring-invoices', 1)
    t.match(run, { state: 'succeeded', done: 2, total: 2, as_of: '2026-02-01', figures: { due: 2 } })
    t.ok(run?.finished_at)

    await db.updateTable('accounts').set({ archived_at: '2026-01-01' }).execute()
    const vain = await runJob(db, { job: 'recurring-invoices', trigger: 'command', as_of: '2026-03-01' })
    t.match(vain, { error: 'in_vain', figures: { due: 1, failed: 1 } })
    t.match(await listJobRuns(db, 'recurring-invoices', 1), [{ state: 'failed', error: 'in_vain' }])
  },
)

t.test(
  'a run that only tries parked periods again has not failed; a period parked anew makes it fail',
  async (t) => {
    const { db } = await testDatabase(t)
    const shop = await makeShop(db)
    const run = () => runJob(db, { job: 'recurring-invoices', trigger: 'command', as_of: '2026-01-31' })
    const once = { start_date: '2026-01-01', end_date: '2026-01-31' }
    await makeRecurringOrder(db, shop, { recurrence: once })
    await db.updateTable('accounts').set({ archived_at: '2026-01-01' }).execute()
    t.match(await run(), { error: 'in_vain', figures: { due: 1, failed: 1, failed_again: 0 } })
    for (const time of ['first', 'second']) {
      const summary = await run()
      t.match(summary, { error: null, figures: { due: 1, invoices: 0, failed: 1, failed_again: 1 } }, time)
    }
    await makeRecurringOrder(db, shop, { recurrence: once })
    t.match(await run(), { error: 'in_vain', figures: { due: 2, failed: 2, failed_again: 1 } })
    await db.updateTable('accounts').set({ archived_at: null }).execute()
    t.match(await run(), { error: null, figures: { due: 2, invoices: 2, failed: 0, failed_again: 0 } })
  },
)

t.test(
  'what runs have marked is issued when its date has come; what lacks something waits and is reported',
  async (t) => {
    const { db } = await testDatabase(t)
    const shop = await makeShop(db)
    const run = (as_of: string) => runJob(db, { job: 'recurring-invoices', trigger: 'command', as_of })
    await db.updateTable('organisations').set({ siren: '', street: '', city: '' }).execute()
    await makeRecurringOrder(db, shop, {
      recurrence: {
        start_date: '2026-03-15',
        initial_invoice_status: 'approved',
        document_date_preference: 'last_day_current_period',
      },
    })
    t.match(
      await run('2026-03-20'),
      { error: null, figures: { invoices: 1, issued: 0, waiting: 0 } },
      'dated ahead',
    )
    t.match(
      await run('2026-03-31'),
      { error: null, figures: { due: 0, issued: 0, waiting: 1 } },
      'lacks something',
    )
    const [waits] = await listJobRuns(db, 'recurring-invoices', 1)
    if (waits === undefined) throw new Error('The run was not recorded')
    t.equal(heartbeat('0 * * * *', waits, new Date(0), new Date(waits.started_at)).state, 'held')
    t.equal(
      say('en', figuresSentence('recurring-invoices', waits.figures)),
      '0 due, 0 made, 0 parked with reasons, 0 unexplained. 1 draft waits for what is missing on it.',
    )
    await makeRecurringOrder(db, shop, {
      recurrence: { start_date: '2026-04-01', initial_invoice_status: 'sent' },
    })
    t.match(await run('2026-04-01'), {
      error: 'none_issued',
      figures: { invoices: 1, issued: 0, waiting: 2 },
    })
    t.match(
      await run('2026-04-01'),
      { error: null, figures: { issued: 0, waiting: 2 } },
      'nothing new about it',
    )
    await makeLawful(db)
    t.match(await run('2026-04-01'), { error: null, figures: { issued: 2, waiting: 0 } })
    const ahead = addDays(todayIn('Europe/Paris', new Date()), 2)
    const summary = await run(ahead)
    t.match(summary, { error: null, figures: { issued: 0, waiting: 0 } }, 'a day after today issues nothing')
    t.ok((summary?.figures['invoices'] ?? 0) > 5)
    const { rows } =
      await sql`SELECT number, document_date::text, status FROM invoices WHERE number IS NOT NULL ORDER BY number`.execute(
        db,
      )
    t.same(rows, [
      { number: 'R-AN-2026-0001', document_date: '2026-03-31', status: 'approved' },
      { number: 'R-AN-2026-0002', document_date: '2026-04-01', status: 'approved' },
    ])
  },
)

t.test('since when what is parked has not changed', async (t) => {
  const ran = (at: string, figures: Record<string, number>, state: 'succeeded' | 'failed' = 'succeeded') => ({
    state,
    started_at: at,
    figures,
  })
  const again = (at: string, due: number) => ran(at, { due, failed: due, failed_again: due })
  const parked = ran('10:00', { due: 3, failed: 3, failed_again: 0 }, 'failed')
  t.equal(
    parkedUnchangedSince([again('12:00', 3), again('11:00', 3), parked]),
    '10:00',
    'since they were parked',
  )
  const busy = ran('10:00', { due: 9, invoices: 6, failed: 3, failed_again: 0 })
  t.equal(
    parkedUnchangedSince([again('12:00', 3), again('11:00', 3), busy]),
    '10:00',
    'by a run that also billed',
  )
  t.equal(
    parkedUnchangedSince([again('12:00', 2), again('11:00', 3), parked]),
    '12:00',
    'one of them was settled before this run',
  )
  const lost = { ...ran('11:30', {}), state: 'lost' as const }
  t.equal(
    parkedUnchangedSince([again('12:00', 3), lost, again('11:00', 3), parked]),
    '10:00',
    'one was cut off',
  )
  t.equal(parkedUnchangedSince([again('12:00', 3), again('11:00', 3)]), '11:00', 'as far back as is known')
  t.equal(parkedUnchangedSince([ran('12:00', { due: 1, invoices: 1 }), again('11:00', 3)]), undefined)
  t.equal(parkedUnchangedSince([]), undefined)
})

t.test(
  'the jobs page tells what is parked and unchanged, a run that gives no sign of life, and the last runs in words',
  async (t) => {
    const { db } = await testDatabase(t)
    const shop = await makeShop(db)
    const app = await testApp(db)
    t.teardown(() => app.close())
    const admin = await Visitor.signedIn(app, shop.admin_id)
    const insert = (minutes: number, state: string, figures: Record<string, number>) =>
      sql`INSERT INTO job_runs (job, trigger, state, figures, started_at, heartbeat_at, finished_at)
      VALUES ('recurring-invoices', 'command', ${state}, ${JSON.stringify(figures)}, now() - make_interval(mins => ${minutes}),
        now() - interval '40 seconds', CASE WHEN ${state} = 'running' THEN NULL ELSE now() END)`.execute(db)
    await insert(5, 'succeeded', { due: 8, invoices: 8, failed: 0, failed_again: 0 })
    await insert(4, 'failed', { due: 3, failed: 3, failed_again: 0 })
    await insert(3, 'succeeded', { due: 3, failed: 3, failed_again: 3 })
    await insert(2, 'succeeded', { due: 3, failed: 3, failed_again: 3 })
    const parked = (await admin.get('/jobs')).body
    t.match(parked, /3 parked periods, unchanged since \d\d:\d\d\./)
    t.match(parked, /status-amber.*?Periods parked/s)
    t.match(
      parked,
      /The last 4 runs, the newest on the right: 1 succeeded, 2 with nothing but parked periods, 1 failed\./,
    )
    t.equal(parked.match(/class="tracking-block/g)?.length, 4)
    t.match(parked, /run-succeeded.*run-failed.*run-parked.*run-parked/s, 'the oldest first')
    t.notMatch(parked, /<span class="count">/, 'nothing new needs a person')
    await insert(1, 'running', {})
    t.match((await admin.get('/jobs')).body, /last sign of life 4\d s ago/)
    await sql`UPDATE job_runs SET heartbeat_at = now() - interval '20 seconds' WHERE state = 'running'`.execute(
      db,
    )
    t.notMatch((await admin.get('/jobs')).body, /last sign of life/, 'one beat may be late')
    await sql`UPDATE job_runs SET heartbeat_at = now() - interval '6 minutes' WHERE state = 'running'`.execute(
      db,
    )
    t.match((await admin.get('/jobs')).body, /<span class="count">1/, 'a run that was cut off needs one')
  },
)

t.test('a tick of the schedule is run once, whoever comes second', async (t) => {
  const { db } = await testDatabase(t)
  await makeShop(db)
  const tick = { job: 'housekeeping', trigger: 'schedule', scheduled_for: at('02:40:00') } as const
  const runs = await Promise.all([runJob(db, tick), runJob(db, tick), runJob(db, tick)])
  t.equal(runs.filter((run) => run !== undefined).length, 1)
})

t.test('a run without a sign of life for minutes is lost', async (t) => {
  const { db } = await testDatabase(t)
  await makeShop(db)
  const run = await insertJobRun(db, { job: 'recurring-invoices', trigger: 'command' })
  await sql`UPDATE job_runs SET heartbeat_at = now() - interval '6 minutes'`.execute(db)
  const fresh = await insertJobRun(db, { job: 'recurring-invoices', trigger: 'command' })
  t.match(await runJob(db, { job: 'housekeeping', trigger: 'command' }), { error: null })
  t.match(await findJobRun(db, run?.id ?? ''), { state: 'lost' })
  t.match(await findJobRun(db, fresh?.id ?? ''), { state: 'running' })
})

t.test('housekeeping removes what has served its time and nothing else', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  for (const [name, hours] of [
    ['old', -1],
    ['new', 1],
  ] as const) {
    await sql`INSERT INTO sessions (token_hash, user_id, expires_at)
      VALUES (sha256(${name}::bytea), ${shop.user_id}, now() + make_interval(hours => ${hours}))`.execute(db)
    await sql`INSERT INTO sign_in_failures (email, address, failed_at)
      VALUES (${name}, '::1', now() + make_interval(hours => ${hours} * 13 - 13))`.execute(db)
    await sql`INSERT INTO kept_forms (user_id, fields, created_at)
      VALUES (${shop.user_id}, '[]', now() + make_interval(hours => ${hours} * 13 - 13))`.execute(db)
  }
  const summary = await runJob(db, { job: 'housekeeping', trigger: 'command' })
  t.match(summary?.figures, { sessions: 1, sign_in_failures: 1, kept_forms: 1, lost_runs: 0, old_runs: 0 })
  t.equal((await db.selectFrom('sessions').select('user_id').execute()).length, 1)
})

t.test('a job refuses a database that lacks migrations', async (t) => {
  const { db, ownerDb } = await testDatabase(t)
  await sql`DELETE FROM kysely_migration WHERE name LIKE '0005%'`.execute(ownerDb)
  await t.rejects(runJob(db, { job: 'housekeeping', trigger: 'command' }), {
    message: /^The database is older than this program: 0005_recurring must be applied first/,
  })
})

t.test('the scheduler runs a job in a thread and stops in order', async (t) => {
  const { db, url } = await testDatabase(t)
  const shop = await makeShop(db)
  const order = await makeRecurringOrder(db, shop, {
    recurrence: { start_date: '2026-01-31', end_date: '2026-03-31' },
  })
  const errors: unknown[] = []
  const scheduler = await startScheduler({ db, url, onError: (error) => errors.push(error) })
  const run = await insertJobRun(db, {
    job: 'recurring-invoices',
    trigger: 'person',
    started_by: shop.admin_id,
  })
  scheduler.runNow('recurring-invoices', run?.id ?? '')
  for (let look = 0; look < 300; look += 1) {
    if ((await findJobRun(db, run?.id ?? ''))?.state !== 'running') break
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  await scheduler.stop()
  t.match(await findJobRun(db, run?.id ?? ''), { state: 'succeeded', figures: { invoices: 3 } })
  t.equal((await occurrencesOf(db, order)).length, 3)
  t.same(errors, [])
})

t.test(
  'admins see the jobs, start one, and give back a parked period; others find no such page',
  async (t) => {
    const { db } = await testDatabase(t)
    const shop = await makeShop(db)
    const app = await testApp(db)
    t.teardown(() => app.close())
    const held = await makeRecurringOrder(db, shop, {
      number: 'SO-2026-0001',
      lines: [{ unit_price: '5', quantity: '-1' }],
      recurrence: { start_date: '2026-01-01', end_date: '2026-01-31' },
    })
    await makeRecurringOrder(db, shop, {
      number: 'SO-2026-0002',
      organisation_id: shop.other_organisation_id,
      recurrence: { start_date: '2026-01-01', end_date: '2026-01-31' },
    })
    const user = await Visitor.signedIn(app, shop.user_id)
    for (const address of ['/jobs', '/jobs/recurring-invoices'])
      t.equal((await user.get(address)).status, 404)
    t.equal((await user.post('/jobs/recurring-invoices/runs', {})).status, 404)

    const admin = await Visitor.signedIn(app, shop.admin_id)
    t.match((await admin.get('/jobs')).body, /It has not run yet\./)
    t.match(await admin.post('/jobs/recurring-invoices/runs', {}), { status: 303, location: '/jobs' })
    t.equal((await admin.post('/jobs/nonsense/runs', {})).status, 404)
    t.equal((await admin.get('/jobs/nonsense')).status, 404)
    for (let look = 0; look < 200; look += 1) {
      const [run] = await listJobRuns(db, 'recurring-invoices', 1)
      if (run?.state !== 'running') break
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    const page = await admin.get('/jobs')
    t.match(page.body, /2 due, 1 made, 1 parked with reasons, 0 unexplained\./)
    t.match(page.body, /The order comes to less than zero/)
    t.match(page.body, /SO-2026-0001/)
    t.match((await admin.get('/jobs/recurring-invoices')).body, /Anna Kern/)
    t.match((await admin.json('/jobs')).body, {
      items: [{ name: 'recurring-invoices' }, { name: 'render-pdfs' }, { name: 'housekeeping' }],
      parked: {
        held: 1,
        failed: 0,
        items: [{ order: { number: 'SO-2026-0001' }, reason_code: 'below_zero' }],
      },
    })
    const key = { order_id: held, frequency: 'monthly', period_start: '2026-01-01', number: 'SO-2026-0001' }
    t.match(await admin.post('/jobs/recurring-invoices/retries', key), {
      status: 303,
      location: '/jobs#parked',
    })
    t.same(await occurrencesOf(db, held), ['2026-01-01 due'])
    t.match((await admin.get('/jobs')).body, /January 2026 of SO-2026-0001 is due again/)
  },
)
