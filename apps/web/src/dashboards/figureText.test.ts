import type { WidgetInterval } from '@oneforge/client'
import { describe, expect, it } from 'vitest'
import { plainField } from '../fields/plainField.ts'
import {
  areOfSeveralCurrencies,
  categoryText,
  changeText,
  edgeFigure,
  exactFigure,
  numberOf,
  shortFigure,
  unitOf,
} from './figureText.ts'

const english = { format: { locale: 'en-GB', currency: 'EUR' }, mixed: 'several currencies' }
const german = { ...english, format: { locale: 'de-DE', currency: 'EUR' } }
const euros = (amount: string) => ({ amount, currency: 'EUR' })

describe('figures', () => {
  it('of several currencies have no axis in common', () => {
    const yen = { amount: '5', currency: 'JPY' }
    const mixed = { amount: null, currency: null, mixed: true as const }
    expect([[euros('1'), yen], [mixed], [euros('1'), null, euros('2')], [1, null]].map(areOfSeveralCurrencies)).toEqual(
      [true, true, false, false],
    )
  })

  it('are written with their digits, currency or unit', () => {
    expect(exactFigure(1234567, 'number', english)).toBe('1,234,567')
    expect(exactFigure(2.3456, 'number', german)).toBe('2,35')
    expect(exactFigure(euros('1234567.5'), 'number', english)).toBe('€1,234,567.50')
    expect(exactFigure(12.5, 'percent', english)).toBe('12.5%')
    expect(exactFigure(90, 'duration', english)).toBe('1 h 30 min')
    expect(exactFigure(4.25, 'rating', german)).toBe('4,25/5')
    expect(exactFigure('2026-03-01', 'number', english)).toBe('1 Mar 2026')
    expect(exactFigure(null, 'number', english)).toBe('–')
    const mixed = { amount: null, currency: null, mixed: true } as const
    expect(exactFigure(mixed, 'number', english)).toBe('several currencies')
    const amounts = [euros('1.5'), { amount: '5', currency: 'JPY' }]
    expect(exactFigure({ ...mixed, amounts }, 'number', english)).toBe('€1.50 · ¥5')
  })

  it('are short where there is little room', () => {
    const american = { ...english, format: { locale: 'en-US', currency: 'EUR' } }
    expect(shortFigure(9_999, 'number', english)).toBe('9,999')
    expect(shortFigure(1_234_567, 'number', american)).toBe('1.2M')
    expect(shortFigure(euros('34500.00'), 'number', american)).toBe('€34.5K')
    expect(shortFigure(euros('9600.00'), 'number', english)).toBe('€9.6k')
    expect(shortFigure(euros('120.00'), 'number', english)).toBe('€120.00')
  })

  it('stand at the edge of a chart without needless digits', () => {
    expect(edgeFigure(8000, 'EUR', 'number', english)).toBe('€8k')
    expect(edgeFigure(250, 'EUR', 'number', english)).toBe('€250')
    expect(edgeFigure(0.5, undefined, 'number', english)).toBe('0.5')
    expect(edgeFigure(90, undefined, 'duration', english)).toBe('1 h 30 min')
  })

  it('are drawn as numbers', () => {
    expect([3, euros('2.50'), null, '2026-01-01', undefined].map(numberOf)).toEqual([3, 2.5, null, null, null])
  })

  it('have the unit of what is measured', () => {
    const fields = [plainField('share', 'percent', 'Share', { access: 'read' })]
    expect(unitOf({ op: 'avg', field: 'share' }, fields)).toBe('percent')
    expect(unitOf({ op: 'distinct', field: 'share' }, fields)).toBe('number')
    expect(unitOf(undefined, fields)).toBe('number')
  })

  it('tell a change with its sign', () => {
    expect(changeText(0.124, 'en-GB')).toBe('+12%')
    expect(changeText(-0.034, 'en-GB')).toBe('-3.4%')
    expect(changeText(0, 'en-GB')).toBe('0%')
  })
})

describe('categories', () => {
  const text = (label: string, interval: WidgetInterval | null) => categoryText({ label }, interval, 'en-GB', 'None')

  it('are called as they are, or none', () => {
    expect([text('Active', null), text('', null), text('', 'month')]).toEqual(['Active', 'None', 'None'])
  })

  it('of dates are written by their step', () => {
    expect([text('2026-11-02', 'day'), text('2026-11-02', 'week')]).toEqual(['2 Nov', '2 Nov'])
    expect(text('2026-11-01', 'month')).toBe('Nov 2026')
    expect(text('2026-10-01', 'quarter')).toBe('Q4 2026')
    expect(text('2026-01-01', 'year')).toBe('2026')
    expect([text('1', 'weekday'), text('7', 'weekday')]).toEqual(['Mon', 'Sun'])
    expect(text('14', 'hour')).toBe('14:00')
  })
})
