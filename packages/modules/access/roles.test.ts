/** Roles of the tenant, what members hold beside them, and who is kept from doing what, over HTTP. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiClient } from '../../../tests/client.ts'
import { addMember, defineRole, type RunningSystem, startSystem } from '../../../tests/server.ts'

let system: RunningSystem
let owner: ApiClient

beforeAll(async () => {
  system = await startSystem()
  owner = await system.register({ name: 'Olga Owner', template: 'hospital' })
})
afterAll(() => system.stop())

const patients = { create: 'all', read: 'all', update: 'own' }

describe('roles', () => {
  it('are listed with what they allow and how many hold them', async () => {
    const roles = await owner.get('/access/roles')
    expect(roles.map((role: { key: string }) => role.key)).toEqual(
      expect.arrayContaining(['owner', 'admin', 'doctor', 'nurse']),
    )
    expect(roles[0]).toMatchObject({ key: 'owner', members: 1, admin: ['*'], depth: null, forbiddenPaths: [] })
  })

  it('are made, copied, changed and removed', async () => {
    const ward = await owner.call('POST', '/access/roles', { label: 'Ward clerk', objects: { patients } })
    expect(ward).toMatchObject({ key: 'ward_clerk', label: 'Ward clerk', objects: { patients }, members: 0 })
    const again = await owner.call('POST', '/access/roles', { label: 'Ward clerk', copyOf: 'ward_clerk' })
    expect(again).toMatchObject({ key: 'ward_clerk_2', objects: { patients } })
    const changed = await owner.call('PATCH', '/access/roles/ward_clerk', {
      depth: 1,
      forbiddenPaths: ['patients.primary_doctor.department'],
      description: 'Keeps the list',
    })
    expect(changed).toMatchObject({ depth: 1, description: 'Keeps the list', objects: { patients } })
    expect(changed.version).toBeGreaterThan(ward.version)
    expect(await owner.call('PATCH', '/access/roles/ward_clerk', { depth: null })).toMatchObject({ depth: null })
    for (const key of ['ward_clerk', 'ward_clerk_2']) {
      expect((await owner.send('DELETE', `/access/roles/${key}`)).status).toBe(204)
      expect((await owner.send('GET', `/access/roles/${key}`)).status).toBe(404)
    }
  })

  it.each([
    [{ objects: { patience: { read: 'all' } } }, 'objects.patience'],
    [{ objects: { patients: { update: 'all' } } }, 'objects.patients.update'],
    [{ objects: { patients: { read: 'most' } } }, 'objects.patients.read'],
    [
      { objects: { patients: { read: { scope: 'all', filter: { field: 'nose', op: 'eq', value: 1 } } } } },
      'objects.patients.read.filter',
    ],
    [{ objects: { patients: { read: 'all', fields: { nose: 'read' } } } }, 'objects.patients.fields.nose'],
    [{ objects: { patients: { read: 'all', relations: { nose: {} } } } }, 'objects.patients.relations.nose'],
    [
      { objects: { patients: { read: 'all', relations: { primary_doctor: { fields: ['nose'] } } } } },
      'objects.patients.relations.primary_doctor.fields',
    ],
    [{ objects: { '*': { read: 'all', fields: { name: 'read' } } } }, 'objects.*.fields'],
    [{ forbiddenPaths: ['patients'] }, 'forbiddenPaths[0]'],
    [{ forbiddenPaths: ['patients.nose'] }, 'forbiddenPaths[0]'],
    [{ admin: ['everything'] }, 'admin.0'],
    [{ depth: 9 }, 'depth'],
  ])('are refused where they cannot be meant: %j', async (rules, field) => {
    const { status, error } = await owner.send('POST', '/access/roles', { label: 'Odd', ...rules })
    expect(status).toBe(400)
    expect(error.details.map((detail) => detail.field)).toContain(field)
  })

  it('in use stay', async () => {
    const { status, error } = await owner.send('DELETE', '/access/roles/owner')
    expect(status).toBe(409)
    expect(error.message).toContain('1 member holds this role')
  })
})

describe('nobody locks themself out', () => {
  it('by changing their own role', async () => {
    const { status, error } = await owner.send('PATCH', '/access/roles/owner', { admin: ['users'] })
    expect(status).toBe(409)
    expect(error.message).toContain('“roles”')
    expect((await owner.get('/access/roles/owner')).admin).toEqual(['*'])
  })

  it('by giving their roles away', async () => {
    const { status } = await owner.send('PUT', `/access/members/${owner.userId}/roles`, { roles: [{ key: 'nurse' }] })
    expect(status).toBe(409)
  })

  it('by an exception', async () => {
    const { status } = await owner.send('POST', `/access/members/${owner.userId}/exceptions`, {
      effect: 'deny',
      kind: 'admin',
      permission: 'users',
    })
    expect(status).toBe(409)
  })

  it('nor all others: somebody administers both users and roles', async () => {
    const workspace = await system.register({ template: 'blank' })
    await defineRole(system, workspace.tenantId, 'people', { objects: {}, admin: ['users', 'objects'] })
    const people = await addMember(system, workspace.tenantId, ['people'])
    // The owner's permissions are beyond those of who administers users only.
    const taken = await people.send('PUT', `/access/members/${workspace.userId}/roles`, { roles: [{ key: 'people' }] })
    expect(taken.status).toBe(403)
    expect((await workspace.send('GET', '/access/roles')).status).toBe(200)
  })
})

describe('administrative permissions', () => {
  it('pass only from those who have them', async () => {
    await defineRole(system, owner.tenantId, 'hr', { objects: {}, admin: ['users'] })
    await defineRole(system, owner.tenantId, 'architect', { objects: {}, admin: ['roles'] })
    const hr = await addMember(system, owner.tenantId, ['hr'])
    const architect = await addMember(system, owner.tenantId, ['architect'])
    const colleague = await addMember(system, owner.tenantId, ['nurse'])
    const give = (roles: object[]) => hr.send('PUT', `/access/members/${colleague.userId}/roles`, { roles })
    expect((await give([{ key: 'owner' }])).status).toBe(403)
    expect((await give([{ key: 'architect' }])).status).toBe(403)
    expect((await architect.send('POST', '/access/roles', { label: 'Boss', admin: ['*'] })).status).toBe(403)
    expect((await architect.send('POST', '/access/roles', { label: 'Clerk', admin: ['roles'] })).status).toBe(201)
    expect((await architect.send('PATCH', '/access/roles/owner', { admin: ['roles'] })).status).toBe(403)
    expect((await hr.send('POST', '/access/roles', { label: 'Mine' })).status).toBe(403)
    const doctor = { roles: [{ key: 'doctor' }] }
    expect((await architect.send('PUT', `/access/members/${colleague.userId}/roles`, doctor)).status).toBe(403)
    expect((await colleague.send('GET', '/access/roles')).status).toBe(403)
    expect((await colleague.send('GET', '/access/members')).status).toBe(403)
    expect((await hr.send('GET', '/access/roles')).status).toBe(200)
  })
})

describe('rights over records', () => {
  let lead: ApiClient
  let colleague: ApiClient
  const give = (roles: object[]) => lead.send('PUT', `/access/members/${colleague.userId}/roles`, { roles })
  const grant = (exception: object) =>
    lead.send('POST', `/access/members/${colleague.userId}/exceptions`, { effect: 'grant', ...exception })

  beforeAll(async () => {
    const north = await owner.post('/locations', { name: 'Wing' })
    const patients = (read: unknown, more: object = {}) => ({ objects: { patients: { read, ...more } } })
    for (const [key, role] of Object.entries({
      leading: { ...patients('team', { update: 'own', fields: { notes: 'hidden' } }), admin: ['users', 'settings'] },
      narrower: patients('own', { fields: { notes: 'hidden' } }),
      wider: patients('all', { fields: { notes: 'hidden' } }),
      open: patients('own'),
      smokers: patients(
        { scope: 'own', filter: { field: 'smoker', op: 'eq', value: true } },
        { fields: { notes: 'hidden', phone: 'read' } },
      ),
      doing: patients('own', { delete: 'own', fields: { notes: 'hidden' } }),
    })) {
      await defineRole(system, owner.tenantId, key, role as Parameters<typeof defineRole>[3])
    }
    lead = await addMember(system, owner.tenantId, ['leading'])
    colleague = await addMember(system, owner.tenantId, ['narrower'])
    await owner.post('/access/teams', { name: `Wing ${north.id}` })
  })

  it.each([
    ['narrower', 200],
    ['smokers', 200],
    ['wider', 403],
    ['open', 403],
    ['doing', 403],
    ['doctor', 403],
  ])('%s: %i from who holds some of them', async (key, status) => {
    expect((await give([{ key: 'narrower' }, { key }])).status).toBe(status)
    const invitation = { email: `${key}@example.com`, roles: [key] }
    expect((await lead.send('POST', '/members/invitations', invitation)).status).toBe(status === 200 ? 201 : status)
    expect((await lead.send('POST', '/api-keys', { name: key, roles: [key] })).status).toBe(
      status === 200 ? 201 : status,
    )
  })

  it('that somebody has already may be kept and taken by who does not hold them', async () => {
    await owner.put(`/access/members/${colleague.userId}/roles`, { roles: [{ key: 'wider' }] })
    expect((await give([{ key: 'wider' }, { key: 'narrower' }])).status).toBe(200)
    expect((await give([{ key: 'narrower' }])).status).toBe(200)
  })

  it('pass by exceptions as far as they are held', async () => {
    const action = { kind: 'action', object: 'patients', action: 'read' }
    expect((await grant({ ...action, scope: 'own' })).status).toBe(201)
    expect((await grant({ ...action, scope: 'all' })).status).toBe(403)
    expect((await grant({ kind: 'field', object: 'patients', field: 'phone', access: 'write' })).status).toBe(201)
    expect((await grant({ kind: 'field', object: 'patients', field: 'notes', access: 'read' })).status).toBe(403)
    expect((await grant({ kind: 'relation', object: 'appointments', relation: 'patient' })).status).toBe(403)
    const deny = { effect: 'deny', kind: 'field', object: 'patients', field: 'notes', access: 'hidden' }
    expect((await grant(deny)).status).toBe(201)
  })
})

describe('an owner', () => {
  it('is left, whoever else administers', async () => {
    const workspace = await system.register({ template: 'blank' })
    const second = await addMember(system, workspace.tenantId, ['admin'])
    await workspace.put(`/access/members/${second.userId}/roles`, { roles: [{ key: 'owner' }] })
    const path = `/access/members/${workspace.userId}/roles`
    expect((await workspace.send('PUT', path, { roles: [{ key: 'admin' }] })).status).toBe(200)
    const last = `/access/members/${second.userId}/roles`
    const { status, error } = await second.send('PUT', last, { roles: [{ key: 'admin' }] })
    expect([status, error.details[0]?.message]).toEqual([409, 'LAST_OWNER'])
  })
})

describe('people who are deactivated', () => {
  it('get no records and stand in no fields', async () => {
    const workspace = await system.register({ template: 'blank' })
    const gone = await addMember(system, workspace.tenantId, ['member'])
    const user = { key: 'keeper', label: 'Keeper', type: 'user' }
    const fields = [{ key: 'name', label: 'Name', type: 'text' }, user]
    await workspace.post('/objects', { slug: 'keys', label: 'Key', labelPlural: 'Keys', fields })
    const kept = await workspace.post('/keys', {
      name: 'Kept',
      keeper: gone.userId,
      ownerId: gone.userId.toUpperCase(),
    })
    expect(kept).toMatchObject({ keeper: gone.userId, ownerId: gone.userId })
    await workspace.send('POST', `/members/${gone.userId}/deactivate`)
    for (const field of ['keeper', 'ownerId']) {
      const made = await workspace.send('POST', '/keys', { name: 'New', [field]: gone.userId })
      expect([made.status, made.error?.details[0]?.field]).toEqual([400, field])
    }
    // What stands there already may stay.
    const same = { name: 'Renamed', keeper: gone.userId, ownerId: gone.userId }
    expect((await workspace.send('PATCH', `/keys/${kept.id}`, same)).status).toBe(200)
  })
})

describe('a member', () => {
  it('holds several roles, at locations and everywhere, and exceptions beside them', async () => {
    const person = await addMember(system, owner.tenantId, ['nurse'])
    const path = `/access/members/${person.userId}`
    const { id: location } = await owner.post('/locations', { name: 'North' })
    const roles = [{ key: 'nurse', locationId: location }, { key: 'member' }, { key: 'member' }]
    expect(await owner.call('PUT', `${path}/roles`, { roles })).toMatchObject({
      roles: [
        { key: 'member', locationId: null, label: 'Member' },
        { key: 'nurse', locationId: location },
      ],
      locations: [location],
    })
    expect((await owner.send('PUT', `${path}/roles`, { roles: [{ key: 'pilot' }] })).error.details).toEqual([
      { field: 'roles[0].key', message: '“pilot” is not a role of this workspace' },
    ])
    const exception = await owner.call('POST', `${path}/exceptions`, {
      effect: 'deny',
      kind: 'field',
      object: 'patients',
      field: 'phone',
      access: 'hidden',
      reason: 'A neighbour of many',
    })
    expect(exception).toMatchObject({ effect: 'deny', kind: 'field', field: 'phone', reason: 'A neighbour of many' })
    expect(exception.createdBy).toEqual({ id: owner.userId, name: 'Olga Owner' })
    expect((await owner.get(path)).exceptions).toEqual([exception])
    expect(
      (await owner.get('/access/members')).find((one: { userId: string }) => one.userId === person.userId),
    ).toMatchObject({ exceptions: 1 })
    const wrong = { effect: 'deny', kind: 'field', object: 'patients', field: 'nose', access: 'hidden' }
    expect((await owner.send('POST', `${path}/exceptions`, wrong)).status).toBe(400)
    expect((await owner.send('DELETE', `${path}/exceptions/${exception.id}`)).status).toBe(204)
    expect((await owner.send('DELETE', `${path}/exceptions/${exception.id}`)).status).toBe(404)
  })
})

describe('a role change', () => {
  it('reaches every server with the next request', async () => {
    const second = await startSystem({ sharing: system })
    await defineRole(system, owner.tenantId, 'clerk', { objects: { patients: { read: 'all' } } })
    const clerk = await addMember(system, owner.tenantId, ['clerk'])
    const elsewhere = clerk.at(second.url)
    const seen = async () => [
      (await clerk.send('GET', '/patients')).status,
      (await elsewhere.send('GET', '/patients')).status,
    ]
    expect(await seen()).toEqual([200, 200])
    await owner.call('PATCH', '/access/roles/clerk', { objects: { doctors: { read: 'all' } } })
    expect(await seen()).toEqual([404, 404])
    await owner.at(second.url).call('PATCH', '/access/roles/clerk', { objects: { patients: { read: 'all' } } })
    expect(await seen()).toEqual([200, 200])
    const { id } = await owner.call('POST', `/access/members/${clerk.userId}/exceptions`, {
      effect: 'deny',
      kind: 'action',
      object: 'patients',
      action: 'read',
      scope: 'all',
    })
    expect(await seen()).toEqual([404, 404])
    await owner.at(second.url).send('DELETE', `/access/members/${clerk.userId}/exceptions/${id}`)
    expect(await seen()).toEqual([200, 200])
    await second.stop()
  })
})
