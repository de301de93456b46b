import { billing } from './billing.ts'
import { demo } from './demo.ts'
import type { Bench } from './frame.ts'
import { issue } from './issue.ts'
import { pages } from './pages.ts'
import { pdf } from './pdf.ts'

/** What `npm run bench` runs, in this order. */
export const benches: readonly Bench[] = [billing, issue, pages, pdf, demo]
