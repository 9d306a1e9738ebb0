import type { ListQuery, ObjectMeta, View } from '@oneforge/client'
import { lazy, Suspense, useMemo } from 'react'
import { useCount } from '../api/records.ts'
import { fieldsToAsk } from './columns/relatedFields.ts'
import { useColumns } from './columns/useColumns.ts'
import { ListedRecords } from './ListedRecords.tsx'
import { ListFoot } from './ListFoot.tsx'
import classes from './ListPage.module.css'
import { ListToolbar } from './ListToolbar.tsx'
import { TotalsBar } from './totals/TotalsBar.tsx'
import { useFollowedLists } from './useFollowedLists.ts'
import { useListState } from './useListState.ts'
import { ViewTabs } from './views/ViewTabs.tsx'

const BoardView = lazy(() => import('./board/BoardView.tsx'))
const CalendarView = lazy(() => import('./calendar/CalendarView.tsx'))
const ScheduleView = lazy(() => import('./schedule/ScheduleView.tsx'))
const TimelineView = lazy(() => import('./timeline/TimelineView.tsx'))

interface RecordListProps {
  object: ObjectMeta
  views: View[] | undefined
  /** Absent when the person may not create. */
  onCreate: (() => void) | undefined
}

/** Views, filter, table and foot of one object's records. */
export function RecordList({ object, views, onCreate }: RecordListProps) {
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
  useFollowedLists(object, query, list.layout === 'kanban')
  const count = useCount(object.slug, { filter: query.filter, search: query.search })
  const shown = { object, list, query }
  return (
    <>
      <ViewTabs object={object} views={views} list={list} columns={columns} />
      <ListToolbar object={object} list={list} columns={columns} />
      <Suspense fallback={<div className={classes.coming} aria-busy />}>
        {list.layout === 'kanban' ? (
          <BoardView {...shown} columns={columns} onCreate={onCreate} />
        ) : list.layout === 'calendar' ? (
          <CalendarView {...shown} columns={columns.columns} />
        ) : list.layout === 'schedule' ? (
          <ScheduleView {...shown} columns={columns.columns} />
        ) : list.layout === 'timeline' ? (
          <TimelineView {...shown} />
        ) : (
          <ListedRecords {...shown} columns={columns} total={count.data} onCreate={onCreate} />
        )}
      </Suspense>
      <ListFoot object={object} count={count.isError ? null : count.data}>
        <TotalsBar object={object} fields={columns.fields} list={list} query={query} />
      </ListFoot>
    </>
  )
}
