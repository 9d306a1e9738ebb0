/** How runs begin: each once for what caused it, and none that would go round in circles. */
import { newId } from '@oneforge/kernel/database'
import type { EventCause } from '@oneforge/kernel/events'
import type { RecordContext } from '@oneforge/kernel/records'
import { insertRuns, type NewRun } from './start.store.ts'

/** A run that is to begin. */
export interface RunRequest {
  workflow: { id: string; key: string; version: number }
  objectId: string | null
  recordId: string | null
  /** Under which the cause makes one run of the workflow only: `event 17`, `timer <id>`, `button <request> <record>`. */
  causeKey: string
  /** What it was, for those who look: {event} | {timer} | {schedule} | {button, user} … */
  cause: object
  /** What the steps see as `trigger`. */
  trigger: Record<string, unknown>
  /** The run that led to it, if one did. */
  from?: EventCause | null
  /** Not before this moment; now unless said. */
  startAt?: Date
  /** The step that waits for it. */
  parent?: { runId: string; path: string }
  /** Why it cannot run: it is there to be seen, and has failed. */
  problem?: string
}

export type StartedRun = Pick<NewRun, 'id' | 'state'>

/** Runs that lead to one another, at the most. */
const mostDepth = 10

/**
 * Adds the runs to the context's transaction. Of those that are there already by their cause, and of those that would go
 * round in circles (which are there as `stopped`, with the reason), nothing is begun.
 *
 * @returns what is there of each, in the order asked; null for one that was there already.
 */
export async function startRuns(context: RecordContext, requests: RunRequest[]): Promise<(StartedRun | null)[]> {
  if (requests.length === 0) return []
  const runs = requests.map((request) => newRun(context, request))
  const added = new Set(await insertRuns(context.tx, runs))
  return runs.map(({ id, state }) => (added.has(id) ? { id, state } : null))
}

function newRun({ now }: RecordContext, request: RunRequest): NewRun {
  const { workflow, recordId, from, parent, startAt = now } = request
  const link = linkOf(workflow.key, recordId)
  const depth = (from?.depth ?? 0) + 1
  const circle = circleOf(from, link, depth)
  const state = request.problem ? 'failed' : circle ? 'stopped' : 'ready'
  const message = request.problem ?? circle
  return {
    id: newId(),
    workflow_id: workflow.id,
    version: workflow.version,
    object_id: request.objectId,
    record_id: recordId,
    cause: request.cause,
    cause_key: request.causeKey,
    trigger: request.trigger,
    state,
    wake_at: state === 'ready' ? startAt.toISOString() : null,
    ended_at: state === 'ready' ? null : now.toISOString(),
    error: message ? { path: null, message } : null,
    depth,
    chain: [...(from?.chain ?? []), link],
    parent_id: parent?.runId ?? null,
    parent_path: parent?.path ?? null,
  }
}

/** A workflow on a record, as chains name it. */
export const linkOf = (key: string, recordId: string | null): string => (recordId ? `${key}:${recordId}` : key)

function circleOf(from: EventCause | null | undefined, link: string, depth: number): string | undefined {
  if (!from) return undefined
  if (from.chain.includes(link)) {
    return `It was started by what it had done itself: ${namesOf([...from.chain, link])}. It was stopped so that it does not go round in circles.`
  }
  if (depth > mostDepth) {
    return `${mostDepth} workflows have started one another: ${namesOf(from.chain)}. It was stopped so that this comes to an end.`
  }
  return undefined
}

const namesOf = (chain: string[]): string => chain.map((link) => link.split(':')[0]).join(' → ')
