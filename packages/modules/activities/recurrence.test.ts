import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { nextOccurrence } from './recurrence.ts'

const zone = 'Europe/Madrid'
const local = (moment: string, timeZone = zone) =>
  Temporal.Instant.from(moment).toZonedDateTimeISO(timeZone).toPlainDateTime().toString({ smallestUnit: 'minute' })
const at = (time: string, timeZone = zone) =>
  Temporal.PlainDateTime.from(time).toZonedDateTime(timeZone).toInstant().toString()
const next = (rule: string, due: string, done = due) => {
  const found = nextOccurrence(rule, { dueAt: at(due), doneAt: at(done) }, zone)
  return found && [local(found.dueAt), found.rule]
}

describe('the next time', () => {
  it('keeps the hour when the clocks change', () => {
    expect(next('FREQ=DAILY', '2026-03-28T09:00')).toEqual(['2026-03-29T09:00', 'FREQ=DAILY'])
    expect(next('FREQ=DAILY', '2026-10-24T09:00')).toEqual(['2026-10-25T09:00', 'FREQ=DAILY'])
  })

  it('moves on where a day does not have the hour', () => {
    expect(next('FREQ=DAILY', '2026-03-28T02:30')?.[0]).toBe('2026-03-29T03:30')
  })

  it('knows the ends of months', () => {
    expect(next('FREQ=MONTHLY;BYMONTHDAY=-1', '2026-01-31T09:00')?.[0]).toBe('2026-02-28T09:00')
    expect(next('FREQ=MONTHLY;BYMONTHDAY=-1', '2028-01-31T09:00')?.[0]).toBe('2028-02-29T09:00')
    expect(next('FREQ=MONTHLY', '2026-01-31T09:00')?.[0]).toBe('2026-03-31T09:00')
    expect(next('FREQ=YEARLY', '2028-02-29T09:00')?.[0]).toBe('2032-02-29T09:00')
  })

  it('does not make up for what was missed, and counts weeks from when it was due', () => {
    expect(next('FREQ=DAILY', '2026-05-01T09:00', '2026-05-20T10:00')?.[0]).toBe('2026-05-21T09:00')
    expect(next('FREQ=WEEKLY;INTERVAL=2', '2026-05-01T09:00', '2026-05-16T10:00')?.[0]).toBe('2026-05-29T09:00')
    expect(next('FREQ=WEEKLY', '2026-05-08T09:00', '2026-05-06T10:00')?.[0]).toBe('2026-05-15T09:00')
  })

  it('comes to an end where the rule does', () => {
    expect(next('FREQ=DAILY;COUNT=3', '2026-05-01T09:00')).toEqual(['2026-05-02T09:00', 'FREQ=DAILY;COUNT=2'])
    expect(next('FREQ=DAILY;COUNT=1', '2026-05-01T09:00')).toBeUndefined()
    expect(next('FREQ=DAILY;COUNT=5', '2026-05-01T09:00', '2026-05-03T10:00')?.[1]).toBe('FREQ=DAILY;COUNT=2')
    expect(next('FREQ=DAILY;UNTIL=20260502', '2026-05-01T09:00')?.[0]).toBe('2026-05-02T09:00')
    expect(next('FREQ=DAILY;UNTIL=20260502', '2026-05-02T09:00')).toBeUndefined()
    expect(next('FREQ=DAILY;UNTIL=20260502T065959Z', '2026-05-01T09:00')).toBeUndefined()
    expect(next('FREQ=DAILY;UNTIL=20260502T070000Z', '2026-05-01T09:00')?.[0]).toBe('2026-05-02T09:00')
    expect(next('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', '2026-05-01T09:00')).toBeUndefined()
    expect(next('FREQ=SOMETIMES', '2026-05-01T09:00')).toBeUndefined()
  })

  it('is later than both, at the hour of the day, on a day that the rule names, in every zone', () => {
    const zones = [
      'Europe/Madrid',
      'America/New_York',
      'Australia/Lord_Howe',
      'America/Santiago',
      'Asia/Kolkata',
      'UTC',
    ]
    const rules = fc.oneof(
      fc.tuple(fc.constant('DAILY'), fc.integer({ min: 1, max: 9 })).map(([f, n]) => `FREQ=${f};INTERVAL=${n}`),
      fc
        .subarray(['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'], { minLength: 1 })
        .map((d) => `FREQ=WEEKLY;BYDAY=${d.join(',')}`),
      fc.constantFrom(-1, 1, 15, 28).map((day) => `FREQ=MONTHLY;BYMONTHDAY=${day}`),
    )
    const minutes = fc.integer({ min: 0, max: 3 * 365 * 24 * 60 })
    fc.assert(
      fc.property(
        rules,
        minutes,
        fc.integer({ min: -20_000, max: 200_000 }),
        fc.constantFrom(...zones),
        (rule, start, late, timeZone) => {
          const begin = Temporal.Instant.from('2026-01-01T00:00:00Z')
          const due = begin.add({ minutes: start })
          const done = due.add({ minutes: late })
          const found = nextOccurrence(rule, { dueAt: due.toString(), doneAt: done.toString() }, timeZone)!
          const instant = Temporal.Instant.from(found.dueAt)
          const [was, is] = [due, instant].map((one) => one.toZonedDateTimeISO(timeZone)) as [
            Temporal.ZonedDateTime,
            Temporal.ZonedDateTime,
          ]
          expect(Temporal.Instant.compare(instant, due)).toBe(1)
          // The hour that a day has twice is told once.
          expect(Temporal.Instant.compare(instant.add({ hours: 1 }), done)).toBe(1)
          const expected = is.toPlainDate().toZonedDateTime({ timeZone, plainTime: was.toPlainTime() })
          expect(is.toPlainTime().toString()).toBe(expected.toPlainTime().toString())
          const day = /BYMONTHDAY=(-?\d+)/.exec(rule)?.[1]
          if (day) expect(is.day).toBe(Number(day) === -1 ? is.daysInMonth : Number(day))
          const names = /BYDAY=(.*)/.exec(rule)?.[1]
          if (names) expect(names.split(',')).toContain(['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'][is.dayOfWeek - 1])
        },
      ),
      { numRuns: 300 },
    )
  })
})
