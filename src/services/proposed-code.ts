/**
 * A code from a name: its first six letters and digits in capitals, numbered where it is taken.
 *
 *     proposedCode('Blauer See Delikatessen', [])         → BLAUER
 *     proposedCode('Blauer See Delikatessen', ['BLAUER']) → BLAUER2
 */
export function proposedCode(name: string, taken: readonly string[]): string {
  const stem = stemOfCode(name)
  const used = new Set(taken.map((code) => code.toUpperCase()))
  if (!used.has(stem)) return stem
  let number = 2
  while (used.has(`${stem}${number}`)) number++
  return `${stem}${number}`
}

/** What the proposed code begins with; names without a Latin letter or a digit all give `NEW`. */
export function stemOfCode(name: string): string {
  const letters = name
    .normalize('NFD')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .slice(0, 6)
  return letters === '' ? 'NEW' : letters
}
