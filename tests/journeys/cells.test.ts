/** Cells of a table: many records at once, each in its own way, as far as it goes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'

let system: RunningSystem
let client: ApiClient

const nowhere = '01890000-0000-7000-8000-000000000000'

beforeAll(async () => {
  system = await startSystem()
  client = await system.register({ template: 'blank' })
  await client.post('/objects', {
    slug: 'bikes',
    label: 'Bike',
    labelPlural: 'Bikes',
    fields: [
      { key: 'name', label: 'Name', type: 'text', required: true },
      { key: 'frame', label: 'Frame', type: 'text', unique: true },
      { key: 'gears', label: 'Gears', type: 'integer' },
      { key: 'double', label: 'Twice', type: 'formula', computed: { expression: 'gears * 2', resultType: 'integer' } },
    ],
  })
})
afterAll(() => system.stop())

const bike = (more: object = {}): Promise<Json> => client.post('/bikes', { name: 'Bike', gears: 7, ...more })
const change = (changes: object[], who = client): Promise<Json> => who.patch('/bikes/bulk/cells', { changes })

describe('cells', () => {
  it('are written record by record, and the records come back with what is computed', async () => {
    const [one, two] = [await bike(), await bike()]
    const answer = await change([
      { id: one.id, version: one.version, updates: { gears: 8 } },
      { id: two.id.toUpperCase(), version: two.version, updates: { name: 'Other', gears: null } },
    ])
    expect(answer).toMatchObject({ updated: 2, failed: 0 })
    expect(answer.results.map(({ record }: Json) => [record.name, record.gears, record.double])).toEqual([
      ['Bike', 8, 16],
      ['Other', null, null],
    ])
    expect(answer.results[0].record).toEqual(await client.get(`/bikes/${one.id}`))
  })

  it('that are refused stay as they were, and the rest of their record is written', async () => {
    const [one, two, three] = [await bike({ frame: 'A1' }), await bike(), await bike()]
    const { results, updated, failed } = await change([
      { id: two.id, updates: { gears: 'many', frame: 'A1', name: 'Named' } },
      { id: three.id, updates: { gears: 'many' } },
      { id: one.id, updates: { double: 4, name: null, gears: 3 } },
      { id: nowhere, updates: { gears: 3 } },
      { id: one.id, updates: { gears: 4 } },
    ])
    expect([updated, failed]).toEqual([2, 3])
    const fieldsOf = (problems: Json[] = []) => problems.map(({ field }) => field).sort()
    expect(results.map(({ refused }: Json) => fieldsOf(refused))).toEqual([
      ['frame', 'gears'],
      [],
      ['double', 'name'],
      [],
      [],
    ])
    expect(results.map(({ error }: Json) => error?.code)).toEqual([
      undefined,
      'VALIDATION_ERROR',
      undefined,
      'NOT_FOUND',
      'NOT_FOUND',
    ])
    expect(await client.get(`/bikes/${two.id}`)).toMatchObject({ name: 'Named', gears: 7, frame: null })
    expect(await client.get(`/bikes/${one.id}`)).toMatchObject({ name: 'Bike', gears: 3 })
  })

  it('of a record that has moved on are left, and the answer shows it', async () => {
    const one = await bike()
    await client.patch(`/bikes/${one.id}`, { gears: 11 })
    const { results } = await change([{ id: one.id, version: one.version, updates: { gears: 9 } }])
    expect(results[0]).toMatchObject({
      success: false,
      error: { code: 'CONFLICT', current: { gears: 11, version: 2 } },
    })
    expect((await client.get(`/bikes/${one.id}`)).gears).toBe(11)
  })

  it('of the same version are written once, however many ask', async () => {
    const one = await bike()
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => change([{ id: one.id, version: one.version, updates: { gears: n } }])),
    )
    const won = answers.filter(({ updated }) => updated === 1)
    expect(won).toHaveLength(1)
    expect(await client.get(`/bikes/${one.id}`)).toMatchObject({ version: 2, gears: won[0].results[0].record.gears })
  })

  it('of many records in any order make no deadlock', async () => {
    const bikes = await Promise.all(Array.from({ length: 30 }, () => bike()))
    const asked = Array.from({ length: 20 }, (_, n) =>
      change((n % 2 ? bikes : bikes.toReversed()).map(({ id }) => ({ id, updates: { gears: n } }))),
    )
    expect((await Promise.all(asked)).map(({ updated }) => updated)).toEqual(Array(20).fill(30))
  })

  it('of another workspace do not exist', async () => {
    const one = await bike()
    const other = await system.register({ template: 'blank' })
    const changes = [{ id: one.id, updates: { gears: 1 } }]
    expect((await other.send('PATCH', '/bikes/bulk/cells', { changes })).status).toBe(404)
    expect((await system.anonymous().send('PATCH', '/bikes/bulk/cells', { changes })).status).toBe(401)
  })

  it.each([
    [{}, 'changes'],
    [{ changes: [] }, 'changes'],
    [{ changes: [{ updates: {} }] }, 'changes.0.id'],
    [{ changes: [{ id: nowhere }] }, 'changes.0.updates'],
    [{ changes: [{ id: nowhere, updates: {}, version: 'x' }] }, 'changes.0.version'],
    [{ changes: [{ id: nowhere, updates: {}, more: 1 }] }, 'more'],
  ])('%j is refused', async (body, field) => {
    const answer = await client.send('PATCH', '/bikes/bulk/cells', body)
    expect([answer.status, answer.error?.details[0]?.field]).toEqual([400, field])
  })

  it('are at most 1,000 records', async () => {
    const changes = Array(1_001).fill({ id: nowhere, updates: {} })
    const answer = await client.send('PATCH', '/bikes/bulk/cells', { changes })
    expect([answer.status, answer.error?.details[0]?.field]).toEqual([400, 'changes'])
  })
})
