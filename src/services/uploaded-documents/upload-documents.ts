import { insertAudit } from '../../data/audit.ts'
import type { Database, Trx } from '../../data/database.ts'
import { storeFile } from '../../data/files.ts'
import { holdOwner, type Owner, type OwnerRecord } from '../../data/owners.ts'
import { insertDocument } from '../../data/uploaded-documents.ts'
import { InvalidForm, NotFound } from '../../errors.ts'
import type { FieldError } from '../../languages/catalog.ts'
import { safeFileName } from '../../lib/file-name.ts'
import { knownFile } from './document-types.ts'

/** How much one form may bring: a file, all together in bytes, and how many. */
export type UploadLimits = { file: number; together: number; files: number }

export type UploadedFile = {
  filename: string
  content: Buffer
  /** Larger than a file may be, or beyond what all may be together: its content was not kept. */
  excess?: 'file' | 'together' | undefined
}

type CheckedFile = { name: string; media_type: string; content: Buffer }

/**
 * Files documents with an order, an invoice or an account, finalized and issued ones too: all of the form, or none where one of them
 * cannot be taken. A content that is known already is not stored again, and what is there under the same name is left as it is.
 * @returns the names of what was added and of what was there
 * @throws NotFound; InvalidForm naming every file that is not taken, and why
 */
export async function uploadDocuments(
  db: Database,
  user: { id: string; organisation_ids: readonly string[] },
  owner: Owner,
  form: { files: readonly UploadedFile[]; shared: boolean; limits: UploadLimits },
): Promise<{ added: string[]; known: string[] }> {
  const files = await checkFiles(form.files, form.limits)
  return db.transaction().execute(async (trx) => {
    const record = await holdOwner(trx, owner, user.organisation_ids)
    if (record === undefined) throw new NotFound()
    const added: string[] = []
    const known: string[] = []
    for (const file of files) {
      const isNew = await addDocument(trx, user.id, record, { ...file, shared: form.shared })
      if (isNew) added.push(file.name)
      else known.push(file.name)
    }
    return { added, known }
  })
}

async function addDocument(
  trx: Trx,
  userId: string,
  owner: OwnerRecord,
  file: CheckedFile & { shared: boolean },
): Promise<boolean> {
  const { name, media_type, content, shared } = file
  const { id: file_id, sha256 } = await storeFile(trx, { kind: 'document', media_type, content })
  const id = await insertDocument(trx, owner, { file_id, name, media_type, shared, uploaded_by: userId })
  if (id === undefined) return false
  await insertAudit(trx, {
    by: { user_id: userId },
    action: 'uploaded',
    subject_type: 'document',
    subject_id: owner.id,
    organisation_id: owner.organisation_id,
    changes: { document_id: id, owner: owner.kind, name, media_type, size: content.length, sha256, shared },
  })
  return true
}

async function checkFiles(files: readonly UploadedFile[], limits: UploadLimits): Promise<CheckedFile[]> {
  if (files.length === 0) throw wrong([{ key: 'uploads.missing' }])
  if (files.length > limits.files) {
    throw wrong([{ key: 'uploads.too_many', params: { count: files.length, max: limits.files } }])
  }
  const mistakes: FieldError['message'][] = []
  const checked: CheckedFile[] = []
  for (const file of files) {
    const name = safeFileName(file.filename) || 'document'
    if (file.excess === 'file') {
      mistakes.push({ key: 'uploads.too_large', params: { name, max: megabytes(limits.file) } })
    } else if (file.excess === 'together') {
      mistakes.push({ key: 'uploads.too_much', params: { name, max: megabytes(limits.together) } })
    } else if (file.content.length === 0) {
      mistakes.push({ key: 'uploads.empty_file', params: { name } })
    } else {
      const known = await knownFile(name, file.content)
      if (known === undefined) mistakes.push({ key: 'uploads.unknown', params: { name } })
      else checked.push({ ...known, content: file.content })
    }
  }
  if (mistakes.length > 0) throw wrong(mistakes)
  return checked
}

function wrong(messages: readonly FieldError['message'][]): InvalidForm {
  return new InvalidForm(messages.map((message) => ({ field: 'files', message })))
}

function megabytes(bytes: number): number {
  return Math.floor(bytes / (1024 * 1024))
}
