import type { FastifyRequest } from 'fastify'
import type { Owner } from '../data/owners.ts'
import type { OwnerKind } from '../lib/vocabulary.ts'
import { listQuery } from '../plugins/pages.ts'
import { getAccount } from './accounts/form.ts'
import { accountHead } from './accounts/show.ts'
import { getInvoice, addressesOf as invoiceAddresses, invoiceHead } from './invoices/head.ts'
import { invoiceTabs } from './invoices/tabs.ts'
import { getOrderHeader, addressesOf as orderAddresses, orderHead } from './orders/head.ts'
import type { OwnerTab } from './owner-tabs.ts'

/** What the tabs that orders, invoices and accounts have in common need to know of the one they stand under. */
export type OwnerPage = {
  owner: Owner
  /** Null for an account, which all organisations share. */
  organisation_id: string | null
  /** Names its files: a number, or a code. */
  file: string
  /** An address under it, with the query of the list one came from. */
  at: (path: string) => string
  /** The page's title, and what `shared/owner-head` prints. */
  head: (tab: OwnerTab) => Promise<OwnerHead>
}

type OwnerHead = { title: string; order?: object; pageHead?: object; tabs?: object }

/** The order, invoice or account of the address. @throws NotFound */
export async function getOwnerPage(request: FastifyRequest, kind: OwnerKind): Promise<OwnerPage> {
  if (kind === 'order') return orderPage(request)
  return kind === 'invoice' ? invoicePage(request) : accountPage(request)
}

async function orderPage(request: FastifyRequest): Promise<OwnerPage> {
  const order = await getOrderHeader(request)
  return {
    owner: { kind: 'order', id: order.id },
    organisation_id: order.organisation_id,
    file: order.number,
    at: orderAddresses(request, order.id).page,
    head: async (tab) => {
      const head = await orderHead(request, order, tab)
      return { title: head.pageHead.title, order: head }
    },
  }
}

async function invoicePage(request: FastifyRequest): Promise<OwnerPage> {
  const invoice = await getInvoice(request)
  return {
    owner: { kind: 'invoice', id: invoice.id },
    organisation_id: invoice.organisation_id,
    file: invoice.number ?? 'draft',
    at: invoiceAddresses(request, invoice.id).page,
    head: async (tab) => {
      const pageHead = await invoiceHead(request, invoice)
      return { title: pageHead.title, pageHead, tabs: await invoiceTabs(request, invoice, tab) }
    },
  }
}

async function accountPage(request: FastifyRequest): Promise<OwnerPage> {
  const account = await getAccount(request)
  const list = listQuery(request)
  const onward = list === '' ? '' : `?list=${encodeURIComponent(list)}`
  return {
    owner: { kind: 'account', id: account.id },
    organisation_id: null,
    file: account.code,
    at: (path) => `/accounts/${account.id}${path}${onward}`,
    head: async (tab) => {
      const { pageHead, tabs } = await accountHead(request, account, tab)
      return { title: pageHead.title, pageHead, tabs }
    },
  }
}
