/** What has changed since sums were kept, by the notes that every change leaves (`record_changes`). */
import { type Query, type RawBuilder, sql } from '../database/index.ts'
import type { CompiledObject } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'
import { limitsOf, stretchAt } from './kept-stretches.ts'

export interface Glance {
  snapshot: string
  /** Whether the transaction has changed anything. */
  hasWritten: boolean
  /** Whether anything of the object has been changed since; true where there is no snapshot to go by. */
  hasChanged: boolean
  /** Records of the object. */
  live: number
}

/** What most askers need to know, of all that they ask: that everything is as it was. */
export async function glancesAt(
  { tx, model: { tenantId } }: RecordContext,
  asked: { object: CompiledObject; snapshot: string | undefined }[],
): Promise<Glance[]> {
  const objects = asked.map(({ object }) => object.id)
  const snapshots = asked.map(({ snapshot }) => snapshot ?? '')
  return tx.query<Glance>(sql`
    select pg_current_snapshot()::text as snapshot, pg_current_xact_id_if_assigned() is not null as "hasWritten",
      coalesce(k.live, 0) as live,
      case when a.snapshot = '' then true
        else ${isAny(notedSince(tenantId, sql`a.object_id`, sql`a.snapshot`))} end as "hasChanged"
    from unnest(${objects}::uuid[], ${snapshots}::text[]) with ordinality as a(object_id, snapshot, place)
    left join record_counters k on k.tenant_id = ${tenantId} and k.object_id = a.object_id
    order by a.place`)
}

export interface Changed {
  object: CompiledObject
  since: string
  bounds: number[]
  /** Stretches that are meant anyway. */
  besides: number[]
}

/** The stretches in which something has changed: `stretch`, `begins` and `ends`. */
export function changedStretches(
  { model: { tenantId } }: RecordContext,
  { object, since, bounds, besides }: Changed,
): RawBuilder<unknown> {
  const { begins, ends } = limitsOf(sql`m.stretch`, bounds)
  return sql`
    select m.stretch, ${begins} as begins, ${ends} as ends from (
      select generate_series(
        ${stretchAt(sql`c.created_minute`, bounds)}, ${stretchAt(endOfMinute, bounds)}) as stretch
      ${notedSince(tenantId, sql`${object.id}::uuid`, sql`${since}`)}
      union select unnest(${besides}::int[])) as m`
}

/** Whether something has changed in stretches that lie beside one another: `changed`. */
export function hasChangedIn(
  { model: { tenantId } }: RecordContext,
  { object, since, bounds }: Omit<Changed, 'besides'>,
  stretches: number[],
): Query {
  return sql`select ${isAny(sql`
    ${notedSince(tenantId, sql`${object.id}::uuid`, sql`${since}`)}
      and ${stretchAt(endOfMinute, bounds)} >= ${Math.min(...stretches)}::int
      and ${stretchAt(sql`c.created_minute`, bounds)} <= ${Math.max(...stretches)}::int`)} as changed`
}

const endOfMinute = sql`c.created_minute + interval '1 minute'`

/** In the order of the index: a plan for any snapshot takes it that one of three notes will do, and reads all that there are. */
const isAny = (noted: RawBuilder<unknown>) => sql`((select true ${noted} order by c.xid limit 1) is not null)`

const notedSince = (tenantId: string, objectId: RawBuilder<unknown>, snapshot: RawBuilder<unknown>) => sql`
  from record_changes c
  where c.tenant_id = ${tenantId} and c.object_id = ${objectId}
    and c.xid >= pg_snapshot_xmin((${snapshot})::pg_snapshot)
    and not pg_visible_in_snapshot(c.xid, (${snapshot})::pg_snapshot)`
