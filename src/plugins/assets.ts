import { promisify } from 'node:util'
import { brotliCompress, gzip, constants as zlib } from 'node:zlib'
import fp from 'fastify-plugin'
import { iconNames } from './assets/icons.ts'
import { type Asset, readAssets } from './assets/store.ts'

export type Assets = {
  /** The address of a file, with the hash of its content: `comptoir.css`, `js/order-form.js`. Throws when there is none. */
  readonly url: (path: string) => string
  /** An icon of the sprite as markup, hidden from screen readers: it stands beside a word. Throws when it is not in the sprite. */
  readonly icon: (name: string) => string
}

declare module 'fastify' {
  interface FastifyInstance {
    assets: Assets
  }
}

/** Style sheets, fonts, icons and scripts under `/assets/HASH/PATH`, kept by browsers for ever. Decorates the app with `assets`. */
export default fp(
  async (app) => {
    const files = readAssets()
    const bodies = new CompressedBodies()
    app.decorate('assets', assetsOf(files))

    app.get<{ Params: { hash: string; '*': string } }>('/assets/:hash/*', async (request, reply) => {
      const asset = files.get(request.params['*'])
      if (asset === undefined) return reply.callNotFound()
      // A page of the version before this one may still ask for its own hash: it gets today's file and does not keep it.
      const current = asset.url === `/assets/${request.params.hash}/${asset.path}`
      reply.header('cache-control', current ? 'public, max-age=31536000, immutable' : 'no-cache')
      reply.header('x-content-type-options', 'nosniff')
      reply.type(asset.type)
      if (!asset.text) return reply.send(asset.body)
      reply.header('vary', 'accept-encoding')
      const encoding = preferredEncoding(request.headers['accept-encoding'])
      if (encoding === undefined) return reply.send(asset.body)
      reply.header('content-encoding', encoding)
      return reply.send(await bodies.get(asset, encoding))
    })
  },
  { name: 'assets' },
)

export function assetsOf(files: ReadonlyMap<string, Asset>): Assets {
  const url = (path: string) => {
    const asset = files.get(path)
    if (asset === undefined) throw new Error(`No asset ${path}`)
    return asset.url
  }
  const icons = new Map<string, string>(
    iconNames.map((name) => [name, markup(`${url('icons.svg')}#${name}`)]),
  )
  const icon = (name: string) => {
    const html = icons.get(name)
    if (html === undefined) throw new Error(`No icon ${name} in the sprite: add it to assets/icons.ts`)
    return html
  }
  return { url, icon }
}

// Sized by the style sheet, without which nothing is shown: a page has fifty of them.
function markup(address: string): string {
  return `<svg class="icon" aria-hidden="true"><use href="${address}"></use></svg>`
}

type Encoding = 'br' | 'gzip'

function preferredEncoding(accepted: string | string[] | undefined): Encoding | undefined {
  const offers = String(accepted ?? '')
    .split(',')
    .map((offer) => offer.trim().toLowerCase())
    .filter((offer) => !/;\s*q=0(\.0*)?$/.test(offer))
    .map((offer) => offer.split(';')[0]?.trim())
  if (offers.includes('br')) return 'br'
  return offers.includes('gzip') ? 'gzip' : undefined
}

/** So many visitors make a better compression worth its second. */
const manyVisitors = 10

/**
 * Compressed when first asked for and kept. Brotli comes in a second at its best only, and in 10 ms at a middling quality: the first
 * visitors get the latter, the many after them the former, a fifth smaller.
 */
class CompressedBodies {
  readonly #bodies = new Map<string, { body: Promise<Buffer>; asked: number }>()

  get(asset: Asset, encoding: Encoding): Promise<Buffer> {
    const key = `${encoding} ${asset.path}`
    const kept = this.#bodies.get(key) ?? {
      body: encoding === 'gzip' ? zip(asset.body, { level: 9 }) : brotli(asset.body, 5),
      asked: 0,
    }
    this.#bodies.set(key, kept)
    kept.asked += 1
    if (encoding === 'br' && kept.asked === manyVisitors) {
      brotli(asset.body, 11).then(
        (best) => {
          kept.body = Promise.resolve(best)
        },
        () => undefined, // what is there already is good enough
      )
    }
    return kept.body
  }
}

const zip = promisify(gzip)

function brotli(body: Buffer, quality: number): Promise<Buffer> {
  const params = { [zlib.BROTLI_PARAM_QUALITY]: quality, [zlib.BROTLI_PARAM_SIZE_HINT]: body.length }
  return promisify(brotliCompress)(body, { params })
}
