import type { FastifyRequest } from 'fastify'
import { listSavedViews, type SavedView } from '../data/saved-views.ts'
import { translator } from '../languages/translate.ts'
import { Fields } from '../lib/fields.ts'
import type { SavedList } from '../lib/vocabulary.ts'
import { viewerOf } from '../plugins/sessions.ts'
import { viewQuery } from '../services/saved-views/view-query.ts'
import { refusalsToChangeView } from '../services/saved-views/view-refusals.ts'
import { savedListKinds, viewAddress } from './saved-lists.ts'

// More saved views than these would push the list off the screen; the one that is open always has its tab.
const mostTabs = 5

/** What `shared/view-tabs` shows above a list whose own query this is. */
export async function viewTabs(request: FastifyRequest, list: SavedList, listQuery: string) {
  const viewer = viewerOf(request)
  const t = translator(request.language)
  const kind = savedListKinds[list]
  const query = viewQuery(listQuery, kind)
  const views = await listSavedViews(request.server.db, viewer, list)
  const opened = views.find(({ id }) => id === Fields.parse(listQuery).text('view'))
  const builtIn = kind.tabs(viewer).map((tab) => ({ ...tab, query: viewQuery(tab.query, kind) }))
  const current = opened ?? alike(query, builtIn, views)
  const tabs = new Set(views.length > mostTabs ? [...views.slice(0, mostTabs), current] : views)
  const standsAsTab = (view: SavedView) => tabs.has(view)
  const shown = (view: SavedView) => ({
    label: view.name,
    href: viewAddress(view),
    current: view === current,
    note: view.user_id === viewer.id ? undefined : view.user_name,
  })
  return {
    list,
    query,
    /** Handed on by the filters' form, so that a change of them is a change of this view. */
    view: opened?.id,
    items: [
      ...builtIn.map((tab) => ({
        label: t(tab.label),
        href: tab.query === '' ? kind.path : `${kind.path}?${tab.query}`,
        current: tab === current,
      })),
      ...views.filter(standsAsTab).map(shown),
    ],
    /** In a menu behind the tabs, where there are many. */
    more: views.filter((view) => !standsAsTab(view)).map(shown),
    /** The opened view, where its filters or its sort are others by now and the viewer may change it. */
    changed:
      opened !== undefined && opened.query !== query && refusalsToChangeView(opened, viewer).length === 0
        ? opened.id
        : undefined,
  }
}

/** The tab that shows just this, where none was opened by its name. */
function alike<T extends { query: string }>(
  query: string,
  builtIn: readonly T[],
  views: readonly SavedView[],
): T | SavedView | undefined {
  return builtIn.find((tab) => tab.query === query) ?? views.find((view) => view.query === query)
}
