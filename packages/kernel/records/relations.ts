/** What a caller may do with a relation: the field that holds it decides for both of its directions. */
import { fieldAccess, followWay } from '../access/index.ts'
import { notFound } from '../errors/index.ts'
import {
  type CompiledField,
  type CompiledObject,
  type CompiledRelation,
  type FieldAccess,
  stepTo,
} from '../metadata/index.ts'
import type { RecordContext } from './context.ts'

type Viewer = Pick<RecordContext, 'model' | 'policy'>

/** Hidden also where the caller may not follow it, or not read the other side at all. */
export function relationAccess(viewer: Viewer, object: CompiledObject, relation: CompiledRelation): FieldAccess {
  const { model, policy } = viewer
  const arrival = followWay(policy, model, object, [relation.key])
  if (!arrival) return 'hidden'
  return relation.direction === 'out'
    ? fieldAccess(policy, object, relation.key)
    : fieldAccess(policy, arrival.object, relation.inverse)
}

/** The objects at the other side that the caller may arrive at, coming this way. */
export function visibleTargets(
  { model, policy }: Viewer,
  object: CompiledObject,
  relation: CompiledRelation,
  way: { from: CompiledObject; steps: string[] } = { from: object, steps: [] },
): CompiledObject[] {
  return relation.objects.flatMap(({ slug }) => {
    const arrival = followWay(policy, model, way.from, [...way.steps, stepTo(relation, slug)])
    return arrival ? [arrival.object] : []
  })
}

/** What the caller may do with a field; one that holds a relation goes by that. */
export function accessOfField(viewer: Viewer, object: CompiledObject, field: CompiledField): FieldAccess {
  const relation = field.storage.kind === 'links' ? object.relation.get(field.key) : undefined
  return relation ? relationAccess(viewer, object, relation) : fieldAccess(viewer.policy, object, field.key)
}

/** The relation of that name on this object, as far as the caller may know of it. */
export function visibleRelation(viewer: Viewer, object: CompiledObject, key: string): CompiledRelation | undefined {
  const relation = object.relation.get(key)
  return relation && relationAccess(viewer, object, relation) !== 'hidden' ? relation : undefined
}

/** The same, or 404. */
export function findRelation(viewer: Viewer, object: CompiledObject, key: string): CompiledRelation {
  const relation = visibleRelation(viewer, object, key)
  if (!relation) throw notFound(`The relation “${key}” of ${object.slug}`)
  return relation
}
