/** What of a template a workspace is made of, written the one way in which two of them can be compared. */
import type { FieldDefinition, ObjectDefinition, ViewDefinition } from '@oneforge/kernel/metadata'
import type { Template } from './template.ts'

export type Shape = Pick<Template, 'currency' | 'objects' | 'roles' | 'workflows' | 'dashboards'>

/** Leaves out what says nothing: `required: false`, empty lists. */
export function shapeOf({ currency, objects, roles, workflows, dashboards }: Shape): Shape {
  const shape = { currency, objects: objects.map(plainObject), roles, workflows, dashboards }
  return JSON.parse(JSON.stringify(shape))
}

function plainObject(object: ObjectDefinition): ObjectDefinition {
  const { fields, views = [], pipelines, ...rest } = object
  return {
    ...spoken(rest),
    fields: fields.map((field) => spoken(field) as FieldDefinition),
    ...(pipelines?.length ? { pipelines } : {}),
    ...(views.length > 0 ? { views: views.map((view) => spoken(view) as ViewDefinition) } : {}),
  } as ObjectDefinition
}

/** Without properties that are as if they were not there. A default of false or of an empty list says something. */
const spoken = (thing: object): object =>
  Object.fromEntries(
    Object.entries(thing).filter(([name, value]) => value != null && (name === 'default' || !isSilent(value))),
  )

const isSilent = (value: unknown): boolean =>
  value === false ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' && !Array.isArray(value) && value !== null && Object.keys(value).length === 0)
