import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as accountList from './controllers/accounts/list.ts'
import * as contactList from './controllers/contacts/list.ts'
import * as health from './controllers/health.ts'
import * as home from './controllers/home.ts'
import * as orderList from './controllers/orders/list.ts'
import * as preferences from './controllers/preferences.ts'
import * as products from './controllers/products.ts'
import * as signIn from './controllers/sign-in.ts'
import * as suppliers from './controllers/suppliers.ts'
import { NotFound } from './errors.ts'
import { refuseForged } from './plugins/csrf.ts'

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>

/** Who may use an address: anybody, a signed-in user, an admin. To everybody else it does not exist, or leads to sign-in. */
export type Access = 'anybody' | 'user' | 'admin'

export type Route = {
  method: 'GET' | 'POST'
  url: string
  access: Access
  handler: Handler
  /** Where the form of a POST is shown, for whoever has to sign in again in between; parameters as in the address. */
  form?: string
}

/** Every address of the product, a line each. */
export const routes: readonly Route[] = [
  get('/health/live', 'anybody', health.live),
  get('/health/ready', 'anybody', health.ready),

  get('/login', 'anybody', signIn.show),
  post('/login', 'anybody', signIn.create),
  post('/logout', 'user', signIn.remove),
  post('/preferences', 'user', preferences.update),

  get('/', 'user', home.show),

  get('/orders', 'user', orderList.list),

  get('/accounts', 'user', accountList.list),

  get('/contacts', 'user', contactList.list),

  get('/products', 'user', products.list),
  get('/products/new', 'user', products.add),
  post('/products', 'user', products.create, '/products/new'),
  get('/products/:id', 'user', products.show),
  get('/products/:id/edit', 'user', products.edit),
  post('/products/:id', 'user', products.update, '/products/:id/edit'),
  get('/products/:id/archival', 'user', products.confirmArchival),
  post('/products/:id/archival', 'user', products.archive, '/products/:id'),
  get('/products/:id/deletion', 'user', products.confirmDeletion),
  post('/products/:id/deletion', 'user', products.remove, '/products/:id'),

  get('/suppliers', 'user', suppliers.list),
  get('/suppliers/new', 'user', suppliers.add),
  post('/suppliers', 'user', suppliers.create, '/suppliers/new'),
  get('/suppliers/:id', 'user', suppliers.show),
  get('/suppliers/:id/edit', 'user', suppliers.edit),
  post('/suppliers/:id', 'user', suppliers.update, '/suppliers/:id/edit'),
  post('/suppliers/:id/archival', 'user', suppliers.archive, '/suppliers/:id'),
]

function get(url: string, access: Access, handler: Handler): Route {
  return { method: 'GET', url, access, handler }
}

function post(url: string, access: Access, handler: Handler, form?: string): Route {
  return { method: 'POST', url, access, handler, ...(form === undefined ? {} : { form }) }
}

export function addRoutes(app: FastifyInstance): void {
  for (const route of routes) {
    app.route({ method: route.method, url: route.url, preHandler: guardOf(route), handler: route.handler })
  }
}

function guardOf(route: Route): Handler {
  return async (request, reply) => {
    if (route.access !== 'anybody' && request.viewer === null)
      return signIn.require(request, reply, route.form)
    if (route.access === 'admin' && request.viewer?.role !== 'admin') throw new NotFound()
    if (route.method === 'POST') await refuseForged(request, reply)
  }
}
