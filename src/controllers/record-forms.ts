import { z } from 'zod'
import type { Fields } from '../lib/fields.ts'
import { checkbox, parseFields, wholeNumber } from '../lib/form-schema.ts'
import { valid } from '../plugins/answers.ts'
import { textsOf } from '../plugins/conflicts.ts'

/** What the forms of all records that are kept (accounts, products, settings …) have in common. */

const versionSchema = z.object({ version: wholeNumber({ min: 1, max: 1_000_000_000 }) })
const archivalSchema = z.object({ archived: checkbox(), confirmed: checkbox() })

/** The version that the form was made from; null where a program leaves it out, and nothing is compared. @throws InvalidForm */
export function versionOf(fields: Fields): number | null {
  return valid(parseFields(versionSchema, fields)).version
}

/** Whether the record is to be archived or taken back, and whether somebody confirmed it where that is asked. */
export function archivalOf(fields: Fields): { archived: boolean; confirmed: boolean } {
  return valid(parseFields(archivalSchema, fields))
}

/** A record's columns as the texts of its form. */
export function textsOfRecord(record: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).flatMap(([field, value]) => textsOf(field, value)))
}

/**
 * The texts with the version that the form was made from. It stays through mistakes: with the record's newest instead, the next
 * save would go over somebody else's unseen.
 */
export function withVersion(
  values: Readonly<Record<string, string>>,
  record: { version: number } | undefined,
): Record<string, string> {
  return record === undefined ? values : { version: String(record.version), ...values }
}
