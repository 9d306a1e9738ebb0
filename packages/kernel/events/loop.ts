/** One consumer's way through the stream of events: read a batch, hand it on, write down how far it came. */
import type { Database } from '../database/index.ts'
import { type Outcome, planChains, runPlan } from './chains.ts'
import { type Cursor, loadWindow, nextWindow, readEvents, readWaiting, saveProgress, type Window } from './cursors.ts'
import type { DomainEvent, EventConsumer, Log } from './event.ts'
import type { ServerLink } from './link.ts'

export interface LoopOptions {
  database: Database
  link: ServerLink
  log: Log
  consumer: EventConsumer
  /** How often to look without having been woken. */
  pollMs: number
  concurrency: number
  handlerTimeoutMs: number
}

/** Events in a batch: what is handled twice at the most when a server is killed. */
const batchSize = 100

/** With so many events waiting for another attempt no new ones are taken: they could not all be kept in order. */
const maxWaiting = 500

/** After a failure of our own: the database is away. */
const pauseAfterErrorMs = 1_000

export class ConsumerLoop {
  private readonly options: LoopOptions
  private saved: Cursor | undefined
  private window: Window | undefined
  private stopping = false
  private woken = false
  private endPause: (() => void) | undefined
  private running: Promise<void> = Promise.resolve()

  constructor(options: LoopOptions) {
    this.options = options
  }

  start(): void {
    this.running = this.run()
  }

  /** Resolves when the events being handled are done and written down. */
  async stop(): Promise<void> {
    this.stopping = true
    this.endPause?.()
    await this.running
  }

  wake(): void {
    this.woken = true
    this.endPause?.()
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      this.woken = false
      const pauseMs = await this.passSafely()
      await this.pause(pauseMs)
    }
  }

  private pause(ms: number): Promise<void> {
    if (ms === 0 || this.woken || this.stopping) return Promise.resolve()
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.endPause?.(), ms)
      this.endPause = () => {
        clearTimeout(timer)
        this.endPause = undefined
        resolve()
      }
    })
  }

  private async passSafely(): Promise<number> {
    const { consumer, log } = this.options
    try {
      return await this.pass()
    } catch (error) {
      this.forget()
      log.error({ consumer: consumer.name, error: (error as Error).message }, 'Events could not be read; trying again')
      return pauseAfterErrorMs
    }
  }

  /** One batch; returns how long to wait for the next, in milliseconds. */
  private async pass(): Promise<number> {
    const { consumer, database, link, pollMs } = this.options
    if (!(await link.hold(consumer.name))) {
      this.forget()
      return pollMs
    }
    await this.findPlace()
    const waiting = await readWaiting(database, consumer.name, maxWaiting)
    const events = waiting.length < maxWaiting ? await this.readNew() : []
    const soonest = Math.min(pollMs, ...waiting.map((one) => one.dueInMs || pollMs))
    const meant = await this.meantOf(events)
    const plan = planChains(waiting, meant)
    if (events.length === 0 && plan.chains.length === 0) return soonest
    const outcome = await runPlan(plan, {
      consumer,
      concurrency: this.options.concurrency,
      handlerTimeoutMs: this.options.handlerTimeoutMs,
      stopping: () => this.stopping,
    })
    await this.save(events, meant, outcome)
    return events.length > 0 || outcome.settled.length > 0 ? 0 : soonest
  }

  private async findPlace(): Promise<void> {
    if (this.window) return
    this.window = await loadWindow(this.options.database, this.options.consumer.name)
    const { seen, reading, seq } = this.window
    this.saved = { seen, reading, seq }
  }

  /** The next events of the window, or of the one after it. */
  private async readNew(): Promise<DomainEvent[]> {
    const { database } = this.options
    for (;;) {
      if (this.window!.seq >= this.window!.last) this.window = await nextWindow(database, this.window!.reading)
      const window = this.window!
      if (window.seq >= window.last) return []
      const events = await readEvents(database, window, batchSize)
      if (events.length > 0) return events
      // What was left of the window went away with its tenant.
      window.seq = window.last
    }
  }

  /** The events of those tenants for which the consumer has something to do. */
  private async meantOf(events: DomainEvent[]): Promise<DomainEvent[]> {
    const { consumer } = this.options
    if (!consumer.tenantsMeant || events.length === 0) return events
    const tenants = await consumer.tenantsMeant([...new Set(events.map(({ tenantId }) => tenantId))])
    return events.filter(({ tenantId }) => tenants.has(tenantId))
  }

  private async save(events: DomainEvent[], meant: DomainEvent[], outcome: Outcome): Promise<void> {
    const { consumer, database, link } = this.options
    // Stopped half-way: the cursor goes as far as all is done, what lies beyond is handed on again after the restart.
    const done = new Set([...outcome.settled.map((link) => link.event.seq), ...outcome.failures.map((one) => one.seq)])
    const open = new Set(meant.map((event) => event.seq)).difference(done)
    const firstOpen = events.findIndex((event) => open.has(event.seq))
    const passed = firstOpen < 0 ? events : events.slice(0, firstOpen)
    const beyond = new Set(events.slice(passed.length).map((event) => event.seq))
    const before = this.saved!
    const after = { ...this.window!, seq: passed.at(-1)?.seq ?? this.window!.seq }
    const saved = await saveProgress(database, consumer.name, before, after, {
      settled: outcome.settled
        .filter((link) => link.waiting)
        .map(({ event }) => ({ tenantId: event.tenantId, seq: event.seq })),
      failures: outcome.failures.filter((failure) => !beyond.has(failure.seq)),
    })
    if (!saved) {
      link.reset()
      this.forget()
      return
    }
    this.report(outcome)
    this.saved = { seen: after.seen, reading: after.reading, seq: after.seq }
    this.window = after
  }

  private report(outcome: Outcome): void {
    for (const { seq, tenantId, attempts, error, parked } of outcome.failures) {
      if (error === null) continue
      const fields = { consumer: this.options.consumer.name, tenantId, seq, attempts, error }
      if (parked) this.options.log.error(fields, 'An event was given up after several attempts and is parked')
      else this.options.log.warn(fields, 'An event could not be handled and will be tried again')
    }
  }

  /** What this server knew of the cursor may be out of date: read it anew. */
  private forget(): void {
    this.window = undefined
    this.saved = undefined
  }
}
