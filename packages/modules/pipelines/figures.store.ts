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
  median: number | null
  average: number | null
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

/** The stays that began in the period. Where all records are meant it is asked which are in the trash: they are few. */
function stays(question: FiguresQuestion): RawBuilder<unknown> {
  const { tenantId, fieldId, from, to, owner, records, whole, objectId, timeZone } = question
  const meant = whole
    ? sql`not exists (select from records d where d.tenant_id = ${tenantId} and d.object_id = ${objectId}
        and d.deleted_at is not null and d.id = s.record_id)`
    : sql`s.record_id in (select r.id from records r where ${allOf(records)})`
  return sql`select s.* from stage_stays s where s.tenant_id = ${tenantId} and s.field_id = ${fieldId}
    and s.entered_at >= ${midnight(question, from)} and s.entered_at < (${to}::date + 1)::timestamp at time zone ${timeZone}
    ${owner ? sql`and s.owner_id = ${owner}` : sql``} and ${meant}`
}

const groups: Record<'owner' | 'month', (timeZone: string) => RawBuilder<unknown>> = {
  owner: () => sql`s.owner_id::text`,
  month: (timeZone) => sql`date_trunc('month', s.entered_at at time zone ${timeZone})::date::text`,
}

/** How records went through, by stage and, if asked, by group; times only for the whole. */
export const readFigures = (
  tx: Transaction,
  question: FiguresQuestion,
  groupBy?: 'owner' | 'month',
): Promise<StayFigures[]> => {
  const { tenantId, fieldId, from, forward, won, timeZone } = question
  const group = groupBy ? groups[groupBy](timeZone) : sql`null::text`
  const seconds = sql`extract(epoch from s.left_at - s.entered_at)::float8`
  const times = groupBy
    ? sql`null::float8 as median, null::float8 as average`
    : sql`percentile_cont(0.5) within group (order by ${seconds}) as median, avg(${seconds}) as average`
  return tx.query<StayFigures>(
    plannedForValues(sql`with figures as (
      select ${group} as group_key, s.stage, count(*) as entered, count(s.left_at) as ended,
        count(*) filter (where array_position(${forward}::text[], s.left_to) > coalesce(array_position(${forward}::text[], s.stage), 0)) as moved_on,
        count(*) filter (where w.at >= s.entered_at) as won, ${times}
      from (${stays(question)}) as s left join (
        select record_id, max(entered_at) as at from stage_stays where tenant_id = ${tenantId} and field_id = ${fieldId}
          and entered_at >= ${midnight(question, from)} and stage = any(${won}::text[]) group by record_id
      ) as w on w.record_id = s.record_id
      group by 1, 2)
    select f.*, ${groupBy === 'owner' ? sql`(select u.name from users u where u.id::text = f.group_key)` : sql`f.group_key`} as group_label
    from figures f order by group_label nulls last, group_key, stage`),
  )
}

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
