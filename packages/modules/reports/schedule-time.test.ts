import { expect, it } from 'vitest'
import { nextTime } from './schedule-time.ts'

const next = (plan: object, after: string, timeZone = 'Europe/Berlin') =>
  nextTime({ frequency: 'daily', hour: 7, ...plan }, new Date(after), timeZone).toISOString()

it('is the same hour on the clock, also where the clocks change', () => {
  expect(next({}, '2026-03-27T12:00:00Z')).toBe('2026-03-28T06:00:00.000Z')
  expect(next({}, '2026-03-28T06:00:00Z')).toBe('2026-03-29T05:00:00.000Z')
  expect(next({ hour: 2, minute: 30 }, '2026-03-29T00:00:00Z')).toBe('2026-03-29T01:30:00.000Z')
  expect(next({ hour: 2, minute: 30 }, '2026-10-24T22:00:00Z')).toBe('2026-10-25T00:30:00.000Z')
})

it('is the weekday, and the last day of shorter months', () => {
  expect(next({ frequency: 'weekly', weekday: 5 }, '2026-11-21T12:00:00Z')).toBe('2026-11-27T06:00:00.000Z')
  expect(next({ frequency: 'monthly', dayOfMonth: 31 }, '2026-01-31T12:00:00Z')).toBe('2026-02-28T06:00:00.000Z')
  expect(next({ frequency: 'monthly', dayOfMonth: 31 }, '2026-02-28T12:00:00Z')).toBe('2026-03-31T05:00:00.000Z')
})
