/**
 * What a person may not see of a run. Values of fields that are hidden from them stand in what steps were given and what
 * they gave, wherever a text or a formula brought them: a step that reads such a field, or the output of a step that did, is
 * shown with its values hidden.
 */
import type { AccessPolicy } from '@oneforge/kernel/access'
import { compileFormula } from '@oneforge/kernel/expressions'
import type { CompiledObject, TenantModel } from '@oneforge/kernel/metadata'
import { accessOfField, relationAccess } from '@oneforge/kernel/records'
import { MergeFailed, mergeFields } from '../../mail-templates/index.ts'
import { bodiesOf, type Step, stepsWithin, type Workflow } from '../definition.ts'

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
export function hiddenSteps(viewer: Viewer, { workflow, object, seesRecord }: Looked): Set<string> {
  const hiddenOnes = new Set<string>()
  const variables = new Set<string>()
  const isHidden = (path: string[]): boolean => {
    const [root, name = '', ...rest] = path
    if (root === 'steps') return hiddenOnes.has(name)
    if (root === 'vars') return variables.has(name)
    if (root === 'trigger') return !seesRecord && object !== undefined
    if (root === 'record') return object !== undefined && (!seesRecord || !mayFollow(viewer, object, [name, ...rest]))
    // Whose record a loop is at is not known beforehand: its fields are shown to who may see all objects' fields of that name.
    if (root === 'item') return !everywhereReadable(viewer, name)
    return false
  }
  for (const step of stepsWithin(workflow.steps)) {
    if (!pathsIn(ownParts(step)).some(isHidden) && !writesHidden(viewer, step, object)) continue
    hiddenOnes.add(step.id)
    if (step.type === 'set_variable') variables.add(step.variable)
  }
  return hiddenOnes
}

/** Whether what began the run tells of a field that is hidden from the viewer. */
export function hidesTrigger(viewer: Viewer, { workflow, object, seesRecord }: Looked): boolean {
  const { trigger } = workflow
  if (!object) return false
  return !seesRecord || (trigger.type === 'field_changed' && !mayFollow(viewer, object, [trigger.field]))
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

/** A step without the steps that it holds. */
function ownParts(step: Step): unknown {
  const inner = new Set(bodiesOf(step).map(({ part }) => part.split('.')[0]!))
  return Object.fromEntries(Object.entries(step).filter(([part]) => !inner.has(part)))
}

/** What texts and formulas within a value read. */
function pathsIn(value: unknown): string[][] {
  if (typeof value === 'string') return mergedIn(value)
  if (typeof value !== 'object' || value === null) return []
  const { formula } = value as { formula?: unknown }
  if (typeof formula === 'string') {
    const compiled = compileFormula(formula)
    return 'formula' in compiled ? compiled.formula.paths : []
  }
  return Object.values(value).flatMap(pathsIn)
}

function mergedIn(text: string): string[][] {
  try {
    return text.includes('{') ? mergeFields(text) : []
  } catch (error) {
    if (error instanceof MergeFailed) return []
    throw error
  }
}

/** Whether each name on the way may be read. What is no field of the record tells nothing that is hidden. */
function mayFollow(viewer: Viewer, object: CompiledObject, [name = '', ...rest]: string[]): boolean {
  const relation = object.relation.get(name)
  if (relation) {
    if (relationAccess(viewer, object, relation) === 'hidden') return false
    const named = relation.objects.find(({ slug }) => slug === rest[0])
    const others = named ? [named] : relation.objects
    const onwards = named ? rest.slice(1) : rest
    return others.every(({ id, slug }) => {
      const other = viewer.model.objectById.get(id)
      if (!viewer.policy.objects.has(slug)) return false
      return !other || onwards.length === 0 || mayFollow(viewer, other, onwards)
    })
  }
  const field = object.field.get(name === 'title' ? object.roles.title : name)
  return !field || accessOfField(viewer, object, field) !== 'hidden'
}

const everywhereReadable = (viewer: Viewer, name: string): boolean =>
  viewer.model.objects.every((object) => !object.field.has(name) || mayFollow(viewer, object, [name]))

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
