import type { FastifyReply, FastifyRequest } from 'fastify'
import { findInstallation, listAppliedMigrations } from '../data/installation.ts'
import { listMigrations } from '../data/migrate.ts'

/** The process answers. */
export async function live(_request: FastifyRequest, reply: FastifyReply) {
  return reply.header('cache-control', 'no-store').send({ status: 'live' })
}

/** 200 only when the database answers, every migration of this version is in, and a demo has its data and its first run. */
export async function ready(request: FastifyRequest, reply: FastifyReply) {
  const reason = await findReasonNotReady(request)
  reply.header('cache-control', 'no-store')
  return reason === undefined
    ? reply.send({ status: 'ready' })
    : reply.status(503).send({ status: 'not ready', reason })
}

async function findReasonNotReady(request: FastifyRequest): Promise<string | undefined> {
  const { db } = request.server
  try {
    const [wanted, applied] = [await listMigrations(), await listAppliedMigrations(db)]
    const missing = wanted.filter((name) => !applied.includes(name))
    if (missing.length > 0) return `migrations pending: ${missing.join(', ')}`
    const installation = await findInstallation(db)
    return installation?.kind === 'demo' && installation.ready_at === null
      ? 'the demo is being made'
      : undefined
  } catch {
    return 'the database does not answer'
  }
}
