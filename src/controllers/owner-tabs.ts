import type { FastifyRequest } from 'fastify'
import { countOfOwner, type Owner, type OwnerCounts } from '../data/owners.ts'
import { translator } from '../languages/translate.ts'
import { todayIn } from '../lib/dates.ts'
import { viewerOf } from '../plugins/sessions.ts'

export type OwnerTab = 'documents' | 'activities'

/** What is filed with an order, an invoice or an account, and what is to be done about it; late on the day of whoever looks. */
export async function countFiled(request: FastifyRequest, owner: Owner): Promise<OwnerCounts> {
  return countOfOwner(request.server.db, owner, todayIn(viewerOf(request).time_zone, new Date()))
}

/** Their tabs, for `shared/tabs`. */
export function ownerTabs(
  request: FastifyRequest,
  filed: OwnerCounts,
  at: (path: string) => string,
  current: string,
) {
  const t = translator(request.language)
  const { documents, activities, late } = filed
  return [
    {
      label: t('uploads.tab'),
      href: at('/documents'),
      count: documents,
      current: current === 'documents',
    },
    {
      label: t('activities.title'),
      href: at('/activities'),
      count: activities,
      note: late === 0 ? undefined : t('activities.late_note', { count: late }),
      current: current === 'activities',
    },
  ]
}
