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
    expect((await give([{ key: 'doctor' }])).status).toBe(200)
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
