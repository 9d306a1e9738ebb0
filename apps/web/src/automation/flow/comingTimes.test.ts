import { describe, expect, it } from 'vitest'
import { everySecondMonday } from '../../recurrence/recurrence.ts'
import { comingTimes, cronParts } from './comingTimes.ts'

describe('the times to come', () => {
  const from = new Date('2026-03-20T12:00:00Z')

  it('of a rule keep to the clock of the zone where clocks change', () => {
    const rrule = 'FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=9;BYMINUTE=30'
    expect(comingTimes({ rrule }, 'Europe/Madrid', from, 3)).toEqual([
      '2026-03-27T08:30:00.000Z',
      '2026-04-24T07:30:00.000Z',
      '2026-05-29T07:30:00.000Z',
    ])
  })

  it('of every second week are counted from the first Monday of 2024', () => {
    expect(comingTimes({ rrule: everySecondMonday('08:00') }, 'UTC', from, 2)).toEqual([
      '2026-03-23T08:00:00.000Z',
      '2026-04-06T08:00:00.000Z',
    ])
  })

  it('of a cron line keep to it too, and end where a rule ends', () => {
    expect(comingTimes({ cron: '0 9 * * 0' }, 'Europe/Madrid', from, 2)).toEqual([
      '2026-03-22T08:00:00.000Z',
      '2026-03-29T07:00:00.000Z',
    ])
    const rrule = 'FREQ=DAILY;BYHOUR=9;UNTIL=20260322T225959Z'
    expect(comingTimes({ rrule }, 'Europe/Madrid', from, 5)).toHaveLength(2)
  })

  it.each([
    ['*/15 8-10 * * 1-5', { every: 15, hours: [8, 9, 10], weekdays: [1, 2, 3, 4, 5] }],
    ['0 9,17 1 1,7 *', { at: ['09:00', '17:00'], days: [1], months: [1, 7] }],
    ['5 * * * 0', { minutes: [5], weekdays: [7] }],
  ])('of %s are told in parts', (cron, parts) => {
    expect(cronParts(cron)).toEqual(parts)
  })

  it('of a line with the last day have no parts that are told', () => {
    expect(cronParts('0 9 L * *')).toBeUndefined()
  })
})
