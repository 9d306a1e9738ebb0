import { type ObjectGrant, objectActions, type RoleDefinition } from '@oneforge/kernel/metadata'
import type { Template } from '../template.ts'
import type { Catalogue, CatalogueEntry } from './catalogue.ts'
import { checkUnique } from './duplicates.ts'
import { checkFilter } from './filters.ts'
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
    if (entry) {
      checkGrantedFields(grant, grantPath, entry, report)
      checkFilters(grant, grantPath, entry, catalogue, report)
      checkGrantedRelations(grant, grantPath, entry, catalogue, report)
    } else checkEverywhere(grant, grantPath, report)
  }
  for (const [index, way] of (role.forbiddenPaths ?? []).entries()) {
    checkWay(way, `${path}.forbiddenPaths[${index}]`, catalogue, report)
  }
}

/** What only one object can mean. */
function checkEverywhere(grant: ObjectGrant, path: string, report: Report): void {
  const filtered = objectActions.filter((action) => typeof grant[action] === 'object' && grant[action].filter)
  const named = [...(['fields', 'relations'] as const).filter((part) => grant[part]), ...filtered]
  for (const part of named) {
    report(`${path}.${part}`, `${part} belong to one object; name the object instead of *`)
  }
}

function checkFilters(
  grant: ObjectGrant,
  path: string,
  entry: CatalogueEntry,
  catalogue: Catalogue,
  report: Report,
): void {
  for (const action of objectActions) {
    const given = grant[action]
    if (typeof given !== 'object' || given.filter === undefined) continue
    checkFilter(given.filter, `${path}.${action}.filter`, entry, catalogue, report)
  }
}

function checkGrantedRelations(
  grant: ObjectGrant,
  path: string,
  entry: CatalogueEntry,
  catalogue: Catalogue,
  report: Report,
): void {
  for (const [key, rule] of Object.entries(grant.relations ?? {})) {
    const others = relationsOf(entry, catalogue).get(key)
    const at = `${path}.relations.${key}`
    if (!others) report(at, noRelation(key, entry, catalogue))
    const seen = others?.flatMap((other) => [...other.attributes.keys(), ...relationsOf(other, catalogue).keys()])
    for (const [index, name] of (seen ? (rule.fields ?? []) : []).entries()) {
      if (!seen!.includes(name))
        report(`${at}.fields[${index}]`, `"${name}" is not seen there${suggestion(name, seen!)}`)
    }
  }
}

/** A way begins with an object and goes on over its relations. */
function checkWay(way: string, path: string, catalogue: Catalogue, report: Report): void {
  const [slug = '', ...keys] = way.split('.')
  let at = catalogue.get(slug)
  if (!at) report(path, `"${slug}" is not an object of this template${suggestion(slug, catalogue.keys())}`)
  for (const key of keys) {
    if (!at) return
    const others = relationsOf(at, catalogue).get(key)
    if (!others) report(path, noRelation(key, at, catalogue))
    at = others?.[0]
  }
}

const noRelation = (key: string, entry: CatalogueEntry, catalogue: Catalogue): string =>
  `"${key}" is not a relation of "${entry.definition.slug}"${suggestion(key, relationsOf(entry, catalogue).keys())}`

/** The relations of an object by name, its own and those that point at it, with the objects they lead to. */
function relationsOf({ definition }: CatalogueEntry, catalogue: Catalogue): Map<string, CatalogueEntry[]> {
  const found = new Map<string, CatalogueEntry[]>()
  for (const holder of catalogue.values()) {
    for (const { key, relation } of holder.definition.fields) {
      if (!relation) continue
      const objects = [relation.object, ...(relation.others ?? [])]
      if (holder.definition === definition)
        found.set(
          key,
          objects.flatMap((slug) => catalogue.get(slug) ?? []),
        )
      if (objects.includes(definition.slug)) found.set(relation.inverse.key, [holder])
    }
  }
  return found
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
