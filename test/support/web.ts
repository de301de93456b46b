import type { FastifyInstance } from 'fastify'
import { buildApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import type { Database } from '../../src/data/database.ts'
import { startSession } from '../../src/services/users/sessions.ts'

/** The application on a test's database, listening to nothing: ask it with `inject`, or through `visitor`. */
export async function testApp(db: Database): Promise<FastifyInstance> {
  const config = readConfig({ LOG_LEVEL: 'silent', BASE_URL: 'http://comptoir.test', JOBS: 'off' })
  return buildApp({ config, db, sessionSecret: 'a secret of the tests, long enough to sign' })
}

export type Answer = { status: number; location: string; body: string; headers: Record<string, unknown> }

/** A browser without scripts: keeps cookies, and posts forms with the token of its session. */
export class Visitor {
  readonly #app: FastifyInstance
  readonly #cookies = new Map<string, string>()
  #token = ''

  constructor(app: FastifyInstance) {
    this.#app = app
  }

  /** A visitor whose session exists already, without asking for a password. */
  static async signedIn(app: FastifyInstance, userId: string): Promise<Visitor> {
    const visitor = new Visitor(app)
    visitor.#cookies.set('comptoir_session', await startSession(app.db, userId))
    await visitor.get('/')
    return visitor
  }

  async get(url: string, headers: Record<string, string> = {}): Promise<Answer> {
    const answer = await this.#app.inject({
      method: 'GET',
      url,
      headers,
      cookies: Object.fromEntries(this.#cookies),
    })
    return this.#read(answer)
  }

  /** The JSON twin of an address, parsed. */
  async json(url: string): Promise<{ status: number; body: unknown }> {
    const answer = await this.get(url, { accept: 'application/json' })
    return { status: answer.status, body: answer.body === '' ? undefined : JSON.parse(answer.body) }
  }

  async post(
    url: string,
    fields: Record<string, string> | readonly [string, string][],
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    if (this.#token === '') await this.get('/login')
    const form = new URLSearchParams(Array.isArray(fields) ? [...fields] : Object.entries(fields))
    if (!form.has('_csrf')) form.set('_csrf', this.#token)
    const answer = await this.#app.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      payload: form.toString(),
      cookies: Object.fromEntries(this.#cookies),
    })
    return this.#read(answer)
  }

  /** A form with files, as multipart. */
  async upload(
    url: string,
    fields: Record<string, string>,
    files: Record<string, { name: string; content: Buffer }>,
  ): Promise<Answer> {
    if (this.#token === '') await this.get('/login')
    const form = new FormData()
    form.set('_csrf', this.#token)
    for (const [name, value] of Object.entries(fields)) form.set(name, value)
    for (const [name, file] of Object.entries(files))
      form.set(name, new File([new Uint8Array(file.content)], file.name))
    const encoded = new Response(form)
    const answer = await this.#app.inject({
      method: 'POST',
      url,
      headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
      payload: Buffer.from(await encoded.arrayBuffer()),
      cookies: Object.fromEntries(this.#cookies),
    })
    return this.#read(answer)
  }

  #read(answer: Awaited<ReturnType<FastifyInstance['inject']>>): Answer {
    for (const cookie of answer.cookies) this.#cookies.set(cookie.name, cookie.value)
    const token = /name="_csrf" value="([^"]+)"/.exec(answer.body)?.[1]
    if (token !== undefined) this.#token = token
    return {
      status: answer.statusCode,
      location: String(answer.headers.location ?? ''),
      body: answer.body,
      headers: answer.headers,
    }
  }
}
