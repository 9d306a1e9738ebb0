import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { keys } from '../api/keys.ts'

/** Records drawn at once: more nobody reads. */
const mostNodes = 60
const perRelation = 8

/** What is linked to a record, step by step; `relations` are those of the first step, all when empty. */
export function useGraph(slug: string, id: string, depth: number, relations: string[]) {
  return useQuery({
    queryKey: [...keys.record(slug, id), 'graph', depth, relations],
    queryFn: ({ signal }) => {
      const query = { depth, limit: mostNodes, perRelation, ...(relations.length > 0 ? { relations } : {}) }
      return client.records.graph(slug, id, query, { signal })
    },
    placeholderData: keepPreviousData,
  })
}
