import { Agent } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import Fastify from 'fastify'
import compression from '../../src/plugins/compression.ts'
import { type Answered, exchange } from './signed-in.ts'

/** A Fastify with one route, that sends what it is given, compressed as the product does: what a page costs at the least. */
export async function startBareServer() {
  let page = { status: 200, type: 'text/html; charset=utf-8', text: '' }
  const app = Fastify()
  await app.register(compression)
  app.get('/', (_, reply) => reply.status(page.status).type(page.type).send(page.text))
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  return {
    /** Milliseconds until the same bytes had come back. */
    ask: async (answer: Answered): Promise<number> => {
      const type = answer.headers['content-type']
      page = {
        status: answer.status,
        type: typeof type === 'string' ? type : 'text/plain',
        text: textOf(answer),
      }
      const again = await exchange(address, agent, { path: '/' })
      // Compressed texts of one length may differ by the little that tokens do.
      if (Math.abs(again.body.length - answer.body.length) > 64)
        throw new Error(`The bare route sent ${again.body.length} bytes instead of ${answer.body.length}.`)
      return again.milliseconds
    },
    stop: async () => {
      agent.destroy()
      await app.close()
    },
  }
}

/** The body of an answer, as it was before it was compressed. */
export function textOf({ headers, body }: Answered): string {
  const encoding = headers['content-encoding']
  if (encoding === 'br') return brotliDecompressSync(body).toString()
  return (encoding === 'gzip' ? gunzipSync(body) : body).toString()
}
