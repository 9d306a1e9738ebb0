/** What surrounds runs: workspaces in which nothing is on, workflows that go, ledgers that grow, logs of what was called. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tenantsWithTimers } from '../triggers/timers.store.ts'
import { EngineWorld } from './engine-world.fixture.ts'

let world: EngineWorld

beforeAll(async () => {
  world = await EngineWorld.start()
})
afterAll(() => world.system.stop())

describe('workspaces', () => {
  it('in which no workflow is on, and no run waits, are not looked at', async () => {
    const { database, workflows } = world.system.system
    const idle = await EngineWorld.workspace(world.system)
    const both = [idle.tenantId, world.client.tenantId]
    // Those of the template.
    await world.system.sql('update workflows set enabled = false where tenant_id = any($1)', [both])
    const meant = async () => [...(await workflows.consumer.tenantsMeant!(both))]
    const timed = async () => [...(await tenantsWithTimers(database, both))]
    expect([await meant(), await timed()]).toEqual([[], []])
    const id = await world.define({
      key: 'waits',
      steps: [{ id: 'w', type: 'wait_event', event: 'record_updated', timeout: 'P1D', onTimeout: [] }],
    })
    expect([await meant(), await timed()]).toEqual([[world.client.tenantId], []])
    const thing = await world.client.post('/things', { name: 'One' })
    await world.run('waits', 'waiting')
    await world.client.patch(`/workflows/${id}`, { enabled: false })
    expect(await meant()).toEqual([world.client.tenantId])
    await world.client.patch(`/things/${thing.id}`, { name: 'Two' })
    await world.run('waits', 'done')
    expect(await meant()).toEqual([])
    await world.define({ key: 'dated', trigger: { type: 'date_relative', field: 'due', offset: 'P1D' }, steps: [] })
    expect(await timed()).toEqual([world.client.tenantId])
  })
})
