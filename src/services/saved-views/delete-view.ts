import type { Database } from '../../data/database.ts'
import { deleteSavedView, findSavedView, lockSavedView, type SavedView } from '../../data/saved-views.ts'
import { NotFound, Refused } from '../../errors.ts'
import type { ViewUser } from './save-view.ts'
import { refusalsToChangeView } from './view-refusals.ts'

/** Removes a view; nothing of what it shows. @throws NotFound; Refused where it is another's and the user is no admin */
export async function deleteView(db: Database, user: ViewUser, id: string): Promise<SavedView> {
  return db.transaction().execute(async (trx) => {
    await lockSavedView(trx, id)
    const view = await findSavedView(trx, user, id)
    if (view === undefined) throw new NotFound()
    const refusals = refusalsToChangeView(view, user)
    if (refusals.length > 0) throw new Refused(refusals)
    await deleteSavedView(trx, id)
    return view
  })
}
