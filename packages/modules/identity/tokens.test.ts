import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { goodPassword, page, refusalOf, someone, type TestServer, TestWorld } from './identity.fixture.ts'
import type { SignedIn } from './sign-in.service.ts'
import { SigningKeys } from './signing-keys.ts'

let world: TestWorld
let server: TestServer
let other: TestServer

beforeAll(async () => {
  world = await TestWorld.create()
  server = world.server()
  other = world.server()
})
afterAll(() => world.close())

const authenticate = (token: string, at: TestServer = server) =>
  at.identity.authenticate(new Headers({ authorization: `Bearer ${token}` }), 'GET')
const refresh = (refreshToken: string, at: TestServer = server) => at.call<SignedIn>('auth.refresh', { refreshToken })

describe('access tokens', () => {
  it('say who holds them, at every server, and again from memory', async () => {
    const { accessToken, user, tenant } = await server.register()
    const principal = { userId: user.id, tenantId: tenant.id, via: 'bearer' }
    for (const at of [server, other, server, other]) {
      expect(await authenticate(accessToken, at)).toMatchObject(principal)
    }
  })

  it('are no credentials when there are none, and refused when they cannot be read', async () => {
    expect(await server.identity.authenticate(new Headers(), 'POST')).toBeNull()
    const authorizations = [
      '',
      'Bearer',
      'Bearer ',
      'Basic YTpi',
      'Bearer a.b.c',
      'Bearer x y',
      `Bearer ${'x'.repeat(9_000)}`,
    ]
    for (const authorization of authorizations) {
      const headers = new Headers({ authorization })
      expect(await refusalOf(server.identity.authenticate(headers, 'GET'))).toBe('401 UNAUTHENTICATED')
    }
  })

  it('expire after 15 minutes, also where they are remembered', async () => {
    const { accessToken } = await server.register()
    await authenticate(accessToken)
    world.clock.advance({ minutes: 14, seconds: 59 })
    expect(await refusalOf(authenticate(accessToken))).toBe('done')
    world.clock.advance({ seconds: 1 })
    expect(await refusalOf(authenticate(accessToken))).toBe('401 UNAUTHENTICATED')
    expect(await refusalOf(authenticate(accessToken, other))).toBe('401 UNAUTHENTICATED')
  })

  it('are refused when anything about them was altered', async () => {
    const { accessToken } = await server.register()
    const [header, payload, signature] = accessToken.split('.') as [string, string, string]
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
    const altered = encode({ ...claims, exp: claims.exp + 86_400 })
    const forgeries = [
      `${header}.${altered}.${signature}`,
      `${header}.${payload}.`,
      `${header}.${payload}.${Buffer.alloc(64).toString('base64url')}`,
      `${encode({ alg: 'none', typ: 'at+jwt' })}.${payload}.`,
    ]
    for (const forgery of forgeries) expect(await refusalOf(authenticate(forgery))).toBe('401 UNAUTHENTICATED')
  })

  it('are refused under another algorithm, key, key id, audience, issuer or kind', async () => {
    const { accessToken } = await server.register()
    const [kid, claims] = parts(accessToken)
    const keys = new SigningKeys({ database: server.database, masterKey: world.masterKey, now: world.clock.now })
    const { privateKey } = await keys.current()
    const header = { alg: 'EdDSA', kid, typ: 'at+jwt' }
    const sign = (changed: object, inHeader: object = {}, key: Parameters<SignJWT['sign']>[0] = privateKey) =>
      new SignJWT({ ...claims, ...changed }).setProtectedHeader({ ...header, ...inHeader }).sign(key)
    expect(await refusalOf(authenticate(await sign({})))).toBe('done')

    const publicJwk = await exportJWK((await keys.publicKey(kid))!)
    const publicBytes = Buffer.from(publicJwk.x!, 'base64url')
    const foreign = (await generateKeyPair('EdDSA')).privateKey
    const rsa = await importJWK(
      generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
      'RS256',
    )
    const forgeries = [
      await sign({}, { alg: 'HS256' }, publicBytes),
      await sign({}, { alg: 'HS256' }, Buffer.from(JSON.stringify(publicJwk))),
      await sign({}, { alg: 'RS256' }, rsa),
      await sign({}, {}, foreign),
      await sign({}, { kid: 'another', jwk: await exportJWK((await generateKeyPair('EdDSA')).publicKey) }, foreign),
      await sign({}, { kid: 'another' }),
      await sign({}, { kid: undefined }),
      await sign({}, { typ: 'JWT' }),
      await sign({ aud: 'another' }),
      await sign({ aud: undefined }),
      await sign({ iss: 'https://another.example' }),
      await sign({ exp: undefined }),
      await sign({ exp: claims.iat as number }),
      await sign({ sub: 'ann' }),
      await sign({ sid: undefined }),
    ]
    for (const forgery of forgeries) expect(await refusalOf(authenticate(forgery))).toBe('401 UNAUTHENTICATED')
  })

  it('do not open the tenant of another, whatever a signed token says', async () => {
    const [one, two] = [await server.register(), await server.register()]
    const [kid, claims] = parts(one.accessToken)
    const keys = new SigningKeys({ database: server.database, masterKey: world.masterKey, now: world.clock.now })
    const { privateKey } = await keys.current()
    const crossed = await new SignJWT({ ...claims, tid: two.tenant.id })
      .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'at+jwt' })
      .sign(privateKey)
    expect(await refusalOf(authenticate(crossed, world.server()))).toBe('401 UNAUTHENTICATED')
  })
})

describe('signing keys', () => {
  it('are one key when many servers start at once, and its private half is not to be read', async () => {
    const fresh = await TestWorld.create()
    try {
      const servers = Array.from({ length: 8 }, () => fresh.server())
      const { masterKey, clock } = fresh
      const keys = servers.map(({ database }) => new SigningKeys({ database, masterKey, now: clock.now }))
      await Promise.all(servers.map(({ database }) => database.run({}, { text: 'select 1', values: [] })))
      const current = await Promise.all(keys.map((each) => each.current()))
      expect(new Set(current.map(({ kid }) => kid)).size).toBe(1)
      const [row, ...others] = await fresh.ask('select * from signing_keys')
      expect(others).toEqual([])
      expect(row!.public_key).not.toHaveProperty('d')
      expect(row!.private_key_encrypted).not.toContain('{')
    } finally {
      await fresh.close()
    }
  })

  it('are known to a server that has just started and is asked by many', async () => {
    const { accessToken } = await server.register()
    const started = world.server()
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => refusalOf(authenticate(accessToken, started))))
    expect(new Set(outcomes)).toEqual(new Set(['done']))
  })

  it('are replaced without a token being refused: a new one signs once every server knows it', async () => {
    const fresh = await TestWorld.create()
    try {
      const [one, two] = [fresh.server(), fresh.server()]
      const before = await one.register()
      fresh.clock.advance({ seconds: 1 })
      const [made, first] = await one.identity.administration.rotateSigningKey()
      expect([made!.signs, first!.signs]).toEqual([false, true])
      const login = (at: TestServer) => at.login(before.user.email)
      expect(kidOf(await login(two))).toBe(first!.kid)
      fresh.clock.advance({ minutes: 1 })
      const [oneAfter, twoAfter] = [await login(one), await login(two)]
      for (const signedIn of [oneAfter, twoAfter]) expect(kidOf(signedIn)).toBe(made!.kid)
      for (const at of [one, two]) {
        for (const { accessToken } of [before, oneAfter, twoAfter]) {
          expect(await refusalOf(authenticate(accessToken, at))).toBe('done')
        }
      }
    } finally {
      await fresh.close()
    }
  })

  it('that are retired are refused within a minute, by servers that run, also where the token is remembered', async () => {
    const fresh = await TestWorld.create()
    try {
      const [one, two] = [fresh.server(), fresh.server()]
      const { accessToken, user } = await one.register()
      const { administration } = one.identity
      const [only] = await administration.listSigningKeys()
      expect(await refusalOf(administration.retireSigningKey(only!.kid))).toBe('409 CONFLICT')
      fresh.clock.advance({ seconds: 1 })
      await administration.rotateSigningKey()
      for (const at of [one, two]) expect(await refusalOf(authenticate(accessToken, at))).toBe('done')
      fresh.clock.advance({ minutes: 1 })
      const later = await two.login(user.email)
      expect(await administration.retireSigningKey(only!.kid)).toMatchObject([{ signs: true }])
      expect(await refusalOf(administration.retireSigningKey(only!.kid))).toBe('404 NOT_FOUND')
      fresh.clock.advance({ seconds: 30 })
      for (const at of [one, two]) {
        expect(await refusalOf(authenticate(accessToken, at))).toBe('401 UNAUTHENTICATED')
        expect(await refusalOf(authenticate(later.accessToken, at))).toBe('done')
      }
    } finally {
      await fresh.close()
    }
  })

  it('cannot be opened with another master key, and say so', async () => {
    await server.register()
    const misconfigured = world.server({ masterKey: randomBytes(32) })
    await expect(misconfigured.register()).rejects.toThrow('Set OF_MASTER_KEY')
  })
})

describe('refreshing', () => {
  it('gives a new pair, and the old token is used up', async () => {
    const first = await server.register()
    world.clock.advance({ minutes: 15 })
    const second = await refresh(first.refreshToken)
    expect(second).toMatchObject({ user: first.user, tenant: first.tenant, expiresIn: 900 })
    expect(second.refreshToken).not.toBe(first.refreshToken)
    expect(await refusalOf(authenticate(second.accessToken))).toBe('done')
    expect(second.refreshToken).toMatch(new RegExp(`^ofr_${first.user.id}\\.[0-9a-f-]{36}\\.[A-Za-z0-9_-]{43}$`))
  })

  it('gives the same successor to a repeat within ten seconds, and ends the session after that', async () => {
    const first = await server.register()
    const second = await refresh(first.refreshToken)
    world.clock.advance({ seconds: 9 })
    expect((await refresh(first.refreshToken, other)).refreshToken).toBe(second.refreshToken)
    world.clock.advance({ seconds: 1 })
    expect(await refusalOf(refresh(first.refreshToken))).toBe('401 UNAUTHENTICATED')
    expect(await refusalOf(refresh(second.refreshToken))).toBe('401 UNAUTHENTICATED')
    expect(await refusalOf(authenticate(second.accessToken))).toBe('401 UNAUTHENTICATED')
  })

  it('ends only the family whose token was used twice', async () => {
    const { user, refreshToken } = await server.register()
    const elsewhere = await server.login(user.email)
    await refresh(refreshToken)
    world.clock.advance({ minutes: 1 })
    await refusalOf(refresh(refreshToken))
    expect(await refusalOf(refresh(elsewhere.refreshToken))).toBe('done')
  })

  it('gives 20 callers at two servers the same successor', async () => {
    const { refreshToken } = await server.register()
    const pairs = await Promise.all(Array.from({ length: 20 }, (_, i) => refresh(refreshToken, i % 2 ? server : other)))
    expect(new Set(pairs.map((pair) => pair.refreshToken)).size).toBe(1)
    world.clock.advance({ minutes: 1 })
    expect(await refusalOf(refresh(pairs[0]!.refreshToken))).toBe('done')
  })

  it('gives 100 callers who replay a used token nothing, and ends the family once', async () => {
    const first = await server.register()
    const second = await refresh(first.refreshToken)
    world.clock.advance({ seconds: 11 })
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, (_, i) => refusalOf(refresh(first.refreshToken, i % 2 ? server : other))),
    )
    expect(new Set(outcomes)).toEqual(new Set(['401 UNAUTHENTICATED']))
    expect(await refusalOf(refresh(second.refreshToken))).toBe('401 UNAUTHENTICATED')
    expect(await refusalOf(authenticate(second.accessToken, world.server()))).toBe('401 UNAUTHENTICATED')
    const [session] = await world.ask('select end_reason from sessions where user_id = $1', first.user.id)
    expect(session).toEqual({ end_reason: 'a refresh token was used twice' })
  })

  it('gives 100 callers at once one successor, while another replays an older one', async () => {
    const first = await server.register()
    const second = await refresh(first.refreshToken)
    world.clock.advance({ seconds: 11 })
    const [replay, ...outcomes] = await Promise.all([
      refusalOf(refresh(first.refreshToken)),
      ...Array.from({ length: 100 }, (_, i) => refresh(second.refreshToken, i % 2 ? server : other).catch(() => null)),
    ])
    expect(replay).toBe('401 UNAUTHENTICATED')
    const successors = new Set(outcomes.filter((pair) => pair !== null).map((pair) => pair.refreshToken))
    expect(successors.size).toBeLessThanOrEqual(1)
    for (const successor of successors) expect(await refusalOf(refresh(successor))).toBe('401 UNAUTHENTICATED')
  })

  it('goes on for as long as it is used every seven days', async () => {
    let { refreshToken } = await server.register()
    for (let i = 0; i < 3; i++) {
      world.clock.advance({ days: 6 })
      refreshToken = (await refresh(refreshToken)).refreshToken
    }
    world.clock.advance({ days: 7 })
    expect(await refusalOf(refresh(refreshToken))).toBe('401 UNAUTHENTICATED')
  })

  it('refuses tokens that were invented or belong elsewhere', async () => {
    const [one, two] = [await server.register(), await server.register()]
    const [, session, secret] = one.refreshToken.slice(4).split('.')
    const invented = [
      '',
      'ofr_',
      `${one.refreshToken}x`,
      one.accessToken,
      `ofr_${two.user.id}.${session}.${secret}`,
      `ofr_${one.user.id}.${session}.${randomBytes(32).toString('base64url')}`,
    ]
    for (const token of invented) expect(await refusalOf(refresh(token))).toBe('401 UNAUTHENTICATED')
    expect(await refusalOf(refresh(one.refreshToken))).toBe('done')
  })

  it('stores no token that could be used', async () => {
    const { refreshToken, accessToken } = await server.register()
    const next = await refresh(refreshToken)
    const stored = JSON.stringify([
      await world.ask('select * from refresh_tokens'),
      await world.ask('select * from sessions'),
    ])
    for (const text of [refreshToken, next.refreshToken, accessToken])
      expect(stored).not.toContain(text.split('.').at(-1))
  })
})

describe('the end of a session', () => {
  it('is known at once where it ended and within five seconds elsewhere', async () => {
    const { accessToken, refreshToken } = await server.register()
    await authenticate(accessToken, other)
    await server.call('auth.logout', {}, { token: accessToken })
    expect(await refusalOf(authenticate(accessToken))).toBe('401 UNAUTHENTICATED')
    world.clock.advance({ seconds: 5 })
    expect(await refusalOf(authenticate(accessToken, other))).toBe('401 UNAUTHENTICATED')
    expect(await refusalOf(refresh(refreshToken))).toBe('401 UNAUTHENTICATED')
  })

  it('comes with the end of the membership', async () => {
    const { accessToken, refreshToken, user } = await server.register()
    await authenticate(accessToken)
    await world.ask("update memberships set status = 'deactivated' where user_id = $1", user.id)
    world.clock.advance({ seconds: 5 })
    expect(await refusalOf(authenticate(accessToken))).toBe('401 UNAUTHENTICATED')
    expect(await refusalOf(refresh(refreshToken))).toBe('401 UNAUTHENTICATED')
    expect(await refusalOf(server.login(user.email, goodPassword))).toBe('403 FORBIDDEN')
  })
})

describe('a session that somebody else prepared', () => {
  const planted = async () => {
    const eve = await server.answer<SignedIn>('auth.register', someone(), { headers: page })
    return { user: eve.output.user, cookie: cookiesOf(eve.headers) }
  }

  it('is not what a sign-in goes on with: new tokens, another session', async () => {
    const eve = await planted()
    const ann = await server.register()
    const input = { email: ann.user.email, password: goodPassword }
    const answer = await server.answer<SignedIn>('auth.login', input, { headers: { ...page, cookie: eve.cookie } })
    const cookie = cookiesOf(answer.headers)
    const sessionIn = (cookies: string) => /of_refresh=ofr_[^.]+\.([^.]+)\./.exec(cookies)?.[1]
    expect(sessionIn(cookie)).toMatch(/^[0-9a-f-]{36}$/)
    expect(sessionIn(cookie)).not.toBe(sessionIn(eve.cookie))
    expect(await server.call('auth.me', {}, { headers: { cookie } })).toMatchObject({ user: { id: ann.user.id } })
    expect(await server.call('auth.me', {}, { headers: { cookie: eve.cookie } })).toMatchObject({
      user: { id: eve.user.id },
    })
  })

  it('is not taken over by a token in the address or the body', async () => {
    const { accessToken } = await server.register()
    const headers = new Headers()
    expect(await server.identity.authenticate(headers, 'GET')).toBeNull()
    expect(await refusalOf(server.call('auth.me', { accessToken }))).toBe('401 UNAUTHENTICATED')
  })
})

describe('a request that another site makes the browser send', () => {
  it('carries the cookie and not the header: whatever would change something refuses it', async () => {
    const { headers } = await server.answer('auth.register', someone(), { headers: page })
    const cookie = cookiesOf(headers)
    const changing = server.identity.operations.filter(
      ({ access, http }) => access !== 'public' && http.method !== 'GET',
    )
    expect(changing.length).toBeGreaterThan(20)
    for (const { name } of changing) {
      const forgeries: Record<string, string>[] = [
        { cookie },
        { cookie, origin: 'https://evil.example' },
        { cookie, 'x-oneforge-client': 'evil' },
      ]
      for (const forged of forgeries) {
        expect(await refusalOf(server.call(name, {}, { headers: forged })), name).toBe('403 FORBIDDEN')
      }
    }
    expect(await refusalOf(server.call('auth.me', {}, { headers: { cookie } }))).toBe('done')
  })

  it('cannot refresh, and cannot sign the victim in as somebody else', async () => {
    const { headers } = await server.answer('auth.register', someone(), { headers: page })
    const cookie = cookiesOf(headers)
    expect(await refusalOf(server.call('auth.refresh', {}, { headers: { cookie } }))).toBe('401 UNAUTHENTICATED')
    const eve = await server.register()
    const forged = { email: eve.user.email, password: goodPassword }
    const answer = await server.answer('auth.login', forged, { headers: { cookie } })
    expect(answer.headers.getSetCookie()).toEqual([])
  })
})

const kidOf = ({ accessToken }: SignedIn) => parts(accessToken)[0]

/** The cookies of an answer as the browser sends them back. */
const cookiesOf = (headers: Headers): string =>
  headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

function parts(token: string): [kid: string, claims: Record<string, unknown>] {
  const [header, payload] = token.split('.').map((part) => Buffer.from(part, 'base64url').toString())
  return [JSON.parse(header!).kid, JSON.parse(payload!)]
}
