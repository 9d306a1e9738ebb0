import { type FieldDefinition, type FieldRole, type FieldType, isComputedKind } from '@oneforge/kernel/metadata'
import type { Template } from '../template.ts'
import type { CatalogueEntry } from './catalogue.ts'
import { checkUnique } from './duplicates.ts'
import { checkIcon } from './icons.ts'
import type { Report } from './problem.ts'
import { suggestion } from './suggestion.ts'

/** First parts of paths under /api/v1 that are not objects. */
const reservedSlugs = ['auth', 'templates', 'workspace', 'objects', 'search', 'jobs', 'openapi', 'docs']

const typesOfRole: Record<FieldRole, FieldType[]> = {
  title: ['text', 'longtext', 'email', 'phone', 'url', 'select', 'autonumber'],
  stage: ['select'],
  amount: ['money'],
  startsAt: ['date', 'datetime'],
  endsAt: ['date', 'datetime'],
  dueAt: ['date', 'datetime'],
  email: ['email'],
  phone: ['phone'],
}

/** Computed fields fill a role by what they result in, as far as they say that; only a stage has to be moved by hand. */
function mayFill(role: FieldRole, { type, computed }: FieldDefinition): boolean {
  if (!isComputedKind(type)) return typesOfRole[role].includes(type)
  return role !== 'stage' && (!computed?.resultType || typesOfRole[role].includes(computed.resultType))
}

/** Names and prefixes that may exist only once in a template. */
export function checkObjectNames({ objects }: Template, report: Report): void {
  const slugs = objects.map(({ slug }, index) => ({ value: slug, path: `objects[${index}].slug` }))
  const prefixes = objects.map(({ numberPrefix }, index) => ({
    value: numberPrefix,
    path: `objects[${index}].numberPrefix`,
  }))
  checkUnique(slugs, 'an object of this template', report)
  checkUnique(prefixes, 'the prefix of another object', report)
  for (const { value, path } of slugs) {
    if (reservedSlugs.includes(value)) report(path, `"${value}" is a path of the API itself; choose another slug`)
  }
}

/** An object's icon and the fields that fill its roles. */
export function checkObject({ definition, path }: CatalogueEntry, report: Report): void {
  checkIcon(definition.icon, `${path}.icon`, report)
  for (const [role, key] of Object.entries(definition.roles) as [FieldRole, string][]) {
    const index = definition.fields.findIndex((field) => field.key === key)
    const field = definition.fields[index]
    if (!field) {
      const known = suggestion(
        key,
        definition.fields.map((candidate) => candidate.key),
      )
      report(`${path}.roles.${role}`, `"${key}" is not a field of "${definition.slug}"${known}`)
      continue
    }
    if (!mayFill(role, field)) {
      report(`${path}.roles.${role}`, `"${key}" is a ${field.type}; ${role} needs ${typesOfRole[role].join(' or ')}`)
    }
    if (field.sortable) {
      report(
        `${path}.fields[${index}].sortable`,
        `"${key}" fills the role ${role} and is sortable anyway; leave it out`,
      )
    }
  }
}
