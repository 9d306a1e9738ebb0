import type { ObjectMeta, RecordData } from '@oneforge/client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { keys } from '../api/keys.ts'
import { othersPace } from '../api/othersPace.ts'

/**
 * Keeps an open record as it is in the database: asked for its version only, which is no reading of it, and for all of it
 * where that is another.
 *
 * @returns whether somebody has deleted it meanwhile.
 */
export function useOthersEdits(object: ObjectMeta, record: RecordData): boolean {
  const cache = useQueryClient()
  const { data } = useQuery({
    queryKey: [...keys.records(object.slug), 'followed', record.id],
    queryFn: async ({ signal }) => {
      const asked = { ids: [record.id] }
      const [latest] = await client.records.versions(object.slug, asked, { everywhere: true, signal })
      if (!latest || latest.deleted) return 'gone'
      const known = cache.getQueryData<RecordData>(keys.record(object.slug, record.id))
      if (known && latest.version > known.version) {
        void cache.invalidateQueries({ queryKey: keys.record(object.slug, record.id) })
        void cache.invalidateQueries({ queryKey: keys.history(object.slug, record.id) })
      }
      return 'there'
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
