/** Why somebody may do what they may, what a change would do, teams, and looking with somebody else's eyes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiClient, Json } from '../../../tests/client.ts'
import { addMember, defineRole, type RunningSystem, startSystem } from '../../../tests/server.ts'

let system: RunningSystem
let owner: ApiClient
let nurse: ApiClient
let hers: Json
let others: Json

const person = { date_of_birth: '1980-01-01', phone: '+14155550123' }
const critical = { scope: 'all', filter: { field: 'smoker', op: 'eq', value: true } }

beforeAll(async () => {
  system = await startSystem()
  owner = await system.register({ template: 'hospital' })
  await defineRole(system, owner.tenantId, 'ward', {
    objects: { patients: { read: 'own', update: 'own', fields: { national_id: 'hidden', notes: 'read' } } },
  })
  await defineRole(system, owner.tenantId, 'watch', { objects: { patients: { read: critical } } })
  nurse = await addMember(system, owner.tenantId, ['ward', 'watch'])
  hers = await owner.post('/patients', { ...person, full_name: 'Hers', ownerId: nurse.userId })
  others = await owner.post('/patients', { ...person, full_name: 'Smoker', smoker: true })
})
afterAll(() => system.stop())

const ward = { kind: 'role', key: 'ward', label: 'ward', locations: null }
const watch = { kind: 'role', key: 'watch', label: 'watch', locations: null }

describe('an explanation', () => {
  it('names the role and the rule by which a record is seen', async () => {
    const { actions, record, user } = await owner.get(`/patients/${hers.id}/access?user=${nurse.userId}`)
    expect(record).toEqual({ id: hers.id, object: 'patients', title: 'Hers' })
    expect(user.id).toBe(nurse.userId)
    expect(actions.read).toEqual({
      allowed: true,
      granted: expect.arrayContaining([
        { scope: 'own', filter: null, by: ward, matches: true },
        { ...critical, by: watch, matches: false },
      ]),
      denied: [],
    })
    expect(actions.update.allowed).toBe(true)
    expect(actions.delete).toEqual({ allowed: false, granted: [], denied: [] })
    const smoker = await owner.get(`/patients/${others.id}/access?user=${nurse.userId}`)
    expect(smoker.actions.read.granted).toContainEqual({ ...critical, by: watch, matches: true })
    expect(smoker.actions.update).toMatchObject({ allowed: false, granted: [{ by: ward, matches: false }] })
  })

  it('names who shows a field, and the denial that takes it away', async () => {
    const path = `/access/members/${nurse.userId}/exceptions`
    const deny = { effect: 'deny', kind: 'field', object: 'patients', field: 'phone', access: 'hidden' }
    const { id } = await owner.post(path, deny)
    const { fields } = await nurse.get(`/patients/${hers.id}/access`)
    const field = (key: string) => fields.find((one: Json) => one.key === key)
    // The other role, which shows it to be written, does not grant this record.
    expect(field('notes')).toMatchObject({ access: 'read', by: [ward], limitedBy: null })
    expect(field('full_name')).toMatchObject({ access: 'write', by: [ward], limitedBy: null })
    const smoker = await nurse.get(`/patients/${others.id}/access`)
    const there = smoker.fields.find((one: Json) => one.key === 'notes')
    expect(there).toMatchObject({ access: 'write', by: [watch], limitedBy: null })
    expect(field('phone')).toMatchObject({ access: 'hidden', limitedBy: { kind: 'exception', id } })
    await owner.delete(`${path}/${id}`)
  })

  it('is for those who see the record, and of others for administrators', async () => {
    expect((await nurse.send('GET', `/patients/${hers.id}/access?user=${owner.userId}`)).status).toBe(403)
    const stranger = await addMember(system, owner.tenantId, ['ward'])
    expect((await stranger.send('GET', `/patients/${hers.id}/access`)).status).toBe(404)
    expect((await owner.send('GET', `/patients/${hers.id}/access?user=nobody`)).status).toBe(404)
  })
})

describe('the effective rights of a person', () => {
  it('say what they come from', async () => {
    const effective = await nurse.get(`/access/members/${nurse.userId}/effective`)
    expect(effective.admin).toEqual([])
    const patients = effective.objects.find((one: Json) => one.object === 'patients')
    expect(patients.actions.read).toMatchObject({ allowed: true, unlimited: false })
    expect(patients.actions.update).toMatchObject({ allowed: true, granted: [{ scope: 'own', by: ward }] })
    expect(patients.actions.create).toMatchObject({ allowed: false })
    expect((await nurse.send('GET', `/access/members/${owner.userId}/effective`)).status).toBe(403)
    const all = await owner.get(`/access/members/${owner.userId}/effective`)
    expect(all.admin).toContainEqual({ permission: 'roles', by: [expect.objectContaining({ key: 'owner' })] })
    expect(all.objects.length).toBeGreaterThan(5)
  })

  it('tell of fields that some records show and others do not', async () => {
    const { objects } = await owner.get(`/access/members/${nurse.userId}/effective`)
    const { fields } = objects.find((one: Json) => one.object === 'patients')
    const field = (key: string) => fields.find((one: Json) => one.key === key)
    expect(field('notes')).toMatchObject({ least: 'read', access: 'write' })
    expect(field('full_name')).toMatchObject({ least: 'write', access: 'write' })
  })

  it('tell administrators of an object that an exception takes away, and the person nothing', async () => {
    const path = `/access/members/${nurse.userId}/exceptions`
    const { id } = await owner.post(path, {
      effect: 'deny',
      kind: 'action',
      object: 'patients',
      action: 'read',
      scope: 'all',
    })
    const slugs = ({ objects }: Json) => objects.map(({ object }: Json) => object)
    const told = await owner.get(`/access/members/${nurse.userId}/effective`)
    const patients = told.objects.find((one: Json) => one.object === 'patients')
    expect(patients.actions.read).toMatchObject({ allowed: false, denied: [{ by: { kind: 'exception', id } }] })
    expect(patients.actions.update).toMatchObject({ allowed: false, granted: [{ by: ward }], denied: [] })
    expect(slugs(await nurse.get(`/access/members/${nurse.userId}/effective`))).not.toContain('patients')
    await owner.delete(`${path}/${id}`)
  })
})

describe('a preview', () => {
  it('counts the records and names the fields that members would gain and lose', async () => {
    const { members, totalMembers } = await owner.post('/access/roles/ward/preview', {
      objects: { patients: { read: 'all', fields: { notes: 'hidden' } }, doctors: { read: 'all' } },
    })
    expect(totalMembers).toBe(2)
    const hers = members.find((one: Json) => one.userId === nurse.userId)
    const patients = hers.objects.find((one: Json) => one.object === 'patients')
    expect(patients.actions).toEqual([{ action: 'update', right: 'lost', gained: 0, lost: 1, capped: false }])
    const doctors = hers.objects.find((one: Json) => one.object === 'doctors')
    expect(doctors.actions).toEqual([{ action: 'read', right: 'gained', gained: 0, lost: 0, capped: false }])
    expect(doctors.fields.gained).toContainEqual({ key: 'full_name', access: 'write' })
    const alone = members.find((one: Json) => one.userId !== nurse.userId)
    const gained = alone.objects.find((one: Json) => one.object === 'patients')
    expect(gained.actions).toContainEqual({ action: 'read', right: null, gained: 2, lost: 0, capped: false })
    expect(gained.fields.gained).toContainEqual({ key: 'national_id', access: 'write' })
    expect(gained.fields.lost).toEqual([{ key: 'notes', access: 'hidden' }])
  })

  it('changes nothing, and says so of a change that is none', async () => {
    const { objects } = await owner.get('/access/roles/ward')
    expect(objects.patients.read).toBe('own')
    expect(await owner.post('/access/roles/ward/preview', {})).toMatchObject({ members: [] })
  })

  it('shows what other roles would do to one member', async () => {
    const { members } = await owner.post(`/access/members/${nurse.userId}/preview`, { roles: [{ key: 'ward' }] })
    expect(members[0].objects[0].actions).toEqual([{ action: 'read', right: null, gained: 0, lost: 1, capped: false }])
  })
})

describe('teams', () => {
  it('stand in a hierarchy without circles', async () => {
    const above = await owner.post('/access/teams', { name: 'Above' })
    const below = await owner.post('/access/teams', { name: 'Below', parentId: above.id })
    expect(below).toMatchObject({ parentId: above.id, members: [], memberCount: 0 })
    const asks = (method: string, path: string, body?: object) =>
      owner.send(method, `/access/teams/${path}`, body).then(({ status }) => status)
    expect(await asks('PATCH', above.id, { parentId: below.id })).toBe(400)
    expect(await asks('PATCH', above.id, { parentId: above.id })).toBe(400)
    expect(await asks('DELETE', above.id)).toBe(409)
    expect((await owner.send('POST', '/access/teams', { name: 'Below', parentId: above.id })).status).toBe(409)
    expect(await asks('PUT', `${below.id}/members`, { userIds: [hers.id] })).toBe(400)
    expect(await asks('PUT', `${below.id}/members`, { userIds: [nurse.userId] })).toBe(200)
    expect(await nurse.get('/access/teams')).toMatchObject([
      { name: 'Above', memberCount: 0 },
      { name: 'Below', members: [{ userId: nurse.userId }] },
    ])
    expect((await nurse.send('POST', '/access/teams', { name: 'Mine' })).status).toBe(403)
    expect(await asks('DELETE', below.id)).toBe(204)
    expect(await asks('DELETE', above.id)).toBe(204)
  })
})

describe('viewing as somebody else', () => {
  it('begins and ends with an audit entry, as does every read between', async () => {
    const { name, roles } = await owner.post('/access/view-as', { userId: nurse.userId })
    expect(roles.map((role: Json) => role.key)).toEqual(['ward', 'watch'])
    expect(name).toBe('Member as ward and watch')
    const as = { headers: { 'x-oneforge-view-as': nurse.userId } }
    const seen = await owner.send('GET', '/patients?sort=full_name', undefined, as)
    expect(seen.data.map((record: Json) => record.full_name)).toEqual(['Hers', 'Smoker'])
    expect(seen.headers.get('x-oneforge-view-as')).toBe(nurse.userId)
    expect((await owner.send('DELETE', `/patients/${hers.id}`, undefined, as)).error.message).toContain('only reads')
    expect((await owner.send('DELETE', '/access/view-as')).status).toBe(204)
    const rows = await system.sql<{ action: string; actor_id: string; changes: Json }>(
      `select action, actor_id, changes from audit_entries where tenant_id = $1 and action like 'view_as.%' order by at`,
      [owner.tenantId],
    )
    expect(rows.map((row) => row.action)).toEqual(['view_as.started', 'view_as.read', 'view_as.ended'])
    expect(rows[1]).toMatchObject({
      actor_id: owner.userId,
      changes: { user: nurse.userId, operation: 'records.list' },
    })
  })
})
