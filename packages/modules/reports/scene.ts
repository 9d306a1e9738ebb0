/** What a widget is drawn from: whose eyes, which records, which days. */
import { AppError, validationError } from '@oneforge/kernel/errors'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import type { Aggregated } from '@oneforge/kernel/records'
import {
  type AggregateQuestion,
  aggregateQuestion,
  aggregateRows,
  type GroupBy,
  groupSubject,
  type Measure,
  maxGroups,
  measureName,
  type RecordContext,
} from '@oneforge/kernel/records'
import type { WidgetDefinition } from '@oneforge/templates'
import { type Categories, type GroupReader, isMoment } from './categories.ts'
import type { Clock, DaySpan } from './ranges.ts'
import { type Cell, cellsOf, partsOf } from './values.ts'

export interface Scene {
  context: RecordContext
  clock: Clock
  /** The day that it is on that clock. */
  today: string
  categories: Categories
  widget: WidgetDefinition
  object: CompiledObject
  /** Of the widget and of the board, the period aside. */
  filter: unknown
  /** The date that days are asked of; undefined where the widget has none. */
  dateField: string | undefined
  period: DaySpan | null
  comparedWith: DaySpan | null
}

/** What a widget asks the database, and what it makes of the answers, which come in the same order. */
export interface Plan {
  questions: AggregateQuestion[]
  finish(answers: Aggregated[]): object | Promise<object>
  /** The filter of the records behind it, where it is another than that of its scene. */
  behind?: unknown
}

const isRestricted = (filter: unknown): boolean => filter !== undefined && filter !== null

/** All of the filters must hold. */
export function allFilters(filters: unknown[]): unknown {
  const asked = filters.filter(isRestricted)
  return asked.length > 1 ? { and: asked } : (asked[0] ?? null)
}

/** The records of the widget on those days; of all days without. */
export const filterOn = ({ filter, dateField }: Scene, days: DaySpan | null): unknown =>
  allFilters([filter, days && dateField ? { field: dateField, op: 'between', value: [days.from, days.to] } : null])

/** Groups by two values at once: as many as can be shown of rows and columns. */
const mostPairs = 10_000

/** The measures by groups, in their parts; the groups with the most first. */
export async function ask(
  scene: Scene,
  groupBy: GroupBy[],
  measures: Measure[],
  days: DaySpan | null,
): Promise<AggregateQuestion> {
  const parts = measures.flatMap(partsOf)
  const sort = groupBy.length > 0 ? [`-${measureName(parts[0]!)}`] : []
  const limit = groupBy.length > 1 ? mostPairs : maxGroups
  const { context, object, clock } = scene
  const filter = filterOn(scene, days)
  try {
    const query = { filter, groupBy, measures: parts, sort, limit, weekStart: clock.weekStart }
    return await aggregateQuestion(context, object, query)
  } catch (error) {
    throw inWidget(error, scene.widget, measures)
  }
}

/** The measures over all records at once unless said by what, asked for by themselves. */
export async function wholeOf(scene: Scene, measures: Measure[], groupBy: GroupBy[] = []): Promise<Cell[]> {
  const question = await ask(scene, groupBy, measures, scene.period)
  const [rows] = await aggregateRows(scene.context, [question])
  return cellsOf(measures, question.answer(rows!))
}

/** What is wrong with a query, said of the parts of the widget that it was made of. */
function inWidget(error: unknown, widget: WidgetDefinition, measures: Measure[]): unknown {
  if (!(error instanceof AppError) || error.details.length === 0) return error
  const ofPart = measures.flatMap((measure, index) => partsOf(measure).map(() => index))
  const details = error.details.map(({ field, ...said }) => {
    const place = field
      .replace(/^groupBy\[0\]/, 'groupBy')
      .replace(/^groupBy\[1\]/, 'thenBy')
      .replace(/^measures\[(\d+)\]/, (_, part) => (widget.measures ? `measures[${ofPart[Number(part)]}]` : 'measure'))
    return { ...said, field: place }
  })
  return validationError(details)
}

/** @throws VALIDATION_ERROR where the caller knows nothing of what is grouped by. */
export function readerOf({ categories, object, widget }: Scene, part: 'groupBy' | 'thenBy'): GroupReader {
  const group = widget[part]
  if (!group) throw missing(part, widget)
  const reader = categories.reader(object, group)
  if (reader) return reader
  throw validationError([
    { field: `${part}.field`, message: `“${group.field}” is not something ${object.slug} can be grouped by` },
  ])
}

export const missing = (field: string, { type }: WidgetDefinition): AppError =>
  validationError([{ field, message: `is missing; a ${type} widget needs it` }])

/** A group by dates says how long its stretches are. */
export const groupOf = (group: GroupBy, { interval }: GroupReader): GroupBy =>
  interval ? { field: group.field, interval } : { field: group.field }

/** @throws VALIDATION_ERROR where the name is no date that the caller sees. */
export function requireDate(context: RecordContext, object: CompiledObject, name: string, field: string): void {
  const subject = groupSubject(context, object, name)
  if (!subject || !isMoment(subject)) {
    throw validationError([{ field, message: `“${name}” is not a date of ${object.slug}` }])
  }
}

/** The same whether it is gone or hidden. */
export const objectGone = (slug: string): AppError =>
  new AppError('NOT_FOUND', `The object “${slug}”, which this widget shows, is not there any more, or not open to you.`)
