/**
 * What a person may not see of a run. Values of fields that are hidden from them stand in what steps were given and what
 * they gave, wherever a text or a formula brought them: a step that reads such a field, or the output of a step that did, is
 * shown with its values hidden.
 */
import { type AccessPolicy, filterAccess } from '@oneforge/kernel/access'
import { parseFilter } from '@oneforge/kernel/expressions'
import { type CompiledObject, inLocale, type TenantModel } from '@oneforge/kernel/metadata'
import { accessOfField, relationAccess } from '@oneforge/kernel/records'
import { mayRunAs } from '../../access/index.ts'
import { type Condition, type Step, stepsWithin, type Text, type Trigger, type Workflow } from '../definition.ts'
import { pathsRead } from '../reads.ts'

export const hidden = '«hidden»'

interface Viewer {
  model: TenantModel
  policy: AccessPolicy
}

/** What is known of the run that is looked at. */
export interface Looked {
  workflow: Workflow
  object: CompiledObject | undefined
  /** Whether the viewer may see its record; true for runs of no record. */
  seesRecord: boolean
}

/** Ids of the steps whose values are hidden from the viewer. */
export function hiddenSteps(viewer: Viewer, looked: Looked): Set<string> {
  const { workflow, object, seesRecord } = looked
  const hiddenOnes = new Set<string>()
  const variables = new Set<string>()
  const isHidden = (path: string[]): boolean => {
    const [root, name = ''] = path
    if (root === 'steps') return hiddenOnes.has(name)
    if (root === 'vars') return variables.has(name)
    if (root === 'trigger') return hidesTrigger(viewer, looked)
    if (root === 'record') return object !== undefined && (!seesRecord || !mayFollow(viewer, object, path.slice(1)))
    // Whose record a loop is at is not known beforehand: its fields are shown to who may see all objects' fields of that name.
    if (root === 'item') return !everywhereReadable(viewer, path.slice(1))
    return false
  }
  const steps = [...stepsWithin(workflow.steps)]
  const subjects = steps.some(({ type }) => type === 'loop') ? viewer.model.objects : object ? [object] : []
  for (const step of steps) {
    const isRead = pathsRead(step, steps).some(isHidden)
    const isTold = writesHidden(viewer, step, object) || asksHidden(viewer, step, subjects)
    if (!isRead && !isTold && !answersBeyond(viewer, step, workflow)) continue
    hiddenOnes.add(step.id)
    if (step.type === 'set_variable') variables.add(step.variable)
  }
  return hiddenOnes
}

/** Whether what began the run tells of a field that is hidden from the viewer. */
export function hidesTrigger(viewer: Viewer, { workflow, object, seesRecord }: Looked): boolean {
  const { trigger } = workflow
  if (!object) return false
  return !seesRecord || fieldsTold(trigger, object).some((field) => !mayFollow(viewer, object, [field]))
}

/** The fields whose values what begins a run tells. */
function fieldsTold(trigger: Trigger, { pipelines }: CompiledObject): string[] {
  if (trigger.type === 'field_changed') return [trigger.field]
  if (trigger.type !== 'stage_changed') return []
  return pipelines
    .filter(({ key }) => trigger.pipeline === undefined || key === trigger.pipeline)
    .map(({ field }) => field)
}

/** Whether the viewer may see every field of the object: messages of failures quote whichever was at fault. */
export const seesWhole = (viewer: Viewer, object: CompiledObject): boolean =>
  object.fields.every((field) => accessOfField(viewer, object, field) !== 'hidden')

/** The same value with everything that is said in it replaced; what is no text or number stays as it is. */
export function masked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(masked)
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, masked(inner)]))
  }
  return typeof value === 'string' || typeof value === 'number' ? hidden : value
}

/** What a text says beside its values; one that goes its own ways by them says nothing without. */
export function withoutValues(text: Text, locale: string): string {
  const source = typeof text === 'string' ? text : inLocale(text, locale)
  return source.includes('{%') ? hidden : source.replaceAll(/\{\{.*?\}\}/gs, hidden)
}

/** What an operation answers follows the rights of the run: it is for those who have them. */
const answersBeyond = ({ policy }: Viewer, { type }: Step, { runAs }: Workflow): boolean =>
  type === 'call_operation' && !mayRunAs(policy, runAs)

/** Whether each name on the way may be read; at the end of a way that names no field stands a whole record. */
function mayFollow(viewer: Viewer, object: CompiledObject, path: string[]): boolean {
  const [name, ...rest] = path
  if (name === undefined) return seesWhole(viewer, object)
  const relation = object.relation.get(name)
  if (relation) {
    if (relationAccess(viewer, object, relation) === 'hidden') return false
    const named = relation.objects.find(({ slug }) => slug === rest[0])
    const others = named ? [named] : relation.objects
    const onwards = named ? rest.slice(1) : rest
    return others.every(({ id, slug }) => {
      const other = viewer.model.objectById.get(id)
      if (!viewer.policy.objects.has(slug)) return false
      return !other || mayFollow(viewer, other, isPlace(onwards[0]) ? onwards.slice(1) : onwards)
    })
  }
  const field = object.field.get(name === 'title' ? object.roles.title : name)
  return !field || accessOfField(viewer, object, field) !== 'hidden'
}

/** What texts say to take one of a list. */
const isPlace = (name = ''): boolean => /^(?:first|last|\d+)$/.test(name)

const everywhereReadable = (viewer: Viewer, path: string[]): boolean =>
  viewer.model.objects.every((object) => mayFollow(viewer, object, path))

/** Which way a step takes by a field tells of that field: conditions are shown to those who could ask them. */
function asksHidden(viewer: Viewer, step: Step, subjects: readonly CompiledObject[]): boolean {
  switch (step.type) {
    case 'if':
      return !mayAsk(viewer, subjects, step.condition)
    case 'assign':
      return (step.rules ?? []).some(({ condition }) => !mayAsk(viewer, subjects, condition))
    case 'wait_event':
      return step.field !== undefined && subjects.some((object) => !mayFollow(viewer, object, [step.field!]))
    case 'loop': {
      const object = 'object' in step.over ? viewer.model.object.get(step.over.object) : undefined
      return object !== undefined && 'object' in step.over && !mayAsk(viewer, [object], step.over.filter)
    }
    default:
      return false
  }
}

/** Of every object of which the condition can be asked at all. */
const mayAsk = ({ model, policy }: Viewer, subjects: readonly CompiledObject[], condition: Condition): boolean =>
  subjects.every(
    (object) =>
      'problems' in parseFilter(condition, object, model) ||
      'filter' in parseFilter(condition, object, model, filterAccess(policy, model)),
  )

/** A plain value for a field that the viewer may not see tells that field. */
function writesHidden(viewer: Viewer, step: Step, own: CompiledObject | undefined): boolean {
  const object = step.type === 'create_record' ? viewer.model.object.get(step.object) : own
  if (!object) return false
  const keys =
    step.type === 'create_record' || step.type === 'update_record'
      ? Object.keys(step.values)
      : step.type === 'update_field' || step.type === 'set_value'
        ? [step.field]
        : []
  return keys.some((key) => !mayFollow(viewer, object, [key]))
}
