/** Looking at long work, stopping it, going on with it. */
import { isId } from '@oneforge/kernel/database'
import { conflict, notFound } from '@oneforge/kernel/errors'
import { type AnyOperation, defineOperation, type OperationContext } from '@oneforge/kernel/operations'
import { z } from 'zod'
import { type JobRow, moveJob, readJob } from './jobs.store.ts'
import type { LongJobs } from './long-jobs.ts'

const tag = 'Jobs'
const jobPath = z.strictObject({ id: z.string() })
export const jobSchema = z
  .object({
    id: z.uuid(),
    type: z.string(),
    object: z.string().nullable(),
    status: z.enum(['pending', 'processing', 'completed', 'failed', 'cancelled']),
    progress: z.int().min(0).max(100),
    createdAt: z.string(),
    startedAt: z.string().nullable(),
    finishedAt: z.string().nullable(),
    result: z.looseObject({}).nullable(),
    errors: z
      .array(z.object({ line: z.int().optional(), field: z.string().optional(), message: z.string() }))
      .describe('The first 100'),
  })
  .meta({ id: 'Job' })

export const acceptedJobSchema = z
  .object({ jobId: z.uuid(), status: z.string(), statusUrl: z.string() })
  .meta({ id: 'AcceptedJob' })

export function presentJob(context: Pick<OperationContext, 'model'>, job: JobRow): z.output<typeof jobSchema> {
  return {
    id: job.id,
    type: job.type,
    object: (job.object_id && context.model.objectById.get(job.object_id)?.slug) || null,
    status: job.status,
    progress: job.progress,
    createdAt: job.created_at,
    startedAt: job.started_at,
    finishedAt: job.finished_at,
    result: job.result,
    errors: job.errors.slice(0, 100),
  }
}

/** The job if it is the caller's own, or the caller looks after imports; otherwise 404. */
export async function ownJob(
  context: Pick<OperationContext, 'tx' | 'model' | 'policy' | 'actor'>,
  id: string,
): Promise<JobRow> {
  const job = isId(id) ? await readJob(context.tx, context.model.tenantId, id) : undefined
  const mine = job && (job.created_by === context.actor.userId || context.policy.admin.has('imports'))
  if (!mine) throw notFound(`The job ${id}`)
  return job
}

export function jobOperations(longJobs: LongJobs): AnyOperation[] {
  return [
    defineOperation({
      name: 'jobs.get',
      kind: 'query',
      tag,
      summary: 'How far a job has come',
      access: 'member',
      input: jobPath,
      output: jobSchema,
      http: { method: 'GET', path: '/jobs/{id}' },
      handler: async (context, input) => presentJob(context, await ownJob(context, input.id)),
    }),
    defineOperation({
      name: 'jobs.cancel',
      kind: 'command',
      tag,
      summary: 'Stop a job; what it has done stays',
      access: 'member',
      input: jobPath,
      output: jobSchema,
      http: { method: 'POST', path: '/jobs/{id}/cancel' },
      async handler(context, input) {
        const job = await ownJob(context, input.id)
        const cancelled = await moveJob(
          context.tx,
          context.model.tenantId,
          job.id,
          ['pending', 'processing'],
          'cancelled',
        )
        if (!cancelled) throw conflict('The job has already ended.')
        return presentJob(context, cancelled)
      },
    }),
    defineOperation({
      name: 'jobs.resume',
      kind: 'command',
      tag,
      summary: 'Go on with a job that was cancelled or failed, from where it stood',
      access: 'member',
      input: jobPath,
      output: jobSchema,
      http: { method: 'POST', path: '/jobs/{id}/resume' },
      async handler(context, input) {
        const job = await ownJob(context, input.id)
        const resumed = await moveJob(context.tx, context.model.tenantId, job.id, ['cancelled', 'failed'], 'pending')
        if (!resumed) throw conflict('Only a job that was cancelled or failed can be resumed.')
        await longJobs.putInQueue(context.tx, job.id)
        return presentJob(context, resumed)
      },
    }),
  ]
}
