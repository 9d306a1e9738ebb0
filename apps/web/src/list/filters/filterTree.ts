/**
 * The filter as the builder edits it: groups of conditions, some of them unfinished. `toFilter` makes the filter
 * language of it, `fromFilter` reads it back; what the builder has no words for is carried along untouched.
 */
import type { FieldMeta, Filter, FilterCondition } from '@oneforge/client'
import { familyOf, operatorsOf, valuesOf } from './operators.ts'

export interface Condition {
  kind: 'condition'
  id: string
  field: string
  op: string
  value: unknown
}

export interface Group {
  kind: 'group'
  id: string
  join: 'and' | 'or'
  items: Item[]
}

/** A part made elsewhere that the builder has no words for; it stays as it is. */
export interface Foreign {
  kind: 'foreign'
  id: string
  filter: Filter
}

export type Item = Condition | Group | Foreign

export function newGroup(items: Item[] = [], join: Group['join'] = 'and'): Group {
  return { kind: 'group', id: crypto.randomUUID(), join, items }
}

export function newCondition(field: string, op: string, value: unknown = null): Condition {
  return { kind: 'condition', id: crypto.randomUUID(), field, op, value }
}

/** The finished conditions in the filter language; null when there are none. */
export function toFilter(item: Item): Filter | null {
  if (item.kind === 'foreign') return item.filter
  if (item.kind === 'condition') return isFinished(item) ? condition(item) : null
  const parts = item.items.map(toFilter).filter((part) => part !== null)
  if (parts.length < 2) return parts[0] ?? null
  return item.join === 'and' ? { and: parts } : { or: parts }
}

function condition({ field, op, value }: Condition): FilterCondition {
  return valuesOf(op) === 'none' ? { field, op } : { field, op, value }
}

/**
 * `fields` tell which conditions are choices: those are read as lists of one, as the builder asks for them. `relations`
 * are those that conditions may look over.
 */
export function fromFilter(filter: Filter | null, fields: FieldMeta[], relations: string[] = []): Group {
  if (!filter) return newGroup()
  const item = itemOf(filter, fields, relations)
  return item.kind === 'group' ? item : newGroup([item])
}

/** An empty builder begins with a line to fill in. */
export function startingGroup(filter: Filter | null, fields: FieldMeta[], relations: string[] = []): Group {
  const group = fromFilter(filter, fields, relations)
  const [first] = fields
  if (group.items.length || !first) return group
  return newGroup([newCondition(first.key, operatorsOf(first)[0]!)])
}

function itemOf(filter: Filter, fields: FieldMeta[], relations: string[]): Item {
  const inner = (part: Filter) => itemOf(part, fields, relations)
  if ('and' in filter) return newGroup(filter.and.map(inner), 'and')
  if ('or' in filter) return newGroup(filter.or.map(inner), 'or')
  const field = 'field' in filter ? fields.find(({ key }) => key === filter.field) : undefined
  if ('field' in filter && !field && relations.includes(filter.field.split('.')[0] ?? '')) {
    return newCondition(filter.field, filter.op, filter.value ?? null)
  }
  // A `not`, or a way over relations where none can be shown: nothing that the builder has words for.
  if (!('field' in filter) || !field) return { kind: 'foreign', id: crypto.randomUUID(), filter }
  const { op, value = null } = filter
  const listOp = familyOf(field) === 'choice' ? { eq: 'in', ne: 'nin' }[op] : undefined
  return listOp && value !== null ? newCondition(field.key, listOp, [value]) : newCondition(field.key, op, value)
}

/** Whether a condition says enough to be asked. */
export function isFinished({ field, op, value }: Condition): boolean {
  if (op === '' || field.endsWith('.')) return false
  const wants = valuesOf(op)
  if (wants === 'none') return true
  if (wants === 'one') return isGiven(value)
  if (!Array.isArray(value)) return false
  return wants === 'two' ? value.length === 2 && value.every(isGiven) : value.length > 0
}

function isGiven(value: unknown): boolean {
  return value !== null && value !== undefined && value !== ''
}

/** How many finished conditions stand anywhere in it. */
export function countConditions(item: Item): number {
  if (item.kind === 'foreign') return 1
  if (item.kind === 'condition') return isFinished(item) ? 1 : 0
  return item.items.reduce((sum, child) => sum + countConditions(child), 0)
}

/** The tree with one item replaced, or taken out when `change` gives nothing. */
export function changeItem(group: Group, id: string, change: (item: Item) => Item | undefined): Group {
  const items = group.items.flatMap((item) => {
    if (item.id === id) return change(item) ?? []
    return item.kind === 'group' ? changeItem(item, id, change) : item
  })
  return { ...group, items }
}

/** How many conditions a filter holds, whoever made it. */
export function countFilter(filter: Filter | null): number {
  return filter ? countConditions(fromFilter(filter, [])) : 0
}
