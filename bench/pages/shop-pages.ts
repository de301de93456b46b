import { sql } from 'kysely'
import type { Database } from '../../src/data/database.ts'
import { textOf } from './bare-server.ts'
import type { Answered, Asked } from './signed-in.ts'

export type Shop = {
  db: Database
  /** `sqlMilliseconds` is how long statements were under way at the driver. */
  ask: (asked: Asked) => Promise<Answered & { sqlMilliseconds: number }>
  close: () => Promise<void>
}

/** A page to measure; `prepare` finds what its address needs, and answers what to ask for each time. */
export type ShopPage = { name: string; prepare: (shop: Shop) => Promise<() => Asked> }

const order = (db: Database) =>
  db
    .selectFrom('customer_orders')
    .select(['id', 'number', 'account_id', 'assigned_to_id', 'organisation_id'])
    .where('assigned_to_id', 'is not', null)
    .where('finalized_at', 'is', null)
    .orderBy('order_date', 'desc')
    .orderBy('id')
    .limit(1)
    .executeTakeFirstOrThrow()

const fixed = (name: string, path: string): ShopPage => ({ name, prepare: async () => () => ({ path }) })

const found = (name: string, path: (one: Awaited<ReturnType<typeof order>>) => string): ShopPage => ({
  name,
  prepare: async ({ db }) => {
    const address = path(await order(db))
    return () => ({ path: address })
  },
})

const sorts = ['date', 'number', 'customer', 'status', 'net', 'assigned_to']

export const shopPages: readonly ShopPage[] = [
  fixed('orders', '/orders'),
  ...sorts.flatMap((sort) => [
    fixed(`orders by ${sort}`, `/orders?sort=${sort}`),
    fixed(`orders by ${sort}, backwards`, `/orders?sort=-${sort}`),
  ]),
  fixed('orders approved', '/orders?status=approved'),
  found('orders of an account', ({ account_id }) => `/orders?account_id=${account_id}`),
  found('orders of an assignee', ({ assigned_to_id }) => `/orders?assigned_to_id=${assigned_to_id}`),
  fixed('orders of nobody', '/orders?assigned_to_id=nobody'),
  found('orders of an organisation', ({ organisation_id }) => `/orders?organisation_id=${organisation_id}`),
  fixed('orders of a month', '/orders?from=2025-05-01&to=2025-05-31'),
  fixed('orders not finalized', '/orders?finalized=no'),
  fixed('orders recurring', '/orders?recurring=yes'),
  fixed('orders with a common word', '/orders?q=-20'),
  found('orders with a number', ({ number }) => `/orders?q=${encodeURIComponent(number)}`),
  fixed('orders with a word that none has', '/orders?q=zzqqzz'),
  fixed('invoices', '/invoices'),
  fixed('invoices with a common word', '/invoices?q=e'),
  found('search of everything', ({ number }) => `/search?q=${encodeURIComponent(number.slice(0, -1))}`),
  fixed('products, as the picker asks', '/products?q=a&limit=8'),
  found('order', ({ id }) => `/orders/${id}`),
  found('order form', ({ id }) => `/orders/${id}/edit`),
  fixed('home', '/'),
  { name: 'saving an order of 5 lines', prepare: prepareSave },
]

/** Posts the order's own form, as it was read, with a subject that differs each time. */
async function prepareSave(shop: Shop): Promise<() => Asked> {
  const { id } = await order(shop.db)
  const form = fieldsOfForm(textOf(await shop.ask({ path: `/orders/${id}/edit` })), `/orders/${id}`)
  const { rows } = await sql<{
    version: number
  }>`SELECT version FROM customer_orders WHERE id = ${id}`.execute(shop.db)
  let version = rows[0]?.version ?? 1
  return () => {
    const fields = new URLSearchParams(form)
    // Of its own each time: a save that changes nothing makes no new version.
    fields.set('subject', `Maintenance ${version}`)
    fields.set('version', String(version))
    version += 1
    return { path: `/orders/${id}`, form: fields }
  }
}

/** What a browser would send of a form: inputs, texts and choices, but for templates of rows and for buttons. */
function fieldsOfForm(page: string, action: string): URLSearchParams {
  const forms = page
    .replace(/<template[\s\S]*?<\/template>/g, '')
    .split('<form')
    .slice(1)
  const form = forms
    .find((text) => text.slice(0, text.indexOf('>')).includes(`action="${action}"`))
    ?.split('</form>')[0]
  if (form === undefined) throw new Error(`There is no form that leads to ${action}.`)
  const fields = new URLSearchParams()
  const attribute = (tag: string, name: string) =>
    unescaped(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '')
  for (const { 0: tag, 1: kind, index } of form.matchAll(/<(input|textarea|select)\b[^>]*>/g)) {
    const name = attribute(tag, 'name')
    const inner = form.slice(index + tag.length).split(`</${kind}>`)[0] ?? ''
    if (name === '') continue
    if (kind === 'textarea') fields.append(name, unescaped(inner.replace(/^\n/, '')))
    else if (kind === 'select') {
      const options = [...inner.matchAll(/<option\b[^>]*>/g)].map(([option]) => option)
      const chosen = options.find((option) => /\sselected\b/.test(option)) ?? options[0]
      if (chosen !== undefined) fields.append(name, attribute(chosen, 'value'))
    } else if (!/type="(checkbox|radio)"/.test(tag) || /\schecked\b/.test(tag))
      fields.append(name, attribute(tag, 'value'))
  }
  return fields
}

function unescaped(text: string): string {
  return text
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
}
