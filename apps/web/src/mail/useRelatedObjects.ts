import type { ObjectMeta, RelationMeta } from '@oneforge/client'
import { useQueries } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { keys } from '../api/keys.ts'

/** What relations lead to, by their names, as far as it is known yet. */
export function useRelatedObjects(relations: RelationMeta[]): Map<string, ObjectMeta> {
  const answers = useQueries({
    queries: relations.map((relation) => ({
      queryKey: keys.object(relation.object),
      queryFn: () => client.objects.get(relation.object),
      staleTime: 5 * 60_000,
    })),
  })
  return new Map(
    relations.flatMap(({ key }, index) => {
      const other = answers[index]?.data
      return other ? [[key, other] as const] : []
    }),
  )
}
