/**
 * What one member may do, compiled from their roles: additive, deny by default. The record store turns it into SQL for
 * every read and write; nothing else decides.
 */
import { type RawBuilder, type SqlBool, sql } from '../database/index.ts'
import { forbidden, notFound } from '../errors/index.ts'
import {
  type AdminPermission,
  adminPermissions,
  type CompiledObject,
  type ObjectAction,
  type ObjectGrant,
  objectActions,
  type RoleDefinition,
  type Scope,
  type TenantModel,
} from '../metadata/index.ts'

export type FieldAccess = 'hidden' | 'read' | 'write'

export interface ObjectAccess {
  scopes: Partial<Record<ObjectAction, Scope>>
  /** Only fields that differ from what the object grants. */
  fields: Map<string, FieldAccess>
}

export interface AccessPolicy {
  userId: string | null
  roles: { key: string }[]
  admin: Set<AdminPermission>
  objects: Map<string, ObjectAccess>
}

const width: Record<Scope, number> = { own: 1, team: 2, location: 3, all: 4 }
const fieldRank: Record<FieldAccess, number> = { hidden: 0, read: 1, write: 2 }

const wider = (a: Scope | undefined, b: Scope | undefined): Scope | undefined => {
  if (!a || !b) return a ?? b
  return width[a] >= width[b] ? a : b
}

/** The policy of a member with these roles in this tenant. */
export function compilePolicy(model: TenantModel, userId: string | null, roleKeys: string[]): AccessPolicy {
  const roles = roleKeys.map((key) => model.roles.get(key)).filter((role) => role !== undefined)
  const admin = new Set<AdminPermission>()
  for (const role of roles) {
    for (const permission of role.admin ?? []) {
      for (const granted of permission === '*' ? adminPermissions : [permission]) admin.add(granted)
    }
  }
  const objects = new Map<string, ObjectAccess>()
  for (const object of model.objects) {
    const access = combineGrants(roles, object)
    if (access) objects.set(object.slug, access)
  }
  return { userId, roles: roles.map((role) => ({ key: role.key })), admin, objects }
}

/** The system's own policy: every object, every field. For work that no member asked for. */
export function systemPolicy(model: TenantModel): AccessPolicy {
  const scopes = Object.fromEntries(objectActions.map((action) => [action, 'all' as const]))
  return {
    userId: null,
    roles: [],
    admin: new Set(adminPermissions),
    objects: new Map(model.objects.map((object) => [object.slug, { scopes, fields: new Map() }])),
  }
}

function combineGrants(roles: RoleDefinition[], object: CompiledObject): ObjectAccess | undefined {
  const grants = roles
    .map((role) => role.objects[object.slug] ?? role.objects['*'])
    .filter((grant) => grant !== undefined)
  if (grants.length === 0) return undefined
  const scopes: ObjectAccess['scopes'] = {}
  for (const action of objectActions) {
    for (const grant of grants) {
      const scope = wider(scopes[action], grant[action])
      if (scope) scopes[action] = scope
    }
  }
  return { scopes, fields: combineFields(grants, object) }
}

function combineFields(grants: ObjectGrant[], object: CompiledObject): Map<string, FieldAccess> {
  const fields = new Map<string, FieldAccess>()
  const reading = grants.filter((grant) => grant.read)
  for (const field of object.fields) {
    // A role that grants the object and does not name the field grants the field; several roles add up.
    const best = reading
      .map((grant) => grant.fields?.[field.key] ?? 'write')
      .reduce<FieldAccess>((a, b) => (fieldRank[a] >= fieldRank[b] ? a : b), 'hidden')
    if (best !== 'write') fields.set(field.key, best)
  }
  return fields
}

/** How far the action reaches, or undefined where it is not granted. */
export const scopeOf = (policy: AccessPolicy, object: CompiledObject, action: ObjectAction): Scope | undefined =>
  policy.objects.get(object.slug)?.scopes[action]

/** Refuses with 403; with 404 where the caller may not even know of the object. */
export function requireAction(policy: AccessPolicy, object: CompiledObject, action: ObjectAction): Scope {
  const scope = scopeOf(policy, object, action)
  if (scope) return scope
  if (!policy.objects.has(object.slug)) throw notFound(`“${object.slug}”`)
  throw forbidden(
    `Your role does not allow you to ${action} ${object.labelPlural.en.toLowerCase()}. Ask an administrator for it.`,
  )
}

export function requireAdmin(policy: AccessPolicy, permission: AdminPermission): void {
  if (!policy.admin.has(permission)) {
    throw forbidden(`This needs the administrative permission “${permission}”. Ask an administrator for it.`)
  }
}

export function fieldAccess(policy: AccessPolicy, object: CompiledObject, key: string): FieldAccess {
  return policy.objects.get(object.slug)?.fields.get(key) ?? 'write'
}

/**
 * The condition under which the caller may act on a row of `records` (under this alias); undefined where all rows
 * qualify. Teams and locations narrow to one's own records as long as a member belongs to none.
 */
export function rowCondition(policy: AccessPolicy, scope: Scope, alias: string): RawBuilder<SqlBool> | undefined {
  if (scope === 'all') return undefined
  return sql<SqlBool>`${sql.ref(`${alias}.owner_id`)} = ${policy.userId}`
}

/** Whether a row with this owner lies in the scope: the same rule as `rowCondition`, for a row already at hand. */
export function inScope(policy: AccessPolicy, scope: Scope, row: { owner_id: string | null }): boolean {
  return scope === 'all' || (row.owner_id !== null && row.owner_id === policy.userId)
}

/** For filters over relations: which fields and rows of another object the caller may use. */
export function filterAccess(policy: AccessPolicy): {
  field(object: CompiledObject, key: string): boolean
  rows(object: CompiledObject, alias: string): RawBuilder<SqlBool> | 'none' | undefined
} {
  return {
    field: (object, key) => fieldAccess(policy, object, key) !== 'hidden',
    rows: (object, alias) => {
      const scope = scopeOf(policy, object, 'read')
      return scope ? rowCondition(policy, scope, alias) : 'none'
    },
  }
}
