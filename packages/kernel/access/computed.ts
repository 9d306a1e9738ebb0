/**
 * Computed values tell of what they are made of. They are shown to those who see all of it: each field on the way, each
 * relation, and every record of the objects they lead to; to others only where an administrator has shared the field.
 */
import { type ComputedSource, computedGraph } from '../expressions/index.ts'
import type { CompiledField, CompiledObject, TenantModel } from '../metadata/index.ts'
import { type AccessPolicy, fieldAccess, seesAll } from './policy.ts'
import { followWay } from './ways.ts'

/**
 * What of a computed field's sources the member does not see whole, as `companies.discount` or `companies`; undefined
 * where there is no such thing or it does not matter.
 */
export function hiddenSource(policy: AccessPolicy, model: TenantModel, field: CompiledField): string | undefined {
  const computed = computedGraph(model).byField.get(field)
  if (!computed || field.computation?.shared) return undefined
  const hidden = computed.sources.find((source) => !isSeen(policy, model, computed.object, source))
  return hidden && [hidden.object.slug, ...(hidden.key === undefined ? [] : [hidden.key])].join('.')
}

function isSeen(policy: AccessPolicy, model: TenantModel, from: CompiledObject, source: ComputedSource): boolean {
  const { relations, object, key } = source
  if (relations.length === 0) return key === undefined || fieldAccess(policy, from, key) !== 'hidden'
  const arrival = followWay(
    policy,
    model,
    from,
    relations.map((relation) => relation.key),
  )
  const passed = relations.map((relation) => model.objectById.get(relation.objectId)!)
  if (!arrival || !passed.every((one) => seesAll(policy, one))) return false
  // Attributes of the system, such as the owner, are seen with the record.
  return key === undefined || !object.field.has(key) || arrival.sees(key)
}

/** Hides what a member must not learn through computed fields, in the order in which these build on one another. */
export function hideComputedFields(policy: AccessPolicy, model: TenantModel): void {
  for (const { object, field } of computedGraph(model).fields) {
    const access = policy.objects.get(object.slug)
    if (!access || hiddenSource(policy, model, field) === undefined) continue
    access.fields.set(field.key, 'hidden')
    if (!access.differing) continue
    const { saidBy, best } = access.differing
    best.set(field.key, 'hidden')
    access.differing.saidBy = (voices) => new Map([...saidBy(voices), [field.key, 'hidden']])
  }
}
