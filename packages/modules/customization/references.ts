/**
 * Where definitions name fields, relations and objects: found once, for telling what depends on a thing, for mending that
 * when the thing goes, and for having it follow when the thing gets another name.
 */
import type {
  CompiledObject,
  DefinitionValue,
  MetadataState,
  TenantModel,
  VersionedKind,
} from '@oneforge/kernel/metadata'

/** What becomes of a reference whose thing goes: taken out, left without a value, or a right that is given no more. */
export type Mend = 'takenOut' | 'withoutValue' | 'withdrawn' | 'none'

export interface Reference {
  /** Whose names the path begins with. */
  base: CompiledObject
  /** `company.name`; empty where it names the object itself. */
  path: string
  /** The part of the definition: `columns`, `rules.discharge`. */
  where: string
  /** What a condition compares with. */
  values?: unknown[]
  mend: Mend
  /** Takes it out of the definition, as `mend` says. */
  remove(): void
  /** Writes another path, or for an object another slug, in its place. */
  replace(path: string): void
}

/** A definition that may name others; the references change it in place. */
export interface Thing {
  kind: VersionedKind
  id: string
  state: MetadataState
  /** A view of somebody's own. */
  isPrivate: boolean
}

type Node = { [part: string]: unknown }
type Visit = (reference: Omit<Reference, 'mend'> & { mend?: Mend }) => void

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

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
  if (thing.kind === 'workflow' || thing.kind === 'dashboard') inScopes(definition, undefined, model, visit, '')
  return found
}

/** One name, or a list of them, standing in a part of a definition. */
function inNames(holder: Node, part: string, base: CompiledObject, where: string, visit: Visit): void {
  const value = holder[part]
  if (typeof value === 'string') {
    const sign = value.startsWith('-') ? '-' : ''
    visit({
      base,
      path: value.slice(sign.length),
      where,
      remove: () => delete holder[part],
      replace: (path) => {
        holder[part] = sign + path
      },
    })
  }
  for (const item of listOf(value)) {
    if (typeof item !== 'string') continue
    const list = value as string[]
    const sign = item.startsWith('-') ? '-' : ''
    let standing = item
    visit({
      base,
      path: item.slice(sign.length),
      where,
      remove: () => list.splice(list.indexOf(standing), 1),
      replace: (path) => {
        list[list.indexOf(standing)] = sign + path
        standing = sign + path
      },
    })
  }
}

/** The conditions of a filter; one that goes takes along what would be left empty. */
function inFilter(
  holder: Node,
  part: string,
  base: CompiledObject,
  where: string,
  visit: Visit,
  onRemove?: () => void,
) {
  const removeAll = onRemove ?? (() => delete holder[part])
  filterNode(holder[part], base, where, visit, removeAll)
}

function filterNode(node: unknown, base: CompiledObject, where: string, visit: Visit, remove: () => void): void {
  if (!isNode(node)) return
  if (typeof node.field === 'string') {
    const values = Array.isArray(node.value) ? node.value : [node.value]
    visit({
      base,
      path: node.field,
      where,
      values,
      remove,
      replace: (path) => {
        node.field = path
      },
    })
    return
  }
  if ('not' in node) filterNode(node.not, base, where, visit, remove)
  for (const word of ['and', 'or']) {
    const list = listOf(node[word])
    for (const inner of [...list]) {
      filterNode(inner, base, where, visit, () => {
        if (list.includes(inner)) list.splice(list.indexOf(inner), 1)
        if (list.length === 0) remove()
      })
    }
  }
}

const quotedOrName = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[A-Za-z_]\w*(?:\s*\.\s*[A-Za-z_]\w*)*/g

/** Names in a formula: all but what is quoted, and functions and methods. */
function inFormula(holder: Node, part: string, base: CompiledObject, where: string, visit: Visit, remove: () => void) {
  const source = holder[part]
  if (typeof source !== 'string') return
  for (const path of new Set(namesIn(source))) {
    visit({
      base,
      path,
      where,
      mend: remove === leaveIt ? 'withoutValue' : 'takenOut',
      remove,
      replace: (name) => {
        holder[part] = renamed(holder[part] as string, path, name)
      },
    })
  }
}

const leaveIt = (): void => {}

function namesIn(source: string): string[] {
  return [...source.matchAll(quotedOrName)].flatMap(({ 0: token, index }) => {
    if (/^["']/.test(token)) return []
    const isCalled = /^\s*\(/.test(source.slice(index + token.length))
    const names = token.split(/\s*\.\s*/)
    const path = isCalled ? names.slice(0, -1) : names
    return path.length > 0 ? [path.join('.')] : []
  })
}

const renamed = (source: string, from: string, to: string): string =>
  source.replaceAll(quotedOrName, (token) => {
    const plain = token.replaceAll(/\s/g, '')
    if (/^["']/.test(token) || (plain !== from && !plain.startsWith(`${from}.`))) return token
    return to + plain.slice(from.length)
  })

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

const dropItem = (holder: Node, part: string, item: unknown): void => {
  holder[part] = listOf(holder[part]).filter((one) => one !== item)
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

/** A property whose name is the reference. */
function inKeys(holder: Node, key: string, base: CompiledObject, path: string, where: string, visit: Visit): void {
  let standing = key
  visit({
    base,
    path,
    where,
    remove: () => delete holder[standing],
    replace: (name) => {
      const entries = Object.entries(holder)
      for (const one of Object.keys(holder)) delete holder[one]
      for (const [one, value] of entries) holder[one === standing ? name : one] = value
      standing = name
    },
  })
}

const inTexts = /\{\{\s*record\.([\w.]+)/g
const nameParts = new Set(['field', 'groupBy', 'sort', 'columns', 'dateField', 'measure'])

/** Workflows and dashboards: whatever stands in a part that says which object it is about. */
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
    else if (object && typeof value === 'string') inText(node, part, object, place, nothing)
    for (const item of listOf(value)) if (isNode(item)) inScopes(item, object, model, visit, place)
  }
}

function inText(holder: Node, part: string, base: CompiledObject, where: string, visit: Visit): void {
  for (const [, path] of String(holder[part]).matchAll(inTexts)) {
    visit({
      base,
      path: path!,
      where,
      remove: leaveIt,
      replace: (to) => {
        const whole = new RegExp(`(\\{\\{\\s*record\\.)${path!.replaceAll('.', '\\.')}(?![\\w.])`, 'g')
        holder[part] = String(holder[part]).replaceAll(whole, (_, opening: string) => opening + to)
      },
    })
  }
}

/** A copy that references may change. */
export const copyOf = (state: MetadataState): MetadataState =>
  structuredClone(state) as { [k: string]: DefinitionValue }
