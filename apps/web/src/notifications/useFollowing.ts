/** Who follows a record, and whether the person does; a click counts at once and is taken back when it is refused. */
import type { Followers, RecordData } from '@oneforge/client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { keys } from '../api/keys.ts'
import { showError } from '../ui/toast.tsx'

export function useFollowing({ object, id }: Pick<RecordData, 'object' | 'id'>) {
  const cache = useQueryClient()
  const key = keys.followers(object, id)
  const { data } = useQuery({ queryKey: key, queryFn: () => client.following.of(object, id) })
  const choose = useMutation({
    mutationFn: async (following: boolean): Promise<void> => {
      await (following ? client.following.follow(object, id) : client.following.unfollow(object, id))
    },
    onMutate: async (following) => {
      await cache.cancelQueries({ queryKey: key })
      const before = cache.getQueryData<Followers>(key)
      if (before) cache.setQueryData(key, { ...before, following })
      return { before }
    },
    onError: (error, _, shown) => {
      cache.setQueryData(key, shown?.before)
      showError(error)
    },
    onSettled: () => cache.invalidateQueries({ queryKey: key }),
  })
  return { followers: data, choose: choose.mutate }
}
