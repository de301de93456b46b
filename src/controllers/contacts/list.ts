import type { FastifyReply, FastifyRequest } from 'fastify'
import { contactSortKeys, countContacts, listContacts } from '../../data/contacts.ts'
import type { FieldError } from '../../languages/catalog.ts'
import { translator } from '../../languages/translate.ts'
import { sayErrors, sendJson, wantsJson } from '../../plugins/answers.ts'
import { readAccountFilter } from '../account-filter.ts'
import { oneOf, refuseWrongFilters } from '../filter-reader.ts'
import { pagination, readList, sendCsv, sortHead, wantsCsv } from '../lists.ts'
import { directorySorts } from '../saved-lists.ts'
import { viewTabs } from '../view-tabs.ts'
import { contactCells, contactColumns, contactJson } from './json.ts'

const sorts = directorySorts.contacts

export async function list(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const t = translator(request.language)
  const state = readList(request, sorts, 'name', contactSortKeys)
  const account = await readAccountFilter(db, state.filters, { id: 'account_id', code: 'account_code' })
  const errors: FieldError[] = []
  const filters = {
    words: state.filters.text('q'),
    archived: oneOf(state.filters, 'archived', ['on'], errors) === 'on',
    account_id: account.id,
  }
  refuseWrongFilters(request, errors)
  const sort = { by: state.sort, direction: state.direction }
  if (wantsCsv(request)) {
    return sendCsv(request, reply, {
      file: 'contacts',
      columns: contactColumns,
      figures: [],
      keys: contactSortKeys,
      page: (page) => listContacts(db, filters, sort, page),
      row: contactCells,
    })
  }
  const [page, total] = [await listContacts(db, filters, sort, state), await countContacts(db, filters)]
  if (wantsJson(request))
    return sendJson(reply, { items: page.rows.map(contactJson), next: page.next, total })
  return reply.page({
    view: 'contacts/list',
    title: t('contacts.title'),
    model: {
      viewTabs: await viewTabs(request, 'contacts', state.query),
      contacts: page.rows,
      total,
      state,
      filters,
      account,
      errors: sayErrors(request, errors),
      values: {
        q: filters.words,
        archived: state.filters.text('archived'),
        account_code: account.typed,
        account_id: account.account?.id ?? '',
      },
      heads: { name: sortHead(state, 'name', 'asc'), email: sortHead(state, 'email', 'asc') },
      pagination: pagination(state, page),
    },
  })
}
