/** Trying workflows before they do anything: with a record, over the last days, and value by value. */
import { AppError, notFound, validationError } from '@oneforge/kernel/errors'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import { type AnyOperation, defineOperation, type OperationContext } from '@oneforge/kernel/operations'
import { z } from 'zod'
import { requireMayRunAs } from '../../access/index.ts'
import { seenTitles } from '../../following/index.ts'
import type { Transactions } from '../../jobs/index.ts'
import type { Text, Value, Workflow } from '../definition.ts'
import { checkWorkflow } from '../definitions/check.ts'
import type { DefinitionsService } from '../definitions/definitions.service.ts'
import { findDraft } from '../definitions/definitions.store.ts'
import type { ActionKinds } from '../engine/index.ts'
import { hidden, hiddenSteps } from '../runs/masking.ts'
import { presentSteps, stepAt } from '../runs/runs.service.ts'
import { workflowOf } from '../stored-form.ts'
import { createScope } from '../values/index.ts'
import { assumedIn } from './assumed.ts'
import { wouldHaveRun } from './dry-run.ts'
import { tryOut } from './trial.ts'
import { dryRun, outcome, previewed, trace } from './trials.schemas.ts'

const base = { tag: 'Workflows', access: { admin: 'automation' } } as const

const draft = z.boolean().default(true).describe('The draft, where there is one, in place of what runs')

export function trialOperations(parts: {
  transactions: Transactions
  kinds: ActionKinds
  service: DefinitionsService
}): AnyOperation[] {
  const { service } = parts
  return [
    defineOperation({
      ...base,
      name: 'workflows.test',
      kind: 'query',
      phi: true,
      cost: 5,
      summary: 'Walk through a workflow with a record; nothing of it stays',
      description:
        'Nothing goes out and no time passes. Events that are waited for are taken to have come and approvals to be given, unless `assume` says otherwise. Values of fields that the caller may not see stand as «hidden».',
      input: z.strictObject({
        id: z.string(),
        recordId: z.uuid().optional(),
        draft,
        trigger: z.record(z.string(), z.unknown()).optional().describe('What its steps see as trigger'),
        assume: z
          .record(z.string(), outcome)
          .optional()
          .describe(
            'By the id of a step, what comes of it: came or timed_out of a wait for an event; approved, rejected or, where others are asked after a time, escalated of an approval',
          ),
      }),
      output: trace,
      http: { method: 'POST', path: '/workflows/{id}/test' },
      async handler(context, { id, recordId, draft: ofDraft, trigger, assume }) {
        const workflow = await soundWorkflow(context, service, id, ofDraft)
        const object = await seenObject(context, workflow.object, recordId)
        const assumed = assumedIn(workflow, assume)
        const tried = {
          workflow,
          object,
          recordId: recordId ?? null,
          trigger: { type: workflow.trigger.type, at: context.now.toISOString(), by: context.actor.userId, ...trigger },
          assumed,
        }
        const { tenantId } = context.model
        const behalf = {
          tenantId,
          userId: null,
          asSystem: true,
          source: 'workflow' as const,
          requestId: context.requestId,
        }
        const { passes, state, error, rows } = await tryOut(parts, behalf, tried)
        const hiddenOnes = hiddenSteps(context, { workflow, object, seesRecord: true })
        const told = rows.map((row) => ({ ...row, started_at: null, ended_at: null }))
        const isQuoting = rows.some(({ path, state: became }) => became === 'failed' && hiddenOnes.has(stepAt(path)))
        const steps = presentSteps(workflow, told, hiddenOnes).map((step) => ({
          ...step,
          assumed: step.state === 'done' ? (assumed.get(step.step) ?? null) : null,
        }))
        return { passes, state, error: isQuoting ? hidden : error, steps }
      },
    }),
    defineOperation({
      ...base,
      name: 'workflows.dryRun',
      kind: 'query',
      phi: true,
      cost: 10,
      summary: 'Tell how often a workflow would have run in the last days',
      input: z.strictObject({ id: z.string(), days: z.int().min(1).max(90).default(30), draft }),
      output: dryRun,
      http: { method: 'POST', path: '/workflows/{id}/dry-run' },
      async handler(context, { id, days, draft: ofDraft }) {
        return wouldHaveRun(context, await soundWorkflow(context, service, id, ofDraft), days)
      },
    }),
    defineOperation({
      ...base,
      name: 'workflows.preview',
      kind: 'query',
      phi: true,
      summary: 'What becomes of a text or a value with a record',
      input: z.strictObject({
        object: z.string().max(100).optional(),
        recordId: z.uuid().optional(),
        value: z.json(),
        as: z.enum(['text', 'value']).optional(),
      }),
      output: previewed,
      http: { method: 'POST', path: '/workflows/preview' },
      handler: (context, input) => preview(context, input as PreviewInput),
    }),
  ]
}

/** What is to be tried, with nothing wrong with it. */
async function soundWorkflow(
  context: OperationContext,
  service: DefinitionsService,
  id: string,
  ofDraft: boolean,
): Promise<Workflow> {
  const row = await service.row(context, id)
  const standing = ofDraft ? await findDraft(context.tx, id) : undefined
  const workflow = standing?.definition ?? workflowOf(row.definition)
  const problems = checkWorkflow(workflow, await service.surroundings(context))
  if (problems.length === 0) {
    requireMayRunAs(context.policy, workflow)
    return workflow
  }
  const details = problems.map(({ path, message }) => ({ field: path, message }))
  const message = 'The workflow cannot be tried before what is wrong with it is mended.'
  throw new AppError('VALIDATION_ERROR', message, { details, data: { problems } })
}

/** The object of a workflow, of which the caller sees the record. */
async function seenObject(
  context: OperationContext,
  slug: string | undefined,
  recordId: string | undefined,
): Promise<CompiledObject | undefined> {
  const object = slug === undefined ? undefined : context.model.object.get(slug)
  if (!object) return undefined
  if (recordId === undefined)
    throw validationError([{ field: 'recordId', message: 'is missing: choose a record to try it with' }])
  const seen = await seenTitles(context, [{ objectId: object.id, recordId }])
  if (!seen.has(recordId)) throw notFound(`The record ${recordId} of ${object.slug}`)
  return object
}

interface PreviewInput {
  object?: string
  recordId?: string
  value: Value
  as?: 'text' | 'value'
}

/** With the rights of whoever asks: they see what they may see. */
async function preview(context: OperationContext, { object: slug, recordId, value, as }: PreviewInput) {
  const object = recordId === undefined ? undefined : await seenObject(context, slug, recordId)
  const workflow = { key: 'preview', label: { en: 'Preview' }, trigger: { type: 'called' as const }, steps: [] }
  const run = {
    id: context.requestId,
    workflowId: context.requestId,
    workflow,
    ...(object ? { object } : {}),
    recordId: object ? recordId! : null,
    trigger: {},
  }
  const scope = createScope({ context, run, outputs: new Map(), variables: new Map(), loops: new Map() })
  const isText = as === 'text' || (as === undefined && typeof value === 'string')
  try {
    return { value: isText ? await scope.text(value as Text) : await scope.value(value), error: null }
  } catch (error) {
    if (error instanceof AppError && error.status < 500) return { value: null, error: error.message }
    throw error
  }
}
