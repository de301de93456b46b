/**
 * A number of a series: `{YYYY}` is the year of the document's date, `{number}` the counter with at least four digits.
 *
 *     SO-{YYYY}-{number}      2026, 7        SO-2026-0007
 *     SO-AN-{YYYY}-{number}   2026, 12345    SO-AN-2026-12345
 */
export function formatNumber(format: string, year: number, number: number): string {
  return format
    .replaceAll('{YYYY}', String(year).padStart(4, '0'))
    .replaceAll('{number}', String(number).padStart(4, '0'))
}

/** The format of a first series; where there are several organisations, the code tells their numbers apart. */
export function presetFormat(prefix: string, organisationCode: string): string {
  return [prefix, organisationCode, '{YYYY}', '{number}'].filter((part) => part !== '').join('-')
}
