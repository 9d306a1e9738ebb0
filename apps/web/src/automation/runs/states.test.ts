import type { WorkflowRunStep } from '@oneforge/client'
import { expect, it } from 'vitest'
import type { Step } from '../flow/flow.ts'
import { statesOf, waysOf } from './states.ts'

const then: Step[] = []
const fork: Step = { id: 'fork', type: 'if', condition: null, then, else: [] }
const cases: Step = { id: 'cases', type: 'switch', value: 'x', cases: [{ is: ['x'], steps: [] }], otherwise: [] }
const wait: Step = { id: 'wait', type: 'wait_event', event: 'record_updated', timeout: 'P1D', onTimeout: [] }
const ask: Step = {
  id: 'ask',
  type: 'approval',
  from: { role: 'manager' },
  message: 'Well?',
  approved: [],
  rejected: [],
}

const row = (step: string, output: unknown, more: Partial<WorkflowRunStep> = {}): WorkflowRunStep => ({
  path: step,
  step,
  type: 'if',
  state: 'done',
  attempt: 1,
  input: null,
  output,
  error: null,
  startedAt: null,
  endedAt: null,
  ...more,
})

const told = (steps: Step[], done: WorkflowRunStep[]) => Object.fromEntries(waysOf(steps, done))

it('tells of every fork which way was taken, also where that way is empty', () => {
  const done = [
    row('fork', { taken: 'else' }),
    row('cases', { taken: 'cases.0', value: 'x' }),
    row('wait', { met: true, type: 'record_updated' }),
    row('ask', { message: 'Well?', approved: false }),
  ]
  expect(told([fork, cases, wait, ask], done)).toEqual({
    'fork/then': 'passed',
    'fork/else': 'taken',
    'cases/cases.0': 'taken',
    'cases/otherwise': 'passed',
    'wait/met': 'taken',
    'wait/onTimeout': 'passed',
    'ask/approved': 'passed',
    'ask/rejected': 'taken',
  })
})

it('tells nothing of what still waits, was not come to, or is hidden from who looks', () => {
  const done = [row('fork', { taken: '«hidden»' }), row('wait', null), row('ask', { message: 'Well?' })]
  expect(told([fork, cases, wait, ask], done)).toEqual({})
})

it('takes together what the rounds of a loop did', () => {
  const each: Step = { id: 'each', type: 'loop', over: { object: 'deals' }, steps: [fork] }
  const done = [
    row('fork', { taken: 'then' }, { path: 'each[0]/fork' }),
    row('fork', { taken: 'else' }, { path: 'each[1]/fork', state: 'failed' }),
  ]
  expect(told([each], done)).toEqual({ 'fork/then': 'taken', 'fork/else': 'taken' })
  expect(statesOf(done).get('fork')).toBe('failed')
})
