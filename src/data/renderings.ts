import { sql } from 'kysely'
import type { Database, Trx } from './database.ts'
import { storeFile } from './files.ts'

/** A document that is printed on demand, or an issued invoice, whose one picture has version 0. */
export type RenderingKey = {
  type: 'order' | 'invoice'
  id: string
  organisation_id: string
  version: number
}

export type Rendering = {
  id: string
  state: 'waiting' | 'ready' | 'failed'
  digest: Buffer | null
  error: string
  attempts: number
}

/** The version of an issued invoice's one picture. */
export const issuedVersion = 0

/**
 * The row of a document and version, made where it was not asked for yet; how lately it was asked for is kept. Never waits for the
 * run that holds the row while it prints.
 */
export async function askForRendering(db: Database, key: RenderingKey): Promise<Rendering> {
  const known = await findRendering(db, key)
  if (known !== undefined) {
    await sql`
      UPDATE renderings SET requested_at = now() WHERE id IN (
        SELECT id FROM renderings WHERE id = ${known.id} AND requested_at < now() - interval '1 hour' FOR UPDATE SKIP LOCKED)`.execute(
      db,
    )
    return known
  }
  await sql`
    INSERT INTO renderings (organisation_id, ${documentColumn(key)}, version)
    VALUES (${key.organisation_id}, ${key.id}, ${key.version}) ON CONFLICT DO NOTHING`.execute(db)
  // Made and gone again within this moment: it is as good as asked for.
  return (
    (await findRendering(db, key)) ?? { id: key.id, state: 'waiting', digest: null, error: '', attempts: 0 }
  )
}

async function findRendering(db: Database, key: RenderingKey): Promise<Rendering | undefined> {
  const { rows } = await sql<Rendering>`
    SELECT id, state, digest, error, attempts FROM renderings
    WHERE ${documentColumn(key)} = ${key.id} AND version = ${key.version}`.execute(db)
  return rows[0]
}

function documentColumn({ type }: RenderingKey) {
  return sql.ref(type === 'order' ? 'order_id' : 'invoice_id')
}

/** To be made, or made anew, from the first try on. */
export async function renewRendering(db: Database, id: string): Promise<void> {
  await db
    .updateTable('renderings')
    .set({
      state: 'waiting',
      attempts: 0,
      error: '',
      content: null,
      digest: null,
      next_try_at: sql`now()`,
      made_at: null,
    })
    .where('id', '=', id)
    .execute()
}

export async function findRenderedContent(db: Database, id: string): Promise<Buffer | undefined> {
  const row = await db.selectFrom('renderings').select('content').where('id', '=', id).executeTakeFirst()
  return row?.content ?? undefined
}

/** Since when the oldest document that can be made now has waited; null where there is none. */
export async function renderingsWaitSince(db: Database): Promise<string | null> {
  const { rows } = await sql<{ since: string | null }>`
    SELECT least(
      (SELECT min(next_try_at) FROM renderings WHERE state = 'waiting' AND next_try_at <= now()),
      (SELECT i.issued_at FROM invoices i WHERE ${isUnasked} ORDER BY i.issued_at LIMIT 1)) AS since`.execute(
    db,
  )
  return rows[0]?.since ?? null
}

/** An issued invoice that has no file and that nobody has asked for yet. */
const isUnasked = sql`i.issued_at IS NOT NULL AND i.file_id IS NULL
  AND NOT EXISTS (SELECT FROM renderings r WHERE r.invoice_id = i.id AND r.version = ${sql.lit(issuedVersion)})`

/** How many documents are to be made. */
export async function countToRender(db: Database): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT (SELECT count(*) FROM renderings WHERE state = 'waiting' AND next_try_at <= now())::int
      + (SELECT count(*) FROM invoices i WHERE ${isUnasked})::int AS count`.execute(db)
  return rows[0]?.count ?? 0
}

/** Asks for so many issued invoices that have no file, the oldest first. Answers how many. */
export async function askForIssued(db: Database, limit: number): Promise<number> {
  const result = await sql`
    INSERT INTO renderings (organisation_id, invoice_id, version)
    SELECT i.organisation_id, i.id, ${issuedVersion} FROM invoices i WHERE ${isUnasked} ORDER BY i.issued_at LIMIT ${limit}
    ON CONFLICT (invoice_id, version) WHERE invoice_id IS NOT NULL DO NOTHING`.execute(db)
  return Number(result.numAffectedRows ?? 0)
}

export type ClaimedRendering = {
  id: string
  order_id: string | null
  invoice_id: string | null
  version: number
  attempts: number
}

/** The next document to be made, held until the transaction ends; what somebody waits for comes before what was issued. */
export async function claimRendering(trx: Trx): Promise<ClaimedRendering | undefined> {
  const { rows } = await sql<ClaimedRendering>`
    SELECT id, order_id, invoice_id, version, attempts FROM renderings
    WHERE state = 'waiting' AND next_try_at <= now()
    ORDER BY version = ${issuedVersion}, next_try_at, id LIMIT 1 FOR UPDATE SKIP LOCKED`.execute(trx)
  return rows[0]
}

/** Keeps what can still change, for as long as somebody asks for it. */
export async function keepRendering(
  trx: Trx,
  id: string,
  made: { content: Buffer; digest: Buffer },
): Promise<void> {
  await trx
    .updateTable('renderings')
    .set({ ...made, state: 'ready', error: '', made_at: sql`now()` })
    .where('id', '=', id)
    .execute()
}

/** Stores an issued invoice's PDF for ever; false where it has one already, which then stays. */
export async function storeIssuedPdf(
  trx: Trx,
  rendering: { id: string; invoice_id: string },
  content: Buffer,
): Promise<boolean> {
  const file = await storeFile(trx, { kind: 'issued_invoice', media_type: 'application/pdf', content })
  const stored = await trx
    .updateTable('invoices')
    .set({ file_id: file.id })
    .where('id', '=', rendering.invoice_id)
    .where('file_id', 'is', null)
    .where('issued_at', 'is not', null)
    .executeTakeFirst()
  await deleteRendering(trx, rendering.id)
  return Number(stored.numUpdatedRows) > 0
}

/** What is asked for no more: its document has changed since, or has a file. */
export async function deleteRendering(trx: Trx, id: string): Promise<void> {
  await trx.deleteFrom('renderings').where('id', '=', id).execute()
}

export async function noteFailedRendering(
  trx: Trx,
  id: string,
  failure: { attempts: number; error: string; digest: Buffer; parked: boolean; pause_minutes: number },
): Promise<void> {
  await trx
    .updateTable('renderings')
    .set({
      state: failure.parked ? 'failed' : 'waiting',
      attempts: failure.attempts,
      error: failure.error,
      digest: failure.digest,
      next_try_at: sql`now() + make_interval(mins => ${failure.pause_minutes})`,
    })
    .where('id', '=', id)
    .execute()
}

export type FailedRendering = {
  id: string
  type: 'order' | 'invoice'
  document_id: string
  number: string | null
  account_name: string
  attempts: number
  error: string
}

/** What could not be made and waits for a person, the longest first. */
export async function listFailedRenderings(
  db: Database,
  organisationIds: readonly string[],
  limit: number,
): Promise<FailedRendering[]> {
  const { rows } = await sql<FailedRendering>`
    SELECT r.id, CASE WHEN r.order_id IS NULL THEN 'invoice' ELSE 'order' END AS type,
      coalesce(r.order_id, r.invoice_id) AS document_id, coalesce(o.number, i.number) AS number, a.name AS account_name,
      r.attempts, r.error
    FROM renderings r
    LEFT JOIN customer_orders o ON o.id = r.order_id
    LEFT JOIN invoices i ON i.id = r.invoice_id
    JOIN accounts a ON a.id = coalesce(o.account_id, i.account_id)
    WHERE r.state = 'failed' AND r.organisation_id = ANY(${[...organisationIds]}::uuid[])
    ORDER BY r.requested_at, r.id LIMIT ${limit}`.execute(db)
  return rows
}

/** The id where it waits for a person, in one of these organisations. */
export async function findFailedRendering(
  db: Database,
  id: string,
  organisationIds: readonly string[],
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM renderings
    WHERE id = ${id} AND state = 'failed' AND organisation_id = ANY(${[...organisationIds]}::uuid[])`.execute(
    db,
  )
  return rows[0]?.id
}

/** What is wrong with an issued invoice's PDF: it could not be made, or its file is not what it was; undefined where nothing is. */
export async function findPdfProblem(db: Database, invoiceId: string): Promise<string | undefined> {
  const { rows } = await sql<{ error: string }>`
    SELECT r.error FROM renderings r WHERE r.invoice_id = ${invoiceId} AND r.version = ${issuedVersion} AND r.state = 'failed'
    UNION ALL
    SELECT 'damaged' FROM invoices i JOIN files f ON f.id = i.file_id WHERE i.id = ${invoiceId} AND sha256(f.content) <> f.sha256`.execute(
    db,
  )
  return rows[0]?.error
}

/** Pictures of what can still change that nobody has asked for since. Answers how many. */
export async function deleteOldRenderings(db: Database, days: number): Promise<number> {
  const result = await sql`
    DELETE FROM renderings WHERE version <> ${issuedVersion} AND requested_at < now() - make_interval(days => ${days})`.execute(
    db,
  )
  return Number(result.numAffectedRows ?? 0)
}
