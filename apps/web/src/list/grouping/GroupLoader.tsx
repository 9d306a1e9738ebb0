import type { Filter, ListQuery, ObjectMeta } from '@oneforge/client'
import { useEffect, useMemo } from 'react'
import { useRecords } from '../../api/records.ts'
import type { Group, Loaded } from './lines.ts'

/** Records that a group shows at a time. */
const rowsAtOnce = 50

interface GroupLoaderProps {
  object: ObjectMeta
  query: ListQuery
  group: Group
  /** With undefined once the group is folded. */
  onLoaded: (id: string, loaded: Loaded | undefined) => void
}

/** Asks for the records of an open group, and tells the table of them; it draws nothing itself. */
export function GroupLoader({ object, query, group, onLoaded }: GroupLoaderProps) {
  const { id } = group
  const filter: Filter = query.filter ? { and: [query.filter, group.filter] } : group.filter
  const asked = JSON.stringify({ ...query, filter, limit: rowsAtOnce })
  const records = useRecords(
    object.slug,
    useMemo(() => JSON.parse(asked) as ListQuery, [asked]),
  )
  const { rows, isPending, hasNextPage: hasMore, isFetchingNextPage: isFetchingMore, fetchNextPage } = records

  useEffect(() => {
    onLoaded(id, { rows, isPending, hasMore, isFetchingMore, fetchMore: () => void fetchNextPage() })
  }, [id, rows, isPending, hasMore, isFetchingMore, fetchNextPage, onLoaded])
  useEffect(() => () => onLoaded(id, undefined), [id, onLoaded])
  return null
}
