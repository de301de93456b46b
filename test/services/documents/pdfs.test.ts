import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'puppeteer'
import t from 'tap'
import { extractText, getDocumentProxy } from 'unpdf'
import type { WholeSource } from '../../../src/data/document-sources.ts'
import { launchChromium } from '../../../src/services/documents/chromium.ts'
import { documentHtml } from '../../../src/services/documents/document-html.ts'
import { openPdfMaker } from '../../../src/services/documents/pdf-maker.ts'
import { printedDocument } from '../../../src/services/documents/printed-document.ts'
import { printedHeading, printedLine, printedSource } from '../../support/printed.ts'

const launched: Browser[] = []
const maker = openPdfMaker({
  launch: async () => {
    const browser = await launchChromium({ warn: () => {} })
    launched.push(browser)
    return browser
  },
  timeout: 20_000,
})
t.teardown(() => maker.close())

/** The texts of the pages, with every kind of space as one, and the apostrophe for which Inter has the same glyph as for another. */
async function print(source: WholeSource): Promise<string[]> {
  return pagesOf(await maker.make(await documentHtml(printedDocument(source))))
}

async function pagesOf(pdf: Buffer): Promise<string[]> {
  const { text } = await extractText(new Uint8Array(pdf), { mergePages: false })
  return text.map((page) => page.replace(/\s+/gu, ' ').replaceAll('ʼ', '’').trim())
}

const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index))

t.test('an invoice in French says what the law and the customer want', async (t) => {
  const [page = '', ...more] = await print(
    printedSource({
      vat_point_code: '5',
      lines: [
        printedLine({ quantity: '12', discount_percent: '15', product_code: 'CHAI-250' }),
        printedLine({ description: 'Entretien', unit_code: 'HUR', tax_rate: '5.5', unit_price: '1234.5' }),
      ],
    }),
  )
  t.same(more, [])
  for (const words of [
    'Facture F-2026-0042',
    '1er avril 2026',
    '1er mai 2026',
    'Facturé à Chop-suey Chinese SARL 12 rue de la Paix 75002 Paris',
    'Période 1er–31 mars 2026',
    'Notre commande SO-2026-0123',
    'Votre référence PO-7781',
    'Votre SIREN 303 265 045',
    'Nature de l’opération Biens',
    'Réf. CHAI-250',
    '15 %',
    '183,60',
    '1 234,50',
    'Total HT 1 418,10 €',
    'TVA 5,5 % sur 1 234,50 € 67,90 €',
    'TVA 20 % sur 183,60 € 36,72 €',
    'Net à payer 1 522,72 €',
    '30 jours nets',
    'FR14 2004 1010 0505 0001 3M02 606',
    'Option pour le paiement de la taxe d’après les débits.',
    'Indemnité forfaitaire : 40 €.',
    'SAS au capital de 250 000 €',
    'SIRET 552 100 554 00013',
    'F-2026-0042 1/1',
  ])
    t.match(page, new RegExp(words.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')), words)
})

t.test(
  'an order is called order and asks for no money; a draft says on each page what it is not',
  async (t) => {
    const [order = ''] = await print(
      printedSource({ kind: 'order', number: 'SO-2026-0123', language: 'en-GB', due_date: null }),
    )
    t.match(order, /^.*Order SO-2026-0123/)
    t.notMatch(order, /Invoice|To pay|IBAN|Due date/)
    const draft = await print(
      printedSource({
        number: null,
        issued_at: null,
        language: 'de-DE',
        lines: times(60, () => printedLine()),
      }),
    )
    t.ok(draft.length > 1)
    for (const page of draft) t.match(page, /Draft, not an invoice/)
  },
)

t.test('a credit note names what it corrects and ends in what is credited', async (t) => {
  const references = [
    { number: 'F-2026-0042', document_date: '2026-04-01', kind: 'invoice' as const, gross: '21.60' },
  ]
  const lines = [printedLine({ quantity: '-1' })]
  const [page = ''] = await print(
    printedSource({ kind: 'credit_note', number: 'AV-2026-0003', language: 'en', references, lines }),
  )
  t.match(page, /Credit note AV-2026-0003/)
  t.match(page, /Corrects Invoice F-2026-0042 of 1 Apr 2026/)
  t.match(page, /Credited to you −€21\.60/)
  t.notMatch(page, /To pay|IBAN|Payment terms/)
})

t.test(
  'deposits taken off, a tax of nought with its reason, and the tax in the seller’s currency',
  async (t) => {
    const references = [
      { number: 'F-2026-0040', document_date: '2026-02-01', kind: 'deposit' as const, gross: '8.00' },
    ]
    const [last = ''] = await print(
      printedSource({ language: 'en', references, prepaid: '8.00', due: '13.60' }),
    )
    t.match(last, /Deposit invoice F-2026-0040 of 1 Feb 2026 −€8\.00/)
    t.match(last, /To pay €13\.60/)
    const [abroad = ''] = await print(
      printedSource({
        language: 'en',
        currency: 'USD',
        vat_currency: 'EUR',
        vat_currency_tax: '3.33',
        exchange_rate: '0.925000000',
        taxes: [
          { category: 'AE', rate: '0', base: '18.00', amount: '0.00', exemption_text: 'Reverse charge' },
        ],
      }),
    )
    t.match(abroad, /VAT 0% on US\$18\.00 Reverse charge US\$0\.00/)
    t.match(abroad, /VAT in EUR: €3\.33 \(USD 1 = EUR 0\.925\)/)
  },
)

t.test('200 lines: heads repeat, pages are counted, and no heading or total stands alone', async (t) => {
  const lines = times(200, (index) =>
    index % 9 === 0
      ? printedHeading('section', `Part ${index}`)
      : printedLine({ description: `Line ${index}\nwith a second one` }),
  )
  const pages = await print(printedSource({ language: 'en', lines }))
  t.ok(pages.length > 5)
  for (const [index, page] of pages.entries()) {
    t.match(page, `F-2026-0042 ${index + 1}/${pages.length}`)
    if (/Line \d/.test(page)) t.match(page, /Description Quantity Unit/, `page ${index + 1} has the heads`)
    t.notMatch(page, /Part \d+$/, `page ${index + 1} does not end in a heading`)
  }
  // However many lines there are, the totals come with one.
  for (const count of times(14, (index) => 12 + index)) {
    const made = await print(
      printedSource({
        language: 'en',
        lines: times(count, (n) => printedLine({ description: `Line ${n}\nwith a second one` })),
      }),
    )
    const totals = made.find((page) => page.includes('Total incl. VAT')) ?? ''
    t.match(totals, /Line \d+.*Net €.*Total incl\. VAT.*To pay/, `${count} lines`)
  }
})

t.test('it is tagged, has title, language and outline, and other scripts are written out', async (t) => {
  const subject = 'Ελληνικά Кириллица Łódź'
  const pdf = await maker.make(await documentHtml(printedDocument(printedSource({ subject }))))
  t.match((await pagesOf(pdf))[0], subject)
  const open = await getDocumentProxy(new Uint8Array(pdf))
  t.match(await open.getMarkInfo(), { Marked: true })
  t.match(await open.getMetadata(), { info: { Title: 'Facture F-2026-0042', Language: 'fr' } })
  t.match(await open.getOutline(), [{ title: 'Facture F-2026-0042' }])
  const tree = JSON.stringify(await (await open.getPage(1)).getStructTree())
  t.match(tree, /"role":"Table".*"role":"TH"/)
})

t.test('a sign that no font draws is a reason, never an empty box', async (t) => {
  const runic = '𐤀𒀀'
  await t.rejects(print(printedSource({ subject: runic })), { message: /^no_font:/ })
  t.match((await print(printedSource()))[0], /Facture/, 'the next document is made')
})

t.test('HTML in a description runs nothing and fetches nothing', async (t) => {
  let asked = 0
  const server = createServer((_, answer) => {
    asked += 1
    answer.end('hello')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  const address = server.address()
  const port = isAddress(address) ? address.port : 0
  const hostile = [
    `<img src="http://127.0.0.1:${port}/img">`,
    `<script>document.title = 'taken'; fetch('http://127.0.0.1:${port}/fetch')</script>`,
    `<iframe src="file:///etc/passwd"></iframe><object data="file:///etc/passwd"></object>`,
    `<iframe src="http://127.0.0.1:${port}/frame"></iframe>`,
    `<link rel="stylesheet" href="http://127.0.0.1:${port}/css"><style>@import "http://127.0.0.1:${port}/import";</style>`,
    `<p style="background: url(http://127.0.0.1:${port}/background)">styled</p>`,
  ].join('\n')
  const [page = ''] = await print(printedSource({ lines: [printedLine({ description: hostile })] }))
  t.match(page, /<img src="http.*<script>document\.title/, 'it is text')
  // Even where it were not escaped.
  const raw = await maker.make(`<!doctype html><title>raw</title><body>raw ${hostile}`)
  const [text = ''] = await pagesOf(raw)
  t.match(text, /raw/)
  t.notMatch(text, /root:|hello/)
  t.match(await (await getDocumentProxy(new Uint8Array(raw))).getMetadata(), { info: { Title: 'raw' } })
  t.equal(asked, 0)
})

t.test('text of the margins cannot leave its quotes', async (t) => {
  const seller = {
    name: 'A"; } body { display: none } "\\',
    country: 'FR',
    register_text: '</style><script>',
  }
  const [page = ''] = await print(printedSource({ seller }))
  t.match(page, /A"; } body { display: none } "\\ · <\/style><script>/)
  t.match(page, /Chop-suey/)
})

t.test('a browser that falls or hangs is replaced', async (t) => {
  const before = launched.length
  const long = `<!doctype html><title>x</title><body>${'<p>word</p>'.repeat(60_000)}`
  const falling = maker.make(long)
  const chromium = launched.at(-1)?.process()
  setTimeout(() => chromium?.kill('SIGKILL'), 100)
  await t.rejects(falling, { message: 'crashed' })
  t.match((await print(printedSource()))[0], /Facture/)
  t.equal(launched.length, before + 1)

  const impatient = openPdfMaker({ launch: async () => launchChromium({ warn: () => {} }), timeout: 300 })
  t.teardown(() => impatient.close())
  await t.rejects(impatient.make(long), { message: 'timed_out' })
})

function isAddress(address: string | AddressInfo | null): address is AddressInfo {
  return typeof address === 'object' && address !== null
}
