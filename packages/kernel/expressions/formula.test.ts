import { describe, expect, it } from 'vitest'
import { compileFormula } from './formula.ts'

const variables = { price: 2.5, quantity: 3, name: 'Ana', tags: ['vip', 'new'], account: { city: 'Lima' } }
const run = (source: string): unknown => {
  const compiled = compileFormula(source)
  if ('problem' in compiled) throw new Error(compiled.problem)
  return compiled.formula.evaluate(variables)
}

describe('compileFormula', () => {
  it('gives no more text than can be kept', () => {
    const of = (source: string) => {
      const compiled = compileFormula(source)
      if ('problem' in compiled) throw new Error(compiled.problem)
      return () => compiled.formula.evaluate({ long: 'x'.repeat(300_000), many: Array.from({ length: 50 }, () => 1) })
    }
    expect(of('long + long + long')()).toHaveLength(900_000)
    expect(of('long + long + long + long')).toThrow('it gives more than 1000000 characters')
    expect(of('many.map(one, long)')).toThrow('it gives more than 1000000 characters')
  })

  it.each([
    ['price * quantity', 7.5],
    ['price * 2 + 1', 6],
    ['quantity / 2', 1.5],
    ['2 - price', -0.5],
    ['quantity > 2 ? "many" : "few"', 'many'],
    ['"vip" in tags && account.city == "Lima"', true],
    ['tags.filter(t, t.startsWith("v")).map(t, t + "!")', ['vip!']],
    ['name + " of " + account.city', 'Ana of Lima'],
    ['size(tags)', 2],
    ['price / 0.0', null],
    ['timestamp("2026-01-01T00:00:00Z")', '2026-01-01T00:00:00.000Z'],
    ['has(account.street)', false],
  ])('%s', (source, value) => expect(run(source)).toEqual(value))

  it.each([
    ['price *', 'is not a formula'],
    ['name.matches("^(a+)+$")', 'matches runs patterns'],
    ['tags.map(a, tags.map(b, a + b))', 'may not stand inside another'],
    ['cel.bind(x, name + name, x + x)', 'cel.bind is not available'],
    [`"${'x'.repeat(2_000)}"`, 'at most 2000 characters'],
    [`${'('.repeat(60)}1${')'.repeat(60)}`, 'is not a formula'],
    [Array(300).fill('price').join('+'), 'is not a formula'],
  ])('refuses %s', (source, problem) => {
    expect(compileFormula(source)).toEqual({ problem: expect.stringContaining(problem) })
  })

  it.each(['prcie * 2', 'name * 2', 'constructor', 'account.constructor', 'toString'])('%s fails by name', (source) => {
    expect(() => run(source)).toThrow(/^The formula could not be worked out: /)
  })

  it('knows the day', () => {
    const compiled = compileFormula('today() > "2026-01-31" ? today() : ""')
    if ('problem' in compiled) throw new Error(compiled.problem)
    expect(compiled.formula.evaluate({}, '2026-02-01')).toBe('2026-02-01')
    expect(compiled.formula.evaluate({}, '2026-01-31')).toBe('')
  })

  it('tells the variables it reads', () => {
    const compiled = compileFormula('has(account.city) && tags.exists(t, t == name) || quantity > size(today())')
    if ('problem' in compiled) throw new Error(compiled.problem)
    expect([...compiled.formula.reads]).toEqual(['account', 'tags', 'name', 'quantity'])
    expect(compiled.formula.paths).toEqual([['account', 'city'], ['tags'], ['name'], ['quantity']])
  })
})
