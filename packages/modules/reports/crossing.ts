/**
 * Groups by two values at once. There may be more of them than an answer holds: then rows and columns are asked for by
 * themselves, so that what they are ranked by and add up to is right, and of the pairs those that are shown.
 */
import type { Aggregated, GroupBy, Measure } from '@oneforge/kernel/records'
import type { GroupReader } from './categories.ts'
import { allFilters, type Scene, wholeOf } from './scene.ts'
import { type Cell, cellsOf } from './values.ts'

export type Groups = Map<string, { value: unknown; cells: Cell[] }>

/** Cells by one of their keys. */
export function byKey(cells: Cell[], index: number): Groups {
  const groups: Groups = new Map()
  for (const cell of cells) {
    const value = cell.keys[index] ?? null
    const group = groups.get(JSON.stringify(value)) ?? { value, cells: [] }
    group.cells.push(cell)
    groups.set(JSON.stringify(value), group)
  }
  return groups
}

export const cellsWith = (groups: Groups, value: unknown): Cell[] => groups.get(JSON.stringify(value))?.cells ?? []

export interface Side {
  group: GroupBy
  reader: GroupReader
}

/** What is in each row and in each column, over all of the other side; in parts by what is asked for besides. */
export async function sidesOf(
  scene: Scene,
  [first, second]: [Side, Side],
  measures: Measure[],
  answer: Aggregated,
  besides: GroupBy[] = [],
): Promise<{ rows: Groups; columns: Groups }> {
  const cells = cellsOf(measures, answer)
  if (!answer.isTruncated) return { rows: byKey(cells, 0), columns: byKey(cells, 1) }
  return {
    rows: byKey(await wholeOf(scene, measures, [first.group, ...besides]), 0),
    columns: byKey(await wholeOf(scene, measures, [second.group, ...besides]), 0),
  }
}

/** The pairs of these rows with these columns, at the least. */
export async function pairsOf(
  scene: Scene,
  sides: [Side, Side],
  measures: Measure[],
  answer: Aggregated,
  shown: [rows: unknown[], columns: unknown[]],
  besides: GroupBy[] = [],
): Promise<Cell[]> {
  if (!answer.isTruncated) return cellsOf(measures, answer)
  const filters = sides.map((side, index) => amongValues(side, shown[index]!))
  const narrowed = { ...scene, filter: allFilters([scene.filter, ...filters]) }
  return wholeOf(narrowed, measures, [sides[0].group, sides[1].group, ...besides])
}

/** Stretches of time are few, and those that are shown lie beside one another: the period is filter enough. */
function amongValues({ group, reader }: Side, values: unknown[]): unknown {
  if (reader.interval) return null
  const present = values.filter((value) => value !== null)
  const filters = [
    ...(present.length > 0 ? [{ field: group.field, op: 'in', value: present }] : []),
    ...(present.length < values.length ? [{ field: group.field, op: 'empty' }] : []),
  ]
  return filters.length > 0 ? { or: filters } : null
}
