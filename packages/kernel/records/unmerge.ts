/** Takes a merge back: both records are as they were, but for what people have changed since. */
import { requireAction } from '../access/index.ts'
import { conflict, notFound } from '../errors/index.ts'
import { type CompiledObject, inLocale } from '../metadata/index.ts'
import type { StoredValue } from '../metadata/values/index.ts'
import { settle } from './computed/settle.ts'
import type { RecordContext } from './context.ts'
import { asEverybody } from './delete-rules.ts'
import { writeError } from './failures.ts'
import { lockRecords, outOfScope } from './lock.ts'
import {
  type Carried,
  carriedBy,
  handNotes,
  lockMerge,
  type MergeRow,
  markMerged,
  markUndone,
  type Standing,
  tellOfMerge,
  wasMergedLater,
} from './merge.store.ts'
import { lockedAnew, standingOf, standingValue, writeSurvivor } from './merge.ts'
import { takeMovesBack } from './merge-links.ts'
import type { ParsedInput } from './parsed.ts'
import { readRow } from './read.ts'
import { accessOfField } from './relations.ts'
import { type PresentedRecord, presentRecord } from './row.ts'
import { sameValue, stateBefore } from './rules/state.ts'
import { uniqueValues } from './rules/unique.ts'
import { trashStatement } from './write.ts'

export interface UnmergeResult {
  id: string
  keep: PresentedRecord
  from: PresentedRecord
  /** What was changed since the merge and so stays with the survivor, as far as the caller sees it. */
  stays: { field: string; label: string }[]
  /** Links that were carried over and have been changed since: they stay as they are. */
  linksStaying: number
}

/**
 * Undoes a merge. Of several, the last goes first.
 *
 * @throws NOT_FOUND, FORBIDDEN (it takes what merging takes), CONFLICT.
 */
export async function undoMerge(context: RecordContext, id: string): Promise<UnmergeResult> {
  const merge = await lockMerge(context, id)
  const object = merge && context.model.objectById.get(merge.object_id)
  if (!object || !context.policy.objects.has(object.slug)) throw notFound(`The merge ${id}`)
  requireAction(context.policy, object, 'update')
  requireAction(context.policy, object, 'delete')
  await requireUndoable(context, object, merge)
  try {
    const { stays, linksStaying } = await takeApart({ ...asEverybody(context), unjudged: true }, object, merge)
    await markUndone(context, id)
    await tellOfMerge(context, object, 'unmerged', { keptId: merge.kept_id, mergedId: merge.merged_id })
    await settle({ ...context, unjudged: true })
    return {
      id,
      keep: await presented(context, object, merge.kept_id),
      from: await presented(context, object, merge.merged_id),
      stays: stays.filter((key) => isSeen(context, object, key)).map((field) => labelled(context, object, field)),
      linksStaying,
    }
  } catch (error) {
    throw writeError(object, error)
  }
}

const presented = async (context: RecordContext, object: CompiledObject, id: string): Promise<PresentedRecord> =>
  presentRecord(context.model, context.policy, object, await readRow(context, object, id))

const isSeen = (context: RecordContext, object: CompiledObject, key: string): boolean => {
  const field = object.field.get(key)
  return field === undefined || accessOfField(context, object, field) !== 'hidden'
}

const labelled = ({ locale }: RecordContext, object: CompiledObject, field: string) => {
  const label = object.field.get(field)?.label
  return { field, label: label ? inLocale(label, locale) : field }
}

async function requireUndoable(context: RecordContext, object: CompiledObject, merge: MergeRow): Promise<void> {
  const survivor = (await lockRecords(context, object, [merge.kept_id])).get(merge.kept_id)
  const other = (await lockRecords(context, object, [merge.merged_id], { deleted: true })).get(merge.merged_id)
  if (merge.undone_at && survivor) throw conflict('This merge has been undone already.')
  if (await wasMergedLater(context, merge)) {
    throw conflict('The record was part of another merge since. Undo the later merge first.')
  }
  if (!survivor || !other) {
    throw notFound(`The merge ${merge.id}, or one of its records (bring the survivor back from the trash first),`)
  }
  if (!survivor.may.update) throw outOfScope(object, 'update')
  if (!other.may.delete) throw outOfScope(object, 'delete')
}

async function takeApart(
  context: RecordContext,
  object: CompiledObject,
  merge: MergeRow,
): Promise<{ stays: string[]; linksStaying: number }> {
  const { kept_id, merged_id } = merge
  const carried = carriedBy(object, merge)
  const linksStaying = await takeMovesBack(context, object, carried.links, merged_id)
  const survivor = await lockedAnew(context, object, kept_id)
  const { parsed, stays } = valuesBefore(object, carried, standingOf(survivor))
  await writeSurvivor(context, object, survivor, parsed)
  const other = (await lockRecords(context, object, [merged_id], { deleted: true })).get(merged_id)!
  await markMerged(context, merged_id, null)
  const uniques = uniqueValues(object, stateBefore(other))
  await context.tx.query(trashStatement(context, object, [{ id: merged_id, uniques }], 'restored'))
  await handNotes(context, kept_id, merged_id, carried.notes)
  return { stays, linksStaying }
}

/** What the merge changed and nobody has changed since goes back. No rules are asked: the record stood like this before. */
function valuesBefore(
  object: CompiledObject,
  { before, after }: Carried,
  now: Standing,
): { parsed: ParsedInput; stays: string[] } {
  const parsed: ParsedInput = {
    values: new Map(),
    links: new Map(),
    inverse: new Map(),
    unsent: new Set(),
    problems: [],
  }
  const stays: string[] = []
  const isSame = (a: unknown, b: unknown): boolean =>
    sameValue((a ?? undefined) as StoredValue | undefined, (b ?? undefined) as StoredValue | undefined)
  const written = object.fields.filter(({ computation }) => !computation).map(({ key }) => key)
  for (const key of [...written, 'ownerId', 'locationId']) {
    const was = standingValue(before, key)
    if (isSame(was, standingValue(after, key))) continue
    if (!isSame(standingValue(now, key), standingValue(after, key))) stays.push(key)
    else if (key === 'ownerId') parsed.ownerId = before.ownerId
    else if (key === 'locationId') parsed.locationId = before.locationId
    else parsed.values.set(key, (was ?? null) as StoredValue | null)
  }
  return { parsed, stays }
}
