/** Whether what a role or exception says can be meant: objects, fields, relations and filters that are there. */
import type { ExceptionRule } from '@oneforge/kernel/access'
import type { FieldProblem } from '@oneforge/kernel/errors'
import { parseFilter } from '@oneforge/kernel/expressions'
import {
  type CompiledObject,
  namesObject,
  type ObjectGrant,
  objectActions,
  type TenantModel,
} from '@oneforge/kernel/metadata'
import type { RoleRules } from './access.schemas.ts'

const needRead = ['update', 'delete', 'export', 'assign'] as const

export function roleProblems(model: TenantModel, rules: RoleRules): FieldProblem[] {
  const grants = Object.entries(rules.objects ?? {})
  const paths = rules.forbiddenPaths ?? []
  return [
    ...grants.flatMap(([slug, grant]) => grantProblems(model, slug, grant as ObjectGrant)),
    ...paths.flatMap((path, index) => pathProblems(model, path, `forbiddenPaths[${index}]`)),
  ]
}

function grantProblems(model: TenantModel, slug: string, grant: ObjectGrant): FieldProblem[] {
  const at = `objects.${slug}`
  const needed = needRead
    .filter((action) => grant[action] && !grant.read)
    .map((action) => ({ field: `${at}.${action}`, message: 'is of no use without read; grant read too' }))
  if (slug === '*') return [...needed, ...everywhereProblems(grant)]
  const object = model.object.get(slug)
  if (!object) return [{ field: at, message: `“${slug}” is not an object of this workspace` }]
  return [
    ...needed,
    ...filterProblems(model, object, grant, at),
    ...fieldProblems(object, Object.keys(grant.fields ?? {}), `${at}.fields`),
    ...Object.entries(grant.relations ?? {}).flatMap(([key, rule]) =>
      relationProblems(model, object, key, rule.fields ?? [], `${at}.relations`),
    ),
  ]
}

/** Fields, relations and filters belong to one object. */
function everywhereProblems(grant: ObjectGrant): FieldProblem[] {
  const named = [...(grant.fields ? ['fields'] : []), ...(grant.relations ? ['relations'] : [])]
  const filtered = objectActions.filter((action) => typeof grant[action] === 'object' && grant[action].filter != null)
  return [...named, ...filtered].map((part) => ({
    field: `objects.*.${part}`,
    message: 'belongs to one object; name the object instead of *',
  }))
}

function filterProblems(model: TenantModel, object: CompiledObject, grant: ObjectGrant, at: string): FieldProblem[] {
  return objectActions.flatMap((action) => {
    const given = grant[action]
    if (typeof given !== 'object') return []
    return checkedFilter(model, object, given.filter, `${at}.${action}.filter`)
  })
}

function checkedFilter(model: TenantModel, object: CompiledObject, filter: unknown, at: string): FieldProblem[] {
  const parsed = parseFilter(filter, object, model)
  if (!('problems' in parsed)) return []
  return parsed.problems.map(({ field, message }) => ({ field: at, message: `${field} ${message}` }))
}

const fieldProblems = (object: CompiledObject, keys: string[], at: string): FieldProblem[] =>
  keys
    .filter((key) => !object.field.has(key))
    .map((key) => ({ field: `${at}.${key}`, message: `“${key}” is not a field of ${object.slug}` }))

function relationProblems(
  model: TenantModel,
  object: CompiledObject,
  key: string,
  seen: string[],
  at: string,
): FieldProblem[] {
  const relation = object.relation.get(key)
  if (!relation) return [{ field: `${at}.${key}`, message: `“${key}” is not a relation of ${object.slug}` }]
  const others = relation.objects.map(({ id }) => model.objectById.get(id)!)
  const slugs = others.map(({ slug }) => slug).join(' or ')
  return seen
    .filter((name) => !others.some((other) => other.field.has(name) || other.relation.has(name)))
    .map((name) => ({ field: `${at}.${key}.fields`, message: `“${name}” is not a field of ${slugs}` }))
}

function pathProblems(model: TenantModel, path: string, at: string): FieldProblem[] {
  const [slug = '', ...names] = path.split('.')
  const start = model.object.get(slug)
  if (!start || names.length === 0) {
    return [{ field: at, message: 'must begin with an object and name relations: patients.primary_doctor' }]
  }
  let objects = [start]
  while (names.length > 0) {
    const key = names.shift()!
    const relations = objects.flatMap((object) => object.relation.get(key) ?? [])
    const [relation] = relations
    if (!relation)
      return [{ field: at, message: `“${key}” is not a relation of ${objects.map((one) => one.slug).join(' or ')}` }]
    // Of several objects the path may name the one it means.
    const named = namesObject(relation, names[0]) ? names.shift() : undefined
    const targets = relations.flatMap((one) => one.objects).filter((target) => !named || target.slug === named)
    objects = targets.map(({ id }) => model.objectById.get(id)!)
  }
  return []
}

export function exceptionProblems(model: TenantModel, rule: ExceptionRule): FieldProblem[] {
  if (rule.kind === 'admin') return []
  const object = model.object.get(rule.object)
  if (!object) return [{ field: 'object', message: `“${rule.object}” is not an object of this workspace` }]
  if (rule.kind === 'action') return checkedFilter(model, object, rule.filter, 'filter')
  const known = rule.kind === 'field' ? object.field.has(rule.field) : object.relation.has(rule.relation)
  const name = rule.kind === 'field' ? rule.field : rule.relation
  return known ? [] : [{ field: rule.kind, message: `“${name}” is not a ${rule.kind} of ${object.slug}` }]
}
