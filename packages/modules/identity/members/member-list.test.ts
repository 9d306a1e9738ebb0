import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiClient } from '../../../../tests/client.ts'
import { addMember, defineRole, type RunningSystem, startSystem } from '../../../../tests/server.ts'
import type { MemberRow } from './members.store.ts'

let system: RunningSystem
let owner: ApiClient

beforeAll(async () => {
  system = await startSystem()
  owner = await system.register({ name: 'Olga Owner' })
  await defineRole(system, owner.tenantId, 'clerk', { objects: {} })
  await defineRole(system, owner.tenantId, 'nurse', { objects: {} })
})
afterAll(() => system.stop())

const members = (by = owner, query = '') => by.get<MemberRow[]>(`/members${query}`)
const find = async (id: string, by = owner) => (await members(by)).find((member) => member.id === id)!

describe('the list of members', () => {
  it('says when each was seen last, and who has a second factor, to who administers people', async () => {
    const clerk = await addMember(system, owner.tenantId, ['clerk'])
    await system.sql("update sessions set last_used_at = '2026-01-02T03:04:00Z' where user_id = $1", [clerk.userId])
    await system.sql('insert into second_factors (user_id, secret_encrypted, confirmed_at) values ($1, $2, now())', [
      clerk.userId,
      'sealed',
    ])
    expect(await find(clerk.userId)).toMatchObject({ lastSeenAt: '2026-01-02T03:04:00.000Z', secondFactor: true })
    expect(await find(owner.userId)).toMatchObject({ secondFactor: false })
    expect(await find(owner.userId, clerk)).toMatchObject({ lastSeenAt: null, secondFactor: null })
  })

  it('knows nothing of what somebody does in another workspace', async () => {
    const clerk = await addMember(system, owner.tenantId, ['clerk'])
    // The session that registering opened is of the person's own workspace.
    await system.sql('delete from sessions where user_id = $1 and tenant_id = $2', [clerk.userId, owner.tenantId])
    expect((await find(clerk.userId)).lastSeenAt).toBeNull()
  })

  it('tells of a service when a key of it was used', async () => {
    const { key, account } = await owner.post('/api-keys', { name: 'Nightly import' })
    expect((await find(account.id)).lastSeenAt).toBeNull()
    const headers = { authorization: `Bearer ${key}` }
    await system.anonymous().call('GET', '/objects', undefined, { headers })
    expect(Date.now() - Date.parse((await find(account.id)).lastSeenAt!)).toBeLessThan(60_000)
  })

  it('has a role that is held at several locations once, with where', async () => {
    const [north, south] = [
      await owner.post('/locations', { name: 'North' }),
      await owner.post('/locations', { name: 'South' }),
    ]
    const nurse = await addMember(system, owner.tenantId, ['clerk'])
    await owner.put(`/access/members/${nurse.userId}/roles`, {
      roles: [
        { key: 'nurse', locationId: south.id },
        { key: 'nurse', locationId: north.id },
        { key: 'clerk', locationId: null },
      ],
    })
    expect(await find(nurse.userId)).toMatchObject({
      roles: ['clerk', 'nurse'],
      roleLocations: [
        { role: 'clerk', locations: [] },
        {
          role: 'nurse',
          locations: [
            { id: north.id, name: 'North' },
            { id: south.id, name: 'South' },
          ],
        },
      ],
    })
  })

  it('gives pickers those who work here, and records the names of all', async () => {
    const gone = await addMember(system, owner.tenantId, ['clerk'])
    await owner.post(`/members/${gone.userId}/deactivate`, {})
    const picked = await members(owner, '?status=active&kind=person')
    expect(picked.map(({ id }) => id)).toContain(owner.userId)
    expect(picked.every(({ kind, status }) => kind === 'person' && status === 'active')).toBe(true)
    const { name } = await find(gone.userId)
    expect(name).toBe('Member as clerk')
    expect((await owner.send('GET', '/members?status=asleep')).status).toBe(400)
  })
})
