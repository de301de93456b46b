/**
 * What a form posted: names and texts in their order, nothing interpreted, so that the same text can be shown again.
 * Nested names (`lines[3][quantity]`) stay names; `rows` groups them.
 */
export class Fields {
  readonly entries: readonly (readonly [string, string])[]
  readonly #last: ReadonlyMap<string, string>

  constructor(entries: Iterable<readonly [string, string]>) {
    this.entries = [...entries]
    this.#last = new Map(this.entries)
  }

  static parse(encoded: string): Fields {
    return new Fields(new URLSearchParams(encoded))
  }

  has(name: string): boolean {
    return this.#last.has(name)
  }

  /** The last text of a name, '' where there is none. */
  text(name: string): string {
    return this.#last.get(name) ?? ''
  }

  /** Every text of a name, in their order: `ids[]`. */
  all(name: string): string[] {
    return this.entries.filter(([key]) => key === name).map(([, value]) => value)
  }

  /** The rows of `prefix[INDEX][name]`, by ascending index; the index is kept, so that a mistake can name its field. */
  rows(prefix: string): { index: number; fields: Fields }[] {
    const grouped = new Map<number, [string, string][]>()
    for (const [key, value] of this.entries) {
      const match = rowName.exec(key)
      if (match?.[1] !== prefix) continue
      const index = Number(match[2])
      const row = grouped.get(index)
      const cell: [string, string] = [String(match[3]), value]
      if (row === undefined) grouped.set(index, [cell])
      else row.push(cell)
    }
    return [...grouped]
      .sort(([a], [b]) => a - b)
      .map(([index, entries]) => ({ index, fields: new Fields(entries) }))
  }

  /** The fields of `prefix[name]`, by name: `quantities[LINE_ID]`. */
  group(prefix: string): Map<string, string> {
    const found = new Map<string, string>()
    for (const [key, value] of this.entries) {
      if (key.startsWith(`${prefix}[`) && key.endsWith(']'))
        found.set(key.slice(prefix.length + 1, -1), value)
    }
    return found
  }

  /** Texts by name, for showing a form again. */
  values(): Record<string, string> {
    return Object.fromEntries(this.#last)
  }

  /** As a form would post it. */
  encoded(): string {
    return new URLSearchParams(
      this.entries.map(([name, value]): [string, string] => [name, value]),
    ).toString()
  }

  without(...names: string[]): Fields {
    return new Fields(this.entries.filter(([key]) => !names.includes(key)))
  }
}

const rowName = /^(\w+)\[(\d{1,6})\]\[(\w+)\]$/
