import { Agent, request } from 'node:http'
import { buildApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { openDatabase } from '../../src/data/database.ts'
import { startSession } from '../../src/services/users/sessions.ts'
import type { BenchDatabase } from '../server.ts'
import type { Shop } from './shop-pages.ts'

/** What is asked of a server: a form is sent where there is one. */
export type Asked = { path: string; form?: URLSearchParams | undefined; headers?: Record<string, string> }

/** An answer with its headers, its body as it came over the wire, and how long it took. */
export type Answered = {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: Buffer
  milliseconds: number
}

/** The application as shipped, on a loopback socket, with somebody signed in who sees all organisations. */
export async function openShop(database: BenchDatabase): Promise<Shop> {
  let ran: [number, number][] = []
  const db = openDatabase(database.url, {
    name: 'bench pages',
    role: 'comptoir_web',
    onQuery: ({ milliseconds }) => {
      const ended = performance.now()
      ran.push([ended - milliseconds, ended])
    },
  })
  const config = readConfig({ LOG_LEVEL: 'silent', BASE_URL: 'http://127.0.0.1', JOBS: 'off' })
  const app = await buildApp({ config, db, sessionSecret: 'a secret of the benches, long enough to sign' })
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  const admin = await db
    .selectFrom('users')
    .select('id')
    .where('email', '=', 'admin@generated.test')
    .executeTakeFirstOrThrow()
  const cookies = new Map([['comptoir_session', await startSession(db, admin.id)]])
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const ask: Shop['ask'] = async (asked) => {
    ran = []
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await exchange(address, agent, { ...asked, headers: { cookie, ...asked.headers } })
    for (const set of [answer.headers['set-cookie'] ?? []].flat()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      if (name !== undefined && value !== undefined) cookies.set(name, value)
    }
    if (answer.status >= 400) throw new Error(`${asked.path} was answered with ${answer.status}.`)
    return { ...answer, sqlMilliseconds: lengthOf(ran) }
  }
  return {
    db,
    ask,
    close: async () => {
      agent.destroy()
      await app.close()
      await db.destroy()
    },
  }
}

/** How long at least one of them was under way. */
function lengthOf(spans: readonly [number, number][]): number {
  let [length, until] = [0, 0]
  for (const [from, to] of [...spans].sort(([a], [b]) => a - b)) {
    length += Math.max(0, to - Math.max(from, until))
    until = Math.max(until, to)
  }
  return length
}

/** One request and its whole answer, as a browser asks: compressed. */
export async function exchange(address: string, agent: Agent, asked: Asked): Promise<Answered> {
  const started = performance.now()
  const { form, headers } = asked
  return new Promise((resolve, reject) => {
    const sent = request(
      new URL(asked.path, address),
      {
        agent,
        method: form === undefined ? 'GET' : 'POST',
        headers: {
          'accept-encoding': 'gzip, deflate, br',
          accept: 'text/html',
          ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
          ...headers,
        },
      },
      (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('error', reject)
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(parts),
            milliseconds: performance.now() - started,
          }),
        )
      },
    )
    sent.on('error', reject)
    sent.end(form?.toString())
  })
}
