/**
 * Whether a text is a GTIN (BT-157): 8, 12, 13 or 14 digits of which the last checks the others (GS1 General Specifications, 7.9).
 *
 *     4006381333931   yes
 *     4006381333932   no, the check digit would be 1
 */
export function isGtin(text: string): boolean {
  if (!/^(\d{8}|\d{12,14})$/.test(text)) return false
  const digits = [...text].map(Number).reverse()
  const sum = digits.reduce((soFar, digit, index) => soFar + digit * (index % 2 === 0 ? 1 : 3), 0)
  return sum % 10 === 0
}
