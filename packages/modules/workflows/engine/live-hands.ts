/** What the steps of a run reach the world with: the record store as the run may, kinds of actions, other runs, people. */
import { AppError, notFound, validationError } from '@oneforge/kernel/errors'
import { type EventCause, nameCause } from '@oneforge/kernel/events'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import { listLinked, listRecords, type RecordContext } from '@oneforge/kernel/records'
import type { ActionStep, Condition, Text, Value } from '../definition.ts'
import { createScope } from '../values/index.ts'
import type { ActionKind, ActionKinds, Performance, RunFacts, Scope, ScopeFacts, StepContext } from './action.ts'
import { workflowsByKey } from './definitions.store.ts'
import { momentAfter, momentOf } from './durations.ts'
import { mostOfVariables, sizeOf } from './noted.ts'
import { readsTogether } from './record-reads.ts'
import type { RunRow } from './runs.store.ts'
import type { SideBySide } from './side-by-side.ts'
import { startRuns } from './start.ts'
import { type Asked, deleteWait, insertApproval, insertWait, passApprovalOn } from './waits.store.ts'
import type { Called, Hands, LoopRecord, Performed, StepOf } from './walk.ts'

/** How long an answer from outside is waited for before it is asked again: longer than any call may take. */
export const answerWithinMs = 60_000

const usualLoopLimit = 100
const greatestLoopLimit = 1_000

/** Actions that leave records as they are: what has been read of them still holds. */
const leaveRecords = new Set<ActionStep['type']>(['set_variable', 'notify'])

export interface LiveParts {
  context: RecordContext
  kinds: ActionKinds
  run: RunRow
  facts: RunFacts
  /** Where it is gone on with beside others. */
  walks?: SideBySide
}

export class LiveHands implements Hands {
  readonly now: Date
  protected readonly context: RecordContext
  protected readonly run: RunRow
  protected readonly facts: ScopeFacts
  private readonly kinds: ActionKinds
  private readonly scope: Scope
  private readonly walks: SideBySide | undefined
  /** Of the variables, by their names: bytes as JSON. */
  private readonly sizes = new Map<string, number>()

  constructor({ context, kinds, run, facts, walks }: LiveParts) {
    this.context = context
    this.kinds = kinds
    this.run = run
    this.now = context.now
    this.facts = {
      context,
      run: facts,
      outputs: new Map(),
      variables: new Map(),
      loops: new Map(),
      ...(walks ? { reads: readsTogether(walks) } : {}),
    }
    this.walks = walks
    this.scope = createScope(this.facts)
  }

  protected get mode(): StepContext['mode'] {
    return 'live'
  }

  async perform(step: ActionStep, path: string): Promise<Performed> {
    const kind = this.kindOf(step)
    const context = this.stepContext(path)
    const input = await kind.prepare(context, step)
    if (!kind.perform) return { input, send: true }
    const output = (await this.carryOut(kind, { context, step, input })) ?? null
    if (!leaveRecords.has(step.type)) this.scope.forget()
    return { input, output }
  }

  /** With what other runs do at the same place, where that comes to the same. */
  private carryOut(kind: ActionKind, performance: Performance): Promise<unknown> {
    const { context, step, input } = performance
    const group = this.walks && kind.together?.group(performance)
    if (group === undefined) {
      this.nameCause()
      return kind.perform!(context, step, input)
    }
    const { workflowId } = this.facts.run
    const name = `${step.type} ${workflowId} ${this.run.version} ${group}`
    return this.walks!.ask(name, performance, (all: Performance[]) => kind.together!.perform(all))
  }

  /** What is written for the run alone carries its cause: before it, it was another's turn. */
  private nameCause(): void {
    this.context.tx.goAhead(nameCause(this.cause))
  }

  private get cause(): EventCause {
    const { id, depth, chain } = this.run
    return { run: id, workflow: this.facts.run.workflow.key, depth, chain }
  }

  recall(step: ActionStep, output: unknown): void {
    this.facts.outputs.set(step.id, output)
    if (step.type === 'set_variable') this.setVariable(step.variable, (output as { value: unknown }).value)
  }

  private setVariable(name: string, value: unknown): void {
    this.sizes.set(name, sizeOf(value))
    const size = [...this.sizes.values()].reduce((sum, one) => sum + one, 0)
    if (size > mostOfVariables) {
      const most = mostOfVariables / 1024
      throw validationError([], `The variables of this run are larger than ${most} KB together. Keep less in them.`)
    }
    this.facts.variables.set(name, value)
  }

  passes(condition: Condition): Promise<boolean> {
    return this.scope.passes(condition)
  }

  value(value: Value): Promise<unknown> {
    return this.scope.value(value)
  }

  after(duration: string): string {
    return momentAfter(this.now, duration, this.context.model.timeZone)
  }

  async moment(value: Value): Promise<string> {
    return momentOf(await this.scope.value(value), this.context.model.timeZone)
  }

  answerBy(): string {
    return new Date(this.now.getTime() + answerWithinMs).toISOString()
  }

  async recordsOf({ over, limit = usualLoopLimit }: StepOf<'loop'>): Promise<LoopRecord[]> {
    const most = Math.min(limit, greatestLoopLimit)
    if ('relation' in over) return this.linked(over.relation, most)
    const object = this.objectNamed(over.object)
    const { filter, sort } = over
    const query = { filter, sort: sort ? [sort] : undefined, limit: most, only: new Set<string>() }
    const { rows } = await listRecords(this.context, object, query)
    return rows.map(({ id }) => ({ object: object.slug, id }))
  }

  private async linked(name: string, limit: number): Promise<LoopRecord[]> {
    const { object, id } = await this.scope.target()
    const relation = object.relation.get(name)
    if (!relation)
      throw validationError([], `There is no relation “${name}” of ${object.slug} any more. Choose another one.`)
    const { records } = await listLinked(this.context, object, id, relation, { limit })
    return records.map((record) => ({ object: String(record.object), id: String(record.id) }))
  }

  enter(loop: StepOf<'loop'>, { object, id }: LoopRecord, index: number): void {
    this.facts.loops.set(loop.id, { object: this.objectNamed(object), id, index })
    this.scope.forget()
  }

  leave(loop: StepOf<'loop'>): void {
    this.facts.loops.delete(loop.id)
    this.scope.forget()
  }

  async awaitEvent(step: StepOf<'wait_event'>, path: string): Promise<void> {
    const { id: recordId } = await this.scope.target()
    const { event, field, to, relation } = step
    await insertWait(this.context.tx, { runId: this.run.id, path, recordId, awaited: { event, field, to, relation } })
  }

  awaitNoMore(path: string): Promise<void> {
    return deleteWait(this.context.tx, this.run.id, path)
  }

  async call(step: StepOf<'run_workflow'>, path: string): Promise<Called> {
    const [called] = await workflowsByKey(this.context.tx, [step.workflow])
    if (!called) throw notFound(`The workflow “${step.workflow}”`)
    if (!called.enabled)
      throw validationError([], `The workflow “${step.workflow}” is off. Turn it on, or remove this step.`)
    this.nameCause()
    const { run } = this.facts
    const turn = [...this.facts.loops.values()].at(-1)
    const [begun] = await startRuns(this.context, [
      {
        workflow: { id: called.workflowId, key: called.key, version: called.version },
        objectId: turn?.object.id ?? this.run.object_id,
        recordId: turn?.id ?? this.run.record_id,
        causeKey: `run ${keyOf(this.run, path)}`,
        cause: { parent: this.run.id, path },
        trigger: { type: 'called', by: run.workflow.key, trigger: run.trigger },
        from: this.cause,
        ...(step.wait ? { parent: { runId: this.run.id, path } } : {}),
      },
    ])
    const { id, state } = begun!
    return state === 'ready' ? { output: { run: id }, isOver: false } : { output: { run: id, state }, isOver: true }
  }

  async ask(step: StepOf<'approval'>, path: string): Promise<unknown> {
    const message = await this.scope.text(step.message)
    const { tx } = this.context
    const id = await insertApproval(tx, { runId: this.run.id, path, asked: [step.from], message })
    await this.tell(step.from, step.message, path)
    return { approval: id }
  }

  async escalate(step: StepOf<'approval'>, path: string): Promise<void> {
    const asked = step.escalateTo!
    const isOpen = await passApprovalOn(this.context.tx, { runId: this.run.id, path, asked })
    if (isOpen) await this.tell(asked, step.message, path)
  }

  /** Whoever is asked is notified, the way a step would: each in their language, of what they may see. */
  private async tell(asked: Asked, message: Text, path: string): Promise<void> {
    await this.perform({ id: path, type: 'notify', to: asked, message }, path)
  }

  private objectNamed(slug: string): CompiledObject {
    const object = this.context.model.object.get(slug)
    if (!object) throw notFound(`The object “${slug}”`)
    return object
  }

  private kindOf(step: ActionStep): ActionKind {
    const kind = this.kinds.get(step.type)
    if (!kind)
      throw new AppError('VALIDATION_ERROR', `Steps of the kind “${step.type}” cannot be run by this installation.`)
    return kind
  }

  private stepContext(path: string): StepContext {
    const { context, run } = this.facts
    const trace = { requestId: context.requestId, cause: this.cause }
    return { record: context, run, path, key: keyOf(this.run, path), scope: this.scope, mode: this.mode, trace }
  }
}

/** What is done again on purpose has another key: whoever receives it does it again. */
export const keyOf = ({ id, replays }: Pick<RunRow, 'id' | 'replays'>, path: string): string =>
  replays > 0 ? `${id}~${replays}/${path}` : `${id}/${path}`
