/** What a template brings beside objects, roles and views (whose shapes are the kernel's). Data only, no code. */
import type { LocalizedText, ObjectDefinition, RoleDefinition } from '@oneforge/kernel/metadata'

export interface WorkflowDefinition {
  key: string
  label: LocalizedText
  object: string
  trigger:
    | { type: 'record_created' }
    | { type: 'record_updated' }
    | { type: 'field_changed'; field: string; from?: unknown; to?: unknown }
    | { type: 'stage_changed'; from?: string; to?: string }
    /** `offset` is an ISO 8601 duration before (negative) or after the field's moment: `-PT24H`. */
    | { type: 'date_relative'; field: string; offset: string }
  /** The filter language; absent means always. */
  condition?: unknown
  actions: (
    | { type: 'send_email'; to: string; subject: LocalizedText; body: LocalizedText }
    | { type: 'update_field'; field: string; value: unknown }
    | { type: 'create_task'; title: LocalizedText; dueIn?: string; assignTo?: 'owner' | 'creator' }
    | { type: 'notify'; to: 'owner' | 'creator' | string; message: LocalizedText }
    | { type: 'webhook'; url: string }
  )[]
}

export const widgetTypes = [
  'metric',
  'chart',
  'heatmap',
  'pivot',
  'table',
  'leaderboard',
  'goal',
  'recent',
  'pipeline',
  'calendar',
  'tasks',
  'text',
] as const
export type WidgetType = (typeof widgetTypes)[number]

export interface WidgetMeasure {
  op: 'count' | 'sum' | 'avg' | 'min' | 'max' | 'distinct'
  field?: string
}

export interface WidgetGroup {
  field: string
  interval?: 'day' | 'week' | 'month' | 'quarter' | 'year' | 'weekday' | 'hour'
}

/** Days: a period of the filter language, the last or next so many, or from one to another, both included. */
export type WidgetRange = { preset: string; n?: number } | { from: string; to: string }

export interface WidgetDefinition {
  key: string
  type: WidgetType
  title: LocalizedText
  /** All but texts and tasks are about one. */
  object?: string
  /** On a grid of twelve columns. */
  position: { x: number; y: number; w: number; h: number }
  measure?: WidgetMeasure
  /** Of tables and pivots, which show several. */
  measures?: WidgetMeasure[]
  filter?: unknown
  /** The date that ranges apply to, unless said the one that is grouped by; `fixed`: the range of the board does not. */
  period?: { field?: string; range?: WidgetRange; fixed?: boolean }
  compare?: 'previous' | 'lastYear'
  sparkline?: 'day' | 'week' | 'month'
  groupBy?: WidgetGroup
  /** The series of a chart, the columns of a pivot or a heat map. */
  thenBy?: WidgetGroup
  chart?: 'bar' | 'line' | 'area' | 'pie' | 'funnel'
  stacked?: boolean
  /** Of a goal; of money in whole units of the workspace's currency. */
  target?: number
  /** Markdown. */
  text?: LocalizedText
  fields?: string[]
  sort?: string[]
  limit?: number
  icon?: string
  color?: string
}

/** Without an object it narrows every widget whose object knows the fields that it names. */
export interface BoardFilter {
  object?: string
  filter: unknown
}

export interface DashboardDefinition {
  key: string
  label: LocalizedText
  /** Keys of the roles that see it; absent means everyone. */
  roles?: string[]
  /** Keys of the roles for which it opens first. */
  defaultFor?: string[]
  range?: WidgetRange
  filters?: BoardFilter[]
  widgets: WidgetDefinition[]
}

/**
 * Records to play with. `ref` names a record inside the file; a relation holds `@ref` (or a list). Moments are written
 * relative to the day of loading: `today`, `today+3d`, `today-2w`, `today-40y`, and `today+1d 09:30` for datetimes.
 * `_stage` is not needed: the stage field holds it. `_owner: "me"` gives the record to the person who loads it.
 */
export type SampleRecord = { ref: string; _owner?: 'me' } & Record<string, unknown>

export interface Template {
  slug: string
  version: string
  name: LocalizedText
  industry: string
  description: LocalizedText
  /** What the card on the first page says it brings. */
  highlights: LocalizedText[]
  icon: string
  color: string
  /** ISO 4217: what a workspace counts in that begins with it. */
  currency: string
  objects: ObjectDefinition[]
  roles: RoleDefinition[]
  workflows: WorkflowDefinition[]
  dashboards: DashboardDefinition[]
  samples: Record<string, SampleRecord[]>
}
