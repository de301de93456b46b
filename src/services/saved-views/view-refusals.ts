import type { Refusal } from '../../errors.ts'

/** A view is its owner's; admins may change and remove the shared ones that they see. */
export function refusalsToChangeView(
  view: { user_id: string; user_name: string },
  user: { id: string; role: 'admin' | 'user' },
): readonly Refusal[] {
  if (view.user_id === user.id || user.role === 'admin') return []
  return [
    { code: 'not_yours', message: { key: 'views.refused.not_yours', params: { name: view.user_name } } },
  ]
}
