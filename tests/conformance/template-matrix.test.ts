/** Role by operation by field for two templates, held to tables that a person has looked at. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningSystem, startSystem } from '../server.ts'
import { matrixOf } from './template-matrix.ts'

let system: RunningSystem

beforeAll(async () => {
  system = await startSystem()
})
afterAll(() => system.stop())

describe('the roles of a template', () => {
  // A new operation, object or field is a line that the table does not have yet.
  it.each(['hospital', 'real-estate'])('of %s allow what the table says', { timeout: 240_000 }, async (template) => {
    await expect(await matrixOf(system, template)).toMatchFileSnapshot(`./access-matrix/${template}.txt`)
  })
})
