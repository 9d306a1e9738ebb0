import { parseFilter } from '@oneforge/kernel/expressions'
import { expect, it } from 'vitest'
import { compileModel } from '../kernel/metadata/compile.ts'
import { loadTemplates } from './shipped.ts'
import type { Template } from './template.ts'

const named = loadTemplates().map((template): [string, Template] => [template.slug, template])

/** The model that a workspace would have after choosing the template; names stand in for ids. */
function modelOf(template: Template) {
  const objects = template.objects.map(({ fields: _fields, views: _views, ...definition }, position) => ({
    id: definition.slug,
    slug: definition.slug,
    definition,
    position,
  }))
  const fields = template.objects.flatMap((object) => {
    let slot = 0
    return object.fields.map(({ key, ...definition }, position) => ({
      id: `${object.slug}.${key}`,
      object_id: object.slug,
      key,
      definition,
      slot: definition.sortable ? ++slot : null,
      position,
    }))
  })
  const relations = fields
    .filter((field) => field.definition.relation)
    .map((field) => ({
      id: field.id,
      field_id: field.id,
      from_object_id: field.object_id,
      to_object_id: field.definition.relation!.object,
    }))
  const tenant = {
    ...{ id: 'tenant', version: 1, name: 'Tenant', slug: 'tenant', plan: 'enterprise', locale: 'en' },
    ...{ currency: template.currency, time_zone: 'UTC', template_slug: template.slug, template_version: '1.0.0' },
    ...{ trial_ends_at: null, suspended_reason: null },
  }
  return compileModel({ tenant, objects, fields, relations, roles: [], locations: [], networks: [] })
}

function filtersOf(template: Template): { object: string; place: string; filter: unknown }[] {
  return [
    ...template.objects.flatMap(({ slug, views = [] }) =>
      views.map(({ key, filter }) => ({ object: slug, place: `view ${slug}.${key}`, filter })),
    ),
    ...template.workflows.map(({ object, key, condition }) => ({
      object,
      place: `workflow ${key}`,
      filter: condition,
    })),
    ...template.dashboards.flatMap(({ key: dashboard, widgets }) =>
      widgets.flatMap(({ object, key, filter }) =>
        object ? [{ object, place: `widget ${dashboard}.${key}`, filter }] : [],
      ),
    ),
  ]
}

it.each(named)('the filter language understands every filter of %s', (_slug, template) => {
  const model = modelOf(template)
  const refused = filtersOf(template).flatMap(({ object, place, filter }) => {
    const parsed = parseFilter(filter, model.object.get(object)!, model)
    return 'problems' in parsed ? [{ place, problems: parsed.problems }] : []
  })
  expect(refused).toEqual([])
})
