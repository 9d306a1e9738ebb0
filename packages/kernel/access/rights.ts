/** What a member has been given, before it is compiled: roles, and what was granted or denied to this person alone. */
import type {
  AdminPermission,
  FieldAccess,
  ObjectAction,
  ObjectGrant,
  RoleDefinition,
  Scope,
  TenantModel,
} from '../metadata/index.ts'

export interface RoleHeld {
  key: string
  /** The location that the role is held at; null: everywhere. */
  locationId: string | null
}

/** One thing that a person may or may not do beside their roles. */
export type ExceptionRule =
  | { kind: 'action'; object: string; action: ObjectAction; scope: Scope; filter?: unknown }
  /** Granted: at least this; denied: at most this. */
  | { kind: 'field'; object: string; field: string; access: FieldAccess }
  | { kind: 'relation'; object: string; relation: string }
  | { kind: 'admin'; permission: AdminPermission }

export interface MemberException {
  id: string
  effect: 'grant' | 'deny'
  rule: ExceptionRule
}

export interface MemberRights {
  /** Null for the system. */
  userId: string | null
  roles: RoleHeld[]
  exceptions: MemberException[]
  /** Who belongs to a team of this member or to a team below one. */
  colleagues: string[]
}

/** Where a right comes from. */
export type RightSource =
  | { kind: 'role'; key: string; locations: string[] | null }
  | { kind: 'exception'; id: string }
  /** A computed field is hidden as this source of it is, which a name such as `companies.discount` tells. */
  | { kind: 'computed'; of: string }
  | { kind: 'system' }

/** A role as it is held, or a single grant in the shape of one. */
export interface GivenRole extends Pick<RoleDefinition, 'objects' | 'admin' | 'depth' | 'forbiddenPaths'> {
  source: RightSource
}

/** The locations that a member works at: those where they hold a role. */
export const locationsOf = ({ roles }: MemberRights): string[] => [
  ...new Set(roles.map((role) => role.locationId).filter((id) => id !== null)),
]

/** The member's roles, and their single grants in the shape of roles. A role of another release of metadata is none. */
export function givenRoles(model: TenantModel, rights: MemberRights): GivenRole[] {
  const byKey = Map.groupBy(rights.roles, (role) => role.key)
  const held = [...byKey].flatMap(([key, holdings]) => {
    const role = model.roles.get(key)
    const everywhere = holdings.some((holding) => holding.locationId === null)
    const locations = everywhere ? null : holdings.map((holding) => holding.locationId!)
    return role ? [{ ...role, source: { kind: 'role', key, locations } as const }] : []
  })
  const granted = rights.exceptions.filter((exception) => exception.effect === 'grant')
  return [...held, ...granted.map(asRole)]
}

function asRole({ id, rule }: MemberException): GivenRole {
  const source = { kind: 'exception', id } as const
  if (rule.kind === 'admin') return { source, objects: {}, admin: [rule.permission] }
  return { source, objects: { [rule.object]: grantOf(rule) } }
}

function grantOf(rule: Exclude<ExceptionRule, { kind: 'admin' }>): ObjectGrant {
  if (rule.kind === 'field') return { fields: { [rule.field]: rule.access } }
  if (rule.kind === 'relation') return { relations: { [rule.relation]: { follow: true } } }
  return { [rule.action]: { scope: rule.scope, filter: rule.filter } }
}

/** The denials of one kind that concern the object. */
export function denialsOf<K extends 'action' | 'field' | 'relation'>(
  rights: MemberRights,
  kind: K,
  slug: string,
): { source: RightSource; rule: Extract<ExceptionRule, { kind: K }> }[] {
  return rights.exceptions.flatMap(({ id, effect, rule }) => {
    if (effect !== 'deny' || rule.kind === 'admin' || rule.kind !== kind || rule.object !== slug) return []
    return [{ source: { kind: 'exception', id } as const, rule: rule as Extract<ExceptionRule, { kind: K }> }]
  })
}
