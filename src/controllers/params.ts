import type { FastifyRequest } from 'fastify'
import { NotFound } from '../errors.ts'
import { isUuid } from '../lib/form-schema.ts'

/** The `:id` of the address. @throws NotFound where it cannot be one */
export function idOf(request: FastifyRequest, name = 'id'): string {
  const params: unknown = request.params
  const id =
    typeof params === 'object' && params !== null
      ? Object.entries(params).find(([key]) => key === name)?.[1]
      : undefined
  if (typeof id !== 'string' || !isUuid(id)) throw new NotFound()
  return id.toLowerCase()
}
