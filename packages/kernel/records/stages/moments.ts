/** Moments that a move writes down: when somebody arrived, when work began. */
import type { CompiledObject } from '../../metadata/index.ts'
import type { ParsedInput } from '../parsed.ts'
import type { ExistingRecord } from '../rules/state.ts'
import { stageChanges, stageOf } from './moves.ts'

/** Fills the moments of the stages that a change leads into with now, where they are empty and nobody names them. */
export function fillMoments(object: CompiledObject, input: ParsedInput, { data }: ExistingRecord): void {
  const given = [...input.values].flatMap(([key, value]) => (value === null ? [] : [[key, value] as const]))
  const after = { ...data, ...Object.fromEntries(given) }
  const now = new Date().toISOString()
  for (const { pipeline, after: value } of stageChanges(object, data, after)) {
    for (const key of stageOf(pipeline, value)?.moments ?? []) {
      const isNamed = input.values.has(key) && !input.unsent.has(key)
      if (!isNamed && data[key] === undefined) input.values.set(key, now)
    }
  }
}
