/** Sums that are kept, as they are put by for processes that start later. */
import { createHash } from 'node:crypto'
import { type Database, sql } from '../database/index.ts'
import type { CompiledObject } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'

export interface Saved {
  /** Everything that had been committed then is in it. */
  snapshot: string
  /** Where a stretch ends and the next begins, in ms since 1970 and ascending. */
  bounds: number[]
  /** How many records the last stretch has. */
  latest: number
  /** By the number of the stretch: its cells; empty where it has none. */
  parts: string[]
}

/** Put by once in so long: what has changed since is found by its notes. */
const saveEveryMs = 10 * 60 * 1_000

/** Of one object. */
const mostSaved = 100

const cluster = sql`(select system_identifier::text from pg_control_system())`
const nameOf = (key: string): string => createHash('sha256').update(key).digest('base64url')

/** What another process has left; undefined where there is nothing of use. */
export async function savedSums(
  context: RecordContext,
  object: CompiledObject,
  key: string,
): Promise<Saved | undefined> {
  const [row] = await context.tx.query<{ snapshot: string; bounds: number[]; latest: number; parts: string }>(sql`
    select k.snapshot, k.bounds, k.latest, k.parts from kept_sums k
    where k.tenant_id = ${context.model.tenantId} and k.object_id = ${object.id} and k.name = ${nameOf(key)}
      and k.saved_at > now() - interval '7 days' and k.cluster = ${cluster}`)
  return row && { ...row, parts: row.parts.split('\n') }
}

/** Leaves the sums to others, unless somebody else is at it or there are many already; only with work that reads, whose statements stand alone. */
export async function saveSums(
  context: RecordContext,
  object: CompiledObject,
  key: string,
  { snapshot, bounds, latest, parts }: Saved,
): Promise<void> {
  const { tenantId } = context.model
  const here = sql`k.tenant_id = ${tenantId} and k.object_id = ${object.id} and k.name = ${nameOf(key)}`
  await context.tx.query(sql`
    with free as (select from kept_sums k where ${here} for update skip locked)
    insert into kept_sums (tenant_id, object_id, name, cluster, snapshot, bounds, latest, parts)
    select ${tenantId}::uuid, ${object.id}::uuid, ${nameOf(key)}, ${cluster}, ${snapshot}, ${JSON.stringify(bounds)}::jsonb,
      ${latest}::bigint, ${parts.join('\n')}
    where exists (select from free) or not exists (select from kept_sums k where ${here}) and ${mostSaved} > (
      select count(*) from kept_sums k where k.tenant_id = ${tenantId} and k.object_id = ${object.id})
    on conflict (tenant_id, object_id, name) do update set cluster = excluded.cluster, snapshot = excluded.snapshot,
      bounds = excluded.bounds, latest = excluded.latest, parts = excluded.parts, saved_at = excluded.saved_at`)
}

/** Whether it is time to put sums by again. */
export const isToBeSaved = (context: RecordContext, savedAt: number): boolean =>
  context.tx.readsOnly && Date.now() - savedAt > saveEveryMs

/** Deletes notes of changes and sums that nobody needs any more, of all tenants; returns how many notes. */
export async function pruneRecordChanges(database: Database): Promise<number> {
  const [row] = await database.run<{ deleted: number }>({}, sql`select prune_record_changes() as deleted`)
  return row!.deleted
}
