import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { differenceOf, isSame } from './difference.ts'
import { readDuration, units, writeDuration } from './duration.ts'
import type { Flow, Step } from './flow.ts'
import { readSchedule, writeSchedule } from './schedule.ts'

describe('durations', () => {
  it('are read as they were written', () => {
    const any = fc.record({
      amount: fc.integer({ min: 1, max: 22 }),
      unit: fc.constantFrom(...units),
      before: fc.boolean(),
    })
    fc.assert(
      fc.property(any, (duration) => {
        const { amount, unit, before } = readDuration(writeDuration(duration))!
        expect(before).toBe(duration.before)
        expect({ amount, unit }).toEqual({ amount: duration.amount, unit: duration.unit })
      }),
    )
  })

  it('of templates are told in the unit that people would take', () => {
    expect(readDuration('-PT48H')).toEqual({ amount: 2, unit: 'days', before: true })
    expect(readDuration('P1DT12H')).toEqual({ amount: 36, unit: 'hours', before: false })
    expect(readDuration('PT0S')).toEqual({ amount: 0, unit: 'hours', before: false })
    expect(readDuration('P2W')).toEqual({ amount: 2, unit: 'weeks', before: false })
    expect(readDuration('two days')).toBeUndefined()
  })
})

describe('schedules', () => {
  it.each([
    ['30 * * * *', 'hourly'],
    ['0 8 * * *', 'daily'],
    ['15 7 * * 1,2,5', 'weekly'],
    ['0 6 28 * *', 'monthly'],
    ['*/5 8-18 * * 1-5', 'own'],
  ])('%s is %s', (cron, rhythm) => {
    expect(readSchedule(cron).rhythm).toBe(rhythm)
    expect(writeSchedule(readSchedule(cron))).toBe(cron)
  })

  it('know weekdays by range and Sunday by both of its numbers', () => {
    expect(readSchedule('0 8 * * 1-3').weekdays).toEqual([1, 2, 3])
    expect(readSchedule('0 8 * * 0,6').weekdays).toEqual([6, 7])
  })
})

describe('the difference between versions', () => {
  const flow = (steps: Step[]): Flow => ({ key: 'x', label: { en: 'X' }, trigger: { type: 'called' }, steps })
  const note = (id: string, body = id): Step => ({ id, type: 'create_note', body })
  const fork = (then: Step[], otherwise: Step[] = []): Step => {
    return { id: 'fork', type: 'if', condition: null, then, else: otherwise }
  }
  const told = (before: Step[], after: Step[]) =>
    differenceOf(flow(before), flow(after)).steps.map(({ change, step }) => `${change} ${step.id}`)

  it('names what was added, removed, changed and moved, and nothing else', () => {
    expect(told([note('a'), note('b')], [note('new'), note('a'), note('b')])).toEqual(['added new'])
    expect(told([fork([note('a')])], [fork([])])).toEqual(['removed a'])
    expect(told([fork([note('a')])], [fork([note('a', 'else')])])).toEqual(['changed a'])
    expect(told([fork([note('a')])], [fork([], [note('a')])])).toEqual(['moved a'])
    expect(told([note('a'), note('b')], [note('b'), note('a')])).toEqual(['moved b'])
  })

  it('tells the parts of the workflow itself, in whatever order their keys come', () => {
    const before = { ...flow([]), condition: { field: 'a', op: 'eq', value: 1 } }
    expect(isSame(differenceOf(before, { ...flow([]), condition: { value: 1, op: 'eq', field: 'a' } }))).toBe(true)
    expect(differenceOf(before, { ...flow([]), trigger: { type: 'record_created' } }).parts).toEqual([
      'trigger',
      'condition',
    ])
  })
})
