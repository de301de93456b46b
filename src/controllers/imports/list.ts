import type { FastifyReply, FastifyRequest } from 'fastify'
import { countImports, importSortKeys, type ListedImport, listImports } from '../../data/import-log.ts'
import { translator } from '../../languages/translate.ts'
import { sendJson, wantsJson } from '../../plugins/answers.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { seenState } from '../../services/imports/standing.ts'
import { pagination, readList, sendCsv, wantsCsv } from '../lists.ts'
import { importJson, lastTouch, nameOf } from './import-record.ts'

const sorts = { made_at: 'desc' } as const

/** Every import there was, the newest first, also those of the command. */
export async function list(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const { organisation_ids } = viewerOf(request)
  const t = translator(request.language)
  const state = readList(request, sorts, 'made_at', importSortKeys)
  if (wantsCsv(request)) {
    return sendCsv(request, reply, {
      file: 'imports',
      columns: csvColumns,
      figures: [],
      keys: importSortKeys,
      page: (page) => listImports(db, organisation_ids, page),
      row: (row) => cells(request, row),
    })
  }
  const page = await listImports(db, organisation_ids, state)
  const total = await countImports(db, organisation_ids)
  if (wantsJson(request))
    return sendJson(reply, {
      items: page.rows.map((row) => importJson(request, row)),
      next: page.next,
      total,
    })
  return reply.page({
    view: 'imports/list',
    title: t('imports.title'),
    model: {
      rows: page.rows.map((row) => ({
        ...lastTouch(request, row),
        href: `/imports/${row.id}`,
        name: nameOf(row),
        kind: t(`imports.kind.${row.kind}`),
        /** Only where there are several. */
        organisation: organisation_ids.length > 1 ? row.organisation_name : '',
        created: row.created,
        known: row.known,
        /** For phones, which have no columns for the figures. */
        outcome:
          row.created === null || row.known === null
            ? ''
            : t('imports.outcome', { created: row.created, known: row.known }),
        badge: badgeOf(request, row),
      })),
      total,
      csv: state.address({ format: 'csv' }),
      pagination: pagination(state, page),
    },
  })
}

/** What `shared/badge` needs for the state of an import. */
export function badgeOf(request: FastifyRequest, row: ListedImport) {
  const state = seenState(row)
  return { ...looks[state], word: translator(request.language)(`imports.state.${state}`) }
}

const looks = {
  checking: { status: 'running' },
  refused: { status: 'failed' },
  checked: { status: 'approved' },
  running: { status: 'running' },
  interrupted: { status: 'late' },
  failed: { status: 'failed' },
  imported: { status: 'succeeded' },
  undone: { status: 'cancelled', icon: 'arrow-back-up' },
} as const

const csvColumns = [
  'made_at',
  'kind',
  'file',
  'organisation',
  'state',
  'created',
  'known',
  'mistakes',
  'made_by',
  'imported_at',
  'imported_by',
  'undone_at',
  'undone_by',
  'id',
]

function cells(request: FastifyRequest, row: ListedImport) {
  const json = importJson(request, row)
  return {
    made_at: json.made_at,
    kind: json.kind,
    file: nameOf(row),
    organisation: json.organisation.code,
    state: json.state,
    created: json.created,
    known: json.known,
    mistakes: json.mistakes,
    made_by: json.made_by?.name ?? json.actor,
    imported_at: json.imported_at,
    imported_by: json.imported_by?.name ?? null,
    undone_at: json.undone_at,
    undone_by: json.undone_by?.name ?? null,
    id: json.id,
  }
}
