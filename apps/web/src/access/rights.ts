/**
 * Roles, rights and teams.
 * - useRoles(), useRole(key), useVocabulary(); useSaveRole, useAddRole, useDeleteRole.
 * - useRolePreview(key, change), useMemberPreview(userId, roles): who would gain and lose what.
 * - useAccessMembers(), useMemberAccess(id), useEffectiveAccess(id), useRecordAccess(object, id, user): what and why.
 * - useSetRoles(id), useAddException(id), useRemoveException(id): changes for one person.
 * - useTeams(), useTeamChange(): teams.
 * After a change everything that depends on rights is asked again.
 */
import type { ExceptionInput, Role, RoleInput, RoleRules, TextInput } from '@oneforge/client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { keys } from '../api/keys.ts'
import { changeSeen } from '../settings/meanwhile.tsx'

export const accessKeys = {
  all: ['access'] as const,
  roles: ['access', 'roles'] as const,
  role: (key: string) => ['access', 'roles', key] as const,
  members: ['access', 'members'] as const,
  member: (id: string) => ['access', 'members', id] as const,
  teams: ['access', 'teams'] as const,
}

/** A change of rights may show in anything: own permissions, lists, the rights of others. */
export function useRightsChange<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn,
    // Also after a refusal, as somebody else may have been faster.
    onSettled: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: accessKeys.all }),
        cache.invalidateQueries({ queryKey: keys.members() }),
        cache.invalidateQueries({ queryKey: keys.workspace() }),
        cache.invalidateQueries({ queryKey: keys.objects(), refetchType: 'none' }),
      ]),
  })
}

export function useVocabulary() {
  return useQuery({
    queryKey: ['access', 'vocabulary'],
    queryFn: client.access.vocabulary,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

export function useRoles(enabled = true) {
  return useQuery({ queryKey: accessKeys.roles, queryFn: client.access.roles, enabled })
}

export function useRole(key: string) {
  return useQuery({ queryKey: accessKeys.role(key), queryFn: () => client.access.role(key) })
}

export type NewRoleInput = RoleInput & { label: TextInput; objects: RoleRules['objects']; copyOf?: string }

export function useAddRole() {
  return useRightsChange((input: NewRoleInput) => client.access.createRole(input))
}

/** Made on the role as it is shown: where another administrator was faster, the person is asked whose is to stand. */
export function useSaveRole(role: Role) {
  return useRightsChange((input: RoleInput) =>
    changeSeen(role, role.version, (_, version) => client.access.updateRole(role.key, input, version)),
  )
}

export function useDeleteRole() {
  const cache = useQueryClient()
  return useRightsChange(async (role: Role) => {
    const { key } = role
    await changeSeen(role, role.version, (_, version) => client.access.removeRole(key, version))
    // It is not asked for again while its page is still being left.
    cache.removeQueries({ queryKey: accessKeys.role(key) })
  })
}

/** Never from memory: it counts records as they are. */
export function useRolePreview(key: string, change: Partial<RoleRules> | { delete: true }, enabled: boolean) {
  return useQuery({
    queryKey: ['access', 'preview', key, change],
    queryFn: () => client.access.previewRole(key, change),
    enabled,
    staleTime: 0,
    gcTime: 0,
  })
}

export interface HeldRole {
  key: string
  locationId: string | null
}

export function useMemberPreview(userId: string, roles: HeldRole[], enabled: boolean) {
  return useQuery({
    queryKey: ['access', 'preview', userId, roles],
    queryFn: () => client.access.previewRoles(userId, roles),
    enabled,
    staleTime: 0,
    gcTime: 0,
  })
}

export function useAccessMembers(enabled = true) {
  return useQuery({ queryKey: accessKeys.members, queryFn: client.access.members, enabled })
}

export function useMemberAccess(userId: string, enabled = true) {
  return useQuery({ queryKey: accessKeys.member(userId), queryFn: () => client.access.member(userId), enabled })
}

export function useEffectiveAccess(userId: string) {
  return useQuery({
    queryKey: [...accessKeys.member(userId), 'effective'],
    queryFn: () => client.access.effective(userId),
  })
}

/** Why somebody may see a record; oneself without `user`. */
export function useRecordAccess(object: string, id: string, user: string | undefined, enabled = true) {
  return useQuery({
    queryKey: ['access', 'record', object, id, user ?? 'me'],
    queryFn: () => client.access.explain(object, id, user),
    enabled,
  })
}

export function useSetRoles(userId: string) {
  return useRightsChange((roles: HeldRole[]) => client.access.setRoles(userId, roles))
}

export function useAddException(userId: string) {
  return useRightsChange((input: ExceptionInput) => client.access.addException(userId, input))
}

export function useRemoveException(userId: string) {
  return useRightsChange((id: string) => client.access.removeException(userId, id))
}

export function useTeams() {
  return useQuery({ queryKey: accessKeys.teams, queryFn: client.access.teams })
}

/** Any change of a team: `change.mutate(() => client.access.createTeam({ name }))`. */
export function useTeamChange() {
  return useRightsChange((send: () => Promise<unknown>) => send())
}
