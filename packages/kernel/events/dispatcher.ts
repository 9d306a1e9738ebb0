/**
 * Hands events to their consumers after the transactions that wrote them have committed. Every event reaches every
 * consumer at least once, events of one record in their order; one server at a time serves a consumer.
 */
import type { Database } from '../database/index.ts'
import { registerConsumers } from './cursors.ts'
import type { EventConsumer, Log } from './event.ts'
import { ServerLink } from './link.ts'
import { ConsumerLoop } from './loop.ts'

export interface DispatcherOptions {
  database: Database
  consumers: EventConsumer[]
  log: Log
  /** For the connection that stays open; a pooler that shares sessions between clients would break it. */
  listenUrl: string
  /** Safety net: how often to look without having been woken. 1,000 without it. */
  pollMs?: number
  /** Records whose events one consumer handles at the same time. 4 without it. */
  concurrency?: number
  /** How long a handler may take for one event. 30,000 without it. */
  handlerTimeoutMs?: number
}

export interface Dispatcher {
  start(): Promise<void>
  /** Ends after the events that are being handled. */
  stop(): Promise<void>
  /** Call it after the commit of a transaction that wrote events: cheap, and many calls become one look. */
  wake(): void
}

const coalesceMs = 10

/**
 * @example
 * const dispatcher = createDispatcher({ database, consumers: [webhooks, workflows], log, listenUrl: appUrl })
 * await dispatcher.start()
 * tx.onCommit(() => dispatcher.wake())
 *
 * A handler that throws, or takes longer than it may, is called again after a growing delay; meanwhile later events of
 * the same record wait and all others go on. After several attempts the event is parked (see `listParked`) and the
 * record goes on without it. Handlers must be idempotent: (consumer, seq) is a good key.
 */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const link = new ServerLink({ url: options.listenUrl, log: options.log, onWake: wakeAll })
  const loops = options.consumers.map(
    (consumer) =>
      new ConsumerLoop({
        database: options.database,
        link,
        log: options.log,
        consumer,
        pollMs: options.pollMs ?? 1_000,
        concurrency: options.concurrency ?? 4,
        handlerTimeoutMs: options.handlerTimeoutMs ?? 30_000,
      }),
  )
  let wakeTimer: NodeJS.Timeout | undefined

  function wakeAll(): void {
    for (const loop of loops) loop.wake()
  }

  return {
    async start() {
      const names = options.consumers.map((consumer) => consumer.name)
      const { restored } = await registerConsumers(options.database, names)
      if (restored)
        options.log.warn({}, 'The database was restored from a dump: events not handled by all are repeated')
      await link.start()
      for (const loop of loops) loop.start()
    },
    async stop() {
      clearTimeout(wakeTimer)
      await Promise.all(loops.map((loop) => loop.stop()))
      await link.stop()
    },
    wake() {
      wakeTimer ??= setTimeout(() => {
        wakeTimer = undefined
        wakeAll()
        link.announce()
      }, coalesceMs)
    },
  }
}
