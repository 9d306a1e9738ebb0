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
import { answerStep, type LedgerEntry, ledgersOf, lockRun, writeRuns } from './runs.store.ts'

/** How long one call may take: well below the time after which it is made again. */
const callTimeoutMs = 30_000

/** Calls that one process makes at the same time. */
const mostCalls = 32

export class Sender {
  private readonly transactions: Transactions
  private readonly kinds: ActionKinds
  private readonly log: Log
  private readonly onAnswer: () => void
  private readonly waiting: Send[] = []
  private readonly calls = new Set<Promise<void>>()

  constructor(parts: { transactions: Transactions; kinds: ActionKinds; log: Log; onAnswer: () => void }) {
    this.transactions = parts.transactions
    this.kinds = parts.kinds
    this.log = parts.log
    this.onAnswer = parts.onAnswer
  }

  add(sends: Send[]): void {
    this.waiting.push(...sends)
    this.begin()
  }

  /** Ends after the calls that are being made; those not begun are made by whoever comes next. */
  async stop(): Promise<void> {
    this.waiting.length = 0
    await Promise.all(this.calls)
  }

  private begin(): void {
    while (this.calls.size < mostCalls) {
      const send = this.waiting.shift()
      if (!send) return
      const call = this.make(send).finally(() => {
        this.calls.delete(call)
        this.begin()
      })
      this.calls.add(call)
    }
  }

  private async make(send: Send): Promise<void> {
    try {
      const output = await this.call(send)
      await this.write(send, (context) => answerStep(context.tx, { ...send, output }))
      this.onAnswer()
    } catch (error) {
      this.log.warn(
        { run: send.runId, path: send.path, error: (error as Error).message },
        'A call of a workflow failed',
      )
      await this.write(send, (context) => noteUnanswered(context, send, error)).catch((failure: Error) => {
        // The database is away: the call is made again when its time for an answer is over.
        this.log.error({ run: send.runId, error: failure.message }, 'What a workflow called could not be written down')
      })
    }
  }

  private call({ key, input, tenantId, type }: Send): Promise<unknown> {
    const signal = AbortSignal.timeout(callTimeoutMs)
    return this.kinds.get(type)!.send!({ key, input, tenantId, signal })
  }

  private write(send: Send, work: (context: RecordContext) => Promise<unknown>): Promise<unknown> {
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
