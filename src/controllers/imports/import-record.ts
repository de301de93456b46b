import type { FastifyRequest } from 'fastify'
import { findImport, type ListedImport } from '../../data/import-log.ts'
import { NotFound } from '../../errors.ts'
import { say, translator } from '../../languages/translate.ts'
import { type ImportPart, importParts } from '../../lib/vocabulary.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { readMessages } from '../../services/imports/recorded.ts'
import { seenState } from '../../services/imports/standing.ts'
import { idOf } from '../params.ts'

/** The import of the address, of the organisations that exist for whoever asks. @throws NotFound */
export async function getImport(request: FastifyRequest): Promise<ListedImport> {
  const { organisation_ids } = viewerOf(request)
  const found = await findImport(request.server.db, idOf(request), organisation_ids)
  if (found === undefined) throw new NotFound()
  return found
}

/** The `:part` of the address. @throws NotFound where the import has no such file */
export function partOf(request: FastifyRequest, row: ListedImport): ImportPart {
  const { params } = request
  const typed = typeof params === 'object' && params !== null && 'part' in params ? params.part : ''
  const part = importParts.find((known) => known === typed)
  if (part === undefined || !row.files.some((file) => file.part === part)) throw new NotFound()
  return part
}

/** The name of the main file, by which people know an import. */
export function nameOf(row: ListedImport): string {
  return row.files[0]?.name ?? ''
}

/** When it was uploaded, or imported or undone where it was, and by whom. */
export function lastTouch(request: FastifyRequest, row: ListedImport): { at: string; by: string } {
  const command = translator(request.language)('imports.who.command')
  if (row.undone_at !== null) return { at: row.undone_at, by: row.undone_by_name ?? command }
  if (row.imported_at !== null) return { at: row.imported_at, by: row.imported_by_name ?? command }
  return { at: row.made_at, by: row.made_by_name ?? command }
}

export function importJson(request: FastifyRequest, row: ListedImport) {
  const person = (id: string | null, name: string | null) => (id === null ? null : { id, name })
  return {
    id: row.id,
    kind: row.kind,
    state: seenState(row),
    files: row.files.map(({ part, name, size }) => ({ part, name, size })),
    organisation: {
      id: row.organisation_id,
      code: row.organisation_code,
      name: row.organisation_name,
    },
    actor: row.actor,
    made_at: row.made_at,
    made_by: person(row.made_by, row.made_by_name),
    imported_at: row.imported_at,
    imported_by: person(row.imported_by, row.imported_by_name),
    undone_at: row.undone_at,
    undone_by: person(row.undone_by, row.undone_by_name),
    done: row.done,
    total: row.total,
    created: row.created,
    known: row.known,
    notes: readMessages(row.notes).map((note) => say(request.language, note)),
    mistakes: row.mistakes,
  }
}
