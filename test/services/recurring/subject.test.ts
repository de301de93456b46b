import t from 'tap'
import { say } from '../../../src/languages/translate.ts'
import { knownLanguage, subjectMistakes, subjectOn } from '../../../src/services/recurring/subject.ts'

const keys = (subject: string) => subjectMistakes(subject).map((mistake) => mistake.key)

t.test('every variable is filled in from the document date', async (t) => {
  t.equal(subjectOn('{YYYY} {YY} {MM} {MMM} {DD} {Q}', '2026-02-03', 'en-US'), '2026 26 02 February 03 1')
  t.equal(subjectOn('Maintenance Q{Q} {YY}', '2026-12-31', 'en-US'), 'Maintenance Q4 26')
  t.equal(subjectOn('Week of {DD}/{MM}/{YYYY}', '2026-01-04', 'en-US'), 'Week of 04/01/2026')
  t.equal(subjectOn('{YYYY}{YYYY}', '2026-01-04', 'en-US'), '20262026')
  t.equal(subjectOn('No variable', '2026-01-04', 'en-US'), 'No variable')
})

t.test("months are named in the customer's language, or in the one forced", async (t) => {
  const month = (subject: string, language: string) => subjectOn(subject, '2026-03-01', language)
  t.equal(month('Abonnement {MMM} {YYYY}', 'fr-FR'), 'Abonnement mars 2026')
  t.equal(month('Abonnement {MMM} {YYYY} {lang_en_us}', 'fr-FR'), 'Abonnement March 2026')
  t.equal(month('{lang_de_at} Abo {MMM}', 'fr-FR'), 'Abo März')
  t.equal(month('{MMM} {LANG_DE}', 'fr-FR'), 'März')
  t.equal(month('{MMM} {lang_ja_JP}', 'fr-FR'), '3月')
  t.equal(month('{MMM} {lang_cs_cz}', 'fr'), 'březen')
  t.equal(month('{MMM}{lang_zh_hant_tw}', 'fr'), '3月')
  for (const [language, name] of [
    ['fa-IR', 'مارس'],
    ['th-TH', 'มีนาคม'],
  ] as const) {
    t.equal(month('{MMM}', language), name, 'the Gregorian month, in languages with another calendar too')
  }
})

t.test('runs of white space become one space, ends are trimmed', async (t) => {
  t.equal(subjectOn('  Abo \t {lang_en_us}\n {MMM}  ', '2026-03-01', 'fr-FR'), 'Abo March')
  t.equal(subjectOn('a\u00a0\u202f b', '2026-03-01', 'fr-FR'), 'a b')
})

t.test('an unknown variable is named with those there are, in the language of the page', async (t) => {
  const [mistake, ...others] = subjectMistakes('Abonnement {MOIS} {MOIS} {YYYY}')
  t.equal(others.length, 0, 'once')
  if (mistake === undefined) return t.fail('no mistake')
  t.equal(say('en', mistake), '{MOIS} is not a variable. Use {YYYY}, {YY}, {MM}, {MMM}, {DD} or {Q}.')
  t.equal(
    say('fr', mistake),
    '{MOIS} n’est pas une variable. Utilisez {YYYY}, {YY}, {MM}, {MMM}, {DD} ou {Q}.',
  )
})

t.test('variables are in capitals, whole, and none of JavaScript', async (t) => {
  for (const name of [
    'yyyy',
    'Mmm',
    ' MMM ',
    '',
    'constructor',
    '__proto__',
    'toString',
    'language_fr',
    'MMMM',
    '0',
  ]) {
    t.strictSame(keys(`x {${name}}`), ['rules.subject.unknown_variable'], name)
  }
})

t.test('an unknown language is a mistake, its region too', async (t) => {
  for (const name of [
    'lang_xx_yy',
    'lang_en_qq',
    'lang_fr_en',
    'lang_',
    'lang_fr-FR',
    'lang_constructor',
    'lang_en_us_',
  ]) {
    t.strictSame(keys(`x {${name}}`), ['rules.subject.unknown_language'], name)
  }
  t.strictSame(keys('x {lang_en_us} {LANG_EN_US}'), [])
  t.strictSame(keys('x {lang_en_us} {lang_fr_fr}'), ['rules.subject.two_languages'])
})

t.test('a brace that belongs to no variable is a mistake', async (t) => {
  for (const subject of ['x {', 'x }', 'x {MMM', 'x MMM}', '{{MMM}}', '}{']) {
    t.strictSame(keys(subject), ['rules.subject.lone_brace'], subject)
  }
})

t.test('every mistake of a subject is named', async (t) => {
  t.strictSame(keys('{brace} {languages} {lang_xx_yy} {lang_fr} {lang_de} {'), [
    'rules.subject.unknown_variable',
    'rules.subject.unknown_variable',
    'rules.subject.unknown_language',
    'rules.subject.two_languages',
    'rules.subject.lone_brace',
  ])
})

t.test('a subject that would come out empty is missing', async (t) => {
  for (const subject of ['', '   ', '{lang_fr_fr}', ' {lang_fr_fr}\u00a0'])
    t.strictSame(keys(subject), ['rules.subject.missing'])
  t.strictSame(keys('{Q}'), [])
})

t.test('a subject with a mistake is never printed', async (t) => {
  t.throws(() => subjectOn('Abonnement {MOIS}', '2026-03-01', 'fr-FR'), RangeError)
})

t.test('known languages are those of ICU, in their own spelling', async (t) => {
  t.equal(knownLanguage('EN-us'), 'en-US')
  t.equal(knownLanguage('fr'), 'fr')
  for (const tag of ['xx', 'en_US', '', 'en-QQ', 'constructor', 'é'])
    t.equal(knownLanguage(tag), undefined, tag)
})
