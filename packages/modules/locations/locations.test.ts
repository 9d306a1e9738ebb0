import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiClient, Json } from '../../../tests/client.ts'
import { addMember, defineRole, type RunningSystem, startSystem } from '../../../tests/server.ts'

let system: RunningSystem
let owner: ApiClient

beforeAll(async () => {
  system = await startSystem()
})
afterAll(() => system.stop())

const nowhere = '0197a1b2-0000-7000-8000-000000000000'
const hours = {
  mon: [
    { from: '08:00', to: '13:00' },
    { from: '14:00', to: '18:30' },
  ],
  sat: [{ from: '09:00', to: '24:00' }],
}

describe('locations', () => {
  beforeAll(async () => {
    owner = await system.register()
  })

  it('have an address, a time zone, hours and holidays', async () => {
    const location = {
      name: 'North',
      address: { street: 'Calle Mayor 1', city: 'Madrid' },
      timeZone: 'Europe/Madrid',
      hours,
      holidays: [
        { date: '2026-12-25', name: 'Christmas' },
        { date: '2026-12-24', name: 'Eve', hours: hours.mon.slice(0, 1) },
      ],
    }
    const created = await owner.post('/locations', location)
    expect(created).toMatchObject({ ...location, active: true, position: 0, memberCount: 0, selectable: true })
    expect(await owner.get(`/locations/${created.id}`)).toEqual(created)
    const changed = await owner.patch(`/locations/${created.id}`, { address: null, hours: {}, name: 'Norte' })
    expect(changed).toMatchObject({ name: 'Norte', address: null, hours: {}, timeZone: 'Europe/Madrid' })
    expect(changed.version).toBeGreaterThan(created.version)
    const plain = await owner.post('/locations', { name: 'South' })
    expect(plain).toMatchObject({ timeZone: 'UTC', hours: {}, holidays: [], position: 1 })
  })

  it.each([
    [{}, 'name'],
    [{ name: ' ' }, 'name'],
    [{ name: 'X', timeZone: '+02:00' }, 'timeZone'],
    [{ name: 'X', address: { planet: 'Mars' } }, 'address'],
    [{ name: 'X', hours: { mon: [{ from: '9', to: '10:00' }] } }, 'hours.mon.0.from'],
    [{ name: 'X', hours: { mon: [{ from: '10:00', to: '09:00' }] } }, 'hours.mon[0].to'],
    [{ name: 'X', hours: { mon: [...hours.mon, { from: '18:00', to: '19:00' }] } }, 'hours.mon[2].from'],
    [{ name: 'X', holidays: [{ date: '2026-02-30', name: 'No day' }] }, 'holidays.0.date'],
    [{ name: 'X', holidays: [1, 2].map(() => ({ date: '2026-01-01', name: 'New Year' })) }, 'holidays[1].date'],
  ])('are refused with what is wrong: %j', async (input, field) => {
    expect((await owner.send('POST', '/locations', input)).error.details[0]).toMatchObject({ field })
  })

  it('keep their order, and their names to themselves', async () => {
    const before = await owner.get('/locations')
    await owner.put('/locations/order', { ids: [before[1].id] })
    expect((await owner.get('/locations')).map((one: Json) => one.name)).toEqual([before[1].name, before[0].name])
    expect((await owner.send('POST', '/locations', { name: 'South' })).status).toBe(409)
    expect((await owner.send('PUT', '/locations/order', { ids: [nowhere] })).status).toBe(400)
  })

  it('are read by members and changed by administrators', async () => {
    await defineRole(system, owner.tenantId, 'clerk', { objects: {} })
    const clerk = await addMember(system, owner.tenantId, ['clerk'])
    expect(await clerk.get('/locations')).toHaveLength(2)
    expect((await clerk.send('POST', '/locations', { name: 'Mine' })).status).toBe(403)
    const stranger = await system.register()
    const [{ id }] = await owner.get('/locations')
    expect((await stranger.send('GET', `/locations/${id}`)).status).toBe(404)
    expect((await stranger.send('PATCH', `/locations/${id}`, { name: 'Mine' })).status).toBe(404)
  })
})

describe('records of a located object', () => {
  let north: string
  let south: string
  let clerk: ApiClient
  const patient = { full_name: 'Ana', date_of_birth: '1980-01-01', phone: '+34600000001' }
  const at = (id: string) => ({ headers: { 'X-OneForge-Location': id } })

  beforeAll(async () => {
    owner = await system.register({ template: 'hospital' })
    north = (await owner.post('/locations', { name: 'North' })).id
    south = (await owner.post('/locations', { name: 'South' })).id
    expect((await owner.patch('/objects/patients', { located: true })).located).toBe(true)
    await defineRole(system, owner.tenantId, 'clerk', { objects: { '*': { create: 'all', read: 'all' } } })
    clerk = await addMember(system, owner.tenantId, ['clerk'])
    const roles = [{ key: 'clerk', locationId: south }]
    await owner.put(`/access/members/${clerk.userId}/roles`, { roles })
  })

  it('belong to the location that their maker is at', async () => {
    const made = async (who: ApiClient, body: object, options = {}) =>
      (await who.call('POST', '/patients', { ...patient, ...body }, options)).locationId
    expect(await made(owner, {})).toBeNull()
    expect(await made(owner, {}, at(north))).toBe(north)
    expect(await made(owner, { locationId: south }, at(north))).toBe(south)
    expect(await made(owner, { locationId: null }, at(north))).toBeNull()
    expect(await made(clerk, {})).toBe(south)
    const { data } = await owner.send('POST', '/patients/bulk', { records: [patient] }, at(north))
    expect((await owner.get(`/patients/${data.results[0].id}`)).locationId).toBe(north)
    const doctor = await owner.call('POST', '/doctors', { full_name: 'Doc' }, at(north))
    expect(doctor.locationId).toBeNull()
  })

  it('belong to locations of the workspace that are in use', async () => {
    const { id: closed } = await owner.post('/locations', { name: 'Closed' })
    const record = await owner.post('/patients', { ...patient, locationId: closed })
    await owner.patch(`/locations/${closed}`, { active: false })
    for (const locationId of [nowhere, closed]) {
      const wrong = [{ field: 'locationId' }]
      expect((await owner.send('POST', '/patients', { ...patient, locationId })).error.details).toMatchObject(wrong)
      const other = await owner.post('/patients', patient)
      expect((await owner.send('PATCH', `/patients/${other.id}`, { locationId })).error.details).toMatchObject(wrong)
      const { data } = await owner.send('PATCH', '/patients/bulk', { ids: [other.id], updates: { locationId } })
      expect(data.results[0].error.details).toMatchObject(wrong)
      expect((await owner.send('GET', '/patients', undefined, at(locationId))).error.details).toMatchObject([
        { field: 'X-OneForge-Location' },
      ])
      await owner.delete(`/patients/${other.id}`)
    }
    // What belongs there already stays as it is, and can be changed otherwise.
    expect(
      (await owner.patch(`/patients/${record.id}`, { ...patient, full_name: 'Eva', locationId: closed })).locationId,
    ).toBe(closed)
    await owner.delete(`/patients/${record.id}`)
  })

  it('are what is listed, counted, found, summed and exported at a location', async () => {
    const seen = async (id: string) => ({
      list: (await owner.send('GET', '/patients?limit=200', undefined, at(id))).data.map((one: Json) => one.locationId),
      total: (await owner.send('GET', '/patients', undefined, at(id))).body.pagination.total,
      count: (await owner.send('POST', '/patients/count', {}, at(id))).data.count,
      search: (await owner.send('GET', '/search?q=ana&limit=50', undefined, at(id))).data.length,
      found: (await owner.send('GET', '/patients/search?q=ana&limit=50', undefined, at(id))).data.length,
      sum: (await owner.send('POST', '/patients/aggregate', { measures: [{ op: 'count' }] }, at(id))).data[0].count,
      exported:
        (await owner.send('GET', `/patients/export?X-OneForge-Location=${id}`)).text.trim().split('\n').length - 1,
    })
    expect(await seen(north)).toEqual({
      list: [north, north],
      total: 2,
      count: 2,
      search: 2,
      found: 2,
      sum: 2,
      exported: 2,
    })
    expect(await seen(south)).toEqual({
      list: [south, south],
      total: 2,
      count: 2,
      search: 2,
      found: 2,
      sum: 2,
      exported: 2,
    })
    expect((await owner.get('/patients')).length).toBeGreaterThan(4)
    // A doctor belongs to no location, and so to each of them.
    expect((await owner.send('GET', '/doctors', undefined, at(south))).data).toHaveLength(1)
    const { data: workspace } = await owner.send('GET', '/workspace', undefined, at(south))
    expect(workspace.objects.map((one: Json) => one.recordCount)).toEqual(workspace.objects.map(() => null))
  })

  it('keep a location from being deleted, as people and networks do', async () => {
    expect((await owner.send('DELETE', `/locations/${north}`)).error.message).toContain('records')
    expect((await owner.send('DELETE', `/locations/${south}`)).error.message).toContain('roles of people')
    const { id } = await owner.post('/locations', { name: 'East' })
    const { id: rule } = await owner.post('/networks', { network: '10.0.0.0/8', locationId: id })
    expect((await owner.send('DELETE', `/locations/${id}`)).error.message).toContain('networks')
    await owner.delete(`/networks/${rule}`)
    expect((await owner.send('DELETE', `/locations/${id}`)).status).toBe(204)
    expect((await owner.get('/locations')).find((one: Json) => one.id === south).memberCount).toBe(1)
  })
})
