/** Counts and sums of every place of a board, in one question, whatever the number of cards. */
import type { FieldMeta, ListQuery, ObjectMeta } from '@oneforge/client'
import { useMemo } from 'react'
import { headTotals, type Sums, type Total } from '../totals/totals.ts'
import { useSums } from '../totals/useSums.ts'
import type { ListControls } from '../useListState.ts'
import { type Place, placeId } from './boardColumns.ts'

export interface BoardTotals {
  /** What the heads of columns tell beside their count: the totals of the list, or else the object's amount. */
  totals: Total[]
  /** Of whole columns, by their value. */
  columns: ReadonlyMap<string | null, Sums>
  /** Of the lanes: a row for every value that there is. */
  lanes: Sums[]
  /** How many cards a place has; undefined until that is known. */
  countAt: (place: Place) => number | undefined
  /** Of the whole board; undefined until it is known. */
  count: number | undefined
  /** Why nothing could be counted: a filter that names a field which is gone, say. */
  error: Error | null
}

interface Board {
  object: ObjectMeta
  field: FieldMeta
  laneField: FieldMeta | undefined
  /** What columns of lists can show, by which totals are chosen. */
  fields: FieldMeta[]
  list: ListControls
  query: ListQuery
}

export function useBoardTotals({ object, field, laneField, fields, list, query }: Board): BoardTotals {
  const totals = useMemo(() => headTotals(object, fields, list.look.settings), [object, fields, list.look.settings])
  const asked = { filter: query.filter, search: query.search }
  const columns = useSums(object, { ...asked, groupBy: [field.key], totals })
  const within = useSums(
    object,
    { ...asked, groupBy: laneField ? [laneField.key, field.key] : [], totals: [] },
    laneField !== undefined,
  )
  const { error } = columns
  const byColumn = columns.isPlaceholderData ? undefined : columns.data
  const byPlace = within.isPlaceholderData ? undefined : within.data
  return useMemo(() => {
    const ofColumn = new Map((byColumn ?? []).map((row) => [columnOf(row, field), row]))
    const ofPlace = new Map((byPlace ?? []).map((row) => [rowId(row, laneField, field), Number(row.count)]))
    return {
      totals,
      columns: ofColumn,
      lanes: byPlace ?? [],
      countAt: (place) => {
        if (place.lane) return byPlace && (ofPlace.get(placeId(place)) ?? 0)
        return byColumn && Number(ofColumn.get(place.value)?.count ?? 0)
      },
      count: byColumn?.reduce((sum, row) => sum + Number(row.count), 0),
      error: byColumn ? null : error,
    }
  }, [byColumn, byPlace, field, laneField, totals, error])
}

const columnOf = (row: Sums, field: FieldMeta) => (row[field.key] as string | null) ?? null

const rowId = (row: Sums, lane: FieldMeta | undefined, field: FieldMeta): string =>
  JSON.stringify([lane && (row[lane.key] ?? null), columnOf(row, field)])
