/** The groups of a table, and what stands under those that are open, as one line after the other. */
import type { FieldMeta, Filter, RecordData, ViewSettings } from '@oneforge/client'
import type { Sums } from '../totals/totals.ts'
import { filterOfGroup, inOrder } from './groups.ts'

export interface Group {
  /** Stays the same when counts change. */
  id: string
  field: FieldMeta
  /** Its value, count and totals. */
  sums: Sums
  level: 1 | 2
  /** Its records among those of the list. */
  filter: Filter
  /** Unless somebody folds it. */
  startsOpen: boolean
  /** The groups inside, where there are two levels. */
  within?: Group[]
}

/** As many groups as open by themselves. */
const fewGroups = 6

/** @param inner the groups of both fields together, where there are two. */
export function groupsOf([first, second]: FieldMeta[], outer: Sums[], inner: Sums[], settings: ViewSettings): Group[] {
  if (!first) return []
  return inOrder(outer, first).map((sums) => {
    const group = groupOf(first, sums, 1, settings, outer.length <= fewGroups)
    if (!second) return group
    const own = inOrder(
      inner.filter((one) => one[first.key] === sums[first.key]),
      second,
    )
    const within = own.map((one) => {
      const part = groupOf(second, one, 2, settings, own.length === 1)
      return { ...part, id: `${group.id} ${part.id}`, filter: { and: [group.filter, part.filter] } }
    })
    return { ...group, within }
  })
}

function groupOf(field: FieldMeta, sums: Sums, level: 1 | 2, settings: ViewSettings, startsOpen: boolean): Group {
  const value = sums[field.key]
  const id = JSON.stringify(value ?? null)
  return { id, field, sums, level, filter: filterOfGroup(field, value, settings), startsOpen }
}

/** What is known of the records of an open group. */
export interface Loaded {
  rows: RecordData[]
  isPending: boolean
  hasMore: boolean
  isFetchingMore: boolean
  fetchMore: () => void
}

/** `waiting` and `id` name the group whose records are awaited, or go on. */
export type Line = { group: Group; isOpen: boolean } | { id: string; more: Loaded } | { waiting: string }

export interface Lines {
  /** Undefined where no record stands. */
  rows: (RecordData | undefined)[]
  /** What stands there instead, by the number of the line. */
  others: Map<number, Line>
  /** The groups whose records are shown. */
  open: Group[]
}

export function linesOf(
  groups: Group[],
  isOpen: (group: Group) => boolean,
  loaded: ReadonlyMap<string, Loaded>,
): Lines {
  const lines: Lines = { rows: [], others: new Map(), open: [] }
  // While a record moves from one group to another, both may have it.
  const seen = new Set<string>()
  const put = (line: Line) => {
    lines.others.set(lines.rows.length, line)
    lines.rows.push(undefined)
  }
  const putGroup = (group: Group): void => {
    put({ group, isOpen: isOpen(group) })
    if (!isOpen(group)) return
    if (group.within) group.within.forEach(putGroup)
    else putRecords(group)
  }
  const putRecords = (group: Group): void => {
    lines.open.push(group)
    const known = loaded.get(group.id)
    const records = (known?.rows ?? []).filter(({ id }) => !seen.has(id))
    for (const record of records) seen.add(record.id)
    lines.rows.push(...records)
    if (!known || known.isPending) put({ waiting: group.id })
    else if (known.hasMore) put({ id: group.id, more: known })
  }
  groups.forEach(putGroup)
  return lines
}
