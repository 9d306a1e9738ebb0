/** Workflows from what happens to what they do, on a real server. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EngineWorld } from './engine-world.fixture.ts'

let world: EngineWorld

beforeAll(async () => {
  world = await EngineWorld.start()
})
afterAll(() => world.system.stop())

const mark = (id: string, name: string) => ({
  id,
  type: 'create_record' as const,
  object: 'marks',
  values: { name, thing: '{{ record.id }}' },
})
const marks = async () => {
  const rows = await world.client.get('/marks?limit=100&sort=createdAt')
  return rows.map(({ name }: { name: string }) => name)
}

describe('a run', () => {
  it('does its steps in order, by values of its record and of earlier steps', async () => {
    await world.define({
      key: 'flat',
      condition: { field: 'name', op: 'startsWith', value: 'flat' },
      steps: [
        { id: 'remember', type: 'set_variable', variable: 'greeting', value: 'Hello {{ record.name }}' },
        { id: 'write', type: 'update_field', field: 'trail', value: '{{ vars.greeting }}' },
        mark('mark', 'mark of {{ record.trail }}'),
      ],
    })
    const other = await world.client.post('/things', { name: 'another' })
    const thing = await world.client.post('/things', { name: 'flat one' })
    const run = await world.run('flat', 'done')
    expect(run.record_id).toBe(thing.id)
    expect(await world.client.get(`/things/${thing.id}`)).toMatchObject({ trail: 'Hello flat one' })
    expect(await marks()).toEqual(['mark of Hello flat one'])
    expect((await world.runs('flat')).map(({ record_id }) => record_id)).not.toContain(other.id)
    expect((await world.steps(run.id)).map(({ path, state }) => `${path} ${state}`)).toEqual([
      'remember done',
      'write done',
      'mark done',
    ])
  })
})
