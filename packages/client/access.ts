import type {
  AccessException,
  AccessPreview,
  AccessVocabulary,
  EffectiveAccess,
  ExceptionInput,
  MemberAccess,
  MemberAccessDetail,
  RecordAccess,
  Role,
  RoleInput,
  RoleRules,
  Team,
  ViewedPerson,
} from './access-types.ts'
import type { Http } from './http.ts'
import { ifMatch } from './if-match.ts'
import type { Dependents, TextInput } from './types.ts'

type RolesHeld = { key: string; locationId?: string | null }[]

/** Roles, what each person may do and why, teams. */
export function accessMethods({ request }: Http) {
  return {
    vocabulary: () => request<AccessVocabulary>('GET', '/access/vocabulary'),

    roles: () => request<Role[]>('GET', '/access/roles'),
    role: (key: string) => request<Role>('GET', `/access/roles/${key}`),
    /** `copyOf` takes over from another role what is not given. */
    createRole: (input: RoleInput & { label: TextInput; objects: RoleRules['objects']; copyOf?: string }) =>
      request<Role>('POST', '/access/roles', { body: input }),
    /** With the version that the change is made on, it is refused with CONFLICT where somebody else was faster. */
    updateRole: (key: string, input: RoleInput & { position?: number }, version?: number) =>
      request<Role>('PATCH', `/access/roles/${key}`, { body: input, headers: ifMatch(version) }),
    /** Who holds the role, and what names it. */
    roleDependents: (key: string) => request<Dependents>('GET', `/access/roles/${key}/dependents`),
    /** Refused with CONFLICT while members hold it. */
    removeRole: (key: string, version?: number) =>
      request<void>('DELETE', `/access/roles/${key}`, { headers: ifMatch(version) }),
    previewRole: (key: string, change: Partial<RoleRules> | { delete: true }) =>
      request<AccessPreview>('POST', `/access/roles/${key}/preview`, { body: change }),

    /** Whom to ask: people who can give the permission, or anything without one. */
    administrators: (permission?: string) =>
      request<{ userId: string; name: string; email: string }[]>('GET', '/access/administrators', {
        query: { permission },
      }),
    members: () => request<MemberAccess[]>('GET', '/access/members'),
    member: (userId: string) => request<MemberAccessDetail>('GET', `/access/members/${userId}`),
    effective: (userId: string) => request<EffectiveAccess>('GET', `/access/members/${userId}/effective`),
    /** Replaces what the person held. */
    setRoles: (userId: string, roles: RolesHeld) =>
      request<MemberAccessDetail>('PUT', `/access/members/${userId}/roles`, { body: { roles } }),
    previewRoles: (userId: string, roles: RolesHeld) =>
      request<AccessPreview>('POST', `/access/members/${userId}/preview`, { body: { roles } }),
    addException: (userId: string, input: ExceptionInput) =>
      request<AccessException>('POST', `/access/members/${userId}/exceptions`, { body: input }),
    removeException: (userId: string, id: string) =>
      request<void>('DELETE', `/access/members/${userId}/exceptions/${id}`),

    /** Why somebody, oneself without `user`, may see and change a record. */
    explain: (object: string, id: string, user?: string) =>
      request<RecordAccess>('GET', `/${object}/${id}/access`, { query: { user } }),

    teams: () => request<Team[]>('GET', '/access/teams'),
    createTeam: (input: { name: string; parentId?: string | null }) =>
      request<Team>('POST', '/access/teams', { body: input }),
    updateTeam: (id: string, input: { name?: string; parentId?: string | null }) =>
      request<Team>('PATCH', `/access/teams/${id}`, { body: input }),
    removeTeam: (id: string) => request<void>('DELETE', `/access/teams/${id}`),
    setTeamMembers: (id: string, userIds: string[]) =>
      request<Team>('PUT', `/access/teams/${id}/members`, { body: { userIds } }),

    /** Notes that one begins to look as somebody else; the client's `viewAs` then names them with every request. */
    beginViewAs: (userId: string) => request<ViewedPerson>('POST', '/access/view-as', { body: { userId } }),
    endViewAs: () => request<void>('DELETE', '/access/view-as'),
  }
}
