import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { isSampleDate, isSampleMoment, resolveSampleDate, resolveSampleMoment } from './moments.ts'

const today = Temporal.PlainDate.from('2026-03-31')

describe('dates of sample records', () => {
  it.each([
    ['today', '2026-03-31'],
    ['today+3d', '2026-04-03'],
    ['today-2w', '2026-03-17'],
    ['today-1m', '2026-02-28'],
    ['today-40y', '1986-03-31'],
  ])('%s is %s', (text, date) => {
    expect(isSampleDate(text)).toBe(true)
    expect(resolveSampleDate(text, today)).toBe(date)
  })

  it.each([
    ['today+1d 09:30', 'UTC', '2026-04-01T09:30:00Z'],
    ['today 09:30', 'Australia/Sydney', '2026-03-30T22:30:00Z'],
    ['today-2d 23:15', 'America/New_York', '2026-03-30T03:15:00Z'],
  ])('%s in %s is %s', (text, timeZone, moment) => {
    expect(isSampleMoment(text)).toBe(true)
    expect(resolveSampleMoment(text, today, timeZone)).toBe(moment)
  })

  it.each(['tomorrow', 'today+3', 'today 25:00', 'today+1d 9:30', '2026-01-31', ''])('“%s” is neither', (text) => {
    expect(isSampleDate(text) || isSampleMoment(text)).toBe(false)
    expect(() => resolveSampleDate(text, today)).toThrow('write today')
  })
})
