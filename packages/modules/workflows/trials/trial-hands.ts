/** What the steps of a trial reach the world with: the run's own hands, but nothing goes out, nobody is asked, no time passes. */
import type { ActionStep } from '../definition.ts'
import { momentAfter } from '../engine/durations.ts'
import { LiveHands, type LiveParts } from '../engine/live-hands.ts'
import type { Called, Performed, StepOf } from '../engine/walk.ts'

/** The end of time: whatever is waited for by then is over. */
const endOfTime = new Date('9999-12-31T00:00:00Z')

export class TrialHands extends LiveHands {
  override readonly now = endOfTime
  private readonly began: Date

  constructor(parts: LiveParts) {
    super(parts)
    this.began = parts.context.now
  }

  protected override get mode(): 'test' {
    return 'test'
  }

  /** What would go out is told by what it would be sent. */
  override async perform(step: ActionStep, path: string): Promise<Performed> {
    const done = await super.perform(step, path)
    return 'send' in done ? { input: done.input, output: null } : done
  }

  override after(duration: string): string {
    return momentAfter(this.began, duration, this.context.model.timeZone)
  }

  override async awaitEvent(): Promise<void> {}

  override async awaitNoMore(): Promise<void> {}

  override async call(step: StepOf<'run_workflow'>): Promise<Called> {
    return { output: { workflow: step.workflow }, isOver: false }
  }

  override async ask(step: StepOf<'approval'>): Promise<unknown> {
    return { message: await this.value(typeof step.message === 'string' ? step.message : step.message.en) }
  }

  override async escalate(): Promise<void> {}
}
