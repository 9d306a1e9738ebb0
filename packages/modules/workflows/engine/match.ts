/** Which events start which workflows, and end which waits. Pure: what it asks of is at hand. */
import type { DomainEvent } from '@oneforge/kernel/events'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import type { Trigger } from '../definition.ts'

/** {field: [before, after]} of an update. */
export type Changes = Record<string, unknown>

/** What the steps of a run see as `trigger`. */
export type TriggerFacts = Record<string, unknown>

/** An event with what has been found out about it. */
export interface Happening {
  event: DomainEvent
  object: CompiledObject
  changes?: Changes
}

/** Sources whose events start nothing: sample records are no news. */
const silentSources = new Set(['template'])

/** Whether the event may start a workflow that says so little of imports. */
export function isHeard({ payload }: DomainEvent, { onImport }: { onImport?: boolean }): boolean {
  const { source } = payload as { source?: string }
  return source === undefined || (!silentSources.has(source) && (source !== 'import' || onImport === true))
}

/** Whether it is to be asked what the values were before and after: events name the fields only. */
export const asksForChanges = ({ type }: Pick<Trigger, 'type'>): boolean =>
  type === 'field_changed' || type === 'stage_changed'

/** What the workflow's steps see of the event; undefined where the trigger does not mean it. */
export function triggerFacts(trigger: Trigger, happening: Happening): TriggerFacts | undefined {
  const { event } = happening
  const facts = factsOf(trigger, happening)
  return facts && { type: trigger.type, at: event.at, by: event.actorId, ...facts }
}

function factsOf(trigger: Trigger, { event, object, changes }: Happening): TriggerFacts | undefined {
  const { type, payload } = event
  const fields = (payload.fields ?? []) as string[]
  switch (trigger.type) {
    case 'record_created':
      return type === 'record.created' ? {} : undefined
    case 'record_deleted':
      return type === 'record.deleted' ? {} : undefined
    case 'record_updated':
      return means(trigger.fields, type, fields) ? { fields } : undefined
    case 'field_changed':
      return isUpdate(type) ? changed(trigger.field, trigger, fields, changes) : undefined
    case 'stage_changed':
      return isUpdate(type) ? moved(trigger, object, fields, changes) : undefined
    case 'record_linked':
      return type === 'record.linked' && payload.relation === trigger.relation
        ? { relation: trigger.relation, other: payload.other ?? null }
        : undefined
    case 'form_submitted':
      return type === 'form.submitted' && payload.form === trigger.form ? payload : undefined
    case 'message_received':
      return type === 'message.received' && (!trigger.channel || payload.channel === trigger.channel)
        ? payload
        : undefined
    default:
      return undefined
  }
}

/** What is computed changes as well, by what it is computed from. */
const isUpdate = (type: string): boolean => type === 'record.updated' || type === 'record.computed'

/** Computed fields are meant only where they are named: some change with each day, in all records. */
function means(wanted: string[] | undefined, type: string, fields: string[]): boolean {
  if (!wanted || wanted.length === 0) return type === 'record.updated'
  return isUpdate(type) && wanted.some((field) => fields.includes(field))
}

function changed(
  field: string,
  wanted: { from?: unknown; to?: unknown },
  fields: string[],
  changes: Changes | undefined,
): TriggerFacts | undefined {
  if (!fields.includes(field)) return undefined
  const [from, to] = (changes?.[field] ?? []) as [unknown?, unknown?]
  if (wanted.from !== undefined && !isSame(wanted.from, from)) return undefined
  if (wanted.to !== undefined && !isSame(wanted.to, to)) return undefined
  return { field, from: from ?? null, to: to ?? null }
}

function moved(
  trigger: { pipeline?: string; from?: string; to?: string },
  { pipelines }: CompiledObject,
  fields: string[],
  changes: Changes | undefined,
): TriggerFacts | undefined {
  const meant = pipelines.filter(({ key }) => trigger.pipeline === undefined || key === trigger.pipeline)
  for (const { key, field } of meant) {
    const facts = changed(field, trigger, fields, changes)
    if (facts) return { pipeline: key, ...facts }
  }
  return undefined
}

/** Whether a value is the one that a trigger asks for. */
export const isSame = (wanted: unknown, value: unknown): boolean =>
  wanted === value || JSON.stringify(wanted) === JSON.stringify(value ?? null)

/** What a run waits for, as a trigger that may be met. */
export function awaitedTrigger(awaited: { event: string; field?: string; to?: unknown; relation?: string }): Trigger {
  const { event, field, to, relation } = awaited
  switch (event) {
    case 'field_changed':
      return { type: 'field_changed', field: field!, to }
    case 'stage_changed':
      return { type: 'stage_changed', to: to as string | undefined }
    case 'record_linked':
      return { type: 'record_linked', relation: relation! }
    case 'record_updated':
      return { type: 'record_updated', ...(field ? { fields: [field] } : {}) }
    case 'message_received':
      return { type: 'message_received' }
    default:
      return { type: 'record_deleted' }
  }
}
