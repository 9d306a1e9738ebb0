/**
 * Figures from sums by day: the same answers as `figures.store.ts` gives from the stays, for those who see all records. A
 * day that has changed since it was added up is read from its stays, in the same statement, so that no answer is late.
 */
import {
  type Database,
  plannedForValues,
  type RawBuilder,
  type Row,
  sql,
  type Transaction,
} from '@oneforge/kernel/database'
import type { FiguresQuestion, StageMedian, StayFigures, SumRow } from './figures.store.ts'

/** A pipeline as its sums need to know it. */
export type SummedPipeline = Pick<
  FiguresQuestion,
  'tenantId' | 'objectId' | 'fieldId' | 'timeZone' | 'forward' | 'won' | 'lost'
>

/** More days than this are sooner read with all stays of the period. */
const mostChangedDays = 40

const dayOf = (moment: RawBuilder<unknown>, timeZone: string): RawBuilder<unknown> =>
  sql`(${moment} at time zone ${timeZone})::date`

const rulesHold = ({ tenantId, fieldId, timeZone, forward, won, lost }: SummedPipeline): RawBuilder<unknown> =>
  sql`exists (select from stage_day_rules u where u.tenant_id = ${tenantId} and u.field_id = ${fieldId}
    and u.time_zone = ${timeZone} and u.forward = ${forward}::text[] and u.won = ${won}::text[] and u.lost = ${lost}::text[])`

/** Whether sums help to answer: they are of the pipeline as it is, and nearly all days are added up. */
export async function areSummed(tx: Transaction, pipeline: SummedPipeline): Promise<boolean> {
  const { tenantId, fieldId, timeZone } = pipeline
  const [found] = await tx.query<
    Row & { summed: boolean }
  >(sql`select ${rulesHold(pipeline)} and ${mostChangedDays} >= (
      select count(distinct ${dayOf(sql`c.at`, timeZone)}) from stage_day_changes c
      where c.tenant_id = ${tenantId} and c.field_id = ${fieldId}) as summed`)
  return found?.summed ?? false
}

const columns = sql.raw(
  `day, stage, owner_id, reason, currency, span, entered, moved_on, won, amount_minor, total_seconds, seconds`,
)

/** What stands in `stage_days` of the days that `t` lists, from their stays. `offset 0` keeps each day a walk of the index. */
function sumsOf({ tenantId, objectId, fieldId, timeZone, forward, won, lost }: SummedPipeline): RawBuilder<unknown> {
  const isLost = sql`s.stage = any(${lost}::text[])`
  return sql`select t.day, s.stage, s.owner_id, case when ${isLost} then s.reason end as reason,
      case when ${isLost} then s.currency end as currency, floor(ln(s.seconds + 1) * 8)::int as span, count(*)::int as entered,
      (count(*) filter (where array_position(${forward}::text[], s.left_to) > coalesce(array_position(${forward}::text[], s.stage), 0)))::int as moved_on,
      (count(*) filter (where exists (select from stage_stays w where w.tenant_id = ${tenantId} and w.field_id = ${fieldId}
        and w.record_id = s.record_id and w.stage = any(${won}::text[]) and w.entered_at >= s.entered_at)))::int as won,
      sum(case when ${isLost} then s.amount_minor end) as amount_minor, sum(s.seconds) as total_seconds,
      array_agg(s.seconds) filter (where s.seconds is not null) as seconds
    from t cross join lateral (
      select s.*, extract(epoch from s.left_at - s.entered_at)::float8 as seconds from stage_stays s
      where s.tenant_id = ${tenantId} and s.field_id = ${fieldId} and s.entered_at >= (t.day::timestamp at time zone ${timeZone})
        and s.entered_at < ((t.day + 1)::timestamp at time zone ${timeZone})
        and s.record_id not in (select d.id from records d where d.tenant_id = ${tenantId} and d.object_id = ${objectId}
          and d.deleted_at is not null)
      offset 0) as s
    group by 1, 2, 3, 4, 5, 6`
}

/** The sums of the period as `days`; where they are of another pipeline than this, every day counts as changed. */
function daysOf(question: FiguresQuestion): RawBuilder<unknown> {
  const { tenantId, fieldId, timeZone, from, to, owner } = question
  return sql`t as materialized (
      select distinct ${dayOf(sql`c.at`, timeZone)} as day from stage_day_changes c
      where c.tenant_id = ${tenantId} and c.field_id = ${fieldId}
      union
      select each::date from generate_series(${from}::date, ${to}::date, interval '1 day') as each where not ${rulesHold(question)}
    ), days as materialized (
      select ${columns} from (
        select ${columns} from stage_days d where d.tenant_id = ${tenantId} and d.field_id = ${fieldId}
          and d.day between ${from}::date and ${to}::date and d.day not in (select day from t)
        union all
        select ${columns} from (${sumsOf(question)}) as fresh where fresh.day between ${from}::date and ${to}::date
      ) as d ${owner ? sql`where d.owner_id = ${owner}` : sql``}
    )`
}

export const readFiguresByDay = (
  tx: Transaction,
  question: FiguresQuestion,
  groupBy?: 'owner' | 'month',
): Promise<StayFigures[]> => {
  const group =
    groupBy === 'owner'
      ? sql`d.owner_id::text`
      : groupBy
        ? sql`date_trunc('month', d.day)::date::text`
        : sql`null::text`
  const label =
    groupBy === 'owner' ? sql`(select u.name from users u where u.id::text = f.group_key)` : sql`f.group_key`
  return tx.query<StayFigures>(
    plannedForValues(sql`with ${daysOf(question)}, figures as (
      select ${group} as group_key, d.stage, sum(d.entered) as entered,
        coalesce(sum(d.entered) filter (where d.span is not null), 0) as ended, sum(d.moved_on) as moved_on, sum(d.won) as won,
        sum(d.total_seconds) / nullif(sum(d.entered) filter (where d.span is not null), 0) as average
      from days d group by 1, 2
    ) select f.*, ${label} as group_label from figures f order by group_label nulls last, group_key, stage`),
  )
}

/** Only stays of about the length of the middle ones are put in order: how many are shorter is known without looking. */
export const readMediansByDay = (tx: Transaction, question: FiguresQuestion): Promise<StageMedian[]> =>
  tx.query<StageMedian>(
    plannedForValues(sql`with ${daysOf(question)}, spans as (
      select d.stage, d.span, sum(d.entered) as count, sum(sum(d.entered)) over (partition by d.stage order by d.span) as up_to,
        sum(sum(d.entered)) over (partition by d.stage) as total
      from days d where d.span is not null group by 1, 2
    ), middle as (
      select stage, span, up_to - count as shorter, div(total - 1, 2) + 1 as lower, div(total, 2) + 1 as upper from spans
      where up_to >= div(total - 1, 2) + 1 and up_to - count < div(total, 2) + 1
    ), placed as (
      select m.stage, m.lower, m.upper, v.seconds, min(m.shorter) over (partition by m.stage)
        + row_number() over (partition by m.stage order by v.seconds) as place
      from middle m join days d on d.stage = m.stage and d.span = m.span, unnest(d.seconds) as v(seconds)
    )
    select stage, avg(seconds) as median from placed where place in (lower, upper) group by 1`),
  )

/** Why records were lost in the period. */
export const readLostByDay = (tx: Transaction, question: FiguresQuestion): Promise<SumRow[]> =>
  tx.query<SumRow>(
    plannedForValues(sql`with ${daysOf(question)}
      select d.stage, d.reason, sum(d.entered) as count, sum(d.amount_minor)::text as minor, min(d.currency) as currency,
        max(d.currency) as other_currency
      from days d where d.stage = any(${question.lost}::text[]) group by 1, 2 order by 3 desc, 1, 2`),
  )

/** The pipelines of all tenants in which something has changed since their days were added up, by the id of their field. */
export async function changedPipelines(database: Database): Promise<{ tenantId: string; fieldId: string }[]> {
  const rows = await database.run<Row & { tenant_id: string; field_id: string }>(
    {},
    sql`select * from changed_pipelines()`,
  )
  return rows.map((row) => ({ tenantId: row.tenant_id, fieldId: row.field_id }))
}

/** Whether the pipeline has at least so many stays. */
export async function hasStays(tx: Transaction, tenantId: string, fieldId: string, fewest: number): Promise<boolean> {
  const stays = await tx.query(sql`select from stage_stays where tenant_id = ${tenantId} and field_id = ${fieldId}
    offset ${fewest - 1} limit 1`)
  return stays.length > 0
}

/** Forgets the sums of a pipeline; its figures come from the stays again. */
export async function forgetDays(tx: Transaction, tenantId: string, fieldId: string): Promise<void> {
  for (const table of ['stage_day_rules', 'stage_days', 'stage_day_changes']) {
    await tx.query(sql`delete from ${sql.table(table)} where tenant_id = ${tenantId} and field_id = ${fieldId}`)
  }
}

/** Few enough that a transaction is short, also where a day has thousands of stays. */
const daysAtOnce = 20

/**
 * Adds up changed days anew, the latest first. Marks are taken away before the stays are read: what is marked meanwhile is
 * done again.
 *
 * @returns whether there are more.
 */
export async function addUpDays(tx: Transaction, pipeline: SummedPipeline): Promise<boolean> {
  const { tenantId, fieldId, timeZone } = pipeline
  await holdRules(tx, pipeline)
  const day = dayOf(sql`at`, timeZone)
  const rows = await tx.query<Row & { day: string }>(sql`select distinct ${day}::text as day from stage_day_changes
    where tenant_id = ${tenantId} and field_id = ${fieldId} order by 1 desc limit ${daysAtOnce}`)
  const days = sql`${rows.map((row) => row.day)}::date[]`
  await tx.query(
    sql`delete from stage_day_changes where tenant_id = ${tenantId} and field_id = ${fieldId} and ${day} = any(${days})`,
  )
  await tx.query(
    sql`delete from stage_days where tenant_id = ${tenantId} and field_id = ${fieldId} and day = any(${days})`,
  )
  await tx.query(sql`with t as materialized (select day from unnest(${days}) as day)
    insert into stage_days (tenant_id, field_id, ${columns})
    select ${tenantId}::uuid, ${fieldId}::uuid, ${columns} from (${sumsOf(pipeline)}) as fresh`)
  return rows.length === daysAtOnce
}

/** Locks the rules, so that one adds up at a time. Where they were others, all sums go and all days are marked. */
async function holdRules(tx: Transaction, pipeline: SummedPipeline): Promise<void> {
  const { tenantId, fieldId, timeZone, forward, won, lost } = pipeline
  const ofField = sql`tenant_id = ${tenantId} and field_id = ${fieldId}`
  await tx.query(sql`insert into stage_day_rules (tenant_id, field_id, time_zone, forward, won, lost)
    values (${tenantId}, ${fieldId}, '', '{}', '{}', '{}') on conflict do nothing`)
  await tx.query(sql`select from stage_day_rules where ${ofField} for update`)
  const [rules] = await tx.query<Row & { hold: boolean }>(sql`select ${rulesHold(pipeline)} as hold`)
  if (rules!.hold) return
  await tx.query(sql`delete from stage_days where ${ofField}`)
  await tx.query(sql`insert into stage_day_changes (tenant_id, field_id, at)
    select distinct ${tenantId}::uuid, ${fieldId}::uuid, ${dayOf(sql`entered_at`, timeZone)}::timestamp at time zone ${timeZone}
    from stage_stays where ${ofField}`)
  await tx.query(sql`update stage_day_rules set time_zone = ${timeZone}, forward = ${forward}::text[], won = ${won}::text[],
    lost = ${lost}::text[] where ${ofField}`)
}
