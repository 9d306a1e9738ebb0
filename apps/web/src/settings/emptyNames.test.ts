import { describe, expect, it } from 'vitest'
import { askingForEmpty, countingEmpty, neededNames } from './emptyNames.ts'

const labour = { name: 'labour', type: 'money' as const }
const parts = { name: 'parts', type: 'money' as const }
const hours = { name: 'bike.hours', type: 'number' as const }
const day = { name: 'day', type: 'date' as const }

describe('names of a formula', () => {
  it('are needed unless something else stands in for them', () => {
    const known = [labour, parts, hours, day]
    expect(neededNames('labour + coalesce(parts, money(0)) + money(bike.hours)', known)).toEqual([labour, hours])
    expect(neededNames('"labour" + text(day)', known)).toEqual([day])
    expect(neededNames('empty(labour) ? parts : parts * 2', known)).toEqual([parts])
  })

  it('are asked for by a formula', () => {
    expect(askingForEmpty([labour, hours])).toBe(
      '(empty(labour) ? " labour" : "") + (empty(bike.hours) ? " bike.hours" : "")',
    )
    expect(askingForEmpty([])).toBe('""')
  })

  it('count as nothing of their type', () => {
    expect(countingEmpty('labour + parts', [parts])).toBe('labour + coalesce(parts, money(0))')
    expect(countingEmpty('bike.hours * 2 + bike.hours', [hours])).toBe(
      'coalesce(bike.hours, 0) * 2 + coalesce(bike.hours, 0)',
    )
    expect(countingEmpty('addDays(day, 1)', [day])).toBeUndefined()
  })
})
