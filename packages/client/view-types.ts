/** Saved views of an object's list, as the server sends them. */
import type { OptionColor } from './metadata-types.ts'
import type { Filter } from './record-types.ts'
import type { TextInput } from './text-types.ts'

export type ViewType = 'table' | 'kanban' | 'calendar' | 'schedule' | 'gallery' | 'timeline'
export type Density = 'compact' | 'normal' | 'tall'
export type TotalOp = 'sum' | 'avg' | 'min' | 'max' | 'count'
export type TimelineZoom = 'day' | 'week' | 'month' | 'quarter'
export type GroupInterval = 'day' | 'week' | 'month' | 'quarter' | 'year'

export interface ColumnSetting {
  field: string
  /** Pixels. */
  width?: number
  /** Stays in sight while the table is scrolled sideways. */
  pinned?: boolean
  /** At the foot of the table and of each group. */
  total?: TotalOp
}

/** Rows that pass a filter stand out; the first rule that fits counts. */
export interface ColorRule {
  filter: Filter
  color: OptionColor
}

/** How many cards a column of a board should hold at most; null is the column of records without a value. */
export interface ColumnLimit {
  value: string | null
  most: number
}

/** How a view is drawn. What is absent is as usual. */
export interface ViewSettings {
  /** The second grouping of a table. */
  thenBy?: string
  /** Of groups by dates; month unless said. */
  interval?: GroupInterval
  density?: Density
  columnSettings?: ColumnSetting[]
  colors?: ColorRule[]
  /** The field whose values are the lanes of a board and the groups of a timeline. */
  laneField?: string
  columnLimits?: ColumnLimit[]
  zoom?: TimelineZoom
  /** Of a calendar, a schedule and a timeline; the object's roles unless said. */
  dateField?: string
  endField?: string
  resourceField?: string
  colorField?: string
  cardFields?: string[]
  imageField?: string
}

export interface View {
  id: string
  key: string
  label: string
  type: ViewType
  filter: Filter | null
  sort: string[] | null
  columns: string[] | null
  groupBy: string | null
  settings: ViewSettings
  visibility: 'private' | 'everyone' | 'roles'
  /** Keys of the roles that see it, where not everybody does. */
  roles: string[]
  locked: boolean
  /** Keys of the roles for which it opens first. */
  defaultFor: string[]
  /** Opens first for the caller. */
  isDefault: boolean
  /** The caller has it in the navigation. */
  pinned: boolean
  /** Whether the caller may change what it shows. */
  mayChange: boolean
  /** Whether the caller may also name, share, lock and remove it. */
  mayAdminister: boolean
  ownedByMe: boolean
  system: boolean
  /** Grows with every change of a shared view. */
  version: number
}

export type ViewInput = Partial<
  Pick<
    View,
    'type' | 'filter' | 'sort' | 'columns' | 'groupBy' | 'settings' | 'visibility' | 'roles' | 'locked' | 'defaultFor'
  >
> & {
  label: TextInput
  key?: string
}

export type PinnedView = Pick<View, 'id' | 'key' | 'label' | 'type'> & { object: string }
