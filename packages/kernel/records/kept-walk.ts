/** How sums that are kept come out of the records: where their stretches begin, and what is in each of them. */
import { allOf, plannedForValues, type RawBuilder, type Row, type Statement, sql } from '../database/index.ts'
import type { RecordContext } from './context.ts'
import { type Changed, changedStretches } from './kept-changes.ts'
import { stretchAt } from './kept-stretches.ts'

/** What is kept: measures of groups of records `r`, which are alike to whatever may be asked of them. */
export interface Summed {
  conditions: RawBuilder<unknown>[]
  /** What the records of a cell have in common. */
  groups: RawBuilder<unknown>[]
  measures: RawBuilder<unknown>[]
}

/** The cells of the stretches that were walked through: groups and measures as JSON, `[group, …, measure, …],…`. */
export interface Walked {
  /** Everything that had been committed then is in them, and nothing else; undefined where none was walked through. */
  snapshot: string | undefined
  /** By the number of the stretch; empty where it has no records. */
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

/**
 * Where stretches end and the next begin, in ms since 1970: of about as many records each, as many as leave few enough
 * cells. It does not matter how nearly, so a part of the table says it.
 *
 * @returns undefined where there would be too many cells even so.
 */
export async function boundsFor(context: RecordContext, { conditions, groups }: Summed): Promise<number[] | undefined> {
  const named = groups.map((group, index) => sql`, ${group} as ${sql.ref(`c${index}`)}`)
  const names = groups.map((_, index) => sql`, ${sql.ref(`c${index}`)}`)
  const expected = (size: number) => sql`(
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
        array[${sql.join(coarser.map(expected))}]::float8[] as cells`),
  )
  const size = coarser.find((_, index) => row!.cells[index]! <= meantCells)
  return size === undefined ? undefined : [...new Set(row!.bounds)].filter((_, index) => index % size === 0)
}

const join = (parts: RawBuilder<unknown>[]): RawBuilder<unknown> => (parts.length > 0 ? sql.join(parts, sql` `) : sql``)

/** The cells of all stretches; undefined where there are too many. */
export function walkedThrough(context: RecordContext, summed: Summed, bounds: number[]): Promise<Walked | undefined> {
  const all = sql`select generate_series(0, ${bounds.length}::int) as stretch`
  const cells = cellsOf({ stretch: stretchAt(sql`r.created_at`, bounds), from: sql`records r` }, summed)
  return walkOver(context, all, cells)
}

/**
 * The cells of those stretches in which something has changed since. They are found by the statement that walks through
 * them: what is committed meanwhile is in none of them, and not in one while it is missing in another.
 */
export function walkedAnew(context: RecordContext, summed: Summed, changed: Changed): Promise<Walked | undefined> {
  const from = sql`walked s join records r on r.created_at >= s.begins and r.created_at < s.ends`
  return walkOver(context, changedStretches(context, changed), cellsOf({ stretch: sql`s.stretch`, from }, summed))
}

interface Walk {
  stretch: RawBuilder<unknown>
  from: RawBuilder<unknown>
}

function cellsOf({ stretch, from }: Walk, { conditions, groups, measures }: Summed): RawBuilder<unknown> {
  const columns = [...groups, ...measures]
  const named = columns.map((column, index) => sql`, ${column} as ${sql.ref(`c${index}`)}`)
  const names = columns.map((_, index) => sql.ref(`p.c${index}`))
  const ordinals = [1, ...groups.map((_, index) => index + 3)].map((ordinal) => sql.lit(ordinal))
  return sql`
    select p.stretch, count(*) as cells, sum(p.n)::bigint as records,
      string_agg(jsonb_build_array(${sql.join(names)})::text, ',') as part
    from (
      select ${stretch} as stretch, count(*) as n ${join(named)}
      from ${from} where ${allOf(conditions)} group by ${sql.join(ordinals)} limit ${mostCells + 1}
    ) as p group by p.stretch`
}

/** One statement, and so one snapshot. */
async function walkOver(
  context: RecordContext,
  stretches: RawBuilder<unknown>,
  cells: RawBuilder<unknown>,
): Promise<Walked | undefined> {
  const rows = await context.tx.query<WalkedRow>(
    plannedForValues(sql`
      with walked as materialized (${stretches}), cells as (${cells})
      select w.stretch, pg_current_snapshot()::text as snapshot,
        coalesce(c.cells, 0) as cells, coalesce(c.records, 0) as records, coalesce(c.part, '') as part
      from walked w left join cells c on c.stretch = w.stretch`),
  )
  if (rows.reduce((sum, { cells }) => sum + cells, 0) > mostCells) return undefined
  return {
    snapshot: rows[0]?.snapshot,
    parts: new Map(rows.map(({ stretch, part }) => [stretch, part])),
    records: new Map(rows.map(({ stretch, records }) => [stretch, records])),
  }
}

interface WalkedRow extends Row {
  stretch: number
  snapshot: string
  cells: number
  records: number
  part: string
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
