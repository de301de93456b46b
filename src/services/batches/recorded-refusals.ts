import { z } from 'zod'
import type { Refusal } from '../../errors.ts'
import { catalog, type SentenceKey } from '../../languages/catalog.ts'

const recorded = z.array(
  z.object({
    code: z.string(),
    message: z.object({
      key: z.string(),
      params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    }),
  }),
)

/** The reasons as a receipt holds them. A sentence that an older version knew and this one does not becomes a general one. */
export function readRefusals(value: unknown): Refusal[] {
  const parsed = recorded.safeParse(value)
  if (!parsed.success) return []
  return parsed.data.map(({ code, message: { key, params } }) =>
    isSentenceKey(key)
      ? { code, message: { key, ...(params === undefined ? {} : { params }) } }
      : { code, message: { key: 'batches.refused.before' } },
  )
}

function isSentenceKey(key: string): key is SentenceKey {
  return Object.hasOwn(catalog, key)
}
