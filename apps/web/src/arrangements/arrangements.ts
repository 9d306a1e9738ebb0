/**
 * How pages are arranged.
 * - useNavigation(), useSetNavigation(): the sidebar, for everybody and for roles.
 * - useLayout(object), useSetLayout(object): the sections of an object's records.
 * A change of what somebody else has changed meanwhile is refused, and the newer arrangement is shown.
 */
import type { Layout, LayoutInput, Navigation, NavigationInput } from '@oneforge/client'
import { type QueryKey, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { keys } from '../api/keys.ts'
import { refreshMetadata } from '../api/objects.ts'
import { showError, showToast } from '../ui/toast.tsx'

const navigationKey = ['navigation'] as const
const layoutKey = (object: string) => [...keys.object(object), 'layout'] as const

export const useNavigation = () => useQuery({ queryKey: navigationKey, queryFn: client.arrangements.navigation })

export const useLayout = (object: string) =>
  useQuery({ queryKey: layoutKey(object), queryFn: () => client.arrangements.layout(object) })

function useArrange<Input, Answer extends { version: number }>(
  queryKey: QueryKey,
  send: (input: Input, version: number | undefined) => Promise<Answer>,
  { saved, object }: { saved: string; object?: string },
) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (input: Input) => send(input, cache.getQueryData<Answer>(queryKey)?.version),
    onSuccess: async (answer) => {
      cache.setQueryData(queryKey, answer)
      // Told here: the form that asked is made anew with the answer.
      showToast({ message: saved })
      await refreshMetadata(cache, object)
    },
    onError: (error) => {
      showError(error)
      return cache.invalidateQueries({ queryKey })
    },
  })
}

/** @param saved what is told once it is. */
export const useSetNavigation = (saved: string) =>
  useArrange<NavigationInput, Navigation>(navigationKey, client.arrangements.setNavigation, { saved })

/** @param saved what is told once it is. */
export const useSetLayout = (object: string, saved: string) =>
  useArrange<LayoutInput, Layout>(
    layoutKey(object),
    (input, version) => client.arrangements.setLayout(object, input, version),
    { saved, object },
  )
