import type { SentenceKey } from '../languages/catalog.ts'

export type NavigationLink = {
  readonly key: SentenceKey
  readonly href: string
  readonly icon: string
  /** The keys that lead there, one after the other. */
  readonly keys?: string
  /** The page being shown stands under this link. */
  readonly current: boolean
  /** What waits for a person there; nothing is shown at zero. */
  readonly count: number
}

export type NavigationGroup = { readonly key?: SentenceKey; readonly links: readonly NavigationLink[] }

type Entry = Pick<NavigationLink, 'key' | 'href' | 'icon' | 'keys'> & {
  /** Pages of other addresses that stand under this link, too. */
  readonly also?: string
}
type Section = { readonly key?: SentenceKey; readonly admins?: true; readonly links: readonly Entry[] }

/** The left column, a line a page. A page is added here and nowhere else. */
const sections: readonly Section[] = [
  { links: [{ key: 'frame.home', href: '/', icon: 'home', keys: 'g h' }] },
  {
    key: 'frame.group.sales',
    links: [
      { key: 'frame.orders', href: '/orders', icon: 'shopping-cart', keys: 'g o', also: '/batches' },
      { key: 'activities.title', href: '/activities', icon: 'calendar' },
    ],
  },
  {
    key: 'frame.group.billing',
    links: [
      { key: 'frame.invoices', href: '/invoices', icon: 'file-invoice', keys: 'g i' },
      { key: 'bank.nav', href: '/payments/imports', icon: 'file-import', also: '/payments' },
    ],
  },
  {
    key: 'frame.group.purchasing',
    links: [{ key: 'frame.suppliers', href: '/suppliers', icon: 'truck' }],
  },
  {
    key: 'frame.group.directory',
    links: [
      { key: 'frame.accounts', href: '/accounts', icon: 'building' },
      { key: 'frame.contacts', href: '/contacts', icon: 'address-book' },
      { key: 'frame.products', href: '/products', icon: 'package' },
    ],
  },
  {
    key: 'frame.group.administration',
    admins: true,
    links: [
      { key: 'frame.jobs', href: '/jobs', icon: 'clock-play', keys: 'g j' },
      { key: 'imports.title', href: '/imports', icon: 'file-import' },
      { key: 'frame.users', href: '/users', icon: 'users' },
      { key: 'frame.organisations', href: '/organisations', icon: 'building-store' },
      { key: 'frame.settings', href: '/settings', icon: 'settings' },
    ],
  },
]

/** The Create menu, in the order of how often it is used. */
export const creations: readonly Entry[] = [
  { key: 'frame.new_order', href: '/orders/new', icon: 'shopping-cart' },
  { key: 'frame.new_account', href: '/accounts/new', icon: 'building' },
  { key: 'frame.new_contact', href: '/contacts/new', icon: 'address-book' },
  { key: 'frame.new_product', href: '/products/new', icon: 'package' },
  { key: 'frame.new_supplier', href: '/suppliers/new', icon: 'truck' },
]

/** The left column for one person on one page: path without its query; counters by address, such as `{ '/jobs': 1 }`. */
export function navigation(
  path: string,
  admin: boolean,
  counters: Readonly<Record<string, number>> = {},
): NavigationGroup[] {
  return sections
    .filter((section) => admin || section.admins !== true)
    .map((section) => ({
      ...(section.key === undefined ? {} : { key: section.key }),
      links: section.links.map(({ also, ...link }) => ({
        ...link,
        current: isUnder(path, link.href) || (also !== undefined && isUnder(path, also)),
        count: counters[link.href] ?? 0,
      })),
    }))
}

function isUnder(path: string, href: string): boolean {
  return path === href || (href !== '/' && path.startsWith(`${href}/`))
}
