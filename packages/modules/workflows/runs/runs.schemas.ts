/** What operations on runs and approvals give. */
import { z } from 'zod'
import type { Workflow } from '../definition.ts'

export const runState = z.enum(['ready', 'waiting', 'done', 'failed', 'stopped'])
const named = z.object({ id: z.string(), label: z.string() })
const record = z.object({ object: z.string(), id: z.string(), title: z.string() })
const person = z.object({ id: z.string(), name: z.string() })

const runParts = {
  id: z.string(),
  workflow: named,
  version: z.int(),
  record: record.nullable().describe('Null where it is about none, or about one that the caller may not see.'),
  state: runState,
  startedBy: z.string().describe('The kind of trigger that began it.'),
  error: z.string().nullable(),
  attempt: z.int(),
  wakeAt: z.string().nullable().describe('When it goes on at the latest.'),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
}
export const run = z.object(runParts).meta({ id: 'WorkflowRun' })

export const runStep = z
  .object({
    path: z.string().describe('The id of the step; within a loop loop[3]/step.'),
    step: z.string(),
    type: z.string(),
    state: z.enum(['done', 'waiting', 'sent', 'failed', 'skipped']),
    attempt: z.int(),
    input: z.unknown(),
    output: z.unknown(),
    error: z.string().nullable(),
    startedAt: z.string().nullable(),
    endedAt: z.string().nullable(),
  })
  .meta({ id: 'WorkflowRunStep' })

export const wholeRun = z
  .object({
    ...runParts,
    trigger: z.record(z.string(), z.unknown()),
    definition: (z.looseObject({}) as unknown as z.ZodType<Workflow>).describe('As it was when the run began.'),
    steps: z.array(runStep),
  })
  .meta({ id: 'WorkflowRunDetail' })

export const figures = z
  .object({
    states: z.object({ ready: z.int(), waiting: z.int(), done: z.int(), failed: z.int(), stopped: z.int() }),
    waiting: z.record(z.string(), z.int()).describe('How many runs wait at which step.'),
    days: z.array(z.object({ day: z.string(), done: z.int(), failed: z.int(), stopped: z.int() })),
  })
  .meta({ id: 'WorkflowFigures' })

export const approval = z
  .object({
    id: z.string(),
    workflow: named,
    runId: z.string(),
    record: record.nullable(),
    message: z.string(),
    state: z.enum(['open', 'approved', 'rejected', 'withdrawn']),
    askedAt: z.string(),
    escalateAt: z.string().nullable(),
    decidedBy: person.nullable(),
    decidedAt: z.string().nullable(),
    note: z.string().nullable(),
  })
  .meta({ id: 'WorkflowApproval' })

export const runFilter = {
  state: z
    .union([runState, z.literal('open')])
    .optional()
    .describe('open: ready and waiting ones'),
  record: z.uuid().optional(),
  cursor: z.string().max(20).optional(),
  limit: z.coerce.number().pipe(z.int().min(1).max(200)).default(50),
}
