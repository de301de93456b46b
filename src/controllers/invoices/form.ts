import type { FastifyReply, FastifyRequest } from 'fastify'
import { findDeletionOfInvoice, findStoredInvoice, type Invoice } from '../../data/invoices.ts'
import { findPaymentTerm } from '../../data/payment-terms.ts'
import { InvalidForm, NotFound, Refused } from '../../errors.ts'
import type { Fields } from '../../lib/fields.ts'
import { keptFields, sendJson, submit, valid, wantsJson } from '../../plugins/answers.ts'
import { fieldsOf } from '../../plugins/forms.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { type DraftContent, draftContentOf } from '../../services/invoices/draft-content.ts'
import { type FilledDraft, fillDraft } from '../../services/invoices/draft-form.ts'
import { refusalOfDeleted, refusalsToEdit } from '../../services/invoices/lifecycle.ts'
import { DraftConflict, saveDraft } from '../../services/invoices/save-draft.ts'
import { conflictJson, conflictView } from '../document-conflict.ts'
import { afterStep } from '../orders/calculation.ts'
import { parseVersion } from '../orders/fields.ts'
import { withAutomaticRates } from '../orders/form-values.ts'
import { pasteView, withPastedRows } from '../orders/paste.ts'
import { pricedJson } from '../orders/priced-json.ts'
import { idOf } from '../params.ts'
import { conflictOfDraft, withDraftChoices, wordsOfDraft } from './conflict.ts'
import { fieldsOfDraft, parseDraft } from './fields.ts'
import { draftFormPage } from './form-page.ts'
import { addressesOf } from './head.ts'

/** GET /invoices/:id/edit. An issued invoice has no form. */
export async function edit(request: FastifyRequest, reply: FastifyReply) {
  const invoice = await getDraft(request)
  const kept = await keptFields(request)
  const stored = await storedFields(request, draftContentOf(invoice), invoice)
  const fields = kept ?? stored
  const filled = await fill(request, fields, invoice)
  return draftFormPage(request, reply, {
    invoice,
    fields: kept ?? withAutomaticRates(stored, filled),
    filled,
    errors: [],
    changed: kept !== undefined,
  })
}

/** POST /invoices/:id. Over somebody else's save: 422 with both texts and the new version. */
export async function update(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const viewer = viewerOf(request)
  const invoice = await getDraft(request)
  const { fields, errors: wrong } = withPastedRows(
    withDraftChoices(fieldsOf(request), invoice, request.language),
  )
  try {
    return await submit(request, reply, {
      act: async () => {
        if (wrong.length > 0) throw new InvalidForm(wrong)
        const { version } = valid(parseVersion(fields))
        const input = parseDraft(fields, invoice, request.language)
        await saveDraft(db, viewer, invoice.id, { input, version })
        return {
          location: addressesOf(request, invoice.id).page(''),
          flash: { message: { key: 'invoices.edit.saved' } },
        }
      },
      page: async (errors) => {
        const filled = await fill(request, fields, invoice)
        return draftFormPage(request, reply, { invoice, fields, filled, errors, changed: true })
      },
    })
  } catch (error) {
    if (!(error instanceof DraftConflict)) throw error
    return conflictAnswer(request, reply, error)
  }
}

/**
 * POST /invoices/:id/calculation: the draft's form filled in and priced, nothing saved. `step` adds, moves and removes rows as on
 * an order's form.
 */
export async function calculate(request: FastifyRequest, reply: FastifyReply) {
  const invoice = await getDraft(request)
  const pasted = withPastedRows(fieldsOf(request))
  const fields = wantsJson(request) ? pasted.fields : afterStep(pasted.fields)
  const filled = await fill(request, fields, invoice)
  const paste = pasteView(request.language, { ...pasted, fields }, filled.errors)
  if (wantsJson(request))
    return sendJson(reply, { ...calculationJson(request, fields, filled), ...paste.json })
  const { notices } = filled
  const { errors, sentence } = paste
  return draftFormPage(request, reply, {
    invoice,
    fields,
    filled,
    errors,
    notices,
    changed: true,
    pasted: sentence,
  })
}

/** @throws NotFound; Refused where it is issued, or somebody deleted it */
async function getDraft(request: FastifyRequest): Promise<Invoice> {
  const { db } = request.server
  const { organisation_ids } = viewerOf(request)
  const id = idOf(request)
  const invoice = await findStoredInvoice(db, id, organisation_ids)
  if (invoice === undefined) {
    const deletion = await findDeletionOfInvoice(db, id, organisation_ids)
    if (deletion === undefined) throw new NotFound()
    throw new Refused([refusalOfDeleted(deletion.who ?? '–')])
  }
  const refusals = refusalsToEdit(invoice)
  if (refusals.length > 0) throw new Refused(refusals)
  return invoice
}

async function fill(request: FastifyRequest, fields: Fields, invoice: Invoice): Promise<FilledDraft> {
  return fillDraft(request.server.db, parseDraft(fields, invoice, request.language), invoice)
}

async function storedFields(
  request: FastifyRequest,
  content: DraftContent,
  invoice: Invoice,
): Promise<Fields> {
  const { payment_term_id } = content.header
  const term = payment_term_id === '' ? undefined : await findPaymentTerm(request.server.db, payment_term_id)
  const { version, currency } = invoice
  return fieldsOfDraft(content, { language: request.language, version, currency, term })
}

/** The form with both changes in it, mine where they meet, and the choice for each of those. */
async function conflictAnswer(request: FastifyRequest, reply: FastifyReply, conflict: DraftConflict) {
  const invoice = await getDraft(request)
  const fields = await storedFields(request, conflict.merge.content, {
    ...invoice,
    version: conflict.version,
  })
  const filled = await fill(request, fields, invoice)
  const found = conflictOfDraft(conflict)
  const view = await conflictView(request, found, wordsOfDraft(request.language, filled))
  reply.status(422)
  if (wantsJson(request)) return sendJson(reply, conflictJson(request.language, found, view))
  return draftFormPage(request, reply, {
    invoice,
    fields: withAutomaticRates(fields, filled),
    filled,
    errors: [],
    changed: true,
    conflict: view,
  })
}

function calculationJson(request: FastifyRequest, fields: Fields, filled: FilledDraft) {
  return {
    currency: filled.currency,
    document_date: filled.document_date,
    due_date: filled.due_date,
    // The account is the order's: nothing of it changes here.
    account: null,
    ...pricedJson(request, fields, filled),
  }
}
