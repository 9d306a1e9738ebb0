import { ApiError, type ObjectMeta, type RecordData } from '@oneforge/client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { keys } from '../api/keys.ts'
import { othersPace } from '../api/othersPace.ts'

/**
 * Keeps an open record as it is in the database: asked for its version only, and for all of it where that is
 * another.
 *
 * @returns whether somebody has deleted it meanwhile.
 */
export function useOthersEdits(object: ObjectMeta, record: RecordData): boolean {
  const cache = useQueryClient()
  const { data } = useQuery({
    queryKey: [...keys.records(object.slug), 'followed', record.id],
    queryFn: async ({ signal }) => {
      const filter = { field: 'id', op: 'eq', value: record.id }
      const query = { filter, fields: ['updatedAt'], limit: 1 }
      const { items } = await client.records.list(object.slug, query, '', { everywhere: true, signal })
      const known = cache.getQueryData<RecordData>(keys.record(object.slug, record.id))
      const isNewer = items[0] !== undefined && known !== undefined && items[0].version > known.version
      if (isNewer) {
        void cache.invalidateQueries({ queryKey: keys.record(object.slug, record.id) })
        void cache.invalidateQueries({ queryKey: keys.history(object.slug, record.id) })
      }
      return items.length > 0 ? 'there' : await isGone(object.slug, record.id)
    },
    enabled: !record.deletedAt,
    refetchInterval: othersPace,
    refetchOnWindowFocus: 'always',
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })
  return data === 'gone'
}

/** What no list holds may be out of reach for other reasons: only the record itself tells. */
async function isGone(slug: string, id: string): Promise<'there' | 'gone'> {
  try {
    const record = await client.records.get(slug, id)
    return record.deletedAt ? 'gone' : 'there'
  } catch (error) {
    return error instanceof ApiError && error.status === 404 ? 'gone' : 'there'
  }
}
