import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  aroundCounter,
  compileNumbering,
  numberForm,
  numberingProblem,
  numbersLike,
  scopeOfNumber,
} from './numbering.ts'

const place = { today: '2026-05-09', location: 'SYD' }
const written = (pattern: string, options = {}, n = 7): string => {
  const { before, digits, after } = numberForm(compileNumbering({ pattern, ...options }), place)
  return before + String(n).padStart(digits, '0') + after
}

describe('numbers', () => {
  it.each([
    ['PAT-{000001}', 'PAT-000007'],
    ['INV-{YYYY}-{0001}', 'INV-2026-0007'],
    ['{LOC}/{YY}{MM}.{01}', 'SYD/2605.07'],
    ['{1}', '7'],
    ['{0001}-A', '0007-A'],
  ])('%s is written %s', (pattern, number) => expect(written(pattern)).toBe(number))

  it('grow beyond the digits of their pattern', () => expect(written('A-{01}', {}, 12345)).toBe('A-12345'))

  it.each([
    [{ pattern: 'PAT-' }, 'exactly one counter'],
    [{ pattern: '{01}-{01}' }, 'exactly one counter'],
    [{ pattern: '{0002}' }, 'exactly one counter'],
    [{ pattern: 'PÁT-{01}' }, 'takes letters'],
    [{ pattern: '{DD}-{01}' }, 'takes letters'],
    [{ pattern: '{01}', restart: 'year' as const }, 'needs {YYYY} or {YY}'],
    [{ pattern: '{YY}-{01}', restart: 'month' as const }, 'needs {MM}'],
    [{ pattern: '{01}', perLocation: true }, 'needs {LOC}'],
    [{ pattern: '{LOC}{YY}{01}' }, 'between {LOC} and the counter'],
    [{ pattern: `${'A'.repeat(60)}{01}` }, 'at most 60'],
  ])('refuses %o', (numbering, problem) => expect(numberingProblem(numbering)).toContain(problem))
})

describe('scopes', () => {
  const scope = (pattern: string, options = {}, at = place): string =>
    numberForm(compileNumbering({ pattern, ...options }), at).scope

  it('are one for numbers that go on, and one for each period and location otherwise', () => {
    expect(scope('INV-{YYYY}-{0001}')).toBe('')
    expect(scope('INV-{YYYY}-{0001}', { restart: 'year' })).toBe('26')
    expect(scope('{YY}-{MM}-{0001}', { restart: 'month' })).toBe('26-05')
    expect(scope('{LOC}-{YY}-{0001}', { restart: 'year', perLocation: true })).toBe('SYD 26')
  })

  const patterns = [
    { pattern: 'PAT-{0001}' },
    { pattern: 'INV-{YYYY}-{0001}', restart: 'year' as const },
    { pattern: '{LOC}.{YY}{MM}/{01}', restart: 'month' as const, perLocation: true },
    { pattern: '{0001}-{LOC}', perLocation: true },
    { pattern: 'A_{MM}.{001}/{YY}', restart: 'year' as const },
  ]

  it('are read back from every number', () => {
    const days = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    const places = fc.record({ day: days, location: fc.stringMatching(/^[A-Z0-9]{1,8}$/) })
    fc.assert(
      fc.property(fc.constantFrom(...patterns), places, fc.integer({ min: 1, max: 1e9 }), (pattern, where, n) => {
        const numbering = compileNumbering(pattern)
        const form = numberForm(numbering, { today: where.day.toISOString().slice(0, 10), location: where.location })
        const number = form.before + String(n).padStart(form.digits, '0') + form.after
        const { expression, groups, shape } = numbersLike(numbering)
        const found = new RegExp(expression).exec(number)!
        expect(number).toMatch(likeAsExpression(shape))
        const around = aroundCounter(numbering)
        expect(around === undefined).toBe(numbering.namesLocation)
        if (around) expect(Number(number.slice(around.before, number.length - around.after))).toBe(n)
        const parts = Object.fromEntries(groups.map((name, index) => [name, found[index + 1]!]))
        expect(Number(parts.counter)).toBe(n)
        expect(scopeOfNumber(numbering, parts)).toBe(form.scope)
      }),
    )
  })
})

/** What LIKE takes for the pattern. */
const likeAsExpression = (shape: string): RegExp =>
  new RegExp(
    `^${shape.replace(/[.]/g, '\\.').replaceAll(/(\\_)|_|%/g, (sign, kept) => (kept ? '_' : sign === '%' ? '.*' : '.'))}$`,
  )
