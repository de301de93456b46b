import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { say, translator } from '../languages/translate.ts'
import { inline } from '../lib/file-name.ts'
import { sendJson, submit, wantsJson } from '../plugins/answers.ts'
import {
  type DocumentFile,
  type DocumentRef,
  requestDocument,
  retryDocument,
} from '../services/documents/document-file.ts'
import { getInvoice, addressesOf as invoiceAddresses, namesOf } from './invoices/head.ts'
import { getOrderHeader, addressesOf as orderAddresses } from './orders/head.ts'

/** A document of the viewer's, with the pages that lead back from its PDF. */
type Shown = {
  ref: DocumentRef
  name: string
  crumbs: { label: string; href?: string }[]
  page: string
  address: string
}

export async function order(request: FastifyRequest, reply: FastifyReply) {
  return answer(request, reply, await shownOrder(request))
}

export async function invoice(request: FastifyRequest, reply: FastifyReply) {
  return answer(request, reply, await shownInvoice(request))
}

/** Gives an order's PDF that could not be made another ten tries. */
export async function retryOrder(request: FastifyRequest, reply: FastifyReply) {
  return retry(request, reply, await shownOrder(request))
}

export async function retryInvoice(request: FastifyRequest, reply: FastifyReply) {
  return retry(request, reply, await shownInvoice(request))
}

async function shownOrder(request: FastifyRequest): Promise<Shown> {
  const { id, number } = await getOrderHeader(request)
  const at = orderAddresses(request, id)
  const list = { label: translator(request.language)('order_list.title'), href: at.list }
  const page = at.page('')
  const crumbs = [list, { label: number, href: page }, { label: 'PDF' }]
  return { ref: { type: 'order', id }, name: number, crumbs, page, address: at.page('/pdf') }
}

async function shownInvoice(request: FastifyRequest): Promise<Shown> {
  const found = await getInvoice(request)
  const at = invoiceAddresses(request, found.id)
  const { short } = namesOf(request, found)
  const list = { label: translator(request.language)('invoices.title'), href: at.list }
  const page = at.page('')
  const crumbs = [list, { label: short, href: page }, { label: 'PDF' }]
  return { ref: { type: 'invoice', id: found.id }, name: short, crumbs, page, address: at.page('/pdf') }
}

/** Most PDFs are made in so little time that nobody need see a page that says so. */
const patienceMs = 3_000
const lookMs = 150
/** How often the page that says "being prepared" comes back by itself, in seconds. */
const againSeconds = 2

async function answer(request: FastifyRequest, reply: FastifyReply, shown: Shown) {
  const file = await fileSoon(request, shown.ref)
  if (file.state === 'ready')
    return wantsJson(request) ? readyJson(reply, file) : sendPdf(request, reply, file)
  reply.status(file.state === 'preparing' ? 202 : 409)
  const reason = file.state === 'failed' ? say(request.language, file.reason) : ''
  if (wantsJson(request)) return sendJson(reply, { state: file.state, name: file.name, reason })
  // Without scripts too: the browser asks again, and shows the PDF in this page's place.
  if (file.state === 'preparing') reply.header('refresh', String(againSeconds))
  return reply.page({
    view: 'documents/waiting',
    title: translator(request.language)('documents.page_title', { name: shown.name }),
    model: {
      crumbs: shown.crumbs,
      page: shown.page,
      address: shown.address,
      preparing: file.state === 'preparing',
      reason,
      retry: file.state === 'failed' && file.retry,
      scheduled: request.server.jobRunner.scheduler !== undefined,
    },
  })
}

/** Wakes the job where there is something to make, and gives it a moment. */
async function fileSoon(request: FastifyRequest, ref: DocumentRef): Promise<DocumentFile> {
  const { db, jobRunner } = request.server
  const until = performance.now() + patienceMs
  let file = await requestDocument(db, ref)
  if (file.state === 'preparing') jobRunner.wake('render-pdfs')
  while (file.state === 'preparing' && jobRunner.scheduler !== undefined && performance.now() < until) {
    await pause(lookMs)
    file = await requestDocument(db, ref)
  }
  return file
}

type Ready = Extract<DocumentFile, { state: 'ready' }>

function readyJson(reply: FastifyReply, { state, name, content, sha256 }: Ready) {
  return sendJson(reply, { state, name, size: content.length, sha256 })
}

function sendPdf(request: FastifyRequest, reply: FastifyReply, { name, content, sha256 }: Ready) {
  const tag = `"${sha256}"`
  // Kept by the browser alone, and asked for anew each time: rights may end, and an order may change.
  reply.header('cache-control', 'private, no-cache').header('etag', tag)
  if (request.headers['if-none-match'] === tag) return reply.status(304).send()
  return reply.type('application/pdf').header('content-disposition', inline(name)).send(content)
}

async function retry(request: FastifyRequest, reply: FastifyReply, shown: Shown) {
  return submit(request, reply, {
    act: async () => {
      await retryDocument(request.server.db, shown.ref)
      request.server.jobRunner.wake('render-pdfs')
      return { location: shown.address }
    },
    page: () => answer(request, reply, shown),
  })
}
