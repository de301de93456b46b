import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { insertKeptForm } from '../data/sessions.ts'
import type { FieldError } from '../languages/catalog.ts'
import { translate } from '../languages/translate.ts'
import { email, parseFields } from '../lib/form-schema.ts'
import { localAddress } from '../lib/local-address.ts'
import { sayErrors, submit, valid, wantsJson } from '../plugins/answers.ts'
import { checkedFields, fieldsOf } from '../plugins/forms.ts'
import { signIn, signOut } from '../plugins/sessions.ts'
import { authenticate } from '../services/users/authenticate.ts'
import { secretFields } from './password-fields.ts'

/** What the sign-in form carries of the page one was on its way to: its address, and what was typed there. */
type Errand = { address: string; kept: string }

export async function show(request: FastifyRequest, reply: FastifyReply) {
  const query = z.object({ next: z.string().optional() }).safeParse(request.query)
  const address = localAddress(query.data?.next ?? '/')
  if (request.viewer !== null) return reply.redirect(address, 303)
  return signInPage(request, reply, { address, kept: '' }, '', [])
}

export async function create(request: FastifyRequest, reply: FastifyReply) {
  const fields = fieldsOf(request)
  const errand = { address: localAddress(fields.text('next')), kept: fields.text('kept') }
  return submit(request, reply, {
    act: async () => {
      const { email, password } = valid(parseFields(schema, fields))
      checkedFields(new URLSearchParams(errand.kept))
      const userId = await authenticate(request.server.db, { email, password, address: request.ip })
      await signIn(request, reply, userId)
      return { location: await continueErrand(request, userId, errand) }
    },
    page: (errors) => signInPage(request, reply, errand, fields.text('email'), errors),
  })
}

export async function remove(request: FastifyRequest, reply: FastifyReply) {
  await signOut(request, reply)
  return reply.redirect('/login', 303)
}

/** Whoever is signed out: a page leads to sign-in and then on; a form shows sign-in and keeps what was typed. */
export async function require(request: FastifyRequest, reply: FastifyReply, form: string | undefined) {
  if (wantsJson(request)) {
    return reply.status(401).send({ message: translate(request.language, 'sign_in.title') })
  }
  if (request.method !== 'POST') return reply.redirect(`/login?next=${encodeURIComponent(request.url)}`, 303)
  const kept = fieldsOf(request)
    .without('_csrf', ...secretFields)
    .encoded()
  reply.status(401)
  return signInPage(
    request,
    reply,
    { address: form === undefined ? '/' : formAddress(request, form), kept },
    '',
    [],
  )
}

const schema = z.object({
  email: email({ missing: 'sign_in.email.missing' }),
  password: z.string().check((context) => {
    if (context.value !== '') return
    context.issues.push({
      code: 'custom',
      params: { key: 'sign_in.password.missing' },
      input: context.value,
      message: '',
    })
  }),
})

async function continueErrand(request: FastifyRequest, userId: string, errand: Errand): Promise<string> {
  if (errand.kept === '') return errand.address
  const id = await insertKeptForm(request.server.db, userId, [...new URLSearchParams(errand.kept)])
  return `${errand.address}${errand.address.includes('?') ? '&' : '?'}kept=${id}`
}

function signInPage(
  request: FastifyRequest,
  reply: FastifyReply,
  errand: Errand,
  email: string,
  errors: readonly FieldError[],
) {
  const { language } = request
  return reply.page({
    view: 'sign-in/show',
    layout: 'sign-in',
    title: translate(language, 'sign_in.title'),
    model: {
      values: { email },
      errors: sayErrors(request, errors),
      next: errand.address,
      kept: errand.kept,
      keptFields: [...new URLSearchParams(errand.kept)].filter(([, value]) => value.trim() !== ''),
    },
  })
}

/** The address of the form a POST came from: the route's, with this request's parameters. */
export function formAddress(request: FastifyRequest, form: string): string {
  const params = z.record(z.string(), z.string()).safeParse(request.params).data ?? {}
  return form.replace(/:(\w+)/g, (_match, name: string) => encodeURIComponent(params[name] ?? ''))
}
