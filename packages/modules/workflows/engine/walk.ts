/**
 * The interpreter. A run has no place that it is at: it is walked from the top each time, and its ledger tells what has been
 * done. A step that stands there gives what it gave then; the first that does not is performed. So it does not matter where
 * a run was interrupted, and all that it ever decides by is in the ledger: which branch was taken, which records a loop goes
 * over.
 */
import { validationError } from '@oneforge/kernel/errors'
import { type ActionStep, bodiesOf, type Condition, type Step, type Value, type Workflow } from '../definition.ts'
import type { Prepared } from './action.ts'
import { caseMet } from './cases.ts'
import type { Entry, Ledger, LedgerRow, StepState } from './ledger.ts'
import { checkNoted, checkWhole, shortened, sizeOf } from './noted.ts'

/** Steps of a run, turns of loops and all: each of its transactions reads what there is. */
const mostSteps = 10_000

/** How far a walk has come: through, to a wait, to a step that ends the run, or as far as one transaction goes. */
export type Pass = 'through' | 'waiting' | 'stopped' | 'enough'

type StepOf<T extends Step['type']> = Extract<Step, { type: T }>

export type { StepOf }

/** What a step did: an output now, or an input that something outside is asked with after the commit. */
export type Performed = { input: Prepared; output: unknown } | { input: Prepared; send: true }

/** A record that a loop goes over: the slug of its object, and its id. */
export interface LoopRecord {
  object: string
  id: string
}

/** A run that a step has begun; one that is over at once, as it would go round in circles, is not waited for. */
export interface Called {
  output: object
  isOver: boolean
}

/** What steps reach the world with. */
export interface Hands {
  now: Date
  perform(step: ActionStep, path: string): Promise<Performed>
  /** An action stands in the ledger: what it gave is at hand for those after it. */
  recall(step: ActionStep, output: unknown): void
  passes(condition: Condition): Promise<boolean>
  value(value: Value): Promise<unknown>
  /** RFC 3339. */
  after(duration: string): string
  moment(value: Value): Promise<string>
  /** What a loop goes over. */
  recordsOf(loop: StepOf<'loop'>): Promise<LoopRecord[]>
  enter(loop: StepOf<'loop'>, record: LoopRecord, index: number): void
  leave(loop: StepOf<'loop'>): void
  awaitEvent(step: StepOf<'wait_event'>, path: string): Promise<void>
  awaitNoMore(path: string): Promise<void>
  call(step: StepOf<'run_workflow'>, path: string): Promise<Called>
  ask(step: StepOf<'approval'>, path: string): Promise<unknown>
  escalate(step: StepOf<'approval'>, path: string): Promise<void>
  /** After how long an answer from outside is no longer waited for, and it is asked again: RFC 3339. */
  answerBy(): string
}

/** A step that did not work out. */
export class StepFailure extends Error {
  readonly path: string

  constructor(path: string, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.name = 'StepFailure'
    this.path = path
  }
}

export class Walk {
  private readonly workflow: Workflow
  private readonly ledger: Ledger
  private readonly hands: Hands
  private readonly goesOn: (performed: number) => boolean
  /** Steps that were performed. */
  performed = 0
  /** Paths of those that are to be sent, or sent again, once the ledger is committed. */
  readonly sent: string[] = []

  /** @param goesOn whether it goes on that has performed so many steps; if not, it ends with `enough`. */
  constructor(workflow: Workflow, ledger: Ledger, hands: Hands, goesOn: (performed: number) => boolean) {
    this.workflow = workflow
    this.ledger = ledger
    this.hands = hands
    this.goesOn = goesOn
  }

  /** @throws StepFailure */
  run(): Promise<Pass> {
    return this.sequence(this.workflow.steps, '')
  }

  private async sequence(steps: Step[], within: string): Promise<Pass> {
    for (const step of steps) {
      if (step.off) continue
      const pass = await this.step(step, within + step.id, within)
      if (pass !== 'through') return pass
    }
    return 'through'
  }

  private async step(step: Step, path: string, within: string): Promise<Pass> {
    const row = this.ledger.at(path)
    if (!row && !this.goesOn(this.performed)) return 'enough'
    try {
      if (!row && step.type !== 'parallel') this.checkCount()
      switch (step.type) {
        case 'if':
          return await this.branch(step, path, within)
        case 'switch':
          return await this.choice(step, path, within)
        case 'loop':
          return await this.loop(step, path)
        case 'parallel':
          return await this.branches(step, within)
        case 'wait':
          return await this.wait(row, path, () => this.hands.after(step.for))
        case 'wait_until':
          return await this.wait(row, path, () => this.hands.moment(step.moment))
        case 'wait_event':
          return await this.waitForEvent(step, row, path, within)
        case 'run_workflow':
          return await this.call(step, row, path)
        case 'approval':
          return await this.approval(step, row, path, within)
        case 'stop':
          return this.stop(step, row, path)
        default:
          return await this.action(step, row, path)
      }
    } catch (error) {
      throw error instanceof StepFailure ? error : new StepFailure(path, error)
    }
  }

  private async action(step: ActionStep, row: LedgerRow | undefined, path: string): Promise<Pass> {
    if (row?.state === 'done') {
      this.hands.recall(step, row.output)
      return 'through'
    }
    if (row) return this.sendAgain(row)
    const done = await this.hands.perform(step, path)
    if ('send' in done) {
      this.note(path, 'sent', { input: done.input, wakeAt: this.hands.answerBy() })
      this.sent.push(path)
      return 'waiting'
    }
    this.note(path, 'done', done)
    this.hands.recall(step, done.output)
    return 'through'
  }

  private sendAgain(row: LedgerRow): Pass {
    if (this.isDue(row)) {
      this.ledger.write(row.path, 'sent', { input: row.input, wakeAt: this.hands.answerBy() })
      this.sent.push(row.path)
    }
    return 'waiting'
  }

  private async branch(step: StepOf<'if'>, path: string, within: string): Promise<Pass> {
    const { taken } = await this.decided(path, async () => ({
      taken: (await this.hands.passes(step.condition)) ? ('then' as const) : ('else' as const),
    }))
    return this.sequence(step[taken], within)
  }

  private async choice(step: StepOf<'switch'>, path: string, within: string): Promise<Pass> {
    const { taken } = await this.decided(path, async () => {
      const value = await this.hands.value(step.value)
      const index = caseMet(step, value)
      return { taken: index < 0 ? 'otherwise' : `cases.${index}`, value }
    })
    const body = bodiesOf(step).find(({ part }) => part === taken)
    return this.sequence(body!.steps, within)
  }

  private async loop(step: StepOf<'loop'>, path: string): Promise<Pass> {
    const { records } = await this.decided(path, async () => ({ records: await this.hands.recordsOf(step) }))
    for (const [index, record] of records.entries()) {
      this.hands.enter(step, record, index)
      const pass = await this.sequence(step.steps, `${path}[${index}]/`)
      this.hands.leave(step)
      if (pass !== 'through') return pass
    }
    return 'through'
  }

  /** Each branch in turn; one that waits keeps nobody but what comes after all of them. */
  private async branches(step: StepOf<'parallel'>, within: string): Promise<Pass> {
    let waits = false
    for (const { steps } of step.branches) {
      const pass = await this.sequence(steps, within)
      if (pass === 'stopped' || pass === 'enough') return pass
      waits ||= pass === 'waiting'
    }
    return waits ? 'waiting' : 'through'
  }

  private async wait(row: LedgerRow | undefined, path: string, until: () => string | Promise<string>): Promise<Pass> {
    if (row?.state === 'done') return 'through'
    const wakeAt = row?.wakeAt ?? (await until())
    const isOver = Date.parse(wakeAt) <= this.hands.now.getTime()
    if (!row || isOver) this.note(path, isOver ? 'done' : 'waiting', { wakeAt, output: { until: wakeAt } })
    return isOver ? 'through' : 'waiting'
  }

  private async waitForEvent(
    step: StepOf<'wait_event'>,
    row: LedgerRow | undefined,
    path: string,
    within: string,
  ): Promise<Pass> {
    if (!row) {
      await this.hands.awaitEvent(step, path)
      this.note(path, 'waiting', { wakeAt: this.hands.after(step.timeout) })
      return 'waiting'
    }
    if (row.state === 'waiting') {
      if (!this.isDue(row)) return 'waiting'
      await this.hands.awaitNoMore(path)
      this.note(path, 'done', { output: { met: false } })
    }
    const { met } = this.ledger.at(path)!.output as { met: boolean }
    return met ? 'through' : this.sequence(step.onTimeout, within)
  }

  private async call(step: StepOf<'run_workflow'>, row: LedgerRow | undefined, path: string): Promise<Pass> {
    if (row) return row.state === 'done' ? 'through' : 'waiting'
    const { output, isOver } = await this.hands.call(step, path)
    const isAwaited = step.wait && !isOver
    this.note(path, isAwaited ? 'waiting' : 'done', { output })
    return isAwaited ? 'waiting' : 'through'
  }

  private async approval(
    step: StepOf<'approval'>,
    row: LedgerRow | undefined,
    path: string,
    within: string,
  ): Promise<Pass> {
    if (!row) {
      const output = await this.hands.ask(step, path)
      const wakeAt = step.escalateAfter && step.escalateTo ? this.hands.after(step.escalateAfter) : null
      this.note(path, 'waiting', { output, wakeAt })
      return 'waiting'
    }
    if (row.state === 'waiting') {
      if (!this.isDue(row)) return 'waiting'
      await this.hands.escalate(step, path)
      this.ledger.write(path, 'waiting', { output: row.output })
      return 'waiting'
    }
    const { approved } = row.output as { approved: boolean }
    return this.sequence(approved ? step.approved : step.rejected, within)
  }

  private stop(step: StepOf<'stop'>, row: LedgerRow | undefined, path: string): Pass {
    if (!row) this.note(path, 'done', { output: { reason: step.reason ?? null } })
    return 'stopped'
  }

  /** What was decided once stays decided. */
  private async decided<T>(path: string, decide: () => Promise<T>): Promise<T> {
    const row = this.ledger.at(path)
    if (row) return row.output as T
    const output = await decide()
    this.note(path, 'done', { output })
    return output
  }

  private note(path: string, state: StepState, entry: Entry): void {
    const given = checkNoted(entry.input)
    // Who is asked again after a while is asked the same.
    const input = state === 'sent' ? entry.input : shortened(entry.input, this.ledger.bytes)
    const bytes = (input === entry.input ? given : sizeOf(input)) + checkNoted(entry.output)
    checkWhole(this.ledger.bytes + bytes)
    this.ledger.write(path, state, input === entry.input ? entry : { ...entry, input }, bytes)
    this.performed += 1
  }

  private checkCount(): void {
    if (this.ledger.size < mostSteps) return
    throw validationError(
      [],
      `A run has ${mostSteps} steps at the most. Go over fewer records, or leave parts to other workflows.`,
    )
  }

  private isDue({ wakeAt }: LedgerRow): boolean {
    return wakeAt !== null && Date.parse(wakeAt) <= this.hands.now.getTime()
  }
}
