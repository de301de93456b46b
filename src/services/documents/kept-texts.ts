/** Reads the texts of what an invoice keeps as JSON: what it does not say is ''. An old invoice must stay readable. */
export function keptTexts(stored: unknown): (name: string) => string {
  const kept = new Map<string, unknown>(
    typeof stored === 'object' && stored !== null ? Object.entries(stored) : [],
  )
  return (name) => {
    const value = kept.get(name)
    return typeof value === 'string' ? value.trim() : ''
  }
}
