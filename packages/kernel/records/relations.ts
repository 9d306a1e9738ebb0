/** What a caller may do with a relation: the field that holds it decides for both of its directions. */
import { type FieldAccess, fieldAccess, scopeOf } from '../access/index.ts'
import { notFound } from '../errors/index.ts'
import type { CompiledObject, CompiledRelation } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'

type Viewer = Pick<RecordContext, 'model' | 'policy'>

/** Hidden also where the caller may not read the other side at all. */
export function relationAccess(viewer: Viewer, object: CompiledObject, relation: CompiledRelation): FieldAccess {
  const other = viewer.model.objectById.get(relation.objectId)
  if (!other || !scopeOf(viewer.policy, other, 'read')) return 'hidden'
  return relation.direction === 'out'
    ? fieldAccess(viewer.policy, object, relation.key)
    : fieldAccess(viewer.policy, other, relation.inverse)
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
