import { generateSync } from 'otplib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defineRole, errorOf, goodPassword, refusalOf, type TestServer, TestWorld } from '../identity.fixture.ts'
import type { SignedIn } from '../sign-in.service.ts'
import type { SecondFactorState } from './second-factor.service.ts'

let world: TestWorld
let server: TestServer
let other: TestServer

beforeAll(async () => {
  world = await TestWorld.create()
  server = world.server()
  other = world.server()
})
afterAll(() => world.close())

interface Enrolled extends SignedIn {
  secret: string
  backupCodes: string[]
}

const codeOf = (secret: string, secondsOff = 0): string =>
  generateSync({ secret, epoch: Math.floor(world.clock.now().getTime() / 1000) + secondsOff })
const by = (signedIn: SignedIn) => ({ token: signedIn.accessToken })

/** Somebody with a second factor; the code that confirmed it is used up. */
async function enrolled(signedIn?: SignedIn): Promise<Enrolled> {
  const person = signedIn ?? (await server.register())
  const { secret } = await server.call<{ secret: string }>('auth.enrolSecondFactor', {}, by(person))
  const confirmed = await server.call<{ backupCodes: string[] }>(
    'auth.confirmSecondFactor',
    { otp: codeOf(secret) },
    by(person),
  )
  return { ...person, secret, backupCodes: confirmed.backupCodes }
}

const login = (person: SignedIn, otp?: string, password = goodPassword, at = server) =>
  at.call<SignedIn>('auth.login', { email: person.user.email, password, otp })
const hintOf = async (call: Promise<unknown>) => {
  const error = await errorOf(call)
  return error && [error.status, error.details[0]?.message]
}
const nextStep = () => world.clock.advance({ seconds: 30 })

describe('setting up a second factor', () => {
  it('begins with a secret for the app, and counts once a code of it was shown', async () => {
    const ann = await server.register()
    const first = await server.call<{ secret: string; uri: string }>('auth.enrolSecondFactor', {}, by(ann))
    expect(first.uri).toMatch(/^otpauth:\/\/totp\/OneForge:/)
    expect(new URL(first.uri).searchParams.get('secret')).toBe(first.secret)
    expect(await refusalOf(login(ann))).toBe('done')
    const { secret } = await server.call<{ secret: string }>('auth.enrolSecondFactor', {}, by(ann))
    const confirm = (otp: string) => server.call('auth.confirmSecondFactor', { otp }, by(ann))
    expect(await refusalOf(confirm(codeOf(first.secret)))).toBe('400 VALIDATION_ERROR')
    expect(await refusalOf(confirm('12345'))).toBe('400 VALIDATION_ERROR')
    expect(await confirm(codeOf(secret))).toMatchObject({ backupCodes: expect.arrayContaining([expect.any(String)]) })
    expect(await refusalOf(confirm(codeOf(secret)))).toBe('409 CONFLICT')
    expect(await refusalOf(server.call('auth.enrolSecondFactor', {}, by(ann)))).toBe('409 CONFLICT')
    expect(await hintOf(login(ann))).toEqual([401, 'MFA_REQUIRED'])
  })

  it('ends the other sessions, and shows in the profile', async () => {
    const ann = await server.register()
    const elsewhere = await server.login(ann.user.email)
    await enrolled(ann)
    expect(await refusalOf(server.call('auth.me', {}, by(elsewhere)))).toBe('401 UNAUTHENTICATED')
    expect(await server.call('auth.me', {}, by(ann))).toMatchObject({ user: { secondFactor: true } })
    const state = await server.call<SecondFactorState>('auth.secondFactor', {}, by(ann))
    expect(state).toMatchObject({ enrolled: true, required: false, backupCodesLeft: 10 })
  })

  it('keeps neither secret nor backup codes readable', async () => {
    const ann = await enrolled()
    const stored = JSON.stringify([
      await world.ask('select * from second_factors where user_id = $1', ann.user.id),
      await world.ask('select * from backup_codes where user_id = $1', ann.user.id),
    ])
    for (const secret of [ann.secret, ...ann.backupCodes]) expect(stored).not.toContain(secret)
  })

  it('is not done from a screen that was left alone', async () => {
    const ann = await server.register()
    world.clock.advance({ minutes: 10 })
    const enrol = () => server.call('auth.enrolSecondFactor', {}, by(ann))
    expect(await hintOf(enrol())).toEqual([403, 'STEP_UP_REQUIRED'])
    await server.call('auth.stepUp', { password: goodPassword }, by(ann))
    expect(await refusalOf(enrol())).toBe('done')
  })
})

describe('signing in with a second factor', () => {
  it('asks for the code only when the password is right', async () => {
    const ann = await enrolled()
    nextStep()
    expect(await hintOf(login(ann, undefined, 'not the right password'))).toEqual([401, undefined])
    expect(await hintOf(login(ann, codeOf(ann.secret), 'not the right password'))).toEqual([401, undefined])
    expect(await hintOf(login(ann))).toEqual([401, 'MFA_REQUIRED'])
    expect(await refusalOf(login(ann, codeOf(ann.secret)))).toBe('done')
  })

  it('takes a code of the step before and after, and with a space in it', async () => {
    const ann = await enrolled()
    world.clock.advance({ minutes: 5 })
    expect(await hintOf(login(ann, codeOf(ann.secret, -90)))).toEqual([401, 'MFA_INVALID'])
    expect(await hintOf(login(ann, codeOf(ann.secret, 90)))).toEqual([401, 'MFA_INVALID'])
    expect(await refusalOf(login(ann, codeOf(ann.secret, -30)))).toBe('done')
    const late = codeOf(ann.secret, 30)
    expect(await refusalOf(login(ann, `${late.slice(0, 3)} ${late.slice(3)}`))).toBe('done')
  })

  it('takes a code once, also the one that confirmed it, also one before the last', async () => {
    const ann = await enrolled()
    expect(await hintOf(login(ann, codeOf(ann.secret)))).toEqual([401, 'MFA_INVALID'])
    nextStep()
    const code = codeOf(ann.secret)
    expect(await refusalOf(login(ann, code))).toBe('done')
    expect(await hintOf(login(ann, code, goodPassword, other))).toEqual([401, 'MFA_INVALID'])
    nextStep()
    expect(await hintOf(login(ann, code))).toEqual([401, 'MFA_INVALID'])
  })

  it('lets one of four in who show the same code at the same time', async () => {
    const ann = await enrolled()
    nextStep()
    const code = codeOf(ann.secret)
    const outcomes = await Promise.all(
      [server, other, server, other].map((at) => refusalOf(login(ann, code, goodPassword, at))),
    )
    expect(outcomes.sort()).toEqual(['401 UNAUTHENTICATED', '401 UNAUTHENTICATED', '401 UNAUTHENTICATED', 'done'])
  })

  it('takes each backup code once, however it is typed', async () => {
    const ann = await enrolled()
    const [first, second] = ann.backupCodes as [string, string]
    expect(new Set(ann.backupCodes).size).toBe(10)
    expect(await refusalOf(login(ann, first))).toBe('done')
    expect(await hintOf(login(ann, first))).toEqual([401, 'MFA_INVALID'])
    expect(await refusalOf(login(ann, second.toUpperCase().replace('-', ' ')))).toBe('done')
    const session = await login(ann, ann.backupCodes[2])
    expect(await server.call('auth.secondFactor', {}, by(session))).toMatchObject({ backupCodesLeft: 7 })
    const renewed = await server.call<{ backupCodes: string[] }>('auth.renewBackupCodes', {}, by(session))
    expect(await hintOf(login(ann, ann.backupCodes[3]))).toEqual([401, 'MFA_INVALID'])
    expect(await refusalOf(login(ann, renewed.backupCodes[0]))).toBe('done')
  })

  it('takes nobody else’s codes', async () => {
    const [ann, bob] = [await enrolled(), await enrolled()]
    nextStep()
    expect(await hintOf(login(ann, codeOf(bob.secret)))).toEqual([401, 'MFA_INVALID'])
    expect(await hintOf(login(ann, bob.backupCodes[0]))).toEqual([401, 'MFA_INVALID'])
  })

  it('locks the account after five wrong codes; being asked for one does not count', async () => {
    const ann = await enrolled()
    for (let i = 0; i < 8; i++) expect(await hintOf(login(ann))).toEqual([401, 'MFA_REQUIRED'])
    for (let i = 0; i < 5; i++) {
      expect(await hintOf(login(ann, '000000'))).toEqual([401, 'MFA_INVALID'])
      if (i < 4) expect(await hintOf(login(ann))).toEqual([401, 'MFA_REQUIRED'])
    }
    nextStep()
    expect(await refusalOf(login(ann, codeOf(ann.secret)))).toBe('423 LOCKED')
    expect(await refusalOf(login(ann))).toBe('423 LOCKED')
  })

  it('is the same for who accepts an invitation with the password', async () => {
    const ann = await enrolled()
    const owner = await server.register()
    await server.call('invitations.create', { email: ann.user.email, roles: ['owner'] }, by(owner))
    const token = await world.linkTo(ann.user.email)
    const accept = (otp?: string) => server.call('invitations.accept', { token, password: goodPassword, otp })
    expect(await hintOf(accept())).toEqual([401, 'MFA_REQUIRED'])
    nextStep()
    expect(await refusalOf(accept(codeOf(ann.secret)))).toBe('done')
  })
})

describe('a workspace that requires a second factor', () => {
  it('lets who has none sign in, and do nothing but set one up', async () => {
    const owner = await server.register()
    await server.call('security.update', { requireSecondFactor: ['owner'] }, by(owner))
    const again = await server.login(owner.user.email)
    const call = (name: string, at = server) => at.call(name, {}, by(again))
    for (const name of ['members.list', 'sessions.list', 'invitations.list', 'security.get', 'auth.updateMe']) {
      expect(await hintOf(call(name))).toEqual([403, 'MFA_ENROLMENT_REQUIRED'])
    }
    for (const name of ['auth.me', 'auth.workspaces', 'auth.secondFactor'])
      expect(await refusalOf(call(name))).toBe('done')
    expect(await call('auth.secondFactor')).toMatchObject({ required: true, enrolled: false })
    await enrolled(again)
    for (const at of [server, other]) expect(await refusalOf(call('members.list', at))).toBe('done')
    expect(await refusalOf(server.call('auth.removeSecondFactor', {}, by(again)))).toBe('403 FORBIDDEN')
  })

  it('asks it of those with the role alone', async () => {
    const owner = await server.register()
    await defineRole(world, owner.tenant.id, 'doctor')
    await server.call('security.update', { requireSecondFactor: ['doctor'] }, by(owner))
    world.clock.advance({ seconds: 5 })
    expect(await refusalOf(server.call('members.list', {}, by(owner)))).toBe('done')
    expect(await refusalOf(server.call('security.update', { requireSecondFactor: ['nobody'] }, by(owner)))).toBe(
      '400 VALIDATION_ERROR',
    )
  })
})

describe('removing a second factor', () => {
  it('takes a step up, and then signing in asks for no code', async () => {
    const ann = await enrolled()
    world.clock.advance({ minutes: 10 })
    const remove = () => server.call('auth.removeSecondFactor', {}, by(ann))
    expect(await hintOf(remove())).toEqual([403, 'STEP_UP_REQUIRED'])
    const wrong = await errorOf(server.call('auth.stepUp', { otp: '000000' }, by(ann)))
    expect([wrong?.status, wrong?.details[0]?.field]).toEqual([400, 'otp'])
    await server.call('auth.stepUp', { otp: codeOf(ann.secret) }, by(ann))
    await remove()
    expect(await refusalOf(login(ann))).toBe('done')
    expect(await refusalOf(remove())).toBe('409 CONFLICT')
  })

  it('is possible from the machine itself for who has lost everything', async () => {
    const ann = await enrolled()
    await server.identity.administration.removeSecondFactor(ann.user.email)
    expect(await refusalOf(login(ann))).toBe('done')
    expect(await refusalOf(server.identity.administration.removeSecondFactor(ann.user.email))).toBe('409 CONFLICT')
  })
})

describe('stepping up', () => {
  it('takes the password or a code, not both, and counts guesses', async () => {
    const ann = await server.register()
    const stepUp = (input: object) => refusalOf(server.call('auth.stepUp', input, by(ann)))
    expect(await stepUp({})).toBe('400 VALIDATION_ERROR')
    expect(await stepUp({ password: goodPassword, otp: '123456' })).toBe('400 VALIDATION_ERROR')
    expect(await stepUp({ otp: '123456' })).toBe('400 VALIDATION_ERROR')
    for (let i = 0; i < 4; i++) expect(await stepUp({ password: 'a guess' })).toBe('400 VALIDATION_ERROR')
    expect(await stepUp({ password: goodPassword })).toBe('423 LOCKED')
  })

  it('lasts ten minutes and holds for this session alone, at every server', async () => {
    const ann = await server.register()
    const elsewhere = await server.login(ann.user.email)
    world.clock.advance({ minutes: 10 })
    await server.call('auth.stepUp', { password: goodPassword }, by(ann))
    const guarded = (person: SignedIn, at = server) => refusalOf(at.call('security.update', {}, by(person)))
    expect(await guarded(ann, other)).toBe('done')
    expect(await guarded(elsewhere)).toBe('403 FORBIDDEN')
    world.clock.advance({ minutes: 9, seconds: 59 })
    const { accessToken } = await server.call<SignedIn>('auth.refresh', { refreshToken: ann.refreshToken })
    expect(await guarded({ ...ann, accessToken })).toBe('done')
    world.clock.advance({ seconds: 1 })
    expect(await guarded({ ...ann, accessToken })).toBe('403 FORBIDDEN')
  })
})
