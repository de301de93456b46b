import type { Answer } from './web.ts'

/** The fields of a document's form with what they hold, as a browser would post them. */
export function fieldsOf(page: Answer): Map<string, string> {
  const form =
    /<form id="order-form"[\s\S]*?<\/form>/
      .exec(page.body)?.[0]
      .replace(/<template[\s\S]*?<\/template>/g, '') ?? ''
  const fields = new Map<string, string>()
  const decode = (text: string) =>
    text
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&')
  for (const [tag] of form.matchAll(
    /<input[^>]*>|<textarea[\s\S]*?<\/textarea>|<select[\s\S]*?<\/select>/g,
  )) {
    const name = / name="([^"]*)"/.exec(tag)?.[1]
    if (name === undefined || name === '_csrf') continue
    if (/type="radio"/.test(tag) && !/ checked/.test(tag)) continue
    const selected =
      /<option value="([^"]*)" selected>/.exec(tag)?.[1] ?? /<option value="([^"]*)">/.exec(tag)?.[1]
    const text = tag.startsWith('<textarea')
      ? /<textarea[^>]*>\n?([\s\S]*?)<\/textarea>/.exec(tag)?.[1]
      : tag.startsWith('<select')
        ? selected
        : / value="([^"]*)"/.exec(tag)?.[1]
    fields.set(name, decode(text ?? ''))
  }
  return fields
}
