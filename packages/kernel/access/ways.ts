/** Ways over relations: which may be gone, and what is seen at their end. */
import type { CompiledObject, TenantModel } from '../metadata/index.ts'
import { forRecord } from './differing.ts'
import { type AccessPolicy, fieldAccess, scopeOf } from './policy.ts'
import { free, startsWith } from './relations.ts'

/** Where a way leads, and what is seen there. */
export interface Arrival {
  object: CompiledObject
  /**
   * Whether the field is seen by whoever came this way, or the relation of that name may be followed further; on the
   * record that these voices speak of, else on every one.
   */
  sees(key: string, voices?: string | null): boolean
}

/**
 * Follows relations by their names, none for where one stands; undefined where the member may not go, which must look as
 * if there were no way.
 */
export function followWay(
  policy: AccessPolicy,
  model: TenantModel,
  from: CompiledObject,
  relations: string[],
): Arrival | undefined {
  if (relations.length > policy.depth) return undefined
  let at = from
  let seen: Set<string> | undefined
  for (const [index, key] of relations.entries()) {
    const rest = relations.slice(index)
    const access = policy.objects.get(at.slug)?.relations.get(key) ?? free
    const other = otherSide(policy, model, at, key)
    // One that may not be followed has the depth 0.
    if (!other || rest.length > access.depth || (seen && !seen.has(key))) return undefined
    if (policy.forbiddenPaths.some((path) => startsWith([at.slug, ...rest], path))) return undefined
    seen = access.fields
    at = other
  }
  const arrived = at
  return {
    object: arrived,
    sees(key, voices) {
      const here = forRecord(policy, arrived, voices)
      if (arrived.relation.has(key)) return followWay(here, model, from, [...relations, key]) !== undefined
      return (seen?.has(key) ?? true) && fieldAccess(here, arrived, key) !== 'hidden'
    },
  }
}

/** The object at the other side, if it may be read and the field that holds the relation is not hidden. */
function otherSide(
  policy: AccessPolicy,
  model: TenantModel,
  object: CompiledObject,
  key: string,
): CompiledObject | undefined {
  const relation = object.relation.get(key)
  const other = relation && model.objectById.get(relation.objectId)
  if (!relation || !other || !scopeOf(policy, other, 'read')) return undefined
  const [holder, field] = relation.direction === 'out' ? [object, relation.key] : [other, relation.inverse]
  return fieldAccess(policy, holder, field) === 'hidden' ? undefined : other
}
