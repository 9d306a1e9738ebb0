/** What definitions name, looked up in the workspace: paths of fields, and the objects and persons of steps. */
import type { CompiledField, CompiledObject, CompiledRelation, TenantModel } from '@oneforge/kernel/metadata'
import { suggestion } from '@oneforge/templates'
import type { Target } from '../definition.ts'

/** What a check looks names up in. */
export interface Surroundings {
  model: TenantModel
  /** Ids of the members. */
  members: ReadonlySet<string>
  /** Keys of the workspace's workflows. */
  workflows: ReadonlySet<string>
  /** Slugs of the objects that forms make records of, by the ids of the forms. */
  forms: ReadonlyMap<string, string>
  /** Names of the operations that a step may call. */
  operations: ReadonlySet<string>
}

/** A place in the tree of steps, and what is known there. */
export interface Place {
  object: CompiledObject | undefined
  /** The object that `item` is of, and those of the loops around, by their ids; undefined: of several. */
  loops: ReadonlyMap<string, CompiledObject | undefined>
  /** Steps that have been passed on any way here; with the object whose record they make. */
  passed: ReadonlyMap<string, CompiledObject | undefined>
}

/** Attributes that every record has beside its fields. */
const systemAttributes = new Set(
  'id object recordNumber version stage stageSince ownerId locationId createdAt createdBy updatedAt updatedBy deletedAt title owner creator url'.split(
    ' ',
  ),
)

type Found =
  | { kind: 'field'; object: CompiledObject; field: CompiledField }
  | { kind: 'relation'; object: CompiledObject; relation: CompiledRelation }
  | { kind: 'attribute'; object: CompiledObject; key: string }
  /** Beyond what can be known: parts of a value, records of any object. */
  | { kind: 'beyond' }

/** Follows `patient.primary_doctor.email` from an object. */
export function follow(
  model: TenantModel,
  object: CompiledObject,
  [first = '', ...rest]: string[],
): Found | { problem: string } {
  const relation = object.relation.get(first)
  if (relation && rest.length === 0) return { kind: 'relation', object, relation }
  if (relation) return followRelation(model, relation, rest)
  const field = object.field.get(first)
  if (field) return rest.length > 0 ? { kind: 'beyond' } : { kind: 'field', object, field }
  if (systemAttributes.has(first))
    return rest.length > 0 ? { kind: 'beyond' } : { kind: 'attribute', object, key: first }
  const known = [...object.field.keys(), ...object.relation.keys()]
  return { problem: `“${first}” is not a field of ${object.slug}${suggestion(first, known)}` }
}

function followRelation(model: TenantModel, relation: CompiledRelation, rest: string[]): Found | { problem: string } {
  const [only, ...others] = relation.objects
  const named = relation.objects.find(({ slug }) => slug === rest[0])
  const next = model.objectById.get((named ?? only)?.id ?? '')
  // Of several objects nobody knows beforehand which it will be, nor of many records which is meant.
  if (!next || (others.length > 0 && !named) || /^\d+$/.test(rest[0]!) || rest[0] === 'size') return { kind: 'beyond' }
  const onwards = named ? rest.slice(1) : rest
  return onwards.length === 0 ? { kind: 'beyond' } : follow(model, next, onwards)
}

/** The objects of which a step's record may be: none where it is not known beforehand, or what is wrong with it. */
export function objectOf(
  model: TenantModel,
  place: Place,
  target: Target | undefined,
): { object?: CompiledObject | undefined } | { problem: string } {
  if (!target) {
    return place.object ? { object: place.object } : { problem: 'needs a target: the workflow is about no record' }
  }
  if ('loop' in target) {
    if (place.loops.has(target.loop)) return { object: place.loops.get(target.loop) }
    return { problem: `“${target.loop}” is not a loop around this step` }
  }
  if ('step' in target) {
    if (place.passed.has(target.step)) return { object: place.passed.get(target.step) }
    return { problem: `“${target.step}” is not a step before this one${suggestion(target.step, place.passed.keys())}` }
  }
  if (!place.object) return { problem: 'cannot follow a relation: the workflow is about no record' }
  const found = follow(model, place.object, target.relation.split('.'))
  if ('problem' in found) return found
  if (found.kind !== 'relation') return { problem: `“${target.relation}” is not a relation` }
  const [only, ...others] = found.relation.objects
  return { object: others.length > 0 ? undefined : model.objectById.get(only!.id) }
}
