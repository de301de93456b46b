import { InvalidForm } from '../errors.ts'
import type { FieldError } from '../languages/catalog.ts'

/**
 * For `.catch` of a transaction: a violated constraint that a person's text caused becomes the mistake beside its field; anything
 * else is thrown on. Asking the database beforehand would leave the race between two people.
 */
export function mistakeOfConstraint(
  mistakes: Readonly<Record<string, FieldError>>,
): (error: unknown) => never {
  return (error) => {
    const constraint = constraintOf(error)
    const mistake = constraint === undefined ? undefined : mistakes[constraint]
    throw mistake === undefined ? error : new InvalidForm([mistake])
  }
}

/** The name of the constraint that PostgreSQL's error names. */
function constraintOf(error: unknown): string | undefined {
  return error instanceof Error && 'constraint' in error && typeof error.constraint === 'string'
    ? error.constraint
    : undefined
}
