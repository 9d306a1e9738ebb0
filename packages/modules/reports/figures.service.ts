/** What the widgets of a dashboard show: as whoever asks sees it, in as few round trips as there can be. */
import { filterAccess, requireAction } from '@oneforge/kernel/access'
import type { Row } from '@oneforge/kernel/database'
import { AppError, type FieldProblem, validationError } from '@oneforge/kernel/errors'
import { parseFilter } from '@oneforge/kernel/expressions'
import { type CompiledObject, inLocale, weekStartOf } from '@oneforge/kernel/metadata'
import {
  type Aggregated,
  type AggregateQuestion,
  aggregateRows,
  groupSubject,
  type RecordContext,
  valueContext,
  visibleObject,
} from '@oneforge/kernel/records'
import type { BoardFilter, DashboardDefinition, WidgetDefinition, WidgetRange } from '@oneforge/templates'
import { Categories, isMoment } from './categories.ts'
import { type Clock, type DaySpan, daysOf, previousOf, yearBefore } from './ranges.ts'
import { allFilters, filterOn, missing, objectGone, type Plan, requireDate, type Scene } from './scene.ts'
import { stampOf } from './stamp.ts'
import { planChart, planLeaderboard, planTable } from './widget-charts.ts'
import { planCross } from './widget-cross.ts'
import { planGoal, planMetric } from './widget-figures.ts'
import { planCalendar, planPipeline, planRecent, planTasks, taskObject } from './widget-records.ts'

/** What whoever looks at a dashboard has chosen for all of it. */
export interface Chosen {
  range: WidgetRange | null
  filters: BoardFilter[]
}

/** What was asked for, else what the dashboard has. */
export function chosenFor(
  definition: Pick<DashboardDefinition, 'range' | 'filters'>,
  {
    range,
    filters,
  }: {
    range?: WidgetRange | null | undefined
    filters?: { object?: string | undefined; filter: unknown }[] | undefined
  },
): Chosen {
  return {
    range: range === undefined ? (definition.range ?? null) : range,
    filters: (filters ?? definition.filters ?? []) as Chosen['filters'],
  }
}

type Planner = (scene: Scene) => Plan | Promise<Plan>

const planners: Record<Exclude<WidgetDefinition['type'], 'text'>, Planner> = {
  metric: planMetric,
  goal: planGoal,
  chart: planChart,
  table: planTable,
  leaderboard: planLeaderboard,
  heatmap: planCross,
  pivot: planCross,
  recent: planRecent,
  pipeline: planPipeline,
  calendar: planCalendar,
  tasks: planTasks,
}

export function clockOf({ model, now }: RecordContext): Clock {
  return { now, timeZone: model.timeZone, weekStart: weekStartOf(model.country) }
}

/** The figures of all widgets; each has its data, or says why there are none. */
export async function figuresOf(context: RecordContext, widgets: WidgetDefinition[], chosen: Chosen) {
  const clock = clockOf(context)
  const stamp = await stampOf(context, widgets)
  const categories = new Categories(context)
  const prepared: Prepared[] = []
  for (const widget of widgets) prepared.push(await prepare(context, widget, chosen, categories))
  const answers = await answered(
    context,
    prepared.flatMap(({ plan }) => plan?.questions ?? []),
  )
  const figures = []
  for (const one of prepared) figures.push(await finished(one, answers.splice(0, one.plan?.questions.length ?? 0)))
  await categories.name()
  return {
    at: context.now.toISOString(),
    timeZone: clock.timeZone,
    currency: context.model.currency,
    weekStart: clock.weekStart,
    range: chosen.range && daysOf(chosen.range, clock),
    stamp,
    widgets: figures,
  }
}

export type Figures = Awaited<ReturnType<typeof figuresOf>>
export type WidgetFigures = Figures['widgets'][number]

interface Problem {
  code: string
  message: string
}

interface Prepared {
  head: {
    key: string
    type: WidgetDefinition['type']
    object: string | null
    period: DaySpan | null
    comparedWith: DaySpan | null
    unfiltered: boolean
    drill: { object: string; filter: unknown } | null
  }
  plan?: Plan
  problem?: Problem
}

async function prepare(
  context: RecordContext,
  widget: WidgetDefinition,
  chosen: Chosen,
  categories: Categories,
): Promise<Prepared> {
  const { key, type, object = null } = widget
  const head = { key, type, object, period: null, comparedWith: null, unfiltered: false, drill: null }
  try {
    if (widget.type === 'text') {
      const text = widget.text ? inLocale(widget.text, context.locale) : ''
      return { head, plan: { questions: [], finish: () => ({ text }) } }
    }
    const { scene, unfiltered } = sceneOf(context, widget, chosen, categories)
    const plan = await planners[widget.type](scene)
    const { period, comparedWith } = scene
    const filter = plan.behind === undefined ? filterOn(scene, period) : plan.behind
    const drill = { object: scene.object.slug, filter }
    return { head: { ...head, object: scene.object.slug, period, comparedWith, unfiltered, drill }, plan }
  } catch (error) {
    return { head, problem: problemOf(error) }
  }
}

/** Checks a widget that is to be saved as whoever saves it would see it. @throws what is wrong with it. */
export async function requireDrawable(context: RecordContext, widget: WidgetDefinition): Promise<void> {
  if (widget.type === 'text') return
  const { scene } = sceneOf(context, widget, { range: null, filters: [] }, new Categories(context))
  await planners[widget.type](scene)
  requireDatedIntervals(scene)
}

/** @throws VALIDATION_ERROR where something is to be grouped in stretches of time that is no date. */
function requireDatedIntervals({ context, object, widget }: Scene): void {
  for (const part of ['groupBy', 'thenBy'] as const) {
    const group = widget[part]
    if (group?.interval) requireDate(context, object, group.field, `${part}.interval`)
  }
}

function sceneOf(
  context: RecordContext,
  widget: WidgetDefinition,
  { range, filters }: Chosen,
  categories: Categories,
): { scene: Scene; unfiltered: boolean } {
  const object = widget.type === 'tasks' ? taskObject({ context }) : shownObject(context, widget)
  requireAction(context.policy, object, 'read')
  const meant = filters.filter((one) => one.object === undefined || one.object === object.slug)
  const known = meant.filter((one) => one.object !== undefined || problemsIn(context, object, one.filter).length === 0)
  const filter = allFilters([widget.filter, ...known.map((one) => one.filter)])
  const problems = problemsIn(context, object, filter)
  if (problems.length > 0) throw validationError(problems)
  const dateField = dateFieldOf({ context, object, widget })
  const clock = clockOf(context)
  const asked = dateField && widget.type !== 'tasks' ? rangeOf(widget, range) : null
  const period = asked && daysOf(asked, clock)
  const scene = {
    context,
    clock,
    today: valueContext(context).today!,
    categories,
    widget,
    object,
    filter,
    dateField,
    period,
    comparedWith: asked && period && comparedDays(widget, asked, period),
  }
  return { scene, unfiltered: known.length < meant.length }
}

function shownObject(context: RecordContext, widget: WidgetDefinition) {
  if (widget.object === undefined) throw missing('object', widget)
  const object = visibleObject(context, widget.object)
  if (!object) throw objectGone(widget.object)
  return object
}

/** What the object has not of what a filter names, or what cannot be asked of it. */
function problemsIn(context: RecordContext, object: CompiledObject, filter: unknown): FieldProblem[] {
  if (filter === null) return []
  const parsed = parseFilter(filter, object, context.model, filterAccess(context.policy, context.model))
  if (!('problems' in parsed)) return []
  return parsed.problems.map(({ field, ...said }) => ({ ...said, field: `filter.${field}` }))
}

function dateFieldOf({ context, object, widget }: Pick<Scene, 'context' | 'object' | 'widget'>): string | undefined {
  const named = widget.period?.field
  if (named) {
    requireDate(context, object, named, 'period.field')
    return named
  }
  for (const group of [widget.groupBy, widget.thenBy]) {
    const subject = group && groupSubject(context, object, group.field)
    if (group && subject && isMoment(subject)) return group.field
  }
  return widget.type === 'calendar' ? (object.roles.startsAt ?? object.roles.dueAt) : undefined
}

const rangeOf = ({ period }: WidgetDefinition, chosen: WidgetRange | null): WidgetRange | null =>
  (period?.fixed ? undefined : chosen) ?? period?.range ?? null

function comparedDays({ compare }: WidgetDefinition, range: WidgetRange, days: DaySpan): DaySpan | null {
  if (!compare) return null
  return compare === 'lastYear' ? yearBefore(days) : previousOf(range, days)
}

type Answer = Aggregated | { problem: Problem }

/** Together, in as few round trips as can be; where one of them cannot be answered, each by itself, so that the others are. */
async function answered(context: RecordContext, questions: AggregateQuestion[]): Promise<Answer[]> {
  if (questions.length === 0) return []
  try {
    const rows = await aggregateRows(context, questions)
    return questions.map(({ answer }, index) => answer(rows[index]!))
  } catch (error) {
    problemOf(error)
    const answers: Answer[] = []
    for (const question of questions) answers.push(await answeredAlone(context, question))
    return answers
  }
}

async function answeredAlone(context: RecordContext, { statement, answer }: AggregateQuestion): Promise<Answer> {
  try {
    return answer(await context.tx.query<Row>(statement))
  } catch (error) {
    return { problem: problemOf(error) }
  }
}

async function finished({ head, plan, problem }: Prepared, answers: Answer[]) {
  const failed = answers.find((answer): answer is { problem: Problem } => 'problem' in answer)
  const said = problem ?? failed?.problem
  if (said || !plan) return { ...head, data: null, problem: said ?? null }
  try {
    return { ...head, data: await plan.finish(answers as Aggregated[]), problem: null }
  } catch (error) {
    return { ...head, data: null, problem: problemOf(error) }
  }
}

const tooMuch: Record<string, Problem> = {
  '57014': { code: 'UNAVAILABLE', message: 'It took too long to add this up. Narrow the filter or the period.' },
  '22003': { code: 'VALIDATION_ERROR', message: 'It adds up to more than a number can hold. Narrow the filter.' },
}

/** What a widget says in the place of its figures. @throws the error itself, where it is nobody's widget that is at fault. */
function problemOf(error: unknown): Problem {
  if (error instanceof AppError) return { code: error.code, message: error.message }
  const known = tooMuch[(error as { code?: string }).code ?? '']
  if (known) return known
  throw error
}
