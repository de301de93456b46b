import type { Database } from '../../data/database.ts'
import {
  findSavedView,
  insertSavedView,
  lockSavedView,
  type SavedView,
  updateSavedView,
  type ViewReader,
} from '../../data/saved-views.ts'
import { NotFound, Refused } from '../../errors.ts'
import type { SavedList } from '../../lib/vocabulary.ts'
import { mistakeOfConstraint } from '../constraint-mistakes.ts'
import { refusalsToChangeView } from './view-refusals.ts'

export type ViewUser = ViewReader & { role: 'admin' | 'user' }

const sameName = mistakeOfConstraint({
  saved_views_name: { field: 'name', message: { key: 'views.name.taken' } },
})

/** @throws InvalidForm where the user has a view of that name on that list */
export async function createView(
  db: Database,
  user: ViewUser,
  view: { list: SavedList; name: string; query: string; shared: boolean },
): Promise<string> {
  return db
    .transaction()
    .execute((trx) => insertSavedView(trx, { ...view, user_id: user.id }))
    .catch(sameName)
}

/**
 * Changes what is given of a view.
 * @throws NotFound where the user does not see it; Refused where it is another's and they are no admin; InvalidForm where its owner
 * has another of that name on that list
 */
export async function saveView(
  db: Database,
  user: ViewUser,
  id: string,
  change: { name?: string; query?: string; shared?: boolean },
): Promise<SavedView> {
  return db
    .transaction()
    .execute(async (trx) => {
      await lockSavedView(trx, id)
      const view = await findSavedView(trx, user, id)
      if (view === undefined) throw new NotFound()
      const refusals = refusalsToChangeView(view, user)
      if (refusals.length > 0) throw new Refused(refusals)
      await updateSavedView(trx, id, change)
      return { ...view, ...change }
    })
    .catch(sameName)
}
