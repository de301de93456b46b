import { insertAudit } from '../../data/audit.ts'
import type { Database } from '../../data/database.ts'
import { findOwner, ownerOf } from '../../data/owners.ts'
import { lockDocument, setShared, type UploadedDocument } from '../../data/uploaded-documents.ts'
import { NotFound } from '../../errors.ts'

/** Marks a document as one that the customer may have, or takes the mark away. Nothing is sent to anybody. @throws NotFound */
export async function shareDocument(
  db: Database,
  user: { id: string; organisation_ids: readonly string[] },
  id: string,
  shared: boolean,
): Promise<UploadedDocument> {
  return db.transaction().execute(async (trx) => {
    const document = await lockDocument(trx, id, user.organisation_ids)
    if (document === undefined) throw new NotFound()
    if (document.shared === shared) return document
    await setShared(trx, id, shared)
    const owner = ownerOf(document)
    await insertAudit(trx, {
      by: { user_id: user.id },
      action: shared ? 'shared' : 'unshared',
      subject_type: 'document',
      subject_id: owner.id,
      organisation_id: (await findOwner(trx, owner, user.organisation_ids))?.organisation_id ?? null,
      changes: { document_id: id, owner: owner.kind, name: document.name },
    })
    return { ...document, shared }
  })
}
