import type { Measure } from '@oneforge/kernel/records'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  areOfSeveralCurrencies,
  changeOf,
  compareValues,
  mixed,
  partsOf,
  shareOf,
  type Value,
  valuesOf,
} from './values.ts'

const usd = (amount: string) => ({ amount, currency: 'USD' })
const together = (measure: Measure, ...parts: Value[][]): Value =>
  valuesOf(
    [measure],
    parts.map((one) => ({ keys: [], parts: [one] })),
  )[0]!

describe('values of several groups', () => {
  it('are those of all their records, however these are grouped', () => {
    const numbers = fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 1, maxLength: 30 })
    const ops = ['count', 'sum', 'avg', 'min', 'max'] as const
    const all = (op: (typeof ops)[number], of: number[]): number => {
      const sum = of.reduce((total, value) => total + value, 0)
      return { count: of.length, sum, avg: sum / of.length, min: Math.min(...of), max: Math.max(...of) }[op]
    }
    const asked = (measure: Measure, of: number[]) => partsOf(measure).map(({ op }) => all(op as 'sum', of))
    fc.assert(
      fc.property(numbers, fc.integer({ min: 1, max: 7 }), fc.constantFrom(...ops), (values, size, op) => {
        const measure = { op, field: 'number' }
        const groups = [...Map.groupBy(values, (_, index) => index % size)].map(([, group]) => asked(measure, group))
        expect(together(measure, ...groups)).toBe(all(op, values))
      }),
    )
  })

  it('keep currencies apart', () => {
    const sum: Measure = { op: 'sum', field: 'amount' }
    expect(together(sum, [usd('0.10')], [usd('0.20')], [null])).toEqual(usd('0.30'))
    const [euro, dollars] = [{ amount: '1.00', currency: 'EUR' }, usd('3.00')]
    const both = { ...mixed, amounts: [euro, dollars] }
    expect(together(sum, [usd('1.00')], [euro], [null], [usd('2.00')])).toEqual(both)
    expect(together({ op: 'max', field: 'amount' }, [usd('3.00')], [euro], [usd('2.00')])).toEqual(both)
    expect(together({ op: 'avg', field: 'amount' }, [usd('6.00'), 2], [euro, 1])).toEqual(both)
    expect(together(sum, [usd('1.00')], [mixed])).toEqual(mixed)
    expect(together({ op: 'avg', field: 'amount' }, [usd('0.01'), 1], [usd('0.02'), 1])).toEqual(usd('0.02'))
  })

  it('say nothing of how many different values there are together', () => {
    const distinct: Measure = { op: 'distinct', field: 'city' }
    expect([together(distinct), together(distinct, [3]), together(distinct, [3], [2])]).toEqual([0, 3, null])
  })
})

it('compares only what is of one kind', () => {
  expect([changeOf(150, 100), changeOf(50, -100), changeOf(5, 0), changeOf('2026-01-01', 3)]).toEqual([
    0.5,
    1.5,
    null,
    null,
  ])
  expect(changeOf(usd('3.00'), { amount: '2.00', currency: 'EUR' })).toBeNull()
  expect(shareOf(usd('25.00'), usd('100.00'))).toBe(0.25)
})

describe('amounts of several currencies', () => {
  const yen = { amount: '900', currency: 'JPY' }

  it('are put in order within their currency', () => {
    const sorted = [yen, usd('2.00'), null, usd('10.00'), mixed].toSorted((a, b) => compareValues(b, a))
    expect(sorted.slice(0, 3)).toEqual([usd('10.00'), usd('2.00'), yen])
  })

  it('have no common measure', () => {
    expect([[usd('1.00'), yen], [mixed], [usd('1.00'), null, usd('2.00')], [1, 2]].map(areOfSeveralCurrencies)).toEqual(
      [true, true, false, false],
    )
  })
})
