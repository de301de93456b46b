import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { iconNames } from './icons.ts'
import { sprite } from './sprite.ts'

/** A file as browsers get it. */
export type Asset = {
  readonly path: string
  readonly url: string
  readonly type: string
  readonly body: Buffer
  /** Worth compressing: fonts already are. */
  readonly text: boolean
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.woff2': 'font/woff2',
}
const publicFolder = new URL('../../../public/', import.meta.url)

/**
 * Everything that pages refer to, by path: read once, each under an address that changes with its content. Scripts share one hash, so
 * that one may import its neighbour by a relative path; the style sheet names its fonts bare (`url("inter-latin.woff2")`).
 */
export function readAssets(): ReadonlyMap<string, Asset> {
  const assets = new Map<string, Asset>()
  const add = (path: string, body: Buffer, hash: string) => {
    const type = types[extname(path)] ?? 'application/octet-stream'
    assets.set(path, { path, url: `/assets/${hash}/${path}`, type, body, text: !path.endsWith('.woff2') })
  }
  const addHashed = (path: string, body: Buffer) => add(path, body, digest(body))

  addHashed('tabler.min.css', fromPackage('@tabler/core/dist/css/tabler.min.css', sourceMapNote))
  addHashed(
    'inter-latin.woff2',
    fromPackage('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2'),
  )
  addHashed(
    'inter-latin-ext.woff2',
    fromPackage('@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2'),
  )
  addHashed('icons.svg', Buffer.from(sprite(iconNames)))
  addHashed('favicon.svg', fromPublic('favicon.svg'))
  addHashed(
    'comptoir.css',
    Buffer.from(withFontAddresses(packed(fromPublic('comptoir.css').toString()), assets)),
  )

  const scripts = readdirSync(new URL('js/', publicFolder)).filter((name) => name.endsWith('.js'))
  const bodies = scripts
    .sort()
    .map((name) => ({ path: `js/${name}`, body: withoutComments(fromPublic(`js/${name}`)) }))
  const hash = digest(Buffer.concat(bodies.map((script) => script.body)))
  for (const script of bodies) add(script.path, script.body, hash)
  return assets
}

const sourceMapNote = /\/\*# sourceMappingURL=.*\*\//

function fromPackage(file: string, without?: RegExp): Buffer {
  const body = readFileSync(new URL(import.meta.resolve(file)))
  return without === undefined ? body : Buffer.from(body.toString().replace(without, ''))
}

function fromPublic(path: string): Buffer {
  return readFileSync(new URL(path, publicFolder))
}

// A comment that stands on lines of its own: what else looks like one may be part of a text.
function withoutComments(script: Buffer): Buffer {
  return Buffer.from(script.toString().replace(/^ *(\/\*[\s\S]*?\*\/|\/\/.*)\n/gm, ''))
}

// Comments and layout are written for us, not for browsers: an eighth of what travels.
function packed(css: string): string {
  return css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/ ?([{};]) ?/g, '$1')
}

function withFontAddresses(css: string, assets: ReadonlyMap<string, Asset>): string {
  return css.replaceAll(/url\("([^":]+\.woff2)"\)/g, (_, path: string) => {
    const font = assets.get(path)
    if (font === undefined) throw new Error(`The style sheet names ${path}, which is no asset`)
    return `url("${font.url}")`
  })
}

function digest(body: Buffer): string {
  return createHash('sha256').update(body).digest('hex').slice(0, 12)
}
