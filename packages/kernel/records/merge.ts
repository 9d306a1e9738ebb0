/**
 * Two records become one: the survivor keeps its id and takes over what the other has. All in one transaction, with what
 * it takes to undo it. The other goes to the trash, from where only undoing the merge brings it back.
 */
import { requireAction } from '../access/index.ts'
import { newId } from '../database/index.ts'
import { conflict, type FieldProblem, notFound, validationError } from '../errors/index.ts'
import { type CompiledField, type CompiledObject, isSetBySystem } from '../metadata/index.ts'
import { assembleChange } from './assemble.ts'
import type { RecordContext } from './context.ts'
import { inputContext } from './create.ts'
import { asEverybody } from './delete-rules.ts'
import { writeError } from './failures.ts'
import { parseInput } from './input.ts'
import { type LockedRecord, lockRecords, outOfScope, requireVersion } from './lock.ts'
import {
  type Carried,
  handNotes,
  insertMerge,
  linksOf,
  markMerged,
  mergeOf,
  type Standing,
  survivorId,
  tellOfMerge,
} from './merge.store.ts'
import { carryOutMoves, planMoves } from './merge-links.ts'
import type { ParsedInput } from './parsed.ts'
import { readRow } from './read.ts'
import { checkReferences, loadReferences } from './references.ts'
import { accessOfField, visibleRelation } from './relations.ts'
import { type PresentedRecord, presentRecord } from './row.ts'
import { judge, judgeOf } from './rules/judge.ts'
import { judgeSettled } from './rules/late.ts'
import { isEmptyValue, stateBefore } from './rules/state.ts'
import { uniqueValues } from './rules/unique.ts'
import { requireStaying } from './staying.ts'
import { trashStatement, uniquesStatement, updateStatement } from './write.ts'

/** Whose value the survivor gets: its own, the other's, or a new one. */
export type MergeChoice = 'keep' | 'from' | { value: unknown }

export interface MergeRequest {
  /** Id of the survivor, and of the record that goes. */
  keep: string
  from: string
  /** By field, relation, `ownerId` or `locationId`; what is not named is the survivor's, where it has anything. */
  values?: Record<string, MergeChoice>
  versions?: { keep?: number; from?: number }
}

export interface MergeResult {
  /** Of the merge: by it, it is undone. */
  id: string
  keep: string
  from: string
  record: PresentedRecord
}

/**
 * Merges two records of an object. Who asks for what has just been done gets the same answer.
 *
 * @throws NOT_FOUND, FORBIDDEN (it takes the right to change both and to delete the one that goes), VALIDATION_ERROR, CONFLICT.
 */
export async function mergeRecords(
  context: RecordContext,
  object: CompiledObject,
  request: MergeRequest,
): Promise<MergeResult> {
  requireAction(context.policy, object, 'update')
  requireAction(context.policy, object, 'delete')
  const { keep, from, values = {}, versions = {} } = request
  if (keep === from) throw validationError([{ field: 'from', message: 'is the same record; name another one' }])
  const locked = await lockRecords(context, object, [keep, from])
  const [survivor, other] = [locked.get(keep), locked.get(from)]
  if (!survivor || !other) return alreadyMerged(context, object, request)
  if (!survivor.may.update || !other.may.update) throw outOfScope(object, 'update')
  if (!other.may.delete) throw outOfScope(object, 'delete')
  requireVersion(context, object, survivor.row, versions.keep)
  requireVersion(context, object, other.row, versions.from)
  const wanted = readChoices(context, object, values)
  const parsed = await chosenValues(context, object, survivor, other, wanted)
  try {
    const carried = await carryOver(context, object, survivor, other, parsed, wanted)
    const id = newId()
    await insertMerge(context, object, { id, keptId: keep, mergedId: from, carried })
    await tellOfMerge(context, object, 'merged', { keptId: keep, mergedId: from })
    await requireWithin(context, object, keep, carried)
    await judgeSettled(context)
    return { id, keep, from, record: await presented(context, object, keep) }
  } catch (error) {
    throw writeError(object, error)
  }
}

/** A merge may not take the record out of what the caller reaches. */
async function requireWithin(
  context: RecordContext,
  object: CompiledObject,
  id: string,
  { before, after }: Carried,
): Promise<void> {
  const keys = new Set([...Object.keys(before.data), ...Object.keys(after.data), 'ownerId', 'locationId'])
  for (const key of keys) {
    if (JSON.stringify(standingValue(before, key)) !== JSON.stringify(standingValue(after, key))) {
      await requireStaying(context, object, [id], key)
    }
  }
}

export const standingValue = ({ data, ownerId, locationId }: Standing, key: string): unknown =>
  key === 'ownerId' ? ownerId : key === 'locationId' ? locationId : data[key]

async function presented(context: RecordContext, object: CompiledObject, id: string): Promise<PresentedRecord> {
  return presentRecord(context.model, context.policy, object, await readRow(context, object, id))
}

/** One of the two is not there: because somebody has just done the same, or because it never was theirs to see. */
async function alreadyMerged(
  context: RecordContext,
  object: CompiledObject,
  { keep, from }: MergeRequest,
): Promise<MergeResult> {
  const merge = (await mergeOf(context, from)) ?? (await mergeOf(context, keep))
  if (!merge) throw notFound(`One of the two records of ${object.slug}`)
  const ends = await Promise.all([keep, from].map((id) => endOf(context, object, id)))
  const record = await presented(context, object, ends[0]!)
  if (ends[0] === ends[1]) return { id: merge.id, keep: merge.kept_id, from: merge.merged_id, record }
  throw conflict(
    `One of the two was merged into another of ${object.labelPlural.en.toLowerCase()} meanwhile. Look at that one and merge it instead.`,
    { details: [{ field: merge.merged_id === from ? 'from' : 'keep', message: 'was merged into another record' }] },
  )
}

const endOf = async (context: RecordContext, object: CompiledObject, id: string): Promise<string> =>
  (await survivorId(context, object, id)) ?? id

interface Wanted {
  /** By field, `ownerId` or `locationId`. */
  values: Map<string, MergeChoice>
  /** By relation, in either direction. */
  links: Map<string, 'keep' | 'from'>
}

/** The choices, each of something that the caller may change. */
function readChoices(context: RecordContext, object: CompiledObject, choices: Record<string, MergeChoice>): Wanted {
  const wanted: Wanted = { values: new Map(), links: new Map() }
  const problems: FieldProblem[] = []
  for (const [key, choice] of Object.entries(choices)) {
    const field = object.field.get(key)
    const relation = visibleRelation(context, object, key)
    if (relation) {
      if (typeof choice !== 'string') problems.push({ field: key, message: 'takes keep or from' })
      else wanted.links.set(key, choice)
    } else if (key === 'ownerId' || key === 'locationId') {
      wanted.values.set(key, choice)
    } else if (!field || accessOfField(context, object, field) === 'hidden') {
      problems.push({ field: key, message: `is not a field of ${object.slug}` })
    } else if (!isCarried(field) || accessOfField(context, object, field) !== 'write') {
      problems.push({ field: key, message: 'may be read but not changed by your role' })
    } else {
      wanted.values.set(key, choice)
    }
  }
  if (problems.length > 0) throw validationError(problems)
  return wanted
}

/** Fields whose values go from one record to the other; numbers and what is computed belong to each. */
const isCarried = (field: CompiledField): boolean => !isSetBySystem(field) && field.storage.kind !== 'links'

/** What the survivor gets, checked as a change by the caller would be. */
async function chosenValues(
  context: RecordContext,
  object: CompiledObject,
  survivor: LockedRecord,
  other: LockedRecord,
  { values }: Wanted,
): Promise<ParsedInput> {
  const given = [...values].flatMap(([key, choice]) =>
    typeof choice === 'object' ? [[key, choice.value] as const] : [],
  )
  const parsed = parseInput(object, Object.fromEntries(given), 'patch', inputContext(context))
  if (parsed.problems.length > 0) throw validationError(parsed.problems)
  const references = await loadReferences(context, object, [parsed])
  const problems = checkReferences(context, object, parsed, references, survivor)
  if (problems.length > 0) throw validationError(problems)
  for (const field of object.fields.filter(isCarried)) {
    const { key } = field
    const choice = values.get(key) ?? (isEmptyValue(survivor.data[key]) ? 'from' : 'keep')
    if (choice === 'from') parsed.values.set(key, other.data[key] ?? null)
  }
  if (values.get('ownerId') === 'from') parsed.ownerId = other.owner_id
  if (values.get('locationId') === 'from') parsed.locationId = other.location_id
  if (parsed.ownerId !== undefined && parsed.ownerId !== survivor.owner_id && !survivor.may.assign) {
    throw validationError([{ field: 'ownerId', message: 'may not be changed by your role' }])
  }
  return parsed
}

/** The rules are the workspace's: what the caller does not see is carried over as well. */
async function carryOver(
  context: RecordContext,
  object: CompiledObject,
  survivor: LockedRecord,
  other: LockedRecord,
  parsed: ParsedInput,
  wanted: Wanted,
): Promise<Carried> {
  const everybody = asEverybody(context)
  const [keep, from] = [survivor.id, other.id]
  const moves = planMoves(object, await linksOf(context, [keep, from]), { keep, from }, wanted.links)
  await context.tx.query(trashStatement(everybody, object, [{ id: from, uniques: [] }], 'deleted'))
  await markMerged(context, from, keep)
  await carryOutMoves(everybody, object, moves, from)
  const notes = await handNotes(context, from, keep)
  const linked = await lockedAnew(everybody, object, keep)
  const problems = judge(await judgeOf(everybody, object, [{ input: parsed, before: linked }]), object, parsed, linked)
  if (problems.length > 0) throw validationError(problems)
  const after = await writeSurvivor(everybody, object, linked, parsed)
  return { before: standingOf(survivor), after: standingOf(after), links: moves, notes }
}

export async function lockedAnew(context: RecordContext, object: CompiledObject, id: string): Promise<LockedRecord> {
  return (await lockRecords(context, object, [id])).get(id)!
}

export const standingOf = (record: LockedRecord): Standing => ({
  data: record.data,
  ownerId: record.owner_id,
  locationId: record.location_id,
})

/** Writes the values, and takes the unique values anew: some of them were the other record's. */
export async function writeSurvivor(
  context: RecordContext,
  object: CompiledObject,
  before: LockedRecord,
  parsed: ParsedInput,
): Promise<LockedRecord> {
  const change = assembleChange(context, object, before, parsed)
  if (change) {
    const record = { ...change.record, uniques: [], links: [], otherEnds: [] }
    await context.tx.query(updateStatement(context, object, [record], { uniques: [], relations: [] }))
  }
  const after = change ? await lockedAnew(context, object, before.id) : before
  if (object.uniqueKeys.length > 0) {
    const freed = object.uniqueKeys.map((key) => ({ record_id: before.id, field_id: key.id }))
    const uniques = uniqueValues(object, stateBefore(after))
    await context.tx.query(uniquesStatement(context, [{ id: before.id, uniques }], freed))
  }
  return after
}
