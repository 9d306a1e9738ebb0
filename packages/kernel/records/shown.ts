/** What a caller sees of the records of an object, worked out once per policy and not once per record. */
import { type AccessPolicy, type Arrival, followWay, type ObjectAccess } from '../access/index.ts'
import type { CompiledObject, CompiledRelation, TenantModel } from '../metadata/index.ts'

export interface ShownLink {
  relation: CompiledRelation
  /** Whether the titles at the other side are seen. */
  titled: boolean
}

export interface Shown {
  /** Whether the attribute that mirrors a field is seen: a hidden field does not show through it. */
  title: boolean
  stage: boolean
  /** The visible fields in their order, with the relation of those that hold links. */
  fields: { key: string; link?: ShownLink }[]
}

const known = new WeakMap<ObjectAccess, Shown>()

/** What is seen of a record by whoever reads it itself. */
export function shownOf(model: TenantModel, policy: AccessPolicy, object: CompiledObject): Shown {
  const access = policy.objects.get(object.slug)
  const remembered = access && known.get(access)
  if (remembered) return remembered
  const shown = shownAt(model, policy, object, [])!
  if (access) known.set(access, shown)
  return shown
}

/** What is seen of records at the end of a way over relations; undefined where the caller may not go it. */
export function shownAt(
  model: TenantModel,
  policy: AccessPolicy,
  from: CompiledObject,
  relations: string[],
): Shown | undefined {
  const arrival = followWay(policy, model, from, relations)
  return arrival && { ...mirrored(arrival), fields: visibleFields(model, policy, from, relations, arrival) }
}

function mirrored({ object, sees }: Arrival): Pick<Shown, 'title' | 'stage'> {
  return { title: sees(object.roles.title), stage: object.roles.stage === undefined || sees(object.roles.stage) }
}

function visibleFields(
  model: TenantModel,
  policy: AccessPolicy,
  from: CompiledObject,
  relations: string[],
  { object, sees }: Arrival,
): Shown['fields'] {
  return object.fields.flatMap((field): Shown['fields'] => {
    if (!sees(field.key)) return []
    const relation = field.storage.kind === 'links' ? object.relation.get(field.key) : undefined
    if (!relation) return [{ key: field.key }]
    const there = followWay(policy, model, from, [...relations, field.key])!
    return [{ key: field.key, link: { relation, titled: there.sees(there.object.roles.title) } }]
  })
}
