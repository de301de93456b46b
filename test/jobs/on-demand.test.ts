import t from 'tap'
import { keepOnDemand } from '../../src/jobs/on-demand.ts'
import { startScheduler } from '../../src/jobs/schedule.ts'
import { heartbeat } from '../../src/services/jobs/heartbeat.ts'
import type { Job } from '../../src/services/jobs/jobs.ts'
import { everyMinute, nextTick, previousTick } from '../../src/services/jobs/ticks.ts'
import { testDatabase } from '../support/database.ts'
import { insertOrder } from '../support/documents.ts'
import { makeShop } from '../support/shop.ts'
import { testApp, Visitor } from '../support/web.ts'

const at = (time: string) => new Date(`2026-03-12T${time}Z`)

t.test('every minute is a schedule too', async (t) => {
  t.same(nextTick(everyMinute, at('14:20:10')), at('14:21:00'))
  t.same(nextTick(everyMinute, at('14:20:00')), at('14:21:00'))
  t.same(previousTick(everyMinute, at('14:20:59.999')), at('14:20:00'))
})

t.test('a job that runs where there is work is overdue only where work waits', async (t) => {
  const last = (started: string) =>
    ({ state: 'succeeded', started_at: at(started).toISOString(), figures: {} }) as const
  const beat = (started: string, now: string, waiting: string | null) =>
    heartbeat(everyMinute, last(started), at('00:00:00'), at(now), waiting === null ? null : at(waiting))
  t.match(beat('09:00:00', '14:20:00', null), { state: 'succeeded' }, 'nothing to do for hours')
  t.match(beat('09:00:00', '14:20:00', '14:19:00'), { state: 'succeeded' }, 'a moment ago')
  t.match(beat('09:00:00', '14:20:00', '14:05:00'), { state: 'overdue', overdue_since: at('14:05:00') })
  t.match(beat('14:10:00', '14:20:00', '14:05:00'), { state: 'succeeded' }, 'a run has seen it since')
  t.match(heartbeat(everyMinute, undefined, at('00:00:00'), at('14:20:00'), null), { state: 'never' })
})

t.test('without work nothing is started; what comes while it runs is looked for afterwards', async (t) => {
  const { db } = await testDatabase(t)
  let work = 0
  const job: Job = {
    name: 'render-pdfs',
    cron: everyMinute,
    waitingSince: async () => (work > 0 ? '2026-03-12T14:00:00Z' : null),
    work: async () => ({ figures: {}, error: null }),
  }
  const ends: (() => void)[] = []
  const errors: unknown[] = []
  const onDemand = keepOnDemand({
    db,
    jobs: [job],
    run: () => {
      work -= 1
      return new Promise((resolve) => ends.push(resolve))
    },
    onError: (error) => errors.push(error),
  })
  t.teardown(onDemand.stop)
  const settled = () => new Promise((resolve) => setTimeout(resolve, 10))
  onDemand.wake('render-pdfs')
  await settled()
  t.equal(ends.length, 0, 'nothing to do')
  work = 1
  onDemand.wake('render-pdfs')
  await settled()
  t.equal(ends.length, 1)
  work = 1
  onDemand.wake('render-pdfs')
  onDemand.wake('render-pdfs')
  await settled()
  t.equal(ends.length, 1, 'one run at a time')
  ends[0]?.()
  await settled()
  t.equal(ends.length, 2, 'one more for both')
  ends[1]?.()
  await settled()
  t.equal(ends.length, 2)
  t.same(errors, [])
})

t.test(
  'the schedule makes a PDF that is asked for at once, and leaves no run where there is nothing',
  async (t) => {
    const { db, url } = await testDatabase(t)
    const shop = await makeShop(db)
    const app = await testApp(db)
    t.teardown(() => app.close())
    const user = await Visitor.signedIn(app, shop.user_id)
    const errors: unknown[] = []
    const scheduler = await startScheduler({ db, url, onError: (error) => errors.push(error) })
    app.jobRunner.scheduler = scheduler
    t.teardown(() => scheduler.stop())
    scheduler.wake('render-pdfs')
    const order = await insertOrder(db, shop)
    let answer = await user.get(`/orders/${order}/pdf`)
    for (let look = 0; answer.status === 202 && look < 20; look += 1) {
      answer = await user.get(`/orders/${order}/pdf`)
    }
    t.match(answer, { status: 200, headers: { 'content-type': 'application/pdf' } })
    await scheduler.stop()
    const runs = await db
      .selectFrom('job_runs')
      .select(['trigger', 'state'])
      .where('job', '=', 'render-pdfs')
      .execute()
    t.same(runs, [{ trigger: 'schedule', state: 'succeeded' }])
    t.same(errors, [])
  },
)
