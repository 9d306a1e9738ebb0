/** What somebody may do with a record that their change takes out of their own reach, and what they may hand on. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { addMember, defineRole, type RunningSystem, startSystem } from '../server.ts'

let system: RunningSystem
let owner: ApiClient
let clerk: ApiClient
let opener: ApiClient
let taker: ApiClient
let one: Json
let locations: { north: Json; south: Json }

const each = (scope: unknown, actions: string[]) => Object.fromEntries(actions.map((action) => [action, scope]))
const opened = { scope: 'all', filter: { field: 'phase', op: 'eq', value: 'open' } }

beforeAll(async () => {
  system = await startSystem()
  owner = await system.register({ template: 'blank' })
  await owner.post('/objects', {
    slug: 'cases',
    label: 'Case',
    labelPlural: 'Cases',
    located: true,
    fields: [
      { key: 'name', label: 'Name', type: 'text' },
      { key: 'phase', label: 'Phase', type: 'select', options: ['open', 'won', 'lost'] },
      {
        key: 'part_of',
        label: 'Part of',
        type: 'relation',
        relation: { object: 'cases', inverse: { key: 'parts', label: 'Parts' } },
      },
    ],
  })
  locations = {
    north: await owner.post('/locations', { name: 'N' }),
    south: await owner.post('/locations', { name: 'S' }),
  }
  const roles = {
    clerk: { cases: each('own', ['create', 'read', 'update', 'assign']) },
    opener: { cases: { read: 'all', update: opened } },
    taker: { cases: { ...each('all', ['read', 'assign']), update: 'own' } },
  }
  for (const [key, objects] of Object.entries(roles)) await defineRole(system, owner.tenantId, key, { objects })
  clerk = await addMember(system, owner.tenantId, ['clerk'])
  opener = await addMember(system, owner.tenantId, ['opener'])
  taker = await addMember(system, owner.tenantId, ['taker'])
})
afterAll(() => system.stop())

beforeEach(async () => {
  one = await owner.post('/cases', { name: 'Case', phase: 'open', ownerId: clerk.userId })
})

describe('a change', () => {
  it('may leave the filter of what is changed where the record is still read', async () => {
    expect((await opener.send('PATCH', `/cases/${one.id}`, { phase: 'won' })).status).toBe(200)
    expect((await opener.send('PATCH', `/cases/${one.id}`, { name: 'Again' })).status).toBe(403)
  })

  it('hands a record on with the right to assign it, whoever gets it', async () => {
    const handed = await clerk.send('PATCH', `/cases/${one.id}`, { ownerId: taker.userId.toUpperCase() })
    expect([handed.status, handed.data.ownerId]).toEqual([200, taker.userId])
    expect((await clerk.send('GET', `/cases/${one.id}`)).status).toBe(404)
  })

  it('of an owner by who may not assign the record is refused by name', async () => {
    const { status, error } = await opener.send('PATCH', `/cases/${one.id}`, { ownerId: opener.userId })
    expect([status, error.details[0]?.field]).toEqual([400, 'ownerId'])
  })

  it('of a record that is handed on still keeps to the places of its writer', async () => {
    await defineRole(system, owner.tenantId, 'site', {
      objects: { cases: each('all', ['read', 'update', 'assign']) },
    })
    const local = await addMember(system, owner.tenantId, ['site'])
    const held = [{ key: 'site', locationId: locations.north.id }]
    await owner.put(`/access/members/${local.userId}/roles`, { roles: held })
    await owner.patch(`/cases/${one.id}`, { locationId: locations.north.id.toUpperCase() })
    const both = { ownerId: taker.userId, locationId: locations.south.id }
    const { status, error } = await local.send('PATCH', `/cases/${one.id}`, both)
    expect([status, error.details.map((problem) => problem.field)]).toEqual([403, ['locationId']])
    const bulk = await local.patch('/cases/bulk', { ids: [one.id], updates: both })
    expect(bulk.results[0].error.details[0].field).toBe('locationId')
    expect((await local.send('PATCH', `/cases/${one.id}`, { ownerId: taker.userId })).status).toBe(200)
  })

  it('many of which leave reach at once lets the others through', async () => {
    const names = ['a', 'b', 'c', 'd']
    await defineRole(system, owner.tenantId, 'named', {
      objects: { cases: { read: { scope: 'all', filter: { field: 'name', op: 'ne', value: 'gone' } }, update: 'all' } },
    })
    const person = await addMember(system, owner.tenantId, ['named'])
    const made = await Promise.all(names.map((name) => owner.post('/cases', { name, phase: 'open' })))
    const ids = made.map((record) => record.id)
    const gone = await person.patch('/cases/bulk', { ids, updates: { name: 'gone' } })
    expect([gone.updated, gone.failed]).toEqual([0, 4])
    expect((await person.patch('/cases/bulk', { ids, updates: { phase: 'won' } })).updated).toBe(4)
  })
})

describe('a record linked to itself', () => {
  it('is as good by its link as by its value', async () => {
    const value = await owner.send('PATCH', `/cases/${one.id}`, { part_of: one.id })
    await owner.patch(`/cases/${one.id}`, { part_of: null })
    const link = await owner.send('PUT', `/cases/${one.id}/links/part_of/${one.id}`)
    expect([value.status < 300, link.status < 300]).toEqual([true, true])
    expect((await owner.get(`/cases/${one.id}`)).part_of.id).toBe(one.id)
  })
})

describe('two changes at once', () => {
  it('never leave a record where neither of them could have put it', async () => {
    const person = await addMember(system, owner.tenantId, ['clerk'])
    const others = await addMember(system, owner.tenantId, ['clerk'])
    for (let round = 0; round < 20; round++) {
      const { id } = await owner.post('/cases', { name: 'Raced', phase: 'open', ownerId: person.userId })
      const [handing, writing] = await Promise.all([
        person.send('PATCH', `/cases/${id}`, { ownerId: others.userId }),
        person.send('PATCH', `/cases/${id}`, { name: `Mine ${round}` }),
      ])
      expect(handing.status).toBe(200)
      const after = await owner.get(`/cases/${id}`)
      expect([after.ownerId, after.name]).toEqual([others.userId, writing.status === 200 ? `Mine ${round}` : 'Raced'])
    }
  })
})
