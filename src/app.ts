import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import Fastify, { type FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import type { Config } from './config.ts'
import type { Database } from './data/database.ts'
import assets from './plugins/assets.ts'
import batchRunner from './plugins/batch-runner.ts'
import compression from './plugins/compression.ts'
import csrf from './plugins/csrf.ts'
import errors from './plugins/errors.ts'
import forms from './plugins/forms.ts'
import importRunner from './plugins/import-runner.ts'
import jobRunner from './plugins/job-runner.ts'
import pages from './plugins/pages.ts'
import privateAnswers from './plugins/private-answers.ts'
import sessions from './plugins/sessions.ts'
import setup from './plugins/setup.ts'
import uploads from './plugins/uploads.ts'
import { addRoutes } from './routes.ts'

declare module 'fastify' {
  interface FastifyInstance {
    config: Config
    db: Database
  }
}

export type AppParts = {
  config: Config
  db: Database
  /** Signs the cookies; the same in every process behind one address. */
  sessionSecret: string
}

/** Node's own limit of a request's head: what is longer never gets here, and no address is too long to be simply unknown. */
const longestAddress = 16_384

/** The web application on a database: plugins, then routes. It listens to nothing yet and owns no connection. */
export async function buildApp({ config, db, sessionSecret }: AppParts): Promise<FastifyInstance> {
  const app = Fastify({
    logger: config.logLevel === 'silent' ? false : { level: config.logLevel },
    trustProxy: config.trustProxy,
    // Node's own, which Fastify takes away: a body that never ends holds no connection for ever.
    requestTimeout: 300_000,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: longestAddress },
    rewriteUrl: (request) => readableAddress(request.url ?? '/'),
  })
  app.decorate('config', config)
  app.decorate('db', db)
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        'font-src': ["'self'"],
        // Tabler's style sheet draws its ticks as data images.
        'img-src': ["'self'", 'data:'],
        'connect-src': ["'self'"],
        'form-action': ["'self'"],
        'base-uri': ["'none'"],
        'frame-ancestors': ["'none'"],
      },
    },
    strictTransportSecurity: config.baseUrl.startsWith('https:'),
    referrerPolicy: { policy: 'same-origin' },
  })
  await app.register(
    fp(async (instance) => instance.register(cookie, { secret: sessionSecret }), { name: 'cookies' }),
  )
  await app.register(compression)
  await app.register(privateAnswers)
  await app.register(assets)
  await app.register(forms)
  await app.register(uploads)
  await app.register(csrf)
  await app.register(setup)
  await app.register(sessions)
  await app.register(pages)
  await app.register(errors)
  await app.register(jobRunner)
  await app.register(importRunner)
  await app.register(batchRunner)
  addRoutes(app)
  return app
}

/**
 * An address that cannot be decoded (`/orders/%zz`) leads where no page is, instead of to the router's own answer. A NUL in a query is
 * left out: PostgreSQL holds none, so nobody looks for one.
 */
function readableAddress(url: string): string {
  const [path = '/', ...query] = url.split('?')
  try {
    decodeURIComponent(path)
  } catch {
    return '/unreadable-address'
  }
  return [path, ...query.map((part) => part.replaceAll('%00', ''))].join('?')
}
