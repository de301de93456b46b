import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import t from 'tap'
import { byteRange } from '../../../src/lib/byte-range.ts'
import { attachment, extensionOf, safeFileName } from '../../../src/lib/file-name.ts'
import { formatsIn } from '../../../src/lib/format.ts'
import { knownFile, offeredEndings } from '../../../src/services/uploaded-documents/document-types.ts'

/** A ZIP archive of files as they are, in their order. */
function zip(files: Readonly<Record<string, string>>): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, text] of Object.entries(files)) {
    const [path, content] = [Buffer.from(name), Buffer.from(text)]
    const sizes = Buffer.alloc(12)
    sizes.writeUInt32LE(crc32(content), 0)
    sizes.writeUInt32LE(content.length, 4)
    sizes.writeUInt32LE(content.length, 8)
    const length = Buffer.alloc(4)
    length.writeUInt16LE(path.length, 0)
    const head = Buffer.from('14000000000000000000', 'hex')
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    const local = Buffer.concat([Buffer.from('504b0304', 'hex'), head, sizes, length, path, content])
    directory.push(Buffer.concat([Buffer.from('504b01021400', 'hex'), head, sizes, length, place, path]))
    parts.push(local)
    offset += local.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('504b0506', 'hex')
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, listed, end])
}

function contentTypes(main: string): string {
  return `<?xml version="1.0"?><Types><Override PartName="/main.xml" ContentType="application/vnd.${main}+xml"/></Types>`
}

const docx = 'openxmlformats-officedocument.wordprocessingml.document'
const xlsx = 'openxmlformats-officedocument.spreadsheetml.sheet'
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)
const cfb = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)])
const pdf = Buffer.from('%PDF-1.7\n%\u00e2\u00e3\n1 0 obj\n%%EOF', 'latin1')

t.test(
  'what a file is comes from its content, and a name that says otherwise gets the true ending',
  async (t) => {
    const files: readonly [name: string, content: Buffer, became: string, type: string][] = [
      ['scan.pdf', pdf, 'scan.pdf', 'application/pdf'],
      ['SCAN.PDF', pdf, 'SCAN.PDF', 'application/pdf'],
      ['scan', pdf, 'scan.pdf', 'application/pdf'],
      ['scan.pdf', png, 'scan.pdf.png', 'image/png'],
      ['evil.html', png, 'evil.html.png', 'image/png'],
      ['prices.csv', Buffer.from('code;price\nCHAI;18,00\n'), 'prices.csv', 'text/csv'],
      ['cars.csv', Buffer.from('BMW;1\n'), 'cars.csv', 'text/csv'],
      ['note.txt', Buffer.from('MZ is a program, "MZ" is a text'), 'note.txt', 'text/plain'],
      ['été.txt', Buffer.from('d\u00e9j\u00e0 vu', 'latin1'), 'été.txt', 'text/plain'],
      ['excel.tsv', Buffer.from('\ufeffa\tb\r\n', 'utf16le'), 'excel.tsv', 'text/tab-separated-values'],
      ['mail.eml', Buffer.from('From: a@b.test\r\nSubject: x\r\n\r\nHello'), 'mail.eml', 'message/rfc822'],
      ['letter.doc', cfb, 'letter.doc', 'application/msword'],
      ['mail.msg', cfb, 'mail.msg', 'application/vnd.ms-outlook'],
      ['secret.xlsx', cfb, 'secret.xlsx', `application/vnd.${xlsx}`],
      ['all.zip', zip({ 'a.txt': 'a' }), 'all.zip', 'application/zip'],
      [
        'letter.docx',
        zip({ '[Content_Types].xml': contentTypes(`${docx}.main`), 'word/document.xml': '<a/>' }),
        'letter.docx',
        `application/vnd.${docx}`,
      ],
      [
        'late.xlsx',
        zip({ 'xl/workbook.xml': '<a/>', '[Content_Types].xml': contentTypes(`${xlsx}.main`) }),
        'late.xlsx',
        `application/vnd.${xlsx}`,
      ],
      [
        'text.odt',
        zip({ mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '<a/>' }),
        'text.odt',
        'application/vnd.oasis.opendocument.text',
      ],
    ]
    for (const [name, content, became, media_type] of files) {
      t.same(await knownFile(name, content), { name: became, media_type }, `${name} as ${became}`)
    }
  },
)

t.test(
  'programs, pages, scripts, macros and what nobody knows are not taken, whatever they are called',
  async (t) => {
    const macros = contentTypes('ms-excel.sheet.macroEnabled.main')
    const files: readonly [string, Buffer][] = [
      ['setup.exe', Buffer.concat([Buffer.from('MZ\x90\x00', 'latin1'), Buffer.alloc(200)])],
      ['invoice.pdf', Buffer.concat([Buffer.from('MZ\x90\x00', 'latin1'), Buffer.alloc(200)])],
      ['note.txt', Buffer.from('a\0b')],
      ['note.txt', Buffer.concat([Buffer.from('\ufeffa', 'utf16le'), Buffer.from([0x00])])],
      ['page.html', Buffer.from('<!doctype html><script>alert(1)</script>')],
      ['picture.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')],
      ['run.js', Buffer.from('alert(1)')],
      ['prices.pdf', Buffer.from('code;price\n')],
      ['what.bin', cfb],
      ['book.xlsm', zip({ '[Content_Types].xml': macros, 'xl/workbook.xml': '<a/>' })],
      ['program.jar', zip({ 'META-INF/MANIFEST.MF': 'Manifest-Version: 1.0' })],
      ['noise', Buffer.from(Array.from({ length: 300 }, (_, at) => (at * 7919) % 256))],
    ]
    for (const [name, content] of files) t.equal(await knownFile(name, content), undefined, name)
    t.ok(offeredEndings.includes('.pdf') && !offeredEndings.includes('.html'))
  },
)

t.test('a name is one that every machine takes', async (t) => {
  const names: readonly [typed: string, safe: string][] = [
    ['C:\\fakepath\\Order 12.pdf', 'Order 12.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['a\u202efdp.exe', 'afdp.exe'],
    ['line\r\nbreak\0.pdf', 'line break.pdf'],
    ['a:b?.pdf', 'a_b_.pdf'],
    ['con.txt', '_con.txt'],
    ['.hidden', 'hidden'],
    ['dots...', 'dots'],
    ['e\u0301te\u0301.pdf', 'été.pdf'],
    ['half \ud800 sign.txt', 'half \ufffd sign.txt'],
    ['///', ''],
  ]
  for (const [typed, safe] of names) t.equal(safeFileName(typed), safe, JSON.stringify(typed))
  const long = safeFileName(`${'é'.repeat(400)}.pdf`)
  t.equal([...long].length, 200)
  t.match(long, /é\.pdf$/, 'the ending stays')
  t.equal(extensionOf('a.TAR'), 'tar')
  t.equal(extensionOf('.pdf'), '')
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (typed) => {
      const safe = safeFileName(typed)
      return (
        !/[\p{Cc}\p{Cf}/\\]/u.test(safe) &&
        [...safe].length <= 201 &&
        !safe.startsWith('.') &&
        /^[\x20-\x7e]*$/.test(attachment(safe))
      )
    }),
  )
})

t.test('a header names the file twice, for old browsers and truly', async (t) => {
  t.equal(
    attachment('Été (1) "signé".pdf'),
    `attachment; filename="Ete (1) _signe_.pdf"; filename*=UTF-8''%C3%89t%C3%A9%20%281%29%20%22sign%C3%A9%22.pdf`,
  )
})

t.test('a part of a file is what the range says of it', async (t) => {
  const ranges = [
    [undefined, 'whole'],
    ['bytes=0-99', { start: 0, end: 100 }],
    ['bytes=150-', { start: 150, end: 200 }],
    ['bytes=150-999', { start: 150, end: 200 }],
    ['bytes=-50', { start: 150, end: 200 }],
    ['bytes=-500', { start: 0, end: 200 }],
    ['bytes=200-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=9-3', 'whole'],
    ['bytes=-', 'whole'],
    ['bytes=0-1,5-6', 'whole'],
    ['lines=1-2', 'whole'],
  ] as const
  for (const [header, range] of ranges) t.same(byteRange(header, 200), range, header ?? 'none')
})

t.test('sizes are written as the language does', async (t) => {
  const [en, fr] = [formatsIn('en'), formatsIn('fr')]
  t.same([en.fileSize(0), en.fileSize(20), en.fileSize(86_016)], ['0\u00a0KB', '1\u00a0KB', '84\u00a0KB'])
  t.same([en.fileSize(1_468_006), fr.fileSize(1_468_006)], ['1.4\u00a0MB', '1,4\u00a0Mo'])
})
