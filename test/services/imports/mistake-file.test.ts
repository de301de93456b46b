import t from 'tap'
import { readCsv } from '../../../src/services/imports/csv.ts'
import { type FoundMistake, mistakeFile } from '../../../src/services/imports/mistake-file.ts'

const file = (text: string | Buffer) => ({ name: 'a.csv', bytes: Buffer.from(text) })
const nameMissing: FoundMistake = { line: 3, column: 'name', message: { key: 'directory.name.missing' } }

t.test('a line with a mistake begins with its reason, every other cell stays as it was', async (t) => {
  const text = 'code,name,country\nA,One,FR\nB,,FR\n'
  t.equal(
    mistakeFile(file(text), [nameMissing], 'en'),
    '\ufefferror,code,name,country\r\n,A,One,FR\r\nname: Enter a name.,B,,FR\r\n',
  )
  t.equal(
    mistakeFile(file(text), [nameMissing], 'fr').split('\r\n')[2],
    'name\u00a0: Saisissez un nom.,B,,FR',
    'in the person’s language',
  )
})

t.test('quotes, empty lines and values over two lines come through untouched', async (t) => {
  const text = '\ufeffcode;name\r\n\r\nA;"One; ""1""\nmore"\r\nB; two \r\n'
  const made = mistakeFile(
    file(text),
    [
      { line: 3, column: null, message: { key: 'imports.quotes' } },
      { line: 5, column: 'name', message: { key: 'imports.twice', params: { code: 'a;b', line: 3 } } },
    ],
    'en',
  )
  t.match(made, ';A;"One; ""1""\nmore"\r\n')
  t.match(made, '"name: “a;b” stands on line 3 already.";B; two \r\n')
  const again = readCsv(file(made))
  t.same(
    again.rows.map(({ fields }) => fields.text('name')),
    ['One; "1"\nmore', ' two '],
  )
})

t.test('a reason never runs as a formula', async (t) => {
  const mistake: FoundMistake = {
    line: 2,
    column: null,
    message: { key: 'imports.email_taken', params: { email: '=HYPERLINK("http://x")' } },
  }
  t.match(mistakeFile(file('code\nA\n'), [mistake], 'en'), /\r\n"'=HYPERLINK\(""http:\/\/x""\) belongs/)
})

t.test('reasons of the last time give way to the new ones', async (t) => {
  const returned = '\ufeff"error",code,name\r\n"name: Enter, a ""name"".",A,One\r\n,B,\r\n'
  t.equal(
    mistakeFile(file(returned), [nameMissing], 'en'),
    '\ufefferror,code,name\r\n,A,One\r\nname: Enter a name.,B,\r\n',
  )
})

t.test('the copy is UTF-8, whatever the file is', async (t) => {
  const bytes = Buffer.from('code;name\nA;Soci\xe9t\xe9 d\x92\xcele\n', 'latin1')
  const made = mistakeFile({ name: 'a.csv', bytes, encoding: 'windows-1252' }, [], 'en')
  t.equal(made, '\ufefferror;code;name\r\n;A;Société d’Île\r\n')
})
