import type { Database } from '../../src/data/database.ts'
import { everyOrder, listOrders, type OrderHeader } from '../../src/data/order-lists.ts'
import { addDays, type IsoDate } from '../../src/lib/dates.ts'
import type { ActivityKind } from '../../src/lib/vocabulary.ts'
import { createActivity } from '../../src/services/activities/save-activity.ts'
import { uploadDocuments } from '../../src/services/uploaded-documents/upload-documents.ts'
import type { Company } from './company.ts'

type ActivityPlan = {
  kind: ActivityKind
  subject: string
  notes?: string
  /** Days from today. */
  due: number
  done?: true
}

/** One each for the newest orders, in turn for the admin and the first who sells; two of them are late. */
const planned: readonly ActivityPlan[] = [
  { kind: 'call', subject: 'Appeler pour confirmer la date de livraison', due: -3 },
  { kind: 'task', subject: 'Send the technical sheet', notes: 'In English and in German.', due: -1 },
  { kind: 'meeting', subject: 'Préparer le renouvellement du contrat', due: 6 },
  { kind: 'call', subject: 'Ask who signs from next year on', due: 2 },
  { kind: 'task', subject: 'Vérifier l’adresse de livraison', due: 0 },
  { kind: 'call', subject: 'They want everything in one delivery', due: -8, done: true },
]

const limits = { file: 1_000_000, together: 1_000_000, files: 2 }

/** What people have filed with the newest orders and have to do about them, written today. */
export async function fileAndPlan(db: Database, company: Company, today: IsoDate): Promise<void> {
  const organisation_ids = [...company.organisations.values()]
  const { rows } = await listOrders(
    db,
    { ...everyOrder, organisation_ids },
    { by: 'date', direction: 'desc' },
    { cursor: undefined, limit: planned.length },
  )
  const people = [company.sellers[0] ?? company.admin_id, company.admin_id]
  for (const [index, order] of rows.entries()) {
    const user = { id: people[index % people.length] ?? company.admin_id, organisation_ids }
    const plan = planned[index]
    if (plan === undefined) continue
    const { kind, subject, notes, due, done } = plan
    const form = {
      kind,
      subject,
      notes: notes ?? '',
      due_date: addDays(today, due),
      assigned_to_id: user.id,
    }
    const owner = { kind: 'order', id: order.id } as const
    await createActivity(db, user, owner, { form, done: done === true })
    if (index < 3) {
      const files = [{ filename: `Bon de commande ${order.number}.txt`, content: purchaseOrder(order) }]
      await uploadDocuments(db, user, owner, { files, shared: index === 0, limits })
    }
  }
}

function purchaseOrder(order: OrderHeader): Buffer {
  const { number, subject, order_date, net, currency } = order
  return Buffer.from(`${subject}\n${number}, ${order_date}\nHT : ${net} ${currency}\nBon pour accord.\n`)
}
