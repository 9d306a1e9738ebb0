/** Dashboards, their widgets and the figures in them, as the server takes and sends them. */
import type { OptionColor } from './metadata-types.ts'
import type { Filter, RecordData } from './record-types.ts'
import type { TextInput } from './text-types.ts'

export type WidgetType =
  | 'metric'
  | 'chart'
  | 'heatmap'
  | 'pivot'
  | 'table'
  | 'leaderboard'
  | 'goal'
  | 'recent'
  | 'pipeline'
  | 'calendar'
  | 'tasks'
  | 'text'

export type ChartType = 'bar' | 'line' | 'area' | 'pie' | 'funnel'
export type WidgetInterval = 'day' | 'week' | 'month' | 'quarter' | 'year' | 'weekday' | 'hour'

export type RangePreset =
  | 'today'
  | 'yesterday'
  | 'tomorrow'
  | 'thisWeek'
  | 'lastWeek'
  | 'nextWeek'
  | 'thisMonth'
  | 'lastMonth'
  | 'nextMonth'
  | 'thisQuarter'
  | 'lastQuarter'
  | 'nextQuarter'
  | 'thisYear'
  | 'lastYear'
  | 'nextYear'

/** Days, both ends included. */
export interface DaySpan {
  from: string
  to: string
}

/** A stretch of days, worked out anew whenever figures are asked for. */
export type DateRange = { preset: RangePreset } | { preset: 'lastNDays' | 'nextNDays'; n: number } | DaySpan

export interface WidgetMeasure {
  op: 'count' | 'sum' | 'avg' | 'min' | 'max' | 'distinct'
  field?: string | undefined
}

export interface WidgetGroup {
  field: string
  /** Of dates only. */
  interval?: WidgetInterval | undefined
}

export interface WidgetPeriod {
  /** The date that ranges apply to; unless said the one that is grouped by. */
  field?: string | undefined
  range?: DateRange | undefined
  /** The range of the whole board does not apply. */
  fixed?: boolean | undefined
}

export interface Widget<Text = string> {
  key: string
  type: WidgetType
  title: Text
  object?: string | undefined
  /** On a grid of twelve columns. */
  position: { x: number; y: number; w: number; h: number }
  measure?: WidgetMeasure | undefined
  measures?: WidgetMeasure[] | undefined
  filter?: Filter | null | undefined
  period?: WidgetPeriod | undefined
  compare?: 'previous' | 'lastYear' | undefined
  sparkline?: 'day' | 'week' | 'month' | undefined
  groupBy?: WidgetGroup | undefined
  thenBy?: WidgetGroup | undefined
  chart?: ChartType | undefined
  stacked?: boolean | undefined
  /** Of a goal; whole currency units of money. */
  target?: number | undefined
  /** Markdown. */
  text?: Text | undefined
  fields?: string[] | undefined
  sort?: string[] | undefined
  limit?: number | undefined
  icon?: string | undefined
  color?: OptionColor | undefined
}

/** Without an object it narrows every widget whose object knows the fields that it names. */
export interface BoardFilter {
  object?: string | undefined
  filter: Filter
}

export type DashboardVisibility = 'private' | 'everyone' | 'roles'

/** What was changed of a board since it came with a template. */
export interface DashboardDifference {
  changed: boolean
  widgets: { key: string; title: string; change: 'added' | 'changed' | 'removed' }[]
  /** Its name, its days or its filters are others. */
  rest: boolean
}

export interface DashboardSummary {
  id: string
  key: string
  label: string
  visibility: DashboardVisibility
  roles: string[]
  /** Keys of the roles for which it opens first. */
  defaultFor: string[]
  isDefault: boolean
  ownedByMe: boolean
  mayChange: boolean
  system: boolean
  version: number
  widgetCount: number
}

export interface Dashboard extends DashboardSummary {
  range: DateRange | null
  filters: BoardFilter[]
  widgets: Widget[]
}

export interface DashboardInput {
  label: TextInput
  visibility?: DashboardVisibility | undefined
  roles?: string[] | undefined
  defaultFor?: string[] | undefined
  range?: DateRange | null | undefined
  filters?: BoardFilter[] | undefined
  widgets: Widget<TextInput>[]
}

/** What figures are asked for. Absent: the board's own range and filters; null and `[]`: none. */
export interface FiguresInput {
  range?: DateRange | null | undefined
  filters?: BoardFilter[] | undefined
}

export interface WidgetMoney {
  amount: string
  currency: string
}
/** Of several currencies, which have no sum; how much of each, where that is known. */
export interface WidgetMixedMoney {
  amount: null
  currency: null
  mixed: true
  amounts?: WidgetMoney[] | undefined
}
/** A number, a date or an amount. */
export type WidgetValue = number | string | WidgetMoney | WidgetMixedMoney | null

export interface WidgetCategory {
  value: unknown
  /** '' where there is no value; of dates the first day, of weekdays 1 (Monday) to 7, of hours 0 to 23. */
  label: string
  color: OptionColor | null
  /** Of this group alone; null where it cannot be drilled into. */
  filter: Filter | null
}

export interface NamedMeasure {
  name: string
  label: string
}

export interface MetricData {
  value: WidgetValue
  previous: WidgetValue
  /** 0.25 is a quarter more. */
  change: number | null
  points: { from: string; value: WidgetValue }[]
  /** By currency, where these are several. */
  amounts: WidgetMoney[]
}

export interface ChartData {
  categories: WidgetCategory[]
  /** Each with one value for each category; those beyond the first twenty are gathered in the last. */
  series: (WidgetCategory & { values: WidgetValue[] })[]
  /** What lies beyond the limit: how many categories, and the value of each series. */
  others: { count: number; values: WidgetValue[] } | null
  previous: WidgetValue[] | null
  interval: WidgetInterval | null
  /** There are more groups than could be told apart. */
  isTruncated: boolean
}

export interface CrossData {
  rows: WidgetCategory[]
  columns: WidgetCategory[]
  rowInterval: WidgetInterval | null
  columnInterval: WidgetInterval | null
  measures: NamedMeasure[]
  /** By row, column and measure. */
  cells: WidgetValue[][][]
  rowTotals: WidgetValue[][]
  columnTotals: WidgetValue[][]
  total: WidgetValue[]
  isTruncated: boolean
}

export interface TableData {
  columns: NamedMeasure[]
  rows: { category: WidgetCategory; values: WidgetValue[] }[]
  total: WidgetValue[]
  interval: WidgetInterval | null
  isTruncated: boolean
}

export interface LeaderboardData {
  rows: { rank: number; category: WidgetCategory; value: WidgetValue; previous: WidgetValue; share: number | null }[]
  others: { count: number; value: WidgetValue } | null
  total: WidgetValue
  /** There are more groups than could be ranked. */
  isTruncated: boolean
}

export interface GoalData {
  value: WidgetValue
  target: WidgetValue
  share: number | null
  /** How much of the period is over. */
  expectedShare: number | null
  previous: WidgetValue
  change: number | null
}

export interface RecentData {
  columns: NamedMeasure[]
  records: RecordData[]
  total: number
}

export interface PipelineData {
  pipeline: string
  stages: {
    value: string
    label: string
    color: OptionColor | null
    kind: 'open' | 'won' | 'lost'
    count: number
    sum: WidgetValue
    filter: Filter
  }[]
}

export interface CalendarData {
  from: string
  to: string
  entries: {
    id: string
    object: string
    title: string
    start: string
    end: string | null
    allDay: boolean
    color: OptionColor | null
  }[]
  isTruncated: boolean
}

export interface TasksData {
  object: string
  open: number
  overdue: number
  today: number
  /** Of the records that are counted. */
  filters: Record<'open' | 'overdue' | 'today', Filter>
  records: RecordData[]
}

export interface WidgetProblem {
  code: 'FORBIDDEN' | 'NOT_FOUND' | 'VALIDATION_ERROR' | 'UNAVAILABLE' | 'INTERNAL'
  message: string
}

interface AnswerOf<T extends WidgetType, D> {
  key: string
  type: T
  object: string | null
  period: DaySpan | null
  comparedWith: DaySpan | null
  /** A filter of the board names what the widget's object does not have. */
  unfiltered: boolean
  /** The list behind the whole widget. */
  drill: { object: string; filter: Filter | null } | null
  data: D | null
  problem: WidgetProblem | null
}

/** What one widget shows: its data, or why there are none. */
export type WidgetFigures =
  | AnswerOf<'metric', MetricData>
  | AnswerOf<'chart', ChartData>
  | AnswerOf<'heatmap', CrossData>
  | AnswerOf<'pivot', CrossData>
  | AnswerOf<'table', TableData>
  | AnswerOf<'leaderboard', LeaderboardData>
  | AnswerOf<'goal', GoalData>
  | AnswerOf<'recent', RecentData>
  | AnswerOf<'pipeline', PipelineData>
  | AnswerOf<'calendar', CalendarData>
  | AnswerOf<'tasks', TasksData>
  | AnswerOf<'text', { text: string }>

export interface DashboardFigures {
  at: string
  timeZone: string
  currency: string
  /** 1 is Monday. */
  weekStart: number
  range: DaySpan | null
  /** Differs when figures may have changed. */
  stamp: string
  widgets: WidgetFigures[]
}

export interface ScheduleInput extends FiguresInput {
  frequency: 'daily' | 'weekly' | 'monthly'
  /** 1 is Monday. */
  weekday?: number | undefined
  /** The last day of shorter months. */
  dayOfMonth?: number | undefined
  /** On the workspace's clock. */
  hour: number
  minute?: 0 | 15 | 30 | 45 | undefined
  /** User ids. */
  receivers: string[]
  active?: boolean | undefined
}

export interface DashboardSchedule extends Omit<ScheduleInput, 'receivers'> {
  id: string
  createdBy: string
  receivers: { id: string; name: string }[]
  active: boolean
  nextAt: string | null
  lastSentAt: string | null
}
