/** Templates need not say what their formulas give: the system finds it out, which is no difference between the two. */
import type { Shape } from '@oneforge/templates'
import { describe, expect, it } from 'vitest'
import { withFoundTypes } from './following.ts'

type Computed = Shape['objects'][number]['fields'][number]['computed']

/** Rooms with one formula. */
const shapeWith = (computed: Computed, key = 'double'): Shape =>
  ({ objects: [{ slug: 'rooms', fields: [{ key, type: 'formula', computed }] }], roles: [] }) as unknown as Shape
const found = shapeWith({ expression: 'area * 2', resultType: 'number' })

describe('formulas without a type of their results', () => {
  it('take the one that was found out for the same formula', () => {
    expect(withFoundTypes(shapeWith({ expression: 'area * 2' }), found)).toEqual(found)
  })

  it('stay without one where the formula is another, or is new', () => {
    const other = shapeWith({ expression: 'area * 3' })
    expect(withFoundTypes(other, found)).toEqual(other)
    const fresh = shapeWith({ expression: 'area * 2' }, 'triple')
    expect(withFoundTypes(fresh, found)).toEqual(fresh)
    const elsewhere = { ...fresh, objects: fresh.objects.map((object) => ({ ...object, slug: 'halls' })) }
    expect(withFoundTypes(elsewhere, found)).toEqual(elsewhere)
  })

  it('leave a type that the template names as it is', () => {
    const named = shapeWith({ expression: 'area * 2', resultType: 'money' })
    expect(withFoundTypes(named, found)).toEqual(named)
  })
})
