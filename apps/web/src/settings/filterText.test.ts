import type { Filter } from '@oneforge/client'
import { describe, expect, it } from 'vitest'
import { pathsOf, sentence } from './filterText.ts'

const filter: Filter = {
  and: [
    { field: 'price', op: 'gt', value: 10 },
    { or: [{ field: 'style', op: 'notEmpty' }, { not: { field: 'winery.region', op: 'eq', value: 'Rioja' } }] },
  ],
}

describe('a filter', () => {
  it('is said as a sentence', () => {
    const words = { and: 'and', or: 'or', not: 'not' }
    const said = sentence(filter, ({ field, op, value = '' }) => `${field} ${op} ${value}`.trim(), words)
    expect(said).toBe('price gt 10 and (style notEmpty or not winery.region eq Rioja)')
  })

  it('names the fields that it asks for', () => {
    expect(pathsOf(filter)).toEqual(['price', 'style', 'winery.region'])
  })
})
