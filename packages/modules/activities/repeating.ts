/** Tasks that repeat: when one is done the next is made, in the same transaction, once. */
import { systemPolicy } from '@oneforge/kernel/access'
import { validationError } from '@oneforge/kernel/errors'
import { type CompiledField, type CompiledObject, isSetBySystem } from '@oneforge/kernel/metadata'
import type { CheckItem } from '@oneforge/kernel/metadata/values'
import { createRecords, type RecordContext, whenDone } from '@oneforge/kernel/records'
import { type RepeatingRow, repeatingTasks } from './activities.store.ts'
import { nextOccurrence } from './recurrence.ts'

/** Fields of the pack that a task repeats by; an object that lacks one of them has tasks that do not repeat. */
const ruleField = 'recurrence'
const previousField = 'previous'
const checklistField = 'checklist'

/** Registered where the module is loaded: there is no road to a task that is done without it. */
whenDone('task', repeat)

async function repeat(context: RecordContext, object: CompiledObject, ids: string[]): Promise<void> {
  const previous = object.relation.get(previousField)
  if (!object.field.has(ruleField) || !object.roles.dueAt || !previous) return
  const everybody = { ...context, policy: { ...systemPolicy(context.model), userId: context.policy.userId } }
  const done = await repeatingTasks(everybody, object, { ids, ruleField, previous: previous.relationId })
  const inputs = done.map((row) => nextTask(context, object, row)).filter((input) => input !== undefined)
  if (inputs.length === 0) return
  for (const result of await createRecords(everybody, object, inputs)) {
    if (result.success) continue
    const message = `asks for a next ${object.slug} record, which was refused: ${result.error.message}`
    throw validationError([{ field: ruleField, message }])
  }
}

/** What the next task is made of: all that people have said of this one, at the next time. */
function nextTask(
  { model, now }: RecordContext,
  object: CompiledObject,
  { id, data, owner_id, location_id, own_links }: RepeatingRow,
): Record<string, unknown> | undefined {
  const due = object.roles.dueAt!
  const doneAt = now.toISOString()
  const occurrence = nextOccurrence(
    String(data[ruleField]),
    { dueAt: String(data[due] ?? doneAt), doneAt },
    model.timeZone,
  )
  if (!occurrence) return undefined
  const values: Record<string, unknown> = { ownerId: owner_id, locationId: location_id }
  for (const field of object.fields) {
    if (!isCopied(object, field)) continue
    const relation = object.relation.get(field.key)
    const linked = (own_links ?? [])
      .filter(([relationId]) => relationId === relation?.relationId)
      .map(([, other]) => other)
    if (relation) values[field.key] = relation.many ? linked : (linked[0] ?? null)
    else if (data[field.key] !== undefined) values[field.key] = data[field.key]
  }
  if (object.field.get(checklistField)?.type === 'checklist') values[checklistField] = undone(values[checklistField])
  return { ...values, [due]: occurrence.dueAt, [ruleField]: occurrence.rule, [previousField]: id }
}

const undone = (checklist: unknown): unknown =>
  (checklist as CheckItem[] | undefined)?.map((item) => ({ ...item, done: false }))

/** Not what the system gives, what nothing else may have, and where the task stood. */
const isCopied = (object: CompiledObject, field: CompiledField): boolean =>
  !isSetBySystem(field) &&
  field.type !== 'file' &&
  !object.uniqueKeys.some(({ fields }) => fields.includes(field.key)) &&
  !object.pipelines.some((pipeline) => pipeline.field === field.key)
