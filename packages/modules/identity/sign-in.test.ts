import type { Database } from '@oneforge/kernel/database'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { errorOf, goodPassword, refusalOf, someone, type TestServer, TestWorld } from './identity.fixture.ts'
import { insertMember } from './identity.store.ts'
import { Passwords } from './passwords.ts'
import { failedSignIns, Throttle } from './throttle.ts'

let world: TestWorld
let server: TestServer
let other: TestServer

beforeAll(async () => {
  world = await TestWorld.create()
  server = world.server()
  other = world.server()
})
afterAll(() => world.close())

const wrong = 'not the right password'

describe('signing in', () => {
  it('takes the right password and the address in any case', async () => {
    const { user, tenant } = await server.register()
    const signedIn = await server.login(user.email.toUpperCase())
    expect(signedIn).toMatchObject({ user, tenant, expiresIn: 900 })
    expect(await server.call('auth.me', {}, { token: signedIn.accessToken })).toMatchObject({ user, roles: ['owner'] })
  })

  it('takes a password however the keyboard composes it', async () => {
    const { user } = await server.register({ password: 'contraseña bien larga'.normalize('NFC') })
    expect(await refusalOf(server.login(user.email, 'contraseña bien larga'.normalize('NFD')))).toBe('done')
  })

  it('says the same of a wrong password and of an unknown address', async () => {
    const { user } = await server.register()
    const known = await errorOf(server.login(user.email, wrong))
    const unknown = await errorOf(server.login(someone().email, wrong))
    expect(known?.code).toBe('UNAUTHENTICATED')
    expect([known?.code, known?.message]).toEqual([unknown?.code, unknown?.message])
  })

  it('checks a password for an unknown address too, so that time tells nothing', async () => {
    const verify = vi.spyOn(Passwords.prototype, 'verify')
    await refusalOf(server.login(someone().email, wrong))
    expect(verify.mock.calls).toEqual([[null, wrong]])
    verify.mockRestore()
  })

  it('does the whole work of a check where there is no hash', async () => {
    const passwords = new Passwords()
    expect(await passwords.verify(null, wrong)).toBe(false)
    const start = performance.now()
    await passwords.verify(null, wrong)
    // To look at no hash at all takes microseconds, argon2id with 19 MiB more than this on any machine.
    expect(performance.now() - start).toBeGreaterThan(3)
  })
})

describe('passwords and tokens', () => {
  it('are not taken from the address, which ends up in logs', () => {
    const query: [string, string][] = [['password', goodPassword]]
    const posts = server.identity.operations.filter(
      ({ http }) => http.method === 'POST' && http.path.startsWith('/auth/'),
    )
    expect(posts.length).toBeGreaterThan(18)
    for (const { http } of posts) {
      const input = http.input!({ params: {}, query, body: { email: 'ann@example.com' }, headers: new Headers() })
      expect(input).toEqual({ email: 'ann@example.com' })
    }
  })
})

describe('a sign-in with a password that is being changed', () => {
  it('opens no session', async () => {
    const { user } = await server.register()
    const outcome = await world.duringChange(user.id, "password_hash = 'another'", 1, () =>
      refusalOf(server.login(user.email)),
    )
    expect(outcome).toBe('401 UNAUTHENTICATED')
  })
})

describe('a person in several workspaces', () => {
  it('signs in to the one asked for, else to the one used last, else to the oldest', async () => {
    const { user, tenant: first } = await server.register()
    const { tenant: second } = await server.register()
    await join(server.database, second.id, user.id)

    expect((await server.login(user.email)).tenant).toEqual(first)
    world.clock.advance({ seconds: 1 })
    expect((await server.login(user.email, goodPassword, { tenant: second.slug })).tenant).toEqual(second)
    world.clock.advance({ seconds: 1 })
    expect((await server.login(user.email)).tenant).toEqual(second)
    world.clock.advance({ seconds: 1 })
    expect((await server.login(user.email, goodPassword, { tenant: first.id })).tenant).toEqual(first)
  })

  it('is not told of workspaces of others', async () => {
    const { user } = await server.register()
    const { tenant: foreign } = await server.register()
    const errorFor = (tenant: string) => errorOf(server.login(user.email, goodPassword, { tenant }))
    const [taken, free] = [await errorFor(foreign.slug), await errorFor('nowhere')]
    expect([taken?.code, free?.code]).toEqual(['FORBIDDEN', 'FORBIDDEN'])
    expect(taken?.message.replace(foreign.slug, 'nowhere')).toBe(free?.message)
  })
})

describe('the lock on guessing', () => {
  it('comes with the fifth wrong password, holds against the right one, and goes after 15 minutes', async () => {
    const { user } = await server.register()
    for (let i = 0; i < 5; i++) expect(await refusalOf(server.login(user.email, wrong))).toBe('401 UNAUTHENTICATED')
    const error = await errorOf(other.login(user.email))
    expect([error?.status, error?.code, error?.retryAfter]).toEqual([423, 'LOCKED', 900])
    world.clock.advance({ minutes: 14, seconds: 59 })
    expect(await refusalOf(server.login(user.email))).toBe('423 LOCKED')
    world.clock.advance({ seconds: 1 })
    expect(await refusalOf(server.login(user.email))).toBe('done')
  })

  it('lasts 15 minutes from the last guess, however slow the guesses were', async () => {
    const { user } = await server.register()
    for (let i = 0; i < 5; i++) {
      if (i > 0) world.clock.advance({ minutes: 3 })
      await refusalOf(server.login(user.email, wrong))
    }
    world.clock.advance({ minutes: 14 })
    expect(await refusalOf(server.login(user.email))).toBe('423 LOCKED')
  })

  it('is forgotten by a right password', async () => {
    const { user } = await server.register()
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 4; i++) expect(await refusalOf(server.login(user.email, wrong))).toBe('401 UNAUTHENTICATED')
      expect(await refusalOf(server.login(user.email))).toBe('done')
    }
  })

  it('comes for an address that nobody has as well', async () => {
    const { email } = someone()
    const outcomes: string[] = []
    for (let i = 0; i < 6; i++) outcomes.push(await refusalOf(server.login(email, wrong)))
    expect(outcomes).toEqual([...Array(5).fill('401 UNAUTHENTICATED'), '423 LOCKED'])
  })

  it('lets five of 50 parallel guesses at two servers be tried', async () => {
    const { user } = await server.register()
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, i) => refusalOf((i % 2 ? server : other).login(user.email, `${wrong} ${i}`))),
    )
    expect(outcomes.filter((outcome) => outcome === '401 UNAUTHENTICATED')).toHaveLength(5)
    expect(outcomes.filter((outcome) => outcome === '423 LOCKED')).toHaveLength(45)
  })

  it('does not lock the neighbours', async () => {
    const [one, two] = [await server.register(), await server.register()]
    for (let i = 0; i < 6; i++) await refusalOf(server.login(one.user.email, wrong))
    expect(await refusalOf(server.login(two.user.email))).toBe('done')
  })
})

describe('an address that fails at many accounts', () => {
  it('is stopped after 100 failures until its 15 minutes are over; successes do not count', async () => {
    const throttle = new Throttle({ database: server.database, masterKey: world.masterKey, now: world.clock.now })
    const { user } = await server.register()
    const ip = '198.51.100.4'
    for (let i = 0; i < 98; i++) await throttle.require(failedSignIns, ip)
    for (let i = 0; i < 3; i++) await server.login(user.email, goodPassword, { ip })
    expect(await refusalOf(server.login(someone().email, wrong, { ip }))).toBe('401 UNAUTHENTICATED')
    expect(await refusalOf(server.login(someone().email, wrong, { ip }))).toBe('401 UNAUTHENTICATED')
    expect(await refusalOf(server.login(user.email, goodPassword, { ip }))).toBe('429 RATE_LIMIT_EXCEEDED')
    expect(await refusalOf(server.login(user.email, goodPassword, { ip: '198.51.100.5' }))).toBe('done')
    world.clock.advance({ minutes: 15 })
    expect(await refusalOf(server.login(user.email, goodPassword, { ip }))).toBe('done')
  })

  it('leaves no counters behind for ever', async () => {
    await refusalOf(server.login(someone().email, wrong))
    world.clock.advance({ days: 3 })
    await refusalOf(server.login(someone().email, wrong))
    const rows = await server.database.run({}, { text: 'select key from attempt_counters', values: [] })
    expect(rows).toHaveLength(1)
  })
})

async function join(database: Database, tenantId: string, userId: string): Promise<void> {
  const member = { tenantId, userId, roles: ['owner'] }
  await database.transaction({ tenantId, userId }, (tx) => insertMember(tx, member, world.clock.now()))
}
