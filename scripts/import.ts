import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { openDatabase } from '../src/data/database.ts'
import { listOrganisationsForImport } from '../src/data/imports.ts'
import { migrateWhereBehind } from '../src/data/migrate.ts'
import { say, translate } from '../src/languages/translate.ts'
import { type ImportKind, type ImportPart, importKinds } from '../src/lib/vocabulary.ts'
import { type CsvFile, readCsv } from '../src/services/imports/csv.ts'
import { ImportProblem } from '../src/services/imports/problem.ts'
import { runImport } from '../src/services/imports/run-import.ts'
import { runCommand, UsageProblem } from './command.ts'
import { progressBar } from './progress-bar.ts'

const usage = `npm run import -- KIND FILE [--lines FILE] [--organisation CODE] [--dry-run], where KIND is one of ${importKinds.join(', ')}`

/** At most this many mistakes are printed: whoever has more has one cause. */
const printed = 50

// A CSV file in one transaction: all of it or nothing.
await runCommand(async (server) => {
  const call = readCall()
  const main = await fileAt(call.file, 'main')
  const second = call.lines === undefined ? undefined : await fileAt(call.lines, 'lines')
  const table = readCsv(main)
  const lines = second === undefined ? undefined : readCsv(second)
  await migrateWhereBehind(server)
  const db = openDatabase(server.url, { name: 'import', role: 'comptoir_web', max: 1, statementTimeout: 0 })
  const bar = progressBar(process.stderr, call.kind)
  try {
    const { organisation, several } = await organisationOf(call.organisation)
    if (several) console.log(`Into ${organisation.code}, ${organisation.name}.`)
    const figures = await runImport(db, {
      kind: call.kind,
      table,
      ...(lines === undefined ? {} : { lines }),
      files: second === undefined ? [main] : [main, second],
      organisation,
      dryRun: call.dryRun,
      actor: 'import',
      onProgress: (done, total) => bar.show(done, total),
    })
    bar.clear()
    for (const note of figures.notes) console.log(say('en', note))
    const result = translate('en', 'imports.done', { created: figures.created, known: figures.known })
    console.log(`${call.kind}: ${call.dryRun ? translate('en', 'imports.dry_run', { result }) : result}`)
    return 0
  } finally {
    bar.clear()
    await db.destroy()
  }

  async function organisationOf(code: string | undefined) {
    const organisations = await listOrganisationsForImport(db)
    const organisation =
      code === undefined ? organisations[0] : organisations.find((one) => one.code === code)
    if (organisation !== undefined) return { organisation, several: organisations.length > 1 }
    if (organisations.length === 0)
      throw new UsageProblem('There is no organisation yet: start the product and set it up first.')
    throw new UsageProblem(
      `There is no organisation ${code}. There are: ${organisations.map((one) => one.code).join(', ')}.`,
    )
  }
}, printMistakes)

function readCall() {
  const { values, positionals } = parsedArguments()
  const [kind, file, ...rest] = positionals
  const known = importKinds.find((one) => one === kind)
  if (known === undefined)
    throw new UsageProblem(
      `${kind === undefined ? 'Say what to import' : `There is no import of ${kind}`}: ${usage}`,
    )
  if (file === undefined || rest.length > 0) throw new UsageProblem(usage)
  if ((known === 'orders') !== (values.lines !== undefined)) {
    throw new UsageProblem(
      known === 'orders' ? `Orders come with their lines: ${usage}` : `Only orders have --lines: ${usage}`,
    )
  }
  return {
    kind: known satisfies ImportKind,
    file,
    lines: values.lines,
    organisation: values.organisation,
    dryRun: values['dry-run'],
  }
}

function parsedArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        lines: { type: 'string' },
        organisation: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
      },
    })
  } catch (error) {
    throw new UsageProblem(`${error instanceof Error ? error.message : String(error)}\n${usage}`)
  }
}

async function fileAt(path: string, part: ImportPart): Promise<CsvFile> {
  try {
    return { name: basename(path), part, bytes: await readFile(path) }
  } catch (error) {
    throw new UsageProblem(
      `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

function printMistakes(error: unknown): readonly string[] | undefined {
  if (!(error instanceof ImportProblem)) return undefined
  const { mistakes } = error
  const shown = mistakes.slice(0, printed).map(({ file, line, column, message }) => {
    const reason = say('en', message)
    return column === null
      ? translate('en', 'imports.mistake', { file, line: String(line), reason })
      : translate('en', 'imports.mistake_in_column', { file, line: String(line), column, reason })
  })
  const rest = mistakes.length - shown.length
  return [
    ...shown,
    ...(rest > 0 ? [`… and ${rest} more.`] : []),
    translate('en', 'imports.refused', { count: mistakes.length }),
  ]
}
