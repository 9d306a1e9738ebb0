/**
 * Metadata.
 * - useObject(slug): one object with its fields, stages, relations and permissions, as a query.
 * - useViews(slug) and useSaveView / useUpdateView / useDeleteView / useArrangeViews / usePinView(slug): saved views;
 *   usePinnedViews(): those in the sidebar.
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

export function useViews(slug: string, enabled = true) {
  return useQuery({
    queryKey: keys.views(slug),
    queryFn: () => client.views.list(slug),
    staleTime: 5 * 60_000,
    enabled,
  })
}

function useViewMutation<Input, Output>(slug: string, mutationFn: (input: Input) => Promise<Output>) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn,
    onSuccess: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: keys.views(slug) }),
        cache.invalidateQueries({ queryKey: keys.pinnedViews() }),
      ]),
  })
}

export function useSaveView(slug: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (input: ViewInput) => client.views.create(slug, input),
    // Put in place at once: the page goes to the new view before the list of views has been asked again.
    onSuccess: (saved) => cache.setQueryData<View[]>(keys.views(slug), (views = []) => [...views, saved]),
  })
}

/** `version`: as it was seen; refused where somebody else has changed the view since. */
export function useUpdateView(slug: string) {
  return useViewMutation(slug, ({ id, version, ...input }: Partial<ViewInput> & Pick<View, 'id' | 'version'>) =>
    client.views.update(slug, id, input, version || undefined),
  )
}

export function useDeleteView(slug: string) {
  return useViewMutation(slug, ({ id }: Pick<View, 'id'>) => client.views.remove(slug, id))
}

export function useArrangeViews(slug: string) {
  return useViewMutation(slug, (ids: string[]) => client.views.arrange(slug, ids))
}

export function usePinView(slug: string) {
  return useViewMutation(slug, ({ id, pinned }: Pick<View, 'id' | 'pinned'>) => client.views.pin(slug, id, pinned))
}

/** Views that the person has put under their objects in the sidebar. */
export function usePinnedViews() {
  return useQuery({ queryKey: keys.pinnedViews(), queryFn: client.views.pinned, staleTime: 5 * 60_000 })
}
