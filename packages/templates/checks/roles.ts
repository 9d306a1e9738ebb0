import type { ObjectGrant, RoleDefinition } from '@oneforge/kernel/metadata'
import type { Template } from '../template.ts'
import type { Catalogue, CatalogueEntry } from './catalogue.ts'
import { checkUnique } from './duplicates.ts'
import type { Report } from './problem.ts'
import { suggestion } from './suggestion.ts'

/** Roles name objects and fields that exist, make sense in themselves, and one of them can do everything. */
export function checkRoles({ roles }: Template, catalogue: Catalogue, report: Report): void {
  checkUnique(
    roles.map(({ key }, index) => ({ value: key, path: `roles[${index}].key` })),
    'a role of this template',
    report,
  )
  if (!roles.some((role) => role.key === 'owner' && role.admin?.includes('*'))) {
    report('roles', 'a role "owner" with "admin": ["*"] is missing; without it nobody could change the workspace')
  }
  for (const [index, role] of roles.entries()) checkRole(role, `roles[${index}]`, catalogue, report)
}

function checkRole(role: RoleDefinition, path: string, catalogue: Catalogue, report: Report): void {
  for (const [slug, grant] of Object.entries(role.objects)) {
    const grantPath = `${path}.objects.${slug}`
    const entry = catalogue.get(slug)
    if (!entry && slug !== '*') {
      report(grantPath, `"${slug}" is not an object of this template${suggestion(slug, catalogue.keys())}`)
      continue
    }
    checkActions(grant, grantPath, report)
    if (entry) checkGrantedFields(grant, grantPath, entry, report)
    else if (grant.fields) report(`${grantPath}.fields`, 'fields belong to one object; name the object instead of *')
  }
}

function checkActions(grant: ObjectGrant, path: string, report: Report): void {
  for (const action of ['update', 'delete', 'export', 'assign'] as const) {
    if (grant[action] && !grant.read)
      report(`${path}.${action}`, `"${action}" without "read" cannot be used; grant "read" too`)
  }
}

function checkGrantedFields(grant: ObjectGrant, path: string, { definition }: CatalogueEntry, report: Report): void {
  for (const [key, access] of Object.entries(grant.fields ?? {})) {
    const field = definition.fields.find((candidate) => candidate.key === key)
    if (!field) {
      const known = suggestion(
        key,
        definition.fields.map((candidate) => candidate.key),
      )
      report(`${path}.fields.${key}`, `"${key}" is not a field of "${definition.slug}"${known}`)
    } else if (grant.create && field.required && field.default === undefined && access !== 'write') {
      report(`${path}.fields.${key}`, `"${key}" is required, so a role that may create must be able to write it`)
    }
  }
}
