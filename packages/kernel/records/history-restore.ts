/**
 * Brings back what a record said earlier: its values as an entry of its history left or found them, all or some. It is an
 * ordinary change by the caller, with everything that is asked of one; the history says where its values came from.
 */
import { forRecord } from '../access/index.ts'
import { isId, type Row, sql } from '../database/index.ts'
import { notFound, validationError } from '../errors/index.ts'
import { type CompiledObject, type CompiledRelation, isSetBySystem } from '../metadata/index.ts'
import type { StoredValue } from '../metadata/values/index.ts'
import { updateRecord } from './change.ts'
import type { RecordContext } from './context.ts'
import { inputContext } from './create.ts'
import { type HistoryEntry, labelOf, onlySeen, type Seen, seenRecords } from './history.ts'
import { changedFileNames, pastFiles } from './history-files.ts'
import { parseInput } from './input.ts'
import { type LockedRecord, lockRecord } from './lock.ts'
import { checkReferences, loadReferences } from './references.ts'
import { accessOfField } from './relations.ts'
import { type PresentedRecord, presentRecord } from './row.ts'
import { sameValue } from './rules/state.ts'

export interface EarlierState {
  /** Id of an entry of the record's history. */
  entry: string
  /** Whether the state before that entry is meant, or the one after it. */
  side: 'before' | 'after'
  /** These alone; without it all that has changed since. */
  fields?: string[] | undefined
}

export interface BroughtBack {
  record: PresentedRecord
  /** What each is now, and what it becomes. */
  changes: HistoryEntry['changes']
  /** What stays as it is, and why. */
  kept: { field: string; label: string; message: string }[]
}

/**
 * Gives the record its earlier values as far as the caller may write them; links that other records hold stay as they
 * are. Nothing may follow in the transaction.
 *
 * @param options.dryRun tells what would change and changes nothing.
 * @throws 404 where the record's history has no such entry; 409 where `version` is not the present one; whatever an
 *   ordinary change of these values would throw.
 */
export async function bringBack(
  context: RecordContext,
  object: CompiledObject,
  id: string,
  state: EarlierState,
  options: { version?: number | undefined; dryRun?: boolean | undefined } = {},
): Promise<BroughtBack> {
  const now = await lockRecord(
    context,
    object,
    id,
    'update',
    options.version === undefined ? {} : { version: options.version },
  )
  const since = await changesSince(context, id, state)
  const earlier = earlierValues(object, now, since)
  const wanted = state.fields ? new Set(state.fields) : undefined
  for (const key of earlier.keys()) if (wanted && !wanted.has(key)) earlier.delete(key)
  const { input, changes, kept } = await plan(context, object, now, earlier)
  const record =
    options.dryRun || changes.length === 0
      ? presentRecord(context.model, context.policy, object, now.row)
      : await updateRecord({ ...context, source: 'history' }, object, id, input, { mode: 'patch' })
  return { record, changes, kept }
}

interface EntryRow extends Row {
  id: string
  action: string
  changes: Record<string, unknown>
}

/** The entries to be taken back, newest first. */
async function changesSince(
  { tx, model }: RecordContext,
  id: string,
  { entry, side }: EarlierState,
): Promise<EntryRow[]> {
  const missing = notFound(`The entry ${entry} of the record's history`)
  if (!isId(entry)) throw missing
  const rows = await tx.query<EntryRow>(sql`select a.id, a.action, a.changes from audit_entries a,
      (select at, id from audit_entries where tenant_id = ${model.tenantId} and record_id = ${id} and id = ${entry}) e
    where a.tenant_id = ${model.tenantId} and a.record_id = ${id} and (a.at, a.id) >= (e.at, e.id)
    order by a.at desc, a.id desc`)
  const from = rows.at(-1)
  if (!from) throw missing
  if (side === 'after') return rows.slice(0, -1)
  if (from.action === 'created') {
    throw validationError([{ field: 'side', message: 'must be “after” for the entry that made the record' }])
  }
  return rows
}

/** What each changed attribute was, by key: values, and of relations the ids of what was linked. */
function earlierValues(object: CompiledObject, now: LockedRecord, since: EntryRow[]): Map<string, unknown> {
  const earlier = new Map<string, unknown>()
  for (const { action, changes } of since) {
    if (action === 'created' || action === 'links_ordered' || action === 'link_changed') continue
    for (const [key, change] of Object.entries(changes)) {
      const [before, after] = change as [unknown, unknown]
      const relation = object.relation.get(key)
      if (relation?.direction === 'in') continue
      if (!relation) earlier.set(key, before)
      else earlier.set(key, unlinked((earlier.get(key) as string[]) ?? linkedNow(now, relation), before, after))
    }
  }
  return earlier
}

const linkedNow = (now: LockedRecord, { relationId }: CompiledRelation): string[] => now.links.get(relationId) ?? []

/** A change of links tells those that went and those that came; both are taken back. */
function unlinked(ids: string[], went: unknown, came: unknown): string[] {
  const [back, away] = [went, came].map((some) => [some ?? []].flat() as string[]) as [string[], string[]]
  return [...back, ...ids.filter((id) => !away.includes(id) && !back.includes(id))]
}

interface Plan extends Omit<BroughtBack, 'record'> {
  input: Record<string, unknown>
}

/** What of the earlier values is to be written; what may not be or cannot be any more says so. */
async function plan(
  context: RecordContext,
  object: CompiledObject,
  now: LockedRecord,
  earlier: Map<string, unknown>,
): Promise<Plan> {
  const viewer = { ...context, policy: forRecord(context.policy, object, now.row.voices) }
  const label = (field: string) => labelOf(context, object, field)
  const differences = await differencesOf(viewer, object, now, earlier)
  const refused = new Map<string, string>()
  for (const { field, inTrash } of differences) {
    if (field === 'ownerId' && !now.may.assign) refused.set(field, 'may not be changed by your role')
    if (inTrash) refused.set(field, 'was linked to a record that is in the trash now: bring that back first')
  }
  const input = Object.fromEntries(
    differences.flatMap(({ field, input }) => (refused.has(field) ? [] : [[field, input]])),
  )
  const parsed = parseInput(object, input, 'patch', inputContext(viewer))
  const references = await loadReferences(context, object, [parsed])
  const unknown = checkReferences(context, object, parsed, references, now)
  for (const { field, message } of [...parsed.problems, ...unknown]) {
    refused.set(field, message)
    delete input[field]
  }
  const changes = differences.filter(({ field }) => field in input)
  const names = await changedFileNames(
    context,
    object,
    changes.map(({ field, before, after }) => ({ [field]: [before, after] })),
  )
  const shown = (key: string, value: unknown): unknown => {
    const field = object.field.get(key)
    return field?.type === 'file' ? pastFiles(field, value, names) : value
  }
  return {
    input,
    changes: changes.map(({ field, before, after }) => ({
      field,
      label: label(field),
      before: shown(field, before),
      after: shown(field, after),
    })),
    kept: [...refused].map(([field, message]) => ({ field, label: label(field), message })),
  }
}

const isSame = (a: unknown, b: unknown): boolean => sameValue(a as StoredValue, b as StoredValue)

interface Difference {
  field: string
  before: unknown
  after: unknown
  /** What a change of the record would be sent. */
  input: unknown
  inTrash?: boolean
}

/** Where the record differs from what it was, as far as the caller may know. */
async function differencesOf(
  context: RecordContext,
  object: CompiledObject,
  now: LockedRecord,
  earlier: Map<string, unknown>,
): Promise<Difference[]> {
  const seen = await seenOfLinks(context, object, now, earlier)
  return [...earlier].flatMap(([key, value]): Difference[] => {
    if (key === 'ownerId' || key === 'locationId') {
      const before = key === 'ownerId' ? now.owner_id : now.location_id
      return isSame(before, value) ? [] : [{ field: key, before, after: value, input: value }]
    }
    const field = object.field.get(key)
    if (!field || isSetBySystem(field) || accessOfField(context, object, field) === 'hidden') return []
    const relation = field.storage.kind === 'links' ? object.relation.get(key) : undefined
    if (relation) return linkDifference(relation, now, value as string[], seen)
    const before = now.data[key] ?? null
    return isSame(before, value) ? [] : [{ field: key, before, after: value, input: value }]
  })
}

/** Links to what the caller does not see have left no trace for them, and stay. */
function linkDifference(relation: CompiledRelation, now: LockedRecord, earlier: string[], seen: Seen): Difference[] {
  const current = linkedNow(now, relation).filter((id) => seen.has(id))
  const ids = earlier.filter((id) => seen.has(id))
  if (current.join() === ids.join()) return []
  const input = relation.many ? ids : (ids[0] ?? null)
  const shown = (some: string[]) => onlySeen(relation, relation.many ? some : (some[0] ?? null), seen)
  const inTrash = ids.some((id) => seen.get(id)!.isDeleted && !current.includes(id))
  return [{ field: relation.key, before: shown(current), after: shown(ids), input, inTrash }]
}

/** Of the records linked then or now, those that the caller sees. */
function seenOfLinks(
  context: RecordContext,
  object: CompiledObject,
  now: LockedRecord,
  earlier: Map<string, unknown>,
): Promise<Seen> {
  const linked = [...earlier].flatMap(([key, ids]) => {
    const relation = object.relation.get(key)
    return relation ? [[key, [ids, linkedNow(now, relation)]] as const] : []
  })
  return seenRecords(context, object, [{ changes: Object.fromEntries(linked) }])
}
