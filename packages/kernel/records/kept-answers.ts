/** Aggregates out of sums that are kept: those of whole stretches are put together, what a period cuts is added up from the records. */
import { allOf, compile, type Query, type RawBuilder, type Row, type Statement, sql } from '../database/index.ts'
import type { CompiledObject } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'
import type { CreatedWithin, KeptSelection } from './kept-conditions.ts'
import { type Kept, keptSums } from './kept-sums.ts'
import { createdIn, isLongWalk } from './kept-walk.ts'

export interface SourceMeasure {
  expression: RawBuilder<unknown>
  /** What the groups are sorted by, where that is not the expression. */
  order?: RawBuilder<unknown>
  /** The measure of all, from what it is of each part as JSON; undefined where that does not tell. */
  together?: (part: RawBuilder<unknown>) => { expression: RawBuilder<unknown>; order?: RawBuilder<unknown> }
}

/** What is grouped and added up: the records, or the sums that are kept of them. */
export interface Source {
  from: RawBuilder<unknown>
  groups: RawBuilder<unknown>[]
  measures: SourceMeasure[]
}

export interface KeptQuestion {
  selection: KeptSelection
  /** Of the records that are meant. */
  conditions: RawBuilder<unknown>[]
  walked: Source
  /** The statement of the aggregate over a source. */
  over(source: Source): Statement
}

/** Answers that are kept with the sums that they are made of, and characters of each. */
const mostAnswers = 8
const longestAnswer = 100_000

/** Selections of few records, and until when that is taken for granted. */
const shortWalks = new Map<string, number>()
const mostShortWalks = 1_000
const shortForMs = 10 * 60 * 1_000

/** The rows of the aggregate; undefined where the records are to be walked through. */
export async function keptRows(
  context: RecordContext,
  object: CompiledObject,
  question: KeptQuestion,
): Promise<Row[] | undefined> {
  const { selection, conditions, walked } = question
  const name = nameOf(sql.join(conditions))
  if ((shortWalks.get(name) ?? 0) > Date.now()) return undefined
  const summed = {
    conditions: selection.records,
    groups: [...walked.groups, ...selection.looks.map(({ of }) => of)],
    measures: walked.measures.map(({ expression }) => expression),
  }
  const isWorthIt = async () => {
    if (conditions.length === selection.records.length || (await isLongWalk(context, conditions))) return true
    shortWalks.delete(name)
    shortWalks.set(name, Date.now() + shortForMs)
    if (shortWalks.size > mostShortWalks) shortWalks.delete(shortWalks.keys().next().value!)
    return false
  }
  const kept = await keptSums(context, object, summed, isWorthIt)
  return kept && JSON.parse(await answered(context, question, kept))
}

const nameOf = (query: Query): string => {
  const { text, values } = compile(query)
  return JSON.stringify([text, values])
}

/** Put together once for all who ask the same. */
async function answered(context: RecordContext, question: KeptQuestion, kept: Kept): Promise<string> {
  const { whole, cut } = stretchesIn(kept.bounds, question.selection.period)
  const edges = cut.length > 0 ? createdIn(kept.bounds, cut) : undefined
  const statementOf = (cells: string) => question.over(sourceOf(question, cells, edges))
  const name = `${whole[0]}, ${whole.length}: ${nameOf(statementOf(''))}`
  const { answers } = kept
  const known = await answers.get(name)?.catch(() => undefined)
  if (known) return known
  const cells = whole.map((stretch) => kept.parts[stretch]!).filter((part) => part !== '')
  const own = context.tx.query(statementOf(`[${cells.join(',')}]`)).then((rows) => JSON.stringify(rows))
  answers.set(name, own)
  const leave = () => answers.get(name) === own && answers.delete(name)
  own.then((answer) => answer.length > longestAnswer && leave(), leave)
  for (const oldest of answers.keys()) if (answers.size > mostAnswers) answers.delete(oldest)
  return own
}

/** Stretches that lie in the period, and those that only begin or end in it. */
function stretchesIn(bounds: number[], { from, below }: CreatedWithin): { whole: number[]; cut: number[] } {
  const numbers = Array.from({ length: bounds.length + 1 }, (_, stretch) => stretch)
  const begin = (stretch: number) => bounds[stretch - 1] ?? Number.NEGATIVE_INFINITY
  const end = (stretch: number) => bounds[stretch] ?? Number.POSITIVE_INFINITY
  const [first, last] = [from ?? Number.NEGATIVE_INFINITY, below ?? Number.POSITIVE_INFINITY]
  const isWhole = (stretch: number) => begin(stretch) >= first && end(stretch) <= last
  const touched = numbers.filter((stretch) => begin(stretch) < last && end(stretch) > first)
  return { whole: touched.filter(isWhole), cut: touched.filter((stretch) => !isWhole(stretch)) }
}

/** The same groups and measures, put together from cells `[group, …, look, …, measure, …]`. */
function sourceOf(
  { selection: { looks, conditions: asked }, conditions, walked }: KeptQuestion,
  cells: string,
  edges: RawBuilder<unknown> | undefined,
): Source {
  const { groups, measures } = walked
  const columns = looks.map(({ name, type }, index) => {
    const at = sql.lit(groups.length + index)
    const value = type === 'jsonb' ? sql`e.part -> ${at}` : sql`(e.part ->> ${at})::${sql.raw(type)}`
    return sql`, ${value} as ${sql.ref(name)}`
  })
  const whole = sql`
    select r.part from (
      select e.part ${sql.join(columns, sql` `)} from jsonb_array_elements(${cells}::jsonb) as e(part)
    ) as r where ${allOf(asked)}`
  const ordinals = groups.map((_, index) => sql.lit(index + 1))
  const all = [...groups, ...looks.map(() => sql`null`), ...measures.map(({ expression }) => expression)]
  const parts = edges
    ? sql`${whole} union all ${cutParts({ groups, all, ordinals, conditions: [...conditions, edges] })}`
    : whole
  const place = (index: number) => sql`nullif(p.part -> ${sql.lit(index)}, 'null'::jsonb)`
  return {
    from: sql`(${parts}) as p`,
    groups: groups.map((_, index) => place(index)),
    measures: measures.map(({ together }, index) => together!(place(groups.length + looks.length + index))),
  }
}

interface Cut {
  groups: RawBuilder<unknown>[]
  /** Groups, looks and measures. */
  all: RawBuilder<unknown>[]
  ordinals: RawBuilder<unknown>[]
  conditions: RawBuilder<unknown>[]
}

/** As the cells are, of records that lie in the period. */
function cutParts({ groups, all, ordinals, conditions }: Cut): RawBuilder<unknown> {
  const named = all.map((value, index) => sql`${value} as ${sql.ref(`c${index}`)}`)
  const names = all.map((_, index) => sql.ref(`w.c${index}`))
  const grouping = groups.length > 0 ? sql`group by ${sql.join(ordinals)}` : sql``
  return sql`select jsonb_build_array(${sql.join(names)}) as part from (
    select ${sql.join(named)} from records r where ${allOf(conditions)} ${grouping}) as w`
}
