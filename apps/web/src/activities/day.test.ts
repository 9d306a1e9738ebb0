import type { ObjectMeta, RecordData } from '@oneforge/client'
import { describe, expect, it } from 'vitest'
import { type DayTasks, lateFirst, tasksByDay } from './day.ts'
import { dayOf, nextHour, startOfDay } from './moments.ts'

const task = (id: string, due_at?: string) => ({ id, due_at }) as unknown as RecordData

describe('the parts of a day', () => {
  it('are told apart by the reader’s clock', () => {
    const now = new Date('2026-03-28T23:30:00Z')
    const bounds = { today: startOfDay(0, 'Europe/Madrid', now), tomorrow: startOfDay(1, 'Europe/Madrid', now) }
    // The day on which the clocks change has 23 hours.
    expect(bounds).toEqual({ today: '2026-03-28T23:00:00.000Z', tomorrow: '2026-03-29T22:00:00.000Z' })
    const tasks = [
      task('late', '2026-03-28T22:59:00.000Z'),
      task('now', '2026-03-28T23:00:00.000Z'),
      task('evening', '2026-03-29T21:59:00.000Z'),
      task('then', '2026-03-29T22:00:00.000Z'),
      task('some day'),
    ]
    const parts = tasksByDay(tasks, 'due_at', bounds)
    const ids = (Object.keys(parts) as (keyof DayTasks)[]).map((part) => [part, parts[part].map(({ id }) => id)])
    expect(Object.fromEntries(ids)).toEqual({
      overdue: ['late'],
      today: ['now', 'evening'],
      upcoming: ['then'],
      undated: ['some day'],
    })
    expect(dayOf(now, 'Europe/Madrid')).toBe('2026-03-29')
  })

  it('are told with what is late first, and all else by the clock', () => {
    const tasks = { activity: 'task', roles: { dueAt: 'due_at' } } as unknown as ObjectMeta
    const meetings = { activity: 'meeting', roles: { startsAt: 'starts_at' } } as unknown as ObjectMeta
    const meeting = (id: string, starts_at: string) => ({ id, starts_at }) as unknown as RecordData
    const lines = [
      { object: meetings, record: meeting('over', '2026-03-28T08:00:00.000Z') },
      { object: meetings, record: meeting('soon', '2026-03-28T13:00:00.000Z') },
      { object: tasks, record: task('this evening', '2026-03-28T18:00:00.000Z') },
      { object: tasks, record: task('this morning', '2026-03-28T10:00:00.000Z') },
      { object: tasks, record: task('yesterday', '2026-03-27T10:00:00.000Z') },
    ]
    const told = lateFirst(lines, new Date('2026-03-28T12:00:00Z')).map(({ record }) => record.id)
    expect(told).toEqual(['yesterday', 'this morning', 'over', 'soon', 'this evening'])
  })

  it('begin meetings with the next hour', () => {
    expect(nextHour(60, new Date('2026-03-28T10:20:00Z'))).toBe('2026-03-28T12:00:00.000Z')
  })
})
