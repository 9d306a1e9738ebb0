import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorOf, goodPassword, page, refusalOf, someone, type TestServer, TestWorld } from './identity.fixture.ts'
import { insertMember } from './identity.store.ts'
import type { SignedIn } from './sign-in.service.ts'

let world: TestWorld
let server: TestServer

beforeAll(async () => {
  world = await TestWorld.create()
  server = world.server()
})
afterAll(() => world.close())

const newPassword = 'another lantern, another orchard'

describe('one’s own profile', () => {
  it('changes in name, language and time zone, and stays so', async () => {
    const { accessToken: token, user } = await server.register()
    const changes = { name: 'Ann Other', locale: 'es', timeZone: 'Europe/Madrid' }
    expect(await server.call('auth.updateMe', changes, { token })).toMatchObject({ user: { ...user, ...changes } })
    expect(await server.call('auth.updateMe', {}, { token })).toMatchObject({ user: { ...user, ...changes } })
    expect(await server.call('auth.me', {}, { token })).toMatchObject({ user: { ...user, ...changes } })
    expect(await server.call('members.list', {}, { token })).toMatchObject([{ name: 'Ann Other' }])
  })

  it('is what every later operation knows of the member', async () => {
    const { accessToken: token, user, tenant } = await server.register({ name: 'Before' })
    const nameNow = async () => {
      await server.call('auth.me', {}, { token })
      const { member } = await server.runner.resolve({ userId: user.id, tenantId: tenant.id, sessionId: null })
      return member.name
    }
    expect(await nameNow()).toBe('Before')
    await server.call('auth.updateMe', { name: 'After' }, { token })
    expect(await nameNow()).toBe('After')
  })

  it.each([
    { timeZone: 'Europe/Nowhere' },
    { timeZone: '+02:00' },
    { locale: 'xx' },
    { name: '' },
    { email: 'a@b.example' },
  ])('refuses %o', async (changes) => {
    const { accessToken: token } = await server.register()
    const error = await errorOf(server.call('auth.updateMe', changes, { token }))
    expect(error?.code).toBe('VALIDATION_ERROR')
    expect(error?.details[0]?.field).toBe(Object.keys(changes)[0])
  })

  it('is for those who are signed in', async () => {
    for (const name of ['auth.me', 'auth.updateMe', 'auth.changePassword', 'auth.logout', 'members.list']) {
      expect(await refusalOf(server.call(name))).toBe('401 UNAUTHENTICATED')
    }
  })
})

describe('changing the password', () => {
  it('ends the other sessions, keeps this one, and takes the new password from now on', async () => {
    const { accessToken, refreshToken, user } = await server.register()
    const elsewhere = await server.login(user.email)
    const stranger = await server.register()
    const input = { currentPassword: goodPassword, newPassword }
    expect(await server.call('auth.changePassword', input, { token: accessToken })).toBeUndefined()

    const me = (token: string) => refusalOf(server.call('auth.me', {}, { token }))
    const refresh = (token: string) => refusalOf(server.call('auth.refresh', { refreshToken: token }))
    expect([await me(accessToken), await refresh(refreshToken)]).toEqual(['done', 'done'])
    expect(await me(elsewhere.accessToken)).toBe('401 UNAUTHENTICATED')
    expect(await refresh(elsewhere.refreshToken)).toBe('401 UNAUTHENTICATED')
    expect(await me(stranger.accessToken)).toBe('done')
    expect(await refusalOf(server.login(user.email, goodPassword))).toBe('401 UNAUTHENTICATED')
    expect(await refusalOf(server.login(user.email, newPassword))).toBe('done')
  })

  it('asks for the current password, and locks the account of a guesser', async () => {
    const { accessToken: token, user } = await server.register()
    const guess = () =>
      errorOf(server.call('auth.changePassword', { currentPassword: 'a guess', newPassword }, { token }))
    for (let i = 0; i < 5; i++) expect((await guess())?.details[0]?.field).toBe('currentPassword')
    expect((await guess())?.code).toBe('LOCKED')
    expect(await refusalOf(server.login(user.email))).toBe('423 LOCKED')
  })

  it('refuses a weak one and one made of the e-mail address', async () => {
    const { accessToken: token, user } = await server.register()
    for (const weak of ['short', 'password1234', `${user.email}2026`]) {
      const error = await errorOf(
        server.call('auth.changePassword', { currentPassword: goodPassword, newPassword: weak }, { token }),
      )
      expect(error?.details[0]?.field).toBe('newPassword')
    }
  })

  it('happens once when two ask for it at the same time', async () => {
    const { accessToken: token, user } = await server.register()
    const change = (to: string) =>
      refusalOf(server.call('auth.changePassword', { currentPassword: goodPassword, newPassword: to }, { token }))
    const outcomes = await world.duringChange(user.id, 'updated_at = now()', 2, () =>
      Promise.all([change(newPassword), change(`${newPassword}!`)]),
    )
    expect(outcomes.sort()).toEqual(['409 CONFLICT', 'done'])
  })
})

describe('the members of a workspace', () => {
  it('are its own, with roles and status, by name', async () => {
    const owner = await server.register({ name: 'Zoe' })
    const guest = await server.register({ name: 'adam' })
    const { tenant, accessToken: token } = owner
    const member = { tenantId: tenant.id, userId: guest.user.id, roles: [] }
    await server.database.transaction({ tenantId: tenant.id }, (tx) => insertMember(tx, member, world.clock.now()))
    expect(await server.call('members.list', {}, { token })).toMatchObject([
      { id: guest.user.id, name: 'adam', email: guest.user.email, roles: [], status: 'active' },
      { id: owner.user.id, name: 'Zoe', email: owner.user.email, roles: ['owner'], status: 'active' },
    ])
    expect(await server.call('members.list', {}, { token: guest.accessToken })).toHaveLength(1)
  })
})

describe('the web page', () => {
  it('gets its tokens as cookies that no script can read, and nothing in the body', async () => {
    for (const [name, input] of [
      ['auth.register', someone()],
      ['auth.login', { email: (await server.register()).user.email, password: goodPassword }],
    ] as const) {
      const { output, headers } = await server.answer<SignedIn>(name, input, { headers: page })
      expect(Object.keys(output).sort()).toEqual(['expiresIn', 'tenant', 'user'])
      const [access, refresh] = headers.getSetCookie()
      expect(access).toMatch(/^of_access=[\w.-]+; Path=\/; Max-Age=900; HttpOnly; SameSite=Lax$/)
      expect(refresh).toMatch(/^of_refresh=ofr_[\w.-]+; Path=\/api\/v1\/auth; Max-Age=604800; HttpOnly; SameSite=Lax$/)
    }
  })

  it('gets cookies bound to https and to this host where the server is reached by https', async () => {
    const secure = world.server({ baseUrl: 'https://crm.example.com' })
    const { headers } = await secure.answer('auth.register', someone(), { headers: page })
    const [access, refresh] = headers.getSetCookie()
    expect(access).toMatch(/^__Host-of_access=[^;]+; Path=\/;.*; Secure$/)
    expect(refresh).toMatch(/^__Secure-of_refresh=[^;]+; Path=\/api\/v1\/auth;.*; Secure$/)
    const cookies = cookieHeader(headers)
    expect(await secure.call('auth.me', {}, { headers: cookies })).toMatchObject({ roles: ['owner'] })
    expect(await refusalOf(secure.call('auth.refresh', {}, { headers: { ...cookies, ...page } }))).toBe('done')
  })

  it('reads with the cookie, and changes things only with its own header', async () => {
    const { headers } = await server.answer('auth.register', someone(), { headers: page })
    const cookies = cookieHeader(headers)
    const update = (more: object = {}) =>
      server.call('auth.updateMe', { name: 'New' }, { headers: { ...cookies, ...more } })
    expect(await refusalOf(server.call('auth.me', {}, { headers: cookies }))).toBe('done')
    expect(await refusalOf(update())).toBe('403 FORBIDDEN')
    expect(await refusalOf(update({ 'x-oneforge-client': 'other' }))).toBe('403 FORBIDDEN')
    expect(await refusalOf(update(page))).toBe('done')
    const principal = await server.identity.authenticate(new Headers({ ...cookies, ...page }), 'POST')
    expect(principal?.via).toBe('cookie')
  })

  it('refreshes with the cookie and its header, not with the cookie alone', async () => {
    const { headers } = await server.answer('auth.register', someone(), { headers: page })
    const cookies = cookieHeader(headers)
    expect(await refusalOf(server.call('auth.refresh', {}, { headers: cookies }))).toBe('401 UNAUTHENTICATED')
    const refreshed = await server.answer('auth.refresh', {}, { headers: { ...cookies, ...page } })
    expect(refreshed.output).not.toHaveProperty('refreshToken')
    expect(cookieHeader(refreshed.headers).cookie).not.toBe(cookies.cookie)
  })

  it('signs out: the session ends and the cookies go', async () => {
    const { headers } = await server.answer('auth.register', someone(), { headers: page })
    const signedIn = { ...cookieHeader(headers), ...page }
    const { headers: cleared } = await server.answer('auth.logout', {}, { headers: signedIn })
    expect(cleared.getSetCookie()).toEqual([
      'of_access=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax',
      'of_refresh=; Path=/api/v1/auth; Max-Age=0; HttpOnly; SameSite=Lax',
    ])
    expect(await refusalOf(server.call('auth.me', {}, { headers: signedIn }))).toBe('401 UNAUTHENTICATED')
    expect(await refusalOf(server.call('auth.refresh', {}, { headers: signedIn }))).toBe('401 UNAUTHENTICATED')
  })
})

/** The cookies of an answer as the browser sends them back. */
const cookieHeader = (headers: Headers): { cookie: string } => ({
  cookie: headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; '),
})
