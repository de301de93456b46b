import { createHash } from 'node:crypto'
import type { Database } from '../../data/database.ts'
import { findInvoiceSource, findOrderSource, type WholeSource } from '../../data/document-sources.ts'
import { findFile } from '../../data/files.ts'
import {
  askForRendering,
  findRenderedContent,
  issuedVersion,
  type Rendering,
  renewRendering,
} from '../../data/renderings.ts'
import { NotFound } from '../../errors.ts'
import type { Message } from '../../languages/catalog.ts'
import { documentHtml } from './document-html.ts'
import { documentFileName } from './document-name.ts'
import { printedDocument } from './printed-document.ts'
import { renderingReason } from './rendering-reasons.ts'

export type DocumentRef = { type: 'order' | 'invoice'; id: string }

export type DocumentFile =
  | { state: 'ready'; name: string; content: Buffer; sha256: string }
  /** The job makes it; ask again. Who wakes the job is the caller's to say. */
  | { state: 'preparing'; name: string }
  /** A person must look at it; `retry` tells whether another try may help. */
  | { state: 'failed'; name: string; reason: Message; retry: boolean }

/**
 * The PDF of an order or invoice, or how it stands with it. An issued invoice's is the stored one, made once. That of what can still
 * change is made anew whenever anything printed on it has changed, be it the seller's logo. Whether somebody may see the document is
 * the caller's to know.
 *
 * @throws NotFound
 */
export async function requestDocument(db: Database, ref: DocumentRef): Promise<DocumentFile> {
  const source = await getSource(db, ref)
  const name = documentFileName(source)
  if (source.file_id !== null) return storedFile(db, source.file_id, name)
  const key = { ...ref, organisation_id: source.organisation_id, version: versionOf(source) }
  const rendering = await askForRendering(db, key)
  if (source.issued_at !== null) return standing(rendering, name)

  const digest = digestOf(await documentHtml(printedDocument(source)))
  if (rendering.state === 'waiting') return { state: 'preparing', name }
  const isCurrent = rendering.digest?.equals(digest) === true
  if (isCurrent && rendering.state === 'failed') return standing(rendering, name)
  const content = isCurrent ? await findRenderedContent(db, rendering.id) : undefined
  if (content !== undefined)
    return { state: 'ready', name, content, sha256: sha256Of(content).toString('hex') }
  await renewRendering(db, rendering.id)
  return { state: 'preparing', name }
}

/** Gives what could not be made another ten tries. @throws NotFound */
export async function retryDocument(db: Database, ref: DocumentRef): Promise<void> {
  const source = await getSource(db, ref)
  if (source.file_id !== null) return
  const key = { ...ref, organisation_id: source.organisation_id, version: versionOf(source) }
  const rendering = await askForRendering(db, key)
  if (rendering.state === 'failed') await renewRendering(db, rendering.id)
}

/** What is printed, as it is now. */
export async function findSource(db: Database, { type, id }: DocumentRef): Promise<WholeSource | undefined> {
  return type === 'order' ? findOrderSource(db, id) : findInvoiceSource(db, id)
}

/** An issued invoice has one picture, whatever its version goes on to be. */
export function versionOf({ issued_at, version }: Pick<WholeSource, 'issued_at' | 'version'>): number {
  return issued_at === null ? version : issuedVersion
}

/** By which two pictures of a document are told apart. */
export function digestOf(html: string): Buffer {
  return createHash('sha256').update(html).digest()
}

async function getSource(db: Database, ref: DocumentRef): Promise<WholeSource> {
  const source = await findSource(db, ref)
  if (source === undefined) throw new NotFound()
  return source
}

async function storedFile(db: Database, fileId: string, name: string): Promise<DocumentFile> {
  const file = await findFile(db, fileId)
  if (file === undefined || !sha256Of(file.content).equals(file.sha256)) {
    return { state: 'failed', name, reason: renderingReason('damaged'), retry: false }
  }
  return { state: 'ready', name, content: file.content, sha256: file.sha256.toString('hex') }
}

function standing({ state, error }: Rendering, name: string): DocumentFile {
  return state === 'failed'
    ? { state, name, reason: renderingReason(error), retry: true }
    : { state: 'preparing', name }
}

function sha256Of(content: Buffer): Buffer {
  return createHash('sha256').update(content).digest()
}
