import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  daysOf,
  lastDayOf,
  lengthOf,
  presets,
  previousOf,
  recurrencesOf,
  shareOver,
  stretchesOf,
  yearBefore,
} from './ranges.ts'

const clock = (now: string, timeZone = 'UTC', weekStart = 1) => ({ now: new Date(now), timeZone, weekStart })

describe('the days of a range', () => {
  it('are those of the zone, also where the clocks change', () => {
    // 2026-03-29 01:00 UTC the clocks of Berlin go from 2 to 3; 2026-10-25 they go back.
    expect(daysOf({ preset: 'today' }, clock('2026-03-28T23:30:00Z', 'Europe/Berlin')).from).toBe('2026-03-29')
    expect(daysOf({ preset: 'today' }, clock('2026-03-29T21:59:59Z', 'Europe/Berlin')).from).toBe('2026-03-29')
    expect(daysOf({ preset: 'today' }, clock('2026-03-29T22:00:00Z', 'Europe/Berlin')).from).toBe('2026-03-30')
    expect(daysOf({ preset: 'today' }, clock('2026-10-25T22:59:59Z', 'Europe/Berlin')).from).toBe('2026-10-25')
    expect(daysOf({ preset: 'yesterday' }, clock('2026-11-01T03:00:00Z', 'America/New_York')).from).toBe('2026-10-30')
  })

  it.each([
    [1, '2026-11-16', '2026-11-22'],
    [7, '2026-11-15', '2026-11-21'],
    [6, '2026-11-21', '2026-11-27'],
  ])('of a week that begins on day %i', (weekStart, from, to) => {
    expect(daysOf({ preset: 'thisWeek' }, clock('2026-11-21T12:00:00Z', 'UTC', weekStart))).toEqual({ from, to })
  })
})

describe('what a range is compared with', () => {
  it.each([
    [{ preset: 'thisMonth' }, { from: '2026-02-01', to: '2026-02-28' }],
    [{ preset: 'thisQuarter' }, { from: '2025-10-01', to: '2025-12-31' }],
    [{ preset: 'thisYear' }, { from: '2025-01-01', to: '2025-12-31' }],
    [{ preset: 'thisWeek' }, { from: '2026-03-16', to: '2026-03-22' }],
    [
      { preset: 'lastNDays', n: 30 },
      { from: '2026-01-29', to: '2026-02-27' },
    ],
    [
      { from: '2026-01-01', to: '2026-03-31' },
      { from: '2025-10-01', to: '2025-12-31' },
    ],
    [
      { from: '2026-03-05', to: '2026-03-06' },
      { from: '2026-03-03', to: '2026-03-04' },
    ],
  ])('%j: what lies right before', (range, expected) => {
    expect(previousOf(range, daysOf(range, clock('2026-03-29T12:00:00Z')))).toEqual(expected)
  })

  it('ends the day before, whatever the day', () => {
    const moment = fc.date({ min: new Date('2000-01-01'), max: new Date('2049-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(moment, fc.constantFrom(...presets), fc.integer({ min: 1, max: 7 }), (now, preset, weekStart) => {
        const days = daysOf({ preset }, { now, timeZone: 'UTC', weekStart })
        const before = previousOf({ preset }, days)
        expect(lengthOf({ from: before.to, to: days.from })).toBe(2)
        expect(before.from <= before.to).toBe(true)
      }),
    )
  })

  it('a year ago: the same days, and the end of the month where it ends one', () => {
    expect(yearBefore({ from: '2024-02-01', to: '2024-02-29' })).toEqual({ from: '2023-02-01', to: '2023-02-28' })
    expect(yearBefore({ from: '2025-02-01', to: '2025-02-28' })).toEqual({ from: '2024-02-01', to: '2024-02-29' })
    expect(yearBefore({ from: '2026-03-05', to: '2026-03-10' })).toEqual({ from: '2025-03-05', to: '2025-03-10' })
  })
})

describe('stretches', () => {
  it('cover all days once', () => {
    const day = fc.date({ min: new Date('2020-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
    const iso = (date: Date) => date.toISOString().slice(0, 10)
    const units = ['day', 'week', 'month', 'quarter', 'year'] as const
    fc.assert(
      fc.property(
        day,
        fc.nat(400),
        fc.constantFrom(...units),
        fc.integer({ min: 1, max: 7 }),
        (first, more, unit, weekStart) => {
          const days = { from: iso(first), to: iso(new Date(first.getTime() + more * 86_400_000)) }
          const starts = stretchesOf(unit, days, weekStart, 1_000)
          expect(starts[0]! <= days.from && lastDayOf(unit, starts.at(-1)!) >= days.to).toBe(true)
          for (const [index, start] of starts.entries()) {
            if (index > 0) expect(lengthOf({ from: lastDayOf(unit, starts[index - 1]!), to: start })).toBe(2)
          }
        },
      ),
    )
  })

  it('are the latest, where there are too many', () => {
    expect(stretchesOf('month', { from: '2020-01-01', to: '2026-03-31' }, 1, 2)).toEqual(['2026-02-01', '2026-03-01'])
  })

  it('come again from the day that weeks begin on', () => {
    expect(recurrencesOf('weekday', 7)).toEqual([7, 1, 2, 3, 4, 5, 6])
    expect(recurrencesOf('hour', 7)).toHaveLength(24)
  })
})

it('tells how much of the days is over', () => {
  const days = { from: '2026-03-01', to: '2026-03-10' }
  expect([shareOver(days, '2026-02-28'), shareOver(days, '2026-03-05'), shareOver(days, '2026-03-11')]).toEqual([
    0, 0.5, 1,
  ])
})
