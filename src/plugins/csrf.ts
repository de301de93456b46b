import csrfProtection from '@fastify/csrf-protection'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { fieldsOf } from './forms.ts'

declare module 'fastify' {
  interface FastifyReply {
    /** A token for the forms of this page; made once a reply. */
    csrfToken: string | null
  }
}

/**
 * Every form carries `_csrf`, made from a secret in a signed cookie: any token of that cookie serves all its forms, so that an old
 * tab still saves. `refuseForged` is put before every POST by the routes.
 */
export default fp(
  async (app) => {
    app.decorateReply('csrfToken', null)
    await app.register(csrfProtection, {
      cookieKey: 'comptoir_csrf',
      cookieOpts: {
        signed: true,
        httpOnly: true,
        sameSite: 'lax',
        path: '/',
        secure: app.config.baseUrl.startsWith('https:'),
      },
      getToken: (request) => fieldsOf(request).text('_csrf'),
    })
  },
  { name: 'csrf', dependencies: ['cookies', 'forms'] },
)

export function csrfTokenOf(reply: FastifyReply): string {
  reply.csrfToken ??= reply.generateCsrf()
  return reply.csrfToken
}

/** Refuses a POST that does not come from a page of this browser: the plugin then answers with its error, see `isForgery`. */
export function refuseForged(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  return new Promise((resolve) => {
    request.server.csrfProtection(request, reply, () => resolve())
  })
}

/** The errors of a form without a token of this browser. */
export function isForgery(error: { code?: string }): boolean {
  return error.code === 'FST_CSRF_INVALID_TOKEN' || error.code === 'FST_CSRF_MISSING_SECRET'
}
