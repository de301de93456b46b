/** Chance that repeats itself: the same seed gives the same sequence (mulberry32). */
export type Chance = {
  /** A whole number from `least` to `most`. */
  whole(least: number, most: number): number
  /** One of them. */
  pick<T>(of: readonly T[]): T
  /** So many different ones, in their order. */
  some<T>(of: readonly T[], count: number): T[]
  /** True so often in a hundred. */
  percent(share: number): boolean
}

export function chance(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const whole = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  const pick = <T>(of: readonly T[]): T => {
    const one = of[whole(0, of.length - 1)]
    if (one === undefined) throw new RangeError('There is nothing to pick from')
    return one
  }
  return {
    whole,
    pick,
    some: (of, count) => {
      const places = new Set<number>()
      while (places.size < Math.min(count, of.length)) places.add(whole(0, of.length - 1))
      return of.filter((_, place) => places.has(place))
    },
    percent: (share) => next() * 100 < share,
  }
}
