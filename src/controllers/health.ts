import type { FastifyReply, FastifyRequest } from 'fastify'
import { findInstallation, listAppliedMigrations } from '../data/installation.ts'
import { listMigrations } from '../data/migrate.ts'

/** How long the database may take to answer. */
const patienceMs = 5_000

/** The process answers. */
export async function live(_request: FastifyRequest, reply: FastifyReply) {
  return reply.header('cache-control', 'no-store').send({ status: 'live' })
}

/**
 * 200 only when the database answers, its schema is exactly this version's, and a demo has its data and its first run. Asked anew
 * each time.
 */
export async function ready(request: FastifyRequest, reply: FastifyReply) {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<string>((settle) => {
    timer = setTimeout(settle, patienceMs, 'the database does not answer')
  })
  const reason = await Promise.race([findReasonNotReady(request), late])
  clearTimeout(timer)
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
    const newer = applied.filter((name) => !wanted.includes(name))
    if (newer.length > 0) return `the database is of a newer version: it has ${newer.join(', ')}`
    const installation = await findInstallation(db)
    return installation?.kind === 'demo' && installation.ready_at === null
      ? 'the demo is being made'
      : undefined
  } catch (error) {
    request.log.warn(error, 'not ready')
    return 'the database does not answer'
  }
}
