import { readdir } from 'node:fs/promises'
import t from 'tap'
import { checkFigures } from '../support/bench.ts'
import { temporaryFolder } from '../support/folders.ts'
import { postgresLeftOn, runProgram, startProgram } from '../support/processes.ts'

// The demo's bench has no smaller size, and demo.test.ts starts the demo often enough.
t.test('billing prints each figure beside its reference of the same run', { timeout: 240_000 }, (t) =>
  checkFigures(t, 'billing'),
)

for (const name of ['issue', 'pdf'])
  t.test(`${name} does so too`, { timeout: 240_000 }, (t) => checkFigures(t, name))

t.test('a bench stops at a signal and leaves nothing behind', { timeout: 60_000 }, async (t) => {
  const folder = await temporaryFolder(t)
  const started = startProgram('scripts/bench.ts', folder, {
    args: ['billing', '--scale', '0.005'],
    env: { TMPDIR: folder },
  })
  await started.says(/orders of 5 lines/)
  const own = (await readdir(folder)).filter((name) =>
    name.startsWith(`comptoir-bench-${started.child.pid}-`),
  )
  t.equal(own.length, 1)
  started.child.kill('SIGINT')
  t.equal(await started.ended, 130, started.printed())
  t.notOk((await readdir(folder)).includes(own[0] ?? ''), 'its folder is gone')
  t.same(await postgresLeftOn(`${folder}/${own[0]}/billing/server`), [], 'and so is its server')
})

t.test('a bench that does not exist is a mistake of whoever called it', async (t) => {
  const folder = await temporaryFolder(t)
  const { code, printed } = await runProgram('scripts/bench.ts', folder, { args: ['speed'] })
  t.equal(code, 2)
  t.match(printed, /There is no bench speed\. There are: billing, /)
})
