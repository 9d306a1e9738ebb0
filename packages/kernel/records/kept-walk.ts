/** How sums that are kept come out of the records: where their stretches begin, and what is in each of them. */
import { allOf, plannedForValues, type RawBuilder, type Row, type Statement, sql } from '../database/index.ts'
import type { RecordContext } from './context.ts'

/** What is kept: measures of groups of records `r`, which are alike to whatever may be asked of them. */
export interface Summed {
  conditions: RawBuilder<unknown>[]
  /** What the records of a cell have in common. */
  groups: RawBuilder<unknown>[]
  measures: RawBuilder<unknown>[]
}

/** The cells of stretches: groups and measures as JSON, `[group, …, measure, …],…`. */
export interface Walked {
  /** By the number of the stretch; those without records are not there. */
  parts: Map<number, string>
  records: Map<number, number>
}

const stretches = 256
/** How many of these stretches are one, where there would be too many cells otherwise. */
const coarser = [1, 4, 16, 64]
/** Cells expected at the most. */
const meantCells = 15_000
/** With more cells than these the records are sooner walked through. */
const mostCells = 30_000
/** Percent of the table that is looked at for the stretches. */
const sampled = 5

/** In the time of a stretch; a moment at which one ends belongs to the next. */
const inOrder = (bounds: number[]): RawBuilder<unknown> =>
  sql`${bounds.map((at) => new Date(at).toISOString())}::timestamptz[]`

/** The number of the stretch in which a moment lies. */
export const stretchAt = (moment: RawBuilder<unknown>, bounds: number[]): RawBuilder<unknown> =>
  sql`width_bucket(${moment}, ${inOrder(bounds)})`

/**
 * Where stretches end and the next begin, in ms since 1970: of about as many records each, as many as leave few enough
 * cells. It does not matter how nearly, so a part of the table says it.
 *
 * @returns undefined where there would be too many cells even so.
 */
export async function boundsFor(context: RecordContext, { conditions, groups }: Summed): Promise<number[] | undefined> {
  const named = groups.map((group, index) => sql`, ${group} as ${sql.ref(`c${index}`)}`)
  const names = groups.map((_, index) => sql`, ${sql.ref(`c${index}`)}`)
  const cellsOf = (size: number) => sql`(
    select count(*) + (count(*) filter (where n = 1)) ^ 2 / (2 * (1 + count(*) filter (where n = 2))) from (
      select sum(n) as n from cells group by tile / ${sql.lit(size)} ${join(names)}) as coarse)`
  const [row] = await context.tx.query<{ bounds: number[]; cells: number[] }>(
    plannedForValues(sql`
      with looked as materialized (
        select r.created_at, ntile(${sql.lit(stretches)}) over (order by r.created_at) - 1 as tile ${join(named)}
        from records r tablesample system (${sql.lit(sampled)}) where ${allOf(conditions)}),
      cells as materialized (select tile, count(*) as n ${join(names)} from looked group by tile ${join(names)})
      select
        array(select floor(extract(epoch from min(created_at)) * 1000)::float8 from looked group by tile order by tile) as bounds,
        array[${sql.join(coarser.map(cellsOf))}]::float8[] as cells`),
  )
  const size = coarser.find((_, index) => row!.cells[index]! <= meantCells)
  return size === undefined ? undefined : [...new Set(row!.bounds)].filter((_, index) => index % size === 0)
}

const join = (parts: RawBuilder<unknown>[]): RawBuilder<unknown> => (parts.length > 0 ? sql.join(parts, sql` `) : sql``)

/** The cells of all stretches unless said which; undefined where there are too many. */
export async function walkedThrough(
  context: RecordContext,
  { conditions, groups, measures }: Summed,
  bounds: number[],
  only?: number[],
): Promise<Walked | undefined> {
  const columns = [...groups, ...measures]
  const named = columns.map((column, index) => sql`, ${column} as ${sql.ref(`c${index}`)}`)
  const names = columns.map((_, index) => sql.ref(`p.c${index}`))
  const ordinals = [1, ...groups.map((_, index) => index + 3)].map((ordinal) => sql.lit(ordinal))
  const meant = only ? [...conditions, createdIn(bounds, only)] : conditions
  const rows = await context.tx.query<Row & { stretch: number; cells: number; records: number; part: string }>(
    plannedForValues(sql`
      select p.stretch, count(*) as cells, sum(p.n)::bigint as records,
        string_agg(jsonb_build_array(${sql.join(names)})::text, ',') as part
      from (
        select ${stretchAt(sql`r.created_at`, bounds)} as stretch, count(*) as n ${join(named)}
        from records r where ${allOf(meant)} group by ${sql.join(ordinals)} limit ${mostCells + 1}
      ) as p group by p.stretch`),
  )
  if (rows.reduce((sum, { cells }) => sum + cells, 0) > mostCells) return undefined
  return {
    parts: new Map(rows.map(({ stretch, part }) => [stretch, part])),
    records: new Map(rows.map(({ stretch, records }) => [stretch, records])),
  }
}

/** Created in one of the stretches; those beside one another are one. */
export function createdIn(bounds: number[], only: number[]): RawBuilder<unknown> {
  const sorted = only.toSorted((a, b) => a - b)
  const firsts = sorted.filter((stretch) => !only.includes(stretch - 1))
  const lasts = sorted.filter((stretch) => !only.includes(stretch + 1))
  const at = (bound: number | undefined, open: string) => (bound === undefined ? open : new Date(bound).toISOString())
  const spans = firsts.map((first, index) => {
    const from = at(bounds[first - 1], '-infinity')
    const to = at(bounds[lasts[index]!], 'infinity')
    return sql`(r.created_at >= ${from}::timestamptz and r.created_at < ${to}::timestamptz)`
  })
  return spans.length === 0 ? sql`false` : sql`(${sql.join(spans, sql` or `)})`
}

/** Records of which the walk is sooner over than sums are made. */
const fewRecords = 20_000
/** What PostgreSQL reckons for as many. */
const lowCost = 20_000
/** Percent of the table that is looked at for how many records a selection has. */
const glimpsed = 0.5

/** Whether many records are to be walked through: as the plan says, which may know nothing of the values, and a glimpse. */
export async function isLongWalk(context: RecordContext, conditions: RawBuilder<unknown>[]): Promise<boolean> {
  const from = (table: RawBuilder<unknown>): Statement =>
    plannedForValues(sql`select count(*) as met from ${table} where ${allOf(conditions)}`)
  const walk = from(sql`records r`)
  const [plan, seen] = await context.tx.batch<Row>([
    { ...walk, text: `explain (format json) ${walk.text}` },
    from(sql`records r tablesample system (${sql.lit(glimpsed)})`),
  ])
  const [{ Plan }] = plan![0]!['QUERY PLAN'] as [{ Plan: { 'Total Cost': number } }]
  return Plan['Total Cost'] >= lowCost || (seen![0]!.met as number) * (100 / glimpsed) >= fewRecords
}
