import { describe, expect, it } from 'vitest'
import { crossingsOf, stillPossible } from './assumed.ts'
import type { Step } from './flow.ts'

const approval = (id: string, more: object = {}): Step =>
  ({ id, type: 'approval', from: { role: 'admin' }, message: '?', approved: [], rejected: [], ...more }) as Step
const awaited = (id: string, onTimeout: Step[] = []): Step => ({
  id,
  type: 'wait_event',
  event: 'record_updated',
  timeout: 'P1D',
  onTimeout,
})

describe('where a test would wait', () => {
  it('is each event and each decision on its way, with what may come of it', () => {
    const escalated = { escalateAfter: 'P1D', escalateTo: { role: 'owner' } }
    const steps = [awaited('a', [approval('b')]), approval('c', escalated), approval('d', { off: true })]
    expect(crossingsOf(steps).map(({ step, outcomes }) => [step.id, ...outcomes])).toEqual([
      ['a', 'came', 'timed_out'],
      ['b', 'approved', 'rejected'],
      ['c', 'approved', 'rejected', 'escalated'],
    ])
  })

  it('is not where the step has gone, or asks nobody else any more', () => {
    const crossings = crossingsOf([awaited('a'), approval('b')])
    expect(stillPossible({ a: 'timed_out', b: 'escalated', gone: 'approved' }, crossings)).toEqual({ a: 'timed_out' })
  })
})
