/** Where the records of a neighbourhood stand: the one in question left, what is linked to it in columns to the right. */
import type { RecordGraph } from '@oneforge/client'

export interface Placed {
  id: string
  x: number
  y: number
}

export interface Layout {
  nodes: Map<string, Placed>
  /** Ids by column, top to bottom. */
  columns: string[][]
  width: number
  height: number
}

/** Pixels. */
export const nodeWidth = 168
export const nodeHeight = 44
const columnGap = 96
const rowGap = 14

/** The same graph is always drawn the same: each column in the order of what its records hang on, then by title. */
export function layoutOf({ nodes, edges }: Pick<RecordGraph, 'nodes' | 'edges'>): Layout {
  const depths = Math.max(0, ...nodes.map(({ depth }) => depth)) + 1
  const columns: string[][] = []
  const rowOf = new Map<string, number>()
  for (let depth = 0; depth < depths; depth += 1) {
    const ordered = nodes
      .filter((node) => node.depth === depth)
      .map((node) => ({ ...node, weight: weightOf(node.id, edges, rowOf) }))
      .toSorted((a, b) => a.weight - b.weight || (a.title ?? '').localeCompare(b.title ?? '') || (a.id < b.id ? -1 : 1))
    for (const [row, { id }] of ordered.entries()) rowOf.set(id, row / Math.max(1, ordered.length))
    columns.push(ordered.map(({ id }) => id))
  }
  const most = Math.max(1, ...columns.map(({ length }) => length))
  const height = most * nodeHeight + (most - 1) * rowGap
  const placed = columns.flatMap((ids, column) => {
    const taken = ids.length * nodeHeight + (ids.length - 1) * rowGap
    const top = (height - taken) / 2
    return ids.map((id, row) => ({ id, x: column * (nodeWidth + columnGap), y: top + row * (nodeHeight + rowGap) }))
  })
  return {
    nodes: new Map(placed.map((node) => [node.id, node])),
    columns,
    width: depths * nodeWidth + (depths - 1) * columnGap,
    height,
  }
}

/** The middle of the rows that a record is linked to in the columns before. */
function weightOf(id: string, edges: RecordGraph['edges'], rowOf: Map<string, number>): number {
  const rows = edges.flatMap(({ from, to }) => {
    const other = from === id ? to : to === id ? from : undefined
    return other === undefined ? [] : (rowOf.get(other) ?? [])
  })
  return rows.length === 0 ? 0 : rows.reduce((sum, row) => sum + row, 0) / rows.length
}

/** The line from one record to another: out of the side that looks at it, into the side that it comes from. */
export function lineBetween(from: Placed, to: Placed): string {
  const middle = nodeHeight / 2
  if (from.x === to.x) {
    const x = from.x + nodeWidth
    return `M ${x} ${from.y + middle} C ${x + 48} ${from.y + middle}, ${x + 48} ${to.y + middle}, ${x} ${to.y + middle}`
  }
  const [left, right] = from.x < to.x ? [from, to] : [to, from]
  const start = left.x + nodeWidth
  const bend = (right.x - start) / 2
  return `M ${start} ${left.y + middle} C ${start + bend} ${left.y + middle}, ${right.x - bend} ${right.y + middle}, ${right.x} ${right.y + middle}`
}

/** The record that an arrow key leads to from another; undefined at the edge. */
export function neighbourAt(layout: Layout, id: string, key: string): string | undefined {
  const column = layout.columns.findIndex((ids) => ids.includes(id))
  const row = layout.columns[column]?.indexOf(id) ?? -1
  if (key === 'ArrowUp') return layout.columns[column]?.[row - 1]
  if (key === 'ArrowDown') return layout.columns[column]?.[row + 1]
  const step = { ArrowLeft: -1, ArrowRight: 1 }[key]
  const here = layout.nodes.get(id)
  if (step === undefined || !here) return undefined
  const others = layout.columns[column + step] ?? []
  const distance = (other: string) => Math.abs((layout.nodes.get(other)?.y ?? 0) - here.y)
  return others.toSorted((a, b) => distance(a) - distance(b))[0]
}
