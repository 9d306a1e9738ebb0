import { describe, expect, it } from 'vitest'
import { layoutOf, neighbourAt } from './layout.ts'

const node = (id: string, depth: number) => ({ id, object: 'people', title: id, recordNumber: id, depth })
const edge = (from: string, to: string) => ({ from, to, relation: 'knows', label: 'Knows' })
const graph = {
  nodes: [node('me', 0), node('zoe', 1), node('abe', 1), node('x', 2), node('y', 2)],
  edges: [edge('me', 'zoe'), edge('abe', 'me'), edge('zoe', 'x'), edge('abe', 'y')],
}

describe('the layout', () => {
  it('puts what hangs together beside each other, the same each time', () => {
    const layout = layoutOf(graph)
    expect(layout.columns).toEqual([['me'], ['abe', 'zoe'], ['y', 'x']])
    expect(layoutOf({ ...graph, nodes: graph.nodes.toReversed() }).columns).toEqual(layout.columns)
    expect(layout.nodes.get('me')!.y).toBe((layout.height - 44) / 2)
  })

  it('is walked by arrows', () => {
    const layout = layoutOf(graph)
    expect(neighbourAt(layout, 'me', 'ArrowRight')).toBe('abe')
    expect(neighbourAt(layout, 'abe', 'ArrowDown')).toBe('zoe')
    expect(neighbourAt(layout, 'zoe', 'ArrowRight')).toBe('x')
    expect(neighbourAt(layout, 'x', 'ArrowLeft')).toBe('zoe')
    expect(neighbourAt(layout, 'me', 'ArrowLeft')).toBeUndefined()
    expect(neighbourAt(layout, 'abe', 'ArrowUp')).toBeUndefined()
  })

  it('holds a record that nothing is linked to', () => {
    expect(layoutOf({ nodes: [node('me', 0)], edges: [] })).toMatchObject({ columns: [['me']], width: 168, height: 44 })
  })
})
