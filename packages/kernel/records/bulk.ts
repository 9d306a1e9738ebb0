/**
 * The same done to many records, each for itself: changed, deleted, brought back. Only those are touched that are still
 * meant once they are locked, and every outcome says what it takes to undo it.
 */
import { atBest, requireAction } from '../access/index.ts'
import { allOf, type Row, sql } from '../database/index.ts'
import { type FieldProblem, validationError } from '../errors/index.ts'
import { type CompiledObject, type CompiledRelation, inLocale, isSetBySystem } from '../metadata/index.ts'
import { updateRecords } from './change-many.ts'
import type { RecordContext } from './context.ts'
import { type ItemResult, inputContext } from './create.ts'
import { parseInput } from './input.ts'
import { select } from './list.ts'
import { type LockedRecord, lockRecords } from './lock.ts'
import { checkReferences, loadReferences } from './references.ts'
import { accessOfField } from './relations.ts'
import { deleteRecords, restoreRecords } from './trash.ts'
import { purgeRecords } from './trash-purge.ts'

/** What an update says: values for all, and what lists gain or lose beside what each record has in them. */
export interface BulkUpdate {
  updates?: Record<string, unknown> | undefined
  add?: Record<string, unknown[]> | undefined
  remove?: Record<string, unknown[]> | undefined
}

/** Which of the records are still meant. */
export interface Meant {
  /** They must match this as they did when they were chosen. */
  chosen?: { filter?: unknown; search?: string | undefined } | undefined
  /** They must be at these versions: nobody has changed them since. */
  versions?: ReadonlyMap<string, number> | undefined
}

export interface BulkOutcome {
  id: string
  /** Null where the caller may not know of the record. */
  recordNumber: string | null
  state: 'changed' | 'unchanged' | 'refused'
  /** Of a changed record: the version that the change left. */
  version?: number
  /** Of an updated record: what each changed attribute was, links as lists of ids. */
  before?: Record<string, unknown>
  /** Why it was refused, in words for the caller. */
  reason?: string
}

/** @throws 400 that names each field which cannot be changed so in any record, 403 without the right to update. */
export async function requireBulkUpdate(
  context: RecordContext,
  object: CompiledObject,
  change: BulkUpdate,
): Promise<void> {
  requireAction(context.policy, object, 'update')
  const { updates = {}, add = {}, remove = {} } = change
  const keys = [updates, add, remove].flatMap(Object.keys)
  if (keys.length === 0) throw validationError([{ field: 'updates', message: 'must name at least one field' }])
  const caller = inputContext({ ...context, policy: atBest(context.policy) })
  const parsed = parseInput(object, { ...updates, ...add, ...remove }, 'patch', caller)
  const wrong = [...new Set(keys)].flatMap((key): FieldProblem[] => {
    const field = object.field.get(key)
    if (field && accessOfField(caller, object, field) === 'hidden') return []
    const isList = key in add || key in remove
    if (isList && !(field && holdsSeveral(object, key))) {
      return [{ field: key, message: 'does not hold several values: name it in “updates”' }]
    }
    if (keys.indexOf(key) !== keys.lastIndexOf(key)) return [{ field: key, message: 'is named more than once' }]
    if (object.relation.get(key)?.direction === 'in') {
      return [{ field: key, message: 'is kept by the records on its other side: change those' }]
    }
    return []
  })
  const problems = [...wrong, ...parsed.problems]
  if (problems.length > 0) throw validationError(problems)
  const references = await loadReferences(context, object, [parsed])
  const lost = checkReferences(context, object, parsed, references)
  if (lost.length > 0) throw validationError(lost)
}

function holdsSeveral(object: CompiledObject, key: string): boolean {
  const field = object.field.get(key)
  if (!field || isSetBySystem(field)) return false
  return field.type === 'multiselect' || field.type === 'tags' || object.relation.get(key)?.many === true
}

/** Makes the change to each of the records; gives an outcome for each, in their order. The transaction stays open. */
export async function updateMany(
  context: RecordContext,
  object: CompiledObject,
  ids: string[],
  change: BulkUpdate,
  meant: Meant,
): Promise<BulkOutcome[]> {
  const sorted = await sortOut(context, object, ids, meant)
  const changes = sorted.going.map((record) => ({ id: record.id, input: inputFor(object, record, change) }))
  return update(context, object, sorted, changes)
}

/** Gives records the values back that they had, where nobody has changed them since. No rule is asked again, every right is. */
export async function takeBackUpdates(
  context: RecordContext,
  object: CompiledObject,
  records: { id: string; version: number; before: Record<string, unknown> }[],
): Promise<BulkOutcome[]> {
  const versions = new Map(records.map(({ id, version }) => [id, version]))
  const sorted = await sortOut(context, object, [...versions.keys()], { versions })
  const before = new Map(records.map((record) => [record.id, record.before]))
  const changes = sorted.going.map(({ id }) => ({ id, input: inputOf(object, before.get(id)!) }))
  return update({ ...context, unjudged: true }, object, sorted, changes)
}

/** Moves the records to the trash. */
export async function deleteMany(
  context: RecordContext,
  object: CompiledObject,
  ids: string[],
  meant: Meant,
): Promise<BulkOutcome[]> {
  const sorted = await sortOut(context, object, ids, meant, { deleting: true })
  return together(context, object, sorted, await deleteRecords(context, object, idsOf(sorted)))
}

/** Brings the records back from the trash. */
export async function restoreMany(
  context: RecordContext,
  object: CompiledObject,
  ids: string[],
  meant: Meant,
): Promise<BulkOutcome[]> {
  const sorted = await sortOut(context, object, ids, meant, { deleted: true })
  return together(context, object, sorted, await restoreRecords(context, object, idsOf(sorted)))
}

/** Removes the records, which are in the trash, for good. */
export async function purgeMany(
  context: RecordContext,
  object: CompiledObject,
  ids: string[],
  meant: Meant,
): Promise<BulkOutcome[]> {
  const sorted = await sortOut(context, object, ids, meant, { deleted: true, deleting: true })
  return together(context, object, sorted, await purgeRecords(context, object, idsOf(sorted)))
}

interface SortedOut {
  locked: Map<string, LockedRecord>
  going: LockedRecord[]
  left: BulkOutcome[]
}

const idsOf = ({ going }: SortedOut): string[] => going.map(({ id }) => id)

/** Locks the records, and asks only then which of them are still meant: what was true before may be over. */
async function sortOut(
  context: RecordContext,
  object: CompiledObject,
  ids: string[],
  { chosen, versions }: Meant,
  options: { deleted?: boolean; deleting?: boolean } = {},
): Promise<SortedOut> {
  const locked = await lockRecords(context, object, ids, options)
  const matching = chosen && (await matchingOf(context, object, [...locked.keys()], chosen, options.deleted))
  const sorted: SortedOut = { locked, going: [], left: [] }
  const leave = (id: string, reason: string): void => {
    sorted.left.push({ id, recordNumber: locked.get(id)?.row.record_number ?? null, state: 'refused', reason })
  }
  for (const id of ids) {
    const record = locked.get(id)
    if (!record) leave(id, absence(options, versions !== undefined))
    else if (versions && versions.get(id) !== record.row.version) leave(id, 'was changed since and stays as it is')
    else if (matching && !matching.has(id)) leave(id, 'does not match any more what was chosen')
    else sorted.going.push(record)
  }
  return sorted
}

/** Whatever may have become of it, a record that the caller does not see is not told apart from one that is gone. */
function absence({ deleted }: { deleted?: boolean }, wasThere: boolean): string {
  if (!wasThere) return 'The record is not there any more, or is hidden from you'
  return deleted ? 'is not in the trash any more' : 'was deleted since and stays so'
}

async function matchingOf(
  context: RecordContext,
  object: CompiledObject,
  ids: string[],
  chosen: NonNullable<Meant['chosen']>,
  deleted = false,
): Promise<Set<string>> {
  const { conditions } = select(context, object, { ...chosen, deleted })
  const rows = await context.tx.query<Row & { id: string }>(
    sql`select r.id from records r where r.id = any(${ids}::uuid[]) and ${allOf(conditions)}`,
  )
  return new Set(rows.map(({ id }) => id))
}

/** What is to be sent for one record: lists with what they gain and without what they lose. */
function inputFor(
  object: CompiledObject,
  record: LockedRecord,
  { updates = {}, add = {}, remove = {} }: BulkUpdate,
): Record<string, unknown> {
  const input = { ...updates }
  for (const [key, values] of Object.entries(add)) {
    input[key] = [...new Set([...listOf(object, record, key), ...values])]
  }
  for (const [key, values] of Object.entries(remove)) {
    input[key] = listOf(object, record, key).filter((value) => !values.includes(value))
  }
  return input
}

function listOf(object: CompiledObject, record: LockedRecord, key: string): unknown[] {
  const relation = object.relation.get(key)
  return relation ? seenLinks(record, relation) : ((record.data[key] as unknown[] | undefined) ?? [])
}

/** What the caller does not see stays as it is whatever they write, so it is not theirs to name either. */
const seenLinks = ({ row }: LockedRecord, { relationId }: CompiledRelation): string[] =>
  (row.links ?? []).filter(([id]) => id === relationId).map(([, otherId]) => otherId)

/** Earlier values as a change takes them; fields that are gone since are left out. */
function inputOf(object: CompiledObject, before: Record<string, unknown>): Record<string, unknown> {
  const input: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(before)) {
    const relation = object.relation.get(key)
    if (relation) input[key] = relation.many ? value : ((value as string[])[0] ?? null)
    else if (object.field.has(key) || key === 'ownerId' || key === 'locationId') input[key] = value
  }
  return input
}

async function update(
  context: RecordContext,
  object: CompiledObject,
  sorted: SortedOut,
  changes: { id: string; input: Record<string, unknown> }[],
): Promise<BulkOutcome[]> {
  const results = await updateRecords(context, object, changes)
  const outcomes = together(context, object, sorted, results).map((outcome): BulkOutcome => {
    const isAsBefore = outcome.version === sorted.locked.get(outcome.id)?.row.version
    return outcome.state === 'changed' && isAsBefore ? { ...outcome, state: 'unchanged' } : outcome
  })
  const changed = outcomes.filter(({ state }) => state === 'changed').map(({ id }) => id)
  const keys = await changedKeys(context, changed)
  return outcomes.map((outcome) => {
    const record = sorted.locked.get(outcome.id)
    if (outcome.state !== 'changed' || !record) return outcome
    return { ...outcome, before: valuesOf(object, record, keys.get(outcome.id) ?? []) }
  })
}

/** Names of what this transaction has changed in each record; its rules may have changed more than was asked for. */
async function changedKeys(context: RecordContext, ids: string[]): Promise<Map<string, string[]>> {
  const rows = await context.tx.query<Row & { record_id: string; keys: string[] }>(
    sql`select a.record_id, array_agg(distinct k) as keys
      from audit_entries a, lateral jsonb_object_keys(a.changes) as k
      where a.tenant_id = ${context.model.tenantId} and a.record_id = any(${ids}::uuid[]) and a.action = 'updated'
        and a.at = now() and a.request_id = ${context.requestId} group by a.record_id`,
  )
  return new Map(rows.map(({ record_id, keys }) => [record_id, keys]))
}

function valuesOf(object: CompiledObject, record: LockedRecord, keys: string[]): Record<string, unknown> {
  const value = (key: string): unknown => {
    const relation = object.relation.get(key)
    if (relation) return seenLinks(record, relation)
    if (key === 'ownerId') return record.owner_id
    return key === 'locationId' ? record.location_id : (record.data[key] ?? null)
  }
  return Object.fromEntries(keys.map((key) => [key, value(key)]))
}

/** One outcome for each record in the order of their ids: those that were let go, and those that were left alone. */
function together(
  { locale }: RecordContext,
  object: CompiledObject,
  { going, left }: SortedOut,
  results: ItemResult[],
): BulkOutcome[] {
  const done = results.map((result): BulkOutcome => {
    const { id, row } = going[result.index]!
    const recordNumber = row.record_number
    if (result.success) return { id, recordNumber, state: 'changed', version: result.version }
    return { id, recordNumber, state: 'refused', reason: reasonOf(object, result.error, locale) }
  })
  return [...done, ...left].sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** Fields are called what the workspace calls them; what is forbidden has hints for programs instead. */
function reasonOf(
  object: CompiledObject,
  { code, message, details = [] }: Extract<ItemResult, { success: false }>['error'],
  locale: string,
): string {
  if (code !== 'VALIDATION_ERROR' || details.length === 0) return message
  const nameOf = (key: string): string => {
    const label = object.field.get(key)?.label
    return label ? inLocale(label, locale) : key
  }
  return details.map(({ field, message }) => `${nameOf(field)}: ${message}`).join('; ')
}
