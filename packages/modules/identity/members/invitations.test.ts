import { newId } from '@oneforge/kernel/database'
import { Outbox } from '@oneforge/modules/messaging'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  defineRole,
  errorOf,
  goodPassword,
  refusalOf,
  someone,
  type TestServer,
  TestWorld,
} from '../identity.fixture.ts'
import type { SignedIn } from '../sign-in.service.ts'
import type { InvitationRow } from './invitations.store.ts'

let world: TestWorld
let server: TestServer
let owner: SignedIn
let email: string

beforeAll(async () => {
  world = await TestWorld.create()
  server = world.server()
})
beforeEach(async () => {
  owner = await server.register({ name: 'Olga Owner', workspace: 'Clínica Ñandú' })
  await defineRole(world, owner.tenant.id, 'clerk')
  email = someone().email
})
afterAll(() => world.close())

const byOwner = <T = unknown>(name: string, input: unknown = {}) =>
  server.call<T>(name, input, { token: owner.accessToken })
const invite = (input: object = {}) =>
  byOwner<InvitationRow>('invitations.create', { email, roles: ['clerk'], ...input })
const accept = (token: string, input: object = {}) =>
  server.call<SignedIn>('invitations.accept', { token, name: 'Ann Guest', password: goodPassword, ...input })
const statuses = async () => (await byOwner<InvitationRow[]>('invitations.list')).map(({ status }) => status)
const gone = '404 NOT_FOUND'

/** A location of the owner's workspace; gives its id. */
async function makeLocation(name: string): Promise<string> {
  const [id, tenantId] = [newId(), owner.tenant.id]
  await world.ask(
    "insert into locations (tenant_id, id, name, code, time_zone) values ($1, $2, $3, upper(left(md5($3), 6)), 'UTC')",
    tenantId,
    id,
    name,
  )
  await world.ask('update tenants set version = version + 1 where id = $1', tenantId)
  return id
}

describe('an invitation', () => {
  it('is sent in the language of who invites, and says who invites to what', async () => {
    await server.call('auth.updateMe', { locale: 'es' }, { token: owner.accessToken })
    const location = await makeLocation('Main Street')
    const invitation = await invite({ email: `  ${email.toUpperCase()} `, locations: [location] })
    expect(invitation).toMatchObject({ email, roles: ['clerk'], locations: [location], status: 'pending' })
    expect(invitation).toMatchObject({ invitedBy: { name: 'Olga Owner' } })
    expect(JSON.stringify(invitation)).not.toContain('oken')
    const [message] = await world.ask('select * from outgoing_messages where recipient = $1', email)
    expect(message).toMatchObject({ subject: 'Invitación a Clínica Ñandú', tenant_id: owner.tenant.id })
    expect(message!.body).toContain('Olga Owner')
    expect(message!.body).toMatch(/http:\/\/localhost:3000\/invitation#ofi_/)
  })

  it('shows what it is about to whoever holds the link', async () => {
    await invite()
    const token = await world.linkTo(email)
    expect(await server.call('invitations.view', { token })).toMatchObject({
      workspace: { name: 'Clínica Ñandú' },
      email,
      roles: ['clerk'],
      invitedBy: 'Olga Owner',
      account: 'new',
    })
    const known = await server.register()
    await invite({ email: known.user.email })
    const other = await world.linkTo(known.user.email)
    expect(await server.call('invitations.view', { token: other })).toMatchObject({ account: 'existing' })
  })

  it('is stored without its token', async () => {
    await invite()
    const [row] = await world.ask('select * from invitations where email = $1', email)
    expect(JSON.stringify(row)).not.toContain((await world.linkTo(email)).split('.').at(-1))
  })

  it('goes to an address once, and not to a member', async () => {
    await invite()
    expect(await refusalOf(invite())).toBe('409 CONFLICT')
    await accept(await world.linkTo(email))
    expect(await refusalOf(invite())).toBe('409 CONFLICT')
    expect(await refusalOf(invite({ email: owner.user.email }))).toBe('409 CONFLICT')
  })

  it('is written by one of ten who invite the same address at once', async () => {
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => refusalOf(invite())))
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1)
    expect(new Set(outcomes)).toEqual(new Set(['done', '409 CONFLICT']))
  })

  it('is sent out under a confirmed address only', async () => {
    const transport = { send: async () => {}, close: () => {} }
    const sending = world.server({
      mailer: new Outbox({ database: server.database, transport, enqueue: async () => {} }),
    })
    const again = () =>
      errorOf(sending.call('invitations.create', { email, roles: ['clerk'] }, { token: owner.accessToken }))
    expect((await again())?.details).toEqual([{ field: 'emailVerified', message: 'EMAIL_UNVERIFIED' }])
    await server.call('auth.verifyEmail', { token: await world.linkTo(owner.user.email) })
    expect(await again()).toBeUndefined()
  })
})

describe('accepting', () => {
  it('makes a user with a confirmed address and a member, and signs in, once', async () => {
    await invite()
    const token = await world.linkTo(email)
    const joined = await accept(token)
    expect(joined).toMatchObject({ user: { email, name: 'Ann Guest', emailVerified: true }, tenant: owner.tenant })
    expect(await server.call('auth.me', {}, { token: joined.accessToken })).toMatchObject({ roles: ['clerk'] })
    expect(await refusalOf(server.login(email))).toBe('done')
    expect(await refusalOf(accept(token))).toBe(gone)
    expect(await statuses()).toEqual(['accepted'])
  })

  it('happens once when twenty try at the same time', async () => {
    await invite()
    const token = await world.linkTo(email)
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => refusalOf(accept(token))))
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1)
  })

  it('needs a name and a good password of a new person, and leaves the link good', async () => {
    await invite()
    const token = await world.linkTo(email)
    const fieldOf = async (input: object) => (await errorOf(accept(token, input)))?.details[0]?.field
    expect(await fieldOf({ name: undefined })).toBe('name')
    expect(await fieldOf({ password: 'short' })).toBe('password')
    expect(await refusalOf(accept(token))).toBe('done')
  })

  it('needs the password of who has an account, and counts guesses', async () => {
    const known = await server.register()
    await invite({ email: known.user.email })
    const token = await world.linkTo(known.user.email)
    const guess = () => refusalOf(accept(token, { password: 'not the right password' }))
    for (let i = 0; i < 5; i++) expect(await guess()).toBe('401 UNAUTHENTICATED')
    expect(await guess()).toBe('423 LOCKED')
    world.clock.advance({ minutes: 15 })
    const joined = await accept(token)
    expect(joined).toMatchObject({ user: { id: known.user.id }, tenant: owner.tenant })
  })

  it('goes by the session of who is signed in with that address, and of nobody else', async () => {
    const known = await server.register()
    await invite({ email: known.user.email })
    const token = await world.linkTo(known.user.email)
    const join = (by: SignedIn) => server.call<SignedIn>('invitations.join', { token }, { token: by.accessToken })
    expect(await refusalOf(join(owner))).toBe('403 FORBIDDEN')
    world.clock.advance({ minutes: 10 })
    const joined = await join(known)
    expect(joined).toMatchObject({ user: { id: known.user.id }, tenant: owner.tenant })
    expect(await refusalOf(join(joined))).toBe(gone)
    expect(await refusalOf(join(known))).toBe('401 UNAUTHENTICATED')
    // To follow a link is not to give a password.
    const guarded = server.call('auth.enrolSecondFactor', {}, { token: joined.accessToken })
    expect((await errorOf(guarded))?.details[0]?.message).toBe('STEP_UP_REQUIRED')
  })

  it('gives the roles at the locations that the invitation names, else everywhere', async () => {
    const closed = await makeLocation('Closed by then')
    const locations = [await makeLocation('Main Street'), await makeLocation('Harbour')]
    expect(await refusalOf(invite({ locations: [newId()] }))).toBe('400 VALIDATION_ERROR')
    await invite({ locations: [...locations, closed] })
    await world.ask('delete from locations where id = $1', closed)
    const { user } = await accept(await world.linkTo(email))
    const held = 'select location_id from membership_roles where user_id = $1 order by 1'
    expect((await world.ask(held, user.id)).map((row) => row.location_id)).toEqual(locations.sort())
    email = someone().email
    await invite()
    const elsewhere = await accept(await world.linkTo(email))
    expect(await world.ask(held, elsewhere.user.id)).toEqual([{ location_id: null }])
  })

  it('does not get past a deactivation', async () => {
    const known = await server.register()
    await invite({ email: known.user.email })
    const first = await world.linkTo(known.user.email)
    await world.ask(
      "insert into memberships (tenant_id, user_id, status) values ($1, $2, 'deactivated')",
      owner.tenant.id,
      known.user.id,
    )
    expect(await refusalOf(accept(first))).toBe('403 FORBIDDEN')
    expect(await refusalOf(invite({ email: known.user.email }))).toBe('409 CONFLICT')
  })
})

describe('an invitation is void', () => {
  it('after seven days; the address can be invited anew', async () => {
    await invite()
    const token = await world.linkTo(email)
    world.clock.advance({ days: 7 })
    const { accessToken } = await server.login(owner.user.email)
    owner = { ...owner, accessToken }
    expect(await refusalOf(accept(token))).toBe(gone)
    expect(await statuses()).toEqual(['expired'])
    await invite()
    expect(await statuses()).toEqual(['pending', 'revoked'])
  })

  it('when it was withdrawn or declined', async () => {
    const { id } = await invite()
    const first = await world.linkTo(email)
    await byOwner('invitations.revoke', { id })
    expect(await refusalOf(accept(first))).toBe(gone)
    expect(await refusalOf(byOwner('invitations.revoke', { id }))).toBe('409 CONFLICT')
    await invite()
    const second = await world.linkTo(email)
    await server.call('invitations.decline', { token: second })
    expect(await refusalOf(accept(second))).toBe(gone)
    expect(await refusalOf(server.call('invitations.decline', { token: second }))).toBe(gone)
    expect(await statuses()).toEqual(['declined', 'revoked'])
  })

  it('by its old link once it was sent again', async () => {
    const { id } = await invite()
    const first = await world.linkTo(email)
    await byOwner('invitations.resend', { id })
    const second = await world.linkTo(email)
    expect(await refusalOf(accept(first))).toBe(gone)
    expect(await refusalOf(accept(second))).toBe('done')
    expect(await refusalOf(byOwner('invitations.resend', { id }))).toBe('409 CONFLICT')
  })

  it('when anything about its token is another', async () => {
    await invite()
    const token = await world.linkTo(email)
    const [ids, id, secret] = token.split('.') as [string, string, string]
    const foreign = await server.register()
    const forgeries = [
      '',
      'ofi_',
      `${token}x`,
      `${ids}.${id}.${'A'.repeat(secret.length)}`,
      `${ids}.${newId()}.${secret}`,
      `ofi_${foreign.tenant.id}.${id}.${secret}`,
      token.replace('ofi_', 'ofp_'),
    ]
    for (const forgery of forgeries) expect(await refusalOf(accept(forgery))).toBe(gone)
    expect(await refusalOf(accept(token))).toBe('done')
  })

  it('for administrators of other workspaces: they neither see nor touch it', async () => {
    const { id } = await invite()
    const foreign = await server.register()
    const token = foreign.accessToken
    expect(await server.call('invitations.list', {}, { token })).toEqual([])
    expect(await refusalOf(server.call('invitations.revoke', { id }, { token }))).toBe(gone)
    expect(await refusalOf(server.call('invitations.resend', { id }, { token }))).toBe(gone)
  })
})
