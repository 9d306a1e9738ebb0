/**
 * The workspace's safety, for those who administer its settings.
 * - useApiKeys(); useCreateApiKey, useUpdateApiKey(id), useRevokeApiKey; useOperationNames().
 * - useSecuritySettings(), useUpdateSecuritySettings().
 * - useDomain(), useDomainChange().
 * - useOutbox(query), useRetryMessage(scope).
 */
import type { ApiKeyChange, MessageScope, MessageState } from '@oneforge/client'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { meKey } from '../people/people.ts'

const apiKeysKey = ['api-keys'] as const
const settingsKey = ['security'] as const
const domainKey = ['domain'] as const
const outboxKey = ['outbox'] as const

export function useApiKeys() {
  return useQuery({ queryKey: apiKeysKey, queryFn: client.security.apiKeys })
}

function useKeyChange<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const cache = useQueryClient()
  // Nothing that a mutation answered outlives its dialog: a new key is in there.
  return useMutation({ mutationFn, gcTime: 0, onSuccess: () => cache.invalidateQueries({ queryKey: apiKeysKey }) })
}

export function useCreateApiKey() {
  return useKeyChange(client.security.createApiKey)
}

export function useUpdateApiKey(id: string) {
  return useKeyChange((change: ApiKeyChange) => client.security.updateApiKey(id, change))
}

export function useRevokeApiKey() {
  return useKeyChange(client.security.revokeApiKey)
}

export function useOperationNames(enabled: boolean) {
  return useQuery({
    queryKey: ['operations'],
    queryFn: client.security.operations,
    enabled,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

export function useSecuritySettings(enabled = true) {
  return useQuery({ queryKey: settingsKey, queryFn: client.security.settings, enabled })
}

export function useUpdateSecuritySettings() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: client.security.updateSettings,
    onSuccess: (settings) => {
      cache.setQueryData(settingsKey, settings)
      void cache.invalidateQueries({ queryKey: meKey })
    },
  })
}

export function useDomain() {
  return useQuery({ queryKey: domainKey, queryFn: client.security.domain })
}

/** Any change of the domain: `change.mutate(() => client.security.verifyDomain())`. */
export function useDomainChange() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (send: () => Promise<unknown>) => send(),
    onSuccess: () => cache.invalidateQueries({ queryKey: domainKey }),
  })
}

export function useOutbox(query: { scope: MessageScope; state: MessageState | undefined; page: number }) {
  return useQuery({
    queryKey: [...outboxKey, query],
    queryFn: () => client.security.outbox(query),
    placeholderData: keepPreviousData,
    staleTime: 0,
  })
}

export function useRetryMessage(scope: MessageScope) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => client.security.retryMessage(id, scope),
    onSuccess: () => cache.invalidateQueries({ queryKey: outboxKey }),
  })
}
