import { describe, expect, it } from 'vitest'
import { placeOn, scaleOf, turned } from './scale.ts'

const scale = (zoom: Parameters<typeof scaleOf>[0], day: string) => scaleOf(zoom, day, 0, 'en-GB')

describe('a timeline', () => {
  it('shows two weeks day by day, from the beginning of the week', () => {
    const { first, after, marks } = scale('day', '2026-11-21')
    expect([first, after, marks.length]).toEqual(['2026-11-16', '2026-11-30', 14])
    expect(marks[0]).toEqual({ day: '2026-11-16', days: 1, label: 'Mon 16' })
  })

  it('shows months and quarters as long as they are', () => {
    const months = scale('month', '2024-04-30')
    expect(months.first).toBe('2024-02-01')
    expect(months.marks[0]).toMatchObject({ days: 29, label: 'Feb 24' })
    expect(months.days.length).toBe(months.marks.reduce((sum, { days }) => sum + days, 0))
    const quarters = scale('quarter', '2026-11-21')
    expect(quarters.marks.slice(0, 3).map(({ day, label }) => [day, label])).toEqual([
      ['2026-04-01', 'Q2 2026'],
      ['2026-07-01', 'Q3 2026'],
      ['2026-10-01', 'Q4 2026'],
    ])
  })

  it('turns by half of what it shows, never into a month that the day is not in', () => {
    expect(turned('week', '2026-11-21', 1)).toBe('2027-01-02')
    expect(turned('month', '2026-08-31', 1)).toBe('2027-02-28')
    expect(turned('quarter', '2026-11-21', -1)).toBe('2025-05-21')
  })

  it('cuts what goes beyond it', () => {
    const edges = { start: 100, end: 200 }
    expect(placeOn({ start: 125, end: 175 }, edges)).toEqual({ left: 0.25, width: 0.5 })
    expect(placeOn({ start: 50, end: 400 }, edges)).toEqual({ left: 0, width: 1 })
  })
})
