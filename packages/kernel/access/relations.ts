/** Which relations the roles of a member let them follow, and how far. */
import { type CompiledObject, maxDepth, type RelationRule } from '../metadata/index.ts'
import { denialsOf, type GivenRole, type MemberRights } from './rights.ts'

export interface RelationAccess {
  follow: boolean
  depth: number
  /** Fields and relations seen at the other side; undefined: all that the policy shows there. */
  fields: Set<string> | undefined
}

/** A relation that no role says anything about. */
export const free: RelationAccess = { follow: true, depth: maxDepth, fields: undefined }

/** The relations of the object that are limited. Roles add up: the farthest way and all fields that any of them shows. */
export function combineRelations(
  object: CompiledObject,
  roles: GivenRole[],
  rights: MemberRights,
): Map<string, RelationAccess> {
  const limited = new Map<string, RelationAccess>()
  for (const { key } of object.relations) {
    const access = explainRelation(object, key, roles, rights)
    if (!access.follow || access.depth < maxDepth || access.fields) limited.set(key, access)
  }
  return limited
}

/** What the roles allow over one relation. */
export function explainRelation(
  object: CompiledObject,
  key: string,
  roles: GivenRole[],
  rights: MemberRights,
): RelationAccess {
  const denied = denialsOf(rights, 'relation', object.slug).some(({ rule }) => rule.relation === key)
  const following = rulesOf(object, key, roles).filter((rule) => rule.follow !== false)
  if (denied || following.length === 0) return { follow: false, depth: 0, fields: new Set() }
  const depth = Math.max(...following.map((rule) => rule.depth ?? free.depth))
  const shownAll = following.some((rule) => rule.fields === undefined)
  return {
    follow: true,
    depth,
    fields: shownAll ? undefined : new Set(following.flatMap((rule) => rule.fields ?? [])),
  }
}

/**
 * What is said of a relation by those who have a say in it: roles that read the object, without a limit where they do
 * not name it, and whoever names it. A person who reads the object by a single grant only is told what that shows.
 */
function rulesOf(object: CompiledObject, key: string, roles: GivenRole[]): RelationRule[] {
  const grants = roles.flatMap(({ source, objects }) => {
    const grant = objects[object.slug] ?? objects['*']
    return grant ? [{ source, grant }] : []
  })
  const readByRole = grants.some(({ source, grant }) => grant.read && source.kind === 'role')
  return grants.flatMap(({ source, grant }) => {
    const named = grant.relations?.[key]
    if (named !== undefined) return [named]
    return grant.read && (source.kind === 'role' || !readByRole) ? [{}] : []
  })
}

/** The farthest that any role lets its holder go. */
export function greatestDepth(roles: GivenRole[]): number {
  const held = roles.filter(({ source }) => source.kind === 'role')
  if (held.length === 0) return maxDepth
  return Math.max(...held.map((role) => role.depth ?? maxDepth))
}

/** Paths that every role which reads the object at their beginning forbids. */
export function forbiddenPaths(roles: GivenRole[]): string[][] {
  const paths = new Set(roles.flatMap((role) => role.forbiddenPaths ?? []))
  return [...paths].map((path) => path.split('.')).filter((path) => isForbiddenByAll(path, roles))
}

function isForbiddenByAll(path: string[], roles: GivenRole[]): boolean {
  const start = path[0]!
  const readers = roles.filter(
    ({ source, objects }) => source.kind === 'role' && (objects[start] ?? objects['*'])?.read !== undefined,
  )
  return readers.every((role) =>
    (role.forbiddenPaths ?? []).some((forbidden) => startsWith(path, forbidden.split('.'))),
  )
}

export const startsWith = (path: string[], beginning: string[]): boolean =>
  beginning.length <= path.length && beginning.every((part, index) => part === path[index])
