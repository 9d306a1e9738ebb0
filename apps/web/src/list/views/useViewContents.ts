import type { ViewInput } from '@oneforge/client'
import type { ColumnControls } from '../columns/useColumns.ts'
import type { ListControls } from '../useListState.ts'

/** What the list shows, as a view keeps it: with the widths of the columns. */
export function useViewContents(list: ListControls, columns: ColumnControls): Omit<ViewInput, 'label'> {
  const { settings } = list.contents
  const standing = settings.columnSettings ?? []
  const widened = Object.entries(columns.widths)
    .filter(([field]) => !standing.some((one) => one.field === field))
    .map(([field, width]) => ({ field, width }))
  const columnSettings = [
    ...standing.map((one) => ({ ...one, ...(columns.widths[one.field] && { width: columns.widths[one.field]! }) })),
    ...widened,
  ]
  return {
    ...list.contents,
    columns: columns.keys,
    settings: { ...settings, ...(columnSettings.length > 0 && { columnSettings }) },
  }
}
