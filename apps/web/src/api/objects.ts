/**
 * Metadata.
 * - useObject(slug): one object with its fields, stages, relations and permissions, as a query.
 * - useViews(slug) and useSaveView / useUpdateView / useDeleteView(slug): saved views.
 * - refreshMetadata(cache, slug?): after objects or fields were changed, so that sidebar, lists and forms follow.
 */
import type { ObjectMeta, View, ViewInput } from '@oneforge/client'
import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from './client.ts'
import { keys } from './keys.ts'
import { objectAsSeen } from './viewAs.ts'

export function useObject(slug: string, enabled = true) {
  return useQuery({
    queryKey: keys.object(slug),
    queryFn: async () => objectAsSeen(await client.objects.get(slug)),
    staleTime: 5 * 60_000,
    enabled,
  })
}

export async function refreshMetadata(cache: QueryClient, slug?: string): Promise<void> {
  await Promise.all([
    cache.invalidateQueries({ queryKey: keys.workspace() }),
    cache.invalidateQueries({ queryKey: slug ? keys.object(slug) : keys.objects() }),
  ])
}

/** The field that names the object's records. */
export function titleField(object: ObjectMeta) {
  return object.fields.find(({ key }) => key === object.roles.title)
}

export function useViews(slug: string) {
  return useQuery({ queryKey: keys.views(slug), queryFn: () => client.views.list(slug), staleTime: 5 * 60_000 })
}

function useViewMutation<Input, Output>(slug: string, mutationFn: (input: Input) => Promise<Output>) {
  const cache = useQueryClient()
  return useMutation({ mutationFn, onSuccess: () => cache.invalidateQueries({ queryKey: keys.views(slug) }) })
}

export function useSaveView(slug: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (input: ViewInput) => client.views.create(slug, input),
    // Put in place at once: the page goes to the new view before the list of views has been asked again.
    onSuccess: (saved) => cache.setQueryData<View[]>(keys.views(slug), (views = []) => [...views, saved]),
  })
}

export function useUpdateView(slug: string) {
  return useViewMutation(slug, ({ id, ...input }: Partial<ViewInput> & { id: string }) =>
    client.views.update(slug, id, input),
  )
}

export function useDeleteView(slug: string) {
  return useViewMutation(slug, (id: string) => client.views.remove(slug, id))
}
