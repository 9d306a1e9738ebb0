import { describe, expect, it } from 'vitest'
import type { Step, Workflow } from '../definition.ts'
import { wavesOf } from './waves.ts'

const workflow = (...steps: Step[]): Workflow => ({
  key: 'one',
  label: { en: 'One' },
  object: 'things',
  trigger: { type: 'called' },
  steps,
})
const own = workflow({ id: 'write', type: 'update_field', field: 'name', value: 'x' })
const other = workflow({ id: 'write', type: 'update_field', field: 'name', value: 'x', target: { relation: 'thing' } })
const deep = workflow({
  id: 'each',
  type: 'loop',
  over: { relation: 'marks' },
  steps: [{ id: 'gone', type: 'delete_record', target: { loop: 'each' } }],
})

/** Runs named by their record, a number, and o where they write their own record or a where another's. */
const waves = (names: string, definitions: Record<string, Workflow | undefined> = { o: own, a: other, d: deep }) => {
  const runs = names.split(' ').map((name) => {
    const record_id = name.startsWith('-') ? null : name[0]!
    return { name, record_id, workflow_id: name.at(-1)!, version: 1 }
  })
  return wavesOf(runs, (run) => definitions[run.workflow_id]).map((wave) => wave.map(({ name }) => name).join(' '))
}

describe('waves', () => {
  it('take runs of different records together, and those of one record in their order', () => {
    expect(waves('A1o B2o A3o C4o B5o A6o')).toEqual(['A1o B2o C4o', 'A3o B5o', 'A6o'])
    expect(waves('-1o -2o A3o')).toEqual(['-1o -2o A3o'])
  })

  it('leave runs to themselves that may touch records of others, wherever in their steps', () => {
    expect(waves('A1o B2a C3o B4o A5d')).toEqual(['A1o C3o', 'B2a', 'B4o', 'A5d'])
    expect(waves('A1a B2a')).toEqual(['A1a', 'B2a'])
  })

  it('take along those whose workflow is no more', () => {
    expect(waves('A1o B2x', { o: own })).toEqual(['A1o B2x'])
  })
})
