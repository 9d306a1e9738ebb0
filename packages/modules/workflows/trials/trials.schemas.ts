/** What trials give. */
import { z } from 'zod'
import { runStep } from '../runs/runs.schemas.ts'
import { outcomes } from './assumed.ts'

export const outcome = z.enum(outcomes)

const traceStep = runStep
  .extend({
    assumed: outcome.nullable().describe('What was taken to have happened; null of steps that wait for nobody.'),
  })
  .meta({ id: 'WorkflowTraceStep' })

export const trace = z
  .object({
    passes: z.boolean().describe('Whether the record passes the condition: the steps are walked either way.'),
    state: z.enum(['done', 'failed', 'stopped']),
    error: z.string().nullable(),
    steps: z.array(traceStep),
  })
  .meta({ id: 'WorkflowTrace' })

export const dryRun = z
  .object({
    days: z.array(z.object({ day: z.string(), count: z.int() })),
    total: z.int(),
    examples: z.array(
      z.object({ at: z.string(), record: z.object({ object: z.string(), id: z.string(), title: z.string() }) }),
    ),
    remark: z.string().nullable().describe('Why the number is not exact, or cannot be told.'),
  })
  .meta({ id: 'WorkflowDryRun' })

export const previewed = z.object({ value: z.unknown(), error: z.string().nullable() }).meta({ id: 'WorkflowPreview' })
