import { describe, expect, it } from 'vitest'
import { numberExample, numberingProblem } from './numberExample.ts'

describe('an example', () => {
  it.each([
    ['INV-{YYYY}-{0001}', 'INV-2026-0012'],
    ['{LOC}/{YY}{MM}/{1}', 'NORTH/2611/12'],
    ['PAT-{000001}', 'PAT-000012'],
  ])('of %s is %s', (pattern, number) => {
    expect(numberExample(pattern, 12, '2026-11-21', 'NORTH')).toBe(number)
  })
})

describe('a pattern', () => {
  const with_ = (pattern: string, restart: 'never' | 'year' | 'month' = 'never', perLocation = false) =>
    numberingProblem({ pattern, restart, perLocation })
  it('has one counter, and what it begins anew with', () => {
    expect(with_('A-{0001}')).toBeUndefined()
    expect(with_('A-')).toBe('counter')
    expect(with_('A-{001}{001}')).toBe('counter')
    expect(with_('Ä{001}')).toBe('signs')
    expect(with_('{001}', 'year')).toBe('year')
    expect(with_('{YY}-{001}', 'month')).toBe('month')
    expect(with_('{001}', 'never', true)).toBe('location')
  })
})
