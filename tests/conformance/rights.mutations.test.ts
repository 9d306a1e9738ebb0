/** Each decision about access is needed: a server without any one of them is caught by the probes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloneDatabase, type TestDatabase } from '../postgres.ts'
import { startSystem } from '../server.ts'
import { mutants } from './rights.mutants.ts'
import { probesAt } from './rights.probes.ts'
import { startMutated } from './rights.process.ts'
import { buildWorld, type World } from './rights.world.ts'

/** Sessions belong to an address: every server here answers for this one. */
const baseUrl = 'http://localhost:3000'

let original: TestDatabase
let world: World

beforeAll(async () => {
  original = await cloneDatabase()
  const system = await startSystem({ sharing: { database: original } })
  world = await buildWorld(system)
  await system.stop()
})
afterAll(() => original.drop())

const atOnce = 6

/** The first thing that the probes find wrong with the server; none where it passes for sound. */
async function firstFinding(url: string): Promise<string | undefined> {
  const probes = probesAt(url, world)
  let first: string | undefined
  const work = async () => {
    for (let probe = probes.shift(); probe && !first; probe = probes.shift()) {
      // A server that a mutation has broken altogether is found out as well.
      const findings = await probe.run().catch((error: Error) => [{ what: error.message }])
      if (findings.length > 0) first ??= `${probe.name}: ${JSON.stringify(findings[0])}`
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return first
}

describe('without', () => {
  it.each(mutants.map((mutant) => [`${mutant.find} (${mutant.file})`, mutant] as const))(
    '%s',
    { timeout: 120_000 },
    async (_, mutant) => {
      const database = await cloneDatabase({ template: original.name })
      const server = await startMutated(mutant, database.ownerUrl, baseUrl)
      const finding = await firstFinding(server.url)
      await server.stop()
      await database.drop()
      expect(finding).toBeDefined()
    },
  )
})
