import type { FieldType } from '@oneforge/kernel/metadata'
import {
  type DateOrder,
  readDate,
  readDateTime,
  readMoney,
  readNumber,
  readTime,
} from '@oneforge/kernel/metadata/values'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compiledField } from '../../../tests/fixtures/compiled-object.ts'
import { cellInput, composeCells, type Notation, NotationSurvey, notationOf } from './cells.ts'

const today = '2026-11-21'
const dmy = { order: 'DMY' as DateOrder, lastShortYear: 2046 }
const english: Notation = { dateOrder: 'MDY', decimalMark: '.' }

describe('dates', () => {
  it.each([
    '1980-02-03',
    '1980/2/3',
    '1980.02.03',
    '19800203',
    '03/02/1980',
    '3/2/1980',
    '3.2.80',
    '03-02-1980',
    '3 . 2 . 1980',
    '3 Feb 1980',
    '3-Feb-80',
    '3rd of February 1980',
    'February 3, 1980',
    'Feb 3rd 1980',
    'Sun, 3 Feb 1980',
    '3 de febrero de 1980',
    '3 feb. 1980',
    '3. Februar 1980',
    '3 février 1980',
    '29254',
    '1980-02-03 00:00:00',
    '1980-02-03T10:15:00Z',
    '03/02/1980 9:30 AM',
  ])('reads %s', (text) => {
    expect(readDate(text, dmy)).toBe('1980-02-03')
  })

  it.each(['31/02/1980', '1980', '13/13/1980', 'soon', '3 Foo 1980', '1/2', '1980-02-03 and more', '99999999'])(
    'does not take %s for one',
    (text) => expect(readDate(text, dmy)).toBeUndefined(),
  )

  it('reads ambiguous ones in the order of the column, and others by what they must be', () => {
    expect(readDate('03/02/1980', { ...dmy, order: 'MDY' })).toBe('1980-03-02')
    expect(readDate('31/12/1980', { ...dmy, order: 'MDY' })).toBe('1980-12-31')
    expect(readDate('12/31/1980', dmy)).toBe('1980-12-31')
  })

  it('never reads a birthday in the future', () => {
    const birthday = compiledField({ key: 'born', type: 'date', rules: { notAfter: 'today' } })
    const expiry = compiledField({ key: 'expires', type: 'date' })
    expect(cellInput(birthday, '31.12.30', english, today)).toBe('1930-12-31')
    expect(cellInput(expiry, '31.12.30', english, today)).toBe('2030-12-31')
    expect(cellInput(birthday, '31.12.26', english, today)).toBe('2026-12-31')
  })

  it('reads every day in every notation it is written in', () => {
    const days = fc.date({ min: new Date('1950-01-01'), max: new Date('2040-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(days, (date) => {
        const iso = date.toISOString().slice(0, 10)
        const [year, month, day] = iso.split('-') as [string, string, string]
        const named = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(date)
        const spanish = new Intl.DateTimeFormat('es', { dateStyle: 'long', timeZone: 'UTC' }).format(date)
        for (const text of [
          `${day}/${month}/${year}`,
          `${day}.${month}.${year}`,
          named,
          spanish,
          `${year}${month}${day}`,
        ]) {
          expect([text, readDate(text, dmy)]).toEqual([text, iso])
        }
        expect(readDate(`${Number(month)}/${Number(day)}/${year}`, { ...dmy, order: 'MDY' })).toBe(iso)
      }),
    )
  })
})

describe('times', () => {
  it.each([
    ['9:30', '09:30:00'],
    ['09:30:15', '09:30:15'],
    ['9.30 pm', '21:30:00'],
    ['12:05 a. m.', '00:05:00'],
    ['12 PM', '12:00:00'],
    ['14h30', '14:30:00'],
    ['25:00', undefined],
    ['13 pm', undefined],
    ['9', undefined],
  ])('reads %s', (text, time) => expect(readTime(text)).toBe(time))

  it('keeps time and zone of moments', () => {
    expect(readDateTime('31/12/2025 17:05', dmy)).toBe('2025-12-31T17:05:00')
    expect(readDateTime('2025-12-31T17:05:06.123+02:00', dmy)).toBe('2025-12-31T17:05:06+02:00')
    expect(readDateTime('45000.75', dmy)).toBe('2023-03-15T18:00:00')
    expect(readDateTime('3 Feb 2026', dmy)).toBe('2026-02-03T00:00:00')
  })
})

describe('numbers', () => {
  it.each([
    ['1234.5', '1234.5'],
    ['1,234.50', '1234.50'],
    ['1.234,50', '1234.50'],
    ['1 234,50', '1234.50'],
    ["1'234.50", '1234.50'],
    ['1.234.567', '1234567'],
    ['12,34,567.8', '1234567.8'],
    ['12,5', '12.5'],
    ['0,125', '0.125'],
    ['(1,234.50)', '-1234.50'],
    ['12-', '-12'],
    ['−3', '-3'],
    ['.5', '0.5'],
    ['1,2,3', undefined],
    ['1.2.3,4', undefined],
    ['abc', undefined],
    ['', undefined],
    ['-', undefined],
  ])('reads %s', (text, number) => expect(readNumber(text, '.')).toBe(number))

  it('reads ambiguous ones by the mark of the column', () => {
    expect(readNumber('1.234', '.')).toBe('1.234')
    expect(readNumber('1.234', ',')).toBe('1234')
    expect(readNumber('1,234', '.')).toBe('1234')
    expect(readNumber('1,234', ',')).toBe('1.234')
  })

  it.each([
    ['120', { amount: '120' }],
    ['$1,234.50', { amount: '1234.50' }],
    ['-$5', { amount: '-5' }],
    ['$-5', { amount: '-5' }],
    ['120,50 €', { amount: '120.50', currency: 'EUR' }],
    ['AUD 120', { amount: '120', currency: 'AUD' }],
    ['A$ 99.95', { amount: '99.95', currency: 'AUD' }],
    ['120.50 usd', { amount: '120.50', currency: 'USD' }],
    ['S/ 15', { amount: '15', currency: 'PEN' }],
    ['12 apples', undefined],
    ['free', undefined],
    ['$', undefined],
    ['EUR   1 234,50', { amount: '1234.50', currency: 'EUR' }],
  ])('reads the amount %s', (text, money) => expect(readMoney(text, '.')).toEqual(money))

  it('finds in no time that a long text is no amount', () => {
    const begun = performance.now()
    expect(readMoney(`x${' '.repeat(20_000)}1x1`, '.')).toBeUndefined()
    expect(readMoney(`${'1 x '.repeat(20_000)}1`, '.')).toBeUndefined()
    expect(performance.now() - begun).toBeLessThan(500)
  })
})

describe('how a column is written', () => {
  const decide = (type: FieldType, cells: string[], defaults = english) => {
    const survey = new NotationSurvey(type)
    for (const cell of cells) survey.observe(cell)
    return survey.decide(defaults)
  }
  const amounts = (cells: string[], type: FieldType = 'money', defaults = english) => {
    const { notation } = decide(type, cells, { ...defaults, thousands: true })
    const read = cells.map((cell) => cellInput(compiledField({ key: 'f', type }), cell, notation, today))
    return read.map((value) => (type === 'money' ? (value as { amount: string }).amount : value))
  }

  it('follows from a day above 12', () => {
    expect(decide('date', ['1/2/1980', '31/12/1980'])).toMatchObject({ dates: { order: 'DMY', source: 'content' } })
    expect(decide('date', ['1/2/1980', '12/31/1980'], { ...english, dateOrder: 'DMY' })).toMatchObject({
      dates: { order: 'MDY' },
    })
  })

  it('follows the workspace where the content does not tell, or contradicts itself evenly', () => {
    const usual = { dates: { order: 'MDY', source: 'locale' } }
    expect(decide('date', ['1/2/1980'])).toMatchObject(usual)
    expect(decide('date', ['31/12/1980', '12/31/1980'])).toMatchObject(usual)
  })

  it('follows from how decimals are written', () => {
    expect(decide('number', ['1.234', '12,5']).numbers).toMatchObject({
      decimalMark: ',',
      source: 'content',
      open: false,
    })
    expect(decide('number', ['1.234']).numbers).toMatchObject({ decimalMark: '.', source: 'locale', open: true })
    expect(decide('number', ['1234', '7']).numbers).toBeUndefined()
  })

  it('takes three digits of amounts and whole numbers for thousands, whatever else the column holds', () => {
    expect(amounts(['72.000', '85.000'])).toEqual(['72000', '85000'])
    expect(amounts(['$650,000', '480000', '1.200.000', '650000'])).toEqual(['650000', '480000', '1200000', '650000'])
    expect(amounts(['72.000', '12.50'])).toEqual(['72000', '12.50'])
    expect(amounts(['1.234', '2,002'], 'integer')).toEqual(['1234', '2002'])
  })

  it('takes them for decimals where the column has such, and in a workbook', () => {
    expect(amounts(['1.250', '0.125'])).toEqual(['1.250', '0.125'])
    const { notation } = decide('money', ['72.125'])
    expect(cellInput(compiledField({ key: 'f', type: 'money' }), '72.125', notation, today)).toEqual({
      amount: '72.125',
    })
  })

  it('follows the person who says how numbers are written', () => {
    const survey = new NotationSurvey('money')
    survey.observe('72.000')
    const { notation, numbers } = survey.decide({ ...english, thousands: true }, { decimalMark: '.' })
    expect(numbers).toEqual({ decimalMark: '.', source: 'chosen', thousands: false, open: false })
    expect(cellInput(compiledField({ key: 'f', type: 'money' }), '72.000', notation, today)).toEqual({
      amount: '72.000',
    })
  })

  it('is known for languages and regions', () => {
    expect(notationOf('en-US')).toEqual({ dateOrder: 'MDY', decimalMark: '.' })
    expect(notationOf('en-AU')).toEqual({ dateOrder: 'DMY', decimalMark: '.' })
    expect(notationOf('es')).toEqual({ dateOrder: 'DMY', decimalMark: ',' })
    expect(notationOf('es-MX')).toEqual({ dateOrder: 'DMY', decimalMark: '.' })
  })
})

describe('cells by type', () => {
  const colours = ['Red', 'Green, dark', 'Blue'].map((value) => ({ value: value.toLowerCase(), label: { en: value } }))
  const read = (type: Parameters<typeof compiledField>[0]['type'], text: string, more = {}) =>
    cellInput(compiledField({ key: 'f', type, ...more }), text, english, today)

  it.each([
    ['boolean', 'Sí', true],
    ['boolean', 'x', true],
    ['boolean', 'NO', false],
    ['boolean', 'perhaps', 'perhaps'],
    ['tags', 'a; b|c, d', ['a', 'b', 'c', 'd']],
    ['percent', '12.5 %', '12.5'],
    ['duration', '1:30', 90],
    ['duration', '1 h 30 min', 90],
    ['duration', '1.5h', 90],
    ['duration', '45 min', 45],
    ['duration', '45', '45'],
    ['email', 'Ana Ruiz <ana@example.com>', 'ana@example.com'],
    ['email', 'mailto:ana@example.com', 'ana@example.com'],
    ['text', ' two\nlines ', 'two lines'],
    ['text', "'=SUM(A1)", '=SUM(A1)'],
    ['text', "O'Neill", "O'Neill"],
    ['phone', "'+61 400 000 000", '+61 400 000 000'],
    ['longtext', 'two\nlines', 'two\nlines'],
    ['json', '{"a":1}', { a: 1 }],
    ['text', '   ', undefined],
  ] as const)('reads %s %j', (type, text, input) => expect(read(type, text)).toEqual(input))

  it('cuts options at commas unless one of them has it in its name', () => {
    expect(read('multiselect', 'Red, Blue', { options: colours })).toEqual(['Red', 'Blue'])
    expect(read('multiselect', 'Green, dark', { options: colours })).toEqual(['Green, dark'])
    expect(read('multiselect', 'Red; Green, dark', { options: colours })).toEqual(['Red', 'Green, dark'])
  })

  it('puts addresses and names together', () => {
    const address = compiledField({ key: 'address', type: 'address' })
    expect(composeCells(address, ['1 High St', 'Perth', ''], ['street', 'city', 'country'])).toEqual({
      street: '1 High St',
      city: 'Perth',
    })
    expect(
      composeCells(compiledField({ key: 'n', type: 'text' }), ['Ana', '', 'Ruiz'], [undefined, undefined, undefined]),
    ).toBe('Ana Ruiz')
  })
})
