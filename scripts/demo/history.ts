import type { Database } from '../../src/data/database.ts'
import { backdate, type Moment, readClock } from '../../src/data/demo.ts'
import type { IsoDate } from '../../src/lib/dates.ts'

/**
 * When the past that is being made up happened. The product's services write the present; what each of them wrote is moved, at the
 * end, to the moment that was told here.
 */
export class History {
  readonly #db: Database
  readonly #moments: Moment[] = []
  #count = 0

  constructor(db: Database) {
    this.#db = db
  }

  /** What is written from now on, until the next call, happened on that day: between 7 and 16 o'clock UTC. Returns the instant. */
  async now(date: IsoDate): Promise<Date> {
    this.#count += 1
    const minute = (this.#count * 37) % 540
    const instant = new Date(Date.parse(`${date}T07:00:00Z`) + minute * 60_000 + (this.#count % 60) * 1000)
    this.#moments.push({ from: await readClock(this.#db), at: instant.toISOString() })
    return instant
  }

  /** Writes the dates. What is written from here on happens when it happens. */
  async tell(ownerDb: Database): Promise<void> {
    await backdate(ownerDb, this.#moments)
  }
}
