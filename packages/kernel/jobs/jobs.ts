/**
 * The job queue: pg-boss on our own database, so that a job is enqueued by the transaction that makes it necessary and
 * exists exactly if that transaction commits.
 */
import { type JobWithMetadata, PgBoss, type Queue } from 'pg-boss'
import { newId, type Transaction } from '../database/index.ts'
import type { Log } from '../events/index.ts'
import {
  type DeadJob,
  type EnqueueOptions,
  type JobKind,
  noTenant,
  type QueueDepth,
  type ScheduleOptions,
} from './job.ts'
import { queueSchema } from './prepare.ts'

export interface JobsOptions {
  appUrl: string
  kinds: JobKind[]
  log: Log
  /** A worker that is silent for so long is dead, and its jobs go to others. 15 without it, 10 at the least. */
  heartbeatSeconds?: number
  /** How often to look for dead workers and due schedules and to count the queues; 5 without it, 45 at the most. */
  superviseSeconds?: number
  /** How soon a job is found that another process enqueued; 2 without it. Jobs of this process start at once. */
  pollSeconds?: number
}

export interface Jobs {
  /** Connects and, unless told otherwise, begins to work. Enqueueing needs it as well. */
  start(options?: { work?: boolean }): Promise<void>
  /** Takes no new jobs and waits for those being worked on, 30 seconds at the most; what is left is retried. */
  stop(): Promise<void>
  /**
   * Adds a job in the transaction, for the tenant that it is bound to; one round trip. Returns its id, or null when one
   * with the same key is waiting already.
   *
   * @example
   * await jobs.enqueue(tx, 'imports.run', { importId })
   */
  enqueue(tx: Transaction, kind: string, payload: object, options?: EnqueueOptions): Promise<string | null>
  /**
   * Lets the jobs of a kind that wait for a later time begin now, those of the tenant that the transaction is bound to.
   *
   * @param change replaces what stands in their payloads.
   */
  wake(tx: Transaction, kind: string, change: object): Promise<void>
  /** Adds a job at each time the cron expression names; replaces the schedule of the same kind and key. */
  schedule(kind: string, cron: string, payload: object, options?: ScheduleOptions): Promise<void>
  unschedule(kind: string, key?: string): Promise<void>
  /** Jobs of a kind that used up their attempts, the latest first; kept for 90 days. */
  listDead(kind: string): Promise<DeadJob[]>
  /** Gives dead jobs their attempts again, all of the kind or those named; returns how many. */
  retryDead(kind: string, ids?: string[]): Promise<number>
  /** As of the last count, see `superviseSeconds`. */
  depths(): Promise<QueueDepth[]>
}

const day = 86_400
const firstRetrySeconds = 2
const longestPauseSeconds = 3_600
const stopTimeoutMs = 30_000

const deadQueueOf = (kind: string): string => `${kind}.dead`

export function createJobs(options: JobsOptions): Jobs {
  const { appUrl, kinds, log, heartbeatSeconds = 15, superviseSeconds = 5, pollSeconds = 2 } = options
  const workerOf = new Map<string, string>()
  let running: PgBoss | undefined

  function boss(): PgBoss {
    if (!running) throw new Error('The job queue has not been started.')
    return running
  }

  function known(kind: string): string {
    if (!kinds.some((one) => one.name === kind)) throw new Error(`There is no kind of job called ${kind}.`)
    return kind
  }

  /** The worker of this process looks at once, others when they look next. */
  function notify(tx: Transaction, kind: string): void {
    const worker = workerOf.get(kind)
    if (worker) tx.onCommit(() => running?.notifyWorker(worker))
  }

  async function work(kind: JobKind): Promise<void> {
    const settings = { localConcurrency: kind.concurrency ?? 1, pollingIntervalSeconds: pollSeconds }
    const worker = await boss().work<{ tenantId: string }>(kind.name, settings, async ([job]) => {
      const attempt = job!.retryCount + 1
      try {
        await kind.handle(job!.data, { id: job!.id, signal: job!.signal, attempt })
      } catch (error) {
        log.warn({ kind: kind.name, job: job!.id, attempt, error: (error as Error).message }, 'A job failed')
        throw error
      }
    })
    workerOf.set(kind.name, worker)
  }

  return {
    async start({ work: working = true } = {}) {
      running = new PgBoss({
        connectionString: appUrl,
        schema: queueSchema,
        application_name: 'oneforge jobs',
        max: 4,
        // The tables belong to the owner: see prepareJobs.
        migrate: false,
        createSchema: false,
        reindex: false,
        supervise: working,
        schedule: working,
        superviseIntervalSeconds: superviseSeconds,
        monitorIntervalSeconds: superviseSeconds,
        cronMonitorIntervalSeconds: superviseSeconds,
        queueCacheIntervalSeconds: superviseSeconds,
      })
      running.on('error', (error) => log.error({ error: error.message }, 'The job queue has a problem'))
      running.on('warning', (warning) => log.warn({ warning: warning.message }, 'The job queue has a warning'))
      await running.start()
      for (const kind of kinds) await ensureQueues(running, kind, heartbeatSeconds)
      if (working) for (const kind of kinds) await work(kind)
    },

    async stop() {
      const stopping = running
      running = undefined
      workerOf.clear()
      await stopping?.stop({ graceful: true, timeout: stopTimeoutMs })
    },

    async enqueue(tx, kind, payload, { startAfter, singletonKey } = {}) {
      if (!tx.tenantId) throw new Error(`A job of kind ${kind} must be enqueued by a transaction bound to a tenant.`)
      const id = newId()
      const added = await boss().send(
        known(kind),
        { ...payload, tenantId: tx.tenantId },
        {
          id,
          startAfter,
          // The queue lets one job with a key wait: a key of its own lets every other job in.
          singletonKey: singletonKey === undefined ? id : `${tx.tenantId}/${singletonKey}`,
          db: { executeSql: async (text, values = []) => ({ rows: await tx.query({ text, values }) }) },
        },
      )
      if (added) notify(tx, kind)
      return added
    },

    async wake(tx, kind, change) {
      await tx.query({
        text: `update ${queueSchema}.job set start_after = now(), data = data || $1::jsonb
          where name = $2 and state < 'active' and start_after > now() and data ->> 'tenantId' = $3`,
        values: [JSON.stringify(change), known(kind), tx.tenantId],
      })
      notify(tx, kind)
    },

    async schedule(kind, cron, payload, { key = '', timeZone = 'UTC', tenantId = noTenant } = {}) {
      const sendOptions = { key, tz: timeZone, missed: 'once' as const, singletonKey: `${tenantId}/schedule/${key}` }
      await boss().schedule(known(kind), cron, { ...payload, tenantId }, sendOptions)
    },

    async unschedule(kind, key = '') {
      await boss().unschedule(known(kind), key)
    },

    async listDead(kind) {
      const dead = await boss().findJobs<{ tenantId: string }>(deadQueueOf(known(kind)), { queued: true })
      return dead.map((job) => describeDead(kind, job)).sort((a, b) => b.diedAt.getTime() - a.diedAt.getTime())
    },

    async retryDead(kind, ids) {
      if (ids?.length === 0) return 0
      return boss().redrive(deadQueueOf(known(kind)), { ids })
    },

    async depths() {
      const queues = await boss().getQueues(kinds.flatMap((kind) => [kind.name, deadQueueOf(kind.name)]))
      const byName = new Map(queues.map((queue) => [queue.name, queue]))
      return kinds.map(({ name }) => {
        const queue = byName.get(name)
        return {
          kind: name,
          waiting: queue?.readyCount ?? 0,
          deferred: queue?.deferredCount ?? 0,
          active: queue?.activeCount ?? 0,
          dead: byName.get(deadQueueOf(name))?.queuedCount ?? 0,
        }
      })
    },
  }
}

/** The kind's queue and that of its dead jobs, with the settings of this release. */
async function ensureQueues(boss: PgBoss, kind: JobKind, heartbeatSeconds: number): Promise<void> {
  await ensureQueue(boss, { name: deadQueueOf(kind.name), retentionSeconds: 90 * day, deleteAfterSeconds: day })
  await ensureQueue(boss, {
    name: kind.name,
    policy: 'short',
    deadLetter: deadQueueOf(kind.name),
    retryLimit: kind.retries ?? 5,
    retryDelay: firstRetrySeconds,
    retryBackoff: true,
    retryDelayMax: kind.longestPauseSeconds ?? longestPauseSeconds,
    expireInSeconds: kind.timeoutSeconds ?? 900,
    heartbeatSeconds,
    retentionSeconds: 90 * day,
    deleteAfterSeconds: day,
  })
}

async function ensureQueue(boss: PgBoss, { name, policy, ...settings }: Queue): Promise<void> {
  if (await boss.getQueue(name)) await boss.updateQueue(name, settings)
  else await boss.createQueue(name, { policy, ...settings })
}

function describeDead(kind: string, job: JobWithMetadata<{ tenantId: string }>): DeadJob {
  const { tenantId, ...payload } = job.data
  return {
    id: job.id,
    kind,
    tenantId,
    payload,
    error: reasonOf(job.sourceOutput),
    attempts: (job.sourceRetryCount ?? 0) + 1,
    enqueuedAt: job.sourceCreatedOn ?? job.createdOn,
    diedAt: job.createdOn,
  }
}

/** What was thrown lies there as it is; what the queue says itself, of a job that it gave up, one level deeper. */
function reasonOf(output: unknown): string {
  const { message, value } = (output ?? {}) as { message?: string; value?: unknown }
  if (message !== undefined) return message
  if (typeof value === 'object') return reasonOf(value)
  return String(value ?? 'The worker died or ran out of time.')
}
