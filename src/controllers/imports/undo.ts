import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ListedImport } from '../../data/import-log.ts'
import { madeKinds } from '../../data/import-log.ts'
import { countRecordsLeft, listUsesOfImport } from '../../data/import-undo.ts'
import { Refused } from '../../errors.ts'
import { translator } from '../../languages/translate.ts'
import { submit } from '../../plugins/answers.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { refusalsToUndo, undoImport } from '../../services/imports/undo-import.ts'
import { getImport, nameOf } from './import-record.ts'

/** What would be removed, before it is; a 409 with every reason where something came out of it. */
export async function confirm(request: FastifyRequest, reply: FastifyReply) {
  return confirmPage(request, reply, await getImport(request))
}

export async function undo(request: FastifyRequest, reply: FastifyReply) {
  const row = await getImport(request)
  return submit(request, reply, {
    act: async () => {
      await undoImport(request.server.db, viewerOf(request), row.id)
      return {
        location: `/imports/${row.id}`,
        flash: { message: { key: 'imports.undo.done', params: { name: nameOf(row) } } },
      }
    },
    page: () => confirmPage(request, reply, row),
  })
}

async function confirmPage(request: FastifyRequest, reply: FastifyReply, row: ListedImport) {
  const { db } = request.server
  const t = translator(request.language)
  const refusals = refusalsToUndo(row, await listUsesOfImport(db, row.id, row.kind))
  if (refusals.length > 0)
    throw new Refused(refusals, { title: { key: 'imports.undo.refused', params: { name: nameOf(row) } } })
  const left = await countRecordsLeft(db, row.id)
  return reply.page({
    view: 'imports/undo',
    title: t('imports.undo.title', { name: nameOf(row) }),
    model: {
      id: row.id,
      name: nameOf(row),
      consequences: [
        t(`imports.undo.consequence.${row.kind}`, {
          count: left.get(madeKinds[row.kind]) ?? 0,
          contacts: left.get('contact') ?? 0,
        }),
        t('imports.undo.kept'),
      ],
    },
  })
}
