import { describe, expect, it } from 'vitest'
import { dateOrderOf, fromWallClock, parseDate, parseDateAndTime, parseTime, toWallClock } from './dates.ts'
import { formatDuration, parseDuration } from './duration.ts'

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
    ['3/4/2026', 'DMY', '2026-04-03'],
    ['3/4/2026', 'MDY', '2026-03-04'],
    ['3.4.26', 'DMY', '2026-04-03'],
    ['3-4', 'DMY', '2026-04-03'],
    ['2026-04-03', 'MDY', '2026-04-03'],
    ['03042026', 'DMY', '2026-04-03'],
    ['1/2/51', 'DMY', '1951-02-01'],
    ['31/2/2026', 'DMY', null],
    ['soon', 'DMY', null],
  ] as const)('%s in %s is %s', (text, order, expected) => {
    expect(parseDate(text, order, today)).toBe(expected)
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
  ])('%s is %s', (text, expected) => {
    expect(parseTime(text)).toBe(expected)
  })
})

describe('parseDateAndTime', () => {
  it.each([
    ['3/4/2026 14:30', '2026-04-03 14:30'],
    ['3/4/2026 9am', '2026-04-03 09:00'],
    ['3/4/2026', '2026-04-03 00:00'],
    ['3/4/2026 noon', null],
  ])('%s is %s', (text, expected) => {
    expect(parseDateAndTime(text, 'DMY')).toBe(expected)
  })
})

describe('wall clock', () => {
  it('goes to UTC and back over summer time', () => {
    expect(fromWallClock('2026-01-10 09:00', 'Europe/Madrid')).toBe('2026-01-10T08:00:00.000Z')
    expect(fromWallClock('2026-07-10 09:00', 'Europe/Madrid')).toBe('2026-07-10T07:00:00.000Z')
    expect(toWallClock('2026-07-10T07:00:00Z', 'Europe/Madrid')).toBe('2026-07-10 09:00:00')
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
