import { differences, insertAudit } from '../../data/audit.ts'
import type { Database, Trx } from '../../data/database.ts'
import {
  insertTaxRate,
  isTaxRateUsed,
  lockTaxRate,
  mapTaxRates,
  updateTaxRate,
} from '../../data/tax-rates.ts'
import { InvalidForm, NotFound } from '../../errors.ts'
import type { FieldError } from '../../languages/catalog.ts'
import { compare, plainDecimal } from '../../lib/money.ts'
import { mistakeOfConstraint } from '../constraint-mistakes.ts'
import { refuseSaveOverAnother } from '../saved-by-another.ts'
import { mistakesOfSuccession, mistakesOfTaxRate, type TaxRateForm, withPresetCode } from './tax-rate.ts'

/** Makes a tax rate. @throws InvalidForm where its fields contradict each other, or its code is taken */
export async function createTaxRate(db: Database, userId: string, typed: TaxRateForm): Promise<string> {
  const form = withPresetCode(typed)
  return db
    .transaction()
    .execute(async (trx) => {
      refuse([...mistakesOfTaxRate(form), ...(await mistakesWithOthers(trx, undefined, form))])
      const id = await insertTaxRate(trx, form)
      await insertAudit(trx, {
        by: { user_id: userId },
        action: 'created',
        subject_type: 'tax_rate',
        subject_id: id,
      })
      return id
    })
    .catch(codeTaken(form))
}

/**
 * Saves a tax rate. One that documents use keeps its figure and its category: it is ended, and a successor named.
 * @throws InvalidForm, NotFound
 */
export async function saveTaxRate(
  db: Database,
  userId: string,
  id: string,
  change: { form: TaxRateForm; version: number | null },
): Promise<void> {
  const form = withPresetCode(change.form)
  await db
    .transaction()
    .execute(async (trx) => {
      const before = await lockTaxRate(trx, id)
      if (before === undefined) throw new NotFound()
      const recorded = { ...before, rate: plainDecimal(before.rate) }
      await refuseSaveOverAnother(trx, { type: 'tax_rate', id }, recorded, { version: change.version, form })
      const errors = [...mistakesOfTaxRate(form), ...(await mistakesWithOthers(trx, id, form))]
      const other = form.category !== before.category || compare(form.rate, before.rate) !== 0
      if (other && (await isTaxRateUsed(trx, id)))
        errors.unshift({
          field: form.category === before.category ? 'rate' : 'category',
          message: { key: 'tax_rates.used' },
        })
      refuse(errors)
      await updateTaxRate(trx, id, form)
      await insertAudit(trx, {
        by: { user_id: userId },
        action: 'updated',
        subject_type: 'tax_rate',
        subject_id: id,
        changes: differences(recorded, form),
      })
    })
    .catch(codeTaken(form))
}

async function mistakesWithOthers(
  trx: Trx,
  id: string | undefined,
  form: TaxRateForm,
): Promise<FieldError[]> {
  return form.successor_id === null ? [] : mistakesOfSuccession(id, form, await mapTaxRates(trx))
}

function refuse(errors: FieldError[]): void {
  if (errors.length > 0) throw new InvalidForm(errors)
}

function codeTaken(form: TaxRateForm) {
  return mistakeOfConstraint({
    tax_rates_code_unique: {
      field: 'code',
      message: { key: 'directory.code.taken', params: { code: form.code } },
    },
  })
}
