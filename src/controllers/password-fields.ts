import { InvalidForm } from '../errors.ts'
import type { Fields } from '../lib/fields.ts'
import { mistakesOfPassword } from '../services/users/password-form.ts'

/** Names of fields that are never shown again or kept: they hold secrets. */
export const secretFields = ['password', 'password_again', 'old_password'] as const

/** A new password, typed twice where the form has both fields; null where it was left empty. @throws InvalidForm */
export function passwordOf(fields: Fields): string | null {
  const password = fields.text('password')
  const again = fields.has('password_again') ? fields.text('password_again') : undefined
  if (password === '' && (again ?? '') === '') return null
  const mistakes = mistakesOfPassword(password, again)
  if (mistakes.length > 0) throw new InvalidForm(mistakes)
  return password
}

/** What may be shown again of a form. */
export function withoutSecrets(fields: Fields): Record<string, string> {
  return fields.without(...secretFields).values()
}
