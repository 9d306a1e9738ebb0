import { request } from 'node:http'
import { DnsTextRecords } from '@oneforge/adapters/dns'
import { Outbox } from '@oneforge/modules/messaging'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ApiClient } from '../../../../tests/client.ts'
import { addMember, defineRole, PASSWORD, type RunningSystem, startSystem } from '../../../../tests/server.ts'
import { DnsServer } from '../../../adapters/dns/dns-server.fixture.ts'
import type { WorkspaceDomain } from './domain.service.ts'
import { checkDomains } from './domain-checks.ts'

let dns: DnsServer
let system: RunningSystem
let client: ApiClient

beforeAll(async () => {
  dns = await DnsServer.start()
  system = await startSystem({ dnsServer: dns.address, baseUrl: 'http://crm.test' })
})
afterAll(async () => {
  await system.stop()
  await dns.stop()
})
beforeEach(async () => {
  dns.isSilent = false
  client = await system.register({ workspace: 'North Clinic' })
})

const claim = (by: ApiClient, domain: string) => by.put<WorkspaceDomain>('/workspace/domain', { domain })
const verify = (by: ApiClient) => by.send('POST', '/workspace/domain/verify', {})
const hintOf = async (by: ApiClient) => {
  const { status, error } = await verify(by)
  return [status, error.details[0]!.message]
}

/** Claims the domain, publishes what is asked for, and verifies it. */
async function own(by: ApiClient, domain: string): Promise<void> {
  const { record } = await claim(by, domain)
  dns.records.set(record!.name, [record!.value])
  expect((await verify(by)).status).toBe(200)
}

/** Signs in at a host, as a browser does that was sent there by DNS; gives the workspace. */
function signInAt(host: string, email: string): Promise<{ status: number; tenantId: string | undefined }> {
  const body = JSON.stringify({ email, password: PASSWORD })
  return new Promise((done, failed) => {
    const sent = request(
      `${system.url}/api/v1/auth/login`,
      { method: 'POST', headers: { host, 'content-type': 'application/json' } },
      async (answer) => {
        let text = ''
        for await (const chunk of answer) text += chunk
        done({ status: answer.statusCode!, tenantId: JSON.parse(text).data?.tenant.id })
      },
    )
    sent.on('error', failed)
    sent.end(body)
  })
}

describe('a domain of a workspace', () => {
  it('is claimed, published and verified', async () => {
    expect(await client.get('/workspace/domain')).toEqual({
      domain: null,
      status: 'none',
      record: null,
      verifiedAt: null,
      next: null,
    })
    const pending = await claim(client, ' CRM.North-Clinic.example. ')
    expect(pending).toMatchObject({
      domain: 'crm.north-clinic.example',
      status: 'pending',
      record: { type: 'TXT', name: '_oneforge.crm.north-clinic.example' },
      verifiedAt: null,
    })
    expect(pending.record!.value).toMatch(/^oneforge-verification=[0-9a-f]{40}$/)
    expect(await hintOf(client)).toEqual([409, 'DOMAIN_RECORD_MISSING'])
    dns.records.set(pending.record!.name, ['v=spf1 -all', 'oneforge-verification=somebody-else'])
    expect(await hintOf(client)).toEqual([409, 'DOMAIN_RECORD_MISSING'])
    dns.records.set(pending.record!.name, ['v=spf1 -all', pending.record!.value])
    const verified = await client.post<WorkspaceDomain>('/workspace/domain/verify', {})
    expect(verified).toMatchObject({ domain: 'crm.north-clinic.example', status: 'verified' })
    expect(await claim(client, 'crm.north-clinic.example')).toEqual(verified)
    const actions = await system.sql<{ action: string }>(
      "select action from audit_entries where tenant_id = $1 and action like 'domain.%' order by at",
      [client.tenantId],
    )
    expect(actions.map(({ action }) => action)).toEqual(['domain.claimed', 'domain.verified'])
  })

  it('waits while DNS is silent', { timeout: 20_000 }, async () => {
    await claim(client, 'silent.example')
    dns.isSilent = true
    expect(await hintOf(client)).toEqual([409, 'DOMAIN_UNREACHABLE'])
  })

  it('chooses the workspace at sign-in once it is verified, for its members only', async () => {
    const { email } = client.session!.user
    const second = await system.register({ workspace: 'South Clinic' })
    await system.sql('insert into memberships (tenant_id, user_id) values ($1, $2)', [second.tenantId, client.userId])
    await system.sql(
      `insert into membership_roles (tenant_id, user_id, role_id) select tenant_id, $2, id from roles where tenant_id = $1`,
      [second.tenantId, client.userId],
    )
    await own(second, 'south.example')
    await claim(client, 'north.example')
    expect(await signInAt('south.example', email)).toEqual({ status: 200, tenantId: second.tenantId })
    expect(await signInAt('SOUTH.example:443', email)).toEqual({ status: 200, tenantId: second.tenantId })
    // Last used is the other one by now.
    await own(client, 'north.example')
    expect(await signInAt('north.example', email)).toEqual({ status: 200, tenantId: client.tenantId })
    expect(await signInAt('crm.test', email)).toEqual({ status: 200, tenantId: client.tenantId })
    expect((await signInAt('north.example', second.session!.user.email)).tenantId).toBeUndefined()
  })

  it('is where links of the workspace lead, and none of a person', async () => {
    const invitationTo = async (email: string) => {
      await client.post('/members/invitations', { email, roles: ['owner'] })
      const [mail] = await system.sql<{ body: string }>('select body from outgoing_messages where recipient = $1', [
        email,
      ])
      return /(\S+)#/.exec(mail!.body)![1]
    }
    expect(await invitationTo('before@example.com')).toBe('http://crm.test/invitation')
    await own(client, 'links.example')
    expect(await invitationTo('after@example.com')).toBe('http://links.example/invitation')
    const { email } = client.session!.user
    await system.anonymous().post('/auth/password/forgot', { email })
    const [reset] = await system.sql<{ body: string }>(
      "select body from outgoing_messages where recipient = $1 and kind = 'password-reset'",
      [email],
    )
    expect(reset!.body).toContain('http://crm.test/reset-password#')
  })

  it('counts until another one is verified', async () => {
    const { email } = client.session!.user
    await own(client, 'old.example')
    const claimed = await claim(client, 'new.example')
    expect(claimed).toMatchObject({ domain: 'old.example', status: 'verified', next: { domain: 'new.example' } })
    expect(await hintOf(client)).toEqual([409, 'DOMAIN_RECORD_MISSING'])
    expect((await signInAt('old.example', email)).tenantId).toBe(client.tenantId)
    dns.records.set(claimed.next!.record.name, [claimed.next!.record.value])
    expect((await verify(client)).data).toMatchObject({ domain: 'new.example', status: 'verified', next: null })
    expect((await signInAt('new.example', email)).tenantId).toBe(client.tenantId)
    await claim(client, 'third.example')
    expect(await claim(client, 'new.example')).toMatchObject({ domain: 'new.example', status: 'verified', next: null })
  })

  it('counts no more after a week without its record, which its administrators are told once', async () => {
    await own(client, 'lost.example')
    const { database } = system.system
    const mailer = new Outbox({ database, enqueue: () => Promise.reject(new Error('Nothing is sent here.')) })
    const textRecords = new DnsTextRecords({ servers: [dns.address] })
    const checkAfter = (days: number) => {
      const now = () => new Date(Date.now() + days * 86_400_000)
      const once = () => checkDomains({ database, textRecords, mailer, baseUrl: 'http://crm.test', now })
      return Promise.all([once(), once()])
    }
    const status = async () => (await client.get<WorkspaceDomain>('/workspace/domain')).status
    await checkAfter(1)
    dns.records.delete('_oneforge.lost.example')
    await checkAfter(2)
    await checkAfter(8)
    expect(await status()).toBe('verified')
    await checkAfter(9.1)
    expect(await status()).toBe('pending')
    await checkAfter(11)
    const mails = await system.sql<{ recipient: string; body: string }>(
      "select recipient, body from outgoing_messages where tenant_id = $1 and kind = 'domain-lost'",
      [client.tenantId],
    )
    expect(mails).toMatchObject([{ recipient: client.session!.user.email }])
    expect(mails[0]!.body).toContain('http://crm.test/settings/security')
  })

  it('has one workspace, and nobody is told which', async () => {
    await own(client, 'shared.example')
    const rival = await system.register()
    const { record } = await claim(rival, 'shared.example')
    expect(await hintOf(rival)).toEqual([409, 'DOMAIN_RECORD_MISSING'])
    dns.records.set(record!.name, [record!.value])
    const refused = await verify(rival)
    expect(refused.error.details).toEqual([{ field: 'domain', message: 'DOMAIN_TAKEN' }])
    expect(refused.text).not.toContain('North Clinic')
    expect(refused.text).not.toContain(client.tenantId)
    await client.delete('/workspace/domain')
    expect((await verify(rival)).status).toBe(200)
    expect((await signInAt('shared.example', client.session!.user.email)).tenantId).toBeUndefined()
  })

  it('goes to one of two who verify it at the same time', async () => {
    const rival = await system.register()
    const records = await Promise.all([client, rival].map((by) => claim(by, 'race.example')))
    dns.records.set(
      '_oneforge.race.example',
      records.map(({ record }) => record!.value),
    )
    const answers = await Promise.all([client, rival].map(verify))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  it('is a domain, and none of the installation', async () => {
    const wrong = ['https://crm.example.com', 'crm', 'crm.example.com/path', '10.0.0.1', 'a b.example', '-x.example']
    for (const domain of [...wrong, 'crm.test', 'north.crm.test', `${'x'.repeat(64)}.example`]) {
      const { status, error } = await client.send('PUT', '/workspace/domain', { domain })
      expect([status, error?.details[0]?.field], domain).toEqual([400, 'domain'])
    }
    expect((await claim(client, 'bücher.example')).domain).toBe('xn--bcher-kva.example')
  })

  it('is for administrators who have just shown who they are', async () => {
    await defineRole(system, client.tenantId, 'reader', { objects: {} })
    const reader = await addMember(system, client.tenantId, ['reader'])
    const asked = [
      ['GET', '/workspace/domain'],
      ['PUT', '/workspace/domain'],
      ['POST', '/workspace/domain/verify'],
      ['DELETE', '/workspace/domain'],
    ] as const
    for (const [method, path] of asked) {
      const body = method === 'PUT' ? { domain: 'crm.example.com' } : method === 'POST' ? {} : undefined
      expect((await reader.send(method, path, body)).status, `${method} ${path}`).toBe(403)
    }
    await system.sql("update sessions set stepped_up_at = now() - interval '1 hour' where user_id = $1", [
      client.userId,
    ])
    const late = await client.send('PUT', '/workspace/domain', { domain: 'crm.example.com' })
    expect(late.error.details[0]!.message).toBe('STEP_UP_REQUIRED')
  })
})

describe('TXT records', () => {
  it('are read as they were written, long ones too', async () => {
    const records = new DnsTextRecords({ servers: [dns.address] })
    const long = 'x'.repeat(700)
    dns.records.set('long.example', [long, 'short'])
    expect(await records.read('long.example')).toEqual([long, 'short'])
    expect(await records.read('nothing.example')).toEqual([])
  })
})
