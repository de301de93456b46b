import type { FastifyRequest } from 'fastify'
import { listFailedRenderings } from '../data/renderings.ts'
import { say, translator } from '../languages/translate.ts'
import { viewerOf } from '../plugins/sessions.ts'
import { renderingReason } from '../services/documents/rendering-reasons.ts'

const shown = 50

/** What could not be made, for the jobs page: the oldest, and whether there are more. */
export async function readFailedPdfs(request: FastifyRequest) {
  const { organisation_ids } = viewerOf(request)
  const rows = await listFailedRenderings(request.server.db, organisation_ids, shown + 1)
  const t = translator(request.language)
  return {
    more: rows.length > shown,
    rows: rows.slice(0, shown).map(({ id, type, document_id, number, account_name, attempts, error }) => ({
      id,
      document: { type, id: document_id, number },
      name: number ?? t('documents.draft'),
      account_name,
      attempts,
      why: say(request.language, renderingReason(error)),
      href: `/${type}s/${document_id}`,
    })),
  }
}
