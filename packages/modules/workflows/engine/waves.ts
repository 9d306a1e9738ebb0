/** Which runs of a batch are gone on with side by side, and which wait for others. */
import { type Step, stepsWithin, type Workflow } from '../definition.ts'
import type { RunRow } from './runs.store.ts'

type PlacedRun = Pick<RunRow, 'record_id' | 'workflow_id' | 'version'>

interface Wave<R> {
  runs: R[]
  /** Of a run that keeps to itself. */
  isClosed: boolean
}

/**
 * Runs of one record come one after another, in the order given. Those of different records go together, unless they touch
 * records that may be another's: such a run has a wave of its own, so that nothing changes between what others read and write.
 */
export function wavesOf<R extends PlacedRun>(runs: R[], definition: (run: R) => Workflow | undefined): R[][] {
  const waves: Wave<R>[] = []
  const lastOf = new Map<string, number>()
  for (const run of runs) {
    const workflow = definition(run)
    const keepsToItself = workflow !== undefined && !staysWithin(workflow)
    const after = run.record_id === null ? -1 : (lastOf.get(run.record_id) ?? -1)
    const open = keepsToItself ? -1 : waves.findIndex(({ isClosed }, index) => index > after && !isClosed)
    const index = open < 0 ? waves.length : open
    if (open < 0) waves.push({ runs: [run], isClosed: keepsToItself })
    else waves[open]!.runs.push(run)
    if (run.record_id !== null) lastOf.set(run.record_id, index)
  }
  return waves.map((wave) => wave.runs)
}

/** What changes no record but the run's own, beside new ones. */
const withinTypes = new Set<Step['type']>([
  'if',
  'switch',
  'parallel',
  'loop',
  'wait',
  'wait_until',
  'wait_event',
  'stop',
  'approval',
  'run_workflow',
  'set_variable',
  'create_record',
  'create_task',
  'notify',
  'send_email',
  'send_sms',
  'webhook',
  'ask_ai',
])

const known = new WeakMap<Workflow, boolean>()

function staysWithin(workflow: Workflow): boolean {
  const remembered = known.get(workflow)
  if (remembered !== undefined) return remembered
  const stays = [...stepsWithin(workflow.steps)].every(isWithin)
  known.set(workflow, stays)
  return stays
}

function isWithin(step: Step): boolean {
  if (step.type === 'update_field' || step.type === 'update_record') return !step.target
  return withinTypes.has(step.type)
}
