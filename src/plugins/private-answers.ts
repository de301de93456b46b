import fp from 'fastify-plugin'

/**
 * The same address answers people and programs, and each person their own: nothing between keeps an answer, be it a page, a refusal or
 * a way to sign-in. Files say for themselves how long they are kept.
 */
export default fp(
  async (app) => {
    app.addHook('onRequest', async (request, reply) => {
      if (/^\/(assets\/|health\/(live|ready)$)/.test(request.url)) return
      reply.header('cache-control', 'no-store').header('vary', 'Accept, Cookie')
    })
  },
  { name: 'private-answers' },
)
