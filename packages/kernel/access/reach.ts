/** Which records an action reaches: the union of what roles grant, minus what was denied. One truth, in SQL. */
import { type RawBuilder, type SqlBool, sql } from '../database/index.ts'
import { type Filter, filterToSql, parseFilter } from '../expressions/index.ts'
import type { ActionGrant, CompiledObject, ObjectAction, Scope, TenantModel } from '../metadata/index.ts'
import { denialsOf, type GivenRole, type MemberRights, type RightSource } from './rights.ts'

/** Records that one role or exception speaks of. */
export interface RowGrant {
  scope: Scope
  /** As it was written, for those who explain. */
  filter?: unknown
  condition?: Filter
  /** Of these locations only; null: of all. */
  locations: string[] | null
  source: RightSource
}

export interface Reach {
  granted: RowGrant[]
  denied: RowGrant[]
  /** Whether records of the object belong to locations. */
  located: boolean
}

/** Whose eyes a condition is made for. */
export interface Seer {
  userId: string | null
  colleagues: string[]
  locations: string[]
  timeZone: string
}

/** What roles and exceptions say of an action, also where nothing of it is left. */
export function explainReach(
  model: TenantModel,
  object: CompiledObject,
  action: ObjectAction,
  roles: GivenRole[],
  rights: MemberRights,
): Reach {
  const granted = roles.flatMap((role) => {
    const grant = (role.objects[object.slug] ?? role.objects['*'])?.[action]
    return grant ? rowGrant(model, object, grant, role.source) : []
  })
  const denied = denialsOf(rights, 'action', object.slug)
    .filter(({ rule }) => rule.action === action)
    .map(({ rule, source }) => rowDenial(model, object, rule, source))
  return { granted, denied, located: object.located ?? false }
}

/** How far the action reaches with these roles; undefined where it is not granted at all. */
export function reachOf(
  model: TenantModel,
  object: CompiledObject,
  action: ObjectAction,
  roles: GivenRole[],
  rights: MemberRights,
): Reach | undefined {
  const reach = explainReach(model, object, action, roles, rights)
  return reach.granted.length === 0 || reach.denied.some(isUnlimited) ? undefined : reach
}

const scopeAndFilter = (grant: ActionGrant): { scope: Scope; filter?: unknown } =>
  typeof grant === 'string' ? { scope: grant } : grant

export const locationsOfSource = (source: RightSource): string[] | null =>
  source.kind === 'role' ? source.locations : null

/** A filter that can no longer be read, because a field of it has gone, lets nobody through. */
export function rowGrant(
  model: TenantModel,
  object: CompiledObject,
  grant: ActionGrant,
  source: RightSource,
): RowGrant[] {
  const { scope, filter } = scopeAndFilter(grant)
  const locations = locationsOfSource(source)
  if (filter === undefined || filter === null) return [{ scope, locations, source }]
  const parsed = parseFilter(filter, object, model)
  return 'problems' in parsed ? [] : [{ scope, filter, condition: parsed.filter, locations, source }]
}

/** A denial whose filter can no longer be read denies all of its scope. */
function rowDenial(model: TenantModel, object: CompiledObject, grant: ActionGrant, source: RightSource): RowGrant {
  const { scope, filter } = scopeAndFilter(grant)
  return rowGrant(model, object, grant, source)[0] ?? { scope, filter, locations: null, source }
}

const isUnlimited = (grant: RowGrant): boolean =>
  grant.scope === 'all' && grant.condition === undefined && grant.locations === null

/** Whether the one certainly speaks of all records that the other speaks of. */
export function coversGrant(outer: RowGrant, inner: RowGrant): boolean {
  const scope = outer.scope === 'all' || outer.scope === inner.scope || inner.scope === 'own'
  const places = outer.locations === null || (inner.locations?.every((id) => outer.locations!.includes(id)) ?? false)
  const filter = outer.condition === undefined || JSON.stringify(outer.filter) === JSON.stringify(inner.filter)
  return scope && places && filter
}

/** Whether every record of the object is reached. */
export const isWhole = (reach: Reach): boolean => reach.denied.length === 0 && reach.granted.some(isUnlimited)

/** The condition for rows of `records` under this alias; undefined where all qualify. Null counts as false. */
export function reachCondition(seer: Seer, reach: Reach, alias: string): RawBuilder<SqlBool> | undefined {
  const whole = reach.granted.some(isUnlimited)
  const granted = whole ? undefined : anyGrant(seer, reach, withoutCovered(reach.granted), alias)
  if (reach.denied.length === 0) return granted
  const allowed = sql<SqlBool>`(${anyGrant(seer, reach, reach.denied, alias)}) is not true`
  return granted ? sql<SqlBool>`(${granted} and ${allowed})` : allowed
}

/** Each scope but one's own includes one's own, so that beside another plain scope it adds nothing. */
function withoutCovered(grants: RowGrant[]): RowGrant[] {
  const isPlain = (grant: RowGrant) => grant.condition === undefined && grant.locations === null
  const plainScopes = [...new Set(grants.filter(isPlain).map((grant) => grant.scope))]
  const kept = plainScopes.length > 1 ? plainScopes.filter((scope) => scope !== 'own') : plainScopes
  const plain = kept.map((scope) => grants.find((grant) => isPlain(grant) && grant.scope === scope)!)
  return [...plain, ...grants.filter((grant) => !isPlain(grant))]
}

/** Owners and locations that the reach speaks of: what is left of it without filters and denials. */
export const placesOf = ({ granted, located }: Reach): Reach => ({
  granted: granted.map(({ scope, locations, source }) => ({ scope, locations, source })),
  denied: [],
  located,
})

/** Names of the attributes, fields and relations of a record that decide whether it is reached, but for its owner. */
export function decidedBy({ granted, denied }: Reach): Set<string> {
  const grants = [...granted, ...denied]
  const isPlace = (grant: RowGrant) => grant.scope === 'location' || grant.locations !== null
  return new Set([
    ...(grants.some(isPlace) ? ['locationId'] : []),
    ...grants.flatMap(({ condition }) => (condition ? namesIn(condition) : [])),
  ])
}

function namesIn(filter: Filter): string[] {
  if ('and' in filter) return filter.and.flatMap(namesIn)
  if ('or' in filter) return filter.or.flatMap(namesIn)
  if ('not' in filter) return namesIn(filter.not)
  const { path, target } = filter
  if (path[0]) return [path[0].relation.key]
  return [target.kind === 'value' ? target.key : target.hop.relation.key]
}

function anyGrant(seer: Seer, reach: Reach, grants: RowGrant[], alias: string): RawBuilder<SqlBool> {
  const conditions = grants.map((grant) => grantCondition(seer, reach, grant, alias))
  return conditions.length === 1 ? conditions[0]! : sql<SqlBool>`(${sql.join(conditions, sql` or `)})`
}

/** The records that one grant speaks of. */
export function grantCondition(
  seer: Seer,
  { located }: Pick<Reach, 'located'>,
  grant: RowGrant,
  alias: string,
): RawBuilder<SqlBool> {
  const parts = [scopeCondition(seer, grant.scope, alias)]
  if (grant.locations) parts.push(locationCondition(grant.locations, located, alias))
  if (grant.condition) parts.push(filterToSql(grant.condition, filterContext(seer, alias)))
  const needed = parts.filter((part) => part !== undefined)
  if (needed.length === 0) return sql<SqlBool>`true`
  return needed.length === 1 ? needed[0]! : sql<SqlBool>`(${sql.join(needed, sql` and `)})`
}

const filterContext = ({ userId, timeZone }: Seer, alias: string) => ({
  alias,
  me: userId ?? '',
  now: new Date(),
  timeZone,
})

function scopeCondition(seer: Seer, scope: Scope, alias: string): RawBuilder<SqlBool> | undefined {
  if (scope === 'all') return undefined
  const own = ownedBy(scope === 'team' ? seer.colleagues : [], seer, alias)
  if (scope !== 'location' || seer.locations.length === 0) return own
  return sql<SqlBool>`(${isOneOf(`${alias}.location_id`, seer.locations)} or ${own})`
}

function ownedBy(colleagues: string[], { userId }: Seer, alias: string): RawBuilder<SqlBool> {
  const owners = [...new Set([...colleagues, ...(userId ? [userId] : [])])]
  return owners.length === 0 ? sql<SqlBool>`false` : isOneOf(`${alias}.owner_id`, owners)
}

/** A record without a location is everybody's, unless records of its object are meant to have one. */
export function locationCondition(locations: string[], located: boolean, alias: string): RawBuilder<SqlBool> {
  const inside = isOneOf(`${alias}.location_id`, locations)
  return located ? inside : sql<SqlBool>`(${inside} or ${sql.ref(`${alias}.location_id`)} is null)`
}

/** One comparison that an index serves. A single id is compared plainly: the planner then walks in the list's order. */
function isOneOf(column: string, ids: string[]): RawBuilder<SqlBool> {
  if (ids.length === 1) return sql<SqlBool>`${sql.ref(column)} = ${ids[0]}`
  return sql<SqlBool>`${sql.ref(column)} = any(${ids}::uuid[])`
}
