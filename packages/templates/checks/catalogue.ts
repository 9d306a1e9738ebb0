import type { FieldDefinition, FieldType, ObjectDefinition } from '@oneforge/kernel/metadata'
import type { Template } from '../template.ts'
import { suggestion } from './suggestion.ts'

/** A field or a system attribute of an object: what a filter, a column or a merge field may name. */
export interface Attribute {
  key: string
  type: FieldType
  /** Absent for system attributes. */
  field?: FieldDefinition
  /** Values of a select. */
  options?: string[]
}

export interface CatalogueEntry {
  definition: ObjectDefinition
  /** `objects[3]` */
  path: string
  attributes: Map<string, Attribute>
}

/** A template's objects by slug, so that the checks can look up what a name stands for. */
export type Catalogue = Map<string, CatalogueEntry>

const systemAttributes: Attribute[] = [
  { key: 'id', type: 'text' },
  { key: 'recordNumber', type: 'text' },
  { key: 'version', type: 'integer' },
  { key: 'ownerId', type: 'user' },
  { key: 'locationId', type: 'text' },
  { key: 'createdAt', type: 'datetime' },
  { key: 'createdBy', type: 'user' },
  { key: 'updatedAt', type: 'datetime' },
  { key: 'updatedBy', type: 'user' },
  { key: 'deletedAt', type: 'datetime' },
]

export function catalogueOf(template: Template): Catalogue {
  const entries = template.objects.map((definition, index): [string, CatalogueEntry] => [
    definition.slug,
    { definition, path: `objects[${index}]`, attributes: attributesOf(definition) },
  ])
  return new Map(entries)
}

function attributesOf(definition: ObjectDefinition): Map<string, Attribute> {
  const attributes = new Map(systemAttributes.map((attribute) => [attribute.key, attribute]))
  const stages = definition.pipelines?.flatMap((pipeline) => pipeline.stages.map((stage) => stage.value))
  if (stages?.length) attributes.set('stage', { key: 'stage', type: 'select', options: stages })
  for (const field of definition.fields) {
    attributes.set(field.key, {
      key: field.key,
      type: field.computed?.activities ? 'datetime' : field.type,
      field,
      options: field.options?.map((option) => option.value),
    })
  }
  return attributes
}

/**
 * Follows `status` or `patient.status` from an object. Gives the attribute at its end, or what is wrong with the path;
 * gives neither when a relation on the way points nowhere, because the relation's own check reports that.
 */
export function resolvePath(
  catalogue: Catalogue,
  entry: CatalogueEntry,
  path: string,
): { attribute?: Attribute; problem?: string } {
  const [first = '', ...rest] = path.split('.')
  const attribute = entry.attributes.get(first)
  if (!attribute) {
    const known = suggestion(first, entry.attributes.keys())
    return { problem: `"${first}" is not a field of "${entry.definition.slug}"${known}` }
  }
  if (rest.length === 0) return { attribute }
  const { relation } = attribute.field ?? {}
  if (!relation) return { problem: `"${first}" is not a relation, so "${path}" leads nowhere` }
  // Of several objects the path may name the one it means: `about.patients.full_name`.
  const named = relation.others && [relation.object, ...relation.others].find((slug) => slug === rest[0])
  const onwards = named && rest.length > 1 ? rest.slice(1) : rest
  const next = catalogue.get(named ?? relation.object)
  return next ? resolvePath(catalogue, next, onwards.join('.')) : {}
}
