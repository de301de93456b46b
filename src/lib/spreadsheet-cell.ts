/** A cell that a spreadsheet would run as a formula, written as text (OWASP, CSV injection). Figures stay figures. */
export function harmlessCell(text: string): string {
  return /^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d ().,-]+$/.test(text) ? `'${text}` : text
}
