import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deviceOf } from './device.ts'
import { errorOf, goodPassword, invited, refusalOf, type TestServer, TestWorld } from './identity.fixture.ts'
import type { OwnWorkspace, SignedIn } from './sign-in.service.ts'

let world: TestWorld
let server: TestServer
let other: TestServer

beforeAll(async () => {
  world = await TestWorld.create()
  server = world.server()
  other = world.server()
})
afterAll(() => world.close())

interface ListedSession {
  id: string
  current: boolean
  workspace: { name: string }
  ip: string | null
  lastUsedAt: string
}

const by = ({ accessToken }: SignedIn) => ({ token: accessToken })
const list = (person: SignedIn) => server.call<ListedSession[]>('sessions.list', {}, by(person))
const me = (person: SignedIn, at = server) => refusalOf(at.call('auth.me', {}, by(person)))
const refresh = (person: SignedIn, at = server) =>
  refusalOf(at.call('auth.refresh', { refreshToken: person.refreshToken }))

describe('one’s own sessions', () => {
  it('are listed with place and time, the current one marked', async () => {
    const ann = await server.register({ workspace: 'Main Street' })
    world.clock.advance({ minutes: 2 })
    await server.login(ann.user.email, goodPassword, { ip: '203.0.113.7' })
    const sessions = await list(ann)
    expect(sessions).toMatchObject([
      { current: false, ip: '203.0.113.7', workspace: { name: 'Main Street' }, device: { kind: 'program' } },
      { current: true, ip: null },
    ])
    expect(await list(await server.register())).toHaveLength(1)
  })

  it('end one by one, at once here and within five seconds elsewhere', async () => {
    const ann = await server.register()
    const elsewhere = await server.login(ann.user.email)
    expect(await me(elsewhere, other)).toBe('done')
    const { id } = (await list(ann)).find(({ current }) => !current)!
    await server.call('sessions.end', { id }, by(ann))
    expect(await me(elsewhere)).toBe('401 UNAUTHENTICATED')
    world.clock.advance({ seconds: 5 })
    expect(await me(elsewhere, other)).toBe('401 UNAUTHENTICATED')
    expect(await refresh(elsewhere)).toBe('401 UNAUTHENTICATED')
    expect(await refusalOf(server.call('sessions.end', { id }, by(ann)))).toBe('404 NOT_FOUND')
  })

  it('end all but this one', async () => {
    const ann = await server.register()
    const others = [await server.login(ann.user.email), await server.login(ann.user.email)]
    expect(await server.call('sessions.endOthers', {}, by(ann))).toEqual({ ended: 2 })
    for (const each of others) expect(await me(each)).toBe('401 UNAUTHENTICATED')
    expect(await me(ann)).toBe('done')
  })

  it('are nobody else’s to end', async () => {
    const [ann, eve] = [await server.register(), await server.register()]
    const [session] = await list(ann)
    expect(await refusalOf(server.call('sessions.end', { id: session!.id }, by(eve)))).toBe('404 NOT_FOUND')
    expect(await refusalOf(server.call('sessions.end', { id: 'no id' }, by(eve)))).toBe('404 NOT_FOUND')
    expect(await me(ann)).toBe('done')
    expect(await server.call('sessions.endOthers', {}, by(eve))).toEqual({ ended: 0 })
    expect(await me(ann)).toBe('done')
  })
})

describe('a device', () => {
  it.each([
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
      { browser: 'Chrome 141', system: 'Windows 10', kind: 'desktop' },
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
      { browser: 'Safari 18', system: 'iOS 18.5', kind: 'mobile' },
    ],
    [
      'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0',
      { browser: 'Firefox 144', system: 'Linux', kind: 'desktop' },
    ],
    ['curl/8.5.0', { browser: null, system: null, kind: 'program' }],
    ['', { browser: null, system: null, kind: 'program' }],
    [null, { browser: null, system: null, kind: 'program' }],
  ])('is told from %s', (userAgent, device) => {
    expect(deviceOf(userAgent)).toEqual(device)
  })
})

describe('a workspace that signs people out when they do nothing', () => {
  const start = async () => {
    const ann = await server.register()
    await server.call('security.update', { idleMinutes: 5 }, by(ann))
    return ann
  }

  it('says so, and lets go on who does something', async () => {
    const ann = await start()
    expect(await server.call('auth.me', {}, by(ann))).toMatchObject({ idleMinutes: 5 })
    for (let i = 0; i < 3; i++) {
      world.clock.advance({ minutes: 4, seconds: 55 })
      expect(await me(ann, i % 2 ? server : other)).toBe('done')
    }
  })

  it.each(['here', 'elsewhere'])('refuses the request after that, and the refresh, %s', async (where) => {
    const at = where === 'here' ? server : other
    const ann = await start()
    world.clock.advance({ minutes: 6, seconds: 1 })
    const error = await errorOf(at.call('auth.me', {}, by(ann)))
    expect([error?.status, error?.message]).toEqual([401, expect.stringContaining('nothing was done')])
    expect(await me(ann, at)).toBe('401 UNAUTHENTICATED')
    expect(await refresh(ann, at)).toBe('401 UNAUTHENTICATED')
    const [session] = await world.ask('select end_reason from sessions where user_id = $1', ann.user.id)
    expect(session).toEqual({ end_reason: 'idle' })
  })

  it('refuses a refresh that comes first, too', async () => {
    const ann = await start()
    world.clock.advance({ minutes: 6, seconds: 1 })
    expect(await refresh(ann)).toBe('401 UNAUTHENTICATED')
  })

  it('takes no time that would make work impossible', async () => {
    const ann = await server.register()
    for (const idleMinutes of [0, 4, 1441, 5.5, '5']) {
      expect(await refusalOf(server.call('security.update', { idleMinutes }, by(ann)))).toBe('400 VALIDATION_ERROR')
    }
    expect(await server.call('security.update', { idleMinutes: null }, by(ann))).toEqual({
      idleMinutes: null,
      requireSecondFactor: [],
    })
  })
})

describe('going to another workspace', () => {
  const twoWorkspaces = async () => {
    const owner = await server.register({ workspace: 'Second' })
    const ann = await invited(world, server, owner.accessToken)
    return { owner, ann }
  }

  it('opens a session there and ends the one here', async () => {
    const ann = await server.register({ workspace: 'First' })
    const { owner } = await twoWorkspaces()
    await server.call('invitations.create', { email: ann.user.email, roles: ['owner'] }, by(owner))
    const token = await world.linkTo(ann.user.email)
    world.clock.advance({ seconds: 1 })
    const joined = await server.call<SignedIn>('invitations.accept', { token, password: goodPassword })
    expect(await server.call<OwnWorkspace[]>('auth.workspaces', {}, by(joined))).toMatchObject([
      { name: 'Second', current: true },
      { name: 'First', current: false },
    ])
    const back = await server.call<SignedIn>('auth.switchWorkspace', { tenant: ann.tenant.slug }, by(joined))
    expect(back.tenant).toEqual(ann.tenant)
    expect([await me(joined), await me(back), await me(ann)]).toEqual(['401 UNAUTHENTICATED', 'done', 'done'])
    expect(await refresh(joined)).toBe('401 UNAUTHENTICATED')
  })

  it('does not lead to those of others, and then ends nothing', async () => {
    const { ann } = await twoWorkspaces()
    const foreign = await server.register()
    for (const tenant of [foreign.tenant.slug, foreign.tenant.id, 'nowhere']) {
      expect(await refusalOf(server.call('auth.switchWorkspace', { tenant }, by(ann)))).toBe('403 FORBIDDEN')
    }
    expect(await me(ann)).toBe('done')
  })

  it('is chosen by the address that one signs in at', async () => {
    const { owner, ann } = await twoWorkspaces()
    const loginAt = (host: string, tenant?: string) =>
      server.call<SignedIn>(
        'auth.login',
        { email: ann.user.email, password: goodPassword, tenant },
        { headers: { host } },
      )
    const { slug } = owner.tenant
    expect((await loginAt(`${slug}.localhost:3000`)).tenant.slug).toBe(slug)
    expect((await loginAt('localhost:3000')).tenant.slug).toBe(slug)
    const foreign = await server.register()
    const elsewhere = `${foreign.tenant.slug}.localhost:3000`
    expect(await refusalOf(loginAt(elsewhere))).toBe('403 FORBIDDEN')
    expect((await loginAt(elsewhere, slug)).tenant.slug).toBe(slug)
    for (const host of [`a.${slug}.localhost`, 'localhost.evil.example', `${slug}.example.com`]) {
      expect((await loginAt(host)).tenant.slug).toBe(slug)
    }
  })
})
