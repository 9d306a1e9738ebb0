/** The door of the workflows module. */
import './blocking/blocking.ts'
import type { Database } from '@oneforge/kernel/database'
import type { EventConsumer, Log } from '@oneforge/kernel/events'
import type { JobKind } from '@oneforge/kernel/jobs'
import type { AnyOperation } from '@oneforge/kernel/operations'
import type { Transactions } from '../jobs/index.ts'
import { type ActionPorts, createActions } from './actions/index.ts'
import { signingOperation } from './actions/signing.operation.ts'
import { definitionOperations } from './definitions/definitions.operations.ts'
import { DefinitionsService } from './definitions/definitions.service.ts'
import { createEngine, type Engine } from './engine/index.ts'
import { approvalOperations } from './runs/approvals.operations.ts'
import { retentionOperations } from './runs/retention.operations.ts'
import { forgettingKind, forgettingSchedule } from './runs/retention.ts'
import { runOperations } from './runs/runs.operations.ts'
import { tellAdministrators } from './spent.ts'
import { trialOperations } from './trials/trials.operations.ts'
import { clockKind, clockSchedule } from './triggers/clocks.ts'
import { timerKeeper } from './triggers/timers.ts'
import { triggerOperations } from './triggers/triggers.operations.ts'

export { type ActionPorts, CallRefused, type OutsideCalls, type OutsideRequest } from './actions/index.ts'

export type { Engine as WorkflowEngine } from './engine/index.ts'

export interface Workflows {
  operations: AnyOperation[]
  /** Start runs of what happens, and keep the timers of records. */
  consumers: EventConsumer[]
  engine: Engine
  /** Its jobs, each with the times at which it is due. */
  jobs: { kind: JobKind; cron: string }[]
}

export function createWorkflows(parts: {
  database: Database
  transactions: Transactions
  log: Log
  actions: ActionPorts
  /** Of the page: where workflows are called from outside. */
  baseUrl: string
  /** What workflows did has committed: there may be events. */
  onCommit(): void
  /** All operations there are, once they are there. */
  registered(): AnyOperation[]
}): Workflows {
  const { database, transactions, log, actions, baseUrl, registered, onCommit } = parts
  const kinds = createActions(actions)
  const engine = createEngine({ database, transactions, log, kinds, onSpent: tellAdministrators, onCommit })
  const wake = () => engine.wake()
  const service = new DefinitionsService(registered)
  return {
    operations: [
      ...definitionOperations(service, registered),
      ...runOperations(wake),
      ...approvalOperations(wake),
      ...retentionOperations,
      ...trialOperations({ transactions, kinds, service }),
      ...triggerOperations({ database, transactions, service, baseUrl, wake }),
      signingOperation(actions.signingSecret),
    ],
    consumers: [engine.consumer, timerKeeper(database, transactions)],
    engine,
    jobs: [
      { kind: clockKind({ database, transactions, wake }), cron: clockSchedule },
      { kind: forgettingKind({ database }), cron: forgettingSchedule },
    ],
  }
}
