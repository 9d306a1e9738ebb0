/**
 * Goes on with runs: tenant by tenant, a batch of each in its turn, so that none waits for all of another's. Any number of
 * servers may do so at the same time; what one is at, the others pass over.
 */
import type { Database } from '@oneforge/kernel/database'
import { AppError } from '@oneforge/kernel/errors'
import type { Log } from '@oneforge/kernel/events'
import type { RecordContext } from '@oneforge/kernel/records'
import { type Behalf, type Transactions, WorkspaceHeld } from '../../jobs/index.ts'
import { asRunFailure, type BatchParts, type BatchResult, isPassing, RunFailure, type Send, workOn } from './batch.ts'
import { noteFailure } from './failing.ts'
import { dueRun, dueRuns, type RunRow, turns } from './runs.store.ts'

export interface RunnerOptions extends BatchParts {
  database: Database
  transactions: Transactions
  log: Log
  send(sends: Send[]): void
  /** What runs did has committed: there may be events. */
  onCommit(): void
  /** The clock, which tests move on. */
  now?: () => Date
}

/** Safety net: how often to look without having been woken, for what other servers have begun. */
const pollMs = 1_000

/** When all that is due is held by others: they are done in a moment. */
const heldMs = 100

/** Batches that one process works on at the same time: of several tenants, or of one that has much to do. */
const lanes = 2

const runsTogether = 50

export class Runner {
  private readonly options: RunnerOptions
  private readonly now: () => Date
  private stopping = false
  private woken = false
  private endPause: (() => void) | undefined
  private running: Promise<void> = Promise.resolve()
  /** Tenants of which the last batch was full. */
  private readonly busy = new Set<string>()

  constructor(options: RunnerOptions) {
    this.options = options
    this.now = options.now ?? (() => new Date())
  }

  start(): void {
    this.running = this.loop()
  }

  /** Ends after the batches that are being worked on. */
  async stop(): Promise<void> {
    this.stopping = true
    this.endPause?.()
    await this.running
  }

  /** There may be something to go on with. Cheap. */
  wake(): void {
    this.woken = true
    this.endPause?.()
  }

  private async loop(): Promise<void> {
    while (!this.stopping) {
      this.woken = false
      await this.pause(await this.passSafely())
    }
  }

  private async passSafely(): Promise<number> {
    try {
      return await this.pass()
    } catch (error) {
      this.options.log.error({ error: (error as Error).message }, 'Runs of workflows could not be read; trying again')
      return pollMs
    }
  }

  private pause(ms: number): Promise<void> {
    if (ms <= 0 || this.woken || this.stopping) return Promise.resolve()
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.endPause?.(), ms)
      this.endPause = () => {
        clearTimeout(timer)
        this.endPause = undefined
        resolve()
      }
    })
  }

  /** A turn for each tenant that has something due; returns how long to wait for the next, in milliseconds. */
  async pass(): Promise<number> {
    const moment = this.now()
    const found = await turns(this.options.database, moment)
    const now = moment.getTime()
    const due = found.filter(({ wake_at }) => Date.parse(wake_at) <= now)
    if (due.length === 0) {
      const next = Math.min(...found.map(({ wake_at }) => Date.parse(wake_at) - now))
      return Math.min(pollMs, next)
    }
    const queue = this.inTurn(due.map(({ tenant_id }) => tenant_id)).values()
    let progress = false
    const lane = async () => {
      for (const tenantId of queue) progress = (await this.turnOf(tenantId)) || progress
    }
    await Promise.all(Array.from({ length: lanes }, lane))
    return progress ? 0 : heldMs
  }

  /** Each tenant once; where there are few, those that have much to do as often as there are lanes. */
  private inTurn(tenantIds: string[]): string[] {
    const again = tenantIds.filter((id) => this.busy.has(id))
    const more = again.length > 0 ? Math.ceil(Math.max(0, lanes - tenantIds.length) / again.length) : 0
    return [...tenantIds, ...Array.from({ length: more }, () => again).flat()]
  }

  /** Whether something was gone on with. */
  private async turnOf(tenantId: string): Promise<boolean> {
    if (this.stopping) return false
    const { log } = this.options
    try {
      return await this.together(tenantId)
    } catch (error) {
      // What was due waits until the workspace is resumed.
      if (error instanceof WorkspaceHeld) return false
      const { message } = error as Error
      log.warn({ tenantId, error: message }, 'Runs of workflows could not be gone on with; trying again')
      return false
    }
  }

  /** A batch; where it fails by one of the runs, each of them by itself, so that the others are not kept. */
  private async together(tenantId: string): Promise<boolean> {
    let taken: string[] = []
    try {
      const due = (now: Date) => dueRuns(tenantId, now, runsTogether)
      return await this.work(tenantId, (context) =>
        workOn(context, this.options, due(context.now), (runs) => {
          taken = runs.map(({ id }) => id)
        }),
      )
    } catch (error) {
      if (taken.length === 0 || isPassing(error)) throw error
    }
    for (const id of taken) {
      if (this.stopping) break
      await this.alone(tenantId, id)
    }
    return true
  }

  /** What fails beside its steps, such as what they noted when it is stored, is the run's failure as well. */
  private async alone(tenantId: string, id: string): Promise<void> {
    let run: RunRow | undefined
    try {
      await this.work(tenantId, (context) =>
        workOn(context, this.options, dueRun(tenantId, id, context.now), (runs) => {
          run = runs[0]
        }),
      )
    } catch (error) {
      const failure = run && !(error instanceof RunFailure) ? asRunFailure(run, error) : error
      if (!(failure instanceof RunFailure)) throw failure
      this.report(tenantId, failure)
      await this.options.transactions.run(this.behalf(tenantId), (context) =>
        noteFailure({ ...context, now: this.now() }, failure.run, failure.path, failure.cause),
      )
    }
  }

  private async work(tenantId: string, work: (context: RecordContext) => Promise<BatchResult>): Promise<boolean> {
    const { transactions, send, onCommit } = this.options
    const { taken, sends } = await transactions.run(this.behalf(tenantId), (context) =>
      work({ ...context, now: this.now() }),
    )
    send(sends)
    if (taken >= runsTogether) this.busy.add(tenantId)
    else this.busy.delete(tenantId)
    if (taken > 0) onCommit()
    return taken > 0
  }

  private behalf(tenantId: string): Behalf {
    return { tenantId, userId: null, asSystem: true, source: 'workflow', requestId: 'workflows' }
  }

  private report(tenantId: string, { run, path, cause }: RunFailure): void {
    if (cause instanceof AppError) return
    const fields = { tenantId, run: run.id, path, error: (cause as Error).message }
    this.options.log.error(fields, 'A step of a workflow failed')
  }
}
