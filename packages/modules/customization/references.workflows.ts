/** What workflows name: in their trigger and condition, and in every step of their tree. */
import type { CompiledObject, TenantModel } from '@oneforge/kernel/metadata'
import {
  inFilter,
  inKeys,
  inNames,
  inRootedFormula,
  inText,
  isNode,
  leaveIt,
  listOf,
  type Node,
  type Visit,
} from './references.parts.ts'

/** What names stand for at a place of the tree. */
interface Place {
  model: TenantModel
  /** Of the run's record. */
  record: CompiledObject | undefined
  /** Of the record that the innermost loop is at, and of those around, by their ids. */
  item: CompiledObject | undefined
  loops: Map<string, CompiledObject | undefined>
  /** Of records that steps make, by the ids of the steps. */
  made: Map<string, CompiledObject | undefined>
  visit: Visit
}

/** Whatever goes, the workflow stays as it is: its check tells what it lacks. */
export function inWorkflow(definition: Node, model: TenantModel, visit: Visit): void {
  const place: Place = {
    model,
    record: model.object.get(String(definition.object)),
    item: undefined,
    loops: new Map(),
    made: new Map(),
    visit: (reference) => visit({ ...reference, mend: 'withoutValue', remove: leaveIt }),
  }
  inSlug(definition, '', place)
  if (isNode(definition.trigger)) inTrigger(definition.trigger, place)
  if (place.record) inFilter(definition, 'condition', place.record, 'condition', place.visit)
  // Templates may say `actions` for a list of steps.
  for (const part of ['steps', 'actions']) inSteps(definition[part], part, place)
}

/** An object that is named by its slug. */
function inSlug(node: Node, where: string, { model, visit }: Place): void {
  const object = model.object.get(String(node.object))
  if (!object) return
  const replace = (slug: string) => {
    node.object = slug
  }
  visit({ base: object, path: '', where: where || 'object', remove: leaveIt, replace })
}

function inTrigger(trigger: Node, place: Place): void {
  const { record, visit } = place
  if (!record) return
  const values = [trigger.from, trigger.to].filter((value) => value !== undefined)
  for (const part of ['field', 'fields', 'relation']) {
    inNames(trigger, part, record, 'trigger', (reference) => visit({ ...reference, values }))
  }
  if (trigger.type === 'stage_changed') inPipeline(trigger, record, values, visit)
  inFilter(trigger, 'records', record, 'trigger', visit)
}

/** A stage that is named is an option of the field that shows it. */
function inPipeline({ pipeline: key }: Node, record: CompiledObject, values: unknown[], visit: Visit): void {
  for (const { key: name, field } of record.pipelines) {
    if (key !== undefined && key !== name) continue
    visit({ base: record, path: field, where: 'trigger', values, remove: leaveIt, replace: leaveIt })
  }
}

function inSteps(steps: unknown, where: string, place: Place): void {
  for (const [index, step] of listOf(steps).entries()) if (isNode(step)) inStep(step, `${where}.${index}`, place)
}

function inStep(step: Node, where: string, place: Place): void {
  const { model, record, visit } = place
  const subject = place.item ?? record
  if (subject) inFilter(step, 'condition', subject, where, visit)
  const about = step.type === 'create_record' ? model.object.get(String(step.object)) : targetOf(step.target, place)
  if (step.type === 'create_record') {
    inSlug(step, where, place)
    place.made.set(String(step.id), about)
  }
  if (about) inParts(step, about, where, visit)
  for (const part of ['target', 'to']) {
    if (record && isNode(step[part])) inNames(step[part], 'relation', record, where, visit)
  }
  const inner = step.type === 'loop' && isNode(step.over) ? inLoop(step, step.over, where, place) : place
  inValues(step, where, place)
  inBodies(step, where, inner)
}

/** The fields and relations of the record that a step is about. */
function inParts(step: Node, about: CompiledObject, where: string, visit: Visit): void {
  const values = 'value' in step ? [step.value] : [step.to].filter((value) => typeof value === 'string')
  inNames(step, 'field', about, where, (reference) => visit({ ...reference, values }))
  inNames(step, 'relation', about, where, visit)
  const given = step.values
  if (isNode(given)) {
    for (const [key, value] of Object.entries(given)) {
      inKeys(given, key, about, key, where, (reference) => visit({ ...reference, values: [value] }))
    }
  }
  for (const rule of listOf(step.rules)) if (isNode(rule)) inFilter(rule, 'condition', about, where, visit)
}

function targetOf(target: unknown, { record, loops, made, model }: Place): CompiledObject | undefined {
  if (!isNode(target)) return record
  if (typeof target.loop === 'string') return loops.get(target.loop)
  if (typeof target.step === 'string') return made.get(target.step)
  const relation = record?.relation.get(String(target.relation))
  return relation?.objects.length === 1 ? model.objectById.get(relation.objectId) : undefined
}

/** The place within a loop. */
function inLoop(step: Node, over: Node, where: string, place: Place): Place {
  const { model, record, visit } = place
  inSlug(over, where, place)
  const listed = model.object.get(String(over.object))
  if (listed) {
    inFilter(over, 'filter', listed, where, visit)
    inNames(over, 'sort', listed, where, visit)
  }
  if (record) inNames(over, 'relation', record, where, visit)
  const item = listed ?? targetOf({ relation: over.relation }, place)
  return { ...place, item, loops: new Map([...place.loops, [String(step.id), item]]) }
}

const bodies = ['then', 'else', 'otherwise', 'onTimeout', 'steps', 'approved', 'rejected']

function inBodies(step: Node, where: string, place: Place): void {
  for (const body of bodies) inSteps(step[body], `${where}.${body}`, place)
  for (const lists of ['cases', 'branches']) {
    for (const [index, one] of listOf(step[lists]).entries()) {
      if (isNode(one)) inSteps(one.steps, `${where}.${lists}.${index}.steps`, place)
    }
  }
}

const notFilled = new Set([...bodies, 'cases', 'branches', 'condition', 'over', 'rules', 'target'])

/** Texts and formulas of a step, however deep they stand in what it is given. */
function inValues(node: Node, where: string, place: Place): void {
  const roots = [
    ['record', place.record],
    ['item', place.item],
  ] as const
  for (const [part, value] of Object.entries(node)) {
    if (notFilled.has(part)) continue
    if (isNode(value)) inValues(value, where, place)
    for (const item of listOf(value)) if (isNode(item)) inValues(item, where, place)
    if (typeof value !== 'string') continue
    for (const [root, base] of roots) {
      if (!base) continue
      if (part === 'formula') inRootedFormula({ holder: node, part, root }, base, where, place.visit)
      else inText({ holder: node, part, root }, base, where, place.visit)
    }
  }
}
