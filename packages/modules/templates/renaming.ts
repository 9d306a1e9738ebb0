/** The same shape with other names: wherever a definition says the old one, the new one stands. */
import type { ObjectDefinition } from '@oneforge/kernel/metadata'
import type { Shape } from '@oneforge/templates'

/** Gives objects other slugs, in everything that points at them. */
export function renameObjects(shape: Shape, slugs: Map<string, string>): Shape {
  const named = (slug: string) => slugs.get(slug) ?? slug
  return {
    ...shape,
    objects: shape.objects.map((object) => ({
      ...object,
      slug: named(object.slug),
      fields: object.fields.map((field) => {
        if (!field.relation) return field
        const { object: target, others } = field.relation
        const more = others ? { others: others.map(named) } : {}
        return { ...field, relation: { ...field.relation, object: named(target), ...more } }
      }),
    })),
    roles: shape.roles.map((role) => ({
      ...role,
      objects: Object.fromEntries(Object.entries(role.objects).map(([slug, grant]) => [named(slug), grant])),
      ...(role.forbiddenPaths ? { forbiddenPaths: role.forbiddenPaths.map((path) => renamedFirst(path, named)) } : {}),
    })),
    workflows: shape.workflows.map((workflow) => ({ ...workflow, object: named(workflow.object) })),
    dashboards: shape.dashboards.map((dashboard) => ({
      ...dashboard,
      widgets: dashboard.widgets.map((widget) => ({ ...widget, object: named(widget.object) })),
    })),
  }
}

const renamedFirst = (path: string, named: (slug: string) => string): string => {
  const [first = '', ...rest] = path.split('.')
  return [named(first), ...rest].join('.')
}

/** Gives a field another key, in its object and in what is about its records. Formulas and other objects' ways are not read. */
export function renameField(shape: Shape, { slug, key, to }: { slug: string; key: string; to: string }): Shape {
  const inside = <T>(value: T): T => renamed(value, key, to) as T
  const isAbout = ({ object }: { object: string }) => object === slug
  return {
    ...shape,
    objects: shape.objects.map((object) => (object.slug === slug ? renameIn(object, key, to) : object)),
    roles: shape.roles.map((role) => {
      const grant = Object.hasOwn(role.objects, slug) ? role.objects[slug] : undefined
      if (!grant?.fields || !Object.hasOwn(grant.fields, key)) return role
      const { [key]: access, ...fields } = grant.fields
      return { ...role, objects: { ...role.objects, [slug]: { ...grant, fields: { ...fields, [to]: access! } } } }
    }),
    workflows: shape.workflows.map((workflow) => (isAbout(workflow) ? inside(workflow) : workflow)),
    dashboards: shape.dashboards.map((dashboard) => ({
      ...dashboard,
      widgets: dashboard.widgets.map((widget) => (isAbout(widget) ? inside(widget) : widget)),
    })),
  }
}

function renameIn(object: ObjectDefinition, key: string, to: string): ObjectDefinition {
  const { fields, roles, ...rest } = object
  const filled = Object.entries(roles).map(([role, field]) => [role, field === key ? to : field])
  return {
    ...(renamed(rest, key, to) as typeof rest),
    roles: Object.fromEntries(filled),
    fields: fields.map((field) => ({
      ...field,
      key: field.key === key ? to : field.key,
      ...(field.conditions ? { conditions: renamed(field.conditions, key, to) as typeof field.conditions } : {}),
    })),
  }
}

/** Properties whose texts are names of fields, or ways that begin with one. */
const naming = new Set(['field', 'fields', 'columns', 'sort', 'groupBy'])

function renamed(value: unknown, key: string, to: string, isName = false): unknown {
  if (typeof value === 'string' && isName) return renamedName(value, key, to)
  if (Array.isArray(value)) return value.map((item) => renamed(item, key, to, isName))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, renamed(part, key, to, naming.has(name))]),
  )
}

function renamedName(text: string, key: string, to: string): string {
  const minus = text.startsWith('-') ? '-' : ''
  const name = text.slice(minus.length)
  if (name === key) return minus + to
  return name.startsWith(`${key}.`) ? minus + to + name.slice(key.length) : text
}
