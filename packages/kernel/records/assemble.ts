/** Puts checked input together into what is written. */
import { createHash } from 'node:crypto'
import { newId, type Row } from '../database/index.ts'
import type { CompiledField, CompiledObject } from '../metadata/index.ts'
import type { StoredValue } from '../metadata/values/index.ts'
import type { RecordContext } from './context.ts'
import type { ParsedInput } from './input.ts'
import { defaultLocation } from './location.ts'
import { project, type RecordData } from './project.ts'
import { isSingleAtOtherSide } from './references.ts'
import type { NewLink, UniqueValue, WrittenRecord } from './write.ts'

/** A new record: its owner is whoever makes it unless somebody else is named. */
export function assembleNew(context: RecordContext, object: CompiledObject, input: ParsedInput): WrittenRecord {
  const id = newId()
  const data = dataOf(object, input, {})
  return {
    id,
    data,
    columns: project(object, data),
    ownerId: input.ownerId === undefined ? context.actor.userId : input.ownerId,
    locationId: input.locationId === undefined ? defaultLocation(context, object) : input.locationId,
    changes: { ...data, ...linkChanges(input) },
    uniques: uniqueValues(object, data),
    links: newLinks(context, id, input),
  }
}

export interface ExistingRecord {
  id: string
  owner_id: string | null
  location_id: string | null
  data: RecordData
  /** Ids by relation id, in order. */
  links: Map<string, string[]>
}

export interface AssembledChange {
  record: WrittenRecord
  /** Unique fields and relations whose values the change replaces. */
  uniqueFieldIds: string[]
  relationIds: string[]
}

/** The new state of a record, or undefined where the input changes nothing. */
export function assembleChange(
  context: RecordContext,
  object: CompiledObject,
  before: ExistingRecord,
  input: ParsedInput,
): AssembledChange | undefined {
  const data = dataOf(object, input, before.data)
  const ownerId = input.ownerId === undefined ? before.owner_id : input.ownerId
  const locationId = input.locationId === undefined ? before.location_id : input.locationId
  const changes = valueChanges(before.data, data)
  if (ownerId !== before.owner_id) changes.ownerId = [before.owner_id, ownerId]
  if (locationId !== before.location_id) changes.locationId = [before.location_id, locationId]
  const changedLinks = [...input.links].filter(
    ([relation, ids]) => !sameIds(before.links.get(relation.relationId) ?? [], ids),
  )
  for (const [relation, ids] of changedLinks) changes[relation.key] = [before.links.get(relation.relationId) ?? [], ids]
  if (Object.keys(changes).length === 0) return undefined
  const changedUniques = object.fields.filter((field) => field.unique && field.key in changes)
  const links = newLinks(context, before.id, { ...input, links: new Map(changedLinks) })
  return {
    record: {
      id: before.id,
      data,
      columns: project(object, data),
      ownerId,
      locationId,
      changes,
      uniques: changedUniques.flatMap((field) => uniqueValue(field, data) ?? []),
      links,
    },
    uniqueFieldIds: changedUniques.map((field) => field.id),
    relationIds: changedLinks.map(([relation]) => relation.relationId),
  }
}

function dataOf(object: CompiledObject, input: ParsedInput, before: RecordData): RecordData {
  const data = { ...before }
  for (const [key, value] of input.values) {
    if (object.field.get(key)?.storage.kind === 'links') continue
    if (value === null) delete data[key]
    else data[key] = value
  }
  return data
}

function valueChanges(before: RecordData, after: RecordData): Row {
  const changes: Row = {}
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (!sameValue(before[key], after[key])) changes[key] = [before[key] ?? null, after[key] ?? null]
  }
  return changes
}

/** Objects come back from the database with their keys in its own order, so they are compared key by key. */
function sameValue(a: StoredValue | undefined, b: StoredValue | undefined): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const keys = Object.keys(a)
  if (Array.isArray(a) !== Array.isArray(b) || keys.length !== Object.keys(b).length) return false
  return keys.every((key) => sameValue((a as RecordData)[key], (b as RecordData)[key]))
}

const sameIds = (a: string[], b: string[]): boolean => a.length === b.length && a.every((id, index) => id === b[index])

const linkChanges = (input: ParsedInput): Row =>
  Object.fromEntries([...input.links].filter(([, ids]) => ids.length > 0).map(([relation, ids]) => [relation.key, ids]))

function newLinks(context: RecordContext, recordId: string, input: ParsedInput): NewLink[] {
  return [...input.links].flatMap(([relation, ids]) =>
    ids.map((otherId, position) => ({
      relation_id: relation.relationId,
      from_id: recordId,
      to_id: otherId,
      from_single: !relation.many,
      to_single: isSingleAtOtherSide(context, relation),
      position,
    })),
  )
}

/** What stands in `unique_values` for the data: values that differ in case only are the same. */
export function uniqueValues(object: CompiledObject, data: RecordData): UniqueValue[] {
  return object.fields.flatMap((field) => (field.unique ? (uniqueValue(field, data) ?? []) : []))
}

function uniqueValue(field: CompiledField, data: RecordData): UniqueValue | undefined {
  const value = data[field.key]
  return value == null ? undefined : { field_id: field.id, value: uniqueText(value) }
}

/** An index entry takes no more than 2,704 bytes. */
const longestIndexed = 2_000

/** The form in which two values of a unique field are compared: long ones by their hash. */
export function uniqueText(value: StoredValue): string {
  const text = typeof value === 'string' ? value.toLowerCase() : JSON.stringify(value)
  if (Buffer.byteLength(text) <= longestIndexed) return text
  return `sha256:${createHash('sha256').update(text).digest('hex')}`
}
