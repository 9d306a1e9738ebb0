/** Runs as people look at them, stop them and begin them again. */
import { isId } from '@oneforge/kernel/database'
import { conflict, notFound, validationError } from '@oneforge/kernel/errors'
import { inLocale } from '@oneforge/kernel/metadata'
import { type OperationContext, PagedList } from '@oneforge/kernel/operations'
import type { z } from 'zod'
import { type SeenTitle, seenTitles } from '../../following/index.ts'
import { stepsWithin, type Workflow } from '../definition.ts'
import type { RunState } from '../engine/runs.store.ts'
import { workflowOf } from '../stored-form.ts'
import { hidden, hiddenSteps, hidesTrigger, masked, seesWhole } from './masking.ts'
import type { figures, run, runStep, wholeRun } from './runs.schemas.ts'
import { figuresOf, findRun, type ListedRun, listRuns, type StepRow, stepsOf, type WholeRun } from './runs.store.ts'

export interface RunFilter {
  workflow?: string | undefined
  record?: string | undefined
  state?: RunState | 'open' | undefined
  cursor?: string | undefined
  limit: number
}

export async function pageOfRuns(context: OperationContext, filter: RunFilter): Promise<PagedList> {
  const { state, limit, cursor } = filter
  if (cursor !== undefined && !/^\d+$/.test(cursor)) {
    throw validationError([{ field: 'cursor', message: 'must be the nextCursor of the page before' }])
  }
  const rows = await listRuns(context.tx, {
    ...(filter.workflow === undefined ? {} : { workflowId: filter.workflow }),
    ...(filter.record === undefined ? {} : { recordId: filter.record }),
    ...(state === undefined ? {} : { states: state === 'open' ? ['ready', 'waiting'] : [state] }),
    ...(cursor === undefined ? {} : { before: Number(cursor) }),
    limit: limit + 1,
  })
  const hasNext = rows.length > limit
  const shown = rows.slice(0, limit)
  const seen = await seenOf(context, shown)
  const items = shown.map((row) => presentRun(context, row, seen))
  return new PagedList(items, { limit, hasNext, nextCursor: hasNext ? String(shown.at(-1)!.number) : null })
}

export async function shownRun(context: OperationContext, id: string): Promise<z.input<typeof wholeRun>> {
  const row = await runRow(context, id)
  const seen = await seenOf(context, [row])
  const workflow = row.definition ? workflowOf(row.definition) : undefined
  if (!workflow) throw notFound('The version of the workflow that this run had')
  const seesRecord = row.record_id === null || seen.has(row.record_id)
  const object = row.object_id ? context.model.objectById.get(row.object_id) : undefined
  const looked = { workflow, object, seesRecord }
  const hiddenOnes = hiddenSteps(context, looked)
  const steps = await stepsOf(context.tx, id)
  return {
    ...presentRun(context, row, seen),
    trigger: (hidesTrigger(context, looked) ? masked(row.trigger) : row.trigger) as Record<string, unknown>,
    definition: workflow,
    steps: presentSteps(workflow, steps, hiddenOnes),
  }
}

/** The run as a list shows it, for answers of what changes it. */
export async function listedRun(context: OperationContext, id: string): Promise<z.input<typeof run>> {
  const row = await runRow(context, id)
  return presentRun(context, row, await seenOf(context, [row]))
}

export async function runRow(context: OperationContext, id: string): Promise<WholeRun> {
  const row = isId(id) ? await findRun(context.tx, id) : undefined
  if (!row) throw notFound('The run')
  return row
}

export const alreadyOver = (state: RunState) =>
  conflict(`This run is over: it is ${state}. Begin it again if that is what you want.`)

/** By record: what the caller may see of those that runs are about. */
export const seenOf = (
  context: OperationContext,
  rows: { object_id: string | null; record_id: string | null }[],
): Promise<Map<string, SeenTitle>> =>
  seenTitles(
    context,
    rows.flatMap(({ object_id, record_id }) =>
      object_id && record_id ? [{ objectId: object_id, recordId: record_id }] : [],
    ),
  )

export function recordOf(recordId: string | null, seen: Map<string, SeenTitle>) {
  const found = recordId === null ? undefined : seen.get(recordId)
  return found ? { object: found.object.slug, id: recordId!, title: found.title } : null
}

/** What went wrong may quote the record. */
function presentRun(context: OperationContext, row: ListedRun, seen: Map<string, SeenTitle>): z.input<typeof run> {
  const { model, locale } = context
  const object = row.object_id ? model.objectById.get(row.object_id) : undefined
  const mayQuote =
    row.record_id === null || (seen.has(row.record_id) && object !== undefined && seesWhole(context, object))
  return {
    id: row.id,
    workflow: { id: row.workflow_id, label: inLocale(row.label, locale) },
    version: row.version,
    record: recordOf(row.record_id, seen),
    state: row.state,
    startedBy: row.cause.parent ? 'called' : (row.started_by ?? 'called'),
    error: row.error && (mayQuote ? row.error.message : hidden),
    attempt: row.attempt,
    wakeAt: row.wake_at,
    createdAt: row.created_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
  }
}

/** The id of the step that a path ends with. */
export const stepAt = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

type ShownStep = Pick<StepRow, 'path' | 'state' | 'attempt' | 'input' | 'output' | 'error' | 'ended_at'> & {
  started_at: string | null
}

export function presentSteps(
  workflow: Workflow,
  rows: ShownStep[],
  hiddenOnes: ReadonlySet<string>,
): z.input<typeof runStep>[] {
  const types = new Map([...stepsWithin(workflow.steps)].map(({ id, type }) => [id, type]))
  return rows.map((row) => {
    const step = stepAt(row.path)
    const isHidden = hiddenOnes.has(step)
    return {
      path: row.path,
      step,
      type: types.get(step) ?? 'gone',
      state: row.state,
      attempt: row.attempt,
      input: isHidden ? masked(row.input) : row.input,
      output: isHidden ? masked(row.output) : row.output,
      error: isHidden && row.error ? hidden : row.error,
      startedAt: row.started_at,
      endedAt: row.ended_at,
    }
  })
}

export async function figuresShown(context: OperationContext, workflowId: string): Promise<z.input<typeof figures>> {
  const { states, waiting, days } = await figuresOf(context.tx, workflowId, context.model.timeZone)
  const counted = { ready: 0, waiting: 0, done: 0, failed: 0, stopped: 0 }
  return {
    states: { ...counted, ...Object.fromEntries(states.map(({ state, count }) => [state, count])) },
    waiting: Object.fromEntries(waiting.map(({ step, count }) => [step, count])),
    days: days.map(({ day, done, failed, stopped }) => ({ day, done, failed, stopped })),
  }
}
