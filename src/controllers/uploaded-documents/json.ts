import { ownerOf } from '../../data/owners.ts'
import type { UploadedDocument } from '../../data/uploaded-documents.ts'
import type { Cell } from '../lists.ts'
import { ownerReferences } from '../owner-json.ts'

export function documentJson(document: UploadedDocument) {
  return {
    id: document.id,
    name: document.name,
    size: document.size,
    media_type: document.media_type,
    shared: document.shared,
    sha256: document.sha256,
    uploaded_by: { id: document.uploaded_by, name: document.uploaded_by_name },
    uploaded_at: document.uploaded_at,
    ...ownerReferences(ownerOf(document), document),
  }
}

export const documentColumns = [
  'name',
  'size',
  'media_type',
  'shared',
  'uploaded_by',
  'uploaded_at',
  'sha256',
  'id',
] as const

export function documentCells(document: UploadedDocument): Record<(typeof documentColumns)[number], Cell> {
  return {
    name: document.name,
    size: document.size,
    media_type: document.media_type,
    shared: document.shared,
    uploaded_by: document.uploaded_by_name,
    uploaded_at: document.uploaded_at,
    sha256: document.sha256,
    id: document.id,
  }
}
