import { allOf, plannedForValues, type RawBuilder, type Row, sql, type Transaction } from '@oneforge/kernel/database'
import type { CompiledField } from '@oneforge/kernel/metadata'

/** What the figures are about. */
export interface FiguresQuestion {
  tenantId: string
  fieldId: string
  /** The first and the last day, in the zone. */
  from: string
  to: string
  timeZone: string
  owner?: string
  /** Stages that do not end badly, in their order: whoever goes to a later one has moved on. */
  forward: string[]
  won: string[]
  lost: string[]
  /** Conditions on the records `r` that are meant. */
  records: RawBuilder<unknown>[]
  /** Whether those are all that live. */
  whole: boolean
  objectId: string
}

export interface StayFigures extends Row {
  group_key: string | null
  group_label: string | null
  stage: string
  entered: number
  ended: number
  moved_on: number
  won: number
  average: number | null
}

export interface StageMedian extends Row {
  stage: string
  median: number
}

export interface SumRow extends Row {
  stage: string
  reason: string | null
  count: number
  minor: string | null
  currency: string | null
  other_currency: string | null
}

const midnight = ({ timeZone }: FiguresQuestion, day: string): RawBuilder<unknown> =>
  sql`(${day}::date::timestamp at time zone ${timeZone})`

/**
 * The stays that began in the period. Where all records are meant it is asked which are in the trash: they are few, and
 * `not in` looks them up in a table in memory, which costs nothing where there are none.
 */
function stays(question: FiguresQuestion): RawBuilder<unknown> {
  const { tenantId, fieldId, from, to, owner, records, whole, objectId, timeZone } = question
  const meant = whole
    ? sql`s.record_id not in (select d.id from records d where d.tenant_id = ${tenantId} and d.object_id = ${objectId}
        and d.deleted_at is not null)`
    : sql`s.record_id in (select r.id from records r where ${allOf(records)})`
  return sql`select s.* from stage_stays s where s.tenant_id = ${tenantId} and s.field_id = ${fieldId}
    and s.entered_at >= ${midnight(question, from)} and s.entered_at < (${to}::date + 1)::timestamp at time zone ${timeZone}
    ${owner ? sql`and s.owner_id = ${owner}` : sql``} and ${meant}`
}

const groups: Record<'owner' | 'month', (timeZone: string) => RawBuilder<unknown>> = {
  owner: () => sql`s.owner_id::text`,
  month: (timeZone) => sql`date_trunc('month', s.entered_at at time zone ${timeZone})::date::text`,
}

/**
 * How records went through, by stage and, if asked, by group. What was won afterwards is counted apart: either part is
 * planned so that several processes share the work.
 */
export const readFigures = (
  tx: Transaction,
  question: FiguresQuestion,
  groupBy?: 'owner' | 'month',
): Promise<StayFigures[]> => {
  const { tenantId, fieldId, from, forward, won, timeZone } = question
  const group = groupBy ? groups[groupBy](timeZone) : sql`null::text`
  return tx.query<StayFigures>(
    plannedForValues(sql`with figures as (
      select ${group} as group_key, s.stage, count(*) as entered, count(s.left_at) as ended,
        count(*) filter (where array_position(${forward}::text[], s.left_to) > coalesce(array_position(${forward}::text[], s.stage), 0)) as moved_on,
        avg(${seconds}) as average
      from (${stays(question)}) as s group by 1, 2
    ), won as (
      select ${group} as group_key, s.stage, count(*) as count from (${stays(question)}) as s
      where exists (select from stage_stays w where w.tenant_id = ${tenantId} and w.field_id = ${fieldId}
        and w.record_id = s.record_id and w.stage = any(${won}::text[])
        and w.entered_at >= ${midnight(question, from)} and w.entered_at >= s.entered_at)
      group by 1, 2
    )
    select f.*, coalesce(w.count, 0) as won,
      ${groupBy === 'owner' ? sql`(select u.name from users u where u.id::text = f.group_key)` : sql`f.group_key`} as group_label
    from figures f left join won w on w.stage = f.stage and w.group_key is not distinct from f.group_key
    order by group_label nulls last, group_key, stage`),
  )
}

const seconds = sql`extract(epoch from s.left_at - s.entered_at)::float8`

/** How long half of the stays took at most, by stage: apart from the rest, for sorting is no work to be shared. */
export const readMedians = (tx: Transaction, question: FiguresQuestion): Promise<StageMedian[]> =>
  tx.query<StageMedian>(
    plannedForValues(sql`select s.stage, percentile_cont(0.5) within group (order by ${seconds}) as median
      from (${stays(question)}) as s where s.left_at is not null group by 1`),
  )

const sums = sql`count(*) as count, sum(amount_minor)::text as minor, min(currency) as currency, max(currency) as other_currency`

/** Why records were lost in the period. */
export const readLost = (tx: Transaction, question: FiguresQuestion): Promise<SumRow[]> =>
  tx.query<SumRow>(
    plannedForValues(sql`select stage, reason, ${sums} from (${stays(question)}) as s
      where s.stage = any(${question.lost}::text[]) group by 1, 2 order by 3 desc, 1, 2`),
  )

/** What stands in each stage now. */
export const readOpen = (
  tx: Transaction,
  { records, owner }: FiguresQuestion,
  { key, storedAs, storage }: Pick<CompiledField, 'key' | 'storedAs' | 'storage'>,
): Promise<SumRow[]> =>
  tx.query<SumRow>(
    plannedForValues(sql`select stage, null as reason, ${sums} from (
        select ${storage.kind === 'role' && storage.column === 'stage' ? sql`r.stage` : sql`r.data ->> ${storedAs ?? key}`} as stage, r.amount_minor, r.currency from records r
        where ${allOf(records)} ${owner ? sql`and r.owner_id = ${owner}` : sql``}) as standing
      where stage is not null group by 1`),
  )
