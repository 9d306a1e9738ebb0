import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareKeys, foldText, isDate, moneyOfMinor, sortKey } from './index.ts'
import { numberKey } from './order.ts'

const sign = (value: number): number => Math.sign(value)
const byteOrder = (left: string, right: string): number => sign(Buffer.compare(Buffer.from(left), Buffer.from(right)))
const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
const anyText = fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed())

describe('sort keys', () => {
  it('compare as their bytes do in UTF-8', () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => sign(compareKeys(a, b)) === byteOrder(a, b)),
      { numRuns: 3_000 },
    )
    expect(sign(compareKeys('\uFFEE', '😀'))).toBe(-1)
  })

  it('order all finite numbers', () => {
    const order = (a: number, b: number) => sign(compareKeys(numberKey(a), numberKey(b))) === sign(a - b || 0)
    fc.assert(fc.property(finite, finite, order), { numRuns: 3_000 })
    fc.assert(fc.property(fc.integer(), fc.integer(), order), { numRuns: 1_000 })
    expect(numberKey(-0)).toBe(numberKey(0))
  })

  it('order money by minor units', () => {
    const minor = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n })
    const key = (value: bigint) => sortKey({ type: 'money' }, moneyOfMinor(value, 'AUD'))!
    fc.assert(
      fc.property(minor, minor, (a, b) => sign(compareKeys(key(a), key(b))) === (a < b ? -1 : a > b ? 1 : 0)),
      { numRuns: 2_000 },
    )
  })

  it('order days and moments in time', () => {
    const moment = fc.date({
      min: new Date('0001-01-02T00:00:00Z'),
      max: new Date('9999-12-30T00:00:00Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(moment, moment, (a, b) => {
        const [left, right] = [a.toISOString(), b.toISOString()]
        expect(isDate(left.slice(0, 10))).toBe(true)
        const key = (text: string) => sortKey({ type: 'datetime' }, text)!
        return sign(compareKeys(key(left), key(right))) === sign(a.getTime() - b.getTime())
      }),
    )
  })

  it('stay short, and are the same whatever the case and the accents', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(Array.from(sortKey({ type: 'text' }, text)!).length).toBeLessThanOrEqual(200)
        expect(foldText(foldText(text))).toBe(foldText(text))
        expect(foldText(text.normalize('NFC'))).toBe(foldText(text.normalize('NFD')))
      }),
      { numRuns: 3_000 },
    )
    expect(sortKey({ type: 'text' }, '  ZOË   Ángel ')).toBe('zoe angel')
    expect(foldText('ΟΔΟΣ')).toBe(foldText('οδος'))
    expect(foldText('कि')).not.toBe(foldText('क'))
  })

  it('are absent where values have no order', () => {
    expect(sortKey({ type: 'tags' }, ['a'])).toBeNull()
    expect(sortKey({ type: 'json' }, {})).toBeNull()
  })
})
