import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { InvalidForm } from '../errors.ts'
import type { FieldError } from '../languages/catalog.ts'
import { translator } from '../languages/translate.ts'
import { ownLanguages } from '../lib/choices.ts'
import { checkbox, choice, parseFields } from '../lib/form-schema.ts'
import { keptFields, sayErrors, sendJson, submit, valid, wantsJson } from '../plugins/answers.ts'
import { fieldsOf } from '../plugins/forms.ts'
import { signIn, type Viewer, viewerOf } from '../plugins/sessions.ts'
import { changePassword } from '../services/users/change-password.ts'
import { longestPassword, shortestPassword } from '../services/users/passwords.ts'
import { saveProfile } from '../services/users/save-profile.ts'
import { name } from './directory-fields.ts'
import { passwordOf, withoutSecrets } from './password-fields.ts'

/** What users change of themselves: name, language, theme, single keys, password. */
export async function edit(request: FastifyRequest, reply: FastifyReply) {
  const viewer = viewerOf(request)
  const { id, email, role, single_keys } = viewer
  const own = ownFields(viewer)
  if (wantsJson(request)) return sendJson(reply, { id, email, role, ...own, single_keys })
  const kept = await keptFields(request)
  return profilePage(request, reply, kept === undefined ? own : withoutSecrets(kept), [])
}

export async function update(request: FastifyRequest, reply: FastifyReply) {
  const viewer = viewerOf(request)
  const fields = fieldsOf(request)
  return submit(request, reply, {
    act: async () => {
      const schema = z.object({
        name,
        language: choice(['en', 'fr'], { preset: viewer.language }),
        theme: choice(['light', 'dark', 'system'], { preset: viewer.theme }),
        single_keys: checkbox(),
      })
      await saveProfile(request.server.db, viewer.id, valid(parseFields(schema, fields)))
      return { location: '/profile', flash: { message: { key: 'profile.saved' } } }
    },
    page: (errors) => profilePage(request, reply, withoutSecrets(fields), errors),
  })
}

export async function updatePassword(request: FastifyRequest, reply: FastifyReply) {
  const viewer = viewerOf(request)
  const fields = fieldsOf(request)
  return submit(request, reply, {
    act: async () => {
      const next = passwordOf(fields)
      if (next === null) {
        const params = { min: shortestPassword, max: longestPassword }
        throw new InvalidForm([{ field: 'password', message: { key: 'users.password.short', params } }])
      }
      const user = { id: viewer.id, email: viewer.email, address: request.ip }
      await changePassword(request.server.db, user, { old: fields.text('old_password'), next })
      await signIn(request, reply, viewer.id, { message: { key: 'profile.password.done' } })
      return { location: '/profile' }
    },
    page: (errors) => profilePage(request, reply, ownFields(viewer), errors),
  })
}

function ownFields({ name, language, theme, single_keys }: Viewer) {
  return { name, language, theme, single_keys: single_keys ? 'on' : '' }
}

function profilePage(
  request: FastifyRequest,
  reply: FastifyReply,
  values: Record<string, string>,
  errors: readonly FieldError[],
) {
  const t = translator(request.language)
  return reply.page({
    view: 'users/profile',
    title: t('profile.title'),
    model: {
      values,
      email: viewerOf(request).email,
      errors: sayErrors(request, errors),
      shortestPassword,
      choices: {
        languages: ownLanguages,
        themes: (['light', 'dark', 'system'] as const).map((value) => ({
          value,
          label: t(`frame.theme.${value}`),
        })),
      },
    },
  })
}
