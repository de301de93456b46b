import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { ownerOf } from '../../data/owners.ts'
import { findDocument, type UploadedDocument } from '../../data/uploaded-documents.ts'
import { NotFound } from '../../errors.ts'
import { translator } from '../../languages/translate.ts'
import { todayIn } from '../../lib/dates.ts'
import { checkbox, parseFields } from '../../lib/form-schema.ts'
import { formatsIn } from '../../lib/format.ts'
import { localAddress } from '../../lib/local-address.ts'
import { sendJson, submit, valid, wantsJson } from '../../plugins/answers.ts'
import { fieldsOf } from '../../plugins/forms.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { removeDocument } from '../../services/uploaded-documents/remove-document.ts'
import { shareDocument } from '../../services/uploaded-documents/share-document.ts'
import { ownerAddress, ownerLabel } from '../owner-json.ts'
import { idOf } from '../params.ts'
import { documentJson } from './json.ts'

/** The document of the address. @throws NotFound, also where it is filed with what belongs to an organisation of others */
export async function getDocument(request: FastifyRequest): Promise<UploadedDocument> {
  const { organisation_ids } = viewerOf(request)
  const document = await findDocument(request.server.db, idOf(request), organisation_ids)
  if (document === undefined) throw new NotFound()
  return document
}

/** What is known of a document, with its download. */
export async function show(request: FastifyRequest, reply: FastifyReply) {
  const document = await getDocument(request)
  if (wantsJson(request)) return sendJson(reply, documentJson(document))
  return reply.page({
    view: 'uploaded-documents/show',
    title: document.name,
    model: { document, ...ownerModel(request, document) },
  })
}

/** Marks it as shared with the customer, or takes the mark away. */
export async function update(request: FastifyRequest, reply: FastifyReply) {
  const document = await getDocument(request)
  const fields = fieldsOf(request)
  return submit(request, reply, {
    act: async () => {
      const { shared } = valid(parseFields(schema, fields))
      const { name } = await shareDocument(request.server.db, viewerOf(request), document.id, shared)
      const key = shared ? 'uploads.marked_shared' : 'uploads.marked_unshared'
      return { location: backOf(request, document), flash: { message: { key, params: { name } } } }
    },
    page: () => show(request, reply),
  })
}

export async function confirmDeletion(request: FastifyRequest, reply: FastifyReply) {
  const document = await getDocument(request)
  const t = translator(request.language)
  const { name, size, shared, uploaded_by_name, uploaded_at } = document
  const uploaded_date = todayIn(viewerOf(request).time_zone, new Date(uploaded_at))
  return reply.page({
    view: 'uploaded-documents/removal',
    title: t('uploads.removal.title', { name }),
    model: {
      ...ownerModel(request, document),
      confirm: {
        consequences: [
          t('uploads.removal.what', {
            name,
            size: formatsIn(request.language).fileSize(size),
            who: uploaded_by_name,
            uploaded_date,
          }),
          ...(shared ? [t('uploads.removal.shared')] : []),
          t('uploads.removal.kept'),
        ],
        post: `/documents/${document.id}/deletion`,
        verb: t('uploads.removal.verb'),
        danger: true,
        back: `${ownerAddress(ownerOf(document))}/documents`,
      },
    },
  })
}

export async function remove(request: FastifyRequest, reply: FastifyReply) {
  const document = await getDocument(request)
  return submit(request, reply, {
    act: async () => {
      const { name } = await removeDocument(request.server.db, viewerOf(request), document.id)
      return {
        location: `${ownerAddress(ownerOf(document))}/documents`,
        flash: { message: { key: 'uploads.removal.done', params: { name } } },
      }
    },
    page: () => confirmDeletion(request, reply),
  })
}

const schema = z.object({ shared: checkbox() })

/** The page with the button that was pressed, the list it may have come from included. */
function backOf(request: FastifyRequest, document: UploadedDocument): string {
  const back = fieldsOf(request).text('back')
  return back === '' ? `${ownerAddress(ownerOf(document))}/documents` : localAddress(back)
}

function ownerModel(request: FastifyRequest, document: UploadedDocument) {
  const owner = ownerOf(document)
  const address = ownerAddress(owner)
  const label = ownerLabel(translator(request.language), owner, document)
  return {
    owner: { label, address },
    crumbs: [
      { label, href: address },
      { label: translator(request.language)('uploads.tab'), href: `${address}/documents` },
      { label: document.name },
    ],
  }
}
