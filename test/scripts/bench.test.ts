import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import t from 'tap'
import { z } from 'zod'
import { benches } from '../../bench/all.ts'
import { postgresLeftOn, runProgram, startProgram, temporaryFolder } from '../support/processes.ts'

const figure = z.strictObject({
  name: z.string(),
  value: z.number().positive(),
  unit: z.string().min(1),
  reference: z.number().positive(),
  ratio: z.number().positive(),
})

t.test('the benches at a size that says nothing of speed', { timeout: 240_000 }, async (t) => {
  const folder = await temporaryFolder(t)
  // What goes to standard error is printed among the lines: nothing does where all is well.
  const args = ['--json', '--scale', '0.002', '--rounds', '1']

  // The demo has no smaller size, and demo.test.ts starts it often enough.
  for (const { name } of benches.filter((bench) => bench.name !== 'demo')) {
    await t.test(
      `${name} prints a JSON line for each figure, beside its reference of the same run`,
      async (t) => {
        const { code, printed } = await runProgram('scripts/bench.ts', folder, { args: [name, ...args] })
        t.equal(code, 0, printed)
        const lines = printed.split('\n').filter((text) => text.startsWith('{'))
        const figures = lines.map((text) => figure.parse(JSON.parse(text)))
        t.ok(figures.length > 0)
        t.same(
          figures.filter((each) => !each.name.startsWith(`${name}: `)),
          [],
          'named after the bench',
        )
        t.equal(new Set(figures.map((each) => each.name)).size, figures.length, 'each has a name of its own')
        for (const { name: what, value, reference, ratio } of figures) {
          const either = [value / reference, reference / value]
          t.ok(
            either.some((one) => Math.abs(one / ratio - 1) < 0.01),
            `${what}: the ratio is that of value and reference`,
          )
        }
      },
    )
  }

  await t.test('stop at a signal and leave nothing behind', async (t) => {
    const before = await foldersOfBenches()
    const started = startProgram('scripts/bench.ts', folder, { args: ['billing', '--scale', '0.005'] })
    await started.says(/orders of 5 lines/)
    const [own = ''] = (await foldersOfBenches()).filter((name) => !before.includes(name))
    started.child.kill('SIGINT')
    t.equal(await started.ended, 130, started.printed())
    t.notOk((await foldersOfBenches()).includes(own), 'its folder is gone')
    t.same(await postgresLeftOn(`${tmpdir()}/${own}/billing/server`), [], 'and so is its server')
  })
})

t.test('a bench that does not exist is a mistake of whoever called it', async (t) => {
  const folder = await temporaryFolder(t)
  const { code, printed } = await runProgram('scripts/bench.ts', folder, { args: ['speed'] })
  t.equal(code, 2)
  t.match(printed, /There is no bench speed\. There are: billing, /)
})

async function foldersOfBenches(): Promise<string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith('comptoir-bench-'))
}
