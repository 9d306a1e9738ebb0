import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { type Reminded, remindAt } from './reminder-time.ts'

const zone = 'Europe/Madrid'
const at = (time: string, timeZone = zone) =>
  Temporal.PlainDateTime.from(time).toZonedDateTime(timeZone).toInstant().toString()
const onTheClock = (moment: Date | undefined, timeZone = zone) =>
  moment &&
  Temporal.Instant.from(moment.toISOString()).toZonedDateTimeISO(timeZone).toPlainDateTime().toString().slice(0, 16)
const task = { midnightIsDay: true, allDay: false }
const remind = (due: string, choice: string, rest: Partial<Reminded> = {}) =>
  onTheClock(remindAt({ due, choice, ...task, ...rest }, zone))

describe('the moment of a reminder', () => {
  it('lies before what is due by what was chosen', () => {
    const due = at('2026-05-04T15:00')
    expect(remind(due, 'At the time')).toBe('2026-05-04T15:00')
    expect(remind(due, '10 minutes before')).toBe('2026-05-04T14:50')
    expect(remind(due, '1 hour before')).toBe('2026-05-04T14:00')
    expect(remind(due, '1 day before')).toBe('2026-05-03T15:00')
    expect(remind(due, 'Some day')).toBeUndefined()
  })

  it('counts from nine of a day without a time', () => {
    for (const due of ['2026-05-04', at('2026-05-04T00:00'), at('2026-05-04T23:59')]) {
      expect(remind(due, 'At the time')).toBe('2026-05-04T09:00')
      expect(remind(due, '1 day before')).toBe('2026-05-03T09:00')
    }
    expect(remind(at('2026-05-04T00:00'), 'At the time', { midnightIsDay: false })).toBe('2026-05-04T00:00')
    expect(remind(at('2026-05-04T14:00'), 'At the time', { midnightIsDay: false, allDay: true })).toBe(
      '2026-05-04T09:00',
    )
  })

  it('is an hour of sixty minutes, and a day of the clock, when the clocks change', () => {
    expect(remind(at('2026-03-29T03:30'), '1 hour before')).toBe('2026-03-29T01:30')
    expect(remind(at('2026-03-29T09:00'), '1 day before')).toBe('2026-03-28T09:00')
    expect(remind(at('2026-10-25T09:00'), '1 day before')).toBe('2026-10-24T09:00')
    // The day before lacks the hour: it moves on by what is left out.
    expect(remind(at('2026-03-30T02:30'), '1 day before')).toBe('2026-03-29T03:30')
  })

  it('holds in every zone, whatever the clocks do', () => {
    const zones = fc.constantFrom('Europe/Madrid', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC')
    const moments = fc.date({ min: new Date('2000-01-01'), max: new Date('2060-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(zones, moments, (timeZone, moment) => {
        const due = moment.toISOString()
        const before = (choice: string) => remindAt({ due, choice, ...task, midnightIsDay: false }, timeZone)!
        expect(moment.getTime() - before('1 hour before').getTime()).toBe(3_600_000)
        expect(moment.getTime() - before('10 minutes before').getTime()).toBe(600_000)
        const clock = (one: Date) => Temporal.Instant.from(one.toISOString()).toZonedDateTimeISO(timeZone)
        const [then, dueThen] = [clock(before('1 day before')), clock(moment)]
        const yesterday = dueThen.toPlainDateTime().subtract({ days: 1 })
        expect(then.epochMilliseconds).toBe(yesterday.toZonedDateTime(timeZone).epochMilliseconds)
        const morning = remindAt({ due: dueThen.toPlainDate().toString(), choice: 'At the time', ...task }, timeZone)!
        expect(clock(morning).toPlainTime().toString()).toBe('09:00:00')
      }),
      { numRuns: 300 },
    )
  })
})
