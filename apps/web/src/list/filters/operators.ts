/** Which questions can be asked of a field. The page asks in plain words; what travels is the filter language. */
import type { FieldMeta, FieldType } from '@oneforge/client'
import { shownType } from '../../fields/format.ts'

/** Fields that are asked the same questions. Each has its own wording in the texts. */
export type Family = 'text' | 'prose' | 'number' | 'date' | 'choice' | 'list' | 'boolean' | 'other'

export type Operator =
  | 'eq'
  | 'ne'
  | 'gt'
  | 'gte'
  | 'lt'
  | 'lte'
  | 'in'
  | 'nin'
  | 'contains'
  | 'startsWith'
  | 'between'
  | 'empty'
  | 'notEmpty'

const familyOfType: Partial<Record<FieldType, Family>> = {
  number: 'number',
  integer: 'number',
  money: 'number',
  percent: 'number',
  duration: 'number',
  rating: 'number',
  time: 'number',
  date: 'date',
  datetime: 'date',
  select: 'choice',
  user: 'choice',
  multiselect: 'list',
  tags: 'list',
  boolean: 'boolean',
  richtext: 'prose',
  address: 'prose',
  file: 'other',
  json: 'other',
  checklist: 'other',
}

const presence: Operator[] = ['empty', 'notEmpty']

/** In the order they are offered; the first is where a new condition starts. */
const operators: Record<Family, Operator[]> = {
  text: ['contains', 'eq', 'ne', 'startsWith', ...presence],
  prose: ['contains', 'startsWith', ...presence],
  number: ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'between', ...presence],
  date: ['eq', 'lt', 'gt', 'lte', 'gte', 'between', ...presence],
  choice: ['in', 'nin', ...presence],
  list: ['contains', ...presence],
  boolean: ['eq', ...presence],
  other: presence,
}

export function familyOf(field: FieldMeta): Family {
  if (field.type === 'relation') return 'choice'
  return familyOfType[shownType(field)] ?? 'text'
}

export function operatorsOf(field: FieldMeta): Operator[] {
  return operators[familyOf(field)]
}

/** How many values an operator wants: none, one, two (from, to), or a list. */
export function valuesOf(op: string): 'none' | 'one' | 'two' | 'many' {
  if (op === 'empty' || op === 'notEmpty') return 'none'
  if (op === 'between') return 'two'
  return op === 'in' || op === 'nin' ? 'many' : 'one'
}
