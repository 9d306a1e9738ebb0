import { describe, expect, it } from 'vitest'
import { dateOrderOf, datePattern } from './datePatterns.ts'
import { fromWallClock, parseDate, parseDateAndTime, parseTime, toWallClock } from './dates.ts'
import { formatDuration, parseDuration } from './duration.ts'
import { problemText } from './problemText.ts'

const today = new Date('2026-06-15T12:00:00Z')

describe('dateOrderOf', () => {
  it.each([
    ['en-US', 'MDY'],
    ['en-AU', 'DMY'],
    ['es', 'DMY'],
    ['sv', 'YMD'],
  ])('%s writes %s', (locale, order) => {
    expect(dateOrderOf(locale)).toBe(order)
  })
})

describe('parseDate', () => {
  it.each([
    ['3/4/2026', 'en-GB', '2026-04-03'],
    ['3/4/2026', 'en-US', '2026-03-04'],
    ['3.4.26', 'en-GB', '2026-04-03'],
    ['3-4', 'en-GB', '2026-04-03'],
    ['2026-04-03', 'en-US', '2026-04-03'],
    ['03042026', 'en-GB', '2026-04-03'],
    ['1/2/51', 'en-GB', '1951-02-01'],
    ['31/2/2026', 'en-GB', null],
    ['soon', 'en-GB', null],
    ['tomorrow', 'en-GB', '2026-06-16'],
    ['Mon', 'en-GB', '2026-06-22'],
    ['5 March', 'en-GB', '2026-03-05'],
    ['Oct 9, 2027', 'en-US', '2027-10-09'],
    ['morgen', 'de', '2026-06-16'],
    ['übermorgen', 'de', '2026-06-17'],
    ['in 3 Tagen', 'de', '2026-06-18'],
    ['Fr', 'de', '2026-06-19'],
    ['3. März 2027', 'de', '2027-03-03'],
    ['mañana', 'es', '2026-06-16'],
    ['miercoles', 'es', '2026-06-17'],
    ['5 de marzo', 'es', '2026-03-05'],
    ['tomorrow', 'es', '2026-06-16'],
  ] as const)('%s in %s is %s', (text, locale, expected) => {
    expect(parseDate(text, { locale, timeZone: 'UTC' }, today)).toBe(expected)
  })
})

describe('parseTime', () => {
  it.each([
    ['9', '09:00'],
    ['930', '09:30'],
    ['14.15', '14:15'],
    ['2pm', '14:00'],
    ['12 am', '00:00'],
    ['25:00', null],
    ['9:75', null],
    ['9 Uhr', '09:00'],
  ])('%s is %s', (text, expected) => {
    expect(parseTime(text)).toBe(expected)
  })
})

describe('parseDateAndTime', () => {
  it.each([
    ['3/4/2026 14:30', 'en-GB', '2026-04-03 14:30'],
    ['3/4/2026 9am', 'en-GB', '2026-04-03 09:00'],
    ['3/4 9', 'en-GB', '2026-04-03 09:00'],
    ['2026-04-03T14:30', 'en-GB', '2026-04-03 14:30'],
    ['3/4/2026', 'en-GB', '2026-04-03 00:00'],
    ['5 March 2026', 'en-GB', '2026-03-05 00:00'],
    ['tomorrow at 9:30', 'en-GB', '2026-06-16 09:30'],
    ['2 pm', 'en-GB', '2026-06-15 14:00'],
    ['9:30', 'de', '2026-06-15 09:30'],
    ['morgen um 9:30 Uhr', 'de', '2026-06-16 09:30'],
    ['Mo 14', 'de', '2026-06-22 14:00'],
    ['mañana a las 9', 'es', '2026-06-16 09:00'],
    ['3/4/2026 noon', 'en-GB', null],
  ])('%s in %s is %s', (text, locale, expected) => {
    expect(parseDateAndTime(text, { locale, timeZone: 'UTC' }, today)).toBe(expected)
  })
})

it.each([
  ['de', 'DD.MM.YYYY'],
  ['en-GB', 'DD/MM/YYYY'],
  ['en-US', 'MM/DD/YYYY'],
  ['es', 'DD/MM/YYYY'],
  ['sv', 'YYYY-MM-DD'],
])('%s writes days as %s', (locale, pattern) => {
  expect(datePattern(locale)).toBe(pattern)
})

describe('wall clock', () => {
  it('goes to UTC and back over summer time', () => {
    expect(fromWallClock('2026-01-10 09:00', 'Europe/Madrid')).toBe('2026-01-10T08:00:00.000Z')
    expect(fromWallClock('2026-07-10 09:00', 'Europe/Madrid')).toBe('2026-07-10T07:00:00.000Z')
    expect(toWallClock('2026-07-10T07:00:00Z', 'Europe/Madrid')).toBe('2026-07-10 09:00:00')
    expect(fromWallClock('0001-01-01 00:00', 'Europe/Madrid')).toBe('0001-01-01T00:14:44.000Z')
    expect(toWallClock('0001-01-01T00:14:44Z', 'Europe/Madrid')).toBe('0001-01-01 00:00:00')
    expect(fromWallClock('9999-12-31 23:59', 'Europe/Madrid')).toBe('9999-12-31T22:59:00.000Z')
  })
})

describe('durations', () => {
  it.each([
    ['90', 90],
    ['1:30', 90],
    ['1h30', 90],
    ['1 h 30 min', 90],
    ['1,5 h', 90],
    ['45m', 45],
    ['a while', null],
    ['', null],
  ])('%s is %s minutes', (text, minutes) => {
    expect(parseDuration(text)).toBe(minutes)
  })

  it('reads what it writes', () => {
    for (const minutes of [0, 5, 60, 90, 1441]) expect(parseDuration(formatDuration(minutes))).toBe(minutes)
  })
})

it.each([
  ['must not be after 2026-11-21', 'de', 'Must not be after 21.11.2026.'],
  ['Say why', 'en-GB', 'Say why'],
])('tells “%s” in %s as a sentence', (message, locale, sentence) => {
  expect(problemText(message, locale)).toBe(sentence)
})
