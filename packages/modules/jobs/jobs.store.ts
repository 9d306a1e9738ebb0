/** What the API shows of long work, and where it stands. */
import { type Row, sql, type Transaction } from '@oneforge/kernel/database'

export type JobStatus = 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled'

/** What went wrong with one line, or with the job as a whole. */
export interface JobError {
  line?: number
  field?: string
  message: string
}

export interface JobRow extends Row {
  id: string
  type: string
  status: JobStatus
  progress: number
  object_id: string | null
  input: Record<string, unknown>
  checkpoint: Record<string, unknown> | null
  result: Record<string, unknown> | null
  errors: JobError[]
  created_at: string
  created_by: string | null
  started_at: string | null
  finished_at: string | null
  /** Runs that have taken the job over since it last got on. */
  attempts: number
}

const columns =
  sql.raw(`id, type, status, progress, object_id, input, checkpoint, result, errors, created_at, created_by,
  started_at, finished_at, attempts`)

export interface NewJob {
  id: string
  type: string
  objectId: string | null
  input: object
  createdBy: string | null
}

export async function insertJob(tx: Transaction, tenantId: string, job: NewJob): Promise<void> {
  await tx.query(sql`insert into jobs (tenant_id, id, type, object_id, input, created_by)
    values (${tenantId}, ${job.id}, ${job.type}, ${job.objectId}, ${JSON.stringify(job.input)}::jsonb, ${job.createdBy})`)
}

export async function readJob(tx: Transaction, tenantId: string, id: string): Promise<JobRow | undefined> {
  const [row] = await tx.query<JobRow>(
    sql<JobRow>`select ${columns} from jobs where tenant_id = ${tenantId} and id = ${id}`,
  )
  return row
}

/** Takes the job over for this run; undefined where it has ended. A run that had it before finds out when it saves. */
export async function claimJob(
  tx: Transaction,
  tenantId: string,
  id: string,
  runner: string,
): Promise<JobRow | undefined> {
  const [row] = await tx.query<JobRow>(sql<JobRow>`update jobs
    set status = 'processing', runner = ${runner}, attempts = attempts + 1, started_at = coalesce(started_at, now())
    where tenant_id = ${tenantId} and id = ${id} and status in ('pending', 'processing') returning ${columns}`)
  return row
}

export interface JobState {
  progress: number
  checkpoint: object
  result: object
  errors: JobError[]
}

/** Saves where the work stands; false if the job was cancelled or another run has taken it over. */
export async function saveState(
  tx: Transaction,
  tenantId: string,
  id: string,
  runner: string,
  state: JobState,
): Promise<boolean> {
  const rows = await tx.query(sql`update jobs set progress = ${state.progress}, attempts = 0,
      checkpoint = ${JSON.stringify(state.checkpoint)}::jsonb, result = ${JSON.stringify(state.result)}::jsonb,
      errors = ${JSON.stringify(state.errors)}::jsonb
    where tenant_id = ${tenantId} and id = ${id} and runner = ${runner} and status = 'processing' returning id`)
  return rows.length > 0
}

/** Whether the job is still this run's. */
export async function isRunBy(tx: Transaction, tenantId: string, id: string, runner: string): Promise<boolean> {
  const rows = await tx.query(sql`select 1 as one from jobs
    where tenant_id = ${tenantId} and id = ${id} and runner = ${runner} and status = 'processing'`)
  return rows.length > 0
}

/** Does not count what this run has tried so far. */
export async function forgetAttempts(tx: Transaction, tenantId: string, id: string, runner: string): Promise<void> {
  await tx.query(sql`update jobs set attempts = 0
    where tenant_id = ${tenantId} and id = ${id} and runner = ${runner}`)
}

/** Ends the job as this run sees it; nothing happens if it is no longer this run's. */
export async function finishJob(
  tx: Transaction,
  tenantId: string,
  id: string,
  runner: string,
  outcome: { status: 'completed'; result: object } | { status: 'failed'; errors: JobError[] },
): Promise<boolean> {
  const change =
    outcome.status === 'completed'
      ? sql`progress = 100, result = ${JSON.stringify(outcome.result)}::jsonb`
      : // What stopped the job comes before what was wrong with single lines.
        sql`errors = ${JSON.stringify(outcome.errors)}::jsonb || errors`
  const rows = await tx.query(sql`with ended as (
      update jobs set status = ${outcome.status}, finished_at = now(), ${change}
      where tenant_id = ${tenantId} and id = ${id} and runner = ${runner} and status = 'processing'
      returning id, type, status, object_id, created_by
    ), told as (
      insert into events (tenant_id, type, object_id, payload) select ${tenantId}, 'job.ended', object_id,
        jsonb_build_object('jobId', id, 'type', type, 'status', status, 'askedBy', created_by) from ended
    )
    select id from ended`)
  return rows.length > 0
}

/** Ends a job whose work was done as it was asked for. */
export async function endJob(
  tx: Transaction,
  tenantId: string,
  id: string,
  { result, errors }: { result: object; errors: JobError[] },
): Promise<void> {
  await tx.query(sql`update jobs set status = 'completed', progress = 100, started_at = now(), finished_at = now(),
      result = ${JSON.stringify(result)}::jsonb, errors = ${JSON.stringify(errors)}::jsonb
    where tenant_id = ${tenantId} and id = ${id}`)
}

/** Moves the job to another status if it is in one of these; undefined if it is not. */
export async function moveJob(
  tx: Transaction,
  tenantId: string,
  id: string,
  from: JobStatus[],
  to: 'cancelled' | 'pending',
): Promise<JobRow | undefined> {
  const finished = to === 'cancelled' ? sql`now()` : sql`null`
  const [row] =
    await tx.query<JobRow>(sql<JobRow>`update jobs set status = ${to}, attempts = 0, finished_at = ${finished}
    where tenant_id = ${tenantId} and id = ${id} and status = any(${from}::text[]) returning ${columns}`)
  return row
}
