import { fileURLToPath } from 'node:url'
import { Eta } from 'eta'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { setFlash } from '../data/sessions.ts'
import type { Message } from '../languages/catalog.ts'
import type { Language } from '../languages/sentences.ts'
import { say, translator } from '../languages/translate.ts'
import { formatsIn } from '../lib/format.ts'
import { countRedJobs } from '../services/jobs/red-jobs.ts'
import { wantsJson } from './answers.ts'
import { csrfTokenOf } from './csrf.ts'
import { withFieldNames } from './field-names.ts'
import { creations, navigation } from './navigation.ts'
import type { Flash } from './sessions.ts'

const views = fileURLToPath(new URL('../../views/', import.meta.url))

export type Page = {
  /** The view's path below views/, without its ending. */
  view: string
  /** Already translated; the browser's title and the frame's. */
  title: string
  /** What the view reads from `it`, beside `t`, `format`, `icon`, `asset` and `frame`. */
  model: object
  /** `none`: the view alone, as a part that a script puts into a page; what the next page is to say stays for it. */
  layout?: 'back-office' | 'sign-in' | 'none'
  status?: number
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The user's language; before sign-in the browser's. */
    language: Language
    /** What was typed before an ended session stands in this page's form again. */
    form_kept: boolean
  }
  interface FastifyReply {
    page(page: Page): Promise<FastifyReply>
  }
  interface FastifyContextConfig {
    /** Of the address of a record's form: what answers the record itself, as JSON. */
    record?: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>
  }
}

/** Renders views inside their frame: `reply.page({ view, title, model })`. */
export default fp(
  async (app) => {
    const eta = new Eta({ views, cache: true, autoEscape: true })
    app.decorateRequest('language', {
      getter(this: FastifyRequest) {
        return this.viewer?.language ?? browserLanguage(this.headers['accept-language'])
      },
    })
    app.decorateRequest('form_kept', false)
    app.decorateReply('page', async function (this: FastifyReply, page: Page) {
      if (this.request.method === 'GET' && wantsJson(this.request)) return twin(this, page)
      const context = await pageContext(this.request, this, page)
      const body = withFieldNames(eta.render(page.view, context), context.fieldLabels, context.t)
      const layout = page.layout ?? 'back-office'
      const html = layout === 'none' ? body : eta.render(`layouts/${layout}`, { ...context, body })
      return this.status(page.status ?? this.statusCode)
        .type('text/html; charset=utf-8')
        .send(html)
    })
  },
  { name: 'pages', dependencies: ['assets', 'csrf', 'sessions'] },
)

/**
 * JSON of a page whose controller answers none: of the form of a record the record, of another form its fields with what they hold,
 * of any other page its title.
 */
async function twin(reply: FastifyReply, page: Page): Promise<FastifyReply> {
  const { record } = reply.request.routeOptions.config
  if (record !== undefined) {
    await record(reply.request, reply)
    return reply
  }
  const fields = 'values' in page.model ? page.model.values : undefined
  return reply.status(page.status ?? reply.statusCode).send(fields ?? { title: page.title })
}

async function pageContext(request: FastifyRequest, reply: FastifyReply, page: Page) {
  const { viewer, language } = request
  const { assets } = request.server
  const zone = viewer?.time_zone ?? 'UTC'
  const formats = formatsIn(language)
  const path = request.url.split('?')[0] ?? '/'
  const admin = viewer?.role === 'admin'
  // A page that says what failed asks nothing further of the database.
  const asks = admin && page.layout !== 'none' && (page.status ?? reply.statusCode) < 500
  const redJobs = asks ? await countRedJobs(request.server.db, new Date()) : 0
  const said = viewer === null || page.layout === 'none' ? null : await takeFlash(request)
  return {
    ...page.model,
    t: translator(language),
    say: (message: Message) => say(language, message),
    fieldLabels: new Map<string, string>(),
    // Instants reach views as ISO text; they are shown in the zone of the user's home organisation.
    format: {
      ...formats,
      time: (instant: string) => formats.time(new Date(instant), zone),
      dateTime: (instant: string) => formats.dateTime(new Date(instant), zone),
      tableDateTime: (instant: string) => formats.tableDateTime(new Date(instant), zone),
    },
    icon: assets.icon,
    asset: assets.url,
    frame: {
      language,
      theme: viewer?.theme ?? 'light',
      keys: viewer?.single_keys ?? false,
      title: page.title,
      path,
      address: request.url,
      user:
        viewer === null
          ? null
          : { id: viewer.id, name: viewer.name, email: viewer.email, admin: viewer.role === 'admin' },
      navigation: viewer === null ? [] : navigation(path, admin, { '/jobs': redJobs }),
      creations: viewer === null ? [] : creations,
      csrf: csrfTokenOf(reply),
      flash: said,
      kept: request.form_kept,
      list: listQuery(request),
    },
  }
}

async function takeFlash(request: FastifyRequest) {
  const { viewer, language } = request
  if (viewer === null || !isFlash(viewer.flash)) return null
  await setFlash(request.server.db, viewer.token_hash, null)
  return { text: say(language, viewer.flash.message), link: viewer.flash.link }
}

function isFlash(value: unknown): value is Flash {
  return typeof value === 'object' && value !== null && 'message' in value
}

/** The query of the list one came from, handed on from page to page. */
export function listQuery(request: FastifyRequest): string {
  const query = request.query
  const list = typeof query === 'object' && query !== null && 'list' in query ? query.list : ''
  return typeof list === 'string' ? list.slice(0, 1000) : ''
}

function browserLanguage(accepted: string | undefined): Language {
  const first = (accepted ?? '')
    .split(',')
    .map((part) => part.trim().slice(0, 2).toLowerCase())
    .find((code) => code === 'en' || code === 'fr')
  return first === 'fr' ? 'fr' : 'en'
}
