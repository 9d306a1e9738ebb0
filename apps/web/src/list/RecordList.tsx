import type { FieldMeta, ListQuery, ObjectMeta, RecordData, View } from '@oneforge/client'
import { lazy, Suspense, useCallback, useMemo } from 'react'
import { useNavigate } from 'react-router'
import { useUpdateRecord } from '../api/recordChanges.ts'
import { useCount, useRecords } from '../api/records.ts'
import { paths } from '../paths.ts'
import { Board } from './board/Board.tsx'
import { boardField } from './board/boardColumns.ts'
import { BulkBar } from './bulk/BulkBar.tsx'
import { fieldsToAsk } from './columns/relatedFields.ts'
import { type ColumnControls, useColumns } from './columns/useColumns.ts'
import { EmptyList } from './EmptyList.tsx'
import { Gallery } from './gallery/Gallery.tsx'
import { GroupedTable } from './grouping/GroupedTable.tsx'
import { ListFoot } from './ListFoot.tsx'
import { ListRefused } from './ListRefused.tsx'
import { ListToolbar } from './ListToolbar.tsx'
import { RecordTable } from './table/RecordTable.tsx'
import { TotalsBar } from './totals/TotalsBar.tsx'
import { type ListControls, nextSort, useListState } from './useListState.ts'
import { useSelection } from './useSelection.ts'
import { ViewTabs } from './views/ViewTabs.tsx'

const CalendarView = lazy(() => import('./calendar/CalendarView.tsx'))
const ScheduleView = lazy(() => import('./schedule/ScheduleView.tsx'))

interface RecordListProps {
  object: ObjectMeta
  views: View[] | undefined
  /** Absent when the person may not create. */
  onCreate: (() => void) | undefined
}

/** Views, filter, table and foot of one object's records. */
export function RecordList({ object, views, onCreate }: RecordListProps) {
  const navigate = useNavigate()
  const list = useListState(object, views)
  const columns = useColumns(object, list)
  const asked = fieldsToAsk(object, columns.keys)?.join()
  const query: ListQuery = useMemo(
    () => ({
      filter: list.filter,
      search: list.search || undefined,
      sort: list.sort.length ? list.sort : undefined,
      fields: asked?.split(','),
    }),
    [list.filter, list.search, list.sort, asked],
  )
  const scope = { filter: query.filter, search: query.search }
  const records = useRecords(object.slug, query)
  const count = useCount(object.slug, scope)
  const selection = useSelection(JSON.stringify([object.slug, scope]))
  const update = useUpdateRecord(object.slug)
  const { fetchNextPage } = records
  const onFetchMore = useCallback(() => void fetchNextPage(), [fetchNextPage])
  const onOpen = (record: RecordData) => navigate(paths.record(object.slug, record.id))
  const field = list.layout === 'kanban' ? boardField(object, list.view?.groupBy) : undefined
  const groupFields = list.look.groups.flatMap((key) => columns.fields.find((one) => one.key === key) ?? [])
  // What still shows from the list before must not be continued.
  const hasMore = records.hasNextPage && !records.isPlaceholderData
  const isEmpty = !records.isPending && records.rows.length === 0

  return (
    <>
      <ViewTabs object={object} views={views} list={list} columns={columns} />
      <ListToolbar object={object} list={list} columns={columns} />
      {list.layout === 'calendar' ? (
        <Suspense>
          <CalendarView object={object} list={list} query={query} columns={columns.columns} />
        </Suspense>
      ) : list.layout === 'schedule' ? (
        <Suspense>
          <ScheduleView object={object} list={list} query={query} columns={columns.columns} />
        </Suspense>
      ) : records.error && !records.rows.length ? (
        <ListRefused error={records.error} list={list} />
      ) : isEmpty ? (
        <EmptyList object={object} list={list} onCreate={onCreate} />
      ) : field ? (
        <Board object={object} field={field} columns={columns.columns} query={query} />
      ) : list.layout === 'gallery' ? (
        <Gallery
          key={JSON.stringify(query)}
          object={object}
          rows={records.rows}
          fields={cardFields(columns, list)}
          hasMore={hasMore}
          isFetchingMore={records.isFetchingNextPage}
          onFetchMore={onFetchMore}
        />
      ) : groupFields.length > 0 ? (
        <GroupedTable
          key={list.look.groups.join()}
          object={object}
          groupFields={groupFields}
          fields={columns.fields}
          columns={columns.columns}
          list={list}
          query={query}
          onOpen={onOpen}
        />
      ) : (
        <RecordTable
          // Another filter or order begins at the top again.
          key={JSON.stringify(query)}
          object={object}
          rows={records.rows}
          columns={columns.columns}
          sort={list.sort}
          selection={selection}
          isPending={records.isPending}
          hasMore={hasMore}
          isFetchingMore={records.isFetchingNextPage}
          total={count.data}
          onSort={(key) => list.setSort(nextSort(list.sort, key))}
          onResize={columns.setWidth}
          onFetchMore={onFetchMore}
          onOpen={onOpen}
          onChange={(record, changes) => update.mutate({ record, changes })}
        />
      )}
      {selection.records.size > 0 && <BulkBar object={object} selection={selection} query={query} total={count.data} />}
      <ListFoot object={object} count={count.isError ? null : count.data}>
        <TotalsBar object={object} fields={columns.fields} list={list} query={query} />
      </ListFoot>
    </>
  )
}

/** Those that the view names for its cards, or its columns but for the title. */
function cardFields({ fields, columns }: ColumnControls, { look }: ListControls): FieldMeta[] {
  const named = look.settings.cardFields
  if (!named) return columns.slice(1).map(({ field }) => field)
  return named.flatMap((key) => fields.find((field) => field.key === key) ?? [])
}
