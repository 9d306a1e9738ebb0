/** What others change among the records of objects, for what shows some of them beside a list. */
import { type QueryKey, useQueries, useQueryClient } from '@tanstack/react-query'
import { client } from './client.ts'
import { keys } from './keys.ts'
import { othersPace } from './othersPace.ts'

/** More than the last, as a change that began earlier may end later. */
const looked = 20

/**
 * Asks anew for what stands under `[...keys.records(slug), part]` where a record of the object was changed. Looking for
 * changes is no reading of records: they are read where there is one.
 *
 * @param meant what is asked anew where that stands elsewhere.
 */
export function useLatestChanges(slugs: string[], part: string, meant?: QueryKey): void {
  const cache = useQueryClient()
  useQueries({
    queries: slugs.map((slug) => {
      const queryKey = [...keys.records(slug), 'latest', part]
      return {
        queryKey,
        queryFn: async ({ signal }: { signal: AbortSignal }) => {
          const versions = await client.records.versions(slug, { limit: looked }, { signal })
          const latest = versions.map(({ id, version }) => `${id} ${version}`).join()
          const before = cache.getQueryData<string>(queryKey)
          if (before !== undefined && before !== latest)
            void cache.invalidateQueries({ queryKey: meant ?? [...keys.records(slug), part] })
          return latest
        },
        refetchInterval: othersPace,
        refetchOnWindowFocus: 'always' as const,
        staleTime: 0,
        gcTime: 0,
        retry: false,
      }
    }),
  })
}
