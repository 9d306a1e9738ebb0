import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimalDigits, writeDigits } from './numbers.ts'

describe('a number', () => {
  it.each([
    ['1234.5', 'en-GB', '1234.5'],
    ['1,234.50', 'es', '1234.50'],
    ['1.234,5', 'en-GB', '1234.5'],
    ['1,234', 'en-GB', '1234'],
    ['1,234', 'es', '1.234'],
    ['1.234.567', 'es', '1234567'],
    ['1,5', 'en-GB', '1.5'],
    ['-12 000', 'en-GB', '-12000'],
    ['−3', 'en-GB', '-3'],
    ['.5', 'en-GB', '0.5'],
    ['85.000', 'de', '85000'],
    ['85,5', 'de', '85.5'],
    ['85.5', 'de', '85.5'],
    ['0.125', 'de', '0.125'],
    ['1234.567', 'de', '1234.567'],
    ['85,000', 'en-GB', '85000'],
    ['1,00,000', 'en-IN', '100000'],
    ["85'000.5", 'de-CH', '85000.5'],
    ['1.2.2026', 'de', undefined],
    ['12a', 'en-GB', undefined],
    ['1-2', 'en-GB', undefined],
    ['', 'en-GB', undefined],
  ])('“%s” in %s is %s', (text, locale, digits) => {
    expect(decimalDigits(text, locale)).toBe(digits)
  })
})

it('is read as its own language writes it', () => {
  const locales = fc.constantFrom('de', 'de-CH', 'en-GB', 'en-IN', 'es', 'fr')
  const whole = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n })
  const fraction = fc.option(fc.integer({ min: 1, max: 999 }), { nil: undefined })
  fc.assert(
    fc.property(locales, whole, fraction, (locale, before, behind) => {
      const digits = behind === undefined ? `${before}` : `${before}.${behind}5`
      expect(decimalDigits(writeDigits(digits, locale), locale)).toBe(digits)
      expect(decimalDigits(writeDigits(digits, locale, true), locale)).toBe(digits)
    }),
  )
})
