import type { ObjectMeta, RecordData } from '@oneforge/client'
import type { ReactNode } from 'react'
import type { Column } from '../columns/columnSettings.ts'
import type { ColumnControls } from '../columns/useColumns.ts'
import type { ListControls } from '../useListState.ts'
import type { Selection } from '../useSelection.ts'
import type { Cells } from './useCells.ts'

/** One line after the other; undefined where none stands a record: see `headings`. */
export type Rows = readonly (RecordData | undefined)[]

/** A line that stands over others. Its button has the id of its row, so that the keys find it. */
export interface Heading {
  /** The same wherever it stands: what loads above it must not take the focus from it. */
  id: string
  /** @param isActive the keys are at it. */
  draw: (isActive: boolean) => ReactNode
  level: number
  /** Absent where there is nothing to fold. */
  isOpen?: boolean
}

/** What moving about in a table and editing it needs. */
export interface GridProps {
  object: ObjectMeta
  rows: Rows
  columns: Column[]
  selection: Selection
  cells: Cells
  /** Pixels. */
  rowHeight: number
  onOpen: (record: RecordData) => void
  /** Opens or folds what a heading stands over; the other of both unless said. */
  onToggle?: ((row: number, open?: boolean) => void) | undefined
  /** Whether records follow that have not been loaded. */
  hasMore: boolean
}

export interface RecordTableProps extends Omit<GridProps, 'rowHeight'> {
  list: ListControls
  controls: ColumnControls
  /** Lines that hold no record, by their number. */
  headings?: ReadonlyMap<number, Heading> | undefined
  /** How deep records stand below them. */
  recordLevel?: number
  isPending: boolean
  isFetchingMore: boolean
  /** How many rows there are in all, once counted. */
  total: number | undefined
  onFetchMore: () => void
}
