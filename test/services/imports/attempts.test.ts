import { sql } from 'kysely'
import t from 'tap'
import { listImportMistakes } from '../../../src/data/import-log.ts'
import { Refused } from '../../../src/errors.ts'
import { say } from '../../../src/languages/translate.ts'
import { attemptImport } from '../../../src/services/imports/attempt-import.ts'
import { discardImport } from '../../../src/services/imports/discard-import.ts'
import { readMessage, readReadings } from '../../../src/services/imports/recorded.ts'
import { seenState } from '../../../src/services/imports/standing.ts'
import { startImport } from '../../../src/services/imports/start-import.ts'
import { checkAgain } from '../../../src/services/imports/upload-import.ts'
import { testDatabase } from '../../support/database.ts'
import {
  adminOf,
  checkedImport,
  customersCsv,
  importOf,
  linesCsv,
  madeImport,
  ordersCsv,
} from '../../support/imports.ts'
import { makeShop } from '../../support/shop.ts'

async function start(t: { teardown(end: () => unknown): unknown }) {
  const { db, ownerDb } = await testDatabase(t)
  const shop = await makeShop(db)
  const codes = async () =>
    (await db.selectFrom('accounts').select('code').orderBy('code').execute()).map(({ code }) => code)
  return { db, ownerDb, shop, admin: adminOf(shop), codes }
}

t.test('a check says what would come, and keeps nothing', async (t) => {
  const { db, shop, codes } = await start(t)
  const row = await checkedImport(db, shop, 'customers', `${customersCsv}CHOP,Chop,,FR\n`)
  t.match(row, { state: 'checked', created: 2, known: 1, mistakes: 0, imported_at: null })
  const [reading] = readReadings(row.reading)
  t.match(reading, { encoding: 'UTF-8', delimiter: ',', rows: 3, missing: [], not_taken: [] })
  t.match(reading?.preview[0], {
    line: 2,
    values: ['ALFKI', 'Alfreds Futterkiste', 'Maria Anders', 'Germany'],
  })
  t.same(await codes(), ['BLAUER', 'CHOP'])
  t.same(await db.selectFrom('audit_entries').select('id').execute(), [])
})

t.test('what is wrong is told by line, column and value, of both files', async (t) => {
  const { db, shop } = await start(t)
  const row = await checkedImport(
    db,
    shop,
    'orders',
    'number,customer_code,order_date\n1,CHOP,1996-02-30\n2,NOBODY,1996-02-03\n',
    'order_number,quantity,unit_price,description\n2,many,1,x\n',
  )
  t.match(row, { state: 'refused', mistakes: 3, created: null })
  const found = await listImportMistakes(db, row.id)
  t.same(
    found.map((one) => [one.part, one.line, one.column_name, one.value]),
    [
      ['main', 2, 'order_date', '1996-02-30'],
      ['main', 3, 'customer_code', 'NOBODY'],
      ['lines', 2, 'quantity', 'many'],
    ],
  )
})

t.test('an import is made once, by whomever is first, and records what it made', async (t) => {
  const { db, shop, admin, codes } = await start(t)
  const { id } = await checkedImport(db, shop, 'customers', customersCsv)
  const started = await Promise.all([startImport(db, admin, id), startImport(db, admin, id)])
  const [attempt] = started.filter((one) => one !== undefined)
  t.equal(started.filter((one) => one === undefined).length, 1, 'the second click starts nothing')
  if (attempt === undefined) return
  await Promise.all([attemptImport(db, attempt), attemptImport(db, attempt)])
  t.match(await importOf(db, shop, id), {
    state: 'imported',
    created: 2,
    known: 0,
    imported_by: shop.admin_id,
  })
  t.same(await codes(), ['ALFKI', 'AROUT', 'BLAUER', 'CHOP'])
  const records = await db
    .selectFrom('import_records')
    .select(['kind', 'line'])
    .orderBy('kind')
    .orderBy('line')
    .execute()
  t.same(records, [
    { kind: 'account', line: 2 },
    { kind: 'account', line: 3 },
    { kind: 'contact', line: 2 },
    { kind: 'contact', line: 3 },
  ])
  t.match(await db.selectFrom('audit_entries').selectAll().execute(), [
    {
      action: 'imported',
      subject_id: id,
      user_id: shop.admin_id,
      changes: { kind: 'customers', file: 'customers.csv', created: 2, known: 0 },
    },
  ])
  t.equal(await startImport(db, admin, id), undefined, 'and never again')
})

t.test('a file in Windows-1252 is read so where a person says it', async (t) => {
  const { db, shop, admin } = await start(t)
  const bytes = Buffer.from('code;name;country\nL1;Soci\xe9t\xe9 d\x92\xcele;FR\n', 'latin1')
  const row = await checkedImport(db, shop, 'customers', bytes)
  const [mistake] = await listImportMistakes(db, row.id)
  t.match(mistake, { line: 2, column_name: 'name' })
  t.match(say('en', readMessage(mistake?.message)), /another encoding/)
  await attemptImport(db, await checkAgain(db, admin, row.id, { encoding: 'windows-1252' }))
  const again = await importOf(db, shop, row.id)
  t.match(again, { state: 'checked', created: 1, mistakes: 0 })
  t.equal(readReadings(again.reading)[0]?.preview[0]?.values[1], 'Société d’Île')
})

t.test('corrected files take the place of those with mistakes', async (t) => {
  const { db, shop, admin } = await start(t)
  await madeImport(db, shop, 'customers', customersCsv)
  const row = await checkedImport(db, shop, 'orders', ordersCsv.replace('10249', '10248'), linesCsv)
  t.match(row, { state: 'refused' })
  const files = [{ part: 'main' as const, name: 'corrected.csv', content: Buffer.from(ordersCsv) }]
  await attemptImport(db, await checkAgain(db, admin, row.id, { files }))
  t.match(await importOf(db, shop, row.id), {
    state: 'checked',
    created: 2,
    mistakes: 0,
    files: [{ name: 'corrected.csv' }, { name: 'lines.csv' }],
  })
  t.same(await listImportMistakes(db, row.id), [])
})

t.test('what became wrong between check and run is told, and nothing is taken', async (t) => {
  const { db, ownerDb, shop, admin } = await start(t)
  const products = 'code,name,unit_price,supplier_code\nP1,Pen,1,S1\n'
  const supplier = await madeImport(db, shop, 'suppliers', 'code,name,country\nS1,One,FR\n')
  const { id } = await checkedImport(db, shop, 'products', products)
  await ownerDb.deleteFrom('import_records').where('import_id', '=', supplier.id).execute()
  await ownerDb.deleteFrom('suppliers').execute()
  const attempt = await startImport(db, admin, id)
  if (attempt !== undefined) await attemptImport(db, attempt)
  t.match(await importOf(db, shop, id), { state: 'refused', mistakes: 1, imported_at: null })
})

t.test('two files with the same customer, imported at once, make it once', async (t) => {
  const { db, shop, admin, codes } = await start(t)
  const ids = [
    (await checkedImport(db, shop, 'customers', customersCsv)).id,
    (await checkedImport(db, shop, 'customers', customersCsv)).id,
  ]
  const attempts = await Promise.all(ids.map((id) => startImport(db, admin, id)))
  await Promise.all(attempts.map((one) => one && attemptImport(db, one)))
  const rows = await Promise.all(ids.map((id) => importOf(db, shop, id)))
  t.same(
    rows.map(({ state }) => state),
    ['imported', 'imported'],
  )
  t.same(rows.map(({ created }) => created).sort(), [0, 2])
  t.same(await codes(), ['ALFKI', 'AROUT', 'BLAUER', 'CHOP'])
})

t.test(
  'a killed run shows as interrupted, can be run again, and writes nothing when it wakes up',
  async (t) => {
    const { db, shop, admin, codes } = await start(t)
    const { id } = await checkedImport(db, shop, 'customers', customersCsv)
    const killed = await startImport(db, admin, id)
    t.equal(seenState(await importOf(db, shop, id)), 'running')
    await t.rejects(checkAgain(db, admin, id, {}), Refused, 'nobody takes its files away meanwhile')
    await db.updateTable('imports').set({ heartbeat_at: sql<string>`now() - interval '2 minutes'` }).execute()
    t.equal(seenState(await importOf(db, shop, id)), 'interrupted')
    const again = await startImport(db, admin, id)
    if (killed === undefined || again === undefined) throw new Error('both were started')
    await attemptImport(db, killed)
    t.same(await codes(), ['BLAUER', 'CHOP'], 'the first one is not the newest any more')
    await attemptImport(db, again)
    t.equal((await importOf(db, shop, id)).state, 'imported')
    t.equal((await codes()).length, 4)
  },
)

t.test('a process that is to end takes its run back', async (t) => {
  const { db, shop, admin, codes } = await start(t)
  const { id } = await checkedImport(db, shop, 'customers', customersCsv)
  const attempt = await startImport(db, admin, id)
  if (attempt !== undefined) await attemptImport(db, attempt, { signal: AbortSignal.abort() })
  t.match(await importOf(db, shop, id), { state: 'interrupted', created: 2 })
  t.same(await codes(), ['BLAUER', 'CHOP'])
})

t.test('what cannot be started says why', async (t) => {
  const { db, shop, admin } = await start(t)
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => '',
      (error: unknown) => (error instanceof Refused ? (error.refusals[0]?.code ?? '') : String(error)),
    )
  const refused = await checkedImport(db, shop, 'customers', 'code,name\nA,B\n')
  t.equal(await codeOf(startImport(db, admin, refused.id)), 'mistakes')
  const known = await checkedImport(db, shop, 'customers', 'code,name,country\nCHOP,Chop,FR\n')
  t.equal(await codeOf(startImport(db, admin, known.id)), 'nothing_new')
  const made = await madeImport(db, shop, 'customers', customersCsv)
  t.equal(await codeOf(checkAgain(db, admin, made.id, {})), 'imported')
  t.equal(await codeOf(discardImport(db, admin, made.id)), 'imported')
  await discardImport(db, admin, refused.id)
  t.same(await db.selectFrom('import_files').select('name').where('import_id', '=', refused.id).execute(), [])
  await t.rejects(
    startImport(db, { id: shop.admin_id, organisation_ids: [shop.other_organisation_id] }, known.id),
    /not found/,
    'an import of another organisation does not exist',
  )
})
