import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  type ListedImport,
  listImportMistakes,
  listPartsWithMistakes,
  listRecordsMade,
  madeKinds,
  madeSortKeys,
  type StoredMistake,
} from '../../data/import-log.ts'
import { listUsesOfImport } from '../../data/import-undo.ts'
import type { FieldError } from '../../languages/catalog.ts'
import { say, sayAll, translator } from '../../languages/translate.ts'
import { formatsIn } from '../../lib/format.ts'
import { sayErrors, sendJson, wantsJson } from '../../plugins/answers.ts'
import { largestImport } from '../../plugins/uploads.ts'
import type { FileReading } from '../../services/imports/read-files.ts'
import { readMessage, readMessages, readReadings } from '../../services/imports/recorded.ts'
import { isUnderWay, refusalsToChange, refusalsToRun, seenState } from '../../services/imports/standing.ts'
import { refusalsToUndo } from '../../services/imports/undo-import.ts'
import { pagination, readList } from '../lists.ts'
import { getImport, importJson, nameOf } from './import-record.ts'
import { badgeOf } from './list.ts'

const mistakesShown = 200
const sorts = { line: 'asc' } as const

/** An import on its way: under check or run, with its mistakes, ready to be taken; and at its end the receipt. */
export async function show(request: FastifyRequest, reply: FastifyReply) {
  return importPage(request, reply, await getImport(request), [])
}

/** The page of an import, with the mistakes of a form on it. */
export async function importPage(
  request: FastifyRequest,
  reply: FastifyReply,
  row: ListedImport,
  errors: readonly FieldError[],
) {
  const { db } = request.server
  const state = readList(request, sorts, 'line', madeSortKeys)
  const made = await listRecordsMade(db, row, state)
  const mistakes = row.mistakes > 0 ? await listImportMistakes(db, row.id, mistakesShown) : []
  const readings = readReadings(row.reading)
  if (wantsJson(request) && errors.length === 0) {
    return sendJson(reply, {
      ...importJson(request, row),
      readings,
      errors: mistakes.map((mistake) => mistakeJson(request, mistake)),
      items: made.rows.map(({ line, id, code, name }) => ({ line, id, code, name })),
      next: made.next,
    })
  }
  const t = translator(request.language)
  const uses = row.state === 'imported' ? await listUsesOfImport(db, row.id, row.kind) : []
  const corrigible = row.state === 'refused' ? await listPartsWithMistakes(db, row.id) : []
  const seen = seenState(row)
  return reply.page({
    view: 'imports/show',
    title: nameOf(row),
    model: {
      id: row.id,
      kind: row.kind,
      kindWord: t(`imports.kind.${row.kind}`),
      name: nameOf(row),
      badge: badgeOf(request, row),
      row,
      state: seen,
      underWay: isUnderWay(row),
      progress: progressOf(request, row),
      notes: readMessages(row.notes).map((note) => say(request.language, note)),
      errors: sayErrors(request, errors),
      /** Each file as the check read it, with what can be downloaded of it. */
      files: row.files.map(({ part, name, size }) => ({
        part,
        name,
        size: t('imports.size', {
          size: formatsIn(request.language).quantity(Math.max(0.1, size / 1024).toFixed(1)),
        }),
        href: `/imports/${row.id}/files/${part}`,
        reading: readingView(
          request,
          readings.find((reading) => reading.part === part),
        ),
        correction:
          corrigible.includes(part) && readings.some((reading) => reading.part === part)
            ? `/imports/${row.id}/mistakes/${part}`
            : undefined,
      })),
      mistakes: mistakes.map((mistake) => mistakeJson(request, mistake)),
      mistakesShown,
      /** Offered where the bytes are no UTF-8: a person can say what they are. */
      offersEncoding: row.encoding === '' && mistakes.some(({ message }) => isEncoding(message)),
      runRefusal: sayAll(request.language, refusalsToRun(row)),
      changeRefusal: sayAll(request.language, refusalsToChange(row)),
      undoRefusal: sayAll(request.language, refusalsToUndo(row, uses)),
      max: largestImport,
      made: made.rows.map((record) => ({
        ...record,
        href: record.code === null && record.name === null ? undefined : `${paths[row.kind]}/${record.id}`,
      })),
      madeKind: madeKinds[row.kind],
      pagination: pagination(state, made),
    },
  })
}

const paths = {
  customers: '/accounts',
  suppliers: '/suppliers',
  products: '/products',
  users: '/users',
  orders: '/orders',
} as const

function isEncoding(message: unknown): boolean {
  return readMessage(message).key === 'imports.encoding'
}

function mistakeJson(request: FastifyRequest, mistake: StoredMistake) {
  return {
    file: mistake.part,
    line: mistake.line,
    column: mistake.column_name,
    value: mistake.value,
    message: say(request.language, readMessage(mistake.message)),
  }
}

/** `1,800 of 4,120`; null where nothing is under way. */
function progressOf(request: FastifyRequest, row: ListedImport) {
  if (!isUnderWay(row)) return null
  const t = translator(request.language)
  const { quantity } = formatsIn(request.language)
  const { done, total } = row
  if (total === null || total === 0) return { percent: 0, text: t('imports.progress.reading') }
  return {
    percent: Math.min(100, Math.round((done / total) * 100)),
    text: t('imports.progress.of', { done: quantity(String(done)), total: quantity(String(total)) }),
  }
}

const delimiters: Readonly<Record<string, string>> = { ',': 'comma', ';': 'semicolon' }

function readingView(request: FastifyRequest, reading: FileReading | undefined) {
  if (reading === undefined) return undefined
  const t = translator(request.language)
  return {
    ...reading,
    summary: t('imports.read_as', {
      rows: reading.rows,
      encoding: reading.encoding,
      delimiter: delimiters[reading.delimiter] ?? 'tab',
    }),
    not_taken: reading.not_taken.map(({ name, meant }) => ({
      name,
      text: meant === null ? name : t('imports.columns.meant', { name, meant }),
    })),
  }
}
