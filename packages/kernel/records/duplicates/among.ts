/** Which of many new records may be the same as others: for whoever makes them by the hundred and cannot be asked of each. */
import { atBest, fieldAccess, rowCondition, scopeOf } from '../../access/index.ts'
import { type Row, sql } from '../../database/index.ts'
import type { CompiledObject } from '../../metadata/index.ts'
import type { RecordContext } from '../context.ts'
import type { RecordData } from '../project.ts'
import { dataColumn } from '../row.ts'
import { likeness } from './likeness.ts'
import { duplicateSettings } from './settings.ts'

/** Of the records that share a key with a new one so many are compared with it. */
const mostCompared = 5

type PairRow = Row & { id: string; own: RecordData; other: RecordData }

/** Those of the records that are like another one which the caller reads, by fields that they see. */
export async function alikeAmong(context: RecordContext, object: CompiledObject, ids: string[]): Promise<Set<string>> {
  const { model, policy, tx } = context
  const settings = duplicateSettings(object)
  const reach = scopeOf(policy, object, 'read')
  if (ids.length === 0 || settings.rules.length === 0 || !reach) return new Set()
  const isRead = rowCondition(policy, reach, 'r') ?? sql`true`
  const pairs = await tx.query<PairRow>(sql<PairRow>`with meeting as materialized (
      select distinct mine.record_id as id, met.record_id as other_id
      from duplicate_keys mine cross join lateral (
        select k.record_id from duplicate_keys k where k.tenant_id = ${model.tenantId} and k.object_id = ${object.id}
          and k.rule = mine.rule and k.key = mine.key and k.record_id <> mine.record_id limit ${mostCompared}) as met
      where mine.tenant_id = ${model.tenantId} and mine.object_id = ${object.id} and mine.record_id = any(${ids}::uuid[])
    ), own as (
      select r.id, ${dataColumn(object)} as data from records r where r.tenant_id = ${model.tenantId} and r.id = any(${ids}::uuid[])
    )
    select own.id, own.data as own, ${dataColumn(object)} as other from meeting join own using (id)
    join records r on r.tenant_id = ${model.tenantId} and r.id = meeting.other_id
    where r.object_id = ${object.id} and r.deleted_at is null and ${isRead}`)
  const isSeen = (key: string): boolean => fieldAccess(atBest(policy), object, key) !== 'hidden'
  const alike = pairs.filter(({ own, other }) => likeness(settings, own, other, isSeen).score >= settings.threshold)
  return new Set(alike.map(({ id }) => id))
}
