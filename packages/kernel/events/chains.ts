/**
 * The order of handling. Events of one record form a chain that is handled one after another; different chains run side
 * by side. When an event fails, the rest of its chain waits until it succeeds or is parked; other chains go on.
 */
import type { Failure, WaitingEvent } from './cursors.ts'
import type { DomainEvent, EventConsumer, HandlingContext } from './event.ts'

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
  const { together, alone } = options.consumer.handleTogether ? byTenant(plan) : { together: [], alone: plan.chains }
  const left: ChainLink[][] = []
  await inLanes(together, options.concurrency, async (chains) => {
    if (!(await runTogether(chains, options, outcome))) left.push(...chains)
  })
  await inLanes([...alone, ...left], options.concurrency, (chain) => runChain(chain, options, outcome))
  return outcome
}

/** All lanes draw from one iterator: each piece is taken once. */
async function inLanes<T>(pieces: T[], concurrency: number, work: (piece: T) => Promise<void>): Promise<void> {
  const queue = pieces.values()
  const lane = async () => {
    for (const piece of queue) await work(piece)
  }
  await Promise.all(Array.from({ length: concurrency }, lane))
}

/** The chains of each tenant in which all is new, and those in which something has failed before. */
function byTenant({ chains }: Plan): { together: ChainLink[][][]; alone: ChainLink[][] } {
  const isFresh = (chain: ChainLink[]) => chain.every(({ waiting }) => !waiting)
  const fresh = Map.groupBy(chains.filter(isFresh), ([first]) => first!.event.tenantId)
  return { together: [...fresh.values()], alone: chains.filter((chain) => !isFresh(chain)) }
}

/** Settles all of the chains or none; says whether it did. Failures are those of each event, when it is handled alone. */
async function runTogether(chains: ChainLink[][], options: RunOptions, outcome: Outcome): Promise<boolean> {
  if (options.stopping()) return true
  const links = chains.flat().toSorted((a, b) => a.event.seq - b.event.seq)
  const events = links.map(({ event }) => event)
  const error = await attempt(1, options, (context) => options.consumer.handleTogether!(events, context))
  if (error === undefined) outcome.settled.push(...links)
  return error === undefined
}

async function runChain(chain: ChainLink[], options: RunOptions, outcome: Outcome): Promise<void> {
  for (const [index, link] of chain.entries()) {
    if (options.stopping()) return
    const error = await attempt(link.attempts + 1, options, (context) => options.consumer.handle(link.event, context))
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
async function attempt(
  number: number,
  options: RunOptions,
  handle: (context: HandlingContext) => Promise<void>,
): Promise<string | undefined> {
  const controller = new AbortController()
  const tooLong = new Promise<never>((_, reject) => {
    controller.signal.addEventListener('abort', () => reject(controller.signal.reason as Error))
  })
  const timer = setTimeout(
    () => controller.abort(new Error(`The handler took longer than ${options.handlerTimeoutMs / 1000} s.`)),
    options.handlerTimeoutMs,
  )
  try {
    await Promise.race([handle({ attempt: number, signal: controller.signal }), tooLong])
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
