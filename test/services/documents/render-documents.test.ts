import { sql } from 'kysely'
import t from 'tap'
import type { Database } from '../../../src/data/database.ts'
import { findFile } from '../../../src/data/files.ts'
import { deleteOldRenderings, renderingsWaitSince } from '../../../src/data/renderings.ts'
import { requestDocument } from '../../../src/services/documents/document-file.ts'
import { type PdfMaker, RenderingFailed } from '../../../src/services/documents/pdf-maker.ts'
import { renderDocuments } from '../../../src/services/documents/render-documents.ts'
import { testDatabase } from '../../support/database.ts'
import { issueDirectly, makeDraft } from '../../support/invoices.ts'
import { makeRecurringOrder, makeShop, type Shop } from '../../support/shop.ts'
import { testApp, Visitor } from '../../support/web.ts'

/** Prints without a browser: what is tested here is who prints what, how often, and what becomes of it. */
function paperMaker(
  make: (html: string) => void | Promise<void> = () => {},
): PdfMaker & { printed: string[] } {
  const printed: string[] = []
  return {
    printed,
    make: async (html) => {
      await make(html)
      const title = /<title>([^<]*)/.exec(html)?.[1] ?? ''
      printed.push(title)
      return Buffer.from(`%PDF-1.4 ${title} ${html.length}`)
    },
    close: async () => {},
  }
}

const rateOf = (shop: Shop) => ({ id: shop.rates.fr20, category: 'S' as const, rate: '20' })

async function issued(db: Database, shop: Shop, number: string): Promise<string> {
  const id = await makeDraft(db, {
    organisation_id: shop.organisation_id,
    account_id: shop.accounts.paris,
    document_date: '2026-03-01',
    rate: rateOf(shop),
  })
  await issueDirectly(db, id, { number })
  return id
}

async function fileOf(db: Database, id: string): Promise<string | null> {
  const row = await db.selectFrom('invoices').select('file_id').where('id', '=', id).executeTakeFirstOrThrow()
  return row.file_id
}

t.test('an issued invoice is printed once and stored for ever', async (t) => {
  const { db, ownerDb } = await testDatabase(t)
  const shop = await makeShop(db)
  t.equal(await renderingsWaitSince(db), null)
  const id = await issued(db, shop, 'F-2026-0001')
  t.ok(await renderingsWaitSince(db), 'it is work, though nobody has asked')
  t.match(await requestDocument(db, { type: 'invoice', id }), {
    state: 'preparing',
    name: 'Facture F-2026-0001.pdf',
  })
  const maker = paperMaker()
  t.same(await renderDocuments(db, { maker }), { made: 1, retried: 0, parked: 0 })
  const file_id = await fileOf(db, id)
  t.match(await findFile(db, file_id ?? ''), { kind: 'issued_invoice', media_type: 'application/pdf' })
  t.equal(await renderingsWaitSince(db), null)

  await db.updateTable('invoices').set({ status: 'sent', version: 9 }).where('id', '=', id).execute()
  await db.updateTable('organisations').set({ phone: '+33 1', name: 'Atelier Sud' }).execute()
  t.same(await renderDocuments(db, { maker }), { made: 0, retried: 0, parked: 0 })
  t.equal(await fileOf(db, id), file_id)
  t.same(maker.printed, ['Facture F-2026-0001'])
  const ready = await requestDocument(db, { type: 'invoice', id })
  t.match(ready, { state: 'ready', sha256: /^[0-9a-f]{64}$/ })

  await ownerDb.transaction().execute(async (trx) => {
    await sql`SET LOCAL session_replication_role = replica`.execute(trx)
    await sql`ALTER TABLE files DISABLE TRIGGER USER`.execute(trx)
    await sql`UPDATE files SET content = overlay(content PLACING 'X' FROM 12) WHERE id = ${file_id}`.execute(
      trx,
    )
    await sql`ALTER TABLE files ENABLE TRIGGER USER`.execute(trx)
  })
  const damaged = { state: 'failed', retry: false, reason: { key: 'documents.failed.damaged' } }
  t.match(await requestDocument(db, { type: 'invoice', id }), damaged)
  const app = await testApp(db)
  t.teardown(() => app.close())
  const user = await Visitor.signedIn(app, shop.user_id)
  t.match((await user.get(`/invoices/${id}`)).body, /Its PDF is missing: The stored PDF is no longer/)
  t.match(await user.get(`/invoices/${id}/pdf`), { status: 409, body: /its SHA-256 differs/ })
})

t.test(
  'what can still change is printed when somebody asks, and anew once anything on it has changed',
  async (t) => {
    const { db } = await testDatabase(t)
    const shop = await makeShop(db)
    const id = await makeRecurringOrder(db, shop, { recurrence: { start_date: '2026-01-01' } })
    const maker = paperMaker()
    const ask = async () => (await requestDocument(db, { type: 'order', id })).state
    t.same(await renderDocuments(db, { maker }), { made: 0, retried: 0, parked: 0 }, 'nobody has asked')
    t.same([await ask(), await ask()], ['preparing', 'preparing'])
    t.match(await renderDocuments(db, { maker }), { made: 1 })
    t.same([await ask(), await ask()], ['ready', 'ready'])
    t.match(await renderDocuments(db, { maker }), { made: 0 })
    await db.updateTable('organisations').set({ phone: '+33 3 20 00 00 00' }).execute()
    t.equal(await ask(), 'preparing', 'the seller has another telephone')
    t.match(await renderDocuments(db, { maker }), { made: 1 })
    t.equal(await ask(), 'ready')
    await db.updateTable('customer_orders').set({ subject: 'New', version: 2 }).where('id', '=', id).execute()
    t.equal(await ask(), 'preparing', 'the order has changed')
    t.match(await renderDocuments(db, { maker }), { made: 1 })
    await sql`UPDATE renderings SET requested_at = now() - interval '8 days' WHERE version = 1`.execute(db)
    t.equal(await deleteOldRenderings(db, 7), 1)
    t.equal(await ask(), 'ready')
  },
)

t.test('a document that fails is tried again with growing pauses, and parked after ten tries', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const [bad, good] = [await issued(db, shop, 'F-2026-0001'), await issued(db, shop, 'F-2026-0002')]
  let falls = true
  const maker = paperMaker((html) => {
    if (falls && html.includes('F-2026-0001')) throw new RenderingFailed('crashed')
  })
  const sooner = () => sql`UPDATE renderings SET next_try_at = now() WHERE state = 'waiting'`.execute(db)
  const pause = async () => {
    const { rows } = await sql<{ minutes: number }>`
      SELECT round(extract(epoch FROM next_try_at - now()) / 60)::int AS minutes FROM renderings`.execute(db)
    return rows[0]?.minutes
  }
  t.same(
    await renderDocuments(db, { maker }),
    { made: 1, retried: 2, parked: 0 },
    'again at once, then later',
  )
  t.ok(await fileOf(db, good), 'the others are not held up')
  const minutes = [await pause()]
  for (let attempt = 3; attempt <= 9; attempt += 1) {
    await sooner()
    t.same(await renderDocuments(db, { maker }), { made: 0, retried: 1, parked: 0 }, `try ${attempt}`)
    minutes.push(await pause())
  }
  t.same(minutes, [1, 2, 5, 10, 20, 40, 60, 60])
  await sooner()
  t.same(await renderDocuments(db, { maker }), { made: 0, retried: 0, parked: 1 })
  t.equal(await renderingsWaitSince(db), null, 'it waits for a person')
  t.match(await requestDocument(db, { type: 'invoice', id: bad }), { state: 'failed', retry: true })

  const app = await testApp(db)
  t.teardown(() => app.close())
  const admin = await Visitor.signedIn(app, shop.admin_id)
  t.match((await admin.get(`/invoices/${bad}`)).body, /Its PDF is missing: The browser that prints documents/)
  t.match((await admin.get(`/invoices/${bad}/pdf`)).body, /Try again/)
  const jobs = await admin.get('/jobs')
  t.match(jobs.body, /PDFs that could not be made.*F-2026-0001.*fell over each time/s)
  t.notMatch(jobs.body, /<span class="count">/, 'no job is red for it')
  const rendering_id = /name="rendering_id" value="([^"]+)"/.exec(jobs.body)?.[1] ?? ''
  t.match(await admin.post('/jobs/render-pdfs/retries', { rendering_id, name: 'F-2026-0001' }), {
    status: 303,
    location: '/jobs#pdfs',
  })
  falls = false
  t.same(await renderDocuments(db, { maker }), { made: 1, retried: 0, parked: 0 })
  t.ok(await fileOf(db, bad))
})

t.test(
  'a sign without font is parked at once; what cannot be laid out is no other document’s trouble',
  async (t) => {
    const { db } = await testDatabase(t)
    const shop = await makeShop(db)
    const id = await issued(db, shop, 'F-2026-0001')
    const maker = paperMaker(() => {
      throw new RenderingFailed('no_font:株')
    })
    t.same(await renderDocuments(db, { maker }), { made: 0, retried: 0, parked: 1 })
    t.match(await requestDocument(db, { type: 'invoice', id }), {
      reason: { key: 'documents.failed.no_font', params: { signs: '株' } },
    })
  },
)

t.test('where no browser can be started the run fails, and no document is charged for it', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  await issued(db, shop, 'F-2026-0001')
  const maker = paperMaker(() => {
    throw new Error('There is no Chromium.')
  })
  await t.rejects(renderDocuments(db, { maker }), { message: 'There is no Chromium.' })
  const rows = await db.selectFrom('renderings').select(['state', 'attempts']).execute()
  t.same(rows, [{ state: 'waiting', attempts: 0 }])
})

t.test('processes share the work, and what somebody waits for comes first', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  for (let count = 1; count <= 12; count += 1) await issued(db, shop, `F-2026-00${count + 10}`)
  const order = await makeRecurringOrder(db, shop, { recurrence: { start_date: '2026-01-01' } })
  await requestDocument(db, { type: 'order', id: order })
  const first = paperMaker()
  const stop = new AbortController()
  await renderDocuments(db, { maker: first, signal: stop.signal, onProgress: () => stop.abort() })
  t.match(first.printed[0], /^Commande/)
  t.ok(first.printed.length <= 2, 'each lane ends with what it has begun')
  const slow = () => new Promise<void>((resolve) => setTimeout(resolve, 20))
  const makers = [paperMaker(slow), paperMaker(slow)]
  await Promise.all(makers.map((maker) => renderDocuments(db, { maker })))
  const printed = [first, ...makers].flatMap((maker) => maker.printed)
  t.equal(printed.length, 13)
  t.equal(new Set(printed).size, 13, 'none twice')
  for (const maker of makers) t.ok(maker.printed.length > 0, 'both had some')
})

t.test('the PDF of an order comes by its address, first as a page that comes back by itself', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const app = await testApp(db)
  t.teardown(() => app.close())
  const user = await Visitor.signedIn(app, shop.user_id)
  const id = await makeRecurringOrder(db, shop, { recurrence: { start_date: '2026-01-01' } })
  const address = `/orders/${id}/pdf`
  t.match((await user.get(`/orders/${id}`)).body, new RegExp(`href="${address}`))
  const waiting = await user.get(address)
  t.match(waiting, { status: 202, headers: { refresh: '2' }, body: /The PDF is being prepared/ })
  t.match(await user.json(address), { status: 202, body: { state: 'preparing' } })
  await renderDocuments(db, { maker: paperMaker() })
  const ready = await user.get(address)
  t.match(ready, {
    status: 200,
    body: /^%PDF/,
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': /^inline; filename="Commande /,
      'cache-control': 'private, no-cache',
    },
  })
  const again = await user.get(address, { 'if-none-match': String(ready.headers['etag']) })
  t.match(again, { status: 304, body: '' })
  t.match(await user.json(address), { body: { state: 'ready', sha256: /^[0-9a-f]{64}$/ } })
  const elsewhere = await makeRecurringOrder(db, shop, {
    organisation_id: shop.other_organisation_id,
    recurrence: { start_date: '2026-01-01' },
  })
  t.equal((await user.get(`/orders/${elsewhere}/pdf`)).status, 404)
})

t.test('many PDFs come as one ZIP, with unique names and a note of what is missing', async (t) => {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const app = await testApp(db)
  t.teardown(() => app.close())
  const one = await issued(db, shop, 'F-2026-0001')
  const elsewhere = await makeDraft(db, {
    organisation_id: shop.other_organisation_id,
    account_id: shop.accounts.paris,
    document_date: '2026-03-01',
    rate: rateOf(shop),
  })
  await issueDirectly(db, elsewhere, { number: 'F-2026-0001' })
  await renderDocuments(db, { maker: paperMaker() })
  const late = await issued(db, shop, 'F-2026-0009')
  const [admin, user] = [
    await Visitor.signedIn(app, shop.admin_id),
    await Visitor.signedIn(app, shop.user_id),
  ]
  const all = await admin.get('/invoices/pdfs')
  t.match(all, { status: 200, headers: { 'content-type': 'application/zip' } })
  t.same(namesIn(all.body), ['Facture F-2026-0001 (AN).pdf', 'Facture F-2026-0001.pdf', 'Missing.txt'])
  t.match(all.body, /1 issued invoice has no PDF yet.*F-2026-0009/s)
  t.same(namesIn((await user.get('/invoices/pdfs?q=0001')).body), ['Facture F-2026-0001.pdf'])
  const ticked = [
    ['ids[]', one],
    ['ids[]', elsewhere],
    ['ids[]', late],
  ] as const
  const chosen = await user.post(
    '/invoices/pdfs',
    ticked.map(([name, id]): [string, string] => [name, id]),
  )
  t.same(
    namesIn(chosen.body),
    ['Facture F-2026-0001.pdf', 'Missing.txt'],
    'not those of another organisation',
  )
  t.match(await user.post('/invoices/pdfs', {}), {
    status: 422,
    body: /Tick the invoices whose PDFs you want/,
  })
})

/** The names in the directory at the end, in order. */
function namesIn(zip: string): string[] {
  const directory = zip.slice(zip.indexOf('PK\u0001\u0002'))
  return [...directory.matchAll(/((?:Facture|Missing)[\w ().-]*?\.(?:pdf|txt))UT/g)]
    .map(([, name = '']) => name)
    .sort()
}
