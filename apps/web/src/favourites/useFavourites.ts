/**
 * The person's favourites.
 * - useFavourites(): all that they may see, in their order.
 * - useFavouriteChanges(): add, remove and arrange; what is shown changes at once and goes back when it is refused.
 */
import type { Favourite, FavouriteInput } from '@oneforge/client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { keys } from '../api/keys.ts'
import { showError } from '../ui/toast.tsx'

export function useFavourites() {
  return useQuery({ queryKey: keys.favourites(), queryFn: client.favourites.list, staleTime: 5 * 60_000 })
}

export function useFavouriteChanges() {
  const cache = useQueryClient()
  const key = keys.favourites()
  const show = async (change: (known: Favourite[]) => Favourite[]) => {
    await cache.cancelQueries({ queryKey: key })
    const before = cache.getQueryData<Favourite[]>(key)
    if (before) cache.setQueryData(key, change(before))
    return { before }
  }
  const refused = (error: unknown, _: unknown, shown: { before: Favourite[] | undefined } | undefined) => {
    cache.setQueryData(key, shown?.before)
    showError(error)
  }
  const keep = (list: Favourite[]) => cache.setQueryData(key, list)
  const add = useMutation({
    mutationFn: (target: FavouriteInput) => client.favourites.add(target),
    onSuccess: keep,
    onError: showError,
  })
  const remove = useMutation({
    mutationFn: (id: string) => client.favourites.remove([id]),
    onMutate: (id) => show((known) => known.filter((one) => one.id !== id)),
    onError: refused,
  })
  const arrange = useMutation({
    mutationFn: (list: Favourite[]) => client.favourites.arrange(list.map(({ id }) => id)),
    onMutate: (list) => show(() => list),
    onSuccess: keep,
    onError: refused,
  })
  return { add: add.mutate, remove: remove.mutate, arrange: arrange.mutate }
}
