import type { ObjectMeta, Widget } from '@oneforge/client'
import { describe, expect, it } from 'vitest'
import { plainField } from '../../fields/plainField.ts'
import { canGroup, canMeasure, freeKey, kindOf, kinds, newWidget, ofObject, partsOf } from './kinds.ts'

const field = (key: string, type: Parameters<typeof plainField>[1]) => plainField(key, type, key, { access: 'read' })
const deals = {
  slug: 'deals',
  roles: { title: 'name', stage: 'stage' },
  fields: [field('name', 'text'), field('stage', 'select'), field('amount', 'money')],
} as ObjectMeta

describe('a new widget', () => {
  it('of each kind has what the server asks of it', () => {
    for (const kind of kinds) {
      const widget = newWidget(kind, 'Title', [], deals)
      expect(kindOf(widget)).toBe(kind)
      const asked = partsOf(widget)
      expect(widget.object, kind).toBe(asked.includes('object') ? 'deals' : undefined)
      expect(widget.groupBy !== undefined, kind).toBe(asked.includes('groupBy'))
      expect(widget.thenBy !== undefined, kind).toBe(asked.includes('columns'))
      expect(widget.measures !== undefined, kind).toBe(asked.includes('measures'))
    }
  })

  it('is grouped by the stage, or by time where it is a line', () => {
    expect(newWidget('bar', 'Bars', [], deals).groupBy).toEqual({ field: 'stage' })
    expect(newWidget('line', 'Line', [], deals).groupBy).toEqual({ field: 'createdAt', interval: 'month' })
  })

  it('has a key and a place of its own', () => {
    const first = newWidget('metric', 'One', [], deals)
    const second = newWidget('metric', 'Two', [first], deals)
    expect([first.key, second.key]).toEqual(['metric', 'metric_2'])
    expect(second.position).toEqual({ x: 3, y: 0, w: 3, h: 2 })
    expect(freeKey('bar', ['bar', 'bar_2'])).toBe('bar_3')
  })

  it('forgets of another object what that one does not have', () => {
    const widget: Widget = {
      ...newWidget('bar', 'Bars', [], deals),
      measure: { op: 'sum', field: 'amount' },
      filter: { field: 'stage', op: 'eq', value: 'Won' },
      limit: 5,
    }
    const other = ofObject(widget, {
      ...deals,
      slug: 'visits',
      roles: { title: 'name' },
      fields: [field('name', 'text')],
    })
    expect(other).toMatchObject({ object: 'visits', measure: { op: 'count' }, limit: 5, chart: 'bar' })
    expect(other.filter).toBeUndefined()
    expect(other.groupBy).toEqual({ field: 'createdAt', interval: 'month' })
  })
})

it('fields are grouped by or measured as their type allows', () => {
  expect(deals.fields.map(canGroup)).toEqual([true, true, false])
  expect(deals.fields.map(canMeasure)).toEqual([false, false, true])
})
