/** What probes are made of. */
import { ApiClient } from '../client.ts'
import type { PersonKey, World } from './rights.world.ts'

export interface Probe {
  name: string
  /** Throws, or returns what was found against what should have been. */
  run(): Promise<Finding[]>
}
export interface Finding {
  what: string
  found: unknown
  expected: unknown
}

/** Nothing where the two are the same. */
export const found = (what: string, actual: unknown, expected: unknown): Finding[] =>
  JSON.stringify(actual) === JSON.stringify(expected) ? [] : [{ what, found: actual, expected }]

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
export type Json = any

export const namesIn = (records: Json): string[] =>
  [records ?? []]
    .flat()
    .map((record) => record.name ?? record.title)
    .sort()

export const clientOf = (url: string, world: World, key: PersonKey | 'owner') => new ApiClient(url, world.sessions[key])
