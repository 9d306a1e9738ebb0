/** Relations that lead to whatever objects a tenant has. */
import { anyObject, type FieldDefinition, type ObjectDefinition, type RelationTarget } from './definition.ts'

type Target = Pick<ObjectDefinition, 'slug'> & { fields: Pick<FieldDefinition, 'key' | 'relation'>[] }

export const leadsEverywhere = (relation: Pick<RelationTarget, 'object'> | undefined): boolean =>
  relation?.object === anyObject

/**
 * The objects that such a relation leads to: all but those that have one themselves (a call is not about a task), and
 * those that have another field of the name which they would call it by.
 */
export function objectsEverywhere<T extends Target>(objects: T[], { inverse }: RelationTarget): T[] {
  return objects.filter(
    ({ fields }) => !fields.some(({ key, relation }) => key === inverse.key || leadsEverywhere(relation)),
  )
}

/** The definitions with such relations spelled out, for what looks at each object that a relation leads to. */
export function spelledOut<T extends ObjectDefinition>(objects: T[]): T[] {
  if (!objects.some(({ fields }) => fields.some(({ relation }) => leadsEverywhere(relation)))) return objects
  return objects.map((object) => ({
    ...object,
    fields: object.fields.map((field) => {
      if (!field.relation || !leadsEverywhere(field.relation)) return field
      const [first, ...others] = objectsEverywhere(objects, field.relation).map(({ slug }) => slug)
      return { ...field, relation: { ...field.relation, object: first ?? object.slug, others } }
    }),
  }))
}
