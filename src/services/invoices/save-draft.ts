import { insertAudit, listRecordedChanges } from '../../data/audit.ts'
import { listConvertibleLines } from '../../data/conversions.ts'
import { lockOrdersOfInvoice } from '../../data/credit-notes.ts'
import type { Database, Trx } from '../../data/database.ts'
import { type Invoice, type InvoiceLineRecord, updateDraft } from '../../data/invoices.ts'
import { followQuantities, moveProgress } from '../../data/order-progress.ts'
import { findUserName } from '../../data/order-references.ts'
import { InvalidForm, Refused } from '../../errors.ts'
import { add, subtract } from '../../lib/money.ts'
import { storedLines } from '../orders/document-lines.ts'
import { categoryOf, lineRecord } from '../orders/order-records.ts'
import { beforeChanges, type DraftContent, draftChanges, draftContentOf } from './draft-content.ts'
import { type DraftInput, type FilledDraft, fillDraft } from './draft-form.ts'
import { type DraftMerge, mergeDrafts } from './draft-merge.ts'
import { refusalsToEdit } from './lifecycle.ts'
import { lockInvoiceOf } from './lock-draft.ts'
import { mistakesOfParts, takesParts } from './part-limits.ts'

/** Somebody saved the draft since the form was loaded: both changes, merged as far as they do not meet. */
export class DraftConflict extends Error {
  readonly version: number
  readonly saved: { by: string | null; at: string }
  readonly merge: DraftMerge
  readonly theirs: DraftContent
  readonly mine: DraftContent

  constructor(
    current: Invoice,
    by: string | null,
    sides: { merge: DraftMerge; theirs: DraftContent; mine: DraftContent },
  ) {
    super(`draft ${current.id} has version ${current.version} by now`)
    this.name = 'DraftConflict'
    this.version = current.version
    this.saved = { by, at: current.updated_at }
    this.merge = sides.merge
    this.theirs = sides.theirs
    this.mine = sides.mine
  }
}

/**
 * Saves a draft: its dates, texts and lines; totals and taxes follow from them. Saying the same again changes nothing, whatever the
 * version.
 * @throws NotFound; Refused where it is issued or deleted; InvalidForm with every mistake; DraftConflict where somebody else saved
 * it since `version` was loaded (null is not compared)
 */
export async function saveDraft(
  db: Database,
  user: { id: string; organisation_ids: readonly string[] },
  id: string,
  change: { input: DraftInput; version: number | null },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const orders = await lockOrdersOfInvoice(trx, id)
    const before = await lockInvoiceOf(trx, id, user.organisation_ids)
    const refusals = refusalsToEdit(before)
    if (refusals.length > 0) throw new Refused(refusals)
    const filled = await fillDraft(trx, change.input, before)
    if (filled.errors.length > 0) throw new InvalidForm(filled.errors)

    const lines = lineRecordsOf(filled, before)
    const [theirs, mine] = [draftContentOf(before), draftContentOf({ ...filled, ...ids(filled), lines })]
    const changes = draftChanges(theirs, mine)
    if (Object.keys(changes).length === 0) return
    if (change.version !== null && change.version !== before.version) {
      const base = await contentAt(trx, before, change.version)
      const by = before.updated_by === null ? null : ((await findUserName(trx, before.updated_by)) ?? null)
      const named = withPostedIds(mine, filled, base)
      throw new DraftConflict(before, by, { merge: mergeDrafts(base, theirs, named), theirs, mine: named })
    }
    if (takesParts(before)) await refuseBeyondOrder(trx, before, lines, filled)
    await write(trx, user.id, before, { filled, lines, changes })
    await followQuantities(trx, id)
    await moveProgress(trx, orders)
  })
}

async function refuseBeyondOrder(
  trx: Trx,
  before: Invoice,
  lines: readonly InvoiceLineRecord[],
  filled: FilledDraft,
): Promise<void> {
  if (before.order_id === null) return
  const ordered = await listConvertibleLines(trx, before.order_id)
  const places = filled.lines.map(({ input }) => input)
  const mistakes = mistakesOfParts(before, lines, ordered, places)
  if (mistakes.length > 0) throw new InvalidForm(mistakes)
}

function ids(filled: FilledDraft) {
  return { payment_term_id: filled.term?.id ?? null, contact_id: filled.contact_id }
}

function lineRecordsOf(filled: FilledDraft, before: Invoice): InvoiceLineRecord[] {
  const stored = storedLines(
    filled.lines.map(({ input }) => input),
    before,
  )
  return filled.lines.map((line, at) => ({
    ...lineRecord(line, at + 1, stored.get(line.input.index)?.id),
    product_code: line.product?.code ?? '',
    rounding: filled.roundings.get(line.input.index) ?? '0',
  }))
}

async function write(
  trx: Trx,
  userId: string,
  before: Invoice,
  after: {
    filled: FilledDraft
    lines: InvoiceLineRecord[]
    changes: ReturnType<typeof draftChanges>
  },
): Promise<void> {
  const { filled, lines, changes } = after
  const { totals } = filled
  const due = add(subtract(totals.gross, before.prepaid), before.rounding)
  await updateDraft(
    trx,
    before,
    {
      subject: filled.subject,
      document_date: filled.document_date,
      due_date: filled.due_date,
      delivery_date: filled.delivery_date,
      ...ids(filled),
      payment_term_text: filled.payment_term_text,
      customer_order_number: filled.customer_order_number,
      net: totals.net,
      tax: totals.tax,
      gross: totals.gross,
      due,
      updated_by: userId,
    },
    lines,
    totals.taxes.map((tax) => ({ ...tax, category: categoryOf(tax.category) })),
  )
  const now = await lockInvoiceOf(trx, before.id, [before.organisation_id])
  await insertAudit(trx, {
    by: { user_id: userId },
    action: 'updated',
    subject_type: 'invoice',
    subject_id: before.id,
    organisation_id: before.organisation_id,
    changes: {
      version: { from: before.version, to: now.version },
      // As they are stored by now: lines that were added have their ids.
      ...draftChanges(draftContentOf(before), draftContentOf(now)),
      ...namesOf(filled, before, changes),
      ...sumsThatDiffer(before, now),
    },
  })
}

/** How people call what the changes name by id. */
function namesOf(filled: FilledDraft, before: Invoice, changes: ReturnType<typeof draftChanges>) {
  const term = (id: string | null) => filled.terms.find((each) => each.id === id)?.name ?? ''
  const contact = (id: string | null) => filled.contacts.find((each) => each.id === id)?.name ?? ''
  return {
    ...(changes['payment_term_id'] === undefined
      ? {}
      : { payment_term: { from: term(before.payment_term_id), to: filled.term?.name ?? '' } }),
    ...(changes['contact_id'] === undefined
      ? {}
      : { contact: { from: contact(before.contact_id), to: contact(filled.contact_id) } }),
  }
}

function sumsThatDiffer(before: Invoice, now: Invoice) {
  const sums = ['net', 'tax', 'gross'] as const
  return Object.fromEntries(
    sums
      .filter((name) => before[name] !== now[name])
      .map((name) => [name, { from: before[name], to: now[name] }]),
  )
}

/**
 * The draft as it was at a version: as it is, with every recorded change since taken back, newest first. Undefined where not every
 * version has its record.
 */
async function contentAt(trx: Trx, current: Invoice, version: number): Promise<DraftContent | undefined> {
  const recorded = await listRecordedChanges(trx, { type: 'invoice', id: current.id }, mostVersions)
  let content = draftContentOf(current)
  let at: unknown = current.version
  for (const { changes } of recorded) {
    if (at === version) return content
    const step = changes.get('version')
    if (step === undefined || step.to !== at) return undefined
    content = beforeChanges(content, changes)
    at = step.from
  }
  return at === version ? content : undefined
}

/** Whoever left a form open through more versions than these is asked about everything that differs. */
const mostVersions = 100

/** A posted line that the other one removed meanwhile has no stored line; its own id still says which it was. */
function withPostedIds(
  content: DraftContent,
  filled: FilledDraft,
  base: DraftContent | undefined,
): DraftContent {
  const known = new Set((base?.lines ?? []).map(({ id }) => id))
  return {
    ...content,
    lines: content.lines.map((line, at) => {
      const posted = filled.lines[at]?.input.id ?? ''
      return line.id === '' && known.has(posted) ? { ...line, id: posted } : line
    }),
  }
}
