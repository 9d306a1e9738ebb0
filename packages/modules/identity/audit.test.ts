import { generateSync } from 'otplib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { goodPassword, invited, refusalOf, someone, type TestServer, TestWorld } from './identity.fixture.ts'
import type { SignedIn } from './sign-in.service.ts'

let world: TestWorld
let server: TestServer

beforeAll(async () => {
  world = await TestWorld.create()
  server = world.server()
})
afterAll(() => world.close())

const newPassword = 'another lantern, another orchard'

/** What the call adds to the audit trail of the workspace. */
async function added({ tenant }: SignedIn, call: () => Promise<unknown>): Promise<string[]> {
  const before = (await world.audited(tenant.id)).length
  await call()
  return (await world.audited(tenant.id)).slice(before)
}

describe('the audit trail of a workspace', () => {
  it('begins with its registration', async () => {
    const { tenant } = await server.register()
    expect((await world.audited(tenant.id)).sort()).toEqual(['auth.login', 'auth.registered'])
  })

  it('has each sign-in and each failure, with who and from where, and no secret', async () => {
    const ann = await server.register()
    const { email } = ann.user
    const ip = '203.0.113.9'
    expect(await added(ann, () => server.login(email))).toEqual(['auth.login'])
    expect(await added(ann, () => refusalOf(server.login(email, 'a wrong password', { ip })))).toEqual(['auth.failed'])
    const [entry] = await world.ask(
      "select * from audit_entries where tenant_id = $1 and action = 'auth.failed'",
      ann.tenant.id,
    )
    expect(entry).toMatchObject({ actor_id: null, actor_kind: 'stranger', ip, changes: { email: [null, email] } })
    const all = JSON.stringify(await world.ask('select * from audit_entries'))
    for (const secret of ['a wrong password', goodPassword, ann.refreshToken.slice(-43)])
      expect(all).not.toContain(secret)
  })

  it('has nothing of addresses that nobody has', async () => {
    const count = async () => (await world.ask('select from audit_entries')).length
    const before = await count()
    await refusalOf(server.login(someone().email, 'a wrong password'))
    expect(await count()).toBe(before)
  })

  it('has one entry for each change of people and access', async () => {
    const owner = await server.register()
    const token = owner.accessToken
    const call =
      (name: string, input: object = {}, by = token) =>
      () =>
        server.call(name, input, { token: by })
    const { email, name, password } = someone()
    expect(await added(owner, call('invitations.create', { email, roles: ['owner'] }))).toEqual(['members.invited'])
    const [{ id } = { id: '' }] = await world.ask('select id from invitations where email = $1', email)
    expect(await added(owner, call('invitations.resend', { id }))).toEqual(['members.invitation_resent'])
    const link = await world.linkTo(email)
    const joining = await added(owner, () => server.call('invitations.accept', { token: link, name, password }))
    expect(joining.sort()).toEqual(['auth.login', 'members.joined'])
    const guest = await server.login(email)
    expect(await added(owner, call('members.deactivate', { id: guest.user.id }))).toEqual(['members.deactivated'])
    expect(await added(owner, call('members.reactivate', { id: guest.user.id }))).toEqual(['members.reactivated'])
    const back = await server.login(email)
    expect(await added(owner, call('auth.leave', {}, back.accessToken))).toEqual(['auth.left'])
    expect(await added(owner, call('security.update', { idleMinutes: 30 }))).toEqual(['security.changed'])
    const made = await server.call<{ id: string }>('keys.create', { name: 'Key' }, { token })
    expect((await world.audited(owner.tenant.id)).at(-1)).toBe('keys.created')
    expect(await added(owner, call('keys.revoke', { id: made.id }))).toEqual(['keys.revoked'])
  })

  it('has the end of invitations', async () => {
    const owner = await server.register()
    const token = owner.accessToken
    const invite = async () => {
      const { email } = someone()
      const { id } = await server.call<{ id: string }>('invitations.create', { email, roles: ['owner'] }, { token })
      return { id, link: await world.linkTo(email) }
    }
    const [one, two] = [await invite(), await invite()]
    const revoke = () => server.call('invitations.revoke', { id: one.id }, { token })
    expect(await added(owner, revoke)).toEqual(['members.invitation_revoked'])
    const decline = () => server.call('invitations.decline', { token: two.link })
    expect(await added(owner, decline)).toEqual(['members.invitation_declined'])
  })

  it('has what a person changes about signing in, in each of their workspaces where that matters', async () => {
    const ann = await server.register()
    const elsewhere = await server.register()
    const token = ann.accessToken
    const call =
      (name: string, input: object = {}) =>
      () =>
        server.call(name, input, { token })
    const verify = async () => server.call('auth.verifyEmail', { token: await world.linkTo(ann.user.email) })
    expect(await added(ann, verify)).toEqual(['auth.email_verified'])
    expect(await added(ann, call('auth.stepUp', { password: goodPassword }))).toEqual(['auth.step_up'])
    await server.login(ann.user.email)
    expect(await added(ann, call('sessions.endOthers'))).toEqual(['auth.session_ended'])
    const { secret } = await server.call<{ secret: string }>('auth.enrolSecondFactor', {}, { token })
    const otp = generateSync({ secret, epoch: Math.floor(world.clock.now().getTime() / 1000) })
    expect(await added(ann, call('auth.confirmSecondFactor', { otp }))).toEqual(['auth.second_factor_added'])
    expect(await added(ann, call('auth.renewBackupCodes'))).toEqual(['auth.backup_codes_made'])
    expect(await added(ann, call('auth.removeSecondFactor'))).toEqual(['auth.second_factor_removed'])
    const change = { currentPassword: goodPassword, newPassword }
    expect(await added(ann, call('auth.changePassword', change))).toEqual(['auth.password_changed'])
    await server.call(
      'invitations.create',
      { email: ann.user.email, roles: ['owner'] },
      { token: elsewhere.accessToken },
    )
    await server.call('invitations.join', { token: await world.linkTo(ann.user.email) }, { token })
    await server.call('auth.forgotPassword', { email: ann.user.email })
    const reset = { token: await world.linkTo(ann.user.email), newPassword: goodPassword }
    const trails = await added(elsewhere, async () => {
      expect(await added(ann, () => server.call('auth.resetPassword', reset))).toEqual(['auth.password_reset'])
    })
    expect(trails).toEqual(['auth.password_reset'])
  })

  it('has nothing of what was refused or undone', async () => {
    const owner = await server.register()
    const guest = await invited(world, server, owner.accessToken)
    const refused = () =>
      refusalOf(server.call('members.reactivate', { id: guest.user.id }, { token: owner.accessToken }))
    expect(await added(owner, refused)).toEqual([])
  })
})
