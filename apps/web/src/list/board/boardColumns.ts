/** The columns and lanes of a board: the stages, options or people of a field, each with a filter of its own. */
import type { FieldMeta, FieldType, Filter, ListQuery, ObjectMeta, RecordData } from '@oneforge/client'
import { type FormatContext, formatValue, shownType } from '../../fields/format.ts'
import { inOrder } from '../grouping/groups.ts'
import type { Sums } from '../totals/totals.ts'

export interface BoardColumn {
  /** Null for records without a value. */
  value: string | null
  label: string
  color: string | null
}

/** Cards fetched at a time per column. */
const cardsAtOnce = 50

const isChoice = ({ type }: FieldMeta) => type === 'select'

/** What the columns of a board can stand for. */
export const boardFields = (object: ObjectMeta): FieldMeta[] => object.fields.filter(isChoice)

/** The field a board is made of: the one chosen, else the one that shows the stage, else the first choice there is. */
export function boardField(object: ObjectMeta, chosen: string | null | undefined): FieldMeta | undefined {
  const fields = boardFields(object)
  const named = (key: string | null | undefined) => fields.find((field) => field.key === key)
  return named(chosen) ?? named(object.roles.stage) ?? fields[0]
}

/** `withEmpty` adds the column of records without a value; a stage always has one. */
export function boardColumns(field: FieldMeta, withEmpty: boolean, emptyLabel: string): BoardColumn[] {
  const columns = field.options.map(({ value, label, color }) => ({ value, label, color: color ?? null }))
  return withEmpty ? [{ value: null, label: emptyLabel, color: null }, ...columns] : columns
}

/** A stretch across the board: the records with one value of a further field. */
export interface Lane {
  field: FieldMeta
  /** Null for records without a value. */
  value: string | boolean | null
  label: string
  color: string | null
}

/** A column within a lane, or simply a column. */
export interface Place {
  lane: Lane | undefined
  value: string | null
}

/** Drop targets are named by their values; nothing can be called like the empty one. */
export const placeId = ({ lane, value }: Place): string => JSON.stringify([lane?.value, value])

const laneTypes = ['select', 'user', 'boolean']

/** What lanes can stand for: whatever has few values that the server counts by. */
export function laneFields(fields: FieldMeta[], board: FieldMeta): FieldMeta[] {
  return fields.filter(({ key, type }) => laneTypes.includes(type) && key !== board.key && !key.includes('.'))
}

/**
 * The lanes of a board: all options of a choice, otherwise the values that there are; those without a value last.
 *
 * @param rows the counts of the board by this field.
 */
export function boardLanes(field: FieldMeta, rows: Sums[], emptyLabel: string, format: FormatContext): Lane[] {
  const none: Lane = { field, value: null, label: emptyLabel, color: null }
  const lanes =
    field.type === 'select'
      ? field.options.map(({ value, label, color }) => ({ field, value, label, color: color ?? null }))
      : inOrder(rows, field).flatMap((row) => laneOf(field, row[field.key], format) ?? [])
  const distinct = lanes.filter((lane, at) => lanes.findIndex(({ value }) => value === lane.value) === at)
  return [...distinct, none]
}

function laneOf(field: FieldMeta, value: unknown, format: FormatContext): Lane | undefined {
  if (typeof value !== 'string' && typeof value !== 'boolean') return undefined
  return { field, value, label: formatValue(field, value, format), color: null }
}

/** The cards of a place. */
export function placeQuery(query: ListQuery, field: FieldMeta, { lane, value }: Place): ListQuery {
  const conditions = [...(lane ? [valueIs(lane.field, lane.value)] : []), valueIs(field, value)]
  return {
    ...query,
    filter: query.filter || conditions.length > 1 ? { and: [query.filter ?? [], conditions].flat() } : conditions[0],
    limit: cardsAtOnce,
  }
}

const valueIs = ({ key }: FieldMeta, value: string | boolean | null): Filter =>
  value === null ? { field: key, op: 'empty' } : { field: key, op: 'eq', value }

export function isIn(record: RecordData, field: FieldMeta, value: string | boolean | null): boolean {
  return (record[field.key] ?? null) === value
}

/** Where a record stands on the board; undefined where the board has no such column or lane. */
export function placeOf<P extends Place>(record: RecordData, field: FieldMeta, places: P[]): P | undefined {
  return places.find(({ lane, value }) => isIn(record, field, value) && (!lane || isIn(record, lane.field, lane.value)))
}

/** Values that say by themselves what they are; a date or a number needs its label. */
const speaking = new Set<FieldType>([
  'text',
  'longtext',
  'email',
  'phone',
  'url',
  'select',
  'multiselect',
  'tags',
  'relation',
  'user',
  'money',
  'address',
  'rating',
])

/** Whether a card shows the value without the name of its field. */
export const isSpeaking = (field: FieldMeta): boolean => speaking.has(shownType(field))
