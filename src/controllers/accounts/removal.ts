import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  type AccountRecord,
  countOrganisations,
  countUsesOfAccount,
  listRecurringOrdersOfAccount,
} from '../../data/accounts.ts'
import { Refused } from '../../errors.ts'
import type { FieldError } from '../../languages/catalog.ts'
import { translator } from '../../languages/translate.ts'
import { sayErrors, submit } from '../../plugins/answers.ts'
import { fieldsOf } from '../../plugins/forms.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { archiveAccount } from '../../services/accounts/archive-account.ts'
import { deleteAccount, refusalsToDeleteAccount } from '../../services/accounts/delete-account.ts'
import { withRefusalsOfFiled } from '../../services/filed-refusals.ts'
import { countFiled } from '../owner-tabs.ts'
import { archivalOf } from '../record-forms.ts'
import { getAccount } from './form.ts'

export async function confirmArchival(request: FastifyRequest, reply: FastifyReply) {
  return archivalPage(request, reply, await getAccount(request), [])
}

export async function archive(request: FastifyRequest, reply: FastifyReply) {
  const account = await getAccount(request)
  return submit(request, reply, {
    act: async () => {
      const change = archivalOf(fieldsOf(request))
      const { archived } = change
      await archiveAccount(request.server.db, viewerOf(request), account.id, change)
      const key = archived ? 'accounts.archival.done' : 'directory.restored.done'
      return {
        location: `/accounts/${account.id}`,
        flash: { message: { key, params: { name: account.name } } },
      }
    },
    page: (errors) => archivalPage(request, reply, account, errors),
  })
}

export async function confirmDeletion(request: FastifyRequest, reply: FastifyReply) {
  const t = translator(request.language)
  const account = await getAccount(request)
  const refusals = withRefusalsOfFiled(
    refusalsToDeleteAccount(await countUsesOfAccount(request.server.db, account.id)),
    await countFiled(request, { kind: 'account', id: account.id }),
  )
  if (refusals.length > 0)
    throw new Refused(refusals, {
      title: { key: 'directory.delete.refused', params: { name: account.name } },
    })
  return reply.page({
    view: 'accounts/deletion',
    title: t('directory.delete.title', { name: account.name }),
    model: { account },
  })
}

export async function remove(request: FastifyRequest, reply: FastifyReply) {
  const account = await getAccount(request)
  return submit(request, reply, {
    act: async () => {
      await deleteAccount(request.server.db, viewerOf(request).id, account.id)
      return {
        location: '/accounts',
        flash: { message: { key: 'directory.deleted', params: { name: account.name } } },
      }
    },
    page: () => confirmDeletion(request, reply),
  })
}

async function archivalPage(
  request: FastifyRequest,
  reply: FastifyReply,
  account: AccountRecord,
  errors: readonly FieldError[],
) {
  const { db } = request.server
  const t = translator(request.language)
  const { organisation_ids } = viewerOf(request)
  const recurring = await listRecurringOrdersOfAccount(db, account.id, organisation_ids)
  return reply.page({
    view: 'accounts/archival',
    title: t('accounts.archival.title', { name: account.name }),
    model: {
      account,
      recurring,
      others: (await countOrganisations(db)) > organisation_ids.length,
      errors: sayErrors(request, errors),
    },
  })
}
