import { insertAudit } from '../../data/audit.ts'
import { findBankLine, lockBankLines, setDismissal } from '../../data/bank-lines.ts'
import type { Database } from '../../data/database.ts'
import { InvalidForm, NotFound, Refused } from '../../errors.ts'
import { isZero, subtract } from '../../lib/money.ts'

/**
 * Sets a bank's line aside with a reason, or takes it back among those that wait. Saying it twice changes nothing.
 * @throws NotFound; InvalidForm without a reason; Refused where all of it is entered as payments
 */
export async function dismissLine(
  db: Database,
  user: { id: string; organisation_ids: readonly string[] },
  id: string,
  dismissal: { dismissed: boolean; reason: string },
): Promise<{ statement_id: string }> {
  return db.transaction().execute(async (trx) => {
    const known = await findBankLine(trx, id, user.organisation_ids)
    const [line] = known === undefined ? [] : await lockBankLines(trx, [id])
    if (line === undefined) throw new NotFound()
    const { dismissed, reason } = dismissal
    if (dismissed === (line.dismissed_at !== null)) return line
    if (dismissed && isZero(subtract(line.amount, line.matched)))
      throw new Refused([{ code: 'matched', message: { key: 'bank.line.matched' } }])
    if (dismissed && reason === '')
      throw new InvalidForm([{ field: 'reason', message: { key: 'bank.reason.missing' } }])
    await setDismissal(trx, id, dismissed ? { by: user.id, reason } : null)
    await insertAudit(trx, {
      by: { user_id: user.id },
      action: dismissed ? 'line_dismissed' : 'line_taken_back',
      subject_type: 'bank_statement',
      subject_id: line.statement_id,
      organisation_id: line.organisation_id,
      changes: { line: line.line, amount: line.amount, ...(dismissed ? { reason } : {}) },
    })
    return line
  })
}
