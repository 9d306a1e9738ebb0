/** What the engine and the kinds of actions know of each other. */
import type { AccessPolicy } from '@oneforge/kernel/access'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import type { RecordContext, RecordRow, Trace } from '@oneforge/kernel/records'
import type { ActionStep, Condition, Target, Text, Value, Workflow } from '../definition.ts'

/** A record that a step is about. */
export interface TargetRecord {
  object: CompiledObject
  id: string
}

/** The run that a step belongs to. */
export interface RunFacts {
  id: string
  workflowId: string
  workflow: Workflow
  /** Absent, as its record, where the workflow is about no record. */
  object?: CompiledObject
  recordId: string | null
  /** What its steps see as `trigger`. */
  trigger: Record<string, unknown>
}

/** How records are read that do not lie in the trash. */
export interface RecordReads {
  /** @throws NOT_FOUND where the context's rights do not show it. */
  row(context: RecordContext, object: CompiledObject, id: string): Promise<RecordRow>
  passes(context: RecordContext, object: CompiledObject, id: string, condition: Condition): Promise<boolean>
}

/** What values are worked out from; see `createScope` of ../values. Held by reference: the engine adds to it as it goes. */
export interface ScopeFacts {
  context: RecordContext
  run: RunFacts
  /** What steps have given so far, by their ids; within a loop that of the turn it is at. */
  outputs: Map<string, unknown>
  variables: Map<string, unknown>
  /** Where several runs read together; one by one without it. */
  reads?: RecordReads
  /** The records that loops are at, by the ids of the loops; the innermost last, which is `item`. */
  loops: Map<string, TargetRecord & { index: number }>
}

/** Values of one run, as they are at this moment. What it has read of the record is read again after `forget`. */
export interface Scope {
  value(value: Value): Promise<unknown>
  /** @param locale that of whoever it is for; the workspace's without it. */
  text(text: Text, locale?: string): Promise<string>
  /** Whether the run's record, or that of the innermost loop, passes. A run of no record passes only where nothing is asked. */
  passes(condition: Condition): Promise<boolean>
  target(target?: Target): Promise<TargetRecord>
  /** The same as somebody with other rights sees it. */
  as(policy: AccessPolicy): Scope
  /** The engine calls it after each action, which may have changed what was read. */
  forget(): void
}

export interface StepContext {
  /** tx, model, policy of `runAs`, actor, now; what is written carries the run's cause. */
  record: RecordContext
  run: RunFacts
  path: string
  /** Of run and path: under it an effect is done once, also by whoever receives it. */
  key: string
  scope: Scope
  mode: 'live' | 'test'
  /** What is written for it along with what others ask for carries this. */
  trace: Trace
}

/** What a step will do its work with, values worked out: JSON. */
export type Prepared = Record<string, unknown>

/** A call to the outside, made in no transaction. */
export interface OutsideCall {
  key: string
  input: Prepared
  tenantId: string
  /** Aborted when it takes too long. */
  signal: AbortSignal
}

/** A step that is to be performed. */
export interface Performance<S extends ActionStep = ActionStep> {
  context: StepContext
  step: S
  input: Prepared
}

export interface TogetherKind<S extends ActionStep = ActionStep> {
  /**
   * Names what performances have in common that may be done as one; undefined where it has to be done by itself. Those of
   * another workflow or version never are among them.
   */
  group(performance: Performance<S>): string | undefined
  /** Gives an output for each, in their order; where one cannot be done, none is. */
  perform(performances: Performance<S>[]): Promise<unknown[]>
}

/**
 * A kind of action. It has exactly one of `perform` and `send`. An `AppError` that is the caller's fault (400 to 404, 422)
 * ends the run as failed at once; whatever else it throws is tried again, six times at the most.
 */
export interface ActionKind<S extends ActionStep = ActionStep> {
  type: S['type']
  /** For the ledger and the test run. */
  prepare(context: StepContext, step: S): Promise<Prepared>
  /** In the transaction that also writes the ledger. Gives the output: JSON. */
  perform?(context: StepContext, step: S, input: Prepared): Promise<unknown>
  /** The same for steps of several runs that stand at it at the same time. */
  together?: TogetherKind<S>
  /** After the ledger says `sent`; called again with the same key until it answers. Gives the output: JSON. */
  send?(call: OutsideCall): Promise<unknown>
}

export type ActionKinds = Map<string, ActionKind>
