import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type BankLine, listLeftLines, type listSettledLines, sumLeftLines } from '../../data/bank-lines.ts'
import type { BankStatement } from '../../data/bank-statements.ts'
import type { FieldError } from '../../languages/catalog.ts'
import { type Translate, translator } from '../../languages/translate.ts'
import { formatsIn } from '../../lib/format.ts'
import { isNegative, isZero, moneyText } from '../../lib/money.ts'
import { sayErrors, sendJson, wantsJson } from '../../plugins/answers.ts'
import { viewerOf } from '../../plugins/sessions.ts'
import { fieldOf } from '../../services/payments/confirm-lines.ts'
import type { Proposal } from '../../services/payments/match-statement.ts'
import { type ProposedLine, proposePayments } from '../../services/payments/propose-payments.ts'

/** So many lines stand on one page; those that are confirmed make room for the next. */
const mostLines = 100

type LeftPage = {
  /** The statement whose lines these are; absent: those of all. */
  statement: BankStatement | undefined
  settled: Awaited<ReturnType<typeof listSettledLines>>
  json: (lines: readonly ProposedLine[]) => object
  errors: readonly FieldError[]
  /** What was ticked and typed, where the form comes back. */
  typed?: {
    ticked: ReadonlySet<string>
    choices: ReadonlyMap<string, string>
    numbers: ReadonlyMap<string, string>
    key: string
  }
}

/** Lines that wait, each with what it is held to pay, in one form to confirm them. */
export async function leftLinesPage(request: FastifyRequest, reply: FastifyReply, page: LeftPage) {
  const { db } = request.server
  const { organisation_ids } = viewerOf(request)
  const t = translator(request.language)
  const formats = formatsIn(request.language)
  const { statement, typed } = page
  const all = await listLeftLines(db, organisation_ids, statement?.id, mostLines)
  const proposed = await proposePayments(db, all)
  if (wantsJson(request)) return sendJson(reply, page.json(proposed))
  const left = await sumLeftLines(db, organisation_ids, statement?.id)
  const currencies = new Set([...all, ...page.settled].map(({ currency }) => currency))
  return reply.page({
    view: 'payments/lines',
    title: statement?.name ?? t('bank.left.title'),
    model: {
      statement,
      crumbs: [
        { label: t('bank.title'), href: '/payments/imports' },
        { label: statement?.name ?? t('bank.left.title') },
      ],
      badge: {
        status: left.count === 0 ? 'paid' : 'due',
        word: left.count === 0 ? t('bank.done') : t('bank.unmatched'),
      },
      facts: [
        ...(statement === undefined
          ? []
          : [
              statement.organisation_name,
              ...(statement.first_date === null || statement.last_date === null
                ? []
                : [formats.dateRange(statement.first_date, statement.last_date)]),
              t('bank.lines.count', { count: statement.lines }),
            ]),
        t('bank.left.count', { count: left.count }),
      ],
      known:
        statement === undefined || statement.known === 0 ? '' : t('bank.known', { count: statement.known }),
      more: left.count > all.length ? t('bank.more', { shown: all.length, count: left.count }) : '',
      currency: currencies.size === 1 ? [...currencies][0] : undefined,
      key: typed?.key ?? randomUUID(),
      lines: proposed.map((each) => lineView(t, each, typed)),
      settled: page.settled.map((line) => ({
        ...line,
        word: t(
          line.dismissed_at !== null
            ? 'bank.state.dismissed'
            : isZero(line.left)
              ? 'bank.state.matched'
              : 'bank.state.partly',
        ),
        status: line.dismissed_at === null ? 'paid' : 'skipped',
        why:
          line.dismissed_at !== null && line.dismissed_by === null && isNegative(line.amount)
            ? t('bank.state.out')
            : line.dismissed_reason,
      })),
      errors: sayErrors(request, page.errors),
    },
  })
}

function lineView(t: Translate, { line, match, invoices }: ProposedLine, typed: LeftPage['typed']) {
  const money = (amount: string) => `${moneyText(amount, line.currency)} ${line.currency}`
  const named = { booked_date: line.booked_date, line_money: money(line.left) }
  const options = match.proposals.map((proposal) => ({
    value: choiceOf(proposal),
    label: labelOf(t, line, proposal, invoices),
    reason: t(`bank.reason.${proposal.reason}`),
    links: proposal.parts.flatMap(({ invoice_id }) => {
      const number = invoices.get(invoice_id)?.number
      return number === undefined ? [] : [{ href: `/invoices/${invoice_id}`, number }]
    }),
  }))
  const [best] = match.proposals
  const confidence = best?.confidence ?? 'none'
  const looks = { certain: 'succeeded', likely: 'approved', possible: 'planned', none: 'skipped' } as const
  return {
    ...line,
    tick: t('bank.tick', named),
    ticked: typed === undefined ? confidence === 'certain' : typed.ticked.has(line.id),
    badge: { status: looks[confidence], word: t(`bank.confidence.${confidence}`) },
    options,
    choice: typed?.choices.get(line.id) ?? options[0]?.value ?? '',
    choiceLabel: t('bank.choice.of', named),
    numbersName: fieldOf(line.id),
    numbers: typed?.numbers.get(line.id) ?? '',
    numbersLabel: t('bank.numbers.of', named),
    settled: match.settled.length === 0 ? '' : t('bank.settled', { numbers: match.settled.join(', ') }),
    dismissal: { href: `/payments/lines/${line.id}/dismissal`, label: t('bank.dismiss.of', named) },
  }
}

/** A proposal as the form sends it: each invoice with its amount, so that nobody confirms other figures than were shown. */
function choiceOf({ parts }: Proposal): string {
  return parts.map(({ invoice_id, amount }) => `${invoice_id}:${amount}`).join(' ')
}

function labelOf(
  t: Translate,
  line: BankLine,
  { parts, left }: Proposal,
  invoices: ProposedLine['invoices'],
): string {
  const money = (amount: string) => `${moneyText(amount, line.currency)} ${line.currency}`
  const shown = parts.map(({ invoice_id, amount }) => {
    const invoice = invoices.get(invoice_id)
    const open = invoice?.open ?? amount
    return t(moneyText(open, line.currency) === amount ? 'bank.part' : 'bank.part.rest', {
      number: invoice?.number ?? '',
      part_money: money(amount),
      open_money: money(open),
    })
  })
  return t('bank.option', {
    parts: shown.join(' + '),
    customer: invoices.get(parts[0]?.invoice_id ?? '')?.account_name ?? '',
    left: isZero(left) ? 'none' : 'some',
    left_money: money(left),
  })
}

export function lineJson({ line, match, invoices }: ProposedLine) {
  return {
    id: line.id,
    statement: { id: line.statement_id, name: line.statement_name },
    line: line.line,
    booked_date: line.booked_date,
    amount: moneyText(line.amount, line.currency),
    left: moneyText(line.left, line.currency),
    currency: line.currency,
    label: line.label,
    reference: line.reference,
    counterparty: line.counterparty,
    iban: line.iban,
    settled_numbers: match.settled,
    proposals: match.proposals.map((proposal) => ({
      choice: choiceOf(proposal),
      confidence: proposal.confidence,
      reason: proposal.reason,
      left: proposal.left,
      invoices: proposal.parts.map(({ invoice_id, amount }) => ({
        id: invoice_id,
        number: invoices.get(invoice_id)?.number ?? null,
        amount,
      })),
    })),
  }
}
