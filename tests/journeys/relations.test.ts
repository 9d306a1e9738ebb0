/** Links between records, from either side. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { addMember, defineRole, type RunningSystem, startSystem } from '../server.ts'

let system: RunningSystem
let client: ApiClient
let ann: Json
let hall: Json
let moss: Json

const nowhere = '01890000-0000-7000-8000-000000000000'
const idsOf = (records: Json[]): string[] => records.map((record) => record.id).sort()

beforeAll(async () => {
  system = await startSystem()
  client = await system.register({ template: 'hospital' })
})
beforeEach(async () => {
  hall = await client.post('/doctors', { full_name: 'Grace Hall' })
  moss = await client.post('/doctors', { full_name: 'Tom Moss' })
  const person = { full_name: 'Ann Lee', date_of_birth: '1980-04-30', phone: '+14155550123' }
  ann = await client.post('/patients', { ...person, primary_doctor: hall.id })
})
afterAll(() => system.stop())

const doctorOf = async (id: string): Promise<string | null> =>
  (await client.get(`/patients/${id}`)).primary_doctor?.id ?? null

describe('include', () => {
  it('puts related records in the place of references, from either side and over several steps', async () => {
    const visit = await client.post('/appointments', {
      patient: ann.id,
      doctor: moss.id,
      appointment_date: '2026-12-01T09:00:00Z',
      reason: 'Cough',
    })
    const one = await client.get(`/patients/${ann.id}?include=primary_doctor,appointments.doctor`)
    expect(one.primary_doctor).toEqual(await client.get(`/doctors/${hall.id}`))
    expect(one.appointments).toMatchObject([
      { id: visit.id, reason: 'Cough', doctor: { id: moss.id, full_name: 'Tom Moss' } },
    ])
    const [listed] = await client.get(`/patients?id=${ann.id}&include=primary_doctor.patients`)
    expect(idsOf(listed.primary_doctor.patients)).toEqual([ann.id])
    const ben = await client.post('/patients', {
      full_name: 'Ben Ode',
      date_of_birth: '1980-04-30',
      phone: '+14155550123',
      primary_doctor: hall.id,
    })
    const both = await client.get(`/patients?id=${ann.id},${ben.id}&include=primary_doctor.patients`)
    for (const { primary_doctor } of both) expect(idsOf(primary_doctor.patients)).toEqual([ann.id, ben.id].sort())
    await client.delete(`/doctors/${hall.id}`)
    expect((await client.get(`/patients/${ann.id}?include=primary_doctor`)).primary_doctor).toBeNull()
    expect((await client.get(`/patients/${ann.id}`)).primary_doctor).toBeNull()
  })

  it.each([
    'nothing',
    'full_name',
    'primary_doctor.nothing',
    `${'primary_doctor.patients.'.repeat(4)}primary_doctor`,
    'constructor',
  ])('refuses %s', async (include) => {
    for (const path of [`/patients/${ann.id}`, '/patients']) {
      const answer = await client.send('GET', `${path}?include=${include}`)
      expect([answer.status, answer.error?.details[0]?.field]).toEqual([400, 'include'])
    }
  })
})

describe('an include that would multiply', () => {
  it('is refused before it fills the memory', async () => {
    const relation = { object: 'peers', many: true, inverse: { key: 'peers_of', label: 'Peers of', many: true } }
    await client.post('/objects', {
      slug: 'peers',
      label: 'Peer',
      labelPlural: 'Peers',
      fields: [
        { key: 'name', label: 'Name', type: 'text' },
        { key: 'peers', label: 'Peers', type: 'relation', relation },
      ],
    })
    const records = Array.from({ length: 30 }, (_, n) => ({ name: `Peer ${n}` }))
    const { results } = await client.post('/peers/bulk', { records })
    const ids = idsOf(results)
    await client.patch('/peers/bulk', { ids, updates: { peers: ids } })
    expect((await client.get('/peers?include=peers'))[0].peers).toHaveLength(30)
    const refused = await client.send('GET', '/peers?limit=30&include=peers.peers.peers')
    expect([refused.status, refused.error?.details[0]?.field]).toEqual([400, 'include'])
  })
})

describe('a link', () => {
  it('is made and taken away from either side', async () => {
    await client.put(`/patients/${ann.id}/links/primary_doctor/${moss.id}`)
    expect(await doctorOf(ann.id)).toBe(moss.id)
    expect(idsOf(await client.get(`/doctors/${moss.id}/links/patients`))).toEqual([ann.id])
    expect(await client.get(`/doctors/${hall.id}/links/patients`)).toEqual([])
    await client.put(`/doctors/${hall.id}/links/patients/${ann.id}`)
    expect(await doctorOf(ann.id)).toBe(hall.id)
    await client.delete(`/doctors/${hall.id}/links/patients/${ann.id}`)
    expect(await doctorOf(ann.id)).toBeNull()
    expect((await client.send('DELETE', `/doctors/${hall.id}/links/patients/${ann.id}`)).status).toBe(404)
  })

  it('made twice is there once', async () => {
    for (let n = 0; n < 2; n++) await client.put(`/patients/${ann.id}/links/primary_doctor/${hall.id}`)
    const answer = await client.send('GET', `/doctors/${hall.id}/links/patients`)
    expect(answer.body.pagination).toMatchObject({ page: 1, total: 1 })
    expect((await client.get(`/patients/${ann.id}/history`)).map((entry: Json) => entry.action)).toEqual(['created'])
  })

  it('shows in the history of both records', async () => {
    await client.put(`/patients/${ann.id}/links/primary_doctor/${moss.id}`)
    const [patient] = await client.get(`/patients/${ann.id}/history`)
    expect(patient).toMatchObject({ action: 'linked', changes: [{ field: 'primary_doctor', after: [moss.id] }] })
    const [doctor] = await client.get(`/doctors/${moss.id}/history`)
    expect(doctor).toMatchObject({ action: 'linked', changes: [{ field: 'patients', after: [ann.id] }] })
  })

  it('moves the version of the record whose field it is, so that a stale edit cannot undo it', async () => {
    await client.put(`/patients/${ann.id}/links/primary_doctor/${moss.id}`)
    const stale = await client.send('PUT', `/patients/${ann.id}`, ann, { headers: { 'if-match': `"${ann.version}"` } })
    expect(stale.status).toBe(409)
    expect(stale.error.current.primary_doctor.id).toBe(moss.id)
  })

  it.each([
    ['GET', (id: string) => `/patients/${id}/links/nothing`, 404],
    ['PUT', (id: string) => `/patients/${id}/links/nothing/${nowhere}`, 404],
    ['PUT', (id: string) => `/patients/${id}/links/primary_doctor/${nowhere}`, 404],
    ['PUT', (id: string) => `/patients/${id}/links/primary_doctor/${id}`, 404],
    ['PUT', (id: string) => `/patients/${nowhere}/links/primary_doctor/${id}`, 404],
    ['PUT', (id: string) => `/patients/${id}/links/primary_doctor/no-id`, 404],
    ['DELETE', (id: string) => `/patients/${id}/links/primary_doctor/${nowhere}`, 404],
  ])('%s %s is refused', async (method, path, status) => {
    expect((await client.send(method, path(ann.id))).status).toBe(status)
  })

  it('by 20 at once from the other side ends with one', async () => {
    const doctors = await Promise.all(
      Array.from({ length: 20 }, (_, n) => client.post('/doctors', { full_name: `Doctor ${n}` })),
    )
    const answers = await Promise.all(
      doctors.map((doctor) => client.send('PUT', `/doctors/${doctor.id}/links/patients/${ann.id}`)),
    )
    expect(answers.filter((answer) => ![204, 409].includes(answer.status))).toEqual([])
    const linked = await Promise.all(doctors.map((doctor) => client.get(`/doctors/${doctor.id}/links/patients`)))
    expect(linked.flat()).toHaveLength(1)
  })
})

describe('a link that only one may have', () => {
  it('is taken only from records that the caller may change', async () => {
    const relation = { object: 'desks', inverse: { key: 'clerk', label: 'Clerk', many: false } }
    const name = { key: 'name', label: 'Name', type: 'text' }
    await client.post('/objects', { slug: 'desks', label: 'Desk', labelPlural: 'Desks', fields: [name] })
    const fields = [name, { key: 'desk', label: 'Desk', type: 'relation', relation }]
    await client.post('/objects', { slug: 'clerks', label: 'Clerk', labelPlural: 'Clerks', fields })
    const own = { create: 'own', read: 'own', update: 'own' } as const
    await defineRole(system, client.tenantId, 'clerk', { objects: { desks: { read: 'all' }, clerks: own } })
    const member = await addMember(system, client.tenantId, ['clerk'])
    const desk = await client.post('/desks', { name: 'Desk' })
    const theirs = await client.post('/clerks', { name: 'theirs', desk: desk.id })
    const mine = await member.post('/clerks', { name: 'mine' })
    expect((await member.send('PUT', `/clerks/${mine.id}/links/desk/${desk.id}`)).status).toBe(409)
    expect((await client.get(`/clerks/${theirs.id}`)).desk.id).toBe(desk.id)
    await client.put(`/clerks/${mine.id}/links/desk/${desk.id}`)
    expect((await client.get(`/clerks/${theirs.id}`)).desk).toBeNull()
  })
})

describe('a required relation', () => {
  it('cannot be emptied from either side, but may change', async () => {
    const visit = { patient: ann.id, doctor: moss.id, appointment_date: '2026-12-01T09:00:00Z', reason: 'Cough' }
    const { id } = await client.post('/appointments', visit)
    for (const path of [
      `/appointments/${id}/links/patient/${ann.id}`,
      `/patients/${ann.id}/links/appointments/${id}`,
    ]) {
      const answer = await client.send('DELETE', path)
      expect([answer.status, answer.error?.message]).toEqual([409, expect.stringContaining('“patient”')])
    }
    expect((await client.get(`/appointments/${id}`)).patient.id).toBe(ann.id)
    const ben = await client.post('/patients', { full_name: 'Ben', date_of_birth: '1980-04-30', phone: '+14155550124' })
    expect((await client.send('PUT', `/appointments/${id}/links/patient/${ben.id}`)).status).toBe(204)
    expect((await client.get(`/appointments/${id}`)).patient.id).toBe(ben.id)
  })
})

describe('deleting a record that others point at', () => {
  const other = (rule: string, key: string) => ({
    key: 'hub',
    label: 'Hub',
    type: 'relation',
    relation: { object: 'hubs', inverse: { key, label: key }, onDelete: rule },
  })
  const name = { key: 'name', label: 'Name', type: 'text' }

  beforeAll(async () => {
    await client.post('/objects', { slug: 'hubs', label: 'Hub', labelPlural: 'Hubs', fields: [name] })
    for (const [slug, rule] of [
      ['keepers', 'keep'],
      ['clearers', 'clear'],
      ['followers', 'cascade'],
      ['guards', 'refuse'],
    ] as const) {
      await client.post('/objects', {
        slug,
        label: slug,
        labelPlural: slug,
        fields: [name, other(rule, `its_${slug}`)],
      })
    }
  })

  it('follows the rule of each relation', async () => {
    const hub = await client.post('/hubs', { name: 'Hub' })
    const made = async (slug: string): Promise<Json> => client.post(`/${slug}`, { name: slug, hub: hub.id })
    const [keeper, clearer, follower, guard] = [
      await made('keepers'),
      await made('clearers'),
      await made('followers'),
      await made('guards'),
    ]
    const refused = await client.send('DELETE', `/hubs/${hub.id}`)
    expect([refused.status, refused.error?.message]).toEqual([409, expect.stringContaining('guards')])
    const inBulk = await client.send('DELETE', '/hubs/bulk', { ids: [hub.id] })
    expect(inBulk.data).toMatchObject({ deleted: 0, failed: 1 })
    expect((await client.get(`/followers/${follower.id}`)).hub.id).toBe(hub.id)

    await client.delete(`/guards/${guard.id}`)
    await client.delete(`/hubs/${hub.id}`)
    expect((await client.get(`/keepers/${keeper.id}`)).hub).toBeNull()
    expect(await client.get(`/clearers/${clearer.id}`)).toMatchObject({ hub: null, version: clearer.version + 1 })
    expect((await client.get(`/clearers/${clearer.id}/history`))[0].action).toBe('unlinked')
    expect((await client.send('GET', `/followers/${follower.id}`)).status).toBe(404)
    await client.post(`/hubs/${hub.id}/restore`, {})
    expect((await client.get(`/keepers/${keeper.id}`)).hub.id).toBe(hub.id)
    expect((await client.get(`/clearers/${clearer.id}`)).hub).toBeNull()
  })

  it('comes to an end where they point at each other in a circle', async () => {
    const relation = { object: 'nodes', inverse: { key: 'followers', label: 'Followers' }, onDelete: 'cascade' }
    await client.post('/objects', {
      slug: 'nodes',
      label: 'Node',
      labelPlural: 'Nodes',
      fields: [name, { key: 'next', label: 'Next', type: 'relation', relation }],
    })
    const last = await client.post('/nodes', { name: 'last' })
    const middle = await client.post('/nodes', { name: 'middle', next: last.id })
    const first = await client.post('/nodes', { name: 'first', next: middle.id })
    await client.patch(`/nodes/${last.id}`, { next: first.id })
    await client.post('/nodes', { name: 'apart' })
    await client.delete(`/nodes/${middle.id}`)
    expect((await client.get('/nodes')).map((node: Json) => node.name)).toEqual(['apart'])
    expect(await client.post('/nodes/count', {})).toEqual({ count: 1 })
  })
})
