import { describe, expect, it } from 'vitest'
import { type Company, wavesOf } from './waves.ts'

const companies: Record<string, Company> = {
  quick: { keepsToItself: false, isQuick: true },
  slow: { keepsToItself: false, isQuick: false },
  alone: { keepsToItself: true, isQuick: false },
}

/** Runs named by their records, `-` for none, and what they do. */
const waves = (names: string): string[] => {
  const runs = names.split(' ').map((name) => {
    const [record_id = '', kind = ''] = name.split(/\d+:?/)
    return { name: name.replace(/:.*/, ''), record_id: record_id === '-' ? null : record_id, kind: kind || 'quick' }
  })
  return wavesOf(runs, ({ kind }) => companies[kind]!).map((wave) => wave.map(({ name }) => name).join(' '))
}

describe('waves', () => {
  it('take runs of different records together, and those of one record in their order', () => {
    expect(waves('A1 B2 A3 C4 B5 A6')).toEqual(['A1 B2 C4', 'A3 B5', 'A6'])
    expect(waves('-1 -2 A3')).toEqual(['-1 -2 A3'])
  })

  it('leave runs to themselves that may touch records of others', () => {
    expect(waves('A1 B2:alone C3 B4 A5:alone')).toEqual(['A1 C3', 'B2', 'B4', 'A5'])
    expect(waves('A1:alone B2:alone')).toEqual(['A1', 'B2'])
  })

  it('take few together of those that take their time, and any number of the others', () => {
    const slow = Array.from({ length: 12 }, (_, n) => `-${n}:slow`)
    const quick = Array.from({ length: 20 }, (_, n) => `-${n}`)
    const sizes = waves([...slow, ...quick].join(' ')).map((wave) => wave.split(' ').length)
    expect(sizes).toEqual([30, 2])
  })
})
