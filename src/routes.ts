import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as accountForm from './controllers/accounts/form.ts'
import * as accountList from './controllers/accounts/list.ts'
import * as accountOrders from './controllers/accounts/orders.ts'
import * as accountRemoval from './controllers/accounts/removal.ts'
import * as account from './controllers/accounts/show.ts'
import * as activityPage from './controllers/activities/activity.ts'
import * as activityForm from './controllers/activities/form.ts'
import * as activityList from './controllers/activities/list.ts'
import * as activityTab from './controllers/activities/tab.ts'
import * as batchCreation from './controllers/batches/create.ts'
import * as batchList from './controllers/batches/list.ts'
import * as batchReceipt from './controllers/batches/receipt.ts'
import * as contactForm from './controllers/contacts/form.ts'
import * as contactList from './controllers/contacts/list.ts'
import * as contactRemoval from './controllers/contacts/removal.ts'
import * as contact from './controllers/contacts/show.ts'
import * as health from './controllers/health.ts'
import * as home from './controllers/home.ts'
import * as importFiles from './controllers/imports/files.ts'
import * as importList from './controllers/imports/list.ts'
import * as importRun from './controllers/imports/run.ts'
import * as importReceipt from './controllers/imports/show.ts'
import * as importUndo from './controllers/imports/undo.ts'
import * as importUpload from './controllers/imports/upload.ts'
import * as creditNotes from './controllers/invoices/credit-notes.ts'
import * as invoiceDeletion from './controllers/invoices/deletion.ts'
import * as invoiceForm from './controllers/invoices/form.ts'
import * as invoiceIssue from './controllers/invoices/issue.ts'
import * as invoiceList from './controllers/invoices/list.ts'
import * as paymentReversal from './controllers/invoices/payment-reversal.ts'
import * as invoicePayments from './controllers/invoices/payments.ts'
import * as invoice from './controllers/invoices/show.ts'
import * as invoiceStatus from './controllers/invoices/status.ts'
import * as invoiceZip from './controllers/invoices/zip.ts'
import * as jobPdfs from './controllers/job-pdfs.ts'
import * as jobs from './controllers/jobs.ts'
import * as keyboard from './controllers/keyboard.ts'
import * as orderCalculation from './controllers/orders/calculation.ts'
import * as orderDeletion from './controllers/orders/deletion.ts'
import * as orderCopy from './controllers/orders/duplicate.ts'
import * as orderForm from './controllers/orders/form.ts'
import * as orderHistory from './controllers/orders/history.ts'
import * as orderInvoices from './controllers/orders/invoices.ts'
import * as orderInvoicing from './controllers/orders/invoicing.ts'
import * as orderList from './controllers/orders/list.ts'
import * as occurrences from './controllers/orders/occurrences.ts'
import * as recurrence from './controllers/orders/recurrence.ts'
import * as recurrencePreview from './controllers/orders/recurrence-preview.ts'
import * as orderSave from './controllers/orders/save.ts'
import * as order from './controllers/orders/show.ts'
import * as orderStatus from './controllers/orders/status.ts'
import * as closing from './controllers/organisations/closing.ts'
import * as organisations from './controllers/organisations.ts'
import * as statements from './controllers/payments/imports.ts'
import * as bankLines from './controllers/payments/lines.ts'
import * as paymentReceipts from './controllers/payments/receipts.ts'
import * as pdfs from './controllers/pdfs.ts'
import * as preferences from './controllers/preferences.ts'
import * as products from './controllers/products.ts'
import * as profile from './controllers/profile.ts'
import * as search from './controllers/search.ts'
import * as rateImports from './controllers/settings/exchange-rate-imports.ts'
import * as exchangeRates from './controllers/settings/exchange-rates.ts'
import * as numberSeries from './controllers/settings/number-series.ts'
import * as settings from './controllers/settings/overview.ts'
import * as paymentTerms from './controllers/settings/payment-terms.ts'
import * as taxRates from './controllers/settings/tax-rates.ts'
import * as taxTreatments from './controllers/settings/tax-treatments.ts'
import * as setup from './controllers/setup.ts'
import * as signIn from './controllers/sign-in.ts'
import * as suppliers from './controllers/suppliers.ts'
import * as uploadedDocument from './controllers/uploaded-documents/document.ts'
import * as uploadedFile from './controllers/uploaded-documents/file.ts'
import * as documentTab from './controllers/uploaded-documents/tab.ts'
import * as users from './controllers/users.ts'
import * as views from './controllers/views.ts'
import { NotFound } from './errors.ts'
import { ownerKinds } from './lib/vocabulary.ts'
import { wantsJson } from './plugins/answers.ts'
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

  get('/setup', 'anybody', setup.show),
  post('/setup', 'anybody', setup.create),
  get('/login', 'anybody', signIn.show),
  post('/login', 'anybody', signIn.create),
  post('/logout', 'user', signIn.remove),
  post('/preferences', 'user', preferences.update),
  get('/profile', 'user', profile.edit),
  post('/profile', 'user', profile.update, '/profile'),
  post('/profile/password', 'user', profile.updatePassword, '/profile'),

  get('/', 'user', home.show),
  get('/search', 'user', search.show),
  get('/keyboard', 'user', keyboard.show),

  get('/orders', 'user', orderList.list),
  get('/orders/new', 'user', orderForm.add),
  post('/orders', 'user', orderSave.create, '/orders/new'),
  post('/orders/calculation', 'user', orderCalculation.create, '/orders/new'),
  post('/orders/batches', 'user', batchCreation.create, '/orders'),
  get('/orders/:id/edit', 'user', orderForm.edit),
  post('/orders/:id', 'user', orderSave.update, '/orders/:id/edit'),
  get('/orders/:id', 'user', order.show),
  post('/orders/:id/status', 'user', orderStatus.update, '/orders/:id'),
  get('/orders/:id/cancellation', 'user', orderStatus.confirmCancellation),
  post('/orders/:id/duplicate', 'user', orderCopy.duplicate, '/orders/:id'),
  get('/orders/:id/deletion', 'user', orderDeletion.confirmDeletion),
  post('/orders/:id/deletion', 'user', orderDeletion.remove, '/orders/:id/deletion'),
  get('/orders/:id/invoices', 'user', orderInvoices.invoices),
  get('/orders/:id/invoices/new', 'user', orderInvoicing.add),
  post('/orders/:id/invoices', 'user', orderInvoicing.create, '/orders/:id/invoices/new'),
  get('/orders/:id/pdf', 'user', pdfs.order),
  post('/orders/:id/pdf', 'user', pdfs.retryOrder, '/orders/:id/pdf'),
  get('/orders/:id/history', 'user', orderHistory.history),
  get('/orders/:id/recurrence', 'user', recurrence.show),
  post('/orders/:id/recurrence', 'user', recurrence.update, '/orders/:id/recurrence'),
  get('/orders/:id/recurrence/preview', 'user', recurrencePreview.show),
  get('/orders/:id/occurrences', 'user', occurrences.list),
  get('/orders/:id/occurrences/:frequency/:period_start', 'user', occurrences.show),
  post(
    '/orders/:id/occurrences/:frequency/:period_start/skip',
    'user',
    occurrences.skip,
    '/orders/:id/occurrences/:frequency/:period_start',
  ),
  post(
    '/orders/:id/occurrences/:frequency/:period_start/hold',
    'user',
    occurrences.hold,
    '/orders/:id/occurrences/:frequency/:period_start',
  ),
  post(
    '/orders/:id/occurrences/:frequency/:period_start/invoice',
    'user',
    occurrences.bill,
    '/orders/:id/occurrences/:frequency/:period_start',
  ),

  ...ownerKinds.flatMap((kind) => [
    get(`/${kind}s/:id/documents`, 'user', documentTab.list(kind)),
    post(`/${kind}s/:id/documents`, 'user', documentTab.create(kind), `/${kind}s/:id/documents`),
    get(`/${kind}s/:id/activities`, 'user', activityTab.list(kind)),
    get(`/${kind}s/:id/activities/new`, 'user', activityForm.addUnder(kind)),
    post(`/${kind}s/:id/activities`, 'user', activityForm.createUnder(kind), `/${kind}s/:id/activities/new`),
  ]),
  get('/documents/:id', 'user', uploadedDocument.show),
  get('/documents/:id/file', 'user', uploadedFile.download),
  post('/documents/:id', 'user', uploadedDocument.update, '/documents/:id'),
  get('/documents/:id/deletion', 'user', uploadedDocument.confirmDeletion),
  post('/documents/:id/deletion', 'user', uploadedDocument.remove, '/documents/:id/deletion'),
  get('/activities', 'user', activityList.list),
  get('/activities/new', 'user', activityForm.add),
  post('/activities', 'user', activityForm.create, '/activities/new'),
  get('/activities/:id', 'user', activityPage.show),
  get('/activities/:id/edit', 'user', activityForm.edit),
  post('/activities/:id', 'user', activityForm.update, '/activities/:id/edit'),
  post('/activities/:id/completion', 'user', activityPage.complete, '/activities/:id'),
  get('/activities/:id/deletion', 'user', activityPage.confirmDeletion),
  post('/activities/:id/deletion', 'user', activityPage.remove, '/activities/:id/deletion'),

  get('/batches', 'user', batchList.list),
  get('/batches/:id', 'user', batchReceipt.show),
  post('/batches/:id/continuation', 'user', batchReceipt.goOn, '/batches/:id'),
  post('/batches/:id/retries', 'user', batchReceipt.retry, '/batches/:id'),

  get('/views', 'user', views.list),
  get('/views/new', 'user', views.add),
  post('/views', 'user', views.create, '/views/new'),
  get('/views/:id/edit', 'user', views.edit),
  post('/views/:id', 'user', views.update, '/views/:id/edit'),
  get('/views/:id/deletion', 'user', views.confirmDeletion),
  post('/views/:id/deletion', 'user', views.remove, '/views/:id/deletion'),

  get('/invoices', 'user', invoiceList.list),
  post('/invoices/batches', 'user', batchCreation.createOfInvoices, '/invoices'),
  get('/invoices/pdfs', 'user', invoiceZip.download),
  post('/invoices/pdfs', 'user', invoiceZip.downloadTicked, '/invoices'),
  get('/invoices/:id', 'user', invoice.show),
  get('/invoices/:id/pdf', 'user', pdfs.invoice),
  post('/invoices/:id/pdf', 'user', pdfs.retryInvoice, '/invoices/:id/pdf'),
  get('/invoices/:id/edit', 'user', invoiceForm.edit),
  post('/invoices/:id', 'user', invoiceForm.update, '/invoices/:id/edit'),
  post('/invoices/:id/calculation', 'user', invoiceForm.calculate, '/invoices/:id/edit'),
  get('/invoices/:id/issue', 'user', invoiceIssue.confirmIssue),
  post('/invoices/:id/status', 'user', invoiceStatus.update, '/invoices/:id'),
  get('/invoices/:id/payments', 'user', invoicePayments.list),
  post('/invoices/:id/payments', 'user', invoicePayments.create, '/invoices/:id/payments'),
  get('/invoices/:id/payments/:payment_id/reversal', 'user', paymentReversal.confirm),
  post(
    '/invoices/:id/payments/:payment_id/reversal',
    'user',
    paymentReversal.create,
    '/invoices/:id/payments/:payment_id/reversal',
  ),
  get('/invoices/:id/credit-notes/new', 'user', creditNotes.add),
  post('/invoices/:id/credit-notes', 'user', creditNotes.create, '/invoices/:id/credit-notes/new'),
  post(
    '/invoices/:id/credit-notes/calculation',
    'user',
    creditNotes.calculate,
    '/invoices/:id/credit-notes/new',
  ),
  get('/invoices/:id/deletion', 'user', invoiceDeletion.confirmDeletion),
  post('/invoices/:id/deletion', 'user', invoiceDeletion.remove, '/invoices/:id/deletion'),

  get('/payments/imports', 'user', statements.list),
  get('/payments/imports/new', 'user', statements.add),
  post('/payments/imports', 'user', statements.create, '/payments/imports/new'),
  get('/payments/imports/:id', 'user', statements.show),
  post('/payments/imports/:id/columns', 'user', statements.chooseColumns, '/payments/imports/:id'),
  get('/payments/lines', 'user', bankLines.list),
  post('/payments/lines', 'user', bankLines.create, '/payments/lines'),
  get('/payments/lines/:id/dismissal', 'user', bankLines.confirmDismissal),
  post('/payments/lines/:id/dismissal', 'user', bankLines.dismiss, '/payments/lines/:id/dismissal'),
  get('/payments/receipts/:id', 'user', paymentReceipts.show),

  get('/accounts', 'user', accountList.list),
  get('/accounts/new', 'user', accountForm.add),
  post('/accounts', 'user', accountForm.create, '/accounts/new'),
  get('/accounts/:id', 'user', account.show),
  get('/accounts/:id/edit', 'user', accountForm.edit),
  post('/accounts/:id', 'user', accountForm.update, '/accounts/:id/edit'),
  get('/accounts/:id/orders', 'user', accountOrders.list),
  get('/accounts/:id/archival', 'user', accountRemoval.confirmArchival),
  post('/accounts/:id/archival', 'user', accountRemoval.archive, '/accounts/:id'),
  get('/accounts/:id/deletion', 'user', accountRemoval.confirmDeletion),
  post('/accounts/:id/deletion', 'user', accountRemoval.remove, '/accounts/:id'),

  get('/contacts', 'user', contactList.list),
  get('/contacts/new', 'user', contactForm.add),
  post('/contacts', 'user', contactForm.create, '/contacts/new'),
  get('/contacts/:id', 'user', contact.show),
  get('/contacts/:id/edit', 'user', contactForm.edit),
  post('/contacts/:id', 'user', contactForm.update, '/contacts/:id/edit'),
  post('/contacts/:id/archival', 'user', contactRemoval.archive, '/contacts/:id'),
  get('/contacts/:id/deletion', 'user', contactRemoval.confirmDeletion),
  post('/contacts/:id/deletion', 'user', contactRemoval.remove, '/contacts/:id'),

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
  get('/suppliers/:id/deletion', 'user', suppliers.confirmDeletion),
  post('/suppliers/:id/deletion', 'user', suppliers.remove, '/suppliers/:id'),

  get('/organisations', 'admin', organisations.list),
  get('/organisations/new', 'admin', organisations.add),
  post('/organisations', 'admin', organisations.create, '/organisations/new'),
  get('/organisations/:id', 'admin', organisations.show),
  get('/organisations/:id/edit', 'admin', organisations.edit),
  get('/organisations/:id/logo', 'user', organisations.logo),
  post('/organisations/:id', 'admin', organisations.update, '/organisations/:id/edit'),
  get('/organisations/:id/closing', 'admin', closing.show),
  post('/organisations/:id/closing', 'admin', closing.update, '/organisations/:id/closing'),
  post('/organisations/:id/archival', 'admin', organisations.archive, '/organisations/:id'),

  get('/imports', 'admin', importList.list),
  get('/imports/new', 'admin', importUpload.add),
  get('/imports/templates/:file', 'admin', importFiles.template),
  post('/imports', 'admin', importUpload.create, '/imports/new'),
  get('/imports/:id', 'admin', importReceipt.show),
  get('/imports/:id/files/:part', 'admin', importFiles.original),
  get('/imports/:id/mistakes/:part', 'admin', importFiles.withMistakes),
  post('/imports/:id/files', 'admin', importUpload.replace, '/imports/:id'),
  post('/imports/:id/checks', 'admin', importRun.check, '/imports/:id'),
  post('/imports/:id/runs', 'admin', importRun.run, '/imports/:id'),
  post('/imports/:id/deletion', 'admin', importRun.discard, '/imports/:id'),
  get('/imports/:id/undo', 'admin', importUndo.confirm),
  post('/imports/:id/undo', 'admin', importUndo.undo, '/imports/:id/undo'),

  get('/users', 'admin', users.list),
  get('/users/new', 'admin', users.add),
  post('/users', 'admin', users.create, '/users/new'),
  get('/users/:id', 'admin', users.show),
  get('/users/:id/edit', 'admin', users.edit),
  post('/users/:id', 'admin', users.update, '/users/:id/edit'),
  post('/users/:id/archival', 'admin', users.archive, '/users/:id/edit'),

  get('/settings', 'admin', settings.show),
  get('/settings/tax-rates', 'admin', taxRates.list),
  get('/settings/tax-rates/new', 'admin', taxRates.add),
  post('/settings/tax-rates', 'admin', taxRates.create, '/settings/tax-rates/new'),
  get('/settings/tax-rates/:id', 'admin', taxRates.show),
  get('/settings/tax-rates/:id/edit', 'admin', taxRates.edit),
  post('/settings/tax-rates/:id', 'admin', taxRates.update, '/settings/tax-rates/:id/edit'),
  post('/settings/tax-rates/:id/archival', 'admin', taxRates.archive, '/settings/tax-rates/:id/edit'),
  get('/settings/tax-treatments', 'admin', taxTreatments.edit),
  post('/settings/tax-treatments', 'admin', taxTreatments.update, '/settings/tax-treatments'),
  get('/settings/payment-terms', 'admin', paymentTerms.list),
  get('/settings/payment-terms/new', 'admin', paymentTerms.add),
  post('/settings/payment-terms', 'admin', paymentTerms.create, '/settings/payment-terms/new'),
  post('/settings/payment-terms/example', 'admin', paymentTerms.example, '/settings/payment-terms/new'),
  get('/settings/payment-terms/:id', 'admin', paymentTerms.show),
  get('/settings/payment-terms/:id/edit', 'admin', paymentTerms.edit),
  post('/settings/payment-terms/:id', 'admin', paymentTerms.update, '/settings/payment-terms/:id/edit'),
  post(
    '/settings/payment-terms/:id/archival',
    'admin',
    paymentTerms.archive,
    '/settings/payment-terms/:id/edit',
  ),

  get('/settings/exchange-rates', 'admin', exchangeRates.list),
  get('/settings/exchange-rates/new', 'admin', exchangeRates.add),
  post('/settings/exchange-rates', 'admin', exchangeRates.create, '/settings/exchange-rates/new'),
  post('/settings/exchange-rates/example', 'admin', exchangeRates.example, '/settings/exchange-rates/new'),
  get('/settings/exchange-rates/imports/new', 'admin', rateImports.add),
  post(
    '/settings/exchange-rates/imports',
    'admin',
    rateImports.create,
    '/settings/exchange-rates/imports/new',
  ),
  get('/settings/exchange-rates/:id', 'admin', exchangeRates.show),
  get('/settings/exchange-rates/:id/deletion', 'admin', exchangeRates.confirmDeletion),
  post(
    '/settings/exchange-rates/:id/deletion',
    'admin',
    exchangeRates.remove,
    '/settings/exchange-rates/:id/deletion',
  ),
  get('/settings/number-series', 'admin', numberSeries.list),
  get('/settings/number-series/:organisation_id/:kind/:year', 'admin', numberSeries.edit),
  post(
    '/settings/number-series/:organisation_id/:kind/:year',
    'admin',
    numberSeries.update,
    '/settings/number-series/:organisation_id/:kind/:year',
  ),
  post(
    '/settings/number-series/:organisation_id/:kind/:year/example',
    'admin',
    numberSeries.example,
    '/settings/number-series/:organisation_id/:kind/:year',
  ),

  get('/jobs', 'admin', jobs.list),
  get('/jobs/:name', 'admin', jobs.show),
  post('/jobs/:name/runs', 'admin', jobs.run, '/jobs'),
  post('/jobs/recurring-invoices/retries', 'admin', jobs.retry, '/jobs'),
  post('/jobs/render-pdfs/retries', 'admin', jobPdfs.retry, '/jobs'),
]

function get(url: string, access: Access, handler: Handler): Route {
  return { method: 'GET', url, access, handler }
}

function post(url: string, access: Access, handler: Handler, form?: string): Route {
  return { method: 'POST', url, access, handler, ...(form === undefined ? {} : { form }) }
}

export function addRoutes(app: FastifyInstance): void {
  for (const route of routes) {
    const { method, url, handler } = route
    app.route({ method, url, preHandler: guardOf(route), handler, config: recordOf(url) })
  }
  for (const route of routes) {
    if (route.form === undefined || routes.some(({ method, url }) => method === 'GET' && url === route.url))
      continue
    const asked: Route = { ...route, method: 'GET', handler: leadToForm(route.form) }
    app.route({ method: 'GET', url: route.url, preHandler: guardOf(asked), handler: asked.handler })
  }
}

/** A form that came back with mistakes leaves the address it was sent to in the browser: asked for again, it is the form. */
function leadToForm(form: string): Handler {
  return async (request, reply) => {
    if (wantsJson(request)) throw new NotFound()
    return reply.redirect(signIn.formAddress(request, form), 303)
  }
}

/** A record's form lies under the record: `/orders/:id/edit`. */
function recordOf(url: string): { record?: Handler } {
  const found = routes.find((route) => route.method === 'GET' && url === `${route.url}/edit`)
  return found === undefined ? {} : { record: found.handler }
}

function guardOf(route: Route): Handler {
  return async (request, reply) => {
    if (route.access !== 'anybody' && request.viewer === null)
      return signIn.require(request, reply, route.form)
    if (route.access === 'admin' && request.viewer?.role !== 'admin') throw new NotFound()
    if (route.method === 'POST') await refuseForged(request, reply)
  }
}
