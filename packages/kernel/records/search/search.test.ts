/** What is read out of the search box, what was meant by a mistyped word, and where what was found stands. */
import { describe, expect, it } from 'vitest'
import { dayReaderOf } from './days.ts'
import { excerptOf, marksIn } from './marks.ts'
import { closest, lettersWrong } from './spelling.ts'
import { digitsOf, termsOf } from './terms.ts'
import { periodNamed } from './vocabulary.ts'
import { readWritten } from './written.ts'

describe('what is written', () => {
  it.each([
    ['ana stage:won', 'ana', ['stage is won']],
    ['amount>=5000 ana amount<9', 'ana', ['amount gte 5000', 'amount lt 9']],
    ['-stage:won,lost', '', ['stage not won|lost']],
    ['-amount>5', '', ['amount lte 5']],
    ['"lead status":"not yet, maybe"', '', ['lead status is not yet, maybe']],
    ['stage:', '', ['stage is ']],
    ['"stage:won" x', 'stage:won x', []],
    ['http://a.example/b:c', 'http://a.example/b:c', []],
    ['12:30 o’clock', '12:30 o’clock', []],
    ['etapa:"cerrado gan', '', ['etapa is cerrado gan']],
  ])('%s', (text, words, conditions) => {
    const written = readWritten(text)
    expect(written.words).toBe(words)
    expect(
      written.conditions.map(({ name, comparison, values }) => `${name} ${comparison} ${values.join('|')}`),
    ).toEqual(conditions)
  })

  it('knows periods in both languages', () => {
    expect(periodNamed('this-week')).toEqual({ relative: 'thisWeek' })
    expect(periodNamed('Esta semana')).toEqual({ relative: 'thisWeek' })
    expect(periodNamed('last-7-days')).toEqual({ relative: 'lastNDays', n: 7 })
    expect(periodNamed('próximos-3-días')).toEqual({ relative: 'nextNDays', n: 3 })
    expect(periodNamed('whenever')).toBeUndefined()
  })
})

describe('terms', () => {
  it('take a phone number for one, however it is spaced', () => {
    for (const text of ['0412 345 678', '(04)12-345 678', '0412.345.678'])
      expect(termsOf(text)[0]?.forms[0]).toEqual(['0412345678'])
    expect(digitsOf('0061 (0)412 345')).toBe('61412345')
    expect(termsOf('room 12').map(({ forms }) => forms)).toEqual([[['room']], [['12']]])
  })
})

describe('days', () => {
  it.each([
    ['en', 'US', '03/05/1984', '1984-03-05'],
    ['en', 'GB', '03/05/1984', '1984-05-03'],
    ['de', undefined, '3.5.1984', '1984-05-03'],
    ['de-DE', 'US', '03.05.1984', '1984-05-03'],
    ['en', undefined, '1984-5-3', '1984-05-03'],
    ['en', 'GB', '3/5/84', undefined],
    ['en', 'GB', '0412-345-678', undefined],
  ])('%s in %s reads %s', (locale, country, text, day) => {
    expect(dayReaderOf({ locale, model: { country } as never })(text)).toBe(day)
  })

  it('are searched for beside what was typed', () => {
    const [term] = termsOf('03/05/1984', dayReaderOf({ locale: 'de', model: {} as never }))
    expect(term?.forms).toEqual([['1984-05-03'], ['03051984'], ['03/05/1984']])
  })
})

describe('spelling', () => {
  it.each([
    ['okafro', 'okafor', 1],
    ['gracia', 'garcia', 1],
    ['angstrm', 'angstrom', 1],
    ['fernan', 'fernandez', 0],
    ['zoe', 'ana', 3],
  ])('%s and %s differ by %i', (typed, word, wrong) => expect(lettersWrong(typed, word)).toBe(wrong))

  it('takes the nearest, and nothing far away', () => {
    expect(closest('garcai', ['garcia', 'garcias', 'gracia'])).toEqual(['garcia'])
    expect(closest('xxxx', ['okafor'])).toEqual([])
  })
})

describe('marks', () => {
  const marked = (text: string, parts: string[]) => marksIn(text, parts).map(({ from, to }) => text.slice(from, to))
  it('stand on what is shown, whatever folding made of it', () => {
    expect(marked('Zoë Ångström', ['angstrom'])).toEqual(['Ångström'])
    expect(marked('Zoe\u0301 Lee', ['zoe'])).toEqual(['Zoe\u0301'])
    expect(marked('+61 412 345 678', ['0412345'])).toEqual(['412 345'])
    expect(marked('banana', ['an', 'nan'])).toEqual(['anan'])
  })

  it('cut a long text around the first of them', () => {
    const text = `${'word '.repeat(60)}walnut ${'more '.repeat(60)}`
    const excerpt = excerptOf(text, ['walnut'])!
    expect(excerpt.text.length).toBeLessThan(130)
    expect(excerpt.marks.map(({ from, to }) => excerpt.text.slice(from, to))).toEqual(['walnut'])
  })
})
