import { readFileSync } from 'node:fs'

/** One SVG file with a symbol an icon, from Tabler's own files. Throws when a name is none of theirs. */
export function sprite(names: readonly string[]): string {
  const symbols = names.map((name) => {
    const filled = name.endsWith('-filled')
    const paint = filled
      ? 'fill="currentColor"'
      : 'fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"'
    return `<symbol id="${name}" viewBox="0 0 24 24" ${paint}>${shapes(name, filled)}</symbol>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`
}

function shapes(name: string, filled: boolean): string {
  const file = filled ? `filled/${name.slice(0, -'-filled'.length)}` : `outline/${name}`
  const svg = readFileSync(new URL(import.meta.resolve(`@tabler/icons/${file}.svg`)), 'utf8')
  return svg
    .slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>'))
    .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none" ?\/>/, '')
    .replace(/\s+/g, ' ')
    .replaceAll('> <', '><')
    .replaceAll(' />', '/>')
    .trim()
}
