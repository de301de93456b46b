import type { FastifyReply, FastifyRequest } from 'fastify'
import { translator } from '../languages/translate.ts'
import { sendJson, wantsJson } from '../plugins/answers.ts'
import { navigation } from '../plugins/navigation.ts'
import { viewerOf } from '../plugins/sessions.ts'

/** Keys pressed together (`Alt+Delete`), or one after the other where parted by a space; several lines of `keys` do alike. */
type Shortcut = { keys: readonly string[]; does: string }

/** What the keys do; `?part=on` is the list alone, which the key `?` opens over any page. */
export async function show(request: FastifyRequest, reply: FastifyReply) {
  const viewer = viewerOf(request)
  const t = translator(request.language)
  const places = navigation('/keyboard', viewer.role === 'admin').flatMap((group) => group.links)
  const groups: { title: string; shortcuts: Shortcut[] }[] = [
    {
      title: t('keyboard.everywhere'),
      shortcuts: [
        { keys: ['/'], does: t('keyboard.search') },
        ...places.flatMap(({ keys, key }) =>
          keys === undefined ? [] : [{ keys: [keys], does: t('keyboard.go', { place: t(key) }) }],
        ),
        { keys: ['n'], does: t('keyboard.new') },
        { keys: ['e'], does: t('keyboard.edit') },
        { keys: ['?'], does: t('keyboard.help') },
        { keys: ['Esc'], does: t('keyboard.escape') },
      ],
    },
    {
      title: t('keyboard.lists'),
      shortcuts: [
        { keys: ['j'], does: t('keyboard.next') },
        { keys: ['k'], does: t('keyboard.previous') },
        { keys: ['Enter'], does: t('keyboard.open') },
        { keys: ['x'], does: t('keyboard.tick') },
      ],
    },
    {
      title: t('keyboard.forms'),
      shortcuts: [
        { keys: ['Ctrl+S'], does: t('keyboard.save') },
        { keys: ['Esc'], does: t('keyboard.choices') },
      ],
    },
    {
      title: t('keyboard.lines'),
      shortcuts: [
        { keys: ['Enter'], does: t('keyboard.onward') },
        { keys: ['Tab', 'Shift+Tab'], does: t('keyboard.fields') },
        { keys: ['Alt+↑', 'Alt+↓'], does: t('keyboard.move') },
        { keys: ['Alt+Delete'], does: t('keyboard.remove') },
      ],
    },
  ]
  if (wantsJson(request)) return sendJson(reply, { single_keys: viewer.single_keys, groups })
  const isPart = new URL(request.url, 'http://page').searchParams.get('part') === 'on'
  return reply.page({
    view: isPart ? 'keyboard/list' : 'keyboard/show',
    title: t('keyboard.title'),
    ...(isPart ? { layout: 'none' } : {}),
    model: { groups, isPart },
  })
}
