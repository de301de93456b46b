import t from 'tap'
import { pictureSize } from '../../src/lib/picture-size.ts'

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

t.test('a PNG says its size, and one that is cut short says nothing', async (t) => {
  t.same(pictureSize(png), { width: 1, height: 1 })
  const huge = Buffer.from(png)
  huge.writeUInt32BE(30_000, 16)
  huge.writeUInt32BE(20_000, 20)
  t.same(pictureSize(huge), { width: 30_000, height: 20_000 })
  for (let length = 0; length < png.length - 8; length += 1)
    t.equal(pictureSize(png.subarray(0, length)), undefined)
})

t.test('a JPEG says its size, after other segments and filling', async (t) => {
  const comment = [0xff, 0xfe, 0, 4, 0xff, 0xc0]
  const frame = [0xff, 0xff, 0xc2, 0, 11, 8, 0x01, 0x02, 0x03, 0x04, 1, 1, 0x11, 0]
  const jpeg = Buffer.from([0xff, 0xd8, ...comment, ...frame, 0xff, 0xd9])
  t.same(pictureSize(jpeg), { width: 0x0304, height: 0x0102 })
  for (let length = 0; length < jpeg.length; length += 1)
    t.equal(pictureSize(jpeg.subarray(0, length)), undefined)
  t.equal(pictureSize(Buffer.from([0xff, 0xd8, 0xff, 0xfe, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xd9])), undefined)
  t.equal(pictureSize(Buffer.from('GIF89a')), undefined)
})
