/** Aggregates out of sums that are kept: those of whole stretches are put together, what a period cuts is added up from the records. */
import { allOf, compile, type Query, type RawBuilder, type Row, type Statement, sql } from '../database/index.ts'
import type { CompiledObject } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'
import { hasChangedIn } from './kept-changes.ts'
import type { KeptSelection } from './kept-conditions.ts'
import { RecentNames } from './kept-names.ts'
import { createdIn, stretchesIn } from './kept-stretches.ts'
import { type AskedSums, type Kept, keptSums } from './kept-sums.ts'
import { isLongWalk } from './kept-walk.ts'

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
  object: CompiledObject
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

/** Selections of few records. */
const shortWalks = new RecentNames(10 * 60 * 1_000)
/** Sums that have changed while they were put together with records are brought up to date so many times. */
const mostTurns = 3

/** The rows of each aggregate; undefined where its records are to be walked through. */
export async function keptRows(
  context: RecordContext,
  questions: (KeptQuestion | undefined)[],
): Promise<(Row[] | undefined)[]> {
  const meant = questions.filter((question) => question && !shortWalks.has(selectionName(question))) as KeptQuestion[]
  const asked = meant.map((question) => askedSums(context, question))
  const sums = asked.length > 0 ? await keptSums(context, asked) : []
  const rows: (Row[] | undefined)[] = []
  for (const question of questions) {
    const index = meant.indexOf(question!)
    const kept = sums[index]
    rows.push(kept && (await rowsOf(context, question!, asked[index]!, kept)))
  }
  return rows
}

const nameOf = (query: Query): string => {
  const { text, values } = compile(query)
  return JSON.stringify([text, values])
}

const selectionName = ({ conditions }: KeptQuestion): string => nameOf(sql.join(conditions))

function askedSums(context: RecordContext, question: KeptQuestion): AskedSums {
  const { object, selection, conditions, walked } = question
  const summed = {
    conditions: selection.records,
    groups: [...walked.groups, ...selection.looks.map(({ of }) => of)],
    measures: walked.measures.map(({ expression }) => expression),
  }
  const isWorthIt = async () => {
    if (conditions.length === selection.records.length || (await isLongWalk(context, conditions))) return true
    shortWalks.add(selectionName(question))
    return false
  }
  return { object, summed, isWorthIt }
}

async function rowsOf(
  context: RecordContext,
  question: KeptQuestion,
  asked: AskedSums,
  first: Kept,
): Promise<Row[] | undefined> {
  let kept: Kept | undefined = first
  for (let turn = 0; kept && turn < mostTurns; turn++) {
    const answer = await answered(context, question, kept)
    if (answer !== undefined) return JSON.parse(answer)
    ;[kept] = await keptSums(context, [asked])
  }
  return undefined
}

/** Put together once for all who ask the same; undefined where the sums are not those of the records any more. */
async function answered(context: RecordContext, question: KeptQuestion, kept: Kept): Promise<string | undefined> {
  const { whole, cut } = stretchesIn(kept.bounds, question.selection.period)
  const edges = cut.length > 0 ? createdIn(kept.bounds, cut) : undefined
  const statementOf = (cells: string) => question.over(sourceOf(question, cells, edges))
  const name = `${whole[0]}, ${whole.length}: ${nameOf(statementOf(''))}`
  const { answers } = kept
  const known = await answers.get(name)?.catch(() => undefined)
  if (known !== undefined) return known
  const cells = whole.map((stretch) => kept.parts[stretch]!).filter((part) => part !== '')
  const statement = statementOf(`[${cells.join(',')}]`)
  const own =
    edges && whole.length > 0 ? besideRecords(context, question, kept, whole, statement) : asJson(context, statement)
  answers.set(name, own)
  const leave = () => answers.get(name) === own && answers.delete(name)
  own.then((answer) => (answer === undefined || answer.length > longestAnswer) && leave(), leave)
  for (const oldest of answers.keys()) if (answers.size > mostAnswers) answers.delete(oldest)
  return own
}

const asJson = async (context: RecordContext, statement: Statement): Promise<string> =>
  JSON.stringify(await context.tx.query(statement))

/** The records are read as they are now: so must be the sums beside them, or half of a change would show. */
async function besideRecords(
  context: RecordContext,
  { object }: KeptQuestion,
  { snapshot, bounds }: Kept,
  whole: number[],
  statement: Statement,
): Promise<string | undefined> {
  const [rows, since] = await context.tx.batch<Row>([
    statement,
    hasChangedIn(context, { object, since: snapshot, bounds }, whole),
  ])
  return since![0]!.changed ? undefined : JSON.stringify(rows)
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
