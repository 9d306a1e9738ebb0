/** A workspace's shape as a template would say it. */
import type { ViewDefinition } from '@oneforge/kernel/metadata'
import { type Shape, shapeOf } from '@oneforge/templates'
import type { Configuration, StoredView } from './configuration.store.ts'

/** Views that no template brought are called by their id. */
export const keyOfView = ({ key, id }: Pick<StoredView, 'key' | 'id'>): string =>
  key ?? `view_${id.replaceAll('-', '')}`

/** What is out of sight is not there; one's own views are nobody else's business. */
export function shapeOfConfiguration(configuration: Configuration): Shape {
  const { currency, objects, fields, views, roles, workflows, dashboards } = configuration
  return shapeOf({
    currency,
    objects: objects.map(({ id, slug, definition }) => ({
      ...definition,
      slug,
      fields: fields
        .filter((field) => field.object_id === id && !field.retired)
        .map((field) => ({ ...field.definition, key: field.key })),
      views: views
        .filter((view) => view.object_id === id)
        .map((view): ViewDefinition => ({ ...view.definition, key: keyOfView(view) })),
    })),
    roles: roles.map(({ key, definition }) => ({ ...definition, key })),
    workflows: workflows.map(({ definition }) => definition),
    dashboards: dashboards.map(({ definition }) => definition),
  })
}

/** The shape with views that no template brought called by their labels: in a file an id says nothing. */
export function nameViews(shape: Shape): Shape {
  const objects = shape.objects.map((object) => {
    const keys = new Set((object.views ?? []).map(({ key }) => key))
    const views = (object.views ?? []).map((view) => {
      if (!/^view_[0-9a-f]{32}$/.test(view.key)) return view
      const key = freeKey(keyFrom(view.label.en), keys)
      keys.add(key)
      return { ...view, key }
    })
    return { ...object, views }
  })
  return { ...shape, objects }
}

const keyFrom = (text: string): string => {
  const words = text
    .normalize('NFD')
    .toLowerCase()
    .match(/[a-z0-9]+/g)
  const key = (words ?? [])
    .join('_')
    .replace(/^[0-9_]+/, '')
    .slice(0, 50)
    .replace(/_$/, '')
  return key || 'view'
}

/** The key, or the first of `key_2`, `key_3` … that is not taken. */
export function freeKey(key: string, taken: { has(key: string): boolean }): string {
  if (!taken.has(key)) return key
  for (let number = 2; ; number++) if (!taken.has(`${key}_${number}`)) return `${key}_${number}`
}
