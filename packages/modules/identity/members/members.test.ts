import { defineOperation } from '@oneforge/kernel/operations'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineRole, errorOf, invited, refusalOf, someone, type TestServer, TestWorld } from '../identity.fixture.ts'
import type { SignedIn } from '../sign-in.service.ts'
import type { MemberRow } from './members.store.ts'

let world: TestWorld
let server: TestServer
let other: TestServer
let owner: SignedIn

beforeAll(async () => {
  world = await TestWorld.create()
  server = world.server()
  other = world.server()
})
afterAll(() => world.close())

/** An owner with a workspace of roles `manager` (looks after users) and `clerk` (nothing). */
async function startWorkspace(): Promise<SignedIn> {
  const signedIn = await server.register()
  await defineRole(world, signedIn.tenant.id, 'manager', ['users'])
  await defineRole(world, signedIn.tenant.id, 'clerk')
  return signedIn
}

const call = <T = unknown>(name: string, input: unknown, by: SignedIn, at = server) =>
  at.call<T>(name, input, { token: by.accessToken })
const me = (by: SignedIn, at = server) => refusalOf(call('auth.me', {}, by, at))

/** Answered from what the server remembers of the workspace. */
const nameOfWorkspace = defineOperation({
  name: 'test.nameOfWorkspace',
  kind: 'query',
  summary: 'Tell the name of the workspace',
  tag: 'Test',
  access: 'member',
  input: z.object({}),
  output: z.string(),
  http: { method: 'GET', path: '/name' },
  handler: async ({ model }) => model.name,
})

describe('administering members', () => {
  it('of more power than one has is refused', async () => {
    owner = await startWorkspace()
    const manager = await invited(world, server, owner.accessToken, ['manager'])
    expect(await refusalOf(call('members.deactivate', { id: owner.user.id }, manager))).toBe('403 FORBIDDEN')
    const invite = (roles: string[]) =>
      refusalOf(call('invitations.create', { email: someone().email, roles }, manager))
    expect(await invite(['owner'])).toBe('403 FORBIDDEN')
    expect(await invite(['manager', 'clerk'])).toBe('done')
  })

  it('is for who looks after users, and for members of this workspace', async () => {
    owner = await startWorkspace()
    const clerk = await invited(world, server, owner.accessToken, ['clerk'])
    const stranger = await server.register()
    const attempts = [
      ['members.deactivate', { id: owner.user.id }],
      ['members.reactivate', { id: owner.user.id }],
      ['invitations.create', { email: someone().email, roles: ['clerk'] }],
      ['invitations.list', {}],
    ] as const
    for (const [name, input] of attempts) expect(await refusalOf(call(name, input, clerk))).toBe('403 FORBIDDEN')
    for (const id of [stranger.user.id, 'nobody']) {
      expect(await refusalOf(call('members.deactivate', { id }, owner))).toBe('404 NOT_FOUND')
    }
  })
})

describe('the last owner', () => {
  const lastOwner = { code: 'CONFLICT', details: [{ message: 'LAST_OWNER' }] }

  it('stays', async () => {
    owner = await startWorkspace()
    expect(await refusalOf(call('members.deactivate', { id: owner.user.id }, owner))).toBe('409 CONFLICT')
    expect(await me(owner)).toBe('done')
  })

  it('remains when all owners step back at the same time', async () => {
    owner = await startWorkspace()
    const owners = [owner]
    for (let i = 0; i < 3; i++) owners.push(await invited(world, server, owner.accessToken))
    const outcomes = await Promise.all(
      owners.map((each, i) => refusalOf(call('auth.leave', {}, each, i % 2 ? server : other))),
    )
    expect(outcomes.sort()).toEqual(['409 CONFLICT', 'done', 'done', 'done'])
  })

  it('is no service account', async () => {
    owner = await startWorkspace()
    await call('keys.create', { name: 'Robot', roles: ['owner'] }, owner)
    expect(await errorOf(call('auth.leave', {}, owner))).toMatchObject(lastOwner)
  })
})

describe('a member who is deactivated', () => {
  it('is refused at the very next request, at every server, whatever it asks', async () => {
    owner = await startWorkspace()
    const ann = await invited(world, server, owner.accessToken, ['clerk'])
    for (const at of [server, other]) expect(await me(ann, at)).toBe('done')
    expect(await call('members.deactivate', { id: ann.user.id }, owner)).toMatchObject({ status: 'deactivated' })
    for (const at of [server, other]) {
      expect(await me(ann, at)).toBe('401 UNAUTHENTICATED')
      expect(await refusalOf(call('members.list', {}, ann, at))).toBe('401 UNAUTHENTICATED')
    }
    expect(await refusalOf(other.call('auth.refresh', { refreshToken: ann.refreshToken }))).toBe('401 UNAUTHENTICATED')
    expect(await refusalOf(server.login(ann.user.email))).toBe('403 FORBIDDEN')
  })

  it('is refused where the answer needs no database, too', async () => {
    owner = await startWorkspace()
    const ann = await invited(world, server, owner.accessToken, ['clerk'])
    const at = (someServer: TestServer) => {
      const principal = { userId: ann.user.id, tenantId: owner.tenant.id, sessionId: null }
      return refusalOf(
        someServer.runner.run({ operation: nameOfWorkspace, input: {}, principal, facts: someServer.facts() }),
      )
    }
    expect([await at(server), await at(other)]).toEqual(['done', 'done'])
    await call('members.deactivate', { id: ann.user.id }, owner)
    expect([await at(server), await at(other)]).toEqual(['401 UNAUTHENTICATED', '401 UNAUTHENTICATED'])
  })

  it('keeps the sessions in other workspaces', async () => {
    owner = await startWorkspace()
    const ann = await server.register()
    await server.call('invitations.create', { email: ann.user.email, roles: ['clerk'] }, { token: owner.accessToken })
    const token = await world.linkTo(ann.user.email)
    const elsewhere = await server.login(ann.user.email)
    const joined = await call<SignedIn>('invitations.join', { token }, elsewhere)
    await call('members.deactivate', { id: ann.user.id }, owner)
    expect(await me(joined)).toBe('401 UNAUTHENTICATED')
    expect(await me(ann)).toBe('done')
  })

  it('can be let in again, with the same roles', async () => {
    owner = await startWorkspace()
    const ann = await invited(world, server, owner.accessToken, ['clerk'])
    await call('members.deactivate', { id: ann.user.id }, owner)
    expect(await refusalOf(call('members.deactivate', { id: ann.user.id }, owner))).toBe('409 CONFLICT')
    expect(await call('members.reactivate', { id: ann.user.id }, owner)).toMatchObject({
      status: 'active',
      roles: ['clerk'],
    })
    expect(await refusalOf(server.login(ann.user.email))).toBe('done')
  })
})

describe('leaving', () => {
  it('ends the sessions there; the name stays, and an invitation leads back', async () => {
    owner = await startWorkspace()
    const ann = await invited(world, server, owner.accessToken, ['clerk'])
    await call('auth.leave', {}, ann)
    expect(await me(ann)).toBe('401 UNAUTHENTICATED')
    const members = await call<MemberRow[]>('members.list', {}, owner)
    expect(members.find(({ id }) => id === ann.user.id)).toMatchObject({ status: 'left', name: ann.user.name })
    await call('invitations.create', { email: ann.user.email, roles: ['manager'] }, owner)
    const input = { token: await world.linkTo(ann.user.email), password: someone().password }
    const back = await server.call<SignedIn>('invitations.accept', input)
    expect(await call('auth.me', {}, back)).toMatchObject({ roles: ['manager'] })
  })
})
