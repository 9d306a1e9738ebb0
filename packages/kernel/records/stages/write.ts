/**
 * The parts of the statements that write records which note their stays. They stand in the statement of the change itself:
 * a record and its stay cannot part, and it costs no round trip. Objects without pipelines have no such part.
 */
import { type RawBuilder, sql } from '../../database/index.ts'
import type { CompiledObject } from '../../metadata/index.ts'
import type { RecordContext } from '../context.ts'
import type { StageChange } from './moves.ts'

export interface MovedRecord {
  id: string
  stageChanges: StageChange[]
}

const columns =
  sql.raw(`tenant_id, object_id, record_id, field_id, stage, entered_at, entered_by, exact, left_at, left_by,
  left_to, owner_id, amount_minor, currency, reason, note`)

const rowsOf = (records: MovedRecord[]): string =>
  JSON.stringify(
    records.flatMap(({ id, stageChanges }) =>
      stageChanges.map(({ field, before, after, reason, note, done }) => ({
        record_id: id,
        field_id: field.id,
        before,
        stage: after,
        reason,
        note,
        done,
      })),
    ),
  )

const moving = (records: MovedRecord[]): RawBuilder<unknown> => sql`, moving as materialized (
    select * from jsonb_to_recordset(${rowsOf(records)}::jsonb)
      as t(record_id uuid, field_id uuid, before text, stage text, reason text, note text, done jsonb))`

const isMoved = (records: MovedRecord[]): boolean => records.some(({ stageChanges }) => stageChanges.length > 0)

/** The first stays of new records, which stand in `input`. */
export function firstStays(
  context: RecordContext,
  object: CompiledObject,
  records: MovedRecord[],
): RawBuilder<unknown> {
  if (!isMoved(records)) return sql``
  return sql`${moving(records)}, entered_stays as (
      insert into stage_stays (${columns})
      select ${context.model.tenantId}::uuid, ${object.id}::uuid, m.record_id, m.field_id, m.stage, now(), ${context.actor.userId}::uuid, true,
        null::timestamptz, null::uuid, null::text, i.owner_id, i.amount_minor, i.currency, m.reason, m.note
      from moving m join input i on i.id = m.record_id where m.stage is not null
    )`
}

/**
 * The stays that moved records leave, and those they enter at the same moment. Whoever moves a record has locked it, so a
 * look at the clock is later than that of every move before; the start of a transaction would not be. A record that was
 * there before its pipeline gets the stay that nobody wrote down.
 */
export function movedStays(
  context: RecordContext,
  object: CompiledObject,
  records: MovedRecord[],
): RawBuilder<unknown> {
  if (!isMoved(records)) return sql``
  const { tenantId } = context.model
  const [tenant, user] = [sql`${tenantId}::uuid`, sql`${context.actor.userId}::uuid`]
  return sql`${moving(records)}, moment as materialized (select clock_timestamp() as at), left_stays as (
      update stage_stays s set left_at = greatest(moment.at, s.entered_at), left_by = ${user}, left_to = m.stage,
        ticks = s.ticks || coalesce((select jsonb_object_agg(item, jsonb_build_object('at', moment.at, 'by', ${user}))
          from jsonb_array_elements_text(m.done) as item where not s.ticks ? item), '{}'::jsonb)
      from moving m, moment
      where s.tenant_id = ${tenantId} and s.record_id = m.record_id and s.field_id = m.field_id and s.left_at is null
      returning s.record_id, s.field_id, s.left_at
    ), entered_stays as (
      insert into stage_stays (${columns})
      select ${tenant}, ${object.id}::uuid, m.record_id, m.field_id, m.before, greatest(r.created_at, (
          select max(s.left_at) from stage_stays s
          where s.tenant_id = ${tenantId} and s.record_id = m.record_id and s.field_id = m.field_id)),
        null, false, moment.at, ${user}, m.stage, r.owner_id, r.amount_minor, r.currency, null, null
      from moving m cross join moment join records r on r.tenant_id = ${tenantId} and r.id = m.record_id
      where m.before is not null
        and not exists (select from left_stays l where l.record_id = m.record_id and l.field_id = m.field_id)
      union all
      select ${tenant}, ${object.id}::uuid, m.record_id, m.field_id, m.stage, coalesce(l.left_at, moment.at), ${user}, true,
        null, null, null, i.owner_id, i.amount_minor, i.currency, m.reason, m.note
      from moving m cross join moment join input i on i.id = m.record_id
        left join left_stays l on l.record_id = m.record_id and l.field_id = m.field_id
      where m.stage is not null and (select count(*) from left_stays) >= 0
    )`
}

/** What says of records under the alias `r` since when they are in their stages after a change, to be set with it. */
export function stageSince(object: CompiledObject, records: MovedRecord[]): RawBuilder<unknown> {
  const moved = new Set(records.flatMap(({ stageChanges }) => stageChanges.map(({ field }) => field)))
  const main = [...moved].find(({ key }) => key === object.roles.stage)
  const further = [...moved].filter((field) => field !== main).map(({ id }) => id)
  return sql`${main ? mainSince : sql``}${further.length > 0 ? furtherSince(further) : sql``}`
}

const mainSince = sql`, stage_since = case when r.stage is distinct from i.stage then (select at from moment) else r.stage_since end`

const furtherSince = (fieldIds: string[]): RawBuilder<unknown> => sql`, stages_since = r.stages_since || (
    select coalesce(jsonb_object_agg(m.field_id, moment.at), '{}'::jsonb) from moving m cross join moment
    where m.record_id = r.id and m.field_id = any(${fieldIds}::uuid[]))`
