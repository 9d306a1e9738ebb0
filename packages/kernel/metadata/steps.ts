/**
 * Ways over relations are written as steps: the relation's name, and for a relation to several objects the one that is
 * meant behind it: `company`, `about.patients`.
 */
import type { CompiledObject, CompiledRelation } from './model.ts'

/** The step over the relation to records of this object. */
export const stepTo = ({ key, objects }: CompiledRelation, slug: string): string =>
  objects.length > 1 ? `${key}.${slug}` : key

/** The relation that a step follows, and the objects that it may arrive at. */
export function readStep(
  from: CompiledObject,
  step: string,
): { relation: CompiledRelation; objects: CompiledRelation['objects'] } | undefined {
  const [key = '', slug] = step.split('.')
  const relation = from.relation.get(key)
  if (!relation) return undefined
  return {
    relation,
    objects: slug === undefined ? relation.objects : relation.objects.filter((one) => one.slug === slug),
  }
}

/** Whether the name, standing behind the relation's, says which of its several objects is meant. */
export const namesObject = ({ objects }: CompiledRelation, name: string | undefined): boolean =>
  objects.length > 1 && objects.some(({ slug }) => slug === name)
