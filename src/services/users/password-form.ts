import type { FieldError } from '../../languages/catalog.ts'
import { longestPassword, shortestPassword } from './passwords.ts'

/** What is wrong with a new password and its repetition (undefined where the form asked for none). */
export function mistakesOfPassword(password: string, again: string | undefined): FieldError[] {
  const length = [...password].length
  if (length < shortestPassword || length > longestPassword) {
    const params = { min: shortestPassword, max: longestPassword }
    return [{ field: 'password', message: { key: 'users.password.short', params } }]
  }
  if (again !== undefined && again !== password)
    return [{ field: 'password_again', message: { key: 'users.password.differs' } }]
  return []
}
