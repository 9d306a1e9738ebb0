/** Into the trash and out of it. */
import { requireAction } from '../access/index.ts'
import { type Row, sql } from '../database/index.ts'
import { AppError, conflict, notFound, validationError } from '../errors/index.ts'
import type { CompiledObject } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'
import { failed, type ItemResult } from './create.ts'
import { applyDeleteRules, asEverybody } from './delete-rules.ts'
import { writeError } from './failures.ts'
import { type LockedRecord, lockRecord, lockRecords, outOfScope } from './lock.ts'
import { mergedAmong, mergeOf } from './merge.store.ts'
import { type PresentedRecord, presentRecord } from './row.ts'
import { judgeSettled } from './rules/late.ts'
import { stateBefore } from './rules/state.ts'
import { uniqueValues } from './rules/unique.ts'
import { standingProblems } from './stages/judge.ts'
import { trashStatement } from './write.ts'

interface TrashedRow extends Row {
  id: string
  version: number
  updated_at: string
}

export async function deleteRecord(
  context: RecordContext,
  object: CompiledObject,
  id: string,
  options: { version?: number } = {},
): Promise<void> {
  const record = await lockRecord(context, object, id, 'delete', { ...options, deleting: true })
  const refusal = (await applyDeleteRules(context, object, [record.id])).get(record.id)
  if (refusal) throw refusal
  await context.tx.final(trashStatement(context, object, [{ id: record.id, uniques: [] }], 'deleted'))
}

/**
 * Brings a record back, and with it what its deletion took along; 409 if another took one of their unique values, or the
 * place at a record that takes one link only, in the meantime.
 */
export async function restoreRecord(
  context: RecordContext,
  object: CompiledObject,
  id: string,
): Promise<PresentedRecord> {
  const record = await lockRecord(context, object, id, 'delete', { deleted: true })
  if (await mergeOf(context, id)) throw wasMerged()
  const problems = standingProblems(object, record.data)
  if (problems.length > 0) throw validationError(problems)
  const uniques = uniqueValues(object, stateBefore(record))
  try {
    await restoreAlong(context, [id])
    const [row] = await context.tx.final<TrashedRow>(trashStatement(context, object, [{ id, uniques }], 'restored'))
    const restored = {
      ...record.row,
      deleted_at: null,
      version: row!.version,
      updated_at: row!.updated_at,
      updated_by: context.actor.userId,
    }
    return presentRecord(context.model, context.policy, object, restored)
  } catch (error) {
    throw writeError(object, error)
  }
}

const wasMerged = (): AppError => conflict('This record was merged into another one. Undo the merge to bring it back.')

/** Brings many back; what cannot come is reported under its index. The transaction stays open. */
export async function restoreRecords(
  context: RecordContext,
  object: CompiledObject,
  ids: string[],
): Promise<ItemResult[]> {
  requireAction(context.policy, object, 'delete')
  const locked = await lockRecords(context, object, ids, { deleted: true })
  const merged = await mergedAmong(context, ids)
  const results: ItemResult[] = []
  const coming: { index: number; record: LockedRecord }[] = []
  for (const [index, id] of ids.entries()) {
    const record = locked.get(id)
    // The same id named twice is restored once.
    locked.delete(id)
    const refusal = record ? refusalToRestore(object, record, merged) : notFound(`The record ${id} of ${object.slug}`)
    if (refusal) results.push(failed(index, refusal))
    else coming.push({ index, record: record! })
  }
  results.push(...(await restoreInHalves(context, object, coming)))
  return results.sort((a, b) => a.index - b.index)
}

function refusalToRestore(
  object: CompiledObject,
  record: LockedRecord,
  merged: ReadonlySet<string>,
): AppError | undefined {
  if (!record.may.delete) return outOfScope(object, 'delete')
  if (merged.has(record.id)) return wasMerged()
  const problems = standingProblems(object, record.data)
  return problems.length > 0 ? validationError(problems) : undefined
}

/** All at once, or, where something that was taken meanwhile stands in the way, by halves down to those that it concerns. */
async function restoreInHalves(
  context: RecordContext,
  object: CompiledObject,
  coming: { index: number; record: LockedRecord }[],
): Promise<ItemResult[]> {
  if (coming.length === 0) return []
  const { tx } = context
  const records = coming.map(({ record }) => ({ id: record.id, uniques: uniqueValues(object, stateBefore(record)) }))
  await tx.query(sql`savepoint restored`)
  try {
    await restoreAlong(
      context,
      records.map(({ id }) => id),
    )
    const rows = await tx.query<TrashedRow>(trashStatement(context, object, records, 'restored'))
    await judgeSettled(context)
    await tx.query(sql`release savepoint restored`)
    const versions = new Map(rows.map(({ id, version }) => [id, version]))
    return coming.map(({ index, record: { id, row } }) => {
      return { index, success: true, id, recordNumber: row.record_number, version: versions.get(id)! }
    })
  } catch (thrown) {
    const error = writeError(object, thrown)
    if (!(error instanceof AppError)) throw error
    await tx.query(sql`rollback to savepoint restored`)
    if (coming.length === 1) return [failed(coming[0]!.index, error)]
    const middle = Math.ceil(coming.length / 2)
    const first = await restoreInHalves(context, object, coming.slice(0, middle))
    return [...first, ...(await restoreInHalves(context, object, coming.slice(middle)))]
  }
}

/** What the deletion of the records took along comes back with them, whoever may see it. */
async function restoreAlong(context: RecordContext, roots: string[]): Promise<void> {
  const { model, tx } = context
  const taken = await tx.query<Row & { id: string; object_id: string }>(sql`select id, object_id from records
    where tenant_id = ${model.tenantId} and deleted_with = any(${roots}::uuid[]) and deleted_at is not null`)
  const everybody = asEverybody(context)
  for (const [objectId, rows] of Map.groupBy(taken, (row) => row.object_id)) {
    const object = model.objectById.get(objectId)
    if (!object) continue
    const ids = rows.map((row) => row.id)
    const locked = await lockRecords(everybody, object, ids, { deleted: true })
    const records = [...locked.values()].map((record) => ({
      id: record.id,
      uniques: uniqueValues(object, stateBefore(record)),
    }))
    if (records.length === 0) continue
    try {
      await tx.query(trashStatement(everybody, object, records, 'restored'))
    } catch (error) {
      throw writeError(object, error)
    }
  }
}

/** Moves many to the trash; what the caller may not delete is reported under its index. The transaction stays open. */
export async function deleteRecords(
  context: RecordContext,
  object: CompiledObject,
  ids: string[],
): Promise<ItemResult[]> {
  requireAction(context.policy, object, 'delete')
  const locked = await lockRecords(context, object, ids, { deleting: true })
  const deletable = ids.flatMap((id) => (locked.get(id)?.may.delete ? [id] : []))
  const refused = await applyDeleteRules(context, object, [...new Set(deletable)])
  const results: ItemResult[] = []
  const going: LockedRecord[] = []
  for (const [index, id] of ids.entries()) {
    const record = locked.get(id)
    const refusal = refused.get(id)
    if (!record) results.push(failed(index, notFound(`The record ${id} of ${object.slug}`)))
    else if (!record.may.delete) results.push(failed(index, outOfScope(object, 'delete')))
    else if (refusal) results.push(failed(index, refusal))
    else {
      going.push(record)
      results.push({
        index,
        success: true,
        id,
        recordNumber: record.row.record_number,
        version: record.row.version + 1,
      })
      // The same id named twice is deleted once.
      locked.delete(id)
    }
  }
  if (going.length > 0) {
    const records = going.map((record) => ({ id: record.id, uniques: [] }))
    await context.tx.query(trashStatement(context, object, records, 'deleted'))
  }
  return results
}
