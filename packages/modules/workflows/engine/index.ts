/** The engine of workflows, seen from the rest of the module. */
import type { Database } from '@oneforge/kernel/database'
import type { EventConsumer, Log } from '@oneforge/kernel/events'
import type { RecordContext } from '@oneforge/kernel/records'
import type { Transactions } from '../../jobs/index.ts'
import type { ActionKinds } from './action.ts'
import { workflowConsumer } from './consumer.ts'
import { Definitions } from './definitions.ts'
import { Runner } from './runner.ts'
import { Sender } from './sending.ts'

export { actingFor } from './acting.ts'
export type {
  ActionKind,
  ActionKinds,
  OutsideCall,
  Prepared,
  RunFacts,
  Scope,
  ScopeFacts,
  StepContext,
  TargetRecord,
} from './action.ts'
export { momentAfter, momentOf } from './durations.ts'
export { asksForChanges, type Changes, type Happening, isHeard, type TriggerFacts, triggerFacts } from './match.ts'
export { decideApproval, replayRun, stopRun } from './resuming.ts'
export { linkOf, type RunRequest, startRuns } from './start.ts'

export interface EngineParts {
  database: Database
  transactions: Transactions
  kinds: ActionKinds
  log: Log
  /** Tells those who look after the workspace that its workflows do no more until then. */
  onSpent(context: RecordContext, until: Date): Promise<void>
  /** What runs did has committed: there may be events. */
  onCommit(): void
  /** The clock, which tests move on. */
  now?: () => Date
}

export interface Engine {
  consumer: EventConsumer
  /** Begins to go on with runs. */
  start(): void
  /** Ends after what is being worked on; the rest is there for whoever comes next. */
  stop(): Promise<void>
  /** Call it after the commit of a transaction that started runs or ended waits. */
  wake(): void
}

export function createEngine(parts: EngineParts): Engine {
  const { database, transactions, kinds, log } = parts
  const definitions = new Definitions()
  const sender = new Sender({ transactions, kinds, log, onAnswer: () => runner.wake() })
  const runner: Runner = new Runner({ ...parts, definitions, send: (sends) => sender.add(sends) })
  return {
    consumer: workflowConsumer({ database, transactions, definitions, onRuns: () => runner.wake() }),
    start: () => runner.start(),
    wake: () => runner.wake(),
    async stop() {
      await runner.stop()
      await sender.stop()
    },
  }
}
