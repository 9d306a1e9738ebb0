/**
 * The order of handling. Events of one record form a chain that is handled one after another; different chains run side
 * by side. When an event fails, the rest of its chain waits until it succeeds or is parked; other chains go on.
 */
import type { Failure, WaitingEvent } from './cursors.ts'
import type { DomainEvent, EventConsumer } from './event.ts'

/** Attempts before an event is parked; with the delays below that takes about two minutes. */
export const maxAttempts = 6

const firstDelayMs = 500
const maxDelayMs = 60_000

/** Half a second, 2, 8, 32, 60 seconds: a dependency that restarts is back within the first few. */
export const delayAfter = (attempts: number): number => Math.min(maxDelayMs, firstDelayMs * 4 ** (attempts - 1))

export interface ChainLink {
  event: DomainEvent
  /** How often it has failed already. */
  attempts: number
  /** Whether event_failures holds a row for it. */
  waiting: boolean
}

export interface Plan {
  chains: ChainLink[][]
  /** New events that must wait behind one whose next attempt is not due. */
  held: DomainEvent[]
}

/** What happened to the events of a plan. An event that is in neither list was not begun. */
export interface Outcome {
  settled: ChainLink[]
  failures: Failure[]
}

// An event without a record waits for nobody.
const chainKey = (event: DomainEvent): string =>
  event.recordId ? `${event.tenantId}/${event.recordId}` : `${event.tenantId}#${event.seq}`

/** Sorts what waits and what is new into chains; both come in the order of seq. */
export function planChains(waiting: WaitingEvent[], fresh: DomainEvent[]): Plan {
  const chains = new Map<string, ChainLink[]>()
  const notDue = new Set<string>()
  for (const { event, attempts, dueInMs } of waiting) {
    const key = chainKey(event)
    // Only the head of a chain has to be due: those behind it wait for it alone.
    if (!chains.has(key) && dueInMs > 0) notDue.add(key)
    if (!notDue.has(key)) append(chains, key, { event, attempts, waiting: true })
  }
  const held: DomainEvent[] = []
  for (const event of fresh) {
    const key = chainKey(event)
    if (notDue.has(key)) held.push(event)
    else append(chains, key, { event, attempts: 0, waiting: false })
  }
  return { chains: [...chains.values()], held }
}

function append(chains: Map<string, ChainLink[]>, key: string, link: ChainLink): void {
  const chain = chains.get(key)
  if (chain) chain.push(link)
  else chains.set(key, [link])
}

export interface RunOptions {
  consumer: EventConsumer
  /** How many chains run at the same time. */
  concurrency: number
  handlerTimeoutMs: number
  /** Asked before each event: true lets the rest be. */
  stopping: () => boolean
}

/** Handles the plan's events and tells what became of them; never throws. */
export async function runPlan(plan: Plan, options: RunOptions): Promise<Outcome> {
  const outcome: Outcome = { settled: [], failures: plan.held.map(behind) }
  // All lanes draw from one iterator: each chain is taken once.
  const queue = plan.chains.values()
  const lanes = Array.from({ length: options.concurrency }, async () => {
    for (const chain of queue) await runChain(chain, options, outcome)
  })
  await Promise.all(lanes)
  return outcome
}

async function runChain(chain: ChainLink[], options: RunOptions, outcome: Outcome): Promise<void> {
  for (const [index, link] of chain.entries()) {
    if (options.stopping()) return
    const error = await attempt(link, options)
    if (error === undefined) {
      outcome.settled.push(link)
      continue
    }
    const failure = failed(link, error)
    outcome.failures.push(failure)
    if (failure.parked) continue
    for (const later of chain.slice(index + 1)) if (!later.waiting) outcome.failures.push(behind(later.event))
    return
  }
}

/** Undefined when the handler succeeded, else why it did not. */
async function attempt(link: ChainLink, options: RunOptions): Promise<string | undefined> {
  const controller = new AbortController()
  const tooLong = new Promise<never>((_, reject) => {
    controller.signal.addEventListener('abort', () => reject(controller.signal.reason as Error))
  })
  const timer = setTimeout(
    () => controller.abort(new Error(`The handler took longer than ${options.handlerTimeoutMs / 1000} s.`)),
    options.handlerTimeoutMs,
  )
  try {
    const context = { attempt: link.attempts + 1, signal: controller.signal }
    await Promise.race([options.consumer.handle(link.event, context), tooLong])
    return undefined
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  } finally {
    clearTimeout(timer)
  }
}

function failed(link: ChainLink, error: string): Failure {
  const attempts = link.attempts + 1
  const parked = attempts >= maxAttempts
  return {
    tenantId: link.event.tenantId,
    seq: link.event.seq,
    attempts,
    error: error.slice(0, 2000),
    delayMs: parked ? 0 : delayAfter(attempts),
    parked,
  }
}

const behind = (event: DomainEvent): Failure => ({
  tenantId: event.tenantId,
  seq: event.seq,
  attempts: 0,
  error: null,
  delayMs: 0,
  parked: false,
})
