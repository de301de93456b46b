const tails = new Map<string, Promise<unknown>>()

/**
 * Acts when everything that was asked for earlier under any of the keys has ended: what one attempt leaves, the next one sees. In this
 * process alone, so that nobody holds a connection of the database while they wait.
 */
export function inTurn<T>(keys: readonly string[], act: () => Promise<T>): Promise<T> {
  const acting = Promise.allSettled(keys.map((key) => tails.get(key))).then(act)
  const tail = acting
    .catch(() => undefined)
    .then(() => {
      for (const key of keys) if (tails.get(key) === tail) tails.delete(key)
    })
  for (const key of keys) tails.set(key, tail)
  return acting
}
