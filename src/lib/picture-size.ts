/** A picture's width and height in pixels. */
export type PictureSize = { width: number; height: number }

/**
 * The size that a PNG or a JPEG says it has (PNG, ISO/IEC 15948, 11.2.2; JPEG, ITU-T T.81, B.2.2), read without unpacking it: a file of
 * a hundred kilobytes may hold a billion pixels. Undefined where it is neither, or cut short.
 */
export function pictureSize(content: Buffer): PictureSize | undefined {
  return sizeOfPng(content) ?? sizeOfJpeg(content)
}

const pngStart = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

function sizeOfPng(content: Buffer): PictureSize | undefined {
  if (content.length < 33 || !content.subarray(0, 8).equals(pngStart)) return undefined
  if (content.toString('latin1', 12, 16) !== 'IHDR' || !content.includes('IEND', 33)) return undefined
  return { width: content.readUInt32BE(16), height: content.readUInt32BE(20) }
}

function sizeOfJpeg(content: Buffer): PictureSize | undefined {
  if (content.length < 4 || content.readUInt16BE(0) !== 0xffd8 || !content.includes(endOfJpeg))
    return undefined
  let at = 2
  while (at + 9 <= content.length) {
    const [sign, marker] = [content[at], content[at + 1] ?? 0]
    if (sign !== 0xff) return undefined
    if (marker === 0xff) at += 1
    else if (isFrame(marker))
      return { width: content.readUInt16BE(at + 7), height: content.readUInt16BE(at + 5) }
    else at += 2 + content.readUInt16BE(at + 2)
  }
  return undefined
}

const endOfJpeg = Buffer.from([0xff, 0xd9])

/** SOF0 to SOF15, but for the tables and the arithmetic coding that stand among them. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
}
