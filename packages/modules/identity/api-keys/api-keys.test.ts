import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  defineRole,
  errorOf,
  goodPassword,
  invited,
  refusalOf,
  type TestServer,
  TestWorld,
} from '../identity.fixture.ts'
import type { SignedIn } from '../sign-in.service.ts'
import type { ApiKeyRow } from './api-keys.store.ts'

let world: TestWorld
let server: TestServer
let other: TestServer
let owner: SignedIn

beforeAll(async () => {
  world = await TestWorld.create()
  server = world.server()
  other = world.server()
  owner = await server.register({ name: 'Olga Owner' })
  await defineRole(world, owner.tenant.id, 'manager', ['users'])
  await defineRole(world, owner.tenant.id, 'keeper', ['settings'])
  await defineRole(world, owner.tenant.id, 'reader', [])
})
afterAll(() => world.close())

type MadeKey = ApiKeyRow & { key: string; prefix: string }

const byOwner = async <T = unknown>(name: string, input: unknown = {}) => {
  const { accessToken } = await server.login(owner.user.email)
  return server.call<T>(name, input, { token: accessToken })
}
const make = (input: object = {}) => byOwner<MadeKey>('keys.create', { name: 'Nightly import', ...input })
const as = (key: string, name: string, at = server, input: unknown = {}) =>
  refusalOf(at.call(name, input, { token: key }))

describe('an API key', () => {
  it('acts with its roles, as a service account of its own name', async () => {
    const made = await make({ roles: ['manager'] })
    expect(made.key).toMatch(/^ofk_[0-9a-f]{32}_[A-Za-z0-9_-]{43}$/)
    expect(made).toMatchObject({ roles: ['manager'], operations: null, status: 'active', lastUsedAt: null })
    expect(made.createdBy).toMatchObject({ name: 'Olga Owner' })
    expect(made.key.startsWith(made.prefix)).toBe(true)
    const me = await other.call('auth.me', {}, { token: made.key })
    expect(me).toMatchObject({ user: { id: made.account.id, name: 'Nightly import' }, roles: ['manager'] })
    expect(await as(made.key, 'invitations.list')).toBe('done')
    expect(await as(made.key, 'keys.list')).toBe('403 FORBIDDEN')
    const principal = await server.identity.authenticate(new Headers({ authorization: `Bearer ${made.key}` }), 'POST')
    expect(principal).toMatchObject({ via: 'key', keyId: made.id, sessionId: null, tenantId: owner.tenant.id })
  })

  it('is shown once, and stored as a hash', async () => {
    const made = await make()
    const listed = await byOwner<MadeKey[]>('keys.list')
    expect(listed.find(({ id }) => id === made.id)).toMatchObject({ name: 'Nightly import', roles: ['owner'] })
    expect(JSON.stringify(listed)).not.toContain(made.key.slice(-43))
    expect(JSON.stringify(await world.ask('select * from api_keys'))).not.toContain(made.key.slice(-43))
  })

  it('may be limited to single operations', async () => {
    const made = await make({ operations: ['members.list'] })
    expect(await as(made.key, 'members.list')).toBe('done')
    for (const name of ['auth.me', 'invitations.list', 'keys.list'])
      expect(await as(made.key, name)).toBe('403 FORBIDDEN')
    expect(await refusalOf(make({ operations: ['members.conquer'] }))).toBe('400 VALIDATION_ERROR')
  })

  it('is refused at the next request once it was revoked, at every server', async () => {
    const made = await make()
    for (const at of [server, other]) expect(await as(made.key, 'members.list', at)).toBe('done')
    await byOwner('keys.revoke', { id: made.id })
    for (const at of [other, server]) expect(await as(made.key, 'members.list', at)).toBe('401 UNAUTHENTICATED')
    world.clock.advance({ minutes: 2 })
    expect(await as(made.key, 'members.list')).toBe('401 UNAUTHENTICATED')
    expect(await refusalOf(byOwner('keys.revoke', { id: made.id }))).toBe('404 NOT_FOUND')
  })

  it('goes with its account when that is deactivated', async () => {
    const made = await make({ roles: ['manager'] })
    expect(await as(made.key, 'members.list', other)).toBe('done')
    await byOwner('members.deactivate', { id: made.account.id })
    expect(await as(made.key, 'members.list', other)).toBe('401 UNAUTHENTICATED')
    expect(await refusalOf(make({ account: made.account.id }))).toBe('403 FORBIDDEN')
  })

  it('ends when it was said to, also where it is remembered', async () => {
    const expiresAt = new Date(world.clock.now().getTime() + 30_000).toISOString()
    const made = await make({ expiresAt })
    expect(await as(made.key, 'members.list')).toBe('done')
    world.clock.advance({ seconds: 30 })
    for (const at of [server, other]) {
      expect((await errorOf(at.call('members.list', {}, { token: made.key })))?.message).toContain('expired')
    }
    expect(await refusalOf(make({ expiresAt }))).toBe('400 VALIDATION_ERROR')
    expect(await refusalOf(make({ expiresAt: 'tomorrow' }))).toBe('400 VALIDATION_ERROR')
  })

  it('says when it was used last, to the minute, and does not write more often', async () => {
    const made = await make()
    const lastUse = async () => (await byOwner<MadeKey[]>('keys.list')).find(({ id }) => id === made.id)!.lastUsedAt
    await as(made.key, 'members.list')
    const first = await lastUse()
    expect(first).toBe(world.clock.now().toISOString())
    world.clock.advance({ seconds: 59 })
    await as(made.key, 'members.list')
    expect(await lastUse()).toBe(first)
    world.clock.advance({ seconds: 1 })
    await as(made.key, 'members.list')
    expect(await lastUse()).toBe(world.clock.now().toISOString())
  })

  it('is refused when anything about it is another', async () => {
    const [made, second] = [await make(), await make()]
    const [, id, secret] = /^ofk_([0-9a-f]+)_(.+)$/.exec(made.key)!
    const forgeries = [
      'ofk_',
      `ofk_${id}`,
      `ofk_${id}_`,
      `${made.key}x`,
      `${second.prefix}_${secret}`,
      `ofk_${'0'.repeat(32)}_${secret}`,
    ]
    for (const forgery of forgeries) expect(await as(forgery, 'members.list')).toBe('401 UNAUTHENTICATED')
    expect(await as(made.key, 'members.list')).toBe('done')
  })

  it('cannot touch what is a person’s own, and is never asked to step up', async () => {
    const made = await make()
    const own = [
      'sessions.list',
      'auth.changePassword',
      'auth.enrolSecondFactor',
      'auth.stepUp',
      'auth.logout',
      'auth.workspaces',
    ]
    for (const name of own) expect(await as(made.key, name)).toBe('403 FORBIDDEN')
    world.clock.advance({ minutes: 30 })
    expect(await as(made.key, 'security.update')).toBe('done')
  })

  it('counts as no cookie: it needs no header of the page, and does not let anybody sign in', async () => {
    const made = await make()
    const [account] = await world.ask('select email, password_hash from users where id = $1', made.account.id)
    expect(account!.password_hash).toBeNull()
    expect(await refusalOf(server.login(account!.email, goodPassword))).toBe('401 UNAUTHENTICATED')
    await server.call('auth.forgotPassword', { email: account!.email })
    expect(await world.ask('select from outgoing_messages where recipient = $1', account!.email)).toEqual([])
  })
})

describe('making keys', () => {
  it('takes the permission, and a step up of a person', async () => {
    const { accessToken } = await server.login(owner.user.email)
    const manager = await invited(world, server, accessToken, ['manager'])
    const keeper = await invited(world, server, accessToken, ['keeper'])
    const create = (by: SignedIn, roles: string[]) =>
      refusalOf(server.call('keys.create', { name: 'Key', roles }, { token: by.accessToken }))
    expect(await create(manager, ['manager'])).toBe('403 FORBIDDEN')
    expect(await create(keeper, ['keeper'])).toBe('done')
    expect(await create(keeper, ['owner'])).toBe('403 FORBIDDEN')
    // A role without any administrative permission is power, too: over records that the keeper cannot see.
    expect(await create(keeper, ['reader'])).toBe('403 FORBIDDEN')
    expect(await create(keeper, ['nobody'])).toBe('400 VALIDATION_ERROR')
    world.clock.advance({ minutes: 10 })
    const late = await errorOf(server.call('keys.create', { name: 'Key' }, { token: keeper.accessToken }))
    expect(late?.details[0]?.message).toBe('STEP_UP_REQUIRED')
  })

  it('gives a further key to an account that is there, so that keys can be changed without a gap', async () => {
    const first = await make({ roles: ['manager'] })
    const second = await make({ name: 'Nightly import, 2027', account: first.account.id })
    expect(second).toMatchObject({ account: first.account, roles: ['manager'] })
    await byOwner('keys.revoke', { id: first.id })
    expect(await as(second.key, 'members.list')).toBe('done')
    expect(await refusalOf(make({ account: owner.user.id }))).toBe('404 NOT_FOUND')
    expect(await refusalOf(make({ account: first.account.id, roles: ['owner'] }))).toBe('400 VALIDATION_ERROR')
  })

  it('is of this workspace alone', async () => {
    const made = await make()
    const stranger = await server.register()
    const token = stranger.accessToken
    expect(await server.call('keys.list', {}, { token })).toEqual([])
    expect(await refusalOf(server.call('keys.revoke', { id: made.id }, { token }))).toBe('404 NOT_FOUND')
    const further = { name: 'Key', account: made.account.id }
    expect(await refusalOf(server.call('keys.create', further, { token }))).toBe('404 NOT_FOUND')
  })

  it('is not repeated under an Idempotency-Key, which would keep the secret', async () => {
    const { accessToken } = await server.login(owner.user.email)
    const principal = await server.identity.authenticate(
      new Headers({ authorization: `Bearer ${accessToken}` }),
      'POST',
    )
    const operation = server.identity.operations.find(({ name }) => name === 'keys.create')!
    const call = { operation, input: { name: 'Key' }, principal, facts: server.facts(), idempotencyKey: 'once' }
    expect(await refusalOf(server.runner.run(call))).toBe('400 VALIDATION_ERROR')
  })
})
