import { parseArgs } from 'node:util'
import { openDatabase } from '../src/data/database.ts'
import { say } from '../src/languages/translate.ts'
import { isIsoDate, todayIn } from '../src/lib/dates.ts'
import { isJobName, type JobName, jobNames } from '../src/services/jobs/jobs.ts'
import { runErrorSentence } from '../src/services/jobs/run-errors.ts'
import { type JobSummary, runJob, SchemaBehind } from '../src/services/jobs/run-job.ts'
import { runCommand, UsageProblem } from './command.ts'
import { progressBar } from './progress-bar.ts'

/**
 * `npm run job -- NAME [--as-of YYYY-MM-DD] [--json]`: one job, now, in the foreground, beside whatever runs already.
 * Exit 0: it succeeded. 1: it failed. 2: the command was not understood, and nothing was done.
 */
type Command = { job: JobName; as_of: string | null; json: boolean }

const usage = `npm run job -- NAME [--as-of YYYY-MM-DD] [--json], where NAME is ${new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(jobNames)}.`

// The first signal lets the batch under way end, a second one changes nothing; what is left is the next run's.
const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort())

try {
  const command = readCommand(process.argv.slice(2))
  await runCommand((server) => run(server.url, command))
} catch (error) {
  if (!(error instanceof UsageProblem)) throw error
  console.error(error.message)
  process.exitCode = 2
}

function readCommand(args: string[]): Command {
  const { values, positionals } = parsedArgs(args)
  const [name, ...more] = positionals
  if (name === undefined) throw new UsageProblem(`Name a job: ${usage}`)
  if (more.length > 0)
    throw new UsageProblem(`One job at a time: ${more.join(' ')} is too much. Use ${usage}`)
  if (!isJobName(name)) throw new UsageProblem(`There is no job ${name}. There are: ${jobNames.join(', ')}.`)
  const as_of = values['as-of'] ?? null
  if (as_of !== null && !isIsoDate(as_of)) {
    throw new UsageProblem(`--as-of ${as_of} is not a date. Write it as YYYY-MM-DD, such as 2026-12-31.`)
  }
  return { job: name, as_of, json: values.json ?? false }
}

function parsedArgs(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: { 'as-of': { type: 'string' }, json: { type: 'boolean' } },
    })
  } catch (error) {
    throw new UsageProblem(`${error instanceof Error ? error.message : String(error)}\nUse ${usage}`)
  }
}

async function run(url: string, { job, as_of, json }: Command): Promise<number> {
  const db = openDatabase(url, {
    name: `job ${job}`,
    role: 'comptoir_web',
    max: 3,
    statementTimeout: 300_000,
  })
  const bar = progressBar(process.stderr, job)
  try {
    const summary = await runJob(
      db,
      { job, trigger: 'command', as_of },
      { signal: stop.signal, onProgress: bar.show },
    )
    bar.clear()
    if (summary === undefined) throw new Error('Another process has made this run.')
    report(summary, json)
    return summary.error === null ? 0 : 1
  } catch (error) {
    if (!(error instanceof SchemaBehind)) throw error
    console.error(error.message)
    return 1
  } finally {
    bar.clear()
    await db.destroy()
  }
}

function report(summary: JobSummary, json: boolean): void {
  const { job, as_of, figures, duration_ms, error } = summary
  const said = Object.entries(figures).map(([name, count]) => `${count} ${name.replaceAll('_', ' ')}`)
  const words = `${job}: ${said.length === 0 ? 'nothing done' : said.join(', ')} in ${(duration_ms / 1000).toFixed(1)} s.`
  if (json) console.error(words)
  else console.log(words)
  if (error !== null) console.error(`${job}: ${say('en', runErrorSentence(error))}`)
  if (json) {
    // Without --as-of every organisation had its own day; the summary names that of UTC.
    const day = as_of ?? todayIn('UTC', new Date())
    console.log(
      JSON.stringify({ job, as_of: day, ...figures, duration_ms, ...(error === null ? {} : { error }) }),
    )
  }
}
