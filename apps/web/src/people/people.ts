/**
 * Letting people in and shutting them out.
 * - useInvitations(enabled); useInvite, useResendInvitation, useRevokeInvitation.
 * - useDeactivate, useReactivate: afterwards lists of members follow.
 * - useOwnWorkspaces(), useSwitchWorkspace(), useLeaveWorkspace(): belonging to several.
 * - useMe(): the own account as the server knows it.
 */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRightsChange } from '../access/rights.ts'
import { client } from '../api/client.ts'
import { tellOtherTabs } from '../api/otherTabs.ts'
import { paths } from '../paths.ts'
import { showError } from '../ui/toast.tsx'

const invitationsKey = ['invitations'] as const
const ownWorkspacesKey = ['own-workspaces'] as const
export const meKey = ['me'] as const

export function useMe() {
  return useQuery({ queryKey: meKey, queryFn: client.identity.me, staleTime: 5 * 60_000 })
}

export function useInvitations(enabled = true) {
  return useQuery({ queryKey: invitationsKey, queryFn: client.people.invitations, enabled })
}

function useInvitationChange<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const cache = useQueryClient()
  return useMutation({ mutationFn, onSuccess: () => cache.invalidateQueries({ queryKey: invitationsKey }) })
}

export function useInvite() {
  return useInvitationChange(client.people.invite)
}

export function useResendInvitation() {
  return useInvitationChange(client.people.resendInvitation)
}

export function useRevokeInvitation() {
  return useInvitationChange(client.people.revokeInvitation)
}

export function useDeactivate() {
  return useRightsChange(client.people.deactivate)
}

export function useReactivate() {
  return useRightsChange(client.people.reactivate)
}

export function useOwnWorkspaces() {
  return useQuery({ queryKey: ownWorkspacesKey, queryFn: client.account.workspaces, staleTime: 60_000 })
}

/**
 * Everything known belongs to the workspace one comes from, so the page is loaded anew. What follows stands here rather
 * than at the menu, which is gone by the time the answer comes.
 */
export function useSwitchWorkspace() {
  return useMutation({
    mutationFn: client.account.switchWorkspace,
    onSuccess: (signedIn) => {
      tellOtherTabs(signedIn)
      window.location.assign(paths.home())
    },
    onError: showError,
  })
}

export function useLeaveWorkspace() {
  return useMutation({
    mutationFn: client.account.leaveWorkspace,
    onSuccess: () => {
      tellOtherTabs(null)
      window.location.assign(paths.signIn())
    },
    onError: showError,
  })
}
