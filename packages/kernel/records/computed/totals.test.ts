import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changedTotal, mostRanked, type Rollup, type Tally, type Total } from './totals.ts'

const rollup = (op: string, type: string) => ({ kind: 'rollup', op, source: { type } }) as unknown as Rollup

/** Hundredths as PostgreSQL writes them: 12.50, -0.05, 3. */
function written(hundredths: number): string {
  const digits = String(Math.abs(hundredths)).padStart(3, '0')
  return `${hundredths < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

const tallyOf = (plan: Rollup, values: number[]): Tally => {
  const sorted = values.toSorted((a, b) => (plan.op === 'min' ? a - b : b - a))
  if (plan.op === 'sum') return [written(values.reduce((sum, value) => sum + value, 0)), values.length]
  return [sorted.slice(0, mostRanked).map(written), values.length]
}

describe('totals whose children change', () => {
  it('are what all children add up to', () => {
    const amounts = fc.array(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }))
    const sum = rollup('sum', 'number')
    fc.assert(
      fc.property(amounts, amounts, amounts, (stay, come, go) => {
        const total = changedTotal(sum, tallyOf(sum, [...stay, ...go]), [tallyOf(sum, come)], [tallyOf(sum, go)])
        expect(total).toEqual(tallyOf(sum, [...stay, ...come]))
      }),
    )
    expect(changedTotal(sum, ['0.1', 1], [['0.20000000000000000001', 1]], [])).toEqual(['0.30000000000000000001', 2])
    expect(changedTotal(rollup('count', 'text'), 3, [4], [1, 1])).toBe(5)
  })

  it('name the best, or do not tell', () => {
    const change = fc.record({ come: fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 3 }), go: fc.nat() })
    for (const op of ['min', 'max']) {
      const plan = rollup(op, 'number')
      fc.assert(
        fc.property(fc.array(change, { maxLength: 150 }), (changes) => {
          const values: number[] = []
          let total: Total | undefined = tallyOf(plan, [])
          for (const { come, go } of changes) {
            const gone = values.length > 0 && go % 3 > 0 ? values.splice(go % values.length, 1) : []
            values.push(...come)
            total = changedTotal(plan, total, [tallyOf(plan, come)], gone.length > 0 ? [tallyOf(plan, gone)] : [])
            const [best, count] = (total ?? [[], values.length]) as [string[], number]
            expect(count).toBe(values.length)
            if (total) expect(best).toEqual((tallyOf(plan, values)[0] as string[]).slice(0, best.length))
            else total = tallyOf(plan, values)
          }
        }),
      )
    }
  })

  it('of money are apart by currency', () => {
    const sum = rollup('sum', 'money')
    const both = changedTotal(sum, { AUD: ['100', 1] }, [{ AUD: ['250', 1] }, { USD: ['5', 1] }], [])
    expect(both).toEqual({ AUD: ['350', 2], USD: ['5', 1] })
    expect(changedTotal(sum, both!, [], [{ AUD: ['100', 1] }, { AUD: ['250', 1] }])).toEqual({ USD: ['5', 1] })
    const least = rollup('min', 'money')
    expect(changedTotal(least, { AUD: [['100'], 1] }, [{ AUD: [['90'], 1] }], [{ AUD: [['100'], 1] }])).toEqual({
      AUD: [['90'], 1],
    })
  })
})
