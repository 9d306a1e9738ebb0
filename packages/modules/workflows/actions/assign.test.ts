import { newId } from '@oneforge/kernel/database'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addMember, defineRole } from '../../../../tests/server.ts'
import { nextInTurn } from './people.store.ts'
import { StepWorld } from './step-world.fixture.ts'

let world: StepWorld
let people: string[]

beforeAll(async () => {
  world = await StepWorld.start({ template: 'blank' })
  const { system, client } = world
  await defineRole(system, client.tenantId, 'agent', { objects: { deals: { read: 'all' } } })
  people = []
  for (let count = 0; count < 3; count++) people.push((await addMember(system, client.tenantId, ['agent'])).userId)
  people.sort()
}, 60_000)

afterAll(() => world.stop())

const deal = async (values: object = {}) =>
  (await world.client.post('/deals', { name: 'Crane', ...values })).id as string
const assign = async (step: object, id: string, runAs?: string) => {
  const options = { record: ['deals', id] as [string, string], ...(runAs ? { runAs } : {}) }
  const { output } = await world.perform({ id: 'give', type: 'assign', ...step } as never, options)
  return (output as { ownerId: string }).ownerId
}

describe('a record', () => {
  it('is given to one person, by a rule, or to who has least to do', async () => {
    const [first, second, third] = people as [string, string, string]
    expect(await assign({ method: 'user', users: [second] }, await deal())).toBe(second)
    const rules = [
      { condition: { field: 'lead_source', op: 'eq', value: 'Event' }, user: third },
      { condition: { field: 'name', op: 'eq', value: 'Crane' }, user: first },
    ]
    expect(await assign({ method: 'rule', rules }, await deal({ lead_source: 'Event' }))).toBe(third)
    expect(await assign({ method: 'rule', rules }, await deal())).toBe(first)
    await expect(assign({ method: 'rule', rules: rules.slice(0, 1) }, await deal())).rejects.toThrow(/Nobody of those/)
    await assign({ method: 'user', users: [second] }, await deal({ stage: 'Closed Lost' }))
    await assign({ method: 'user', users: [first] }, await deal())
    const given = [await deal(), await deal(), await deal()]
    const loaded: string[] = []
    for (const id of given) loaded.push(await assign({ method: 'least_loaded', role: 'agent' }, id))
    expect(loaded.slice(0, 2).sort()).toEqual([second, third].sort())
  })

  it('is given to nobody by a role that may not assign', async () => {
    await expect(assign({ method: 'user', users: people }, await deal(), 'agent')).rejects.toThrow(/update deals/)
  })
})

/** Who has the next turns, asked for by so many at a time. */
async function turns(stepId: string, among: string[], count: number, atOnce: number): Promise<string[]> {
  const { database } = world.system.system
  const { tenantId } = world.client
  const [workflow] = await world.system.sql<{ id: string }>(
    `select id from workflows where tenant_id = $1 and key = 'tried'`,
    [tenantId],
  )
  const given: string[] = []
  const worker = async (): Promise<void> => {
    while (given.length < count) {
      const place = given.push('') - 1
      const step = { tenantId, workflowId: workflow!.id, stepId }
      given[place] = await database.transaction({ tenantId }, (tx) => nextInTurn(tx, step, among))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return given
}

describe('turns', () => {
  it('are given to each as often as to all others, however many ask at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 8 }),
        async (members, count, atOnce) => {
          const among = Array.from({ length: members }, newId).sort()
          const given = await turns(newId(), among, count, atOnce)
          const times = among.map((id) => given.filter((one) => one === id).length)
          expect(times.reduce((sum, one) => sum + one, 0)).toBe(given.length)
          expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(1)
        },
      ),
      { numRuns: 25 },
    )
  })

  it('go on with the next one where somebody has left', async () => {
    const stepId = newId()
    const among = Array.from({ length: 4 }, newId).sort()
    expect(await turns(stepId, among, 2, 1)).toEqual(among.slice(0, 2))
    const left = among.filter((_, index) => index !== 1)
    expect(await turns(stepId, left, 4, 1)).toEqual([among[2], among[3], among[0], among[2]])
  })
})
