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
