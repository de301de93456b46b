import type { FastifyReply, FastifyRequest } from 'fastify'
import { InvalidForm } from '../../errors.ts'
import { Fields } from '../../lib/fields.ts'
import { sendJson, wantsJson } from '../../plugins/answers.ts'
import { checkedFields } from '../../plugins/forms.ts'
import { readRecurrence } from './recurrence.ts'
import { foreseen, recurrencePage, savedState } from './recurrence-page.ts'
import { previewJson } from './recurrence-view.ts'

/** What the settings in the query would bring; nothing is saved. With `part=preview` the answer is a part of the page, for its script. */
export async function show(request: FastifyRequest, reply: FastifyReply) {
  const [path = '', search = ''] = splitAt(request.url, '?')
  const query = checkedFields(Fields.parse(search).entries)
  // The form's own token came along with its fields: it must not stay in the address, which is kept and shared.
  if (query.has('_csrf')) return reply.redirect(`${path}?${query.without('_csrf').encoded()}`, 303)
  const subject = await readRecurrence(request)
  const fields = query.without('part', 'list')
  const asked = fields.entries.some(([name]) => name in subject.values)
  const { outlook, mistakes } = await foreseen(
    request,
    subject,
    asked ? fields : new Fields(Object.entries(subject.values)),
  )
  if (wantsJson(request)) {
    if (outlook === undefined || mistakes.length > 0) throw new InvalidForm(mistakes)
    const saved = await savedState(request, subject)
    return sendJson(reply, previewJson(request.language, subject.order, outlook, saved))
  }
  const values = asked ? { ...subject.unsent, ...fields.values() } : subject.values
  if (query.text('part') === 'preview') {
    return recurrencePage(request, reply, subject, { values, errors: mistakes, part: 'preview' })
  }
  if (mistakes.length > 0) reply.status(422)
  return recurrencePage(request, reply, subject, {
    values,
    errors: mistakes,
    ...(asked ? { unsaved: true } : {}),
  })
}

function splitAt(text: string, sign: string): [string, string] {
  const at = text.indexOf(sign)
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}
