import type { FastifyReply, FastifyRequest } from 'fastify'
import { type AccountSort, accountSortKeys, countAccounts, listAccounts } from '../../data/accounts.ts'
import type { FieldError } from '../../languages/catalog.ts'
import { translator } from '../../languages/translate.ts'
import { taxTreatments } from '../../lib/vocabulary.ts'
import { sayErrors, sendJson, wantsJson } from '../../plugins/answers.ts'
import { readAccountFilter } from '../account-filter.ts'
import { oneOf, refuseWrongFilters } from '../filter-reader.ts'
import { type ListState, pagination, readList, sendCsv, sortHead, wantsCsv } from '../lists.ts'
import { directorySorts } from '../saved-lists.ts'
import { viewTabs } from '../view-tabs.ts'
import { accountCells, accountColumns, accountJson } from './json.ts'

const sorts = directorySorts.accounts

export async function list(request: FastifyRequest, reply: FastifyReply) {
  const { db } = request.server
  const t = translator(request.language)
  const state = readList(request, sorts, 'name', accountSortKeys)
  const parent = await readAccountFilter(db, state.filters, { id: 'parent_id', code: 'parent_code' })
  const errors: FieldError[] = []
  const filters = {
    words: state.filters.text('q'),
    archived: oneOf(state.filters, 'archived', ['on'], errors) === 'on',
    tax_treatment: oneOf(state.filters, 'tax_treatment', taxTreatments, errors),
    parent_id: parent.id,
  }
  refuseWrongFilters(request, errors)
  const sort = { by: sortOf(request, state, filters.words), direction: state.direction }
  if (wantsCsv(request)) {
    return sendCsv(request, reply, {
      file: 'accounts',
      columns: accountColumns,
      figures: [],
      keys: accountSortKeys,
      page: (page) => listAccounts(db, filters, sort, page),
      row: accountCells,
    })
  }
  const [page, total] = [await listAccounts(db, filters, sort, state), await countAccounts(db, filters)]
  if (wantsJson(request))
    return sendJson(reply, { items: page.rows.map(accountJson), next: page.next, total })
  return reply.page({
    view: 'accounts/list',
    title: t('accounts.title'),
    model: {
      viewTabs: await viewTabs(request, 'accounts', state.query),
      accounts: page.rows,
      total,
      state,
      filters,
      parent,
      treatments: taxTreatments.map((value) => ({ value, label: t(`accounts.tax_treatment.${value}`) })),
      errors: sayErrors(request, errors),
      values: {
        q: filters.words,
        archived: state.filters.text('archived'),
        tax_treatment: filters.tax_treatment ?? '',
        parent_code: parent.typed,
        parent_id: parent.account?.id ?? '',
      },
      heads: {
        code: sortHead(state, 'code', 'asc'),
        name: sortHead(state, 'name', 'asc'),
        city: sortHead(state, 'city', 'asc'),
      },
      pagination: pagination(state, page),
    },
  })
}

/** Record pickers ask in JSON and want the exact code first; whoever names a sort gets that. */
function sortOf(
  request: FastifyRequest,
  state: ListState<Exclude<AccountSort, 'match'>>,
  words: string,
): AccountSort {
  const sorted = new URL(request.url, 'http://localhost').searchParams.has('sort')
  return wantsJson(request) && words.trim() !== '' && !sorted ? 'match' : state.sort
}
