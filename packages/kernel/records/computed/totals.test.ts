import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ComputedField } from '../../expressions/index.ts'
import { totalOf } from './totals.ts'

const rollup = (op: string, type: string) =>
  ({ plan: { kind: 'rollup', op, source: { type } } }) as unknown as ComputedField

/** Hundredths as PostgreSQL writes them: 12.50, -0.05, 3. */
function written(hundredths: number): string {
  const digits = String(Math.abs(hundredths)).padStart(3, '0')
  return `${hundredths < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

describe('totals of different children', () => {
  it('of decimals add up exactly', () => {
    const amounts = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 })
    fc.assert(
      fc.property(amounts, amounts, (one, other) => {
        expect(totalOf(rollup('sum', 'number'), written(one), written(other))).toBe(written(one + other))
      }),
    )
    expect(totalOf(rollup('sum', 'number'), '0.1', '0.20000000000000000001')).toBe('0.30000000000000000001')
    expect(totalOf(rollup('sum', 'number'), null, '7')).toBe('7')
  })

  it('of money know whether their currencies are one', () => {
    const sum = (one: unknown, other: unknown) => totalOf(rollup('sum', 'money'), one, other)
    expect(sum(['100', 'AUD', 'AUD'], ['250', 'AUD', 'AUD'])).toEqual(['350', 'AUD', 'AUD'])
    expect(sum(['100', 'AUD', 'AUD'], ['250', 'USD', 'USD'])).toEqual(['350', 'AUD', 'USD'])
    expect(sum([null, null, null], ['250', 'USD', 'USD'])).toEqual(['250', 'USD', 'USD'])
  })

  it('count', () => expect(totalOf(rollup('count', 'text'), 3, 4)).toBe(7))
})
