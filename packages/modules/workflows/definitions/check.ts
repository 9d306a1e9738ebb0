/**
 * All that is wrong with the definition of a workflow in a workspace as it is now; an empty list means that it can run.
 * Every step is looked at, whatever is wrong with those before it.
 */
import type { CompiledObject } from '@oneforge/kernel/metadata'
import { suggestion } from '@oneforge/templates'
import { bodiesOf, type Step, type Workflow } from '../definition.ts'
import { checkStepNames } from './check-steps.ts'
import { checkTrigger } from './check-triggers.ts'
import { checkCondition } from './check-values.ts'
import { objectOf, type Place, type Surroundings } from './names.ts'
import { quoted, type Report, type WorkflowProblem, within } from './problems.ts'
import { checkShape } from './shape.ts'
import { blockingSteps, everyStep, onlyBlocking, stepShapes } from './step-shapes.ts'

const mostSteps = 300
const deepest = 12

export function checkWorkflow(definition: Workflow, around: Surroundings): WorkflowProblem[] {
  const problems: WorkflowProblem[] = []
  const report: Report = (path, message) => problems.push({ path, step: null, message })
  const object = definition.object === undefined ? undefined : around.model.object.get(definition.object)
  checkHead(definition, object, around, report)
  checkTrigger(definition.trigger, object, around, within(report, 'trigger'))
  if (definition.condition !== undefined) {
    checkCondition(definition.condition, object, around.model, within(report, 'condition'))
  }
  const walk = new Walk(definition, around, problems)
  walk.steps(definition.steps, 'steps', { object, loops: new Map() }, 1)
  if (walk.count === 0) report('steps', 'are missing: add what the workflow is to do')
  if (walk.count > mostSteps)
    report('steps', `are ${walk.count}, and may be ${mostSteps}: leave parts to other workflows`)
  return problems
}

function checkHead(
  { label, object: slug, runAs, blocking, trigger }: Workflow,
  object: CompiledObject | undefined,
  { model }: Surroundings,
  report: Report,
): void {
  if (!Object.values(label ?? {}).some((text) => text.trim())) report('label', 'is missing')
  if (slug !== undefined && !object)
    report('object', `“${slug}” is not an object${suggestion(slug, model.object.keys())}`)
  if (runAs !== undefined && !model.roles.has(runAs)) {
    report('runAs', `“${runAs}” is not a role${suggestion(runAs, model.roles.keys())}`)
  }
  if (blocking && !['record_created', 'record_updated', 'field_changed'].includes(trigger?.type)) {
    report('blocking', 'suits workflows only that begin when a record is created or changed')
  }
}

type Around = Omit<Place, 'passed'>

/** One walk over the tree, in the order in which it is read. */
class Walk {
  count = 0
  private readonly workflow: Workflow
  private readonly around: Surroundings
  private readonly problems: WorkflowProblem[]
  private readonly ids = new Set<string>()
  private readonly passed = new Map<string, CompiledObject | undefined>()

  constructor(workflow: Workflow, around: Surroundings, problems: WorkflowProblem[]) {
    this.workflow = workflow
    this.around = around
    this.problems = problems
  }

  steps(list: unknown, path: string, place: Around, depth: number): void {
    if (!Array.isArray(list)) {
      this.problems.push({ path, step: null, message: 'must be a list of steps' })
      return
    }
    for (const [index, step] of list.entries()) this.step(step, `${path}.${index}`, place, depth)
  }

  private step(given: unknown, path: string, place: Around, depth: number) {
    this.count++
    const step = given as Step
    const id = typeof step?.id === 'string' ? step.id : null
    const report: Report = (part, message) =>
      this.problems.push({ path: part === '' ? path : `${path}.${part}`, step: id, message })
    if (depth > deepest) return report('', `stands ${depth} levels deep; ${deepest} are the most`)
    if (!this.isKnown(step, report)) return
    const isRight = checkShape({ ...everyStep, ...stepShapes[step.type] }, step, report)
    if (id !== null && this.ids.has(id)) report('id', `“${id}” is the id of another step`)
    if (id !== null) this.ids.add(id)
    this.checkFitting(step, place, report)
    const here: Place = { ...place, passed: this.passed }
    if (isRight) checkStepNames(step, this.around, here, report)
    if (id !== null)
      this.passed.set(id, step.type === 'create_record' ? this.around.model.object.get(step.object) : undefined)
    if (isRight) this.bodies(step, path, here, depth)
  }

  private isKnown(step: Step | null, report: Report): step is Step {
    if (step !== null && typeof step === 'object' && Object.hasOwn(stepShapes, step.type ?? '')) return true
    const type = (step as { type?: unknown } | null)?.type
    report('type', `${quoted(type)} is not a kind of step${suggestion(String(type), Object.keys(stepShapes))}`)
    return false
  }

  private checkFitting(step: Step, { object, loops }: Around, report: Report): void {
    const { type } = step
    if (this.workflow.blocking && !blockingSteps.has(type)) {
      report('type', 'cannot stand in a workflow that runs before its record is written')
    }
    if (!this.workflow.blocking && onlyBlocking.has(type)) {
      report('type', 'needs a workflow that runs before its record is written')
    }
    if (step.type === 'run_workflow' && step.workflow === this.workflow.key && loops.size === 0) {
      report('workflow', 'is this workflow itself, which would go round in circles: choose another one')
    }
    // What has a target of its own is checked with it. What is waited for happens to the record of the run, wherever it waits.
    const isMissing = !object && (type === 'wait_event' || (type === 'if' && loops.size === 0))
    if (isMissing) report('type', 'needs a record: the workflow is about no object')
  }

  private bodies(step: Step, path: string, place: Place, depth: number): void {
    const inner = step.type === 'loop' ? { ...place, loops: this.loopsWithin(step, place) } : place
    for (const { part, steps } of bodiesOf(step)) {
      const isInList = step.type === 'switch' || step.type === 'parallel'
      const name = isInList && part !== 'otherwise' ? `${path}.${part}.steps` : `${path}.${part}`
      this.steps(steps, name, inner, depth + 1)
    }
  }

  private loopsWithin({ id, over }: Step & { type: 'loop' }, place: Place): Place['loops'] {
    const { model } = this.around
    const found =
      'object' in over ? { object: model.object.get(over.object) } : objectOf(model, place, { relation: over.relation })
    return new Map([...place.loops, [id, 'problem' in found ? undefined : found.object]])
  }
}
