/**
 * Finding records.
 * - useSearch(text): everything the person may see, for the palette; without a text what they opened lately.
 * - noteVisit(slug, id): a record was opened.
 * - useObjectSearch(slug, text): records of one object, for relation fields; an empty text lists the newest.
 * Both expect a text that has been debounced.
 */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { client } from './client.ts'
import { keys } from './keys.ts'
import { useShownLocation } from './shownLocation.ts'

export function useSearch(text: string) {
  const q = text.trim()
  const location = useShownLocation()
  return useQuery({
    queryKey: keys.search(q, location),
    queryFn: ({ signal }) => client.records.searchAll(q, 20, { signal }),
    // What was opened lately changes with each record that is opened.
    ...(q ? {} : { staleTime: 0 }),
    // What is wrong with a condition stays wrong.
    retry: false,
    placeholderData: keepPreviousData,
  })
}

/** Nobody waits for it, and nothing is lost but an order where it fails. */
export const noteVisit = (slug: string, id: string): void => void client.records.visit(slug, id).catch(() => {})

export function useObjectSearch(slug: string, text: string, enabled = true) {
  const q = text.trim()
  const location = useShownLocation()
  return useQuery({
    queryKey: keys.found(slug, q, location),
    queryFn: async ({ signal }) => {
      if (q) return client.records.search(slug, q, 20, { signal })
      return (await client.records.list(slug, { limit: 20 }, '', { signal })).items
    },
    enabled,
    placeholderData: keepPreviousData,
  })
}
