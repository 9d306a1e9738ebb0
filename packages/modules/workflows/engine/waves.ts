/** Which runs of a batch are gone on with side by side, and which wait for others. */
import type { TenantModel } from '@oneforge/kernel/metadata'
import { isTraceable } from '@oneforge/kernel/records'
import { type Step, stepsWithin, type Workflow } from '../definition.ts'
import { looksBeyond } from './beyond.ts'
import type { RunRow } from './runs.store.ts'

type PlacedRun = Pick<RunRow, 'record_id'>

/** What a workflow does in the company of others. */
export interface Company {
  /**
   * It may touch records that are another's, or goes by what others may touch: nothing is to change between what a run reads
   * and what it writes.
   */
  keepsToItself: boolean
  /** All that takes time is done for many in hardly more of it than for one. */
  isQuick: boolean
}

/** Runs that go together where each takes time of its own: what they hold is held until all of them are through. */
const mostSlow = 10

interface Wave<R> {
  runs: R[]
  isClosed: boolean
  slow: number
}

/** Runs of one record come one after another, in the order given; those of different records go together where they may. */
export function wavesOf<R extends PlacedRun>(runs: R[], companyOf: (run: R) => Company): R[][] {
  const waves: Wave<R>[] = []
  const lastOf = new Map<string, number>()
  for (const run of runs) {
    const { keepsToItself, isQuick } = companyOf(run)
    const after = run.record_id === null ? -1 : (lastOf.get(run.record_id) ?? -1)
    const isOpen = ({ isClosed, slow }: Wave<R>) => !isClosed && !keepsToItself && (isQuick || slow < mostSlow)
    const open = waves.findIndex((wave, index) => index > after && isOpen(wave))
    const index = open < 0 ? waves.length : open
    const wave = waves[index] ?? { runs: [], isClosed: keepsToItself, slow: 0 }
    wave.runs.push(run)
    if (!isQuick) wave.slow += 1
    waves[index] = wave
    if (run.record_id !== null) lastOf.set(run.record_id, index)
  }
  return waves.map((wave) => wave.runs)
}

/** Told once for each workflow; what is no more has nothing to do. */
export function companies(model: TenantModel): (workflow: Workflow | undefined) => Company {
  const known = new Map<Workflow | undefined, Company>([[undefined, { keepsToItself: false, isQuick: true }]])
  return (workflow) => {
    const company = known.get(workflow) ?? companyOf(model, workflow!)
    known.set(workflow, company)
    return company
  }
}

function companyOf(model: TenantModel, workflow: Workflow): Company {
  const steps = [...stepsWithin(workflow.steps)]
  return {
    keepsToItself: !steps.every(staysWithin) || looksBeyond(model, workflow),
    isQuick: steps.every((step) => isQuick(model, workflow, step)),
  }
}

/** What changes no record but the run's own, beside new ones. */
const withinTypes = new Set<Step['type']>([
  ...['if', 'switch', 'parallel', 'loop', 'wait', 'wait_until', 'wait_event', 'stop', 'approval'],
  ...['run_workflow', 'set_variable', 'create_record', 'create_task', 'notify', 'send_email', 'send_sms'],
  ...['webhook', 'ask_ai'],
] as Step['type'][])

function staysWithin(step: Step): boolean {
  if (step.type === 'update_field' || step.type === 'update_record') return !step.target
  return withinTypes.has(step.type)
}

const quickTypes = new Set<Step['type']>(['if', 'switch', 'parallel', 'wait', 'wait_until', 'stop', 'set_variable'])

/** Beside what reads and decides: records that can be written along with those of others. */
function isQuick(model: TenantModel, { object: own }: Workflow, step: Step): boolean {
  if (quickTypes.has(step.type)) return true
  const isNew = step.type === 'create_record'
  if (!isNew && step.type !== 'update_field' && step.type !== 'update_record') return false
  const object = model.object.get(isNew ? step.object : (own ?? ''))
  return object !== undefined && isTraceable({ model }, object, [], { isNew })
}
