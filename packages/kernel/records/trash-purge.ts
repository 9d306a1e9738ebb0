/**
 * Removes records of the trash for good, with all that hangs on them: values, links, notes, files, stays in stages. The
 * entries of their histories are kept, as every entry is, with a last one that says who removed them; a history is shown
 * with its record only.
 */
import { requireAction } from '../access/index.ts'
import { type Row, sql } from '../database/index.ts'
import { type AppError, conflict, notFound } from '../errors/index.ts'
import type { CompiledObject } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'
import { failed, type ItemResult } from './create.ts'
import { entriesInsert } from './entries.ts'
import { linkSide } from './link-facts.ts'
import { type LockedRecord, lockRecords, outOfScope } from './lock.ts'
import { mergedAmong } from './merge.store.ts'

/** What could not go is reported under its index. The transaction stays open. */
export async function purgeRecords(
  context: RecordContext,
  object: CompiledObject,
  ids: string[],
): Promise<ItemResult[]> {
  requireAction(context.policy, object, 'delete')
  const locked = await lockRecords(context, object, ids, { deleted: true, deleting: true })
  const merged = await mergedAmong(context, ids)
  const needed = await neededBy(context, [...locked.keys()])
  const results: ItemResult[] = []
  const going: LockedRecord[] = []
  for (const [index, id] of ids.entries()) {
    const record = locked.get(id)
    // The same id named twice is removed once.
    locked.delete(id)
    const refusal = record
      ? refusalOf(object, record, merged, needed)
      : notFound(`The record ${id} in the trash of ${object.slug}`)
    if (refusal) results.push(failed(index, refusal))
    else {
      const { record_number: recordNumber, version } = record!.row
      going.push(record!)
      results.push({ index, success: true, id, recordNumber, version })
    }
  }
  if (going.length > 0) await remove(context, object, going)
  return results
}

function refusalOf(
  object: CompiledObject,
  record: LockedRecord,
  merged: ReadonlySet<string>,
  needed: ReadonlyMap<string, AppError>,
): AppError | undefined {
  if (!record.may.delete) return outOfScope(object, 'delete')
  if (merged.has(record.id)) {
    return conflict('This record was merged into another one and goes with that one.')
  }
  return needed.get(record.id)
}

interface Need extends Row {
  relation_id: string
  to_id: string
}

/** Living records must not lose the last link that they are required to have. Names their object, never which they are. */
async function neededBy({ tx, model }: RecordContext, ids: string[]): Promise<Map<string, AppError>> {
  const sides = new Map(
    model.objects.flatMap((holder) =>
      holder.relations
        .filter(({ direction }) => direction === 'out')
        .map((relation) => [relation.relationId, linkSide(model, holder, relation)] as const)
        .filter(([, { required }]) => required),
    ),
  )
  if (sides.size === 0 || ids.length === 0) return new Map()
  const needs = await tx.query<Need>(sql`select l.relation_id, l.to_id from links l
      join records r on r.tenant_id = l.tenant_id and r.id = l.from_id and r.deleted_at is null
    where l.tenant_id = ${model.tenantId} and l.to_id = any(${ids}::uuid[])
      and l.relation_id = any(${[...sides.keys()]}::uuid[])
      and not exists (select from links o where o.tenant_id = l.tenant_id and o.relation_id = l.relation_id
        and o.from_id = l.from_id and o.to_id <> all(${ids}::uuid[]))`)
  return new Map(
    needs.map(({ relation_id, to_id }) => {
      const { key, holder, inverse } = sides.get(relation_id)!
      const reason = `The record is still the “${key}” of some of ${holder.slug}, which need one. Give those another first.`
      return [to_id, conflict(reason, { details: [{ field: inverse, message: 'still points here' }] })]
    }),
  )
}

/** With those that were merged into them, of which nothing is left otherwise that anybody could reach. */
async function remove(context: RecordContext, object: CompiledObject, going: LockedRecord[]): Promise<void> {
  const { tx, model, actor } = context
  const { tenantId } = model
  const ids = going.map(({ id }) => id)
  await tx.batch([
    entriesInsert(context, {
      action: 'purged',
      objectId: object.id,
      recordId: sql`r.id`,
      changes: sql`jsonb_build_object('recordNumber', jsonb_build_array(r.record_number, null))`,
      from: sql`from records r where r.tenant_id = ${tenantId} and r.id = any(${ids}::uuid[])`,
    }),
    sql`insert into events (tenant_id, type, object_id, record_id, actor_id, payload)
      select ${tenantId}, 'record.purged', ${object.id}, id, ${actor.userId},
        jsonb_build_object('object', ${object.slug}::text, 'fields', '[]'::jsonb)
      from unnest(${ids}::uuid[]) as id`,
    sql`with recursive gone as (
        select id from unnest(${ids}::uuid[]) as id
        union select r.id from records r join gone g on r.tenant_id = ${tenantId} and r.merged_into = g.id
      ), compared as (
        delete from duplicate_keys where tenant_id = ${tenantId} and record_id in (select id from gone)
      ) delete from records where tenant_id = ${tenantId} and id in (select id from gone)`,
  ])
}
