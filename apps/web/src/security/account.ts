/**
 * The own account's safety.
 * - useSecondFactor(); useEnrolment(), useRemoveSecondFactor, useRenewBackupCodes.
 * - useSessions(); useEndSession, useEndOtherSessions.
 */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { meKey } from '../people/people.ts'

export const accountKeys = { secondFactor: ['second-factor'] as const, sessions: ['sessions'] as const }

export function useSecondFactor() {
  return useQuery({ queryKey: accountKeys.secondFactor, queryFn: client.account.secondFactor })
}

/**
 * The secret to scan. Each request makes another one and voids the one before, so it is asked for once however often
 * the steps are drawn, and forgotten with them.
 */
export function useEnrolment() {
  return useQuery({
    queryKey: ['second-factor-enrolment'],
    queryFn: client.account.enrolSecondFactor,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnReconnect: false,
  })
}

export function useRemoveSecondFactor() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: client.account.removeSecondFactor,
    onSuccess: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: accountKeys.secondFactor }),
        cache.invalidateQueries({ queryKey: meKey }),
      ]),
  })
}

export function useRenewBackupCodes() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: client.account.renewBackupCodes,
    onSuccess: () => cache.invalidateQueries({ queryKey: accountKeys.secondFactor }),
  })
}

export function useSessions() {
  return useQuery({ queryKey: accountKeys.sessions, queryFn: client.account.sessions, staleTime: 0 })
}

function useSessionChange<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const cache = useQueryClient()
  return useMutation({ mutationFn, onSuccess: () => cache.invalidateQueries({ queryKey: accountKeys.sessions }) })
}

export function useEndSession() {
  return useSessionChange(client.account.endSession)
}

export function useEndOtherSessions() {
  return useSessionChange(() => client.account.endOtherSessions())
}
