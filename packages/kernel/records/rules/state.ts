/** A record as conditions, rules and formulas see it. */
import { furtherPipelines, type RecordValues } from '../../expressions/index.ts'
import type { CompiledObject } from '../../metadata/index.ts'
import type { StoredValue } from '../../metadata/values/index.ts'
import type { ParsedInput } from '../parsed.ts'
import type { RecordData } from '../project.ts'
import { enteredAt, type RecordRow } from '../row.ts'

/** A record at one moment: before a change, or as it is going to be. */
export interface RecordState {
  data: RecordData
  ownerId: string | null
  locationId: string | null
  /** Ids by relation id; of the record's own relation fields. */
  links: Map<string, string[]>
  /** Absent while it is new. */
  row?: RecordRow
}

export interface ExistingRecord {
  id: string
  owner_id: string | null
  location_id: string | null
  data: RecordData
  /** Ids by relation id, in order. */
  links: Map<string, string[]>
  /** What is ticked off in the stages where it stands, by the id of the pipeline's field; known where a checklist asks. */
  ticks?: Record<string, string[]>
}

export type StoredRecord = ExistingRecord & { row?: RecordRow }

/** Links as a statement collects them, by relation id. */
export function linksByRelation(links: [relationId: string, otherId: string][] | null): Map<string, string[]> {
  const byRelation = new Map<string, string[]>()
  for (const [relationId, otherId] of links ?? [])
    byRelation.set(relationId, [...(byRelation.get(relationId) ?? []), otherId])
  return byRelation
}

export const stateBefore = (record: StoredRecord): RecordState => ({
  data: record.data,
  ownerId: record.owner_id,
  locationId: record.location_id,
  links: record.links,
  row: record.row,
})

/** One change of a call, and the record before it; absent where the record is new. */
export interface JudgedChange {
  input?: ParsedInput
  before?: StoredRecord
}

/** The record as the input makes it. */
export function stateAfter(
  object: CompiledObject,
  input: ParsedInput,
  before: StoredRecord | undefined,
  fresh: Pick<RecordState, 'ownerId' | 'locationId'>,
): RecordState {
  const links = new Map(before?.links)
  for (const [relation, ids] of input.links) if (relation.direction === 'out') links.set(relation.relationId, ids)
  const from = before ? stateBefore(before) : fresh
  return {
    data: dataOf(object, input, before?.data ?? {}),
    ownerId: input.ownerId === undefined ? from.ownerId : input.ownerId,
    locationId: input.locationId === undefined ? from.locationId : input.locationId,
    links,
    row: before?.row,
  }
}

/** Values as filters know them; relation fields as lists of ids. */
export function valuesOf(object: CompiledObject, state: RecordState): RecordValues {
  const { row } = state
  const values: RecordValues = {
    ...state.data,
    id: row?.id,
    recordNumber: row?.record_number,
    version: row?.version,
    createdAt: row?.created_at,
    createdBy: row?.created_by,
    updatedAt: row?.updated_at,
    updatedBy: row?.updated_by,
    stageSince: row?.stage == null ? undefined : (row.stage_since ?? row.created_at),
    ownerId: state.ownerId,
    locationId: state.locationId,
  }
  for (const pipeline of furtherPipelines(object))
    if (row && row.data[pipeline.field] != null) values[`stageSince.${pipeline.key}`] = enteredAt(object, row, pipeline)
  for (const { direction, key, relationId } of object.relations)
    if (direction === 'out') values[key] = state.links.get(relationId) ?? []
  return values
}

/** The names whose values differ between two states. */
export function changedBetween(object: CompiledObject, before: RecordState, after: RecordState): Set<string> {
  const [a, b] = [valuesOf(object, before), valuesOf(object, after)]
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  return new Set([...names].filter((name) => !sameValue(storedOf(a[name]), storedOf(b[name]))))
}

const storedOf = (value: unknown): StoredValue | undefined => (value === null ? undefined : (value as StoredValue))

export const isEmptyValue = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** The values of a record's own fields after a change. */
function dataOf(object: CompiledObject, input: ParsedInput, before: RecordData): RecordData {
  const data = { ...before }
  for (const [key, value] of input.values) {
    if (object.field.get(key)?.storage.kind === 'links') continue
    if (value === null) delete data[key]
    else data[key] = value
  }
  return data
}

/** Objects come back from the database with their keys in its own order, so they are compared key by key. */
export function sameValue(a: StoredValue | undefined, b: StoredValue | undefined): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const keys = Object.keys(a)
  if (Array.isArray(a) !== Array.isArray(b) || keys.length !== Object.keys(b).length) return false
  return keys.every((key) => sameValue((a as RecordData)[key], (b as RecordData)[key]))
}
