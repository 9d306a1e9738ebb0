/** Sums and counts over what the caller may read; hidden rows and fields never contribute. */
import { recordsDiffer } from '../access/index.ts'
import { allOf, plannedForValues, type RawBuilder, type Row, type Statement, sql } from '../database/index.ts'
import { type FieldProblem, validationError } from '../errors/index.ts'
import { type CompiledField, type CompiledObject, storedKey } from '../metadata/index.ts'
import { moneyOfMinor } from '../metadata/values/index.ts'
import type { RecordContext } from './context.ts'
import { type GroupBy, groupExpression, isOwnValue, placeAsked, readableField } from './grouping.ts'
import { type KeptQuestion, keptRows, type Source, type SourceMeasure } from './kept-answers.ts'
import { keptSelection } from './kept-conditions.ts'
import { countStatement, selectFromAfar } from './list.ts'
import { whereSeen } from './seen.ts'

/** `distinct` counts how many different values there are. */
export const measureOps = ['count', 'sum', 'avg', 'min', 'max', 'distinct'] as const

export interface Measure {
  op: (typeof measureOps)[number]
  field?: string
}
export interface AggregateQuery {
  filter?: unknown
  search?: string
  groupBy: GroupBy[]
  measures: Measure[]
  /** Names of groups and measures, a minus sorts downwards; otherwise the groups stand in the order of their values. */
  sort?: string[]
  /** Groups at the most. */
  limit?: number
  /** On which day weeks begin, from 1 (Monday, unless said) to 7. */
  weekStart?: number
}

export interface AggregateGroup {
  /** Group values by the name of what they were grouped by. */
  group: Row
  /** The same values in the order of what was grouped by: a field may be grouped by twice. */
  keys: unknown[]
  /** In the order of the measures asked for. */
  values: unknown[]
}

export const maxGroups = 1_000

/** What a measure is called in a sort and in the answer: `count`, `sum(amount)`. */
export const measureName = ({ op, field }: Measure): string => (field ? `${op}(${field})` : op)

export interface Aggregated {
  groups: AggregateGroup[]
  /** There are more. */
  isTruncated: boolean
}

/** A query that has been checked, for whoever asks several at once. */
export interface AggregateQuestion {
  statement: Statement
  /** What it asks of sums that are kept; undefined where the records are walked through. */
  kept?: KeptQuestion
  answer(rows: Row[]): Aggregated
}

/** The first groups in the order asked for, and whether there are more. */
export async function aggregate(
  context: RecordContext,
  object: CompiledObject,
  query: AggregateQuery,
): Promise<Aggregated> {
  const { statement, kept, answer } = await aggregateQuestion(context, object, query)
  return answer(await summed(async () => (await keptRows(context, [kept]))[0] ?? context.tx.final(statement)))
}

/** The rows of each question: from sums that are kept, made where they are missing, and all others in one round trip. */
export async function aggregateRows(context: RecordContext, questions: AggregateQuestion[]): Promise<Row[][]> {
  const kept = await keptRows(
    context,
    questions.map((question) => question.kept),
  )
  const walked = questions.filter((_, index) => !kept[index])
  const rows = walked.length > 0 ? await context.tx.batch<Row>(walked.map(({ statement }) => statement)) : []
  return kept.map((known) => known ?? rows.shift()!)
}

/**
 * What the query asks the database, and how to read the answer. A filter over relations is gone from its far end here.
 *
 * @throws VALIDATION_ERROR that names what the caller does not know or cannot sum up; FORBIDDEN without the right to read.
 */
export async function aggregateQuestion(
  context: RecordContext,
  object: CompiledObject,
  query: AggregateQuery,
): Promise<AggregateQuestion> {
  const selection = await selectFromAfar(context, object, query)
  const problems: FieldProblem[] = []
  const groups = query.groupBy.map((group, index) =>
    groupExpression(context, object, group, { at: `groupBy[${index}]`, weekStart: query.weekStart ?? 1 }, problems),
  )
  const measures = query.measures.map((measure, index) =>
    measureColumn(context, object, measure, `measures[${index}]`, problems),
  )
  problems.push(...sortProblems(query))
  if (problems.length > 0) throw validationError(problems)
  const limit = query.limit ?? maxGroups
  const shown = (row: Row): AggregateGroup => ({
    group: Object.fromEntries(query.groupBy.map((group, index) => [group.field, row[`g${index}`]])),
    keys: groups.map((_, index) => row[`g${index}`]),
    values: measures.map((measure, index) => measure!.present(row[`m${index}`])),
  })
  if (selection.whole && groups.length === 0 && isPlainCount(query.measures)) {
    const counted = ([row]: Row[]) => [{ group: {}, keys: [], values: [row?.count ?? 0] }]
    const statement = countStatement(context, object, selection)
    return { statement, answer: (rows) => ({ groups: counted(rows), isTruncated: false }) }
  }
  const walked: Source = {
    from: sql`records r where ${allOf(selection.conditions)}`,
    groups: groups as RawBuilder<unknown>[],
    measures: measures as MeasureColumn[],
  }
  const over = (source: Source) => plannedForValues(statementOver(source, query, limit))
  const kept = maybeKept(context, object, query, walked) ? keptSelection(context, object, query) : undefined
  const { conditions } = selection
  return {
    statement: over(walked),
    ...(kept ? { kept: { object, selection: kept, conditions, walked, over } } : {}),
    answer: (rows) => ({ groups: rows.slice(0, limit).map(shown), isTruncated: rows.length > limit }),
  }
}

function statementOver({ from, groups, measures }: Source, query: AggregateQuery, limit: number): RawBuilder<unknown> {
  const columns = [
    ...groups.map((group, index) => sql`${group} as ${sql.ref(`g${index}`)}`),
    ...measures.map(({ expression }, index) => sql`${expression} as ${sql.ref(`m${index}`)}`),
  ]
  const ordinals = groups.map((_, index) => sql.raw(String(index + 1)))
  const order = [...sortedBy(query, groups, measures), ...ordinals]
  const grouping = groups.length === 0 ? sql`` : sql`group by ${sql.join(ordinals)} order by ${sql.join(order)}`
  return sql`select ${sql.join(columns)} from ${from} ${grouping} limit ${limit + 1}`
}

/**
 * Only values of the records themselves are kept, for no more than their own changes is noted, and only as those know them
 * who see the same of each.
 */
function maybeKept(
  context: RecordContext,
  object: CompiledObject,
  { groupBy, measures }: AggregateQuery,
  walked: Source,
): boolean {
  const names = [...groupBy.map(({ field }) => field), ...measures.flatMap(({ field }) => field ?? [])]
  return (
    !recordsDiffer(context.policy, object) &&
    names.every((name) => isOwnValue(context, object, name)) &&
    walked.measures.every(({ together }) => together)
  )
}

const isPlainCount = ([measure, ...others]: Measure[]): boolean =>
  measure?.op === 'count' && !measure.field && others.length === 0

const sortName = (sort: string): string => sort.replace(/^-/, '')

function sortProblems({ sort = [], groupBy, measures }: AggregateQuery): FieldProblem[] {
  const names = [...groupBy.map(({ field }) => field), ...measures.map(measureName)]
  return sort
    .filter((one) => !names.includes(sortName(one)))
    .map((one) => ({ field: 'sort', message: `“${sortName(one)}” is not one of ${names.join(', ')}` }))
}

/** Groups without a value come last, whichever way. */
function sortedBy(
  { sort = [], groupBy, measures }: AggregateQuery,
  groups: RawBuilder<unknown>[],
  columns: SourceMeasure[],
): RawBuilder<unknown>[] {
  return sort.map((one) => {
    const group = groupBy.findIndex(({ field }) => field === sortName(one))
    const measure = columns[measures.findIndex((each) => measureName(each) === sortName(one))]
    // An ordinal names the very expression that is grouped by, whose parameters would otherwise be others.
    const value = groups[group] ? sql.raw(String(group + 1)) : (measure!.order ?? measure!.expression)
    return sql`${value} ${one.startsWith('-') ? sql`desc` : sql`asc`} nulls last`
  })
}

/** Numbers near the greatest there are add up to none: PostgreSQL then reports numeric_value_out_of_range. */
async function summed(rows: () => Promise<Row[]>): Promise<Row[]> {
  try {
    return await rows()
  } catch (error) {
    if ((error as { code?: string }).code !== '22003') throw error
    throw validationError([{ field: 'measures', message: 'adds up to more than a number can hold; narrow the filter' }])
  }
}

interface MeasureColumn extends SourceMeasure {
  present(value: unknown): unknown
}

const textOf = (part: RawBuilder<unknown>) => sql`(${part} #>> '{}')`
const countTogether = (part: RawBuilder<unknown>) => ({
  expression: sql`coalesce(sum(${textOf(part)}::bigint), 0)::bigint`,
})

/** The value on the rows that show it. */
type Seen = (value: RawBuilder<unknown>) => RawBuilder<unknown>

const numericTypes = new Set(['number', 'integer', 'percent', 'duration', 'rating'])
const orderedTypes = new Set(['date', 'datetime', 'time'])

function measureColumn(
  context: RecordContext,
  object: CompiledObject,
  measure: Measure,
  at: string,
  problems: FieldProblem[],
): MeasureColumn | undefined {
  const asIs = (value: unknown) => value
  if (measure.op === 'count' && !measure.field) {
    return { expression: sql`count(*)`, present: asIs, together: countTogether }
  }
  const unknown = measure.field ? `“${measure.field}” is not a field of ${object.slug}` : 'is required'
  const place = placeAsked(context, object, measure.field ?? '', `${at}.field`, unknown, problems)
  if (!place) return undefined
  const field = readableField(context, place.object, place.key)
  if (!field) {
    problems.push({ field: `${at}.field`, message: unknown })
    return undefined
  }
  const op = sql.raw(measure.op)
  const seen: Seen = (value) => place.along(whereSeen(context.policy, place.object, field.key, value))
  const of = (value: RawBuilder<unknown>) => ({ expression: sql`${op}(${seen(value)})`, present: asIs })
  if (measure.op === 'count' && field.storage.kind !== 'links') {
    return { ...of(sql`r.data -> ${storedKey(field)}`), together: countTogether }
  }
  if (measure.op === 'distinct' && field.storage.kind !== 'links') {
    return { expression: sql`count(distinct ${seen(sql`r.data -> ${storedKey(field)}`)})`, present: asIs }
  }
  const addsUp = measure.op !== 'avg' && measure.op !== 'distinct'
  if (numericTypes.has(field.type)) {
    const together = (part: RawBuilder<unknown>) => ({ expression: sql`${op}(${textOf(part)}::float8)` })
    return { ...of(sql`(r.data ->> ${storedKey(field)})::float8`), ...(addsUp ? { together } : {}) }
  }
  if (field.type === 'money')
    return { ...moneyMeasure(field, op, seen), ...(addsUp ? { together: moneyTogether(op) } : {}) }
  if (orderedTypes.has(field.type) && (measure.op === 'min' || measure.op === 'max')) {
    const together = (part: RawBuilder<unknown>) => ({ expression: sql`${op}(${textOf(part)} collate "C")` })
    return { ...of(sql`r.data ->> ${storedKey(field)} collate "C"`), together }
  }
  problems.push({ field: `${at}.op`, message: `“${measure.op}” does not apply to ${field.type} fields` })
  return undefined
}

/** Of parts as `moneyMeasure` gives them. */
const moneyTogether = (op: RawBuilder<unknown>) => (part: RawBuilder<unknown>) => {
  const amount = sql`${op}((${part} ->> 0)::numeric)`
  return {
    expression: sql`jsonb_build_array(round(${amount})::text, min(${part} ->> 1), max(${part} ->> 2))`,
    order: amount,
  }
}

/**
 * Amounts of different currencies do not add up: such a group has no amount and says so. The field that fills the role
 * `amount` has typed columns, which are read at a fifth of the cost.
 */
function moneyMeasure(field: CompiledField, op: RawBuilder<unknown>, seen: Seen): MeasureColumn {
  const typed = field.storage.kind === 'role'
  const minor = typed ? sql`r.amount_minor` : sql`replace(r.data -> ${storedKey(field)} ->> 'amount', '.', '')::numeric`
  const currency = typed ? sql`r.currency` : sql`r.data -> ${storedKey(field)} ->> 'currency'`
  return {
    expression: sql`jsonb_build_array(round(${op}(${seen(minor)}))::text, min(${seen(currency)}), max(${seen(currency)}))`,
    order: sql`${op}(${seen(minor)})`,
    present(value) {
      const [amount, first, last] = value as [string | null, string | null, string | null]
      if (amount === null || first === null) return null
      return first === last ? moneyOfMinor(BigInt(amount), first) : { amount: null, currency: null, mixed: true }
    },
  }
}
