import { compileModel, type ModelRows, type TenantModel } from '@oneforge/kernel/metadata'
import type { Template } from '../template.ts'

/** The template as a tenant would have it, for what only the compiled model can tell. Ids are names. */
export function modelOf({ objects, currency }: Pick<Template, 'objects' | 'currency'>): TenantModel {
  const fields = objects.flatMap(({ slug, fields: own }) =>
    own.map(({ key, ...definition }, position) => ({
      id: `${slug}.${key}`,
      object_id: slug,
      key,
      definition,
      slot: null,
      position,
    })),
  )
  const rows: ModelRows = {
    tenant: {
      id: 'template',
      version: 1,
      name: '',
      slug: '',
      plan: '',
      trial_ends_at: null,
      suspended_reason: null,
      locale: 'en',
      currency,
      time_zone: 'UTC',
      template_slug: null,
      template_version: null,
    },
    objects: objects.map(({ slug, fields: _fields, views: _views, ...definition }, position) => ({
      id: slug,
      slug,
      definition,
      position,
    })),
    fields,
    relations: fields.flatMap(({ id, object_id, definition: { relation } }) =>
      relation
        ? [
            {
              id: `relation ${id}`,
              from_object_id: object_id,
              field_id: id,
              to_object_id: relation.object,
              other_object_ids: relation.others ?? [],
            },
          ]
        : [],
    ),
    roles: [],
    locations: [],
    networks: [],
  }
  return compileModel(rows)
}
