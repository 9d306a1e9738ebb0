import { setTimeout } from 'node:timers/promises'
import { sql } from '@oneforge/kernel/database'
import type { JobKind } from '@oneforge/kernel/jobs'
import { LongJobs } from '@oneforge/modules/jobs'
import { Outbox } from '@oneforge/modules/messaging'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiClient, Json } from '../../../tests/client.ts'
import { addMember, PASSWORD, type RunningSystem, startSystem } from '../../../tests/server.ts'
import { tellOfTrials, whileInUse } from './index.ts'

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

describe('the list of workspaces', () => {
  const list = async (query: string) => (await superAdmin.send('GET', `/installation/workspaces?${query}`)).body

  it('is sorted by what they keep, and read page by page, each once', async () => {
    for (const name of ['Beta', 'Alpha', 'Gamma']) await system.register({ workspace: `Paged ${name}` })
    for (const sort of ['name', '-name', 'createdAt', '-createdAt', 'members', '-lastSeenAt', '-storageBytes']) {
      const { data: all } = await list(`search=paged&sort=${sort}`)
      const seen: string[] = []
      for (let cursor: string | null = ''; cursor !== null; ) {
        const { data, pagination } = await list(`search=paged&sort=${sort}&limit=1&cursor=${cursor}`)
        seen.push(...data.map(({ id }: { id: string }) => id))
        cursor = pagination.nextCursor
        expect(pagination.hasNext).toBe(cursor !== null)
      }
      expect(seen, sort).toEqual(all.map(({ id }: { id: string }) => id))
      expect(seen).toHaveLength(3)
    }
    const { data } = await list('search=paged&sort=-name')
    expect(data.map(({ name }: { name: string }) => name)).toEqual(['Paged Gamma', 'Paged Beta', 'Paged Alpha'])
    expect((await superAdmin.send('GET', '/installation/workspaces?cursor=nonsense')).status).toBe(400)
    expect((await superAdmin.send('GET', '/installation/workspaces?sort=secret')).status).toBe(400)
  })

  it('tells of one workspace what it is made of and whom to talk to', async () => {
    const one = await superAdmin.get(`/installation/workspaces/${client.tenantId}`)
    expect(one).toMatchObject({
      slug: 'north-clinic',
      suspended: null,
      template: { slug: 'blank' },
      invited: 0,
      apiKeys: 0,
    })
    expect(Date.now() - Date.parse(one.lastSeenAt)).toBeLessThan(600_000)
    expect(one.owners).toEqual([{ name: 'Olga Owner', email: client.session!.user.email }])
    expect(one.objects.length).toBeGreaterThan(0)
    expect((await superAdmin.send('GET', '/installation/workspaces/x')).status).toBe(404)
    expect((await client.send('GET', `/installation/workspaces/${client.tenantId}`)).status).toBe(403)
  })
})

describe('a suspended workspace', () => {
  const reason = 'The bill of May is open'
  const suspend = (id: string, body: object = { reason }) =>
    superAdmin.send('POST', `/installation/workspaces/${id}/suspend`, body)
  const resume = (id: string) => superAdmin.post(`/installation/workspaces/${id}/resume`, {})
  const refusal = {
    code: 'FORBIDDEN',
    message: expect.stringContaining(reason),
    details: expect.arrayContaining([{ field: 'workspace', message: 'WORKSPACE_SUSPENDED' }]),
  }
  let owner: ApiClient
  let key: string

  beforeAll(async () => {
    owner = await system.register({ workspace: 'South Clinic', template: 'blank' })
    key = (await owner.post('/api-keys', { name: 'Nightly' })).key
    await owner.get('/workspace')
    await owner.at(other.url).get('/workspace')
  })

  it('refuses everybody everywhere from the next request on, with the reason, and keeps all', async () => {
    const objects = await owner.get('/objects')
    expect((await suspend(owner.tenantId)).data).toMatchObject({ suspended: { reason, at: expect.any(String) } })
    const headers = { authorization: `Bearer ${key}` }
    for (const at of [system.url, other.url]) {
      const asked = owner.at(at)
      expect(await asked.send('GET', '/workspace')).toMatchObject({ status: 403, error: refusal })
      expect(await asked.send('DELETE', '/objects/contacts')).toMatchObject({ status: 403, error: refusal })
      expect(await asked.send('PATCH', '/auth/me', { name: 'Else' })).toMatchObject({ status: 403, error: refusal })
      expect(await asked.send('GET', '/objects', undefined, { headers })).toMatchObject({ status: 403, error: refusal })
    }
    const login = { email: owner.session!.user.email, password: PASSWORD }
    expect(await system.anonymous().send('POST', '/auth/login', login)).toMatchObject({ status: 403, error: refusal })
    // The way to other workspaces stays open.
    expect(await owner.get('/auth/workspaces')).toHaveLength(1)
    await resume(owner.tenantId)
    for (const at of [other.url, system.url]) expect(await owner.at(at).get('/objects')).toEqual(objects)
    expect((await system.anonymous().send('POST', '/auth/login', login)).status).toBe(200)
  })

  it('is passed over at sign-in by who belongs to others', async () => {
    const member = await addMember(system, owner.tenantId, ['owner'])
    await suspend(owner.tenantId)
    const login = { email: member.session!.user.email, password: PASSWORD }
    const { tenant } = await system.anonymous().post('/auth/login', login)
    expect(tenant.id).not.toBe(owner.tenantId)
    const wanted = { ...login, tenant: owner.tenantId }
    expect((await system.anonymous().send('POST', '/auth/login', wanted)).error).toMatchObject(refusal)
    expect((await member.send('POST', '/auth/switch', { tenant: owner.tenantId })).status).toBe(403)
    await resume(owner.tenantId)
  })

  it('has its jobs wait, however often they come up, and done afterwards', async () => {
    const { database, jobs } = system.system
    const worked: object[] = []
    const kind: JobKind<{ jobId: string }> = { name: 'jobs.run', handle: async (payload) => void worked.push(payload) }
    const held = whileInUse(kind, { database, enqueue: (...job) => jobs.enqueue(...job) })
    const run = () =>
      held.handle(
        { tenantId: owner.tenantId, jobId: crypto.randomUUID() },
        { id: 'x', attempt: 1, signal: new AbortController().signal },
      )
    const waiting = () =>
      system.sql(
        "select id from pgboss.job where name = 'jobs.run' and data ->> 'tenantId' = $1 and start_after > now()",
        [owner.tenantId],
      )
    await suspend(owner.tenantId)
    await run()
    await run()
    expect(worked).toEqual([])
    expect(await waiting()).toHaveLength(2)
    await resume(owner.tenantId)
    await run()
    expect(worked).toHaveLength(1)
  })

  it('stops a job that is under way and goes on with it afterwards', async () => {
    const { database, jobs } = system.system
    const tenantId = owner.tenantId
    const longJobs = new LongJobs({ database, enqueue: (tx, kind, payload) => jobs.enqueue(tx, kind, payload) })
    let steps = 0
    longJobs.register({
      type: 'steps',
      source: 'system',
      asSystem: true,
      async run({ transaction }) {
        await transaction(({ tx }) => tx.query(sql`select 1`))
        steps += 1
        if (steps === 1) await suspend(tenantId)
        await transaction(({ tx }) => tx.query(sql`select 1`))
        steps += 1
        return { steps }
      },
    })
    const jobId = crypto.randomUUID()
    await system.sql("insert into jobs (tenant_id, id, type, input) values ($1, $2, 'steps', '{}')", [tenantId, jobId])
    const run = () => longJobs.run(tenantId, jobId, { signal: new AbortController().signal })
    for (let n = 0; n < 9; n++) await expect(run()).rejects.toThrow('suspended')
    expect(await system.sql('select status from jobs where id = $1', [jobId])).toEqual([{ status: 'processing' }])
    await resume(tenantId)
    await run()
    expect(await system.sql('select status, result from jobs where id = $1', [jobId])).toEqual([
      { status: 'completed', result: { steps: 3 } },
    ])
  })

  it('is not the one that the super admin is in, and needs a reason', async () => {
    expect((await suspend(superAdmin.tenantId)).status).toBe(409)
    expect((await suspend(owner.tenantId, {})).error).toMatchObject({ details: [{ field: 'reason' }] })
    expect((await suspend(owner.tenantId, { reason: ' ' })).status).toBe(400)
    expect((await suspend(crypto.randomUUID())).status).toBe(404)
    for (const verb of ['suspend', 'resume']) {
      const path = `/installation/workspaces/${superAdmin.tenantId}/${verb}`
      expect((await owner.send('POST', path, verb === 'suspend' ? { reason } : {})).status).toBe(403)
    }
    expect((await superAdmin.get('/workspace')).name).toBe('The installation')
  })

  it('stands in the logs and the histories of both workspaces', async () => {
    await suspend(owner.tenantId)
    await resume(owner.tenantId)
    await resume(owner.tenantId)
    const logged = async (of: ApiClient) =>
      (await of.get('/audit?operation=installation.suspend&limit=1')).map(({ operation }: Json) => operation)
    expect(await logged(owner)).toEqual(['installation.suspend'])
    expect(await logged(superAdmin)).toEqual(['installation.suspend'])
    const history = (of: ApiClient, action: string) =>
      system.sql(
        'select actor_id, action, changes from audit_entries where tenant_id = $1 and action = $2 order by at desc, id desc limit 1',
        [of.tenantId, action],
      )
    const by = { actor_id: superAdmin.userId }
    expect(await history(owner, 'workspace.suspended')).toMatchObject([
      { ...by, changes: { suspendedReason: [null, reason] } },
    ])
    expect(await history(superAdmin, 'installation.resume')).toMatchObject([
      {
        ...by,
        changes: { workspace: [null, { id: owner.tenantId, name: 'South Clinic' }], suspendedReason: [reason, null] },
      },
    ])
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
