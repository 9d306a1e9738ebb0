/** Letting people and programs in, over HTTP: what a page builder can rely on. */
import { generateSync } from 'otplib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ApiClient, type SignedIn } from '../client.ts'
import { addMember, PASSWORD, type RunningSystem, startSystem } from '../server.ts'

let system: RunningSystem
/** The first user of the installation. */
let first: ApiClient
let owner: ApiClient

beforeAll(async () => {
  system = await startSystem()
  first = await system.register({ workspace: 'First' })
  owner = await system.register({ workspace: 'North Clinic', template: 'hospital' })
})
afterAll(() => system.stop())

const withKey = (key: string) => new ApiClient(system.url, { ...owner.session!, accessToken: key })
const patient = { full_name: 'Ann Lee', date_of_birth: '1980-04-30', phone: '+14155550123' }
const hintOf = ({ status, error }: { status: number; error: { details: object[] } }) => [status, error.details[0]]

describe('the outbox', () => {
  it('shows a workspace its messages with their text as long as there is no mail server, page by page', async () => {
    for (const who of ['one', 'two']) {
      await owner.post('/members/invitations', { email: `${who}@example.com`, roles: ['owner'] })
    }
    const page = await owner.send('GET', '/outbox?limit=2&state=kept')
    expect(page.body.pagination).toMatchObject({ page: 1, limit: 2, total: 3, hasNext: true })
    const [second, one] = page.data
    expect(second).toMatchObject({ kind: 'invitation', to: 'two@example.com', state: 'kept', scope: 'workspace' })
    expect(one.text).toContain('/invitation#ofi_')
    expect((await owner.get('/outbox?page=2&limit=2')).map(({ kind }: { kind: string }) => kind)).toEqual([
      'verification',
    ])
    expect((await owner.send('POST', `/outbox/${one.id}/retry`)).status).toBe(409)
    expect((await owner.send('GET', '/outbox?state=lost')).status).toBe(400)
  })

  it('shows nobody another workspace’s', async () => {
    const [message] = await owner.get('/outbox')
    expect(await first.get('/outbox')).toHaveLength(1)
    expect((await first.send('POST', `/outbox/${message.id}/retry`)).status).toBe(409)
  })

  it('shows the installation’s to its super admin alone', async () => {
    await system.anonymous().post('/auth/password/forgot', { email: owner.session!.user.email })
    expect((await owner.send('GET', '/outbox?scope=installation')).status).toBe(403)
    const [reset] = await first.get('/outbox?scope=installation')
    expect(reset).toMatchObject({ kind: 'password-reset', to: owner.session!.user.email, scope: 'installation' })
    const texts = (await owner.get('/outbox?limit=200')).map(({ text }: { text: string }) => text).join()
    expect(texts).not.toContain('reset-password')
  })
})

describe('a program with a key', () => {
  it('works with records under its own name', async () => {
    const { key, account } = await owner.post('/api-keys', { name: 'Nightly import' })
    const record = await withKey(key).post('/patients', patient)
    expect(record.createdBy).toBe(account.id)
    const [created] = await owner.get(`/patients/${record.id}/history`)
    expect(created.actor).toMatchObject({ id: account.id, name: 'Nightly import' })
  })

  it('is held to its operations and refused once revoked', async () => {
    const { id, key } = await owner.post('/api-keys', { name: 'Reader', operations: ['records.list'] })
    expect((await withKey(key).send('GET', '/patients')).status).toBe(200)
    expect((await withKey(key).send('POST', '/patients', patient)).status).toBe(403)
    await owner.delete(`/api-keys/${id}`)
    const refused = await withKey(key).send('GET', '/patients')
    expect([refused.status, refused.error.code]).toEqual([401, 'UNAUTHENTICATED'])
  })
})

describe('what the page is told', () => {
  it('is that a code is missing, and that it is wrong', async () => {
    const person = await system.register()
    const { secret } = await person.post('/auth/mfa/enrol')
    const { backupCodes } = await person.post('/auth/mfa/confirm', { otp: generateSync({ secret }) })
    const login = (otp?: string) =>
      system.anonymous().send('POST', '/auth/login', { email: person.session!.user.email, password: PASSWORD, otp })
    expect(hintOf(await login())).toEqual([401, { field: 'otp', message: 'MFA_REQUIRED' }])
    expect(hintOf(await login('000000'))).toEqual([401, { field: 'otp', message: 'MFA_INVALID' }])
    expect((await login(backupCodes[0])).status).toBe(200)
  })

  it('is that a second factor must be set up first', async () => {
    const person = await system.register()
    await person.patch('/security', { requireSecondFactor: ['owner'] })
    const login = { email: person.session!.user.email, password: PASSWORD }
    const again = new ApiClient(system.url, await system.anonymous().post<SignedIn>('/auth/login', login))
    const missing = [403, { field: 'secondFactor', message: 'MFA_ENROLMENT_REQUIRED' }]
    expect(hintOf(await again.send('GET', '/members'))).toEqual(missing)
    expect(await again.get('/auth/mfa')).toMatchObject({ required: true, enrolled: false })
  })

  it('is that the person must confirm who they are', async () => {
    const person = await system.register({ template: 'hospital' })
    await system.sql("update sessions set stepped_up_at = now() - interval '10 minutes' where user_id = $1", [
      person.userId,
    ])
    const guarded: [string, string, object?][] = [
      ['POST', '/api-keys', { name: 'Key' }],
      ['PATCH', '/security', { idleMinutes: 30 }],
      ['PUT', `/access/members/${person.userId}/roles`, { roles: [{ key: 'owner' }] }],
      ['POST', '/patients/export', { format: 'csv' }],
      ['POST', '/auth/mfa/enrol'],
    ]
    const missing = [403, { field: 'stepUp', message: 'STEP_UP_REQUIRED' }]
    for (const [method, path, body] of guarded)
      expect(hintOf(await person.send(method, path, body)), path).toEqual(missing)
    expect((await person.send('POST', '/auth/step-up', { password: PASSWORD })).status).toBe(204)
    for (const [method, path, body] of guarded)
      expect((await person.send(method, path, body)).status, path).toBeLessThan(300)
  })
})

describe('the first day', () => {
  const stepsOf = async (person: ApiClient): Promise<Record<string, boolean>> => {
    const { steps } = await person.get('/first-day')
    return Object.fromEntries(steps.map(({ key, done }: { key: string; done: boolean }) => [key, done]))
  }

  it('is checked off by what the person does', async () => {
    const person = await system.register({ template: 'hospital', sampleData: true })
    expect((await person.get('/workspace')).user.firstDay).toBe(true)
    const [first] = (await person.get('/first-day')).steps
    expect(first).toEqual({ key: 'record', object: 'patients', done: false })
    expect(new Set(Object.values(await stepsOf(person)))).toEqual(new Set([false]))
    await person.post('/patients', patient)
    await person.post('/members/invitations', { email: 'colleague@example.com', roles: ['owner'] })
    await person.post('/objects/patients/fields', { key: 'nickname', label: 'Nickname', type: 'text' })
    await person.patch('/first-day', { seen: ['search'] })
    await person.patch('/first-day', { seen: ['board', 'search'] })
    const { secret } = await person.post('/auth/mfa/enrol')
    await person.post('/auth/mfa/confirm', { otp: generateSync({ secret }) })
    expect(await stepsOf(person)).toEqual({
      record: true,
      search: true,
      import: false,
      invite: true,
      field: true,
      protect: true,
      board: true,
    })
  })

  it('has other steps for who works with records alone', async () => {
    const member = await addMember(system, owner.session!.tenant.id, ['nurse'])
    await member.put('/favourites', { page: '/day', label: 'My day' })
    const steps = await stepsOf(member)
    expect(Object.keys(steps)).not.toContain('invite')
    expect(steps).toMatchObject({ search: false, favourite: true })
  })

  it('is over when its person says so, and after a month', async () => {
    const person = await system.register({ template: 'hospital' })
    expect(await person.patch('/first-day', { over: true })).toMatchObject({ over: true })
    expect((await person.get('/workspace')).user.firstDay).toBe(false)
    await person.patch('/first-day', { over: false })
    expect((await person.get('/workspace')).user.firstDay).toBe(true)
    const later = await system.register({ template: 'hospital' })
    await system.sql("update memberships set created_at = now() - interval '31 days' where user_id = $1", [
      later.userId,
    ])
    expect((await later.get('/workspace')).user.firstDay).toBe(false)
    expect((await later.send('PATCH', '/first-day', { seen: ['invite'] })).status).toBe(400)
  })
})
