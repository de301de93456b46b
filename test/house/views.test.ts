import { Eta } from 'eta'
import t from 'tap'
import { filesBelow } from './files.ts'

const views = filesBelow('views', '.eta')

t.test('every view compiles', async (t) => {
  const eta = new Eta({ autoEscape: true })
  for (const { path, text } of views) t.doesNotThrow(() => eta.compile(text), path)
})

t.test('every view is shown by a controller or included by another view', async (t) => {
  const code = filesBelow('src', '.ts').map(({ text }) => text)
  const markup = views.map(({ text }) => text)
  for (const { path } of views) {
    const name = path.replace(/^views\//, '').replace(/\.eta$/, '')
    const used =
      code.some((text) => text.includes(`'${name}'`)) ||
      markup.some((text) => text.includes(`'/${name}'`)) ||
      name.startsWith('layouts/')
    t.ok(used, name)
  }
})

t.test(
  'no view holds a style, a script or a handler of its own: the content policy would block them',
  async (t) => {
    for (const { path, text } of views) {
      t.notMatch(text, /\sstyle="|<style|\son[a-z]+="|href="#"/, path)
      t.notMatch(text, /<script(?![^>]*\ssrc=)/, path)
    }
  },
)
