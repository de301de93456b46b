import { fileURLToPath } from 'node:url'
import { Eta } from 'eta'
import t from 'tap'
import type { Language } from '../../src/languages/sentences.ts'
import { translator } from '../../src/languages/translate.ts'
import { formatsIn } from '../../src/lib/format.ts'
import { readAssets } from '../../src/plugins/assets/store.ts'
import { assetsOf } from '../../src/plugins/assets.ts'
import { creations, navigation } from '../../src/plugins/navigation.ts'

const eta = new Eta({ views: fileURLToPath(new URL('../../views/', import.meta.url)), cache: true })
const { icon, url: asset } = assetsOf(readAssets())
const instant = '2026-04-02T12:31:00Z'

function page(model: object = {}, language: Language = 'en') {
  const formats = formatsIn(language)
  return {
    t: translator(language),
    format: { ...formats, dateTime: (at: string) => formats.dateTime(new Date(at), 'UTC') },
    icon,
    asset,
    frame: {
      language,
      theme: 'light',
      title: 'Orders',
      path: '/orders',
      user: { name: 'Anna Kern', email: 'anna@shop.test', admin: true },
      navigation: navigation('/orders', true, { '/jobs': 2 }),
      creations,
      csrf: 'token-1',
      flash: null,
    },
    ...model,
  }
}

const render = (part: string, model: object = {}, language: Language = 'en') =>
  eta.render(`/shared/${part}`, page(model, language))
const words = (html: string) =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()

/** The least that each part can be called with. */
const least: Record<string, object> = {
  action: { action: { label: 'Approve', href: '/a' } },
  address: { address: {} },
  badge: { badge: { status: 'unheard of', word: 'Odd' } },
  chips: { chips: { items: [{ value: 'approved', remove: '/' }] } },
  combobox: {
    combobox: { name: 'account_code', idName: 'account_id', label: 'Account', source: '/accounts' },
  },
  confirm: { confirm: { consequences: ['It is gone.'], post: '/p', verb: 'Delete order', back: '/' } },
  csrf: {},
  'document-conflict': { conflict: { sentence: 'Anna saved this order.', taken: [], rows: [] } },
  empty: { empty: { sentence: 'Nothing yet.' } },
  'error-summary': { errors: [{ field: '', message: 'Wrong.' }] },
  facts: { facts: { items: [{ term: 'Term' }] } },
  'field-error': { fieldError: { id: 'x', mistakes: [{ message: 'Wrong.' }] } },
  field: { field: { name: 'subject', label: 'Subject' } },
  filters: { filters: { action: '/orders', fields: [{ name: 'q', label: 'Search' }] } },
  flash: {},
  'form-bar': { formBar: { submit: 'Save order' } },
  'list-bar': { listBar: { parts: ['3 orders'] } },
  menu: { menu: { label: 'More', items: [{ label: 'Copy', post: '/c' }] } },
  money: { money: { value: null, currency: 'EUR' } },
  'no-match': { noMatch: { sentence: 'No order matches.', items: [] } },
  none: {},
  notice: { notice: { text: 'Read this.' } },
  'page-head': { pageHead: { title: 'Orders' } },
  pagination: { pagination: { first: null, previous: null, next: '/n' } },
  progress: { progress: { id: 'p', label: 'Delivered', percent: 60, text: '60%' } },
  'sort-head': { sortHead: { label: 'Number', href: '/s' } },
  tabs: { tabs: { items: [{ label: 'Lines', href: '/l' }] } },
  timeline: { timeline: { items: [{ what: 'Created' }] } },
  track: { track: { steps: [{ label: 'Created' }] } },
}

t.test('every part can be left with what is required alone, and prints no missing value', async (t) => {
  for (const language of ['en', 'fr'] as const)
    for (const [part, model] of Object.entries(least))
      t.notMatch(render(part, model, language), /undefined|\[object|NaN|>null</, `${part} in ${language}`)
})

t.test('what people typed is text and never markup', async (t) => {
  const typed = '<b onclick="x">&amp;'
  const html = [
    render('field', { field: { name: 'subject', label: 'Subject' }, values: { subject: typed } }),
    render('field', { field: { name: 'notes', type: 'textarea', label: 'Notes' }, values: { notes: typed } }),
    render('page-head', {
      pageHead: { title: typed, facts: [typed], crumbs: [{ label: typed, href: '/' }] },
    }),
    render('address', { address: { name: typed, street: typed } }),
    render('timeline', {
      timeline: {
        items: [{ what: 'x', who: typed, at: instant, changes: [{ label: 'a', from: typed, to: typed }] }],
      },
    }),
    render('chips', { chips: { items: [{ name: 'Search', value: typed, remove: '/' }] } }),
  ]
  for (const part of html) {
    t.notMatch(part, '<b onclick')
    t.match(part, '&lt;b onclick')
  }
})

t.test('a mistake stands at its field and in the summary, which leads to it', async (t) => {
  const errors = [
    { field: 'lines[0][quantity]', message: 'Line 1: enter the quantity.' },
    { field: 'subject', message: { key: 'frame.offline' } },
  ]
  const values = { 'lines[0][quantity]': 'twelve' }
  const summary = render('error-summary', { errors })
  t.match(summary, 'href="#lines-0-quantity">Line 1: enter the quantity.</a>')
  t.match(summary, 'tabindex="-1" autofocus')
  t.match(words(summary), 'There are 2 mistakes on this page')
  const field = render('field', {
    errors,
    values,
    field: { name: 'lines[0][quantity]', type: 'quantity', label: 'Quantity', hint: 'As ordered.' },
  })
  t.match(field, 'id="lines-0-quantity"')
  t.match(field, 'value="twelve"')
  t.match(field, 'aria-describedby="lines-0-quantity-hint lines-0-quantity-error"')
  t.match(field, 'aria-invalid="true"')
  t.match(words(field), 'Line 1: enter the quantity.')
  t.equal(words(render('error-summary')), '')
})

t.test('values are found under nested names, flat or not', async (t) => {
  const field = { name: 'shipping_address[city]', label: 'City' }
  for (const values of [{ 'shipping_address[city]': 'Lyon' }, { shipping_address: { city: 'Lyon' } }])
    t.match(render('field', { field, values }), 'value="Lyon"')
})

t.test('a date that is none stays as it was typed', async (t) => {
  const field = { name: 'order_date', type: 'date', label: 'Date' }
  t.match(render('field', { field, values: { order_date: '2026-03-12' } }), 'type="date"')
  const odd = render('field', { field, values: { order_date: '12/03/20x6' } })
  t.match(odd, 'type="text"')
  t.match(odd, 'value="12/03/20x6"')
})

t.test('money and quantities are typed as text, so that a comma and a wheel do no harm', async (t) => {
  for (const type of ['money', 'quantity', 'percent']) {
    const html = render('field', { field: { name: 'n', type, label: 'N' } })
    t.match(html, 'type="text" inputmode="decimal"')
    t.notMatch(html, 'type="number"')
  }
})

t.test('a choice is kept: selects, radio buttons and tick boxes', async (t) => {
  const options = [
    { value: 'a', label: 'A' },
    { value: 'b', label: 'B' },
  ]
  const values = { pick: 'b', tick: 'on' }
  t.match(
    render('field', { values, field: { name: 'pick', type: 'select', label: 'P', options } }),
    'value="b" selected',
  )
  t.match(
    render('field', { values, field: { name: 'pick', type: 'radio', label: 'P', options } }),
    'value="b" checked',
  )
  t.match(
    render('field', { values, field: { name: 'tick', type: 'checkbox', label: 'T' } }),
    'value="on" checked',
  )
  t.notMatch(
    render('field', { values: {}, field: { name: 'tick', type: 'checkbox', label: 'T' } }),
    ' checked',
  )
})

t.test('an action that is refused stays reachable and says why', async (t) => {
  const refusal = 'Four invoices came out of this order.'
  const html = render('page-head', {
    pageHead: {
      title: 'SO-1',
      actions: [{ label: 'Edit', href: '/edit', refusal }],
      more: [{ label: 'Delete', danger: true, refusal }],
    },
  })
  t.notMatch(html, 'href="/edit"')
  for (const [, id] of html.matchAll(/aria-disabled="true" aria-describedby="([^"]+)"/g))
    t.match(html, `id="${id}"`)
  t.equal(html.split(refusal).length - 1, 2)
})

t.test('a dangerous action comes last in its menu, behind a line', async (t) => {
  const items = [
    { label: 'Delete', href: '/d', danger: true },
    { label: 'Copy', post: '/c' },
  ]
  t.match(words(render('menu', { menu: { label: 'More', items } })), 'More Copy Delete')
})

t.test('every form that a part makes carries its token', async (t) => {
  for (const part of ['action', 'confirm'])
    t.match(
      render(part, {
        ...least[part],
        action: { label: 'Approve', post: '/s', fields: { status: 'approved' } },
      }),
      '<input type="hidden" name="_csrf" value="token-1">',
    )
})

t.test(
  'without scripts the picker posts its text alone, so that an old record never contradicts a new text',
  async (t) => {
    const combobox = {
      name: 'account_code',
      idName: 'account_id',
      label: 'Account',
      source: '/accounts',
      value: 'BLAUS',
      idValue: '42',
    }
    const html = render('combobox', { combobox })
    t.match(html, 'name="account_code" value="BLAUS"')
    t.match(html, 'name="account_id" value="" data-id="42"')
    const asked = render('combobox', {
      combobox: { ...combobox, choices: [{ id: '7', label: 'Blauer See' }] },
    })
    t.match(asked, '<input class="form-check-input" type="radio" name="account_id" value="7">')
    t.notMatch(asked, 'type="hidden"')
  },
)

t.test('an address names its country in the reader’s language', async (t) => {
  const address = {
    name: 'Blauer See',
    street: 'Forsterstr. 57',
    postal_code: '68306',
    city: 'Mannheim',
    country: 'DE',
  }
  t.match(words(render('address', { address })), 'Blauer See Forsterstr. 57 68306 Mannheim Germany')
  t.match(words(render('address', { address }, 'fr')), 'Allemagne')
})

t.test('what does not apply is a dash with a hidden word', async (t) => {
  t.match(words(render('money', least['money'])), '– none')
  t.match(words(render('facts', least['facts'], 'fr')), '– aucun')
})

t.test('the frame says where one is, what waits, and that a page holds mistakes', async (t) => {
  const html = eta.render('/layouts/back-office', page({ body: '<h1>Orders</h1>' }))
  t.match(html, '<html lang="en" data-bs-theme="light">')
  t.match(html, '<title>Orders – Comptoir</title>')
  t.match(html, /href="\/orders" aria-current="page"/)
  t.match(words(html), '2 2 need you')
  t.notMatch(html, /undefined|\[object/)
  const wrong = eta.render(
    '/layouts/back-office',
    page({ body: '', errors: [{ field: 'a', message: 'b' }] }, 'fr'),
  )
  t.match(wrong, '<title>Erreur\u00a0: Orders – Comptoir</title>')
  const { frame } = page()
  const system = eta.render(
    '/layouts/sign-in',
    page({ body: '', frame: { ...frame, theme: 'system', user: null } }),
  )
  t.match(system, '<html lang="en">')
})

t.test('pages of refusals and failures are whole pages with a way back', async (t) => {
  const refused = eta.render(
    '/errors/refused',
    page({ refusals: ['One.', { key: 'frame.offline' }], back: '/orders/1' }),
  )
  t.match(words(refused), 'Nothing was changed. The reasons: One. There is no connection.')
  t.match(refused, 'href="/orders/1"')
  t.match(words(eta.render('/errors/failed', page({ requestId: 'req-7' }))), 'req-7')
  t.match(
    words(eta.render('/errors/not-found', page())),
    'This page does not exist, or your account may not open it.',
  )
})

t.test('the administration is shown to admins alone', async (t) => {
  const keys = (admin: boolean) => navigation('/', admin).map((group) => group.key)
  t.ok(keys(true).includes('frame.group.administration'))
  t.notOk(keys(false).includes('frame.group.administration'))
  const current = (path: string) =>
    navigation(path, true)
      .flatMap((group) => group.links)
      .filter((link) => link.current)
      .map((link) => link.href)
  t.same(current('/'), ['/'])
  t.same(current('/orders/1/edit'), ['/orders'])
  t.same(current('/ordersx'), [])
})
