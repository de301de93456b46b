import { isUtf8 } from 'node:buffer'
import { fileTypeFromBuffer } from 'file-type'
import { extensionOf } from '../../lib/file-name.ts'

/** What a file is by its content, and the name it can have: one whose ending says so. */
export type KnownFile = { name: string; media_type: string }

/**
 * What a file is, judged by its content; undefined where it is of no kind that is kept. Neither its name nor what the browser said is
 * believed: a name whose ending says something else gets the true one behind it. Only what content cannot tell apart is told by the
 * ending: kinds of text, and the kinds of the container that old Office files, messages of Outlook and encrypted Office files share.
 *
 *     scan.pdf          a PDF           scan.pdf, application/pdf
 *     scan.pdf          a picture       scan.pdf.png, image/png
 *     prices.csv        a text          prices.csv, text/csv
 *     prices.pdf        a text          nothing: of a text the ending has to say which
 *     letter.doc        a program       nothing
 */
export async function knownFile(name: string, content: Buffer): Promise<KnownFile | undefined> {
  const ending = extensionOf(name)
  const text = texts[ending]
  // First, since a text may begin like anything: "BMW" like a picture, "MZ" like a program.
  if (text !== undefined && isText(content)) return { name, media_type: text }
  const found = await fileTypeFromBuffer(content).catch(() => undefined)
  if (found === undefined) return undefined
  const contained = containers[found.mime]?.[ending]
  if (contained !== undefined) return { name, media_type: contained }
  const endings = byContent[found.mime]
  const [usual] = endings ?? []
  if (endings === undefined || usual === undefined) return undefined
  return { name: endings.includes(ending) ? name : `${name}.${usual}`, media_type: found.mime }
}

const office = 'application/vnd.openxmlformats-officedocument'
const openDocument = 'application/vnd.oasis.opendocument'

/** Kinds of text, by the ending of the name. None that a browser would run or show by itself. */
const texts: Readonly<Record<string, string>> = {
  txt: 'text/plain',
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  eml: 'message/rfc822',
}

/** What is known by its content, and the endings its name may have, the usual one first. */
const byContent: Readonly<Record<string, readonly string[]>> = {
  'application/pdf': ['pdf'],
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg', 'jpe', 'jfif'],
  'image/gif': ['gif'],
  'image/webp': ['webp'],
  'image/tiff': ['tiff', 'tif'],
  'image/heic': ['heic', 'heif'],
  'image/heif': ['heic', 'heif'],
  'image/avif': ['avif'],
  'application/rtf': ['rtf'],
  'application/zip': ['zip'],
  [`${office}.wordprocessingml.document`]: ['docx'],
  [`${office}.spreadsheetml.sheet`]: ['xlsx'],
  [`${office}.presentationml.presentation`]: ['pptx'],
  [`${openDocument}.text`]: ['odt'],
  [`${openDocument}.spreadsheet`]: ['ods'],
  [`${openDocument}.presentation`]: ['odp'],
}

/** Kinds that share a container with others, by the container and the ending of the name. */
const containers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'application/x-cfb': {
    doc: 'application/msword',
    xls: 'application/vnd.ms-excel',
    ppt: 'application/vnd.ms-powerpoint',
    msg: 'application/vnd.ms-outlook',
    // With a password.
    docx: `${office}.wordprocessingml.document`,
    xlsx: `${office}.spreadsheetml.sheet`,
    pptx: `${office}.presentationml.presentation`,
  },
}

/** What the file dialog offers; whoever chooses otherwise is told by the server. */
export const offeredEndings: readonly string[] = [
  ...Object.keys(texts),
  ...Object.values(byContent).flat(),
  ...Object.keys(containers['application/x-cfb'] ?? {}),
]
  .filter((ending, index, all) => all.indexOf(ending) === index)
  .map((ending) => `.${ending}`)

/** In UTF-8, UTF-16 with its mark, or an encoding of single bytes, without the control characters that no text has. */
function isText(content: Buffer): boolean {
  const mark = content.subarray(0, 2).toString('hex')
  if (mark === 'fffe' || mark === 'feff') return isUtf16(content, mark === 'fffe' ? 'utf-16le' : 'utf-16be')
  // A loop: megabytes go through it while others wait.
  for (let at = 0; at < content.length; at += 1) {
    const byte = content[at] ?? 0
    if (byte < 0x20 && (byte < 0x09 || byte > 0x0d) && byte !== 0x1b) return false
  }
  return isUtf8(content) || !content.includes(0x7f)
}

function isUtf16(content: Buffer, encoding: 'utf-16le' | 'utf-16be'): boolean {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(content)
    return !/\p{Cc}/u.test(text.replace(/[\t-\r]/g, ''))
  } catch {
    return false
  }
}
