/** What steps do as people do: tasks, meetings and e-mails about a record, as the workspace's objects of activities have them. */
import { scopeOf } from '@oneforge/kernel/access'
import { validationError } from '@oneforge/kernel/errors'
import type { ActivityKind, CompiledObject } from '@oneforge/kernel/metadata'
import { cut, dayOf } from '@oneforge/kernel/metadata/values'
import { accessOfField, type PresentedRecord, type RecordContext } from '@oneforge/kernel/records'

const longestTitle = 255

/** The object of such activities; undefined where the workspace has none, or the role of the run may not make one. */
export const findActivityObject = ({ model, policy }: RecordContext, kind: ActivityKind): CompiledObject | undefined =>
  model.objects.find((object) => object.activity === kind && scopeOf(policy, object, 'create'))

/** @throws VALIDATION_ERROR where there is none. */
export function activityObject(context: RecordContext, kind: ActivityKind): CompiledObject {
  const object = findActivityObject(context, kind)
  if (object) return object
  throw validationError(
    [],
    `This workflow can make no ${kind} here: add the objects of the template “Activities” to the workspace, and give the workflow's role the right to create them.`,
  )
}

/** The record that an activity is about: its object's slug, and its id. */
type Subject = Pick<PresentedRecord, 'object' | 'id'>

/** What is written of an activity: by the roles of its object's fields, and by their names for those that have none. */
export interface ActivityValues {
  title: string
  /** ISO 8601. */
  dueAt?: string
  startsAt?: string
  endsAt?: string
  ownerId?: string | null
  /** By field key; what the object does not have is left out. */
  others?: Record<string, unknown>
}

/** The input of the record, linked to what it is about. */
export function activityInput(
  context: RecordContext,
  object: CompiledObject,
  subject: Subject | undefined,
  { title, ownerId, others = {}, ...moments }: ActivityValues,
): Record<string, unknown> {
  const input: Record<string, unknown> = { [object.roles.title]: cut(title, longestTitle) }
  if (ownerId !== undefined) input.ownerId = ownerId
  for (const role of ['dueAt', 'startsAt', 'endsAt'] as const) {
    const key = object.roles[role]
    if (key && moments[role]) input[key] = momentFor(context, object, key, moments[role])
  }
  const link = subject && aboutOf(context, object, subject)
  const values: Record<string, unknown> = { ...others, ...link }
  for (const [key, value] of Object.entries(values)) if (isWritable(context, object, key)) input[key] = value
  return input
}

function momentFor({ model }: RecordContext, object: CompiledObject, key: string, moment: string): string {
  return object.field.get(key)?.type === 'date' ? dayOf(moment, model.timeZone) : moment
}

function aboutOf({ model }: RecordContext, object: CompiledObject, subject: Subject): Record<string, unknown> {
  const subjectId = model.object.get(subject.object)?.id
  const relation = object.relations.find(
    ({ direction, objects }) => direction === 'out' && objects.some(({ id }) => id === subjectId),
  )
  return relation ? { [relation.key]: relation.many ? [subject.id] : subject.id } : {}
}

function isWritable(context: RecordContext, object: CompiledObject, key: string): boolean {
  const field = object.field.get(key)
  return field !== undefined && accessOfField(context, object, field) === 'write'
}
