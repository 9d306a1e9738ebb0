/** What a caller sees of the records of an object, worked out once per policy and not once per record. */
import {
  type AccessPolicy,
  type Arrival,
  fieldAccess,
  followWay,
  forRecord,
  type ObjectAccess,
} from '../access/index.ts'
import { type CompiledObject, type CompiledRelation, stepTo, type TenantModel } from '../metadata/index.ts'

export interface ShownLink {
  relation: CompiledRelation
  /** The objects at the other side that are seen, by id, and whether their titles are. */
  titled: Map<string, boolean>
}

export interface Shown {
  /** Whether the attribute that mirrors a field is seen: a hidden field does not show through it. */
  title: boolean
  stage: boolean
  /** The visible fields in their order, with the relation of those that hold links, and whether those of files hold several. */
  fields: { key: string; link?: ShownLink; files?: { many: boolean } }[]
}

const known = new WeakMap<ObjectAccess, Map<string, Shown>>()

/** What is seen of a record by whoever reads it itself; `voices` as its row has them. */
export function shownOf(
  model: TenantModel,
  policy: AccessPolicy,
  object: CompiledObject,
  voices: string | null = null,
): Shown {
  const access = policy.objects.get(object.slug)
  if (!access) return shownAt(model, policy, object, [], voices)
  const remembered = known.get(access) ?? new Map<string, Shown>()
  known.set(access, remembered)
  const shown = remembered.get(voices ?? '') ?? shownAt(model, policy, object, [], voices)
  remembered.set(voices ?? '', shown)
  return shown
}

/** What is seen of each record at the end of a way that the caller may go, worked out once for all that are alike. */
export function shownAlong(
  model: TenantModel,
  policy: AccessPolicy,
  from: CompiledObject,
  relations: string[],
): (row: { voices?: string | null }) => Shown {
  const remembered = new Map<string, Shown>()
  return ({ voices = null }) => {
    const shown = remembered.get(voices ?? '') ?? shownAt(model, policy, from, relations, voices)
    remembered.set(voices ?? '', shown)
    return shown
  }
}

function shownAt(
  model: TenantModel,
  policy: AccessPolicy,
  from: CompiledObject,
  relations: string[],
  voices: string | null,
): Shown {
  const arrival = followWay(policy, model, from, relations)!
  const { object } = arrival
  const sees = (key: string) => arrival.sees(key, voices)
  return {
    title: sees(object.roles.title),
    stage: object.roles.stage === undefined || sees(object.roles.stage),
    fields: visibleFields(model, policy, from, relations, arrival, voices),
  }
}

function visibleFields(
  model: TenantModel,
  policy: AccessPolicy,
  from: CompiledObject,
  relations: string[],
  { object, sees }: Arrival,
  voices: string | null,
): Shown['fields'] {
  const here = forRecord(policy, object, voices)
  return object.fields.flatMap((field): Shown['fields'] => {
    if (!sees(field.key, voices)) return []
    if (field.type === 'file') return [{ key: field.key, files: { many: field.rules?.several ?? false } }]
    const relation = field.storage.kind === 'links' ? object.relation.get(field.key) : undefined
    if (!relation) return [{ key: field.key }]
    const titled = new Map<string, boolean>()
    for (const { slug, id } of relation.objects) {
      const there = followWay(here, model, from, [...relations, stepTo(relation, slug)])
      if (!there) continue
      const { title } = there.object.roles
      // Which roles grant the records at the other side is not known: their titles show where all of them do.
      titled.set(id, there.sees(title) && fieldAccess(policy, there.object, title) !== 'hidden')
    }
    return [{ key: field.key, link: { relation, titled } }]
  })
}
