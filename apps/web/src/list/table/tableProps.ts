import type { ObjectMeta, RecordData } from '@oneforge/client'
import type { Column } from '../columns/columnSettings.ts'
import type { Selection } from '../useSelection.ts'

export interface RecordTableProps {
  object: ObjectMeta
  rows: RecordData[]
  columns: Column[]
  sort: string[]
  selection: Selection
  isPending: boolean
  hasMore: boolean
  isFetchingMore: boolean
  /** How many rows there are in all, once counted. */
  total: number | undefined
  onSort: (key: string) => void
  onResize: (key: string, width: number) => void
  onFetchMore: () => void
  onOpen: (record: RecordData) => void
  onChange: (record: RecordData, changes: Record<string, unknown>) => void
}
