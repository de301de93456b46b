import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  type AccountRecord,
  countUsesOfAccount,
  listAccountsAlike,
  listChildAccounts,
  listRecurringOrdersOfAccount,
} from '../../data/accounts.ts'
import { listContactsOfAccount } from '../../data/contacts.ts'
import { everyOrder, sumOrders } from '../../data/order-lists.ts'
import { translator } from '../../languages/translate.ts'
import { languageName } from '../../lib/choices.ts'
import { sendJson, wantsJson } from '../../plugins/answers.ts'
import { listQuery } from '../../plugins/pages.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { asksBeforeArchiving } from '../../services/accounts/archive-account.ts'
import { refusalsToDeleteAccount } from '../../services/accounts/delete-account.ts'
import { doubtsAboutAccount } from '../../services/accounts/doubts.ts'
import { withRefusalsOfFiled } from '../../services/filed-refusals.ts'
import { countFiled, type OwnerTab, ownerTabs } from '../owner-tabs.ts'
import { accountBalances } from './balances.ts'
import { getAccount } from './form.ts'
import { accountJson } from './json.ts'

export async function show(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const account = await getAccount(request)
  if (wantsJson(request)) return sendJson(reply, accountJson(account))
  const viewer = viewerOf(request)
  const recurring = await listRecurringOrdersOfAccount(db, account.id, viewer.organisation_ids)
  return reply.page({
    view: 'accounts/show',
    title: account.name,
    model: {
      account,
      head: await accountHead(request, account, 'account'),
      balances: await accountBalances(request, account.id),
      contacts: await listContactsOfAccount(db, account.id),
      children: await listChildAccounts(db, account.id),
      doubts: doubtsAboutAccount(account),
      alike: await listAccountsAlike(db, account),
      parked: account.archived_at === null ? [] : recurring,
      languageName: languageName(request.language, account.language),
      website: /^https?:\/\//i.test(account.website) ? account.website : undefined,
    },
  })
}

/** The head that all tabs of an account share. */
export async function accountHead(
  request: FastifyRequest,
  account: AccountRecord,
  tab: 'account' | 'orders' | OwnerTab,
) {
  const { db } = request.server
  const t = translator(request.language)
  const viewer = viewerOf(request)
  const list = listQuery(request)
  const onward = list === '' ? '' : `?list=${encodeURIComponent(list)}`
  const archived = account.archived_at !== null
  const address = `/accounts/${account.id}`
  const filed = await countFiled(request, { kind: 'account', id: account.id })
  const [refusal] = withRefusalsOfFiled(
    refusalsToDeleteAccount(await countUsesOfAccount(db, account.id)),
    filed,
  )
  const orders = await sumOrders(db, ordersOfAccount(account.id, viewer.organisation_ids), null)
  const asks = await asksBeforeArchiving(db, account.id, viewer.organisation_ids)
  return {
    pageHead: {
      crumbs: [
        { label: t('accounts.title'), href: list === '' ? '/accounts' : `/accounts?${list}` },
        { label: account.code },
      ],
      title: account.name,
      badges: archived ? [{ status: 'archived', word: t('directory.archived') }] : [],
      facts: [account.code, account.city, t(`accounts.tax_treatment.${account.tax_treatment}`)].filter(
        Boolean,
      ),
      actions: [{ label: t('directory.edit'), href: `${address}/edit${onward}`, icon: 'edit', key: 'e' }],
      more: [
        { label: t('contacts.new'), href: `/contacts/new?account_id=${account.id}` },
        archived
          ? { label: t('directory.restore'), post: `${address}/archival`, fields: { archived: '' } }
          : asks
            ? { label: t('directory.archive'), href: `${address}/archival` }
            : { label: t('directory.archive'), post: `${address}/archival`, fields: { archived: 'on' } },
        {
          label: t('directory.delete'),
          danger: true,
          ...(refusal === undefined
            ? { href: `${address}/deletion` }
            : { refusal: t(refusal.message.key, refusal.message.params) }),
        },
      ],
      main: {
        label: t('accounts.new_order'),
        href: `/orders/new?account_id=${account.id}`,
        icon: 'plus',
        ...(archived ? { refusal: t('accounts.new_order.archived') } : {}),
      },
    },
    tabs: {
      items: [
        { label: t('accounts.tab.account'), href: `${address}${onward}`, current: tab === 'account' },
        {
          label: t('accounts.tab.orders'),
          href: `${address}/orders${onward}`,
          count: orders.count,
          current: tab === 'orders',
        },
        ...ownerTabs(request, filed, (path) => `${address}${path}${onward}`, tab),
      ],
    },
  }
}

/** The filters of an account's tab of orders, over the organisations of whoever looks. */
export function ordersOfAccount(id: string, organisationIds: readonly string[]) {
  return {
    ...everyOrder,
    organisation_ids: organisationIds,
    account_id: id,
  }
}
