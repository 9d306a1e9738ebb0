/**
 * What one member may do, compiled from their roles and exceptions: roles add up, a denial beats them, and what nobody
 * grants is denied. The record store turns it into SQL for every read and write; nothing else decides.
 */
import { type RawBuilder, type SqlBool, sql } from '../database/index.ts'
import { because, forbidden, notFound } from '../errors/index.ts'
import {
  type AdminPermission,
  adminPermissions,
  type CompiledObject,
  type FieldAccess,
  maxDepth,
  type ObjectAction,
  objectActions,
  type Scope,
  scopes,
  type TenantModel,
} from '../metadata/index.ts'
import { combineFields, type DifferingFields, fieldVoices, type LimitedFields } from './fields.ts'
import { isWhole, type Reach, reachCondition, reachOf, type Seer } from './reach.ts'
import { combineRelations, forbiddenPaths, greatestDepth, type RelationAccess } from './relations.ts'
import { type GivenRole, givenRoles, locationsOf, type MemberRights } from './rights.ts'

export interface ObjectAccess {
  reach: Partial<Record<ObjectAction, Reach>>
  /** On every record of the object; see `atBest` and `forRecord` for what some records show beyond it. */
  fields: LimitedFields
  /** Where not all records are alike. */
  differing?: DifferingFields
  /** Only relations that are limited. */
  relations: Map<string, RelationAccess>
}

export interface AccessPolicy extends Seer {
  /** What it was compiled from. */
  rights: MemberRights
  roles: { key: string }[]
  admin: Set<AdminPermission>
  /** By slug; an object that is not here does not exist for the member. */
  objects: Map<string, ObjectAccess>
  /** How many relations may be followed one after the other. */
  depth: number
  /** Each an object's slug and the names of relations. */
  forbiddenPaths: string[][]
}

/** What roles and exceptions give; `compilePolicy` also sees to what computed fields would tell beyond it. */
export function compileRights(model: TenantModel, rights: MemberRights): AccessPolicy {
  const roles = givenRoles(model, rights)
  const objects = new Map<string, ObjectAccess>()
  for (const object of model.objects) {
    const access = objectAccess(model, object, roles, rights)
    if (access) objects.set(object.slug, access)
  }
  return {
    rights,
    userId: rights.userId,
    colleagues: rights.colleagues,
    locations: locationsOf(rights),
    timeZone: model.timeZone,
    roles: roles.flatMap(({ source }) => (source.kind === 'role' ? [{ key: source.key }] : [])),
    admin: adminOf(roles, rights),
    objects,
    depth: greatestDepth(roles),
    forbiddenPaths: forbiddenPaths(roles),
  }
}

/** The system's own policy: every object, every field. For work that no member asked for. */
export function systemPolicy(model: TenantModel): AccessPolicy {
  const everything: Reach = {
    granted: [{ scope: 'all', locations: null, source: { kind: 'system' } }],
    denied: [],
    located: false,
  }
  const reach = Object.fromEntries(objectActions.map((action) => [action, everything]))
  return {
    rights: { userId: null, roles: [], exceptions: [], colleagues: [] },
    userId: null,
    colleagues: [],
    locations: [],
    timeZone: model.timeZone,
    roles: [],
    admin: new Set(adminPermissions),
    objects: new Map(model.objects.map((object) => [object.slug, { reach, fields: new Map(), relations: new Map() }])),
    depth: maxDepth,
    forbiddenPaths: [],
  }
}

/** Administrative permissions, exceptions of the person included. */
export function adminOf(roles: GivenRole[], rights: MemberRights): Set<AdminPermission> {
  const admin = new Set(
    roles.flatMap((role) => role.admin ?? []).flatMap((given) => (given === '*' ? adminPermissions : [given])),
  )
  for (const { effect, rule } of rights.exceptions) {
    if (effect === 'deny' && rule.kind === 'admin') admin.delete(rule.permission)
  }
  return admin
}

/** What is done to a record that cannot be seen: nothing. */
const needRead = new Set<ObjectAction>(['update', 'delete', 'export', 'assign'])

function objectAccess(
  model: TenantModel,
  object: CompiledObject,
  roles: GivenRole[],
  rights: MemberRights,
): ObjectAccess | undefined {
  const reach: ObjectAccess['reach'] = {}
  const read = reachOf(model, object, 'read', roles, rights)
  for (const action of objectActions) {
    const reached = action === 'read' ? read : reachOf(model, object, action, roles, rights)
    if (reached && (read || !needRead.has(action))) reach[action] = reached
  }
  if (Object.keys(reach).length === 0) return undefined
  const fields = combineFields(object, fieldVoices(model, object, roles), rights)
  return { reach, ...fields, relations: combineRelations(object, roles, rights) }
}

/** How far the action reaches, or undefined where it is not granted. */
export const scopeOf = (policy: AccessPolicy, object: CompiledObject, action: ObjectAction): Reach | undefined =>
  policy.objects.get(object.slug)?.reach[action]

/** The widest scope of the action, for those who show rights at a glance; filters and denials may narrow it. */
export function widestScope(policy: AccessPolicy, object: CompiledObject, action: ObjectAction): Scope | undefined {
  const granted = scopeOf(policy, object, action)?.granted ?? []
  return scopes.findLast((scope) => granted.some((grant) => grant.scope === scope))
}

/** Whether every record of the object is seen, so that their number may be told without counting them. */
export function seesAll(policy: AccessPolicy, object: CompiledObject): boolean {
  const reach = scopeOf(policy, object, 'read')
  return reach !== undefined && isWhole(reach)
}

/** Refuses with 403; with 404 where the caller may not even know of the object. */
export function requireAction(policy: AccessPolicy, object: CompiledObject, action: ObjectAction): Reach {
  const reach = scopeOf(policy, object, action)
  if (reach) return reach
  if (!policy.objects.has(object.slug)) throw notFound(`“${object.slug}”`)
  throw forbidden(
    `Your role does not allow you to ${action} ${object.labelPlural.en.toLowerCase()}. Ask an administrator for it.`,
    because('ACTION_NOT_ALLOWED', action),
  )
}

export function requireAdmin(policy: AccessPolicy, permission: AdminPermission): void {
  if (!policy.admin.has(permission)) {
    throw forbidden(
      `This needs the administrative permission “${permission}”. Ask an administrator for it.`,
      because('PERMISSION_NEEDED', permission),
    )
  }
}

/** What holds for the field on every record: read what `differing.ts` says before deciding over a single one. */
export function fieldAccess(policy: AccessPolicy, object: CompiledObject, key: string): FieldAccess {
  const access = policy.objects.get(object.slug)
  return access ? (access.fields.get(key) ?? 'write') : 'hidden'
}

/**
 * The condition under which the caller may act on a row of `records` (under this alias); undefined where all rows
 * qualify. It may be null where it is not true.
 */
export const rowCondition = (policy: AccessPolicy, reach: Reach, alias: string): RawBuilder<SqlBool> | undefined =>
  reachCondition(policy, reach, alias)

/** Whether the action may be done to a row, as an expression of a select list. */
export function mayExpression(
  policy: AccessPolicy,
  object: CompiledObject,
  action: ObjectAction,
  alias: string,
): RawBuilder<SqlBool> {
  const reach = scopeOf(policy, object, action)
  if (!reach) return sql<SqlBool>`false`
  const condition = rowCondition(policy, reach, alias)
  return condition ? sql<SqlBool>`coalesce(${condition}, false)` : sql<SqlBool>`true`
}
