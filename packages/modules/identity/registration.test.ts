import { AppError } from '@oneforge/kernel/errors'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorOf, goodPassword, refusalOf, someone, type TestServer, TestWorld } from './identity.fixture.ts'
import type { SignedIn } from './sign-in.service.ts'
import { registrations, Throttle } from './throttle.ts'

let world: TestWorld
let server: TestServer

beforeAll(async () => {
  world = await TestWorld.create()
  server = world.server()
})
afterAll(() => world.close())

describe('registering', () => {
  it('makes a user, a workspace and its owner, and signs in', async () => {
    const signedIn = await server.register({ email: '  Ann@Example.COM ', name: 'Ann', workspace: 'Clínica San José' })
    expect(signedIn).toMatchObject({
      expiresIn: 900,
      user: { email: 'ann@example.com', name: 'Ann', locale: 'en', timeZone: 'UTC', emailVerified: false },
      tenant: { name: 'Clínica San José', slug: 'clinica-san-jose' },
    })
    const me = await server.call('auth.me', {}, { token: signedIn.accessToken })
    expect(me).toMatchObject({ user: signedIn.user, tenant: signedIn.tenant, roles: ['owner'] })
  })

  it('gives a workspace the language of the request, where it is one of ours', async () => {
    const spanish = await server.call<SignedIn>('auth.register', someone(), { locale: 'es' })
    const german = await server.call<SignedIn>('auth.register', someone(), { locale: 'de' })
    const french = await server.call<SignedIn>('auth.register', someone(), { locale: 'fr' })
    expect([spanish, german, french].map(({ user }) => user.locale)).toEqual(['es', 'de', 'en'])
  })

  it('finds another slug for a second workspace of the same name, also at the same moment', async () => {
    const all = await Promise.all(Array.from({ length: 5 }, () => server.register({ workspace: 'Twin' })))
    const slugs = all.map(({ tenant }) => tenant.slug)
    expect(new Set(slugs).size).toBe(5)
    expect(slugs.filter((slug) => slug === 'twin')).toHaveLength(1)
    for (const slug of slugs) expect(slug).toMatch(/^twin(-[a-z0-9]{4})?$/)
  })

  it('takes names of any script', async () => {
    const { user, tenant } = await server.register({ name: '王小明', workspace: '北京診所' })
    expect([user.name, tenant.name]).toEqual(['王小明', '北京診所'])
    expect(tenant.slug).toMatch(/^workspace/)
  })

  it('refuses an e-mail address that is in use, of several at once all but one', async () => {
    const { email } = someone()
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, (_, i) => refusalOf(server.register({ email: i % 2 ? email : email.toUpperCase() }))),
    )
    expect(outcomes.sort()).toEqual([...Array(5).fill('409 CONFLICT'), 'done'])
    const error = await errorOf(server.register({ email }))
    expect(error?.details).toEqual([{ field: 'email', message: 'This e-mail address is in use.' }])
    expect(await countOf('select count(*) from users where email = $1', email)).toBe(1)
  })

  it('makes nothing when the workspace cannot be completed', async () => {
    const refused = new AppError('UNAVAILABLE', 'The template is missing.')
    const broken = world.server({ onTenantCreated: () => Promise.reject(refused) })
    const input = { ...someone(), workspace: 'Never Made' }
    await expect(broken.register(input)).rejects.toBe(refused)
    expect(await countOf('select count(*) from users where email = $1', input.email)).toBe(0)
    expect(await countOf('select count(*) from tenants where name = $1', 'Never Made')).toBe(0)
  })

  it('lets the workspace be completed in the same transaction', async () => {
    const completing = world.server({
      onTenantCreated: async (tx, tenant) => {
        const rows = await tx.query({ text: 'select name from tenants where id = $1', values: [tenant.tenantId] })
        expect(rows).toEqual([{ name: 'Made Whole' }])
        expect(tenant.locale).toBe('en')
      },
    })
    await completing.register({ workspace: 'Made Whole' })
  })

  it.each([
    ['email', { email: 'ann' }],
    ['email', { email: `${'a'.repeat(250)}@example.com` }],
    ['name', { name: '  ' }],
    ['name', { name: 'a'.repeat(201) }],
    ['name', { name: 'a\u0000b' }],
    ['name', { name: 'a\ud800b' }],
    ['workspace', { workspace: '' }],
    ['password', { password: 'too short' }],
    ['password', { password: '' }],
    ['password', { password: 'x'.repeat(5_000) }],
    ['role', { role: 'admin' }],
  ])('refuses a bad %s and names it (%#)', async (field, input) => {
    const error = await errorOf(server.register(input))
    expect(error?.code).toBe('VALIDATION_ERROR')
    expect(error!.details.map((problem) => problem.field)).toContain(field)
  })

  it('takes 200 characters outside the basic plane as 200', async () => {
    const { user } = await server.register({ name: '🩺'.repeat(200) })
    expect([...user.name]).toHaveLength(200)
  })

  it('can be closed', async () => {
    const closed = world.server({ registration: 'closed' })
    expect(await refusalOf(closed.register())).toBe('403 FORBIDDEN')
  })

  it('is open to an address 100 times an hour', async () => {
    const throttle = new Throttle({ database: server.database, masterKey: world.masterKey, now: world.clock.now })
    const ip = '203.0.113.7'
    const register = (from: string) => server.call('auth.register', someone(), { ip: from })
    for (let i = 0; i < 99; i++) await throttle.require(registrations, ip)
    world.clock.advance({ minutes: 40 })
    await register(ip)
    const error = await errorOf(register(ip))
    expect(error?.code).toBe('RATE_LIMIT_EXCEEDED')
    expect(error?.retryAfter).toBe(20 * 60)
    expect(await refusalOf(register('203.0.113.8'))).toBe('done')
    world.clock.advance({ minutes: 20 })
    expect(await refusalOf(register(ip))).toBe('done')
  })

  it('keeps passwords as argon2id only', async () => {
    const { user } = await server.register()
    const [row] = await world.ask('select password_hash from users where id = $1', user.id)
    expect(row!.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(JSON.stringify(row)).not.toContain(goodPassword)
  })
})

const countOf = async (statement: string, ...values: unknown[]) =>
  Number((await world.ask(statement, ...values))[0]!.count)
