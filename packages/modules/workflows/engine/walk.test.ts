/**
 * The interpreter by itself: any tree of steps, interrupted anywhere. What a transaction did is kept or lost as a whole, as a
 * database does it; the world here answers otherwise when it is asked again for what has been decided already.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ActionStep, bodiesOf, type Condition, type Step, type Value, type Workflow } from '../definition.ts'
import { Ledger, type LedgerRow } from './ledger.ts'
import { type Called, type Hands, type LoopRecord, type Pass, type Performed, type StepOf, Walk } from './walk.ts'

/** The process dies: all that the transaction did is gone. */
class Death extends Error {}

/** What has been committed. */
interface Committed {
  ledger: LedgerRow[]
  effects: string[]
  /** Conditions and loops that have been decided. */
  decided: Set<string>
}

const start: Committed = { ledger: [], effects: [], decided: new Set() }
const hour = 3_600_000

class MadeUpHands implements Hands {
  readonly effects: string[] = []
  readonly asked: string[] = []
  readonly now: Date
  private readonly decided: Set<string>
  private left: number

  /** @param left how many more things can be done before the process dies. */
  constructor(now: number, decided: Set<string>, left: number) {
    this.now = new Date(now)
    this.decided = decided
    this.left = left
  }

  private live(): void {
    if (this.left === 0) throw new Death()
    this.left -= 1
  }

  async perform(step: ActionStep, path: string): Promise<Performed> {
    this.live()
    const isSent = step.type === 'webhook'
    if (!isSent) this.effects.push(path)
    return isSent ? { input: { path }, send: true } : { input: {}, output: path }
  }

  recall(): void {}

  async passes(condition: Condition): Promise<boolean> {
    this.live()
    const { id, is } = condition as { id: string; is: boolean }
    return this.first(id) ? is : !is
  }

  async value(value: Value): Promise<unknown> {
    this.live()
    const { id, is } = value as { id: string; is: number }
    return this.first(id) ? is : is + 1
  }

  private first(id: string): boolean {
    this.asked.push(id)
    return !this.decided.has(id)
  }

  after(): string {
    return new Date(this.now.getTime() + hour).toISOString()
  }

  async moment(): Promise<string> {
    return this.after()
  }

  async recordsOf(loop: StepOf<'loop'>): Promise<LoopRecord[]> {
    this.live()
    const count = this.first(loop.id) ? loop.limit! : loop.limit! + 2
    return Array.from({ length: count }, (_, index) => ({ object: 'things', id: String(index) }))
  }

  enter(): void {}
  leave(): void {}
  async awaitEvent(): Promise<void> {
    this.live()
  }
  async awaitNoMore(): Promise<void> {}
  async call(): Promise<Called> {
    this.live()
    return { output: {}, isOver: false }
  }
  async ask(): Promise<unknown> {
    this.live()
    return {}
  }
  async escalate(): Promise<void> {}
  answerBy(): string {
    return this.after()
  }
}

/** One transaction: what comes of it is committed, unless the process dies in it. */
async function transaction(
  workflow: Workflow,
  before: Committed,
  { now, left, most }: { now: number; left: number; most: number },
): Promise<{ after: Committed; pass: Pass | 'died' }> {
  const ledger = new Ledger(structuredClone(before.ledger))
  const hands = new MadeUpHands(now, before.decided, left)
  try {
    const pass = await new Walk(workflow, ledger, hands, (performed) => performed < most).run()
    const effects = [...before.effects, ...hands.effects]
    // What follows from conditions within loops is decided for each turn anew.
    const decided = new Set([...before.decided, ...hands.asked.filter((id) => !id.includes('in loop'))])
    return { after: { ledger: ledger.all(), effects, decided }, pass }
  } catch (error) {
    if ((error as Error).cause instanceof Death) return { after: before, pass: 'died' }
    throw error
  }
}

/** What was asked outside answers, people decide and what is awaited comes: all that waits without end. */
function answered(committed: Committed): Committed {
  const effects = [...committed.effects]
  const ledger = committed.ledger.map((row): LedgerRow => {
    if (row.state === 'sent') effects.push(row.path)
    const waitsForOthers = row.state === 'sent' || (row.state === 'waiting' && row.wakeAt === null)
    return waitsForOthers ? { ...row, state: 'done', output: { approved: true } } : row
  })
  return { ...committed, ledger, effects }
}

/** @param lives after how many things each of its processes dies, and how many steps each transaction may do. */
async function toTheEnd(workflow: Workflow, lives: { left: number; most: number }[]): Promise<string[]> {
  let committed = start
  let now = 0
  const coming = lives.values()
  for (let turn = 0; turn < 2_000; turn++) {
    const { left, most } = coming.next().value ?? { left: Number.POSITIVE_INFINITY, most: 1_000 }
    const { after, pass } = await transaction(workflow, committed, { now, left, most })
    committed = after
    if (pass === 'through' || pass === 'stopped') return committed.effects
    if (pass === 'waiting') {
      now += hour
      committed = answered(committed)
    }
  }
  throw new Error('The run comes to no end.')
}

const action = (type: 'create_note' | 'webhook') => (): Step =>
  (type === 'webhook' ? { id: '', type, url: 'https://a.example' } : { id: '', type, body: '' }) as Step

/** Trees of steps; ids are given afterwards, in the order in which they are read. */
const { steps: trees } = fc.letrec<{ step: Step; steps: Step[] }>((tie) => ({
  steps: fc.array(tie('step'), { maxLength: 4 }),
  step: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(action('create_note'), action('webhook')).map((make) => make()),
    fc.constant({ id: '', type: 'wait', for: 'PT1H' } as Step),
    fc
      // biome-ignore lint/suspicious/noThenProperty: the branch of a step is called so
      .record({ is: fc.boolean(), then: tie('steps'), else: tie('steps') })
      .map(({ is, ...rest }): Step => ({ id: '', type: 'if', condition: { is }, ...rest })),
    fc.record({ is: fc.nat(2), bodies: fc.tuple(tie('steps'), tie('steps')), otherwise: tie('steps') }).map(
      ({ is, bodies, otherwise }): Step => ({
        id: '',
        type: 'switch',
        value: { is },
        cases: bodies.map((steps, index) => ({ is: [index], steps })),
        otherwise,
      }),
    ),
    fc
      .record({ limit: fc.nat(3), steps: tie('steps') })
      .map((rest): Step => ({ id: '', type: 'loop', over: { relation: 'marks' }, ...rest })),
    fc
      .array(tie('steps'), { maxLength: 3 })
      .map((branches): Step => ({ id: '', type: 'parallel', branches: branches.map((steps) => ({ steps })) })),
    fc
      .record({ approved: tie('steps'), rejected: tie('steps') })
      .map((rest): Step => ({ id: '', type: 'approval', from: { role: 'admin' }, message: '', ...rest })),
    tie('steps').map(
      (onTimeout): Step => ({ id: '', type: 'wait_event', event: 'record_updated', timeout: 'PT1H', onTimeout }),
    ),
    fc.boolean().map((wait): Step => ({ id: '', type: 'run_workflow', workflow: 'other', wait })),
  ),
}))

const workflowOf = (steps: Step[]): Workflow => {
  let count = 0
  const named = (list: Step[], inLoop: boolean): Step[] =>
    list.map((step) => {
      const id = `s${++count}${inLoop ? ' in loop' : ''}`
      const within = (inner: Step[]) => named(inner, inLoop || step.type === 'loop')
      const copy: Step = { ...structuredClone(step), id }
      for (const body of bodiesOf(copy)) body.steps.splice(0, body.steps.length, ...within(body.steps))
      if (copy.type === 'if') Object.assign(copy.condition as object, { id })
      if (copy.type === 'switch') Object.assign(copy.value as object, { id })
      return copy
    })
  return { key: 'any', label: { en: 'Any' }, trigger: { type: 'called' }, steps: named(steps, false) }
}

/** The effects of a tree in the order in which it is read, of one that waits for nothing beside. */
function readEffects(steps: Step[], within = ''): string[] {
  return steps.flatMap((step): string[] => {
    switch (step.type) {
      case 'if':
        return readEffects((step.condition as { is: boolean }).is ? step.then : step.else, within)
      case 'switch':
        return readEffects(step.cases[(step.value as unknown as { is: number }).is]?.steps ?? step.otherwise, within)
      case 'loop':
        return Array.from({ length: step.limit! }, (_, turn) =>
          readEffects(step.steps, `${within}${step.id}[${turn}]/`),
        ).flat()
      case 'parallel':
        return step.branches.flatMap((branch) => readEffects(branch.steps, within))
      case 'approval':
        return readEffects(step.approved, within)
      case 'wait_event':
        return readEffects(step.onTimeout, within)
      case 'create_note':
      case 'webhook':
        return [within + step.id]
      default:
        return []
    }
  })
}

const lives = fc.array(fc.record({ left: fc.integer({ min: 0, max: 12 }), most: fc.integer({ min: 1, max: 6 }) }), {
  maxLength: 60,
})

describe('a walk', () => {
  it('does each effect once, wherever its processes die', async () => {
    await fc.assert(
      fc.asyncProperty(trees.map(workflowOf), lives, async (workflow, dying) => {
        const effects = await toTheEnd(workflow, dying)
        expect(effects.toSorted()).toEqual(readEffects(workflow.steps).toSorted())
      }),
      { numRuns: 1_000 },
    )
  })

  it('has the same order, however often it is interrupted', async () => {
    await fc.assert(
      fc.asyncProperty(trees.map(workflowOf), lives, async (workflow, dying) => {
        expect(await toTheEnd(workflow, dying)).toEqual(await toTheEnd(workflow, []))
      }),
      { numRuns: 500 },
    )
  })

  it('reads from top to bottom where nothing is waited for side by side', async () => {
    const isPlain = ({ steps }: Workflow) => !JSON.stringify(steps).includes('"parallel"')
    await fc.assert(
      fc.asyncProperty(trees.map(workflowOf).filter(isPlain), lives, async (workflow, dying) => {
        expect(await toTheEnd(workflow, dying)).toEqual(readEffects(workflow.steps))
      }),
      { numRuns: 500 },
    )
  })

  it('has an end, however deep its loops are', async () => {
    const note: Step = { id: 'note', type: 'create_note', body: '' }
    const loop = (id: string, steps: Step[]): Step => ({
      id,
      type: 'loop',
      over: { relation: 'marks' },
      limit: 110,
      steps,
    })
    const workflow: Workflow = {
      key: 'any',
      label: { en: 'Any' },
      trigger: { type: 'called' },
      steps: [loop('outer', [loop('inner', [note])])],
    }
    await expect(toTheEnd(workflow, [])).rejects.toThrow('A run has 10000 steps at the most')
  })

  it('ends where a step says so, and passes over steps that are off', async () => {
    const note = (id: string, off?: boolean): Step => ({ id, type: 'create_note', body: '', ...(off ? { off } : {}) })
    const steps: Step[] = [note('a'), note('b', true), { id: 'end', type: 'stop', reason: 'enough' }, note('c')]
    const workflow: Workflow = { key: 'any', label: { en: 'Any' }, trigger: { type: 'called' }, steps }
    expect(await toTheEnd(workflow, [])).toEqual(['a'])
  })
})
