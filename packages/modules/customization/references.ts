/**
 * Where definitions name fields, relations and objects: found once, for telling what depends on a thing, for mending that
 * when the thing goes, and for having it follow when the thing gets another name.
 */
import type { CompiledObject, DefinitionValue, MetadataState, TenantModel } from '@oneforge/kernel/metadata'
import {
  dropItem,
  inFilter,
  inFormula,
  inKeys,
  inNames,
  inText,
  isNode,
  leaveIt,
  listOf,
  type Node,
  type Reference,
  type Thing,
  type Visit,
} from './references.parts.ts'
import { inWorkflow } from './references.workflows.ts'

export type { Mend, Reference, Thing } from './references.parts.ts'

/** All references of the thing, in the order of its definition. */
export function referencesOf(model: TenantModel, thing: Thing): Reference[] {
  const found: Reference[] = []
  const visit: Visit = (reference) => found.push({ mend: 'takenOut', ...reference })
  const definition = thing.state.definition as Node | undefined
  if (!definition) return []
  const ownerId = thing.kind === 'object' ? thing.id : (thing.state.object_id as string | undefined)
  const object = ownerId ? model.objectById.get(ownerId) : undefined
  if (thing.kind === 'object' && object) inObject(definition, object, visit)
  if (thing.kind === 'field' && object) inField(definition, object, model, visit)
  if (thing.kind === 'view' && object) inView(definition, object, visit)
  if (thing.kind === 'role') inRole(definition, model, visit)
  if (thing.kind === 'workflow') inWorkflow(definition, model, visit)
  if (thing.kind === 'dashboard') inScopes(definition, undefined, model, visit, '')
  return found
}

function inObject(definition: Node, object: CompiledObject, visit: Visit): void {
  const roles = (definition.roles ?? {}) as Node
  for (const role of Object.keys(roles)) inNames(roles, role, object, `roles.${role}`, visit)
  for (const rule of listOf(definition.rules).filter(isNode)) {
    const where = `rules.${rule.key}`
    const remove = () => dropItem(definition, 'rules', rule)
    const whole: Visit = (reference) => visit({ ...reference, where, remove })
    inNames(rule, 'field', object, where, visit)
    inFilter(rule, 'when', object, where, whole)
    if (typeof rule.check === 'string') inFormula(rule, 'check', object, where, whole, remove)
    else inFilter(rule, 'check', object, where, whole)
  }
  for (const key of listOf(definition.uniqueKeys).filter(isNode)) {
    const remove = () => dropItem(definition, 'uniqueKeys', key)
    inNames(key, 'fields', object, `uniqueKeys.${key.key}`, (reference) => visit({ ...reference, remove }))
  }
  for (const pipeline of listOf(definition.pipelines).filter(isNode)) {
    const where = `pipelines.${pipeline.key}`
    const remove = () => dropItem(definition, 'pipelines', pipeline)
    inNames(pipeline, 'field', object, where, (reference) => visit({ ...reference, remove }))
    for (const stage of listOf(pipeline.stages).filter(isNode)) {
      for (const part of ['requires', 'moments']) inNames(stage, part, object, where, visit)
    }
  }
  const duplicates = (definition.duplicates ?? {}) as Node
  for (const rule of listOf(duplicates.rules).filter(isNode)) {
    const remove = () => dropItem(duplicates, 'rules', rule)
    for (const part of listOf(rule.parts).filter(isNode)) {
      inNames(part, 'field', object, 'duplicates', (reference) => visit({ ...reference, remove }))
    }
  }
}

function inField(definition: Node, object: CompiledObject, model: TenantModel, visit: Visit): void {
  const conditions = (definition.conditions ?? {}) as Node
  for (const part of ['visible', 'required', 'readOnly'])
    inFilter(conditions, part, object, `conditions.${part}`, visit)
  for (const option of listOf(conditions.options).filter(isNode)) {
    inFilter(option, 'when', object, 'conditions.options', visit, () => dropItem(conditions, 'options', option))
  }
  const initial = definition.default
  if (isNode(initial)) inFormula(initial, 'formula', object, 'default', visit, () => delete definition.default)
  if (isNode(definition.computed)) inComputation(definition.computed, object, model, visit)
  if (isNode(definition.relation)) inRelation(definition.relation, object, model, visit)
}

function inComputation(computed: Node, object: CompiledObject, model: TenantModel, visit: Visit): void {
  const broken: Visit = (reference) => visit({ ...reference, mend: 'withoutValue', remove: leaveIt })
  inFormula(computed, 'expression', object, 'computed', broken, leaveIt)
  inNames(computed, 'relation', object, 'computed', broken)
  const relation = object.relation.get(String(computed.relation))
  const other = relation && model.objectById.get(relation.objectId)
  if (!other) return
  inNames(computed, 'field', other, 'computed', broken)
  inFilter(computed, 'filter', other, 'computed', broken)
}

/** A relation points at objects by their slugs. */
function inRelation(relation: Node, object: CompiledObject, model: TenantModel, visit: Visit): void {
  const pointsAt: Visit = (reference) => {
    const other = model.object.get(reference.path)
    if (other) visit({ ...reference, base: other, path: '', mend: 'none', remove: leaveIt })
  }
  inNames(relation, 'object', object, 'relation', pointsAt)
  inNames(relation, 'others', object, 'relation', pointsAt)
}

function inView(definition: Node, object: CompiledObject, visit: Visit): void {
  inNames(definition, 'columns', object, 'columns', visit)
  inNames(definition, 'sort', object, 'sort', visit)
  inNames(definition, 'groupBy', object, 'groupBy', visit)
  inFilter(definition, 'filter', object, 'filter', visit)
  if (isNode(definition.settings)) inViewSettings(definition.settings, object, visit)
}

const namesOfSettings = [
  'thenBy',
  'laneField',
  'dateField',
  'endField',
  'resourceField',
  'colorField',
  'cardFields',
  'imageField',
]

function inViewSettings(settings: Node, object: CompiledObject, visit: Visit): void {
  for (const part of namesOfSettings) inNames(settings, part, object, `settings.${part}`, visit)
  for (const column of listOf(settings.columnSettings).filter(isNode)) {
    const remove = () => dropItem(settings, 'columnSettings', column)
    const whole: Visit = (reference) => visit({ ...reference, remove })
    inNames(column, 'field', object, 'settings.columnSettings', whole)
  }
  for (const rule of listOf(settings.colors).filter(isNode)) {
    inFilter(rule, 'filter', object, 'settings.colors', visit, () => dropItem(settings, 'colors', rule))
  }
}

function inRole(definition: Node, model: TenantModel, visit: Visit): void {
  const objects = (definition.objects ?? {}) as Node
  for (const [slug, grant] of Object.entries(objects)) {
    const object = model.object.get(slug)
    if (!object || !isNode(grant)) continue
    const where = `objects.${slug}`
    inKeys(objects, slug, object, '', where, visit)
    for (const part of ['fields', 'relations']) {
      const named = grant[part]
      if (isNode(named))
        for (const key of Object.keys(named)) inKeys(named, key, object, key, `${where}.${part}`, visit)
    }
    for (const [key, rule] of Object.entries((grant.relations ?? {}) as Node)) {
      const relation = object.relation.get(key)
      const other = relation && model.objectById.get(relation.objectId)
      if (other && isNode(rule)) inNames(rule, 'fields', other, `${where}.relations.${key}`, visit)
    }
    for (const [action, scope] of Object.entries(grant)) {
      if (!isNode(scope) || !('scope' in scope)) continue
      // Without its filter the right would reach further: it goes as a whole.
      const withdraw = () => delete grant[action]
      const filtered: Visit = (reference) => visit({ ...reference, mend: 'withdrawn', remove: withdraw })
      inFilter(scope, 'filter', object, `${where}.${action}`, filtered)
    }
  }
  for (const way of listOf(definition.forbiddenPaths)) {
    const [slug = '', ...rest] = String(way).split('.')
    const object = model.object.get(slug)
    if (!object) continue
    const list = definition.forbiddenPaths as string[]
    let standing = String(way)
    const put = (text: string) => {
      list[list.indexOf(standing)] = text
      standing = text
    }
    const remove = () => list.splice(list.indexOf(standing), 1)
    const base = { base: object, where: 'forbiddenPaths', remove }
    visit({ ...base, path: '', replace: (to) => put([to, ...standing.split('.').slice(1)].join('.')) })
    if (rest.length > 0) {
      visit({ ...base, path: rest.join('.'), replace: (to) => put(`${standing.split('.')[0]}.${to}`) })
    }
  }
}

const nameParts = new Set(['field', 'groupBy', 'sort', 'columns', 'dateField', 'measure'])

/** Dashboards: whatever stands in a part that says which object it is about. */
function inScopes(
  node: Node,
  scope: CompiledObject | undefined,
  model: TenantModel,
  visit: Visit,
  where: string,
): void {
  const object = typeof node.object === 'string' ? (model.object.get(node.object) ?? scope) : scope
  const nothing: Visit = (reference) => visit({ ...reference, mend: 'withoutValue', remove: leaveIt })
  if (object && node.object === object.slug) {
    nothing({
      base: object,
      path: '',
      where,
      remove: leaveIt,
      replace: (slug) => {
        node.object = slug
      },
    })
  }
  for (const [part, value] of Object.entries(node)) {
    const place = where === '' ? part : `${where}.${part}`
    if (object && (part === 'filter' || part === 'condition')) inFilter(node, part, object, place, nothing)
    else if (object && nameParts.has(part) && !isNode(value)) inNames(node, part, object, place, nothing)
    else if (isNode(value)) inScopes(value, object, model, visit, place)
    else if (object && typeof value === 'string') inText({ holder: node, part, root: 'record' }, object, place, nothing)
    for (const item of listOf(value)) if (isNode(item)) inScopes(item, object, model, visit, place)
  }
}

/** A copy that references may change. */
export const copyOf = (state: MetadataState): MetadataState =>
  structuredClone(state) as { [k: string]: DefinitionValue }
