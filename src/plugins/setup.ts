import fp from 'fastify-plugin'
import { hasOrganisation } from '../data/organisations.ts'

/**
 * An empty installation has one page: every address leads to `/setup` until there is an organisation. Asked of the database until it
 * is so, and never again: organisations are archived, not deleted.
 */
export default fp(
  async (app) => {
    let done = false
    app.addHook('onRequest', async (request, reply) => {
      if (done || /^\/(setup([/?]|$)|assets\/|health\/|metrics)/.test(request.url)) return
      done = await hasOrganisation(app.db)
      if (!done) return reply.redirect('/setup', 303)
    })
  },
  { name: 'setup' },
)
