import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import Fastify from 'fastify'
import t from 'tap'
import { iconNames } from '../../src/plugins/assets/icons.ts'
import { readAssets } from '../../src/plugins/assets/store.ts'
import assets from '../../src/plugins/assets.ts'

const app = Fastify()
await app.register(assets)
await app.ready()
t.teardown(() => app.close())

const kilobytes = (body: Buffer) => gzipSync(body, { level: 9 }).length / 1000

t.test('a file is served for ever under the hash of its content', async (t) => {
  const url = app.assets.url('comptoir.css')
  t.match(url, /^\/assets\/[0-9a-f]{12}\/comptoir\.css$/)
  const answer = await app.inject({ url })
  t.equal(answer.statusCode, 200)
  t.equal(answer.headers['content-type'], 'text/css; charset=utf-8')
  t.equal(answer.headers['cache-control'], 'public, max-age=31536000, immutable')
  t.equal(answer.headers['content-encoding'], undefined)
})

t.test('a page of the version before gets the file of today and does not keep it', async (t) => {
  const answer = await app.inject({ url: '/assets/000000000000/comptoir.css' })
  t.equal(answer.statusCode, 200)
  t.equal(answer.headers['cache-control'], 'no-cache')
})

t.test('what is no asset is not found', async (t) => {
  for (const path of ['nothing.css', '../package.json', 'js/../comptoir.css%00', 'js/'])
    t.equal((await app.inject({ url: `/assets/000000000000/${path}` })).statusCode, 404, path)
  t.throws(() => app.assets.url('nothing.css'))
})

t.test('each browser gets the best compression it accepts', async (t) => {
  const url = app.assets.url('tabler.min.css')
  const plain = (await app.inject({ url })).rawPayload
  const get = (accepted: string) => app.inject({ url, headers: { 'accept-encoding': accepted } })
  for (const accepted of ['gzip, deflate, br', 'br;q=1.0, gzip;q=0.8']) {
    const answer = await get(accepted)
    t.equal(answer.headers['content-encoding'], 'br')
    t.equal(answer.headers['vary'], 'accept-encoding')
    t.ok(brotliDecompressSync(answer.rawPayload).equals(plain))
  }
  const first = (await get('br')).rawPayload.length
  for (let asked = 0; asked < 10; asked += 1) await get('br')
  while ((await get('br')).rawPayload.length >= first) await pause(50)
  t.ok(brotliDecompressSync((await get('br')).rawPayload).equals(plain), 'where many ask, a better one')
  const zipped = await get('gzip, br;q=0')
  t.equal(zipped.headers['content-encoding'], 'gzip')
  t.ok(gunzipSync(zipped.rawPayload).equals(plain))
  t.equal((await get('identity')).headers['content-encoding'], undefined)
})

t.test(
  'fonts are not compressed again, and the style sheet names them by their hashed address',
  async (t) => {
    const font = await app.inject({
      url: app.assets.url('inter-latin.woff2'),
      headers: { 'accept-encoding': 'br' },
    })
    t.equal(font.headers['content-encoding'], undefined)
    t.equal(font.headers['content-type'], 'font/woff2')
    const css = (await app.inject({ url: app.assets.url('comptoir.css') })).body
    t.match(css, app.assets.url('inter-latin.woff2'))
    t.match(css, app.assets.url('inter-latin-ext.woff2'))
    t.notMatch(css, 'url("inter')
  },
)

t.test('a script imports its neighbours by paths that lead to the same version', async (t) => {
  for (const [path, file] of readAssets()) {
    if (!path.endsWith('.js')) continue
    for (const [, neighbour] of file.body.toString().matchAll(/from '\.\/([^']+)'/g)) {
      const sibling = app.assets.url(`js/${neighbour}`)
      t.equal(new URL(`./${neighbour}`, `http://shop.test${file.url}`).pathname, sibling)
    }
  }
})

t.test('the first visit stays within its budget', async (t) => {
  const files = readAssets()
  const body = (path: string) => files.get(path)?.body ?? Buffer.alloc(0)
  const scripts = [...files.keys()].filter((path) => path.startsWith('js/'))
  t.ok(kilobytes(body('tabler.min.css')) + kilobytes(body('comptoir.css')) <= 88, 'style sheets')
  t.ok(kilobytes(body('comptoir.css')) <= 8, 'our own style sheet')
  t.ok(body('inter-latin.woff2').length <= 48 * 1024, 'fonts')
  t.ok(kilobytes(body('icons.svg')) <= 6, 'icons')
  t.ok(scripts.reduce((sum, path) => sum + kilobytes(body(path)), 0) <= 25, 'scripts')
})

t.test('every icon that a page names is in the sprite', async (t) => {
  const known = new Set<string>(iconNames)
  const views = new URL('../../views/', import.meta.url)
  const files = readdirSync(views, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.eta'),
  )
  t.ok(files.length > 0)
  for (const name of files) {
    const text = readFileSync(new URL(name, views), 'utf8')
    for (const [, icon] of text.matchAll(/(?:\bicon\(|\bicon: ?)'([a-z][a-z0-9-]*)'/g))
      t.ok(icon !== undefined && known.has(icon), `${icon} in ${name}`)
  }
  const badges = readFileSync(new URL('shared/badge.eta', views), 'utf8')
  for (const [, icon] of badges.matchAll(/\['(?:grey|blue|purple|green|amber|red)', '([a-z-]+)'\]/g))
    t.ok(icon !== undefined && known.has(icon), `${icon} of a status`)
  const menu = readFileSync(new URL('../../src/plugins/navigation.ts', import.meta.url), 'utf8')
  for (const [, icon] of menu.matchAll(/icon: '([a-z-]+)'/g))
    t.ok(icon !== undefined && known.has(icon), `${icon} in the menu`)
})

t.test('an icon is hidden from screen readers, sized in its markup, and drawn in the sprite', async (t) => {
  t.equal(
    app.assets.icon('truck'),
    `<svg class="icon" aria-hidden="true"><use href="${app.assets.url('icons.svg')}#truck"></use></svg>`,
  )
  t.throws(() => app.assets.icon('no-such-icon'), { message: /No icon no-such-icon/ })
  const sprite = (await app.inject({ url: app.assets.url('icons.svg') })).body
  for (const name of iconNames) t.match(sprite, `<symbol id="${name}" viewBox="0 0 24 24"`)
})

t.test('no page carries an inline style or script, which the content policy would block', async (t) => {
  const views = new URL('../../views/', import.meta.url)
  for (const name of readdirSync(views, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.eta') || /^(documents|emails)\//.test(name)) continue
    const text = readFileSync(new URL(name, views), 'utf8')
    t.notMatch(text, /\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+="|href="#"/, name)
  }
})
