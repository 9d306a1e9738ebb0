import type { ListQuery, ObjectMeta, RecordData } from '@oneforge/client'
import { useCallback, useMemo } from 'react'
import { useNavigate } from 'react-router'
import { useRecords } from '../api/records.ts'
import { paths } from '../paths.ts'
import { onDemand } from '../ui/onDemand.tsx'
import type { ColumnControls } from './columns/useColumns.ts'
import { cardFields, pictureField } from './gallery/cardSettings.ts'
import { ListRefused } from './ListRefused.tsx'
import { RecordTable } from './table/RecordTable.tsx'
import { useCells } from './table/useCells.ts'
import type { ListControls } from './useListState.ts'
import { useSelection } from './useSelection.ts'

const BulkBar = onDemand(async () => (await import('./bulk/BulkBar.tsx')).BulkBar)
const EmptyList = onDemand(async () => (await import('./EmptyList.tsx')).EmptyList)
const Gallery = onDemand(async () => (await import('./gallery/Gallery.tsx')).Gallery)
const GalleryBar = onDemand(async () => (await import('./gallery/GalleryBar.tsx')).GalleryBar)
const GroupedTable = onDemand(async () => (await import('./grouping/GroupedTable.tsx')).GroupedTable)

interface ListedRecordsProps {
  object: ObjectMeta
  list: ListControls
  columns: ColumnControls
  query: ListQuery
  /** How many there are in all, once that is known. */
  total: number | undefined
  /** Absent when the person may not create. */
  onCreate: (() => void) | undefined
}

/** The records one after the other: as a table, in groups or as cards. Boards and diaries ask for theirs themselves. */
export function ListedRecords({ object, list, columns, query, total, onCreate }: ListedRecordsProps) {
  const navigate = useNavigate()
  const records = useRecords(object.slug, query)
  const selection = useSelection(JSON.stringify([object.slug, { filter: query.filter, search: query.search }]))
  const { fetchNextPage } = records
  const onFetchMore = useCallback(() => void fetchNextPage(), [fetchNextPage])
  const onOpen = (record: RecordData) => navigate(paths.record(object.slug, record.id))
  const groupFields = list.look.groups.flatMap((key) => columns.fields.find((one) => one.key === key) ?? [])
  const cells = useCells(object, list.look.groups)
  // What still shows from the list before must not be continued.
  const hasMore = records.hasNextPage && !records.isPlaceholderData
  const onCards = useMemo(
    () => cardFields(columns.fields, columns.columns, list.look.settings),
    [columns.fields, columns.columns, list.look.settings],
  )
  const isEmpty = !records.isPending && records.rows.length === 0

  return (
    <>
      {records.error && !records.rows.length ? (
        <ListRefused error={records.error} list={list} />
      ) : isEmpty ? (
        <EmptyList object={object} list={list} onCreate={onCreate} />
      ) : list.layout === 'gallery' ? (
        <>
          <GalleryBar object={object} list={list} fields={columns.fields} shown={onCards} />
          <Gallery
            key={JSON.stringify(query)}
            object={object}
            rows={records.rows}
            fields={onCards}
            picture={pictureField(object, list.look.settings)}
            hasMore={hasMore}
            isFetchingMore={records.isFetchingNextPage}
            onFetchMore={onFetchMore}
          />
        </>
      ) : groupFields.length > 0 ? (
        <GroupedTable
          key={list.look.groups.join()}
          object={object}
          groupFields={groupFields}
          columns={columns.columns}
          list={list}
          controls={columns}
          query={query}
          selection={selection}
          cells={cells}
          onOpen={onOpen}
        />
      ) : (
        <RecordTable
          // Another filter or order begins at the top again.
          key={JSON.stringify(query)}
          object={object}
          rows={records.rows}
          columns={columns.columns}
          list={list}
          controls={columns}
          selection={selection}
          isPending={records.isPending}
          hasMore={hasMore}
          isFetchingMore={records.isFetchingNextPage}
          total={total}
          onFetchMore={onFetchMore}
          onOpen={onOpen}
          cells={cells}
        />
      )}
      {selection.records.size > 0 && <BulkBar object={object} selection={selection} query={query} total={total} />}
    </>
  )
}
