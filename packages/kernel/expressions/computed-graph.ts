/**
 * What the computed fields of a workspace are made of, and so in which order they are worked out and which changes call
 * for it. Derived from a model once and kept with it.
 */
import {
  type CompiledField,
  type CompiledObject,
  type CompiledRelation,
  fieldOrRole,
  type rollupOps,
  storedKey,
  type TenantModel,
} from '../metadata/index.ts'
import type { ValueField } from '../metadata/values/index.ts'
import { type ActivityPart, type ActivityPlan, planActivities } from './activity-plan.ts'
import type { Condition, Filter } from './filter.ts'
import {
  compileRecordFormula,
  type FormulaProblem,
  namesInFormula,
  type RecordFormula,
  type Resolved,
} from './formula-record.ts'
import { parseFilter } from './parse.ts'

/** One step over a relation, walked over its links from one end to the other. */
export interface Step {
  relationId: string
  direction: 'out' | 'in'
}

/** A field that a computed one is made of, at the end of a way over relations (none: of the record itself). */
export interface ComputedSource {
  relations: CompiledRelation[]
  object: CompiledObject
  /** Undefined where only the records themselves count. */
  key: string | undefined
}

/** Changes of these keys of records of an object call for the computed field of the records at the end of `back`. */
export interface Trigger {
  objectId: string
  keys: Set<string>
  back: Step[]
}

/** What has to hold still while a new link to records of `objectId` is taken into account; `ahead` leads on from there. */
export interface Anchor {
  objectId: string
  /** Name of the relation by which they are reached, as they call it. */
  key: string
  ahead: Step[]
}

/** A name in a formula that stands for a field of the record. */
export interface OwnName {
  name: string
  key: string
}

/** A name in a formula that leads over relations to one record each. */
export interface FarName {
  name: string
  steps: Step[]
  key: string
  storedAs: string
}

type RollupOp = (typeof rollupOps)[number]

export type ComputedPlan =
  | { kind: 'formula'; formula: RecordFormula; own: OwnName[]; far: FarName[] }
  | { kind: 'lookup'; relation: CompiledRelation; source: CompiledField }
  | { kind: 'rollup'; relation: CompiledRelation; op: RollupOp; source?: CompiledField; filter?: Filter }
  /** Not worked out where activities change, but right after: see `records/computed/late.ts`. */
  | ActivityPlan
  /** Nothing can be worked out, so there is no value. */
  | { kind: 'broken'; problem: string }

export interface ComputedField {
  object: CompiledObject
  field: CompiledField
  plan: ComputedPlan
  sources: ComputedSource[]
  triggers: Trigger[]
  anchors: Anchor[]
  /** How many relations lie, one behind the other, between it and what people enter; 0 for the record's own. */
  rank: number
  moving: boolean
}

export interface ComputedGraph {
  /** In an order in which each comes after what it is made of. */
  fields: ComputedField[]
  byObject: Map<string, ComputedField[]>
  byField: Map<CompiledField, ComputedField>
  /** Keys of an object's records that fields of a rank above 0 are made of, links in either direction among them. */
  watched: Map<string, Set<string>>
  /** Each as the keys from a field back to itself: `invoices.total`, `invoices.tax`, `invoices.total`. */
  circles: string[][]
}

/** Stands for a record's being there: it was made, deleted, or brought back. */
export const existence = '*'

const graphs = new WeakMap<TenantModel, ComputedGraph>()

export function computedGraph(model: TenantModel): ComputedGraph {
  const known = graphs.get(model)
  if (known) return known
  const graph = buildGraph(model)
  graphs.set(model, graph)
  return graph
}

function buildGraph(model: TenantModel): ComputedGraph {
  const found = model.objects.flatMap((object) =>
    object.fields.filter((field) => field.computation).map((field) => planField(model, object, field)),
  )
  const byField = new Map(found.map((one) => [one.field, one]))
  const { ordered, circles } = inOrder(found, byField)
  for (const one of ordered) one.rank = rankOf(one, byField)
  const watched = new Map<string, Set<string>>()
  for (const { rank, triggers, anchors } of ordered) {
    if (rank === 0) continue
    const both = [...triggers, ...anchors.map(({ objectId, key }) => ({ objectId, keys: [key] }))]
    for (const { objectId, keys } of both) {
      watched.set(objectId, new Set([...(watched.get(objectId) ?? []), ...keys]))
    }
  }
  return { fields: ordered, byObject: Map.groupBy(ordered, ({ object }) => object.id), byField, watched, circles }
}

function planField(model: TenantModel, object: CompiledObject, field: CompiledField): ComputedField {
  const sources = sourcesOf(model, object, field)
  const plan = planOf(model, object, field)
  const reached = sources.filter(({ relations }) => relations.length > 0)
  if (plan.kind === 'activities') {
    return {
      object,
      field,
      plan,
      sources: [],
      triggers: triggersOfActivities(object, plan.parts),
      anchors: [],
      rank: 0,
      moving: false,
    }
  }
  const moving = plan.kind === 'formula' ? plan.formula.moving : plan.kind === 'rollup' && isMoving(plan.filter)
  return {
    object,
    field,
    plan,
    sources,
    triggers: triggersOf(object, sources),
    anchors: reached.flatMap(({ relations }) => anchorsOf(relations)),
    rank: 0,
    moving,
  }
}

/** A formula that no field has yet, planned as if one had. */
export function planDraft(
  model: TenantModel,
  object: CompiledObject,
  field: ValueField,
  expression: string,
): ComputedField {
  const draft = { ...field, computation: { kind: 'formula', expression } } as CompiledField
  return planField(model, object, draft)
}

/**
 * The circle that a field would stand in with this formula: `total`, `tax`, `total`; none where it would not.
 */
export function circleWith(model: TenantModel, object: CompiledObject, key: string, expression: string): string[] {
  const { byField } = computedGraph(model)
  const nameOf = (one: CompiledObject, name: string) => (one.id === object.id ? name : `${one.slug}.${name}`)
  const visited = new Set<ComputedField>()
  const search = (one: ComputedField, path: string[]): string[] | undefined => {
    for (const { object: at, key: name } of one.sources) {
      if (name === undefined) continue
      if (at.id === object.id && name === key) return [...path, key]
      const source = byField.get(at.field.get(name)!)
      if (!source || visited.has(source)) continue
      visited.add(source)
      const found = search(source, [...path, nameOf(at, name)])
      if (found) return found
    }
    return undefined
  }
  return search(planDraft(model, object, { type: 'text', optionByValue: new Map() }, expression), [key]) ?? []
}

const broken = (problem: string): ComputedPlan => ({ kind: 'broken', problem })

function planOf(model: TenantModel, object: CompiledObject, field: CompiledField): ComputedPlan {
  const computation = field.computation!
  if (computation.problem) return broken(computation.problem)
  if (computation.kind === 'formula') return planFormula(model, object, computation.expression ?? '')
  if (computation.activities) return planActivities(model, object, computation.activities)
  const relation = object.relation.get(computation.relation!)!
  const other = model.objectById.get(relation.objectId)!
  const source = computation.field === undefined ? undefined : fieldOrRole(other, computation.field)
  if (computation.kind === 'lookup') return { kind: 'lookup', relation, source: source! }
  const op = computation.op!
  if (computation.filter == null) return { kind: 'rollup', relation, op, source }
  const parsed = parseFilter(computation.filter, other, model)
  if ('problems' in parsed) return broken(`${parsed.problems[0]!.field} ${parsed.problems[0]!.message}`)
  return { kind: 'rollup', relation, op, source, filter: parsed.filter }
}

/** Its links, and the dates and stages of what they lead to; that a record is new, or back, changes nothing. */
function triggersOfActivities(object: CompiledObject, parts: ActivityPart[]): Trigger[] {
  const triggers = parts.flatMap(({ relation, keys }): Trigger[] => [
    { objectId: object.id, keys: new Set([relation.key]), back: [] },
    { objectId: relation.objectId, keys: new Set([existence, ...keys]), back: [backwards(stepOf(relation))] },
  ])
  return merged(triggers)
}

function planFormula(model: TenantModel, object: CompiledObject, expression: string): ComputedPlan {
  const compiled = compileFieldFormula(model, object, expression)
  if ('problems' in compiled) return broken(compiled.problems[0]!.message)
  const { formula } = compiled
  const named = formula.names.map((name) => {
    const { relations, object: end, key } = wayTo(model, object, name)!
    return { name, steps: relations.map(stepOf), key: key!, storedAs: storedKey(end.field.get(key!)!) }
  })
  const [own, far] = [named.filter(({ steps }) => steps.length === 0), named.filter(({ steps }) => steps.length > 0)]
  return { kind: 'formula', formula, own, far }
}

/** What a field is made of, also where it cannot be worked out: a circle has to be seen before types can be told. */
function sourcesOf(model: TenantModel, object: CompiledObject, field: CompiledField): ComputedSource[] {
  const { kind, expression = '', relation: key = '', field: name, filter } = field.computation!
  if (kind === 'formula') return namesInFormula(expression).flatMap((one) => wayTo(model, object, one) ?? [])
  const relation = object.relation.get(key)
  const other = relation && model.objectById.get(relation.objectId)
  if (!relation || !other || relation.objects.length > 1) return []
  const source = name === undefined ? undefined : fieldOrRole(other, name)
  const own: ComputedSource = { relations: [relation], object: other, key: source?.key }
  const parsed = filter == null ? undefined : parseFilter(filter, other, model)
  if (!parsed || 'problems' in parsed) return [own]
  return [own, ...conditionsOf(parsed.filter).map((condition) => sourceOfCondition(relation, other, condition))]
}

/** The formula over records of the object; names lead to fields, over relations to one other record at any depth. */
export function compileFieldFormula(
  model: TenantModel,
  object: CompiledObject,
  expression: string,
): { formula: RecordFormula } | { problems: FormulaProblem[] } {
  return compileRecordFormula(expression, (name) => resolve(model, object, name))
}

function resolve(model: TenantModel, object: CompiledObject, name: string): Resolved {
  const names = name.split('.')
  let at = object
  for (const step of names.slice(0, -1)) {
    const relation = at.relation.get(step)
    if (!relation) return { problem: `“${step}” is not a relation of ${at.slug}` }
    if (relation.many) return { problem: `“${step}” leads to several of ${relation.object}: use a rollup field` }
    if (relation.objects.length > 1) return { problem: `“${step}” leads to records of several objects` }
    at = model.objectById.get(relation.objectId)!
  }
  const last = names.at(-1)!
  const field = fieldOrRole(at, last)
  if (at.relation.has(last)) return { problem: `“${name}” is a record: name a field of it, such as ${name}.title` }
  if (!field) return { problem: `“${last}” is not a field of ${at.slug}` }
  return { type: field.type }
}

function wayTo(model: TenantModel, object: CompiledObject, name: string): ComputedSource | undefined {
  const names = name.split('.')
  const relations: CompiledRelation[] = []
  let at = object
  for (const step of names.slice(0, -1)) {
    const relation = at.relation.get(step)
    if (!relation || relation.many || relation.objects.length > 1) return undefined
    relations.push(relation)
    at = model.objectById.get(relation.objectId)!
  }
  const field = fieldOrRole(at, names.at(-1)!)
  return field && { relations, object: at, key: field.key }
}

const stepOf = ({ relationId, direction }: CompiledRelation): Step => ({ relationId, direction })
const backwards = ({ relationId, direction }: Step): Step => ({
  relationId,
  direction: direction === 'out' ? 'in' : 'out',
})

export function conditionsOf(filter: Filter): Condition[] {
  if ('and' in filter) return filter.and.flatMap(conditionsOf)
  if ('or' in filter) return filter.or.flatMap(conditionsOf)
  if ('not' in filter) return conditionsOf(filter.not)
  return [filter]
}

function sourceOfCondition(relation: CompiledRelation, other: CompiledObject, condition: Condition): ComputedSource {
  const { path, target } = condition
  const relations = [relation, ...path.map((hop) => hop.relation)]
  const object = path.at(-1)?.object ?? other
  if (target.kind === 'value') return { relations, object, key: target.key }
  return { relations: [...relations, target.hop.relation], object: target.hop.object, key: undefined }
}

const isMoving = (filter: Filter | undefined): boolean =>
  filter !== undefined && conditionsOf(filter).some(({ operands }) => operands.some((operand) => 'relative' in operand))

/** All that a value depends on: links and records along the ways, and the fields at their ends. */
function triggersOf(object: CompiledObject, sources: ComputedSource[]): Trigger[] {
  const triggers: Trigger[] = [{ objectId: object.id, keys: new Set([existence]), back: [] }]
  for (const { relations, object: end, key } of sources) {
    let back: Step[] = []
    let at = object.id
    for (const [index, relation] of relations.entries()) {
      triggers.push({ objectId: at, keys: new Set([relation.key]), back })
      back = [backwards(stepOf(relation)), ...back]
      at = index === relations.length - 1 ? end.id : relation.objectId
      triggers.push({ objectId: at, keys: new Set([existence]), back })
    }
    if (key !== undefined) triggers.push({ objectId: at, keys: new Set([key]), back })
  }
  return merged(triggers)
}

const routeOf = ({ objectId, back }: Trigger): string =>
  JSON.stringify([objectId, back.map(({ relationId, direction }) => [relationId, direction])])

function merged(triggers: Trigger[]): Trigger[] {
  const byRoute = Map.groupBy(triggers, routeOf)
  return [...byRoute.values()].map((alike) => ({
    ...alike[0]!,
    keys: new Set(alike.flatMap(({ keys }) => [...keys])),
  }))
}

function anchorsOf(relations: CompiledRelation[]): Anchor[] {
  return relations.map((relation, index) => ({
    objectId: relation.objectId,
    key: relation.inverse,
    ahead: relations.slice(index + 1).map(stepOf),
  }))
}

/** The computed fields that a field is directly made of. */
function madeOf({ sources }: ComputedField, byField: Map<CompiledField, ComputedField>) {
  return sources.flatMap(({ object, key }) => {
    const field = key === undefined ? undefined : object.field.get(key)
    return (field && byField.get(field)) ?? []
  })
}

/** Depth first; what stands in a circle is told apart and has no value. */
function inOrder(
  found: ComputedField[],
  byField: Map<CompiledField, ComputedField>,
): { ordered: ComputedField[]; circles: string[][] } {
  const ordered: ComputedField[] = []
  const circles: string[][] = []
  const state = new Map<ComputedField, 'open' | 'done'>()
  const visit = (one: ComputedField, path: ComputedField[]): void => {
    if (state.get(one) === 'done') return
    if (state.get(one) === 'open') {
      const circle = [...path.slice(path.indexOf(one)), one]
      circles.push(circle.map(({ object, field }) => `${object.slug}.${field.key}`))
      for (const member of circle) member.plan = broken('stands in a circle of computed fields')
      return
    }
    state.set(one, 'open')
    for (const source of madeOf(one, byField)) visit(source, [...path, one])
    state.set(one, 'done')
    ordered.push(one)
  }
  for (const one of found) visit(one, [])
  return { ordered, circles }
}

/** Comes after the ranks of all that it is made of; one more where it is read from other records. */
function rankOf(one: ComputedField, byField: Map<CompiledField, ComputedField>): number {
  const reaches = one.plan.kind === 'activities' || one.sources.some(({ relations }) => relations.length > 0)
  const ranks = madeOf(one, byField).map((source) => source.rank + (reaches ? 1 : 0))
  // The number that a record is given is known once it has been written.
  const isNumbered = one.sources.some(
    ({ object, key }) => key !== undefined && object.field.get(key)?.type === 'autonumber',
  )
  return Math.max(reaches || isNumbered ? 1 : 0, ...ranks)
}
