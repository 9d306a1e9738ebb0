import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { errorOf, goodPassword, refusalOf, someone, type TestServer, TestWorld } from '../identity.fixture.ts'
import type { SignedIn } from '../sign-in.service.ts'

let world: TestWorld
let server: TestServer
let ann: SignedIn

const newPassword = 'another lantern, another orchard'

beforeAll(async () => {
  world = await TestWorld.create()
  server = world.server()
})
beforeEach(async () => {
  ann = await server.register()
})
afterAll(() => world.close())

const verify = (token: string) => server.call<{ email: string }>('auth.verifyEmail', { token })
const forgot = (email = ann.user.email) => server.call('auth.forgotPassword', { email })
const reset = (token: string, password = newPassword) =>
  server.call('auth.resetPassword', { token, newPassword: password })
const isVerified = async () => {
  const { user } = await server.call<SignedIn>('auth.me', {}, { token: ann.accessToken })
  return user.emailVerified
}
const messagesTo = (email: string) =>
  world.ask('select tenant_id, kind from outgoing_messages where recipient = $1 order by id', email)
const noTenant = '00000000-0000-0000-0000-000000000000'

describe('verifying an address', () => {
  it('takes the link that registering has sent, once', async () => {
    expect(await isVerified()).toBe(false)
    const token = await world.linkTo(ann.user.email)
    expect(await verify(token)).toEqual({ email: ann.user.email })
    expect(await isVerified()).toBe(true)
    const again = await errorOf(verify(token))
    expect([again?.code, again?.details[0]?.field]).toEqual(['VALIDATION_ERROR', 'token'])
  })

  it('can be asked for again, which voids the first link, and not when it is done', async () => {
    const resend = () => server.call('auth.resendVerification', {}, { token: ann.accessToken })
    const first = await world.linkTo(ann.user.email)
    await resend()
    const second = await world.linkTo(ann.user.email)
    expect(second).not.toBe(first)
    expect(await refusalOf(verify(first))).toBe('400 VALIDATION_ERROR')
    expect(await refusalOf(verify(second))).toBe('done')
    expect(await refusalOf(resend())).toBe('409 CONFLICT')
  })

  it('is sent five times an hour at the most', async () => {
    const resend = () => refusalOf(server.call('auth.resendVerification', {}, { token: ann.accessToken }))
    for (let i = 0; i < 5; i++) expect(await resend()).toBe('done')
    expect(await resend()).toBe('429 RATE_LIMIT_EXCEEDED')
  })

  it('is too late after a day', async () => {
    const token = await world.linkTo(ann.user.email)
    world.clock.advance({ days: 1 })
    expect(await refusalOf(verify(token))).toBe('400 VALIDATION_ERROR')
  })

  it('does not confirm an address that was changed meanwhile', async () => {
    const token = await world.linkTo(ann.user.email)
    await world.ask('update users set email = $1 where id = $2', someone().email, ann.user.id)
    expect(await refusalOf(verify(token))).toBe('400 VALIDATION_ERROR')
  })

  it('takes no link for another purpose, nor one that was altered', async () => {
    const token = await world.linkTo(ann.user.email)
    await forgot()
    const forReset = await world.linkTo(ann.user.email)
    const wrong = ['', 'ofv_', `${token}x`, forReset, forReset.replace('ofp_', 'ofv_'), token.replace(/.$/, '')]
    for (const each of wrong) expect(await refusalOf(verify(each))).toBe('400 VALIDATION_ERROR')
    expect(await refusalOf(reset(token.replace('ofv_', 'ofp_')))).toBe('400 VALIDATION_ERROR')
  })

  it('stores no token that could be used', async () => {
    const token = await world.linkTo(ann.user.email)
    const rows = await world.ask('select * from account_links where user_id = $1', ann.user.id)
    expect(JSON.stringify(rows)).not.toContain(token.split('.').at(-1))
  })
})

describe('a forgotten password', () => {
  it('is replaced by link, once; all sessions end and the lock is lifted', async () => {
    for (let i = 0; i < 5; i++) await refusalOf(server.login(ann.user.email, 'not the right password'))
    await forgot()
    const token = await world.linkTo(ann.user.email)
    expect(await refusalOf(reset(token, 'short'))).toBe('400 VALIDATION_ERROR')
    expect(await refusalOf(reset(token, `${ann.user.email}2026`))).toBe('400 VALIDATION_ERROR')
    await reset(token)
    expect(await refusalOf(server.call('auth.me', {}, { token: ann.accessToken }))).toBe('401 UNAUTHENTICATED')
    expect(await refusalOf(server.call('auth.refresh', { refreshToken: ann.refreshToken }))).toBe('401 UNAUTHENTICATED')
    expect(await refusalOf(server.login(ann.user.email, goodPassword))).toBe('401 UNAUTHENTICATED')
    expect((await server.login(ann.user.email, newPassword)).user.emailVerified).toBe(true)
    expect(await refusalOf(reset(token))).toBe('400 VALIDATION_ERROR')
  })

  it('is replaced once when ten try at the same time', async () => {
    await forgot()
    const token = await world.linkTo(ann.user.email)
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, i) => refusalOf(reset(token, `${newPassword} ${i}`))),
    )
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1)
  })

  it('is too late to replace after an hour, and with an older link', async () => {
    await forgot()
    const first = await world.linkTo(ann.user.email)
    await forgot()
    const second = await world.linkTo(ann.user.email)
    expect(await refusalOf(reset(first))).toBe('400 VALIDATION_ERROR')
    world.clock.advance({ minutes: 60 })
    expect(await refusalOf(reset(second))).toBe('400 VALIDATION_ERROR')
  })

  it('gets the same answer in the same time whether the account exists or not', async () => {
    const measure = async (email: string) => {
      const started = performance.now()
      expect(await forgot(email)).toBeUndefined()
      return performance.now() - started
    }
    const [known, unknown]: [number[], number[]] = [[], []]
    for (let i = 0; i < 4; i++) {
      known.push(await measure((await server.register()).user.email))
      unknown.push(await measure(someone().email))
    }
    expect(Math.min(...known, ...unknown)).toBeGreaterThanOrEqual(249)
    const median = (times: number[]) => times.sort((a, b) => a - b)[1]!
    expect(Math.abs(median(known) - median(unknown))).toBeLessThan(25)
  })

  it('is mailed five times an hour at the most, without a word', async () => {
    for (let i = 0; i < 7; i++) expect(await refusalOf(forgot())).toBe('done')
    const sent = (await messagesTo(ann.user.email)).filter(({ kind }) => kind === 'password-reset')
    expect(sent).toHaveLength(5)
  })

  it('writes to nobody who has no account, and nothing that a workspace could read', async () => {
    const { email } = someone()
    await forgot(email)
    expect(await messagesTo(email)).toEqual([])
    await forgot()
    expect((await messagesTo(ann.user.email)).at(-1)).toEqual({ tenant_id: noTenant, kind: 'password-reset' })
  })
})

describe('the first user of an installation', () => {
  it('is its super admin, one of ten who register at the same time', async () => {
    const fresh = await TestWorld.create()
    try {
      const at = fresh.server()
      await Promise.all(Array.from({ length: 10 }, () => at.register()))
      expect(await fresh.ask('select from users where super_admin')).toHaveLength(1)
      expect((await at.register()).user.superAdmin).toBe(false)
    } finally {
      await fresh.close()
    }
  })

  it('cannot be anybody else by what the application writes', async () => {
    const statement = { text: 'update users set super_admin = true where id = $1', values: [ann.user.id] }
    await expect(server.database.run({ userId: ann.user.id }, statement)).rejects.toThrow('Only the owner')
    const insert = {
      text: "insert into users (id, email, name, super_admin) values ($1, $2, 'Eve', true) returning super_admin",
      values: ['0199c0de-0000-7000-8000-000000000001', someone().email],
    }
    const rows = await server.database.run({ userId: '0199c0de-0000-7000-8000-000000000001' }, insert)
    expect(rows).toEqual([{ super_admin: false }])
  })
})
