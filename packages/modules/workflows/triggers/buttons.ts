/** Workflows that people start: on a record, or on those that they have selected. */
import { scopeOf } from '@oneforge/kernel/access'
import { notFound, validationError } from '@oneforge/kernel/errors'
import { type CompiledObject, inLocale } from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import { listRecords, type RecordContext, visibleObject } from '@oneforge/kernel/records'
import type { Text, Trigger, Workflow } from '../definition.ts'
import { actingFor, startRuns } from '../engine/index.ts'
import { workflowOf } from '../stored-form.ts'
import { buttonWorkflows } from './buttons.store.ts'
import type { LiveRow } from './timers.store.ts'

interface Button {
  row: LiveRow
  workflow: Workflow
  trigger: Trigger & { type: 'button' }
}

export interface Pressed {
  started: number
  refused: { recordId: string; message: string }[]
}

/** Those on records of the object that the caller may press. */
export async function buttonsOf(context: OperationContext, slug: string) {
  const object = visibleObject(context, slug)
  if (!object || !scopeOf(context.policy, object, 'read')) throw notFound(`The object “${slug}”`)
  const buttons = await ownButtons(context)
  return buttons
    .filter(({ workflow }) => workflow.object === object.slug)
    .map(({ row, trigger }) => ({
      id: row.id,
      label: said(trigger.label, context.locale),
      icon: trigger.icon ?? null,
      confirm: trigger.confirm === undefined ? null : said(trigger.confirm, context.locale),
    }))
}

const said = (text: Text, locale: string): string => (typeof text === 'string' ? text : inLocale(text, locale))

/** Seen by the roles that it names; by everybody where it names none. */
async function ownButtons(context: OperationContext): Promise<Button[]> {
  const own = new Set(context.policy.roles.map(({ key }) => key))
  return (await buttonWorkflows(context.tx)).flatMap((row) => {
    const workflow = workflowOf(row.definition)
    const { trigger } = workflow
    if (trigger.type !== 'button') return []
    return !trigger.roles?.length || trigger.roles.some((key) => own.has(key)) ? [{ row, workflow, trigger }] : []
  })
}

/** Starts the workflow for each of the records that the caller sees and that pass its condition. */
export async function press(context: OperationContext, id: string, recordIds: string[]): Promise<Pressed> {
  const button = (await ownButtons(context)).find(({ row }) => row.id === id)
  if (!button) throw notFound('The button')
  const object = button.workflow.object === undefined ? undefined : context.model.object.get(button.workflow.object)
  if (!object) return begin(context, button, undefined, [null])
  if (recordIds.length === 0) throw validationError([{ field: 'recordIds', message: 'must name a record' }])
  const ids = [...new Set(recordIds)]
  const seen = await passing(context, object, ids)
  const meeting = await passing(actingFor(context, button.workflow), object, [...seen], button.workflow.condition)
  const pressed = await begin(
    context,
    button,
    object,
    ids.filter((one) => meeting.has(one)),
  )
  const refused = ids.flatMap((recordId) => {
    if (meeting.has(recordId)) return []
    const message = seen.has(recordId) ? 'does not meet the condition of the workflow' : 'was not found'
    return [{ recordId, message }]
  })
  return { ...pressed, refused }
}

async function passing(
  context: RecordContext,
  object: CompiledObject,
  ids: string[],
  condition?: unknown,
): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const filter = { and: [{ field: 'id', op: 'in', value: ids }, ...(condition ? [condition] : [])] }
  const everywhere = { ...context, locationId: undefined }
  const { rows } = await listRecords(everywhere, object, { filter, limit: ids.length, only: new Set() })
  return new Set(rows.map(({ id }) => id))
}

async function begin(
  context: OperationContext,
  { row, workflow }: Button,
  object: CompiledObject | undefined,
  recordIds: (string | null)[],
): Promise<Pressed> {
  const { actor, requestId, now } = context
  const user = { id: actor.userId, name: actor.name }
  const begun = await startRuns(
    context,
    recordIds.map((recordId) => ({
      workflow: { id: row.id, key: workflow.key, version: row.version },
      objectId: object?.id ?? null,
      recordId,
      causeKey: `button ${requestId} ${recordId ?? ''}`,
      cause: { button: true, user: actor.userId },
      trigger: { type: 'button', at: now.toISOString(), user },
    })),
  )
  return { started: begun.filter((run) => run !== null).length, refused: [] }
}
