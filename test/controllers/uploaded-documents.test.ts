import { createHash } from 'node:crypto'
import t from 'tap'
import { z } from 'zod'
import { Refused } from '../../src/errors.ts'
import { deleteDraft } from '../../src/services/invoices/delete-draft.ts'
import { uploadDocuments } from '../../src/services/uploaded-documents/upload-documents.ts'
import { testDatabase } from '../support/database.ts'
import { insertDraftInvoice, insertOrder } from '../support/documents.ts'
import { adminOf, customersCsv, madeImport } from '../support/imports.ts'
import { issueDirectly } from '../support/invoices.ts'
import { makeRecurringOrder, makeShop } from '../support/shop.ts'
import { testApp, Visitor } from '../support/web.ts'

async function start(t: { teardown(end: () => unknown): unknown }) {
  const { db } = await testDatabase(t)
  const shop = await makeShop(db)
  const app = await testApp(db)
  t.teardown(() => app.close())
  const [user, admin] = [
    await Visitor.signedIn(app, shop.user_id),
    await Visitor.signedIn(app, shop.admin_id),
  ]
  return { db, shop, app, user, admin, order: await insertOrder(db, shop) }
}

const pdf = (text: string) => Buffer.from(`%PDF-1.7\n${text}\n%%EOF`)
const json = { accept: 'application/json' }
const listed = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      size: z.number(),
      media_type: z.string(),
      shared: z.boolean(),
      sha256: z.string(),
      uploaded_by: z.object({ id: z.string(), name: z.string() }),
      uploaded_at: z.string(),
    }),
  ),
  next: z.null(),
  total: z.number(),
})

async function documentsAt(visitor: Visitor, address: string) {
  return listed.parse((await visitor.json(address)).body)
}

t.test('several files are filed at once, and each leaves as it came, as an attachment', async (t) => {
  const { user, order, shop } = await start(t)
  const at = `/orders/${order}/documents`
  const content = pdf('signed')
  const sent = await user.upload(
    at,
    { shared: 'on' },
    {
      'files[0]': { name: '../Été "signé".pdf', content },
      'files[1]': { name: 'photo.pdf', content: Buffer.from('R0lGODlhAQABAAAAACw=', 'base64') },
    },
  )
  t.match(sent, { status: 303, location: at })
  const page = await user.get(at)
  t.match(page.body, /2 documents are uploaded\./)
  t.match(page.body, /aria-current="page">Documents <span class="count">2<\/span>/)
  const { items, total } = await documentsAt(user, at)
  t.equal(total, 2)
  const [photo, signed] = items
  t.match(photo, { name: 'photo.pdf.gif', media_type: 'image/gif', shared: true })
  t.match(signed, {
    name: 'Été _signé_.pdf',
    size: content.length,
    media_type: 'application/pdf',
    sha256: createHash('sha256').update(content).digest('hex'),
    uploaded_by: { id: shop.user_id, name: 'Ute Weber' },
  })
  const file = `/documents/${signed?.id}/file`
  const whole = await user.get(file, { 'accept-encoding': 'gzip' })
  t.match(whole, {
    status: 200,
    body: content.toString(),
    headers: {
      'content-type': 'application/pdf',
      'content-length': content.length,
      'content-disposition': `attachment; filename="Ete _signe_.pdf"; filename*=UTF-8''%C3%89t%C3%A9%20_sign%C3%A9_.pdf`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': /sandbox/,
      'cache-control': 'private, no-cache',
      'accept-ranges': 'bytes',
    },
  })
  const tag = String(whole.headers.etag)
  t.match(await user.get(file, { 'if-none-match': tag }), { status: 304, body: '' })
  t.match(await user.get(file, { range: 'bytes=0-3', 'if-range': tag }), {
    status: 206,
    body: '%PDF',
    headers: { 'content-range': `bytes 0-3/${content.length}`, 'content-length': 4 },
  })
  t.equal((await user.get(file, { range: 'bytes=0-3', 'if-range': '"other"' })).status, 200)
  t.match(await user.get(file, { range: 'bytes=9999-' }), {
    status: 416,
    headers: { 'content-range': `bytes */${content.length}` },
  })
  t.match((await user.get(`${at}?format=csv`)).body, /^\ufeffname,size,media_type,shared,uploaded_by/)
  t.match((await user.get(`/documents/${signed?.id}`)).body, /SHA-256.*Filed with|Filed with.*SHA-256/s)
  t.match((await user.json(`/documents/${signed?.id}`)).body, {
    order: { id: order, number: 'SO-2026-0001' },
  })
})

t.test('a large file comes whole, bit by bit, and what is asked for of it', async (t) => {
  const { user, order, db } = await start(t)
  const at = `/orders/${order}/documents`
  const content = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(3_000_000, 'abcdefg')])
  t.equal((await user.upload(at, {}, { files: { name: 'plan.pdf', content } })).status, 303)
  const [plan] = (await documentsAt(user, at)).items
  const whole = await user.get(`/documents/${plan?.id}/file`)
  t.ok(whole.body === content.toString('latin1'), 'every byte')
  const part = await user.get(`/documents/${plan?.id}/file`, { range: 'bytes=1000000-2500000' })
  t.ok(part.body === content.subarray(1_000_000, 2_500_001).toString('latin1'), 'every byte of the part')
  const stored = await db.selectFrom('files').select(['size']).execute()
  t.same(stored, [{ size: content.length }])
})

t.test('a content is stored once, and the same file of the same name is filed once', async (t) => {
  const { user, order, shop, db } = await start(t)
  const content = pdf('terms')
  const at = `/orders/${order}/documents`
  const upload = (address: string, name: string) => user.upload(address, {}, { files: { name, content } })
  await Promise.all([upload(at, 'terms.pdf'), upload(at, 'terms.pdf')])
  t.equal((await documentsAt(user, at)).total, 1, 'a double click files it once')
  await upload(at, 'terms.pdf')
  t.match((await user.get(at)).body, /terms\.pdf is here already, with the same content: nothing was added\./)
  await upload(at, 'conditions.pdf')
  await upload(`/accounts/${shop.accounts.paris}/documents`, 'terms.pdf')
  t.equal((await db.selectFrom('documents').select('id').execute()).length, 3)
  t.equal((await db.selectFrom('files').select('id').execute()).length, 1)
})

t.test(
  'what is not taken is named with its reason, nothing of the form is kept, and the form says so',
  async (t) => {
    const { user, order, db } = await start(t)
    const at = `/orders/${order}/documents`
    const files = {
      a: { name: 'good.pdf', content: pdf('good') },
      b: { name: 'setup.exe', content: Buffer.from('MZ\x90\0\x03', 'latin1') },
      c: { name: 'empty.pdf', content: Buffer.alloc(0) },
      d: { name: 'huge.zip', content: Buffer.alloc(20 * 1024 * 1024 + 1) },
    }
    const refused = await user.upload(at, { shared: 'on' }, files)
    t.equal(refused.status, 422)
    for (const sentence of [
      /setup\.exe is by its content no PDF/,
      /empty\.pdf is empty\./,
      /huge\.zip is larger than 20 MB\./,
      /Choose all files again: none was kept\./,
      /name="shared"[^>]* checked/,
      /<title>Error: /,
    ])
      t.match(refused.body, sentence)
    t.match(await user.upload(at, {}, {}), { status: 422, body: /Choose a file\./ })
    const many = Object.fromEntries(
      Array.from({ length: 21 }, (_, n) => [`f${n}`, { name: `${n}.txt`, content: Buffer.from(`${n}`) }]),
    )
    t.match(await user.upload(at, {}, many), {
      status: 422,
      body: /Choose 20 files at most: these were 21\./,
    })
    const large = (n: number) => ({ name: `${n}.txt`, content: Buffer.alloc(18 * 1024 * 1024, `${n}`) })
    t.match(await user.upload(at, {}, { a: large(1), b: large(2), c: large(3) }), {
      status: 422,
      body: /3\.txt is too much at once: together the files are larger than 50 MB\./,
    })
    t.equal((await db.selectFrom('documents').select('id').execute()).length, 0)
    t.equal((await db.selectFrom('files').select('id').execute()).length, 0)
  },
)

t.test('a document is shared, and no longer, and removed; the history tells it all', async (t) => {
  const { user, order, db } = await start(t)
  const at = `/orders/${order}/documents`
  await user.upload(at, {}, { files: { name: 'plan.pdf', content: pdf('plan') } })
  const id = (await documentsAt(user, at)).items[0]?.id
  t.match(await user.post(`/documents/${id}`, { shared: 'on' }), { status: 303, location: at })
  t.match((await user.get(at)).body, /plan\.pdf is marked as shared with the customer\./)
  t.match(await user.json(`/documents/${id}`), { body: { shared: true } })
  const back = `/documents/${id}`
  t.match(await user.post(`/documents/${id}`, { shared: '', back }), { status: 303, location: back })
  t.match(
    await user.post(`/documents/${id}`, { shared: 'on', back: 'https://evil.test' }),
    { location: '/' },
    'nobody is led elsewhere',
  )
  t.match((await user.get(`/documents/${id}/deletion`)).body, /uploaded by Ute Weber.*marked as shared/s)
  t.match(await user.post(`/documents/${id}/deletion`, {}), { status: 303, location: at })
  t.equal((await user.get(`/documents/${id}/file`)).status, 404)
  const { body } = await user.get(`/orders/${order}/history`)
  for (const sentence of [
    /Document uploaded: plan\.pdf</,
    /Document marked as shared with the customer: plan\.pdf/,
    /Document not shared any more: plan\.pdf/,
    /Document removed: plan\.pdf/,
  ])
    t.match(body, sentence)
  t.equal((await db.selectFrom('files').select('id').execute()).length, 1, 'files never go away')
})

t.test('finalized orders and issued invoices take documents too, and never change by it', async (t) => {
  const { user, order, shop, db } = await start(t)
  const invoice = await insertDraftInvoice(db, shop, order)
  await issueDirectly(db, invoice, { number: 'FA-1' })
  await db
    .updateTable('customer_orders')
    .set({ finalized_at: '2026-03-01T10:00:00Z', finalized_by: shop.admin_id })
    .where('id', '=', order)
    .execute()
  const before = await db.selectFrom('invoices').selectAll().executeTakeFirstOrThrow()
  for (const at of [`/orders/${order}/documents`, `/invoices/${invoice}/documents`]) {
    t.equal((await user.upload(at, {}, { files: { name: 'proof.pdf', content: pdf('proof') } })).status, 303)
    const id = (await documentsAt(user, at)).items[0]?.id
    t.match((await user.get(at)).body, /proof\.pdf/)
    t.equal((await user.post(`/documents/${id}/deletion`, {})).status, 303)
  }
  t.match((await user.get(`/invoices/${invoice}`)).body, /Document removed: proof\.pdf/)
  t.same(await db.selectFrom('invoices').selectAll().executeTakeFirstOrThrow(), before)
})

t.test('what something is filed with is not deleted, and says why', async (t) => {
  const { user, admin, order, shop, db } = await start(t)
  const invoice = await insertDraftInvoice(db, shop, await insertOrder(db, shop, 'SO-2026-0002'))
  const account = await db
    .insertInto('accounts')
    .values({
      code: 'NEW',
      name: 'New One',
      kind: 'business',
      language: 'fr-FR',
      currency: 'EUR',
      country: 'FR',
      tax_treatment: 'domestic',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const owners = [`/orders/${order}`, `/invoices/${invoice}`, `/accounts/${account.id}`]
  for (const at of owners) {
    await user.upload(`${at}/documents`, {}, { files: { name: 'a.pdf', content: pdf('a') } })
    t.match((await user.get(`${at}/deletion`)).body, /A document is filed here\. Remove it first\./, at)
    t.match(
      await user.post(`${at}/deletion`, {}, json),
      { status: 409, body: /"code":"has_uploads"/ },
      `${at} refuses`,
    )
  }
  const scope = { id: shop.user_id, organisation_ids: [shop.organisation_id] }
  const deletion = { period: null, reason: null, version: null }
  await t.rejects(deleteDraft(db, scope, invoice, deletion), Refused)
  for (const { id } of await db.selectFrom('documents').select('id').execute())
    await user.post(`/documents/${id}/deletion`, {})
  for (const at of owners) t.equal((await user.post(`${at}/deletion`, {})).status, 303, `${at} goes then`)

  const made = await madeImport(db, shop, 'customers', customersCsv)
  const imported = await db
    .selectFrom('accounts')
    .select('id')
    .where('code', '=', 'ALFKI')
    .executeTakeFirstOrThrow()
  const filed = await uploadDocuments(
    db,
    adminOf(shop),
    { kind: 'account', id: imported.id },
    {
      files: [{ filename: 'a.pdf', content: pdf('a') }],
      shared: false,
      limits: { file: 1000, together: 1000, files: 1 },
    },
  )
  t.same(filed, { added: ['a.pdf'], known: [] })
  t.match(
    (await admin.post(`/imports/${made.id}/undo`, {})).body,
    /Documents are filed with 1 customer: ALFKI\. Remove them first\./,
  )
})

t.test('documents of another organisation do not exist, and those of accounts are everybody’s', async (t) => {
  const { user, admin, shop, db, app } = await start(t)
  const foreign = await makeRecurringOrder(db, shop, {
    organisation_id: shop.other_organisation_id,
    recurrence: { start_date: '2026-01-01' },
  })
  const at = `/orders/${foreign}/documents`
  await admin.upload(at, {}, { files: { name: 'secret.pdf', content: pdf('secret') } })
  const id = (await documentsAt(admin, at)).items[0]?.id ?? ''
  for (const address of [`/documents/${id}`, `/documents/${id}/file`, `/documents/${id}/deletion`, at])
    t.equal((await user.get(address)).status, 404, address)
  for (const address of [`/documents/${id}`, `/documents/${id}/deletion`])
    t.equal((await user.post(address, { shared: 'on' })).status, 404, address)
  t.equal((await user.upload(at, {}, { files: { name: 'x.pdf', content: pdf('x') } })).status, 404)
  t.match(await documentsAt(admin, at), { total: 1, items: [{ shared: false }] })

  const account = `/accounts/${shop.accounts.paris}/documents`
  await admin.upload(account, {}, { files: { name: 'terms.pdf', content: pdf('terms') } })
  t.match(await documentsAt(user, account), { items: [{ name: 'terms.pdf' }] })

  const stranger = new Visitor(app)
  const kept = await stranger.upload(
    account,
    { shared: 'on' },
    { files: { name: 'x.pdf', content: pdf('x') } },
  )
  t.equal(kept.status, 401)
  t.match(kept.body, new RegExp(`value="${account}"`), 'after signing in, the form stands there again')
  t.match((await stranger.get(`/documents/${id}/file`)).location, /^\/login/)
})
