/** How long a name may be, with its ending: what every file system takes, even where a sign is four bytes. */
const longest = 200

/**
 * A name that somebody's machine gave a file, as it can be shown, stored and handed to any other machine: without the folders that
 * some browsers send too, without control characters and those that turn the direction of what follows, without the signs and names
 * that Windows keeps for itself, and not hidden. '' where nothing is left.
 *
 *     C:\fakepath\Order 12.pdf     Order 12.pdf
 *     ../../etc/passwd             passwd
 *     a\u202efdp.exe               afdp.exe
 *     a:b?.pdf                     a_b_.pdf
 *     con.txt                      _con.txt
 */
export function safeFileName(name: string): string {
  const plain = name
    .toWellFormed()
    .normalize('NFC')
    // As forms write quotation marks and line breaks in a name (HTML, multipart/form-data encoding).
    .replace(/%(?:22|0d|0a)/gi, (sign) => (sign === '%22' ? '"' : ' '))
    .replace(/^.*[\\/]/s, '')
    .replace(/\s+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/^[. ]+|[. ]+$/g, '')
  return shortened(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(plain) ? `_${plain}` : plain)
}

/** The part behind the last point, in small letters; '' where there is none. */
export function extensionOf(name: string): string {
  return /[^.]\.([^.\s]{1,10})$/u.exec(name)?.[1]?.toLowerCase() ?? ''
}

/** `Content-Disposition` of a file that a browser saves and never shows (RFC 6266): an ASCII name, and the true one beside it. */
export function attachment(name: string): string {
  return disposition('attachment', name)
}

/** The same of a file that a browser shows, and saves under this name. */
export function inline(name: string): string {
  return disposition('inline', name)
}

function disposition(kind: 'attachment' | 'inline', name: string): string {
  const ascii = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\w.() -]+/g, '_')
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded}`
}

/** Cut in the middle of its name, so that the ending stays; never in the middle of a sign. */
function shortened(name: string): string {
  const signs = [...name]
  if (signs.length <= longest) return name
  const ending = extensionOf(name)
  const tail = ending === '' ? [] : [...`.${ending}`]
  return [...signs.slice(0, longest - tail.length), ...tail].join('').replace(/ +\./, '.')
}
