import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer, ApiClient, Json } from '../../../tests/client.ts'
import { addMember, defineRole, type RunningSystem, startSystem } from '../../../tests/server.ts'

let system: RunningSystem
let owner: ApiClient

/** The test's server trusts this machine as a proxy, so that a request can come from any address. */
const from = (address: string) => ({ headers: { 'x-forwarded-for': address } })
const home = from('198.51.100.7')
const clinic = from('203.0.113.40')
const elsewhere = from('192.0.2.99')

beforeAll(async () => {
  system = await startSystem({ trustedProxies: '127.0.0.1,::1' })
})
afterAll(() => system.stop())

const workspace = async (): Promise<ApiClient> => {
  owner = await system.register({ template: 'hospital' })
  return owner
}
const allow = (rule: object, options = home): Promise<Answer> => owner.send('POST', '/networks', rule, options)
const notAllowed = { code: 'FORBIDDEN', details: [{ field: 'address', message: 'ADDRESS_NOT_ALLOWED' }] }
const locksOut = { code: 'CONFLICT', details: [{ field: 'network', message: 'LOCKS_OUT' }] }

describe('networks of the workspace', () => {
  it('shut out every other address, from each operation but those that lead out', async () => {
    await workspace()
    expect((await allow({ network: '198.51.100.9/24', comment: ' Office ' })).data).toMatchObject({
      network: '198.51.100.0/24',
      comment: 'Office',
      active: true,
      location: null,
    })
    expect((await owner.send('GET', '/patients', undefined, home)).status).toBe(200)
    for (const [method, path] of [
      ['GET', '/patients'],
      ['GET', '/workspace'],
      ['POST', '/patients'],
      ['GET', '/auth/sessions'],
      ['POST', '/auth/password'],
      ['GET', '/networks'],
      ['GET', '/openapi.json'],
    ] as const) {
      const body = method === 'POST' ? { currentPassword: 'x', newPassword: 'y' } : undefined
      const refused = await owner.send(method, path, body, elsewhere)
      expect([path, refused.status, refused.error]).toEqual([path, 403, expect.objectContaining(notAllowed)])
      expect(refused.error.message).toContain('192.0.2.99')
    }
    for (const path of ['/auth/me', '/auth/workspaces', '/auth/mfa']) {
      expect([path, (await owner.send('GET', path, undefined, elsewhere)).status]).toEqual([path, 200])
    }
  })

  it('cannot be forged by who is no proxy', async () => {
    const direct = await startSystem({ sharing: system })
    try {
      await workspace()
      await allow({ network: '198.51.100.0/24' })
      const refused = await owner.at(direct.url).send('GET', '/patients', undefined, home)
      expect(refused.error).toMatchObject(notAllowed)
    } finally {
      await direct.stop()
    }
  })

  it('hold at once on every server', async () => {
    const other = await startSystem({ sharing: system, trustedProxies: '127.0.0.1,::1' })
    try {
      await workspace()
      const there = owner.at(other.url)
      expect((await there.send('GET', '/patients', undefined, elsewhere)).status).toBe(200)
      await allow({ network: '198.51.100.0/24' })
      expect((await there.send('GET', '/auth/sessions', undefined, elsewhere)).error).toMatchObject(notAllowed)
      expect((await there.send('GET', '/patients', undefined, elsewhere)).error).toMatchObject(notAllowed)
    } finally {
      await other.stop()
    }
  })

  it('do not shut out who makes them', async () => {
    await workspace()
    expect((await allow({ network: '203.0.113.0/24' })).error).toMatchObject(locksOut)
    expect((await owner.send('GET', '/networks', undefined, home)).data).toEqual({ address: '198.51.100.7', rules: [] })
    const { data: mine } = await allow({ network: '198.51.100.7' })
    const { data: other } = await allow({ network: '203.0.113.0/24' })
    for (const change of [{ active: false }, { network: '10.0.0.0/8' }]) {
      expect((await owner.send('PATCH', `/networks/${mine.id}`, change, home)).error).toMatchObject(locksOut)
    }
    expect((await owner.send('DELETE', `/networks/${mine.id}`, undefined, home)).error).toMatchObject(locksOut)
    expect((await owner.send('PATCH', `/networks/${other.id}`, { active: false }, home)).data.active).toBe(false)
    expect((await owner.send('DELETE', `/networks/${mine.id}`, undefined, home)).status).toBe(204)
    expect((await owner.send('GET', '/patients', undefined, elsewhere)).status).toBe(200)
  })

  it('say what is wrong with them', async () => {
    await workspace()
    for (const network of ['office', '10.0.0.0/40', '127.1']) {
      expect((await allow({ network })).error.details).toMatchObject([{ field: 'network' }])
    }
    const nowhere = '0197a1b2-0000-7000-8000-000000000000'
    expect((await allow({ network: '10.0.0.0/8', locationId: nowhere })).error.details).toMatchObject([
      { field: 'locationId' },
    ])
    await allow({ network: '198.51.100.0/24' })
    expect((await allow({ network: '198.51.100.1/24' })).status).toBe(409)
    expect((await owner.send('DELETE', `/networks/${nowhere}`, undefined, home)).status).toBe(404)
  })
})

describe('networks of a location', () => {
  const roles = { nurse: { objects: { patients: { read: 'all' } } } }
  let nurse: ApiClient
  let sites: Json[]

  const holdAt = async (locations: (string | null)[]): Promise<void> => {
    await owner.call(
      'PUT',
      `/access/members/${nurse.userId}/roles`,
      {
        roles: locations.map((locationId) => ({ key: 'nurse', locationId })),
      },
      home,
    )
  }

  beforeAll(async () => {
    await workspace()
    await defineRole(system, owner.tenantId, 'nurse', roles.nurse)
    nurse = await addMember(system, owner.tenantId, ['nurse'])
    sites = [await owner.post('/locations', { name: 'North' }), await owner.post('/locations', { name: 'South' })]
    await allow({ network: '203.0.113.0/24', locationId: sites[0].id })
  })

  it('bind the roles that are held there, and no others', async () => {
    await holdAt([sites[0].id])
    expect((await nurse.send('GET', '/patients', undefined, clinic)).status).toBe(200)
    expect((await nurse.send('GET', '/patients', undefined, home)).error).toMatchObject(notAllowed)
    expect((await owner.send('GET', '/patients', undefined, home)).status).toBe(200)
    await holdAt([null])
    expect((await nurse.send('GET', '/patients', undefined, home)).status).toBe(200)
  })

  it('take away only what the role gives there', async () => {
    await owner.call('PATCH', '/objects/patients', { located: true }, home)
    const patient = { full_name: 'Ana', date_of_birth: '1980-01-01', phone: '+34600000001' }
    for (const site of sites) await owner.post('/patients', { ...patient, locationId: site.id })
    await holdAt(sites.map((site) => site.id))
    const seenFrom = async (place: { headers: Record<string, string> }) =>
      (await nurse.send('GET', '/patients', undefined, place)).data.map((one: Json) => one.locationId).sort()
    expect(await seenFrom(clinic)).toEqual(sites.map((site) => site.id).sort())
    expect(await seenFrom(home)).toEqual([sites[1].id])
  })

  it('close the location in the switcher', async () => {
    const switched = (place: { headers: Record<string, string> }) => ({
      headers: { ...place.headers, 'X-OneForge-Location': sites[0].id },
    })
    expect((await owner.send('GET', '/patients', undefined, switched(clinic))).data).toHaveLength(1)
    expect((await owner.send('GET', '/patients', undefined, switched(home))).error).toMatchObject(notAllowed)
    const selectable = async (place: { headers: Record<string, string> }) =>
      (await owner.send('GET', '/locations', undefined, place)).data.map((one: Json) => one.selectable)
    expect(await selectable(clinic)).toEqual([true, true])
    expect(await selectable(home)).toEqual([false, true])
  })

  it('open the workspace as well', async () => {
    await allow({ network: '198.51.100.0/24' })
    expect((await owner.send('GET', '/patients', undefined, clinic)).status).toBe(200)
    expect((await owner.send('GET', '/patients', undefined, elsewhere)).error).toMatchObject(notAllowed)
  })
})
