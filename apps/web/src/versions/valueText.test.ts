import { describe, expect, it } from 'vitest'
import { valueText } from './valueText.ts'

const words = { language: 'es', yes: 'sí', no: 'no', nothing: 'nada' }
const read = (value: unknown) => valueText(value, words)

describe('a value of a definition', () => {
  it('is read as words', () => {
    expect([null, '', [], true, 12, 'Phone'].map(read)).toEqual(['nada', 'nada', 'nada', 'sí', '12', 'Phone'])
  })

  it('is named in the language of the reader, or in English', () => {
    expect(read({ en: 'Phone', es: 'Teléfono' })).toBe('Teléfono')
    expect(read([{ value: 'red', label: { en: 'Red' } }, { key: 'sum' }])).toBe('Red, sum')
  })

  it('tells of filters and of anything else all there is', () => {
    expect(read({ field: 'wheel', op: 'gt', value: 20 })).toBe('wheel gt 20')
    expect(read({ and: [{ field: 'state', op: 'isEmpty' }] })).toBe('and: state isEmpty')
    expect(read({ min: 1, max: 9 })).toBe('min: 1; max: 9')
  })
})
