import type { BoardFilter, DateRange } from '@oneforge/client'
import { describe, expect, it } from 'vitest'
import { plainField } from '../fields/plainField.ts'
import { isProtected, readAsked, viewOf, writeBoardView } from './boardAddress.ts'
import { rangeName, rangeNamed } from './ranges.ts'

const board = { range: { preset: 'thisMonth' } as DateRange, filters: [] as BoardFilter[] }
const mine: BoardFilter = { filter: { field: 'ownerId', op: 'eq', value: { me: true } } }

describe('the range of a board', () => {
  it.each<DateRange>([
    { preset: 'lastQuarter' },
    { preset: 'lastNDays', n: 30 },
    { from: '2026-01-01', to: '2026-02-03' },
  ])('stands in the address as %j', (range) => expect(rangeNamed(rangeName(range))).toEqual(range))

  it('is not taken from what says nothing', () => {
    expect(['', 'someday', 'lastNDays', 'lastNDays.x', '2026-01-01..soon'].map(rangeNamed)).toEqual(
      Array(5).fill(undefined),
    )
    expect(rangeNamed('2026-02-03..2026-01-01')).toEqual({ from: '2026-01-01', to: '2026-02-03' })
  })
})

describe('the address of a board', () => {
  it('holds what differs from the board only', () => {
    expect(String(writeBoardView(new URLSearchParams(), board, board))).toBe('')
    expect(readAsked(new URLSearchParams(), undefined)).toEqual({})
    const next = writeBoardView(new URLSearchParams('tab=1'), { range: null, filters: [mine] }, board)
    expect(next.get('tab')).toBe('1')
    expect(viewOf(readAsked(next, undefined), board)).toEqual({ range: null, filters: [mine] })
  })

  it('tells that filters of the board were taken away', () => {
    const own = { ...board, filters: [mine] }
    const next = writeBoardView(new URLSearchParams(), { ...own, filters: [] }, own)
    expect(viewOf(readAsked(next, undefined), own).filters).toEqual([])
    expect(viewOf(readAsked(new URLSearchParams('filters={'), undefined), own).filters).toEqual([mine])
  })

  it('leaves out filters that are kept', () => {
    const next = writeBoardView(new URLSearchParams(), { ...board, filters: [mine] }, board, 'a1')
    expect(String(next)).toBe('kept=a1')
    expect(viewOf(readAsked(next, [mine]), board).filters).toEqual([mine])
  })

  it('knows which filters name what is protected', () => {
    const fields = [{ ...plainField('illness', 'text', 'Illness', { access: 'read' }), phi: true }]
    const ofPatients: BoardFilter = { object: 'patients', filter: { field: 'illness', op: 'eq', value: 'Flu' } }
    expect([[ofPatients], [mine], []].map((filters) => isProtected(filters, () => fields))).toEqual([
      true,
      false,
      false,
    ])
    expect([[ofPatients], [mine]].map((filters) => isProtected(filters, () => undefined))).toEqual([true, false])
  })
})
