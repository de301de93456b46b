import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { isPassing } from '../data/failures.ts'
import { InvalidForm, NotFound, Refused } from '../errors.ts'
import { say, translate } from '../languages/translate.ts'
import { pageOf } from '../lib/local-address.ts'
import { wantsJson } from './answers.ts'
import { isForgery } from './csrf.ts'

/** The few ways the product refuses, each with its page and its JSON. */
export default fp(
  async (app: FastifyInstance) => {
    app.setNotFoundHandler((request, reply) => notFound(request, reply))
    app.setErrorHandler(async (error: FastifyError, request, reply) => {
      if (error instanceof NotFound) return notFound(request, reply)
      if (error instanceof Refused) return refused(request, reply, error)
      if (error instanceof InvalidForm) return invalid(request, reply, error)
      if (isForgery(error)) return forged(request, reply)
      if (error.statusCode !== undefined && error.statusCode < 500) return rejected(request, reply, error)
      request.log.error({ err: error }, 'request failed')
      return failed(request, reply, isPassing(error))
    })
  },
  { name: 'errors', dependencies: ['pages'] },
)

async function notFound(request: FastifyRequest, reply: FastifyReply) {
  const { language } = request
  const sentence = translate(language, 'frame.not_found.sentence')
  if (wantsJson(request)) return reply.status(404).send({ message: sentence })
  return reply.page({
    view: 'errors/not-found',
    title: translate(language, 'frame.not_found.title'),
    model: {},
    status: 404,
    layout: layoutFor(request),
  })
}

async function refused(request: FastifyRequest, reply: FastifyReply, error: Refused) {
  const { language } = request
  const refusals = error.refusals.map(({ code, message }) => ({ code, message: say(language, message) }))
  const { title, leadsTo } = error.about
  if (leadsTo !== undefined) reply.header('location', leadsTo)
  if (wantsJson(request)) return reply.status(409).send({ refusals })
  const model = { refusals: refusals.map(({ message }) => message), back: backOf(request), leadsTo }
  return reply.page({
    view: 'errors/refused',
    title: title === undefined ? translate(language, 'frame.refused.title') : say(language, title),
    model,
    status: 409,
    layout: layoutFor(request),
  })
}

/** A mistake no form page of its own took: the reasons, with the way back to the form that still holds everything. */
async function invalid(request: FastifyRequest, reply: FastifyReply, error: InvalidForm) {
  const { language } = request
  const errors = error.errors.map(({ field, message }) => ({ field, message: say(language, message) }))
  if (wantsJson(request)) return reply.status(422).send({ errors })
  // No form stands below that would show which field is meant.
  const refusals = errors.map(({ field, message }) =>
    field === '' ? message : `${translate(language, 'frame.change', { label: field })} ${message}`,
  )
  const model = { refusals, back: backOf(request) }
  return reply.page({
    view: 'errors/refused',
    title: translate(language, 'frame.wrong.title'),
    model,
    status: 422,
    layout: layoutFor(request),
  })
}

async function forged(request: FastifyRequest, reply: FastifyReply) {
  const { language } = request
  const message = translate(language, 'sign_in.expired_form')
  if (wantsJson(request)) return reply.status(403).send({ message })
  const model = { refusals: [message], back: backOf(request) }
  return reply.page({
    view: 'errors/refused',
    title: translate(language, 'frame.refused.title'),
    model,
    status: 403,
    layout: layoutFor(request),
  })
}

/** What the server itself turns down: a body too large, a type nobody reads. */
async function rejected(request: FastifyRequest, reply: FastifyReply, error: FastifyError) {
  const { language } = request
  const message = translate(language, error.statusCode === 413 ? 'general.too_large' : 'general.unreadable')
  const status = error.statusCode ?? 400
  if (wantsJson(request)) return reply.status(status).send({ errors: [{ field: '', message }] })
  return reply.page({
    view: 'errors/refused',
    title: translate(language, 'frame.refused.title'),
    model: { refusals: [message], back: backOf(request) },
    status,
    layout: layoutFor(request),
  })
}

/** 503 where the database is away for the moment: the same request may succeed in a while, and nothing of it was done. */
async function failed(request: FastifyRequest, reply: FastifyReply, passing: boolean) {
  const { language } = request
  reply.status(passing ? 503 : 500)
  if (passing) reply.header('retry-after', '5')
  if (wantsJson(request))
    return reply.send({ message: translate(language, 'frame.failed.title'), request: request.id })
  const model = { requestId: request.id, back: backOf(request), passing, posted: request.method === 'POST' }
  return reply.page({
    view: 'errors/failed',
    title: translate(language, 'frame.failed.title'),
    model,
    status: reply.statusCode,
    layout: layoutFor(request),
  })
}

function layoutFor(request: FastifyRequest): 'back-office' | 'sign-in' {
  return request.viewer === null ? 'sign-in' : 'back-office'
}

/** The page the person came from, if it is one of ours. */
function backOf(request: FastifyRequest): string {
  const { referer } = request.headers
  if (referer === undefined || !URL.canParse(referer)) return '/'
  const url = new URL(referer)
  return url.host === request.host ? pageOf(url) : '/'
}
