import { setTimeout } from 'node:timers/promises'
import { Outbox } from '@oneforge/modules/messaging'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiClient } from '../../../tests/client.ts'
import { addMember, type RunningSystem, startSystem } from '../../../tests/server.ts'
import { tellOfTrials } from './index.ts'

let system: RunningSystem
let other: RunningSystem
let superAdmin: ApiClient
let client: ApiClient

beforeAll(async () => {
  system = await startSystem({ plan: 'starter' })
  other = await startSystem({ sharing: system })
  superAdmin = await system.register({ workspace: 'The installation' })
  client = await system.register({ name: 'Olga Owner', workspace: 'North Clinic', template: 'blank' })
})
afterAll(async () => {
  await other.stop()
  await system.stop()
})

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
const setPlan = (id: string, plan: string, trialEndsAt?: string) =>
  superAdmin.put(`/installation/workspaces/${id}/plan`, { plan, trialEndsAt })

describe('the super admin of an installation', () => {
  it('sees all workspaces with their plans, and how much they keep', async () => {
    const { data, body } = await superAdmin.send('GET', '/installation/workspaces')
    expect(body.pagination).toMatchObject({ page: 1, total: 2, totalPages: 1 })
    expect(data.map(({ name }: { name: string }) => name)).toEqual(['North Clinic', 'The installation'])
    expect(data[0]).toMatchObject({
      id: client.tenantId,
      slug: 'north-clinic',
      domain: null,
      plan: 'starter',
      trialEndsAt: null,
      members: 1,
      records: 0,
    })
    expect(await superAdmin.get('/installation/workspaces?search=NORTH')).toHaveLength(1)
    expect(await superAdmin.get('/installation/workspaces?search=100%25')).toHaveLength(0)
    const plans = await superAdmin.get('/installation/plans')
    expect(plans[0]).toEqual({
      name: 'starter',
      requestsPerMinute: 100,
      members: 5,
      records: 10_000,
      storageBytes: 1_073_741_824,
    })
  })

  it('gives a workspace another plan, which counts at every server with the next request', async () => {
    const elsewhere = client.at(other.url)
    expect((await elsewhere.get('/usage')).plan).toEqual({ name: 'starter', trial: null })
    const trialEndsAt = inDays(14)
    expect(await setPlan(client.tenantId, 'business', trialEndsAt)).toMatchObject({ plan: 'business', trialEndsAt })
    expect((await elsewhere.get('/usage')).plan).toEqual({
      name: 'business',
      trial: { plan: 'business', endsAt: trialEndsAt, ended: false },
    })
    expect(await setPlan(client.tenantId, 'professional')).toMatchObject({ plan: 'professional', trialEndsAt: null })
    const [entry] = await system.sql(
      "select * from audit_entries where tenant_id = $1 and action = 'plan.changed' order by at desc limit 1",
      [client.tenantId],
    )
    expect(entry).toMatchObject({ actor_id: superAdmin.userId, changes: { plan: ['business', 'professional'] } })
  })

  it('is nobody else, nor an API key', async () => {
    const { key } = await superAdmin.post('/api-keys', { name: 'Nightly' })
    const headers = { authorization: `Bearer ${key}` }
    const path = `/installation/workspaces/${client.tenantId}/plan`
    for (const method of ['GET /installation/plans', 'GET /installation/workspaces', `PUT ${path}`]) {
      const [verb, address] = method.split(' ') as [string, string]
      const body = verb === 'PUT' ? { plan: 'unlimited' } : undefined
      expect((await client.send(verb, address, body)).status, method).toBe(403)
      expect((await system.anonymous().send(verb, address, body, { headers })).status, method).toBe(403)
      expect((await system.anonymous().send(verb, address, body)).status, method).toBe(401)
    }
    expect((await client.get('/usage')).plan.name).toBe('professional')
  })

  it('is told what is wrong', async () => {
    const none = await superAdmin.send('PUT', `/installation/workspaces/${crypto.randomUUID()}/plan`, {
      plan: 'starter',
    })
    expect(none.status).toBe(404)
    const wrong = await superAdmin.send('PUT', `/installation/workspaces/${client.tenantId}/plan`, { plan: 'golden' })
    expect(wrong.error).toMatchObject({ code: 'VALIDATION_ERROR', details: [{ field: 'plan' }] })
  })
})

describe('the end of a trial', () => {
  const mails = () =>
    system.sql<{ recipient: string; subject: string; body: string }>(
      "select recipient, subject, body from outgoing_messages where tenant_id = $1 and kind = 'trial-ending' order by id",
      [client.tenantId],
    )
  const tell = (at: RunningSystem) => {
    const { database } = at.system
    const mailer = new Outbox({ database, enqueue: () => Promise.reject(new Error('Nothing is sent here.')) })
    return tellOfTrials({ database, mailer, baseUrl: 'https://crm.example.com' })
  }

  it('is told to the owners a week before, once, however many servers look', async () => {
    await addMember(system, client.tenantId, ['owner'])
    await setPlan(client.tenantId, 'professional', inDays(8))
    await tell(system)
    expect(await mails()).toEqual([])
    await setPlan(client.tenantId, 'professional', inDays(6))
    await Promise.all([tell(system), tell(other), tell(system), tell(other)])
    await tell(other)
    const sent = await mails()
    expect(sent).toHaveLength(2)
    const olga = sent.find(({ recipient }) => recipient === client.session!.user.email)!
    expect(olga.subject).toMatch(/^The trial of North Clinic ends on \d+ \w+ \d{4}$/)
    expect(olga.body).toContain('Hello Olga Owner')
    expect(olga.body).toContain('https://crm.example.com/settings/usage')
  })

  it('is told again for another trial, and not once it is over', async () => {
    await setPlan(client.tenantId, 'professional', inDays(3))
    await tell(system)
    expect(await mails()).toHaveLength(4)
    await setPlan(client.tenantId, 'professional', new Date(Date.now() + 30).toISOString())
    await setTimeout(60)
    await tell(system)
    expect(await mails()).toHaveLength(4)
  })

  it('comes to new workspaces where the installation says so', async () => {
    const trying = await startSystem({ sharing: system, plan: 'professional', trialDays: 14 })
    try {
      const newcomer = await trying.register()
      const { plan } = await newcomer.get('/usage')
      expect(plan).toMatchObject({ name: 'professional', trial: { ended: false } })
      const days = (Date.parse(plan.trial.endsAt) - Date.now()) / 86_400_000
      expect(days).toBeGreaterThan(13.9)
      expect(days).toBeLessThanOrEqual(14)
    } finally {
      await trying.stop()
    }
  })
})
