/** The kinds of widgets that can be added, what each is made of, and how a new one begins. */
import type { ChartType, FieldMeta, ObjectMeta, Widget, WidgetGroup, WidgetType } from '@oneforge/client'
import { shownType } from '../../fields/format.ts'
import { freePlace } from '../places.ts'

/** As people choose: charts by how they are drawn. */
export type Kind = Exclude<WidgetType, 'chart'> | ChartType

export const kinds: Kind[] = [
  'metric',
  'goal',
  'bar',
  'line',
  'area',
  'pie',
  'funnel',
  'heatmap',
  'table',
  'pivot',
  'leaderboard',
  'pipeline',
  'recent',
  'calendar',
  'tasks',
  'text',
]

const charts: string[] = ['bar', 'line', 'area', 'pie', 'funnel'] satisfies ChartType[]

export function kindOf({ type, chart }: Pick<Widget, 'type' | 'chart'>): Kind {
  return type === 'chart' ? (chart ?? 'bar') : type
}

/** Questions of the form. */
export type Part =
  | 'object'
  | 'measure'
  | 'measures'
  | 'groupBy'
  | 'thenBy'
  | 'columns'
  | 'stacked'
  | 'target'
  | 'fields'
  | 'sort'
  | 'limit'
  | 'period'
  | 'compare'
  | 'sparkline'
  | 'look'
  | 'filter'
  | 'text'

const partsOfChart: Part[] = [
  'object',
  'measure',
  'groupBy',
  'thenBy',
  'stacked',
  'limit',
  'period',
  'compare',
  'filter',
]

const parts: Record<WidgetType, Part[]> = {
  metric: ['object', 'measure', 'period', 'compare', 'sparkline', 'look', 'filter'],
  goal: ['object', 'measure', 'target', 'period', 'compare', 'look', 'filter'],
  chart: partsOfChart,
  heatmap: ['object', 'measure', 'groupBy', 'columns', 'period', 'look', 'filter'],
  table: ['object', 'measures', 'groupBy', 'limit', 'period', 'filter'],
  pivot: ['object', 'measures', 'groupBy', 'columns', 'period', 'filter'],
  leaderboard: ['object', 'measure', 'groupBy', 'limit', 'period', 'compare', 'look', 'filter'],
  pipeline: ['object', 'period', 'filter'],
  recent: ['object', 'fields', 'sort', 'limit', 'period', 'filter'],
  calendar: ['object', 'period', 'filter'],
  tasks: ['limit'],
  text: ['text'],
}

/** What is asked of a widget, in this order. Slices are of one series, and a funnel is in its own order. */
export function partsOf(widget: Pick<Widget, 'type' | 'chart'>): Part[] {
  const asked = parts[widget.type]
  const isSingle = widget.type === 'chart' && (widget.chart === 'pie' || widget.chart === 'funnel')
  return isSingle ? asked.filter((part) => !['thenBy', 'stacked', 'compare'].includes(part)) : asked
}

const sizes: Record<WidgetType, { w: number; h: number }> = {
  metric: { w: 3, h: 2 },
  goal: { w: 4, h: 2 },
  chart: { w: 6, h: 4 },
  heatmap: { w: 6, h: 4 },
  table: { w: 6, h: 4 },
  pivot: { w: 6, h: 4 },
  leaderboard: { w: 4, h: 4 },
  pipeline: { w: 12, h: 3 },
  recent: { w: 6, h: 4 },
  calendar: { w: 4, h: 4 },
  tasks: { w: 4, h: 4 },
  text: { w: 4, h: 2 },
}

/** A widget that shows something at once; of an object it gets what the object has. */
export function newWidget(kind: Kind, title: string, beside: Widget[], object: ObjectMeta | undefined): Widget {
  const type = charts.includes(kind) ? 'chart' : (kind as WidgetType)
  const key = freeKey(
    kind,
    beside.map((one) => one.key),
  )
  const bare: Widget = { key, type, title, position: freePlace(beside, sizes[type]) }
  if (type === 'text') return { ...bare, text: '' }
  if (type === 'tasks' || !object) return bare
  return ofObject({ ...bare, ...(type === 'chart' && { chart: kind as ChartType }) }, object)
}

/** The same widget of another object: what it named of the one before does not exist there. */
export function ofObject(widget: Widget, object: ObjectMeta): Widget {
  const { key, type, title, position, chart, icon, color, target, limit } = widget
  const kept = { key, type, title, position, ...given({ chart, icon, color, target, limit }), object: object.slug }
  const asked = partsOf(widget)
  const count = { op: 'count' as const }
  return {
    ...kept,
    ...(asked.includes('measure') && { measure: count }),
    ...(asked.includes('measures') && { measures: [count] }),
    ...(asked.includes('target') && target === undefined && { target: 100 }),
    ...(asked.includes('groupBy') && { groupBy: groupFor(object, chart === 'line' || chart === 'area') }),
    ...(asked.includes('columns') && { thenBy: { field: 'createdAt', interval: 'month' } }),
    ...(followsDays.includes(type) && { period: { field: 'createdAt' } }),
    ...(asked.includes('fields') && { fields: fieldsFor(object), sort: ['-createdAt'] }),
  }
}

/** What is counted within the days of the board; a chart over time follows them by its own date, lists show what there is. */
const followsDays: WidgetType[] = ['metric', 'goal', 'chart', 'heatmap', 'table', 'pivot', 'leaderboard']

const given = <T extends object>(parts: T): Partial<T> =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as Partial<T>

function groupFor({ roles, fields }: ObjectMeta, isOverTime: boolean): WidgetGroup {
  const choice = fields.find(({ key }) => key === roles.stage) ?? fields.find(({ type }) => type === 'select')
  return choice && !isOverTime ? { field: choice.key } : { field: 'createdAt', interval: 'month' }
}

const fieldsFor = ({ roles }: ObjectMeta): string[] =>
  [roles.title, roles.stage, 'createdAt'].filter((name) => name !== undefined)

/** `bar`, `bar_2`, … */
export function freeKey(base: string, taken: string[]): string {
  const names = [base, ...taken.map((_, index) => `${base}_${index + 2}`)]
  return names.find((name) => !taken.includes(name)) ?? `${base}_${taken.length + 2}`
}

const groupable = [
  'text',
  'select',
  'boolean',
  'user',
  'integer',
  'rating',
  'email',
  'url',
  'phone',
  'percent',
  'number',
  'date',
  'datetime',
]
const measurable = ['number', 'integer', 'percent', 'duration', 'rating', 'money']

export function canGroup(field: FieldMeta): boolean {
  if (field.type === 'relation') return field.relation?.many === false
  return groupable.includes(shownType(field))
}

export const canMeasure = (field: FieldMeta): boolean => measurable.includes(shownType(field))

export const isDate = (field: FieldMeta | undefined): boolean =>
  field !== undefined && ['date', 'datetime'].includes(shownType(field))
