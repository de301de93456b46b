import { insertAudit } from '../../data/audit.ts'
import type { Database } from '../../data/database.ts'
import { findOwner, ownerOf } from '../../data/owners.ts'
import { deleteDocument, lockDocument, type UploadedDocument } from '../../data/uploaded-documents.ts'
import { NotFound } from '../../errors.ts'

/**
 * Takes a document away from where it was filed. Its content stays among the files, which never go away and which other documents
 * may be of too; the audit keeps its name and its SHA-256, by which it is found again. @throws NotFound
 */
export async function removeDocument(
  db: Database,
  user: { id: string; organisation_ids: readonly string[] },
  id: string,
): Promise<UploadedDocument> {
  return db.transaction().execute(async (trx) => {
    const document = await lockDocument(trx, id, user.organisation_ids)
    if (document === undefined) throw new NotFound()
    await deleteDocument(trx, id)
    const { name, media_type, size, sha256, shared } = document
    const owner = ownerOf(document)
    await insertAudit(trx, {
      by: { user_id: user.id },
      action: 'removed',
      subject_type: 'document',
      subject_id: owner.id,
      organisation_id: (await findOwner(trx, owner, user.organisation_ids))?.organisation_id ?? null,
      changes: { document_id: id, owner: owner.kind, name, media_type, size, sha256, shared },
    })
    return document
  })
}
