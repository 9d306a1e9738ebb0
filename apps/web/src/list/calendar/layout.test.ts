import type { FieldMeta, RecordData } from '@oneforge/client'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainField } from '../../fields/plainField.ts'
import { changedValues, daysOfEntry, entryOf, rangeFilter, shifted, valuesAt } from './entries.ts'
import {
  barRows,
  barsOf,
  dayMinutes,
  pieceOn,
  sideBySide,
  slotMinutes,
  snapped,
  toMinutes,
  toPixels,
} from './layout.ts'
import { closedOn, opensAt } from './openHours.ts'
import { daysOf, stepped } from './spans.ts'
import { dayAfter, daysBetween, daysFrom, momentOf, wallOf } from './zone.ts'

const minute = 60_000
const zones = ['UTC', 'Europe/Madrid', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Africa/Cairo']
const zone = fc.constantFrom(...zones)
const moment = fc
  .integer({ min: Date.UTC(2024, 0, 1) / minute, max: Date.UTC(2028, 0, 1) / minute })
  .map((minutes) => minutes * minute)
const piece = fc
  .tuple(fc.integer({ min: 0, max: dayMinutes - slotMinutes }), fc.integer({ min: slotMinutes, max: 600 }))
  .map(([from, length]) => ({ from, to: Math.min(from + length, dayMinutes) }))

describe('entries at the same time', () => {
  it('never cover one another and stay inside the day', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const placed = sideBySide(pieces)
        expect(placed).toHaveLength(pieces.length)
        for (const [index, one] of placed.entries()) {
          expect(one.lane).toBeLessThan(one.lanes)
          for (const other of placed.slice(index + 1)) {
            if (one.piece.from >= other.piece.to || other.piece.from >= one.piece.to) continue
            expect(one.lanes).toBe(other.lanes)
            expect(one.lane).not.toBe(other.lane)
          }
        }
      }),
    )
  })

  it('have the whole width when they are alone', () => {
    fc.assert(
      fc.property(piece, (one) => {
        expect(sideBySide([one])).toEqual([{ piece: one, lane: 0, lanes: 1 }])
      }),
    )
  })

  it('share no row as bars of the same column', () => {
    const bar = fc.tuple(fc.nat(6), fc.nat(6)).map(([a, b]) => ({ first: Math.min(a, b), last: Math.max(a, b) }))
    fc.assert(
      fc.property(fc.array(bar, { maxLength: 30 }), (bars) => {
        const cells = barRows(bars).flatMap(({ bar: { first, last }, row }) =>
          Array.from({ length: last - first + 1 }, (_, at) => `${row} ${first + at}`),
        )
        expect(new Set(cells).size).toBe(cells.length)
      }),
    )
  })
})

describe('minutes and pixels', () => {
  it('lead to one another, and snapping keeps within half a slot', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: dayMinutes }), (minutes) => {
        expect(toMinutes(toPixels(minutes))).toBeCloseTo(minutes)
        expect(snapped(minutes) % slotMinutes).toBe(0)
        expect(Math.abs(snapped(minutes) - minutes)).toBeLessThanOrEqual(slotMinutes / 2)
      }),
    )
  })
})

describe('the clock on the wall', () => {
  it('leads back to the moment, but for the hour that comes twice', () => {
    fc.assert(
      fc.property(moment, zone, (at, where) => {
        const wall = wallOf(at, where)
        const back = momentOf(wall.day, wall.minute, where)
        expect(wallOf(back, where)).toEqual(wall)
        expect([0, 30, 60]).toContain((at - back) / minute)
      }),
      { numRuns: 400 },
    )
  })

  it('knows days of 23 and of 25 hours', () => {
    const hours = (day: string, where: string) =>
      (momentOf(dayAfter(day), 0, where) - momentOf(day, 0, where)) / 3_600_000
    expect(hours('2026-03-29', 'Europe/Madrid')).toBe(23)
    expect(hours('2026-10-25', 'Europe/Madrid')).toBe(25)
    expect(hours('2026-03-08', 'America/New_York')).toBe(23)
    expect(hours('2026-11-01', 'America/New_York')).toBe(25)
    expect(hours('2026-06-01', 'Europe/Madrid')).toBe(24)
  })

  it('takes a time that the clocks leave out an hour later, and the first of two', () => {
    const shown = (day: string, at: number, where: string) => wallOf(momentOf(day, at, where), where)
    expect(shown('2026-03-29', 150, 'Europe/Madrid')).toEqual({ day: '2026-03-29', minute: 210 })
    expect(shown('2026-03-08', 150, 'America/New_York')).toEqual({ day: '2026-03-08', minute: 210 })
    expect(new Date(momentOf('2026-10-25', 150, 'Europe/Madrid')).toISOString()).toBe('2026-10-25T00:30:00.000Z')
    expect(new Date(momentOf('2026-11-01', 90, 'America/New_York')).toISOString()).toBe('2026-11-01T05:30:00.000Z')
  })

  it('carries minutes over midnight', () => {
    expect(momentOf('2026-05-01', dayMinutes, 'Europe/Madrid')).toBe(momentOf('2026-05-02', 0, 'Europe/Madrid'))
    expect(daysBetween('2026-02-27', '2026-03-02')).toBe(3)
  })
})

const field = (key: string, type: FieldMeta['type']) => plainField(key, type, key, {})
const timed = { start: field('starts', 'datetime'), end: field('ends', 'datetime'), color: undefined }
const lasting = { start: field('starts', 'datetime'), end: field('minutes', 'duration'), color: undefined }
const dated = { start: field('from', 'date'), end: field('until', 'date'), color: undefined }
const record = (values: Record<string, unknown>) => ({ id: '1', title: 'One', ...values }) as RecordData

describe('an entry', () => {
  it('has a piece for all its minutes on the days it touches, each within the day', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 1439 }), zone, (start, length, where) => {
        const values = { starts: new Date(start).toISOString(), minutes: length }
        const entry = entryOf(record(values), lasting, where)!
        const { first, after } = daysOfEntry(entry)
        const pieces = daysFrom(first, daysBetween(first, after)).map((day) => pieceOn(entry, day))
        for (const one of pieces) {
          expect(one!.from).toBeGreaterThanOrEqual(0)
          expect(one!.to).toBeLessThanOrEqual(dayMinutes)
          expect(one!.to - one!.from).toBeGreaterThanOrEqual(slotMinutes)
        }
        expect(pieceOn(entry, dayAfter(first, -1))).toBeUndefined()
        expect(pieceOn(entry, after)).toBeUndefined()
      }),
    )
  })

  it('keeps its length and its clock when it is moved over a change of clocks', () => {
    const entry = entryOf(
      record({ starts: '2026-03-28T09:00:00Z', ends: '2026-03-28T10:30:00Z' }),
      timed,
      'Europe/Madrid',
    )!
    const { start, end } = shifted(entry, 1, 'Europe/Madrid')
    expect(valuesAt(timed, start, end, 'Europe/Madrid')).toEqual({
      starts: '2026-03-29T08:00:00.000Z',
      ends: '2026-03-29T09:30:00.000Z',
    })
  })

  it('of days is a bar up to the last of them', () => {
    const entry = entryOf(record({ from: '2026-03-28', until: '2026-03-30' }), dated, 'Europe/Madrid')!
    expect(entry.isBar).toBe(true)
    expect(daysOfEntry(entry)).toEqual({ first: '2026-03-28', after: '2026-03-31' })
    const columns = daysFrom('2026-03-27', 7).map((day) => ({ day }))
    expect(barsOf(entry, columns, () => true)).toEqual([{ first: 1, last: 3 }])
    expect(barsOf(entry, columns, (index) => index !== 2)).toEqual([
      { first: 1, last: 1 },
      { first: 3, last: 3 },
    ])
    const { start, end } = shifted(entry, 2, 'Europe/Madrid')
    expect(valuesAt(dated, start, end, 'Europe/Madrid')).toEqual({ from: '2026-03-30', until: '2026-04-01' })
  })

  it('writes a length only when it is stretched, and no end that nobody has said', () => {
    const entry = entryOf(record({ starts: '2026-03-28T09:00:00Z', minutes: null }), lasting, 'UTC')!
    const values = valuesAt(lasting, entry.start + 900_000, entry.end + 900_000, 'UTC')
    expect(changedValues(entry, values, lasting, false)).toEqual({ starts: '2026-03-28T09:15:00.000Z' })
    expect(changedValues(entry, valuesAt(lasting, entry.start, entry.end, 'UTC'), lasting, true)).toEqual({
      minutes: 30,
    })
  })

  it('without a date stands nowhere', () => {
    expect(entryOf(record({ starts: null }), timed, 'UTC')).toBeUndefined()
  })
})

describe('the days shown', () => {
  it('hold the day and lie without gaps between the spans before and after', () => {
    const day = fc.integer({ min: 0, max: 2000 }).map((days) => dayAfter('2024-01-01', days))
    fc.assert(
      fc.property(day, fc.constantFrom('day', 'week', 'agenda'), fc.nat(6), (at, span, first) => {
        const days = daysOf(span, at, first)
        expect(days).toContain(at)
        expect(daysOf(span, stepped(span, at, 1), first)[0]).toBe(dayAfter(days.at(-1)!))
        expect(daysOf(span, stepped(span, at, -1), first).at(-1)).toBe(dayAfter(days[0]!, -1))
        expect(daysOf('month', at, first)).toContain(at)
      }),
    )
  })

  it('step from month to month', () => {
    expect(stepped('month', '2026-01-31', 1)).toBe('2026-02-01')
    expect(stepped('month', '2026-03-31', -1)).toBe('2026-02-01')
  })

  it('are asked for by one filter', () => {
    expect(rangeFilter(lasting, '2026-03-02', '2026-03-09', 'Europe/Madrid')).toEqual({
      and: [
        { field: 'starts', op: 'lt', value: '2026-03-08T23:00:00.000Z' },
        { field: 'starts', op: 'gte', value: '2026-02-28T23:00:00.000Z' },
      ],
    })
  })
})

describe('a location', () => {
  const hours = {
    mon: [
      { from: '09:00', to: '13:00' },
      { from: '14:00', to: '18:30' },
    ],
  }
  const holidays = [{ date: '2026-03-09', name: 'Feast', hours: [{ from: '10:00', to: '24:00' }] }]

  it('is closed outside its hours, on other days, and differently on a holiday', () => {
    const location = { hours, holidays }
    expect(closedOn(location, '2026-03-02')).toEqual([
      { from: 0, to: 540 },
      { from: 780, to: 840 },
      { from: 1110, to: 1440 },
    ])
    expect(closedOn(location, '2026-03-03')).toEqual([{ from: 0, to: 1440 }])
    expect(closedOn(location, '2026-03-09')).toEqual([{ from: 0, to: 600 }])
    expect(closedOn({ hours: {}, holidays: [] }, '2026-03-02')).toEqual([])
    expect(opensAt(location, ['2026-03-02', '2026-03-03'])).toBe(540)
    expect(opensAt(location, ['2026-03-03'])).toBeUndefined()
  })
})
