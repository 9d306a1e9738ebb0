import { expect, it } from 'vitest'
import { daysOf, periodOf, todayIn } from './period.ts'

it('counts today as one of the days', () => {
  expect(daysOf('today', '2026-03-01')).toEqual({ from: '2026-03-01' })
  expect(daysOf('week', '2026-03-01')).toEqual({ from: '2026-02-23' })
  expect(daysOf('month', '2026-03-01')).toEqual({ from: '2026-01-31' })
})

it('knows a period again by its days', () => {
  expect(periodOf({ from: '2026-02-23' }, '2026-03-01')).toBe('week')
  expect(periodOf({ from: '2026-02-23' }, '2026-03-02')).toBeUndefined()
  expect(periodOf({ from: '2026-03-01', to: '2026-03-01' }, '2026-03-01')).toBeUndefined()
})

it('has the day of the zone', () => {
  const moment = new Date('2026-03-01T02:00:00Z')
  expect(todayIn('America/New_York', moment)).toBe('2026-02-28')
  expect(todayIn('Asia/Tokyo', moment)).toBe('2026-03-01')
})
