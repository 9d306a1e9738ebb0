/**
 * Work that a person waits for and may cancel or resume: an import, an export. Each kind says how one run goes; here is
 * what they share: claiming the job, acting for whoever asked for it, saving progress, and ending.
 */
import { type Database, newId, type Transaction } from '@oneforge/kernel/database'
import { AppError } from '@oneforge/kernel/errors'
import type { JobKind, RunningJob } from '@oneforge/kernel/jobs'
import type { OperationContext } from '@oneforge/kernel/operations'
import type { DeferredWork, RecordContext } from '@oneforge/kernel/records'
import type { Source } from '@oneforge/kernel/tenancy'
import {
  claimJob,
  endJob,
  finishJob,
  forgetAttempts,
  insertJob,
  isRunBy,
  type JobError,
  type JobRow,
  type JobState,
  saveState,
} from './jobs.store.ts'
import { Transactions, WorkspaceHeld } from './transactions.ts'

/** What a kind of long work knows of the run it is in. */
export interface JobRun {
  job: JobRow
  tenantId: string
  /** Aborted when the server stops: end soon, by throwing what it throws. */
  signal: AbortSignal
  /**
   * A transaction on behalf of whoever asked for the work, with the rights they have now. Run again if the workspace's
   * metadata have changed or another transaction stood in the way: nothing outside of it may be changed by `work`.
   */
  transaction<T>(work: (context: RecordContext) => Promise<T>): Promise<T>
  /** The same with the rights of whoever asked for it, also where the work itself is the system's. */
  asAsker<T>(work: (context: RecordContext) => Promise<T>): Promise<T>
  /** Saves where the work stands, in the transaction of what was done. Throws `JobLost` if the job is no longer this run's. */
  save(tx: Transaction, state: JobState): Promise<void>
}

export interface LongJobKind {
  type: string
  /** Where changes come from, as their history says. */
  source: Source
  /** Whether it is the system's work, whoever's change made it necessary; else it has the rights of who asked for it. */
  asSystem?: boolean
  /** Does the work, from the checkpoint if there is one; gives the job's result. */
  run(run: JobRun): Promise<object>
}

/** The job was cancelled, or another run has taken it over: this one ends without a word. */
export class JobLost extends Error {}

export type Enqueue = (tx: Transaction, kind: string, payload: object) => Promise<unknown>

export interface AcceptedJob {
  jobId: string
  status: 'pending' | 'completed'
  statusUrl: string
}

interface NewLongJob {
  id?: string
  type: string
  objectId: string | null
  input: object
}

const statusUrl = (id: string): string => `/api/v1/jobs/${id}`

const queueName = 'jobs.run'
/** What makes a job fail is how often it has not got on, whatever the queue counts: each server that stops is a retry too. */
const queueRetries = 10_000
const longestPauseSeconds = 30
/** So many runs may end one after the other without having saved anything. */
const mostAttempts = 6

export class LongJobs {
  /** For the queue; see kernel/jobs. */
  readonly queueKind: JobKind<{ jobId: string }>
  private readonly database: Database
  private readonly enqueue: Enqueue
  /** Transactions in the name of members, also for work that no person waits for. */
  readonly transactions: Transactions
  private readonly kinds = new Map<string, LongJobKind>()

  constructor({ database, enqueue }: { database: Database; enqueue: Enqueue }) {
    this.database = database
    this.enqueue = enqueue
    this.transactions = new Transactions(database, (tx, asker, work) => this.defer(tx, asker, work))
    this.queueKind = {
      name: queueName,
      retries: queueRetries,
      longestPauseSeconds,
      timeoutSeconds: 6 * 3_600,
      concurrency: 2,
      handle: ({ tenantId, jobId }, running) => this.run(tenantId, jobId, running),
    }
  }

  register(kind: LongJobKind): void {
    this.kinds.set(kind.type, kind)
  }

  /** Adds a job in the caller's transaction; it begins after the commit. */
  async start(context: OperationContext, { id = newId(), type, objectId, input }: NewLongJob): Promise<AcceptedJob> {
    const { tx, model, actor } = context
    await insertJob(tx, model.tenantId, { id, type, objectId, input, createdBy: actor.userId })
    await this.putInQueue(tx, id)
    return { jobId: id, status: 'pending', statusUrl: statusUrl(id) }
  }

  /** Does small work in the caller's transaction, and keeps it as a job that has ended, for whoever looks at it later. */
  async doAtOnce(
    context: OperationContext,
    { id = newId(), type, objectId, input }: NewLongJob,
    work: (id: string) => Promise<{ result: object; errors: JobError[] }>,
  ): Promise<AcceptedJob & { result: object }> {
    const { tx, model, actor } = context
    await insertJob(tx, model.tenantId, { id, type, objectId, input, createdBy: actor.userId })
    const { result, errors } = await work(id)
    await endJob(tx, model.tenantId, id, { result, errors })
    return { jobId: id, status: 'completed', statusUrl: statusUrl(id), result }
  }

  /** Adds the job for work on very many records that a change leaves behind; gives its id. */
  async defer(
    tx: Transaction,
    { tenantId, userId }: { tenantId: string; userId: string | null },
    work: DeferredWork,
  ): Promise<string> {
    const id = newId()
    const type = `records.${work.kind}`
    await insertJob(tx, tenantId, { id, type, objectId: work.objectId, input: work, createdBy: userId })
    await this.putInQueue(tx, id)
    return id
  }

  async putInQueue(tx: Transaction, jobId: string): Promise<void> {
    await this.enqueue(tx, queueName, { jobId })
  }

  /**
   * One run of a job. What the caller can mend ends it as failed; anything else is thrown, so that the queue retries,
   * until several runs have got nowhere.
   */
  async run(tenantId: string, jobId: string, { signal }: Pick<RunningJob, 'signal'>): Promise<void> {
    const runner = newId()
    const job = await this.database.transaction({ tenantId }, (tx) => claimJob(tx, tenantId, jobId, runner))
    if (!job) return
    // The runs before went down with their servers, and maybe took them along.
    if (job.attempts > mostAttempts) return this.fail(tenantId, job, runner, undefined)
    const run = this.runOf(tenantId, job, runner, signal)
    try {
      const result = await this.kindOf(job).run(run)
      await this.database.transaction({ tenantId }, (tx) =>
        finishJob(tx, tenantId, jobId, runner, { status: 'completed', result }),
      )
    } catch (error) {
      // A run that has lost the job stumbles over what the other run leaves behind: that is no failure of the job.
      if (error instanceof JobLost || !(await this.isRunBy(tenantId, jobId, runner))) return
      const known = error instanceof AppError && error.status < 500
      if (error instanceof WorkspaceHeld)
        await this.database.transaction({ tenantId }, (tx) => forgetAttempts(tx, tenantId, jobId, runner))
      else if (known || (job.attempts >= mostAttempts && !signal.aborted)) await this.fail(tenantId, job, runner, error)
      if (!known) throw error
    }
  }

  private isRunBy(tenantId: string, jobId: string, runner: string): Promise<boolean> {
    return this.database.transaction({ tenantId }, (tx) => isRunBy(tx, tenantId, jobId, runner))
  }

  private async fail(tenantId: string, job: JobRow, runner: string, error: unknown): Promise<void> {
    const known = error instanceof AppError
    const message = known ? error.message : `Something went wrong (job ${job.id}). Resume it to try again.`
    const errors: JobError[] = [{ message }, ...(known ? error.details : [])].slice(0, 100)
    await this.database.transaction({ tenantId }, (tx) =>
      finishJob(tx, tenantId, job.id, runner, { status: 'failed', errors }),
    )
  }

  private kindOf(job: JobRow): LongJobKind {
    const kind = this.kinds.get(job.type)
    if (!kind) throw new Error(`There is no kind of long work called ${job.type}.`)
    return kind
  }

  private runOf(tenantId: string, job: JobRow, runner: string, signal: AbortSignal): JobRun {
    const { source, asSystem } = this.kindOf(job)
    const behalf = { tenantId, userId: job.created_by, source, requestId: job.id }
    return {
      job,
      tenantId,
      signal,
      transaction: (work) => this.transactions.run({ ...behalf, asSystem }, work),
      asAsker: (work) => this.transactions.run(behalf, work),
      save: async (tx, state) => {
        if (!(await saveState(tx, tenantId, job.id, runner, state))) throw new JobLost()
      },
    }
  }
}
