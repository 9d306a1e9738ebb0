/** Runs: what has happened, what happens, what waits; and how it is stopped and begun again. */

import { isId } from '@oneforge/kernel/database'
import { conflict, notFound, validationError } from '@oneforge/kernel/errors'
import { type AnyOperation, defineOperation, type OperationContext } from '@oneforge/kernel/operations'
import { z } from 'zod'
import { requireMayRunAs } from '../../access/index.ts'
import { findWorkflow } from '../definitions/definitions.store.ts'
import { replayRun, stopRun } from '../engine/index.ts'
import { workflowOf } from '../stored-form.ts'
import { figures, run, runFilter, wholeRun } from './runs.schemas.ts'
import { alreadyOver, figuresShown, listedRun, pageOfRuns, runRow, shownRun } from './runs.service.ts'

const base = { tag: 'Workflows', access: { admin: 'automation' } } as const

const runPath = z.strictObject({ id: z.string() })

/** @param wake runs may go on. */
export function runOperations(wake: () => void): AnyOperation[] {
  return [
    defineOperation({
      ...base,
      name: 'workflowRuns.ofWorkflow',
      kind: 'query',
      phi: true,
      summary: 'Runs of a workflow, the latest first',
      input: z.strictObject({ id: z.string(), ...runFilter }),
      output: z.array(run),
      http: { method: 'GET', path: '/workflows/{id}/runs' },
      async handler(context, { id, ...filter }) {
        await requireWorkflow(context, id)
        return pageOfRuns(context, { ...filter, workflow: id })
      },
    }),
    defineOperation({
      ...base,
      name: 'workflowRuns.list',
      kind: 'query',
      phi: true,
      summary: 'Runs of all workflows, the latest first',
      input: z.strictObject({ workflow: z.uuid().optional(), ...runFilter }),
      output: z.array(run),
      http: { method: 'GET', path: '/workflow-runs' },
      handler: (context, filter) => pageOfRuns(context, filter),
    }),
    defineOperation({
      ...base,
      name: 'workflowRuns.get',
      kind: 'query',
      phi: true,
      summary: 'A run with what each of its steps did',
      description: 'Values of fields that the caller may not see stand as «hidden».',
      input: runPath,
      output: wholeRun,
      http: { method: 'GET', path: '/workflow-runs/{id}' },
      handler: (context, { id }) => shownRun(context, id),
    }),
    defineOperation({
      ...base,
      name: 'workflowRuns.stop',
      kind: 'command',
      summary: 'Stop a run before it goes on',
      input: runPath.extend({ reason: z.string().trim().max(500).optional() }),
      output: run,
      http: { method: 'POST', path: '/workflow-runs/{id}/stop' },
      async handler(context, { id, reason }) {
        const { state } = await runRow(context, id)
        if (state !== 'ready' && state !== 'waiting') throw alreadyOver(state)
        await stopRun(context, id, reason || undefined)
        context.afterCommit(wake)
        return listedRun(context, id)
      },
    }),
    defineOperation({
      ...base,
      name: 'workflowRuns.replay',
      kind: 'command',
      summary: 'Let a run do its steps again',
      description: 'From a step on, or the whole; by the version that it had, or by the latest.',
      input: runPath.extend({
        fromPath: z.string().max(1_000).optional(),
        version: z.enum(['own', 'latest']).default('own'),
      }),
      output: run,
      http: { method: 'POST', path: '/workflow-runs/{id}/replay' },
      async handler(context, { id, fromPath, version }) {
        await replay(context, id, { fromPath, isLatest: version === 'latest' })
        context.afterCommit(wake)
        return listedRun(context, id)
      },
    }),
    defineOperation({
      ...base,
      name: 'workflows.figures',
      kind: 'query',
      summary: 'How often a workflow ran in the last 30 days, and where its runs wait',
      input: runPath,
      output: figures,
      http: { method: 'GET', path: '/workflows/{id}/figures' },
      async handler(context, { id }) {
        await requireWorkflow(context, id)
        return figuresShown(context, id)
      },
    }),
  ]
}

async function requireWorkflow({ tx }: OperationContext, id: string): Promise<void> {
  if (!isId(id) || !(await findWorkflow(tx, id))) throw notFound('The workflow')
}

async function replay(
  context: OperationContext,
  id: string,
  { fromPath, isLatest }: { fromPath: string | undefined; isLatest: boolean },
): Promise<void> {
  const row = await runRow(context, id)
  const latest = isLatest ? await findWorkflow(context.tx, row.workflow_id) : undefined
  const stored = isLatest ? latest?.definition : row.definition
  if (!stored) throw conflict('The version that this run had is no more. Begin it again with the latest.')
  const workflow = workflowOf(stored)
  if (workflow.steps.length === 0) throw validationError([{ field: 'version', message: 'has no steps to do' }])
  if (isLatest) requireMayRunAs(context.policy, workflow)
  await replayRun(context, id, {
    workflow,
    version: latest?.version ?? row.version,
    ...(fromPath === undefined ? {} : { fromPath }),
  })
}
