/** Everybody sees and changes what their rights say, by every road: thousands of requests made from a table of people. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningSystem, startSystem } from '../server.ts'
import { probesAt } from './rights.probes.ts'
import { buildWorld, type World } from './rights.world.ts'

let system: RunningSystem
let world: World

beforeAll(async () => {
  system = await startSystem()
  world = await buildWorld(system)
})
afterAll(() => system.stop())

describe('rights', () => {
  it('hold by every road', { timeout: 120_000 }, async () => {
    const wrong: Record<string, unknown> = {}
    for (const probe of probesAt(system.url, world)) {
      const findings = await probe.run()
      if (findings.length > 0) wrong[probe.name] = findings
    }
    expect(wrong).toEqual({})
  })
})
