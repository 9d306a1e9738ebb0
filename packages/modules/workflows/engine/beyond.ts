/** Whether what a workflow does rests on more than its record's own values. */
import { computedGraph } from '@oneforge/kernel/expressions'
import type { CompiledObject, TenantModel } from '@oneforge/kernel/metadata'
import { type Step, stepsWithin, type Workflow } from '../definition.ts'
import { pathsRead } from '../reads.ts'

/**
 * What is related to its record, or counted or brought over from there, may be changed by runs on other records: who looks
 * at that and goes by it has to come after them or before them, and not between.
 */
export function looksBeyond(model: TenantModel, workflow: Workflow): boolean {
  const own = workflow.object === undefined ? undefined : model.object.get(workflow.object)
  const steps = [...stepsWithin(workflow.steps)]
  const isBeyond = ([root, ...path]: string[]) => {
    if (root === 'item') return true
    return root === 'record' && own !== undefined && !isOwn(model, own, path)
  }
  return steps.some((step) => step.type === 'loop' || [...pathsRead(step, steps), ...asked(step)].some(isBeyond))
}

/** What the step's condition asks of the record. */
const asked = (step: Step): string[][] =>
  step.type === 'if' ? fieldsIn(step.condition).map((field) => ['record', ...field.split('.')]) : []

function fieldsIn(condition: unknown): string[] {
  if (typeof condition !== 'object' || condition === null) return []
  const { field } = condition as { field?: unknown }
  return [...(typeof field === 'string' ? [field] : []), ...Object.values(condition).flatMap(fieldsIn)]
}

/** Also which record a link of its own leads to, of which nothing is read. */
function isOwn(model: TenantModel, object: CompiledObject, [name, ...rest]: string[]): boolean {
  if (name === undefined) return false
  const relation = object.relation.get(name)
  if (relation) {
    const isHeldHere = relation.direction === 'out' && !relation.many
    return isHeldHere && (rest.length === 0 || (rest.length === 1 && rest[0] === 'id'))
  }
  const field = object.field.get(name === 'title' ? object.roles.title : name)
  return field === undefined || (computedGraph(model).byField.get(field)?.rank ?? 0) === 0
}
