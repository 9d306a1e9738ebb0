/** The columns of a board: the stages or options of one field, each with a filter of its own. */
import type { FieldMeta, Filter, ListQuery, ObjectMeta, RecordData } from '@oneforge/client'

export interface BoardColumn {
  /** Null for records without a value. */
  value: string | null
  label: string
  color: string | null
}

/** Cards fetched at a time per column. */
const cardsAtOnce = 40

/** The field a board is made of: the view's, or the one that shows the stage. */
export function boardField(object: ObjectMeta, groupBy: string | null | undefined): FieldMeta | undefined {
  const key = groupBy ?? object.roles.stage
  const field = object.fields.find((candidate) => candidate.key === key)
  return field?.type === 'select' ? field : undefined
}

/** `withEmpty` adds the column of records without a value; a stage always has one. */
export function boardColumns(field: FieldMeta, withEmpty: boolean, emptyLabel: string): BoardColumn[] {
  const columns = field.options.map(({ value, label, color }) => ({ value, label, color: color ?? null }))
  return withEmpty ? [{ value: null, label: emptyLabel, color: null }, ...columns] : columns
}

export function columnQuery(query: ListQuery, field: FieldMeta, value: string | null): ListQuery {
  const own: Filter = value === null ? { field: field.key, op: 'empty' } : { field: field.key, op: 'eq', value }
  return { ...query, filter: query.filter ? { and: [query.filter, own] } : own, limit: cardsAtOnce }
}

/** Drop targets are named by their value; no option can be called like the empty one. */
export function columnId(value: string | null): string {
  return value === null ? 'empty' : `value:${value}`
}

/** A stretch across the board: the records that stand in one stage of a further pipeline. */
export interface Lane {
  field: FieldMeta
  /** Null for records that stand in none. */
  value: string | null
  label: string
  color: string | null
}

/** A column within a lane, or simply a column. */
export interface Place {
  lane: Lane | undefined
  value: string | null
}

export const placeId = ({ lane, value }: Place): string =>
  lane ? JSON.stringify([columnId(lane.value), columnId(value)]) : columnId(value)

/** The lanes of a board: the stages of the pipeline chosen, and the records in none of them. */
export function boardLanes(field: FieldMeta | undefined, emptyLabel: string): (Lane | undefined)[] {
  if (!field) return [undefined]
  const lanes = field.options.map(({ value, label, color }) => ({ field, value, label, color: color ?? null }))
  return [...lanes, { field, value: null, label: emptyLabel, color: null }]
}

export function isIn(record: RecordData, field: FieldMeta, value: string | null): boolean {
  return (record[field.key] ?? null) === value
}
