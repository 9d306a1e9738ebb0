import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { momentFrom } from './moments.ts'
import { nextTime, scheduleProblem } from './schedules.ts'

/** With and without changes of their clocks: in either half of the year, by half an hour, and far from UTC. */
const zones = ['Europe/Madrid', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'Pacific/Apia']

const zone = fc.constantFrom(...zones)
const day = fc
  .date({ min: new Date('2024-01-01'), max: new Date('2031-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
// Rules without a beginning of their own count from the first day of 2024.
const moment = fc
  .date({ min: new Date('2024-01-03'), max: new Date('2031-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString())

const onTheClock = (date: Date, timeZone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(date.getTime()).toZonedDateTimeISO(timeZone)

describe('the moment that a workflow counts from a date', () => {
  it('is nine in the morning so many days before or after a day, whatever the clocks do', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -400, max: 400 }), zone, (date, days, timeZone) => {
        const at = onTheClock(momentFrom(date, `${days < 0 ? '-' : ''}P${Math.abs(days)}D`, timeZone), timeZone)
        expect(at.toPlainDateTime().toString()).toBe(`${Temporal.PlainDate.from(date).add({ days })}T09:00:00`)
      }),
    )
  })

  it('is so many hours from midnight of the day where it counts in hours', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -100, max: 100 }), zone, (date, hours, timeZone) => {
        fc.pre(hours !== 0)
        const at = momentFrom(date, `${hours < 0 ? '-' : ''}PT${Math.abs(hours)}H`, timeZone)
        const midnight = Temporal.PlainDate.from(date).toZonedDateTime(timeZone).epochMilliseconds
        expect(at.getTime() - midnight).toBe(hours * 3_600_000)
      }),
    )
  })

  it('is exactly so many hours from a moment, and the same time of another day', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: -60, max: 60 }), zone, (value, count, timeZone) => {
        const sign = count < 0 ? '-' : ''
        const hours = momentFrom(value, `${sign}PT${Math.abs(count)}H`, timeZone)
        expect(hours.getTime() - Date.parse(value)).toBe(count * 3_600_000)
        const days = onTheClock(momentFrom(value, `${sign}P${Math.abs(count)}D`, timeZone), timeZone)
        const start = onTheClock(new Date(value), timeZone)
        const wanted = start.toPlainDateTime().add({ days: count }).toZonedDateTime(timeZone)
        expect(days.epochMilliseconds).toBe(wanted.epochMilliseconds)
      }),
    )
  })

  it('moves with its date', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 10 ** 9 }), zone, (value, later, timeZone) => {
        const moved = new Date(Date.parse(value) + later).toISOString()
        const [first, second] = [momentFrom(value, '-PT24H', timeZone), momentFrom(moved, '-PT24H', timeZone)]
        expect(second.getTime() - first.getTime()).toBe(later)
      }),
    )
  })

  it.each([
    // The night in which the clocks go forward has 23 hours, that in which they go back 25.
    ['2026-03-29T09:00:00Z', '-P1D', 'Europe/Madrid', '2026-03-28T10:00:00.000Z'],
    ['2026-03-29T09:00:00Z', '-PT24H', 'Europe/Madrid', '2026-03-28T09:00:00.000Z'],
    ['2026-10-26', '-P1D', 'Europe/Madrid', '2026-10-25T08:00:00.000Z'],
    // A day that its zone does not have.
    ['2011-12-31', '-P1D', 'Pacific/Apia', '2011-12-30T19:00:00.000Z'],
  ])('of %s with %s in %s is %s', (value, offset, timeZone, expected) => {
    expect(momentFrom(value, offset, timeZone).toISOString()).toBe(expected)
  })
})

describe('the next time of a schedule', () => {
  it('is at the same time of the clock on each of its days, and later than what it is asked after', () => {
    fc.assert(
      fc.property(moment, zone, fc.integer({ min: 4, max: 23 }), (after, timeZone, hour) => {
        const schedules = [{ cron: `30 ${hour} * * *` }, { rrule: `FREQ=DAILY;BYHOUR=${hour};BYMINUTE=30;BYSECOND=0` }]
        const [byCron, byRule] = schedules.map((schedule) => nextTime(schedule, timeZone, new Date(after))!)
        expect(byRule).toEqual(byCron)
        const at = onTheClock(byCron!, timeZone)
        expect([at.hour, at.minute]).toEqual([hour, 30])
        expect(byCron!.getTime()).toBeGreaterThan(Date.parse(after))
        expect(byCron!.getTime() - Date.parse(after)).toBeLessThanOrEqual(26 * 3_600_000)
      }),
      { numRuns: 100 },
    )
  })

  it('goes by the zone that it names, and ends where its rule does', () => {
    const after = new Date('2026-11-21T12:00:00Z')
    expect(nextTime({ cron: '0 9 * * 1', timeZone: 'Asia/Kolkata' }, 'UTC', after)?.toISOString()).toBe(
      '2026-11-23T03:30:00.000Z',
    )
    expect(nextTime({ rrule: 'FREQ=DAILY;UNTIL=20251231T000000Z' }, 'UTC', after)).toBeUndefined()
    expect(scheduleProblem({ cron: '0 0 30 2 *' })).toBeDefined()
    expect(scheduleProblem({ cron: '0 9 * * 1' })).toBeUndefined()
  })
})
