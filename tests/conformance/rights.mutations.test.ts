/** Each decision about access is needed: a server without any one of them is caught by the probes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloneDatabase, type TestDatabase } from '../postgres.ts'
import { startSystem } from '../server.ts'
import { type Mutant, mutants } from './rights.mutants.ts'
import { probesAt } from './rights.probes.ts'
import { MutatedServers } from './rights.process.ts'
import { buildWorld, type World } from './rights.world.ts'

/** Sessions belong to an address: every server here answers for this one. */
const baseUrl = 'http://localhost:3000'

let original: TestDatabase
let world: World
const servers = new MutatedServers(baseUrl)

beforeAll(async () => {
  original = await cloneDatabase()
  const system = await startSystem({ sharing: { database: original } })
  world = await buildWorld(system)
  await system.stop()
})
afterAll(async () => {
  await servers.end()
  await original.drop()
})

/** The name of the first probe that finds something wrong with the server; none where it passes for sound. */
async function noticed(url: string, { noticedBy }: Mutant): Promise<string | undefined> {
  const probes = probesAt(url, world)
  for (const probe of probes.toSorted((a, b) => Number(b.name === noticedBy) - Number(a.name === noticedBy))) {
    // A server that a mutation has broken altogether is found out as well.
    const findings = await probe.run().catch((error: Error) => [error])
    if (findings.length > 0) return probe.name
  }
}

describe('without', () => {
  it.each(mutants.map((mutant) => [`${mutant.find} (${mutant.file})`, mutant] as const))(
    '%s',
    { timeout: 120_000 },
    async (_, mutant) => {
      const database = await cloneDatabase({ template: original.name })
      const probe = await noticed(await servers.start(mutant, database.ownerUrl), mutant)
      await database.drop()
      expect(probe, 'no probe notices').toBeDefined()
      expect(probe, 'the probe that notices, bring the list of mutants up to date').toBe(mutant.noticedBy)
    },
  )
})
