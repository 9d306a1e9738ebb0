/**
 * Calls to the outside. The ledger says `sent` before the call is made, so that a process that dies leaves behind what to
 * ask again, under the same key. Whoever is called does it once by that key.
 */
import type { Log } from '@oneforge/kernel/events'
import type { RecordContext } from '@oneforge/kernel/records'
import type { Behalf, Transactions } from '../../jobs/index.ts'
import type { ActionKinds } from './action.ts'
import type { Send } from './batch.ts'
import { isLasting, messageOf, mostAttempts, pauseAfter, writeFailure } from './failing.ts'
import { Ledger } from './ledger.ts'
import { answerWithinMs } from './live-hands.ts'
import { checkNoted } from './noted.ts'
import { answerStep, claimCall, type LedgerEntry, ledgersOf, lockRun, writeRuns } from './runs.store.ts'

/** How long one call may take: well below the time after which it is made again. */
const callTimeoutMs = 30_000

/** Calls that one process makes at the same time, and how many of them for one tenant. */
const mostCalls = 32
const mostOfTenant = 16

/** A call that is being made. */
interface Making {
  tenantId: string
  done: Promise<void>
}

export class Sender {
  private readonly transactions: Transactions
  private readonly kinds: ActionKinds
  private readonly log: Log
  private readonly onAnswer: () => void
  /** By the tenants, and within by the keys of the calls: what is queued again takes the place that it has. */
  private readonly waiting = new Map<string, Map<string, Send>>()
  /** By their keys. */
  private readonly making = new Map<string, Making>()

  constructor(parts: { transactions: Transactions; kinds: ActionKinds; log: Log; onAnswer: () => void }) {
    this.transactions = parts.transactions
    this.kinds = parts.kinds
    this.log = parts.log
    this.onAnswer = parts.onAnswer
  }

  add(sends: Send[]): void {
    for (const send of sends) {
      const ofTenant = this.waiting.get(send.tenantId) ?? new Map<string, Send>()
      this.waiting.set(send.tenantId, ofTenant.set(send.key, send))
    }
    this.begin()
  }

  /** Ends after the calls that are being made; those not begun are made by whoever comes next. */
  async stop(): Promise<void> {
    this.waiting.clear()
    await Promise.all([...this.making.values()].map(({ done }) => done))
  }

  private begin(): void {
    while (this.making.size < mostCalls) {
      const send = this.next()
      if (!send) return
      const done = this.make(send).finally(() => {
        this.making.delete(send.key)
        this.begin()
      })
      this.making.set(send.key, { tenantId: send.tenantId, done })
    }
  }

  /** The first call of the tenant that has the fewest places, so that none waits for all of another's. */
  private next(): Send | undefined {
    const taken = Map.groupBy(this.making.values(), ({ tenantId }) => tenantId)
    const placesOf = (tenantId: string) => taken.get(tenantId)?.length ?? 0
    const tenants = [...this.waiting.keys()]
      .filter((tenantId) => placesOf(tenantId) < mostOfTenant)
      .sort((one, other) => placesOf(one) - placesOf(other))
    for (const tenantId of tenants) {
      const send = this.take(tenantId)
      if (send) return send
    }
    return undefined
  }

  /** What is being made already waits until that is over. */
  private take(tenantId: string): Send | undefined {
    const ofTenant = this.waiting.get(tenantId)!
    const send = ofTenant.values().find(({ key }) => !this.making.has(key))
    if (send) ofTenant.delete(send.key)
    if (ofTenant.size === 0) this.waiting.delete(tenantId)
    return send
  }

  private async make(send: Send): Promise<void> {
    try {
      if (await this.isToBeMade(send)) await this.callAndAnswer(send)
    } catch (error) {
      // The database is away: the call is made when its time for an answer is over.
      const fields = { run: send.runId, error: (error as Error).message }
      this.log.error(fields, 'What a workflow called could not be written down')
    }
  }

  private async callAndAnswer(send: Send): Promise<void> {
    try {
      const output = await this.call(send)
      checkNoted(output)
      await this.write(send, (context) => answerStep(context.tx, { ...send, output }))
      this.onAnswer()
    } catch (error) {
      const fields = { run: send.runId, path: send.path, error: (error as Error).message }
      this.log.warn(fields, 'A call of a workflow failed')
      await this.write(send, (context) => noteUnanswered(context, send, error))
    }
  }

  private isToBeMade(send: Send): Promise<boolean> {
    return this.write(send, ({ tx }) => claimCall(tx, send, new Date(Date.now() + answerWithinMs)))
  }

  private call({ key, input, tenantId, type }: Send): Promise<unknown> {
    const signal = AbortSignal.timeout(callTimeoutMs)
    return this.kinds.get(type)!.send!({ key, input, tenantId, signal })
  }

  private write<T>(send: Send, work: (context: RecordContext) => Promise<T>): Promise<T> {
    const behalf: Behalf = {
      tenantId: send.tenantId,
      userId: null,
      asSystem: true,
      source: 'workflow',
      requestId: `run ${send.runId}`,
      evenIfHeld: true,
    }
    return this.transactions.run(behalf, work)
  }
}

/** It is asked again later, by itself; the rest of the run goes on meanwhile. In the end the run has failed. */
async function noteUnanswered(context: RecordContext, send: Send, cause: unknown): Promise<void> {
  const { tx, model, now } = context
  const run = await lockRun(tx, send.runId)
  if (!run || (run.state !== 'ready' && run.state !== 'waiting')) return
  const ledger = new Ledger(await tx.query<LedgerEntry>(ledgersOf(model.tenantId, [send.runId])))
  const row = ledger.at(send.path)
  // It was answered, or asked by somebody else in between.
  if (row?.state !== 'sent' || row.attempt !== send.attempt) return
  if (row.attempt >= mostAttempts || isLasting(cause)) {
    ledger.write(send.path, 'failed', { error: messageOf(cause), attempt: row.attempt })
    return writeFailure(context, { ...run, attempt: mostAttempts }, ledger, send.path, cause)
  }
  const wakeAt = new Date(now.getTime() + pauseAfter(row.attempt)).toISOString()
  const again = { attempt: row.attempt + 1, input: row.input, wakeAt, error: messageOf(cause) }
  ledger.write(send.path, 'sent', again)
  const steps = ledger.changes().map((one) => ({ ...one, runId: run.id }))
  const change = { id: run.id, state: run.state, wakeAt: ledger.wakeAt(), attempt: run.attempt, error: null }
  await tx.batch(writeRuns(model.tenantId, [change], steps, now))
}
