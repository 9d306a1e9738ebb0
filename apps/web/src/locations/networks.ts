/**
 * The networks that people may come from.
 * - useNetworks(): the rules, and the address one comes from oneself.
 * - useNetworkChange(): any change: `change.mutate(() => client.networks.remove(id))`.
 * - isLockOut(error): whether a change was refused because it would shut out whoever makes it.
 */
import { ApiError } from '@oneforge/client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { keys } from '../api/keys.ts'

const networksKey = ['networks'] as const

export function useNetworks() {
  return useQuery({ queryKey: networksKey, queryFn: client.networks.list })
}

/** Which locations one can switch to depends on their networks. */
export function useNetworkChange() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (send: () => Promise<unknown>) => send(),
    onSuccess: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: networksKey }),
        cache.invalidateQueries({ queryKey: keys.locations() }),
      ]),
  })
}

export function isLockOut(error: unknown): boolean {
  return error instanceof ApiError && error.reasons.some(({ message }) => message === 'LOCKS_OUT')
}
