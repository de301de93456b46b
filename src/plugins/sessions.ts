import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { findSession, type SessionViewer, setFlash } from '../data/sessions.ts'
import type { Message } from '../languages/catalog.ts'
import { endSession, startSession, tokenHash } from '../services/users/sessions.ts'

/** Who looks: a signed-in back-office user, with the organisations that exist for them. */
export type Viewer = SessionViewer

/** What the next page says under its head, once. */
export type Flash = { message: Message; link?: { href: string; text: string } }

declare module 'fastify' {
  interface FastifyRequest {
    viewer: Viewer | null
  }
}

const cookieName = 'comptoir_session'

/** Reads the session's cookie into `request.viewer`. Pages of files (assets, health) ask nothing of the database. */
export default fp(
  async (app) => {
    app.decorateRequest('viewer', null)
    app.addHook('onRequest', async (request) => {
      const token = request.cookies[cookieName]
      if (token === undefined || token === '' || !/^\/(?!assets\/|health\/)/.test(request.url)) return
      request.viewer = (await findSession(request.server.db, tokenHash(token))) ?? null
    })
  },
  { name: 'sessions', dependencies: ['cookies'] },
)

/** The signed-in user. Routes declare who may use them, so its absence is a mistake of ours. */
export function viewerOf(request: FastifyRequest): Viewer {
  if (request.viewer === null) throw new Error(`${request.url} has no viewer`)
  return request.viewer
}

/** Opens a session in this browser in the place of the one it had; `said` is for its first page. */
export async function signIn(
  request: FastifyRequest,
  reply: FastifyReply,
  userId: string,
  said?: Flash,
): Promise<void> {
  const { db } = request.server
  const former = request.cookies[cookieName]
  if (former !== undefined) await endSession(db, former)
  const token = await startSession(db, userId)
  if (said !== undefined) await setFlash(db, tokenHash(token), said)
  reply.setCookie(cookieName, token, cookieOptions(request))
}

export async function signOut(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const token = request.cookies[cookieName]
  if (token !== undefined) await endSession(request.server.db, token)
  reply.clearCookie(cookieName, cookieOptions(request))
}

/** Leaves a sentence for the next page of this session. */
export async function flash(request: FastifyRequest, said: Flash): Promise<void> {
  if (request.viewer !== null) await setFlash(request.server.db, request.viewer.token_hash, said)
}

function cookieOptions(request: FastifyRequest) {
  return {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: request.server.config.baseUrl.startsWith('https:'),
  } as const
}
