/** The same shape with other names: wherever a definition says the old one, formulas included, the new one stands. */
import { type CompiledObject, namesObject, type TenantModel } from '@oneforge/kernel/metadata'
import { modelOf, type Shape } from '@oneforge/templates'
import { namesOnPath, referencesOf, type Thing } from '../customization/index.ts'

export interface NewNames {
  /** By slug. */
  objects: Map<string, string>
  /** By `slug.key`, the slug being the old one. */
  fields: Map<string, string>
}

/** Gives objects and fields other names. No new name may be the old one of another thing: see `moved`. */
export function renamed(shape: Shape, names: NewNames): Shape {
  if (names.objects.size === 0 && names.fields.size === 0) return shape
  const model = modelOf(shape)
  const copy = structuredClone(shape)
  for (const thing of thingsOf(copy)) {
    for (const { base, path, replace } of referencesOf(model, thing)) {
      const next = path === '' ? (names.objects.get(base.slug) ?? '') : newPath(model, base, path, names)
      if (next !== path) replace(next)
    }
  }
  const objects = copy.objects.map((object) => ({
    ...object,
    slug: names.objects.get(object.slug) ?? object.slug,
    fields: object.fields.map((field) => ({
      ...field,
      key: names.fields.get(`${object.slug}.${field.key}`) ?? field.key,
    })),
  }))
  return { ...copy, objects }
}

/** All that may name others. The ids are those of the model: names. */
function thingsOf({ objects, roles, workflows, dashboards }: Shape): Thing[] {
  const thing = (kind: Thing['kind'], id: string, definition: object, columns: object = {}): Thing => ({
    kind,
    id,
    state: { ...columns, definition } as Thing['state'],
    isPrivate: false,
  })
  return [
    ...objects.flatMap((object) => [
      thing('object', object.slug, object),
      ...object.fields.map((field) => thing('field', `${object.slug}.${field.key}`, field, { object_id: object.slug })),
      ...(object.views ?? []).map((view) => thing('view', view.key, view, { object_id: object.slug })),
    ]),
    ...roles.map((role) => thing('role', role.key, role)),
    ...workflows.map((workflow) => thing('workflow', workflow.key, workflow)),
    ...dashboards.map((dashboard) => thing('dashboard', dashboard.key, dashboard)),
  ]
}

function newPath(model: TenantModel, base: CompiledObject, path: string, { objects, fields }: NewNames): string {
  const parts = path.split('.')
  const fresh = [...parts]
  for (const { object, key, index } of namesOnPath(model, base, path)) {
    fresh[index] = fields.get(`${object.slug}.${key}`) ?? key
    const relation = object.relation.get(key)
    const next = parts[index + 1]
    if (relation && next !== undefined && namesObject(relation, next)) fresh[index + 1] = objects.get(next) ?? next
  }
  return fresh.join('.')
}

/** The same where new names may be old ones of others, as after two things have changed their names with one another. */
export function moved(shape: Shape, { objects, fields }: NewNames): Shape {
  const passing = (name: string) => `${name.slice(0, 40)}_passing_by`
  const away = renamed(shape, {
    objects: new Map([...objects.keys()].map((slug) => [slug, passing(slug)])),
    fields: new Map([...fields.keys()].map((path) => [path, passing(path.split('.')[1]!)])),
  })
  const slugNow = (slug: string) => (objects.has(slug) ? passing(slug) : slug)
  return renamed(away, {
    objects: new Map([...objects].map(([slug, to]) => [passing(slug), to])),
    fields: new Map(
      [...fields].map(([path, to]) => {
        const [slug, key] = path.split('.') as [string, string]
        return [`${slugNow(slug)}.${passing(key)}`, to]
      }),
    ),
  })
}
