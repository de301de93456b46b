import { z } from 'zod'
import { catalog, type Message, type SentenceKey } from '../../languages/catalog.ts'
import type { FileReading } from './read-files.ts'

/** What an import's row holds as JSON, read back. A sentence that an older version knew and this one does not becomes a general one. */

const message = z
  .object({
    key: z.string(),
    params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  })
  .transform(({ key, params }): Message => {
    if (!isSentenceKey(key)) return { key: 'form.wrong' }
    return params === undefined ? { key } : { key, params }
  })

const names = z.array(z.string())

const reading = z.object({
  part: z.enum(['main', 'lines']),
  encoding: z.enum(['UTF-8', 'UTF-16', 'Windows-1252']),
  delimiter: z.string(),
  rows: z.number(),
  columns: names,
  taken: names,
  not_taken: z.array(z.object({ name: z.string(), meant: z.string().nullable() })),
  missing: names,
  preview: z.array(z.object({ line: z.number(), values: names })),
})

export function readMessage(value: unknown): Message {
  return message.parse(value)
}

export function readMessages(value: unknown): Message[] {
  return z.array(message).parse(value)
}

/** What the last check found in the files. */
export function readReadings(value: unknown): FileReading[] {
  return z.array(reading).parse(value)
}

function isSentenceKey(key: string): key is SentenceKey {
  return Object.hasOwn(catalog, key)
}
