/** Ways over relations: which may be gone, and what is seen at their end. */
import { type CompiledObject, readStep, stepTo, type TenantModel } from '../metadata/index.ts'
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
 * Follows relations step by step (`company`, `about.patients`), none for where one stands; undefined where the member may
 * not go, which must look as if there were no way. Where a step leaves open which of several objects it leads to, it
 * leads to the first that is open.
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
  for (const [index, step] of relations.entries()) {
    const found = readStep(at, step)
    if (found && found.objects.length > 1) {
      const steps = found.objects.map(({ slug }) => relations.with(index, stepTo(found.relation, slug)))
      return steps.map((each) => followWay(policy, model, from, each)).find((arrival) => arrival !== undefined)
    }
    const rest = relations.slice(index)
    const [key = ''] = step.split('.')
    const access = policy.objects.get(at.slug)?.relations.get(key) ?? free
    const other = otherSide(policy, model, at, step)
    // One that may not be followed has the depth 0.
    if (!other || rest.length > access.depth || (seen && !seen.has(key))) return undefined
    if (isForbidden(policy, at, rest)) return undefined
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

/** A forbidden path may name the one of several objects that it means, or leave it out and mean them all. */
function isForbidden({ forbiddenPaths }: AccessPolicy, at: CompiledObject, steps: string[]): boolean {
  const ways = [steps.flatMap((step) => step.split('.')), steps.map((step) => step.split('.')[0]!)]
  return forbiddenPaths.some((path) => ways.some((way) => startsWith([at.slug, ...way], path)))
}

/** The object at the other side, if it may be read and the field that holds the relation is not hidden. */
function otherSide(
  policy: AccessPolicy,
  model: TenantModel,
  object: CompiledObject,
  step: string,
): CompiledObject | undefined {
  const { relation, objects: [target] = [] } = readStep(object, step) ?? {}
  const other = target && model.objectById.get(target.id)
  if (!relation || !other || !scopeOf(policy, other, 'read')) return undefined
  const [holder, field] = relation.direction === 'out' ? [object, relation.key] : [other, relation.inverse]
  return fieldAccess(policy, holder, field) === 'hidden' ? undefined : other
}
